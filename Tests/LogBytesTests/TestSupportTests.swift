import LogBytes
import TestSupport
import Testing

@Suite struct TestSupportTests {
  @Test func `a seed gives the same numbers each time`() {
    var (first, second, third) = (SeededGenerator(seed: 1), SeededGenerator(seed: 1), SeededGenerator(seed: 2))
    let numbers = (0..<100).map { _ in first.next() }
    #expect(numbers == (0..<100).map { _ in second.next() })
    #expect(numbers != (0..<100).map { _ in third.next() })
    #expect(Set(numbers).count == 100)
    // The first number of the published generator for this seed.
    var zero = SeededGenerator(seed: 0)
    #expect(zero.next() == 0xe220_a839_7b1d_cdaf)
  }

  @Test func `random bytes come from their alphabet, all of it`() {
    var generator = SeededGenerator(seed: 9)
    let some = generator.bytes(count: 1000, from: [1, 2, 3])
    #expect(some.count == 1000)
    #expect(Set(some) == [1, 2, 3])
    #expect(Set(generator.bytes(count: 10_000)).count == 256)
  }

  @Test func `splits are all splits`() {
    var splits: [String] = []
    forEachSplit(of: bytes("abc")) { splits.append(String(decoding: $0, as: UTF8.self) + "|" + String(decoding: $1, as: UTF8.self)) }
    #expect(splits == ["|abc", "a|bc", "ab|c", "abc|"])
    var empty = 0
    forEachSplit(of: []) { _, _ in empty += 1 }
    #expect(empty == 1)
  }

  @Test func `partitions have parts of one size`() {
    var partitions: [String] = []
    forEachPartition(of: bytes("abcde")) { partitions.append($0.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "|")) }
    #expect(partitions == ["a|b|c|d|e", "ab|cd|e", "abc|de", "abcd|e", "abcde"])
    forEachPartition(of: []) { _ in Issue.record("nothing to cut") }
  }

  @Test func `random parts make up the whole`() {
    var generator = SeededGenerator(seed: 4)
    let whole = generator.bytes(count: 500)
    let parts = randomParts(of: whole, largest: 7, using: &generator)
    #expect(Array(parts.joined()) == whole)
    #expect(parts.allSatisfy { $0.count <= 7 })
    #expect(Set(parts.map(\.count)).count > 3)
  }

  @Test func `bytes and text`() {
    #expect(bytes("é") == [0xc3, 0xa9])
    #expect(bytes(hex: "00 fF") == [0, 255])
    let some: [UInt8] = [0x61, 0xff]
    #expect(text(some.span) == "a\u{fffd}")
    #expect(written { $0.append("ab") } == bytes("ab"))
  }
}
