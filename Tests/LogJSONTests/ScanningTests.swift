import LogBytes
import LogJSON
import TestSupport
import Testing

/// Whether the text is one JSON value with blanks around it: asked in both ways that there are, which must agree.
func isJSON(_ text: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) -> Bool {
  let span = text.span
  let end = JSONScanning.scanValue(span, from: JSONScanning.skipBlanks(span, from: 0))
  let isValue = end >= 0 && JSONScanning.skipBlanks(span, from: end) == span.count
  let error = JSONError.find(in: span)
  let what = "\(String(decoding: text.prefix(100), as: UTF8.self)): \(error.map { "\($0)" } ?? "no error")"
  #expect(isValue == (error == nil), "scanning and diagnosis differ on \(what)", sourceLocation: sourceLocation)
  return isValue
}

/// RFC 8259, by tables.
struct ScanningTests {
  @Test(arguments: [
    "null", "true", "false", "0", "-0", "1", "-1", "10", "1234567890", "0.5", "-0.5", "1.25", "1e5", "1E5", "1e+5", "1e-5", "0e0",
    "1.5e300", "1e999",
    "123456789012345678901234567890", #""""#, #""a""#, #""é""#, #""日本語 😀""#, #""\"\\\/\b\f\n\r\t""#, #""\u0000""#, #""\u00e9""#,
    #""\uD83D\uDE00""#,
    #""\uD83D""#, #""\uDE00\uD83D""#, "\"\u{7f}\"", "[]", "{}", "[ ]", "{ }", "[1]", "[1,2]", "[ 1 , 2 ]", "[[],{},[{}]]", #"{"a":1}"#,
    #"{"a":1,"a":2}"#,
    #"{"":0}"#, #"{"\u0061":{"b":[null,true,false]}}"#, " 1 ", "\t1\r\n", "[\n1\n,\n2\n]", #"{ "a" : 1 , "b" : [ ] }"#,
    "[1,\"2\",3.0,null,[4]]",
    #"["aaaaaaaa","aaaaaaa","aaaaaaaaa","aaaaaaaaaaaaaaaaaaaaaaaa"]"#,
  ])
  func `JSON is JSON`(text: String) {
    #expect(isJSON(bytes(text)), "\(text)")
    #expect(isJSON(bytes("[\(text)]")))
    #expect(isJSON(bytes("{\"key\":\(text),\"other\":[\(text)]}")))
  }

  @Test(arguments: [
    "", " ", "\n", "nul", "nulll", "Null", "NULL", "tru", "truE", "fals", "none", "undefined", "NaN", "Infinity", "-Infinity", "-", "+1",
    "--1", "- 1", "01",
    "-01", "00", "1.", ".5", "-.5", "1.e5", "1e", "1e+", "1e-", "1ee5", "1e5.5", "1.2.3", "0x10", "1_000", "1,000", "1 2", "1a", "１", "'a'",
    "a", "\"", "\"a",
    "\"a\\\"", #""\a""#, #""\x41""#, #""\'""#, #""\0""#, #""\u""#, #""\u1""#, #""\u12""#, #""\u123""#, #""\u123g""#, #""\U0041""#, #""\ ""#,
    "\"\n\"",
    "\"\t\"", "\"\0\"", "\"\u{1f}\"", "\"a\"b", "[", "]", "[1", "[1,", "[,", "[,1]", "[1,]", "[1,,2]", "[1 2]", "[1}", "[}", "{", "}", "{]",
    "{a:1}", "{'a':1}",
    "{1:2}", #"{"a"}"#, #"{"a":}"#, #"{"a":1"#, #"{"a":1,}"#, #"{"a":1,,"b":2}"#, #"{,"a":1}"#, #"{"a" 1}"#, #"{"a":1 "b":2}"#, #"{"a":1]"#,
    #"{"a"::1}"#,
    #"{"a":1}}"#, "[]]", "{}{}", "[][]", "// a\n1", "/* a */1", "[1]//", "\u{a0}1", "\u{c}1", "\u{feff}1", "[\u{b}]", #"{"a\u12":1}"#,
    "[\"a\",\"b]", "*",
  ])
  func `what is no JSON is none`(text: String) {
    #expect(!isJSON(bytes(text)), "\(text)")
    if !text.isEmpty, text != " ", text != "\n" {
      #expect(!isJSON(bytes("{\"key\":\(text),\"other\":1}")))
    }
  }

  @Test(arguments: [[0xff], [0x22, 0xff], [0x5b, 0x00, 0x5d], [0x31, 0x00], [0x00, 0x31]] as [[UInt8]])
  func `bytes that no text has are none`(text: [UInt8]) {
    #expect(!isJSON(text))
  }

  @Test func `bytes that are not UTF-8 may stand inside of strings`() {
    #expect(isJSON([0x22, 0xff, 0xc3, 0x28, 0x22]))
    #expect(isJSON(bytes("{\"") + [0xe9] + bytes("\":\"") + [0x80] + bytes("\"}")))
  }

  @Test func `every control byte ends a string, wherever it stands`() {
    for byte in 0..<0x20 as Range<UInt8> {
      for before in 0..<20 {
        let text = [0x22] + [UInt8](repeating: 0x61, count: before) + [byte] + bytes("bbbbbbbbbbbbbbbbbbbb\"")
        #expect(!isJSON(text), "byte \(byte) behind \(before)")
      }
    }
  }

