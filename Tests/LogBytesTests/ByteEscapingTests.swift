import LogBytes
import TestSupport
import Testing

@Suite struct ByteEscapingTests {
  /// The escape of a text, one character at a time, from the standard library's repair of UTF-8.
  private func naiveEscape(_ text: [UInt8]) -> [UInt8] {
    var result = ""
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{8}": result += "\\b"
      case "\u{c}": result += "\\f"
      case "\u{0}"..."\u{1f}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return bytes(result)
  }

  private func expectRepaired(_ text: [UInt8], _ comment: @autoclosure () -> String = "", sourceLocation: SourceLocation = #_sourceLocation)
  {
    let repaired = Array(String(decoding: text, as: UTF8.self).utf8)
    if written({ $0.appendJSONEscaped(text.span) }) != naiveEscape(text) {
      Issue.record("escape of \(text) \(comment())", sourceLocation: sourceLocation)
    }
    if written({ $0.appendRepairingUTF8(text.span) }) != repaired {
      Issue.record("repair of \(text) \(comment())", sourceLocation: sourceLocation)
    }
    let bad = validateUTF8(text.span)
    if (bad == -1) != (repaired == text) { Issue.record("validation of \(text): \(bad) \(comment())", sourceLocation: sourceLocation) }
    // What stands before the first bad byte is good, and with one byte more of the text it never becomes so.
    if bad >= 0 {
      let before = Array(text[..<bad])
      if Array(String(decoding: before, as: UTF8.self).utf8) != before || Array(repaired[bad..<bad + 3]) != [0xef, 0xbf, 0xbd] {
        Issue.record("first bad byte of \(text): \(bad) \(comment())", sourceLocation: sourceLocation)
      }
    }
  }

  @Test(arguments: [
    ("", ""), ("plain", "plain"), ("say \"hi\"", "say \\\"hi\\\""), ("C:\\games", "C:\\\\games"), ("a\tb\nc\rd", "a\\tb\\nc\\rd"),
    ("\u{0}\u{1}\u{8}\u{b}\u{c}\u{1b}[0m\u{1f}\u{7f}", "\\u0000\\u0001\\b\\u000b\\f\\u001b[0m\\u001f\u{7f}"), ("a/b", "a/b"),
    ("Žluťoučký kůň, 안녕, 🎮", "Žluťoučký kůň, 안녕, 🎮"), ("\u{2028}\u{feff}", "\u{2028}\u{feff}"),
  ])
  func `what a JSON string holds`(text: String, expected: String) {
    #expect(String(decoding: written { $0.appendJSONEscaped(bytes(text).span) }, as: UTF8.self) == expected)
  }

  // Table 3-8 and its neighbours in chapter 3 of the Unicode Standard: one replacement for each maximal part.
  @Test(arguments: [
    ("c0af e080bf f08182 41", 8, "41"), ("eda080 edbfbf edaf 41", 8, "41"), ("f4918293 ff 41 80 bf 42", 5, "41 r r 42"),
    ("e180e2f09192f1bf41", 4, "41"), ("f0908c", 1, ""), ("e2 82", 1, ""), ("c3", 1, ""), ("f48fbfbf", 0, "f48fbfbf"),
    ("80", 1, ""), ("f5808080", 4, ""), ("f0 80 80 80", 4, ""), ("f4 90 80 80", 4, ""),
  ])
  func `each maximal bad part becomes one replacement`(hex: String, replacements: Int, rest: String) {
    let replaced = [UInt8]([0xef, 0xbf, 0xbd])
    var expected = Array(repeatElement(replaced, count: replacements).joined())
    for part in rest.split(separator: " ") { expected += part == "r" ? replaced : bytes(hex: String(part)) }
    #expect(written { $0.appendRepairingUTF8(bytes(hex: hex).span) } == expected)
    #expect(written { $0.appendJSONEscaped(bytes(hex: hex).span) } == expected)
  }

  @Test func `every byte alone, twice, and in front of a letter`() {
    for byte in UInt8.min...UInt8.max {
      expectRepaired([byte])
      expectRepaired([byte, byte])
      expectRepaired([byte, 0x61])
      expectRepaired([0x61, byte])
    }
  }

  @Test func `every pair of bytes that are not plain`() {
    for first in UInt8(0x80)...0xff {
      for second in UInt8(0x70)...0xff {
        expectRepaired([first, second])
        expectRepaired([first, second, 0x80])
        expectRepaired([first, second, 0x80, 0x80, 0x61])
      }
    }
  }

  /// Texts that need care, each behind and before every padding: so each stands at every place of a block and at its end.
  @Test(arguments: [
    "22", "5c", "0a", "00", "1f", "c3a9", "e282ac", "ed95 9c", "f09f8eae", "f09f8e", "e282", "c3", "80", "ff", "eda080", "c0af", "f4908080",
    "c3a9e282acf09f8eae", "2222", "c3a922", "e28222", "f09f8e5c",
  ])
  func `something to repair or escape behind every padding`(hex: String) {
    let middle = bytes(hex: hex)
    for padding in 0...130 {
      for behind in [0, 1, 2, 3, 5, 14, 15, 16, 31, 47] {
        let text = Array(repeating: 0x61, count: padding) + middle + Array(repeating: 0x62, count: behind)
        expectRepaired(text, "padding \(padding) behind \(behind)")
      }
    }
  }

  @Test(arguments: 0..<150 as Range<UInt64>)
  func `random bytes are repaired as the standard library repairs them`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let alphabets: [[UInt8]] = [
      Array(0...0xff), [0x61, 0x62, 0x80, 0xbf, 0xc3, 0xe0, 0xed, 0xef, 0xf0, 0xf4], Array(0x20...0x7e), [0x61, 0x22, 0x5c, 0x0a, 0x01],
      [0xe0, 0x9f, 0xa0, 0xed, 0x80, 0xf0, 0x8f, 0x90, 0xf4, 0xbf],
    ]
    for alphabet in alphabets {
      expectRepaired(generator.bytes(count: Int.random(in: 0...200, using: &generator), from: alphabet))
    }
  }

