import LogBytes
import TestSupport
import Testing

@Suite struct ValueWritingTests {
  @Test(arguments: [
    (Timestamp(seconds: 0), "1970-01-01T00:00:00Z"),
    (Timestamp(seconds: 1_798_718_401, nanoseconds: 250_000_000, fractionDigits: 3), "2026-12-31T12:00:01.250Z"),
    (Timestamp(seconds: 1_798_718_401, nanoseconds: 250_000_000, fractionDigits: 0), "2026-12-31T12:00:01Z"),
    (Timestamp(seconds: 0, nanoseconds: 123_456_789, fractionDigits: 9), "1970-01-01T00:00:00.123456789Z"),
    (Timestamp(seconds: 0, nanoseconds: 1_000, fractionDigits: 6), "1970-01-01T00:00:00.000001Z"),
    (Timestamp(seconds: 0, nanoseconds: 999_999_999, fractionDigits: 1), "1970-01-01T00:00:00.9Z"),
    (Timestamp(seconds: 0, nanoseconds: 7, fractionDigits: 200), "1970-01-01T00:00:00.000000007Z"),
    (Timestamp(seconds: -1), "1969-12-31T23:59:59Z"),
    (Timestamp(seconds: -1, nanoseconds: 500_000_000, fractionDigits: 1), "1969-12-31T23:59:59.5Z"),
    (Timestamp(seconds: 951_782_400), "2000-02-29T00:00:00Z"),
    (Timestamp(seconds: 253_402_300_799), "9999-12-31T23:59:59Z"),
    (Timestamp(seconds: 253_402_300_800), "+10000-01-01T00:00:00Z"),
    (Timestamp(seconds: -62_167_219_200), "0000-01-01T00:00:00Z"),
    (Timestamp(seconds: -62_167_219_201), "-0001-12-31T23:59:59Z"),
    (Timestamp(seconds: .max), "+292277026596-12-04T15:30:07Z"),
    (Timestamp(seconds: .min), "-292277022657-01-27T08:29:52Z"),
  ])
  func `a moment is written as RFC 3339`(timestamp: Timestamp, expected: String) {
    #expect(String(decoding: written { $0.append(timestamp: timestamp) }, as: UTF8.self) == expected)
  }

  @Test func `numbers are written as the standard library writes them`() {
    var numbers: [Int] = [0, .max, .min, .min + 1]
    var power = 1
    for _ in 0..<18 {
      power *= 10
      numbers += [power - 1, power, power + 1, -power, 1 - power]
    }
    var generator = SeededGenerator(seed: 1)
    for shift in 0..<64 { numbers.append(Int(truncatingIfNeeded: generator.next() >> UInt64(shift))) }
    for number in numbers {
      #expect(written { $0.append(decimal: number) } == bytes(String(number)))
      let unsigned = UInt64(bitPattern: Int64(number))
      #expect(written { $0.append(decimal: unsigned) } == bytes(String(unsigned)))
    }
  }
}
