import LogBytes
import TestSupport
import Testing

@Suite struct ASCIITests {
  @Test func `classes and values agree with the standard library's`() {
    for byte in UInt8.min...UInt8.max {
      let character = Character(Unicode.Scalar(byte))
      #expect(ASCII.isDigit(byte) == ("0"..."9").contains(character))
      #expect(ASCII.isLetter(byte) == (character.isASCII && character.isLetter))
      #expect(ASCII.isLetterOrDigit(byte) == (character.isASCII && (character.isLetter || character.isNumber)))
      #expect(ASCII.isHexDigit(byte) == (character.isASCII && character.isHexDigit))
      #expect(ASCII.hexValue(byte).map(Int.init) == (character.isASCII ? character.hexDigitValue : nil))
      #expect(ASCII.lowercased(byte) == (byte < 0x80 ? bytes(character.lowercased())[0] : byte))
    }
  }

  @Test func `the names are those of the characters`() {
    let named: [(UInt8, Character)] = [
      (ASCII.tab, "\t"), (ASCII.lineFeed, "\n"), (ASCII.carriageReturn, "\r"), (ASCII.escape, "\u{1b}"), (ASCII.blank, " "),
      (ASCII.exclamationMark, "!"),
      (ASCII.quote, "\""), (ASCII.numberSign, "#"), (ASCII.dollarSign, "$"), (ASCII.percent, "%"), (ASCII.ampersand, "&"),
      (ASCII.apostrophe, "'"),
      (ASCII.leftParenthesis, "("), (ASCII.rightParenthesis, ")"), (ASCII.asterisk, "*"), (ASCII.plus, "+"), (ASCII.comma, ","),
      (ASCII.minus, "-"),
      (ASCII.dot, "."), (ASCII.slash, "/"), (ASCII.zero, "0"), (ASCII.nine, "9"), (ASCII.colon, ":"), (ASCII.semicolon, ";"),
      (ASCII.less, "<"),
      (ASCII.equals, "="), (ASCII.greater, ">"), (ASCII.questionMark, "?"), (ASCII.at, "@"), (ASCII.capitalA, "A"), (ASCII.capitalE, "E"),
      (ASCII.capitalF, "F"), (ASCII.capitalT, "T"), (ASCII.capitalZ, "Z"), (ASCII.leftBracket, "["), (ASCII.backslash, "\\"),
      (ASCII.rightBracket, "]"), (ASCII.caret, "^"), (ASCII.underscore, "_"), (ASCII.smallA, "a"), (ASCII.smallE, "e"), (ASCII.smallF, "f"),
      (ASCII.smallX, "x"), (ASCII.smallZ, "z"), (ASCII.leftBrace, "{"), (ASCII.verticalBar, "|"), (ASCII.rightBrace, "}"),
      (ASCII.tilde, "~"),
      (ASCII.delete, "\u{7f}"),
    ]
    for (byte, character) in named { #expect(byte == character.asciiValue) }
  }

  @Test(arguments: [
    ("abc", "abc", 0, true), ("abc", "xabc", 1, true), ("abc", "ab", 0, false), ("abc", "abd", 0, false), ("", "abc", 3, true),
    ("", "", 0, true),
    ("", "abc", 4, false), ("a", "abc", 3, false), ("a", "abc", 1000, false), ("a", "abc", Int.max, false), ("bc", "abc", 1, true),
    ("bcd", "abc", 1, false),
  ])
  func `a prefix stands at a position`(prefix: String, text: String, position: Int, expected: Bool) {
    #expect(hasPrefix(bytes(prefix).span, in: bytes(text).span, at: position) == expected)
  }
}