  /// Long texts go piece by piece: nothing may show where they were cut.
  @Test func `a sequence at the border of a piece stays whole`() {
    let border = 4096
    for hex in ["f09f8eae", "ed959c", "c3a9", "8080808080", "f09f8e", "f0808080", "e180e2f09192f1bf", "22", "0a"] {
      let middle = bytes(hex: hex)
      for offset in -6...3 {
        let text = Array(repeating: 0x61, count: border + offset) + middle + Array(repeating: 0x62, count: 20)
        expectRepaired(text, "offset \(offset)")
      }
    }
    expectRepaired(Array(repeating: 0x80, count: 3 * border + 5))
    expectRepaired(Array(bytes(String(repeating: "안녕", count: border))))
    expectRepaired(Array(repeating: 0x01, count: 2 * border + 1))
  }

  @Test func `a long text reserves no more than its own size asks for`() {
    var output = ByteOutput(capacity: 1 << 20)
    let text = [UInt8](repeating: 0x61, count: 1 << 19)
    // Six times the text would not fit into the room: the output would have moved.
    let before = unsafe output.span.withUnsafeBufferPointer { $0.baseAddress }
    output.appendJSONEscaped(text.span)
    let after = unsafe output.span.withUnsafeBufferPointer { $0.baseAddress }
    #expect(unsafe before == after)
    #expect(output.count == text.count)
  }

  @Test func `escapes are appended behind what is there`() {
    var output = ByteOutput(capacity: 16)
    for round in 0..<200 {
      output.append("<")
      output.appendJSONEscaped(bytes(String(repeating: "\"", count: round % 20)).span)
      output.append(">")
    }
    let expected = (0..<200).map { "<" + String(repeating: "\\\"", count: $0 % 20) + ">" }.joined()
    #expect(text(output) == expected)
  }

  @Test func `a string in a text, however far its end is`() {
    var random = SeededGenerator(seed: 41)
    let pieces: [[UInt8]] = [bytes("a"), bytes("0123456789abcdef"), bytes("\""), bytes("\\"), bytes("\u{e9}"), [0xff], [0x01]]
    for count in 0..<150 {
      for behind in [0, 1, 15, 16, 31, 32, 64] {
        // Letters and quotes, or anything.
        let kinds = (count + behind) % 3 == 0 ? pieces.count : 3
        var value: [UInt8] = []
        while value.count < count { value += pieces[Int.random(in: 0..<kinds, using: &random)] }
        value = Array(value.prefix(count))
        let text = bytes("\"\u{1}") + value + [UInt8](repeating: ASCII.quote, count: behind)
        let found = written { output in
          output.appendThroughCursor(room: 6 * count + 2 + ByteCursor.slack) { cursor in
            cursor.appendJSONString(ByteSource(text.span), 2, count: count)
          }
        }
        #expect(found == [ASCII.quote] + naiveEscape(value) + [ASCII.quote])
        guard behind >= 32 else { continue }
        var bitmaps = ChunkBitmaps()
        bitmaps.classify(text.span)
        let marked = written { output in
          output.appendThroughCursor(room: 6 * count + 2 + ByteCursor.slack) { cursor in
            cursor.appendJSONString(ByteSource(text.span), 2, count: count, specials: bitmaps.words)
          }
        }
        #expect(marked == found)
      }
    }
  }
}
