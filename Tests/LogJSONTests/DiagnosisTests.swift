import LogBytes
import LogJSON
import TestSupport
import Testing

/// What is wrong, and where.
struct DiagnosisTests {
  @Test(arguments: [
    ("", "no JSON: nothing but blanks at line 1, column 1 (byte 1)"),
    ("\n\n  ", "no JSON: nothing but blanks at line 3, column 3 (byte 5)"),
    ("hello", "expected a value at line 1, column 1 (byte 1)"),
    ("[1,\n 2,\n oops]", "expected a value at line 3, column 2 (byte 10)"),
    ("{\"a\": tru}", "expected true, false or null at line 1, column 7 (byte 7)"),
    ("{\"a\":1", "the text ends inside of an object at line 1, column 7 (byte 7)"),
    ("[1\n", "the text ends inside of an array at line 2, column 1 (byte 4)"),
    ("{\"a\":", "the text ends where a value is expected at line 1, column 6 (byte 6)"),
    ("{\"a\":1,", "the text ends where a key is expected at line 1, column 8 (byte 8)"),
    ("{\"a\"", "the text ends where ':' is expected at line 1, column 5 (byte 5)"),
    ("{\"a\" 1}", "expected ':' at line 1, column 6 (byte 6)"),
    ("{a:1}", "expected a key in quotes at line 1, column 2 (byte 2)"),
    ("{\"a\":1;}", "expected ',' or '}' at line 1, column 7 (byte 7)"),
    ("[1;]", "expected ',' or ']' at line 1, column 3 (byte 3)"),
    ("[1}", "expected ',' or ']' at line 1, column 3 (byte 3)"),
    ("[\"ab", "the text ends inside of a string at line 1, column 2 (byte 2)"),
    ("\"ab\\", "the text ends inside of a string at line 1, column 1 (byte 1)"),
    ("\"ab\\u12", "the text ends inside of a string at line 1, column 1 (byte 1)"),
    ("\"a\nb\"", "a control byte in a string: it must be written as an escape at line 1, column 3 (byte 3)"),
    ("\"\\x41\"", "no escape of JSON at line 1, column 2 (byte 2)"),
    ("\"\\u12g4\"", "\\u needs four hexadecimal digits at line 1, column 2 (byte 2)"),
    ("[01]", "no number of JSON at line 1, column 2 (byte 2)"),
    ("[1.]", "no number of JSON at line 1, column 2 (byte 2)"),
    ("[-]", "no number of JSON at line 1, column 2 (byte 2)"),
    ("[1a]", "no number of JSON at line 1, column 2 (byte 2)"),
    ("{} {}", "something stands behind the JSON value at line 1, column 4 (byte 4)"),
    ("{}\n\nx", "something stands behind the JSON value at line 3, column 1 (byte 5)"),
  ])
  func `the first mistake is said with its place`(text: String, description: String) {
    let input = bytes(text)
    #expect(JSONError.find(in: input.span)?.description(in: input.span) == description)
  }

  @Test func `too deep is said where it is too deep`() {
    let input = bytes(String(repeating: "[", count: 200))
    #expect(
      JSONError.find(in: input.span)?.description(in: input.span)
        == "nested more than 128 deep at line 1, column 129 (byte 129)")
  }

  @Test(arguments: [(0, 1, 1), (1, 1, 2), (2, 1, 3), (3, 2, 1), (4, 3, 1), (5, 3, 2), (6, 3, 3), (60, 3, 3)])
  func `lines and columns count from one`(offset: Int, line: Int, column: Int) {
    let place = textPosition(of: offset, in: bytes("ab\n\ncd").span)
    #expect(place == (line, column))
  }
}
