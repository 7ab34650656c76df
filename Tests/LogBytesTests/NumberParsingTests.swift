import LogBytes
import TestSupport
import Testing

@Suite struct NumberParsingTests {
  @Test(arguments: [
    ("0", 0 as UInt64?), ("7", 7), ("0042", 42), ("18446744073709551615", .max), ("18446744073709551616", nil),
    ("18446744073709551620", nil), ("99999999999999999999", nil), ("000000000000000000000000000001", 1),
    ("9999999999999999999", 9_999_999_999_999_999_999),
    ("", nil), ("+1", nil), ("-1", nil), (" 1", nil), ("1 ", nil), ("1.0", nil), ("1e3", nil), ("0x1", nil), ("12a", nil), ("a", nil),
    ("1234567890123456789a", nil), ("12345678901234567890a", nil), ("/", nil), (":", nil), ("\u{0}", nil), ("\u{661}", nil),
  ])
  func `unsigned numbers`(text: String, expected: UInt64?) {
    #expect(parseUnsigned(bytes(text).span) == expected)
  }

  @Test(arguments: [
    ("0", 0.0 as Double?), ("-0", -0.0), ("1", 1), ("+1", 1), ("-1.5e3", -1500), (".5", 0.5), ("5.", 5), ("-.5", -0.5), ("5.e1", 50),
    (".5e1", 5),
    ("1E5", 1e5), ("1e+5", 1e5), ("1e-5", 1e-5), ("1e05", 1e5), ("0.1", 0.1), ("123.456", 123.456), ("3.141592653589793238462643", .pi),
    ("1e22", 1e22), ("1e23", 1e23), ("9007199254740993", 9_007_199_254_740_992.0), ("179769313486231570000", 1.7976931348623157e20),
    ("1.7976931348623157e308", .greatestFiniteMagnitude), ("1e309", nil), ("-1e400", nil), ("1e999999999999", nil),
    ("4.9e-324", .leastNonzeroMagnitude), ("1e-400", 0), ("0e999999999999999999999", 0), ("0e99999", 0),
    ("0.000000000000000000000000000000000", 0),
    ("100000000000000000000000000000000000000000", 1e41), ("0000000000000000000000000000000000000000001", 1),
    ("2.2250738585072014e-308", 2.2250738585072014e-308), ("123456789012345678901234567890.5e-20", 1234567890.12345678901234567890),
    ("", nil), (".", nil), ("-", nil), ("+", nil), ("+-1", nil), ("e5", nil), (".e5", nil), ("1e", nil), ("1e+", nil), ("1.2.3", nil),
    ("1e5.", nil),
    (" 1", nil), ("1 ", nil), ("nan", nil), ("inf", nil), ("infinity", nil), ("0x1p3", nil), ("1_000", nil), ("1,5", nil), ("1f", nil),
    ("1e5e5", nil), ("\u{661}", nil), ("1\u{0}", nil),
  ])
  func `decimal numbers`(text: String, expected: Double?) {
    let value = parseDouble(bytes(text).span)
    #expect(value?.bitPattern == expected?.bitPattern, "\(String(describing: value))")
  }

  @Test func `every double is read back from its description`() {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<3000 {
      let value = Double(bitPattern: generator.next())
      if !value.isFinite { continue }
      let description = bytes("\(value)")
      #expect(parseDouble(description.span)?.bitPattern == value.bitPattern, "\(value)")
    }
  }

  @Test func `short decimals are rounded as the standard library rounds them`() {
    var generator = SeededGenerator(seed: 6)
    for _ in 0..<5000 {
      let whole = generator.next() >> UInt64.random(in: 1...63, using: &generator)
      let text =
        "\(whole).\(generator.next() >> UInt64.random(in: 1...63, using: &generator))e\(Int.random(in: -30...30, using: &generator))"
      #expect(parseDouble(bytes(text).span)?.bitPattern == Double(text)?.bitPattern, "\(text)")
    }
  }
}
