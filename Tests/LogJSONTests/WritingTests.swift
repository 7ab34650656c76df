import Foundation
import LogBytes
import LogJSON
import TestSupport
import Testing

/// Strings without escapes, values without blanks.
struct WritingTests {
  private func unescaped(_ inside: [UInt8]) -> [UInt8] {
    written { $0.appendJSONUnescaped(inside.span) }
  }

  @Test(arguments: [
    ("", ""), ("plain", "plain"), (#"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{c}\n\r\t"), (#"\u0041\u00e9\u20AC"#, "Aé€"), (#"\u0000x"#, "\0x"),
    (#"\uD83D\uDE00"#, "😀"), (#"a\ud83d\ude00b"#, "a😀b"), (#"\uD83D"#, "\u{fffd}"), (#"\uDE00"#, "\u{fffd}"), (#"\uD83Dx"#, "\u{fffd}x"),
    (#"\uD83D\n"#, "\u{fffd}\n"), (#"\uD83D\u0041"#, "\u{fffd}A"), (#"\uD83D\uD83D\uDE00"#, "\u{fffd}😀"),
    (#"\uDE00\uD83D"#, "\u{fffd}\u{fffd}"),
    (#"\uFFFF\uD7FF\uE000"#, "\u{ffff}\u{d7ff}\u{e000}"), (#"\u007f\u0080\u07ff\u0800"#, "\u{7f}\u{80}\u{7ff}\u{800}"),
    (#"\uDBFF\uDFFF"#, "\u{10ffff}"),
    (#"\\n"#, #"\n"#), (#"\\\\u0041"#, #"\\u0041"#), ("日本\\n語", "日本\n語"),
  ])
  func `escapes become what they stand for`(inside: String, plain: String) {
    #expect(unescaped(bytes(inside)) == bytes(plain))
    #expect(unescaped(bytes("<\(inside)>")) == bytes("<\(plain)>"))
  }

  @Test func `bytes that are not UTF-8 stay`() {
    #expect(unescaped([0xff, 0x5c, 0x6e, 0xc3]) == [0xff, 0x0a, 0xc3])
  }

  @Test func `what is cut inside of an escape ends there`() {
    // Not valid, and so never handed over; it must not read beyond its end all the same.
    for cut in ["\\", "\\u", "\\u0", "\\u00", "\\u004", "\\uD83D\\", "\\uD83D\\u", "\\uD83D\\uDE0"] {
      _ = unescaped(bytes("a" + cut))
    }
  }

  @Test func `another program reads the same out of it`() throws {
    var generator = SeededGenerator(seed: 31)
    let parts = ["a", "é", "😀", "\\n", "\\\"", "\\\\", "\\/", "\\u0041", "\\u00e9", "\\ud83d\\ude00", "\\t", "\\u2028", "\u{7f}", "日本語"]
    for _ in 0..<2000 {
      let inside = (0..<Int.random(in: 0...20, using: &generator)).map { _ in parts.randomElement(using: &generator)! }.joined()
      let other = try JSONSerialization.jsonObject(with: Data("[\"\(inside)\"]".utf8)) as? [String]
      #expect(unescaped(bytes(inside)) == bytes(try #require(other?.first)))
    }
  }

  @Test func `what is escaped comes back`() {
    var generator = SeededGenerator(seed: 32)
    for _ in 0..<2000 {
      var text = ""
      for _ in 0..<Int.random(in: 0...60, using: &generator) {
        let range: ClosedRange<UInt32> = [
          0...0x1f, 0x20...0x7f, 0x22...0x22, 0x5c...0x5c, 0x80...0x7ff, 0x800...0xd7ff, 0x10000...0x10ffff,
        ].randomElement(using: &generator)!
        text.unicodeScalars.append(Unicode.Scalar(UInt32.random(in: range, using: &generator))!)
      }
      let escaped = written { $0.appendJSONEscaped(bytes(text).span) }
      var hasEscapes = false
      let quoted = bytes("\"") + escaped + bytes("\"")
      #expect(JSONScanning.scanString(quoted.span, from: 0, hasEscapes: &hasEscapes) == quoted.count)
      #expect(hasEscapes == escaped.contains(ASCII.backslash))
      #expect(unescaped(escaped) == bytes(text))
    }
  }

  // MARK: Values

  @Test(arguments: [
    ("1", "1"), (" [ 1 , 2 ] ", "[1,2]"), ("{ \"a b\" :\t\"c d\" ,\r\n\"e\":[ ] }", "{\"a b\":\"c d\",\"e\":[]}"), ("1.50E+07", "1.50E+07"),
    (#"{"a\/b":"\u0041\n\t\u0001"}"#, #"{"a/b":"A\n\t\u0001"}"#), (#"["\ud83d","\ud83d\ude00"]"#, "[\"\u{fffd}\",\"😀\"]"),
    (#"" a \" b ""#, #"" a \" b ""#),
    ("123456789012345678901234567890", "123456789012345678901234567890"),
  ])
  func `a value loses its blanks and keeps its meaning`(value: String, minified: String) {
    let result = written { $0.appendMinified(bytes(value).span) }
    #expect(String(decoding: result, as: UTF8.self) == minified)
    #expect(isJSON(result))
    // Once is enough.
    #expect(written { $0.appendMinified(result.span) } == result)
  }

  @Test func `what is not UTF-8 in a value is repaired`() {
    let value = bytes("[\"a") + [0xff] + bytes("b\", \"\\n") + [0xc3] + bytes("\"]")
    #expect(written { $0.appendMinified(value.span) } == bytes("[\"a\u{fffd}b\",\"\\n\u{fffd}\"]"))
  }

  @Test(arguments: [
    ("0", false), ("9007199254740991", false), ("-9007199254740991", false), ("9007199254740992", true), ("-9007199254740992", true),
    ("99999999999999999999999", true),
    ("18446744073709551616", true), ("1e300", false), ("9007199254740993.5", false), ("900719925474099", false),
    ("0.12345678901234567890", false), ("-1234567890123456789", true),
  ])
  func `integers beyond what a double holds are known`(number: String, exceeds: Bool) {
    #expect(integerExceedsDouble(bytes(number).span) == exceeds)
  }
}
