import LogBytes
import TestSupport
import Testing

/// What the writers of entries call once a field, against the plain calls that it stands for.
@Suite struct MemberWritingTests {
  @Test(arguments: [0, 1, 3, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, 100, 4095, 4096, 4097, 9000])
  func `a member is its key and an escaped string`(length: Int) {
    let pieces: [UInt8] = [0x61, 0x22, 0x5c, 0x0a, 0xc3, 0xa9, 0xff, 0x62]
    for keyLength in 4...40 {
      let key = Array(",\"".utf8) + [UInt8](repeating: 0x6b, count: keyLength - 4) + Array("\":".utf8)
      for plain in [true, false] {
        let value = (0..<length).map { plain ? UInt8(0x61 + $0 % 26) : pieces[$0 % pieces.count] }
        var expected = ByteOutput(capacity: 16)
        expected.append(contentsOf: key)
        expected.append(ASCII.quote)
        expected.appendJSONEscaped(value.span)
        expected.append(ASCII.quote)
        var output = ByteOutput(capacity: 16)
        output.appendJSONMember(key: key.span, string: value.span)
        #expect(bytes(output) == bytes(expected))
      }
    }
  }

  @Test func `a writer of times agrees with the plain call, whatever came before`() {
    var writer = TimestampWriter()
    let seconds: [Int64] = [
      0, 1, 86_399, 86_400, -1, 1_798_718_401, 1_798_718_402, 951_782_400, 253_402_300_799, 253_402_300_800, -62_167_219_200,
      -62_167_219_201, 5,
    ]
    for second in seconds {
      for digits in 0...9 {
        let time = Timestamp(seconds: second, nanoseconds: 123_456_789, fractionDigits: UInt8(digits))
        var expected = ByteOutput()
        expected.append(timestamp: time)
        var output = ByteOutput(capacity: 16)
        writer.append(time, to: &output)
        #expect(bytes(output) == bytes(expected), "\(second) with \(digits) digits")
      }
    }
  }

  @Test(arguments: [("", ""), ("\"", "\"\""), ("a\"b", "a\"\"b"), ("\"\"", "\"\"\"\""), ("plain", "plain")])
  func `quotes are doubled`(text: String, doubled: String) {
    var output = ByteOutput(capacity: 16)
    output.appendDoublingQuotes(Array(text.utf8).span)
    #expect(bytes(output) == Array(doubled.utf8))
  }
}
