import LogBytes
import TestSupport
import Testing

@Suite struct ByteOutputTests {
  @Test(arguments: [0, 1, 16, 17, 4096])
  func `what is appended is there, however small the room was`(capacity: Int) {
    var output = ByteOutput(capacity: capacity)
    var expected: [UInt8] = []
    let isEmpty = output.isEmpty
    #expect(isEmpty)
    for round in 0..<300 {
      output.append(UInt8(truncatingIfNeeded: round))
      output.append("static ü")
      output.append("dynamic \(round)")
      output.append(contentsOf: [1, 2, 3])
      output.append([4, 5].span)
      output.append(Span())
      expected += [UInt8(truncatingIfNeeded: round)] + bytes("static ü") + bytes("dynamic \(round)") + [1, 2, 3, 4, 5]
    }
    #expect(output.count == expected.count)
    #expect(bytes(output) == expected)
  }

  @Test func `the front and the end are forgotten`() {
    var output = ByteOutput(capacity: 16)
    output.append("0123456789")
    output.removeFirst(0)
    output.removeFirst(3)
    #expect(text(output) == "3456789")
    output.truncate(to: 5)
    #expect(text(output) == "34567")
    output.removeFirst(5)
    #expect(output.count == 0)
    output.append("new")
    output.removeAll()
    #expect(output.count == 0)
    output.append("x")
    #expect(text(output) == "x")
  }

  private struct Refusal: Error {}

  @Test func `the door for kernels keeps what was written and throws on`() throws {
    var output = ByteOutput(capacity: 16)
    unsafe output.appendUnsafe(room: 100) { room in
      for index in 0..<60 { unsafe room[index] = UInt8(index) }
      return 60
    }
    #expect(bytes(output) == Array(0..<60))
    #expect(throws: Refusal.self) {
      try unsafe output.appendUnsafe(room: 1) { _ throws(Refusal) in throw Refusal() }
    }
    #expect(output.count == 60)
  }

  @Test func `a wrong count traps`() async {
    await #expect(processExitsWith: .failure) {
      var output = ByteOutput()
      unsafe output.appendUnsafe(room: 1) { _ in 2 }
    }
    await #expect(processExitsWith: .failure) {
      var output = ByteOutput()
      output.append("ab")
      output.truncate(to: 3)
    }
    await #expect(processExitsWith: .failure) {
      var output = ByteOutput()
      output.append("ab")
      output.removeFirst(3)
    }
  }
}