  @Test func `quotes and backslashes are found at every place of a word`() {
    for before in 0..<20 {
      for after in 0..<20 {
        let front = String(repeating: "a", count: before)
        let back = String(repeating: "b", count: after)
        let text = bytes("\"\(front)\\\"\(back)\",")
        var hasEscapes = false
        #expect(JSONScanning.scanString(text.span, from: 0, hasEscapes: &hasEscapes) == text.count - 1)
        #expect(hasEscapes)
        let plain = bytes("\"\(front)é\(back)\",")
        #expect(JSONScanning.scanString(plain.span, from: 0, hasEscapes: &hasEscapes) == plain.count - 1)
        #expect(!hasEscapes)
      }
    }
  }

  @Test(arguments: [
    ("0", 1), ("-0", 2), ("01", 1), ("12,", 2), ("1.5]", 3), ("1.", -1), ("1e5}", 3), ("1e+", -1), ("-", -1), ("-a", -1), ("1.5.5", 3),
    ("2e3e", 3),
    ("", -1), ("+1", -1), (".5", -1), ("-12.50E-07 ", 10),
  ])
  func `a number ends where it ends`(text: String, end: Int) {
    #expect(JSONScanning.scanNumber(bytes(text).span, from: 0) == end)
    #expect(JSONScanning.scanNumber(bytes("xx" + text).span, from: 2) == (end < 0 ? -1 : end + 2))
  }

  @Test(arguments: [
    (#"{"a":[1,{"b":null}]} rest"#, 20), ("[[[]]],", 6), (#""a\"b" "#, 6), ("true,", 4), ("null", 4), ("falsey", 5), ("", -1), ("[1", -1),
  ])
  func `a value ends where it ends`(text: String, end: Int) {
    #expect(JSONScanning.scanValue(bytes(text).span, from: 0) == end)
  }

  @Test func `positions outside of the text are no value`() {
    let text = bytes("1")
    #expect(JSONScanning.scanValue(text.span, from: 1) == -1)
    #expect(JSONScanning.scanValue(text.span, from: 7) == -1)
    #expect(JSONScanning.skipBlanks(text.span, from: 1) == 1)
  }

  // MARK: Depth

  private func nested(_ depth: Int, _ open: String, _ close: String) -> [UInt8] {
    bytes(String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth))
  }

  @Test func `the limit of depth is exact`() {
    let limit = JSONScanning.greatestDepth
    #expect(limit == 128)
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]"), ("[ ", " ]"), ("[0,", "]"), ("{\"a\":{},\"b\":", ",\"c\":[]}")]
    {
      let levels = open.hasPrefix("[{") ? 2 : 1
      // An empty container beside the value of the last level is one deeper.
      let most = (limit - (open.contains("{}") ? 1 : 0)) / levels
      #expect(isJSON(nested(most, open, close)), "\(open)")
      #expect(!isJSON(nested(most + 1, open, close)), "\(open)")
    }
    #expect(!isJSON(nested(100_000, "[", "]")))
    #expect(!isJSON(nested(100_000, "{\"a\":", "}")))
    #expect(isJSON(bytes("[" + String(repeating: "[],", count: 100_000) + "{}]")))
  }

  @Test func `levels around a value count`() {
    for outer in [0, 1, 100, 127, 128] {
      let left = JSONScanning.greatestDepth - outer
      let fits = nested(left, "[", "]")
      #expect(JSONScanning.scanValue(fits.span, from: 0, depth: outer) == fits.count)
      #expect(JSONScanning.scanValue(nested(left + 1, "[", "]").span, from: 0, depth: outer) == -1)
    }
  }

  // MARK: Cuts and damage

  private static let document = bytes(
    #" { "kind" : "DATA" , "n" : [ -12.5e+3 , 0, true, false, null ] , "text" : "a\"\\\u00e9\uD83D\uDE00 é" , "o" : { "x" : { } , "y" : [ [ ] ] } } "#
  )

  @Test func `a cut at any byte is no JSON, and the error stands at or before the cut`() {
    #expect(isJSON(Self.document))
    let whole = Self.document.lastIndex(of: ASCII.rightBrace)!
    for end in 0...whole {
      let cut = Array(Self.document[..<end])
      #expect(!isJSON(cut), "cut to \(end) bytes")
      let error = JSONError.find(in: cut.span)
      #expect((0...end).contains(error?.offset ?? -1))
      // What ends is said to end: nothing in front of the cut is wrong but a string that is open.
      #expect(
        error?.message.contains("end") == true || error?.message.contains("blanks") == true
          || error?.message.contains("expected true") == true || error?.message == "no number of JSON", "\(error?.message ?? "")")
    }
  }

  @Test func `scanning and diagnosis agree on damage`() {
    var generator = SeededGenerator(seed: 21)
    let alphabet = bytes("{}[]\":,\\ \n0123456789.-+eEutrfalsn\u{1}é")
    var valid = 0
    for _ in 0..<30_000 {
      var text = Self.document
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let index = Int.random(in: text.indices, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: text[index] = alphabet.randomElement(using: &generator)!
        case 1: text.insert(alphabet.randomElement(using: &generator)!, at: index)
        default: text.remove(at: index)
        }
      }
      if isJSON(text) { valid += 1 }
    }
    // Blanks and letters inside of strings change nothing.
    #expect(valid > 500 && valid < 15_000, "\(valid)")
  }

  @Test func `scanning and diagnosis agree on what is random`() {
    var generator = SeededGenerator(seed: 22)
    let alphabet = bytes("{}[]\":,1 a\\")
    var valid = 0
    for _ in 0..<100_000 where isJSON(generator.bytes(count: Int.random(in: 1...8, using: &generator), from: alphabet)) { valid += 1 }
    #expect(valid > 500, "\(valid)")
  }
}
