import Foundation
import LogBytes
import LogEntries
import LogOutput
import TestSupport
import Testing

@Suite struct JSONLinesWriterTests {
  private static let noon = Timestamp(seconds: 1_798_718_401, nanoseconds: 250_000_000, fractionDigits: 3)

  @Test func `an entry that no format knew has its message and a null format`() {
    var sample = SampleEntry()
    sample.setMessage("hello")
    #expect(sample.jsonLine() == "{\"format\":null,\"message\":\"hello\"}\n")
  }

  @Test func `what is absent is not there, except the format`() {
    #expect(SampleEntry().jsonLine() == "{\"format\":null}\n")
  }

  @Test func `keys have one order`() {
    var sample = SampleEntry()
    sample.add("thread", "Server thread")
    sample.setEvent("player.join")
    sample.setMessage("Robin joined the game")
    sample.add("player", "Robin")
    sample.add("log_group", "/games/eu", source: .envelope)
    sample.setFormat("minecraft-java")
    sample.entry.level = .info
    sample.entry.time = Self.noon
    sample.entry.sourceLine = 7
    sample.entry.sourceLines = 2
    sample.sourceFile = Array("logs/latest \"1\".log".utf8)
    let head =
      #"{"time":"2026-12-31T12:00:01.250Z","level":"info","format":"minecraft-java","event":"player.join","#
      + #""message":"Robin joined the game","thread":"Server thread","player":"Robin","log_group":"/games/eu""#
    #expect(sample.jsonLine() == head + "}\n")
    #expect(
      sample.jsonLine(sourceLines: true)
        == head + #","source_file":"logs/latest \"1\".log","source_line":7,"source_lines":2}"# + "\n")
  }

  @Test(arguments: [Level.trace, .debug, .info, .warn, .error, .fatal])
  func `every level has its word`(level: Level) {
    var sample = SampleEntry()
    sample.entry.level = level
    #expect(sample.jsonLine() == "{\"level\":\"\(level.name)\",\"format\":null}\n")
  }

  @Test(arguments: [ValueSource.text, .scratch, .envelope])
  func `every kind is written from every buffer`(source: ValueSource) {
    var sample = SampleEntry()
    sample.add("text", "a \"b\"\t\\c", source: source)
    sample.add("empty", "", source: source)
    sample.add("number", "-1.50e+3", kind: .number, source: source)
    sample.add("yes", "?", kind: .yes, source: source)
    sample.add("no", "?", kind: .no, source: source)
    sample.add("nested", #"{"a":[1,{"b":null}],"c":"\n"}"#, kind: .json, source: source)
    sample.add("inside", #"tab\tquote\" \u00e9"#, kind: .jsonString, source: source)
    sample.add("moment", Self.noon)
    #expect(
      sample.jsonLine()
        == #"{"format":null,"text":"a \"b\"\t\\c","empty":"","number":-1.50e+3,"yes":true,"no":false,"#
        + #""nested":{"a":[1,{"b":null}],"c":"\n"},"inside":"tab\tquote\" \u00e9","moment":"2026-12-31T12:00:01.250Z"}"# + "\n")
  }

  @Test func `a message can be of any kind`() {
    var sample = SampleEntry()
    sample.setMessage(Array("{\"a\":1}".utf8), kind: .json)
    #expect(sample.jsonLine() == #"{"format":null,"message":{"a":1}}"# + "\n")
  }

  @Test func `bytes that are not UTF-8 become U+FFFD in every kind of text`() {
    var sample = SampleEntry()
    sample.setMessage([0x61, 0xff, 0x62])
    sample.add("latin", bytes: [0x63, 0x61, 0x66, 0xe9])
    sample.add("inside", bytes: [0x80, 0x61], kind: .jsonString)
    sample.add("nested", bytes: [0x5b, 0x22, 0xc3, 0x22, 0x5d], kind: .json)
    sample.sourceFile = [0xfe]
    #expect(
      sample.jsonLine(sourceLines: true)
        == "{\"format\":null,\"message\":\"a\u{fffd}b\",\"latin\":\"caf\u{fffd}\",\"inside\":\"\u{fffd}a\",\"nested\":[\"\u{fffd}\"],"
        + "\"source_file\":\"\u{fffd}\",\"source_line\":0,\"source_lines\":0}\n")
  }

  @Test func `line ends between the tokens of nested JSON become blanks`() {
    var sample = SampleEntry()
    sample.add("nested", "{\r\n  \"a\":\n1\n}", kind: .json)
    #expect(sample.jsonLine() == "{\"format\":null,\"nested\":{    \"a\": 1 }}\n")
  }

  @Test func `a key of the log is escaped`() {
    var sample = SampleEntry()
    sample.add("a\"b\n", "1", kind: .number)
    #expect(sample.jsonLine() == #"{"format":null,"a\"b\n":1}"# + "\n")
  }

  @Test(arguments: 0..<64)
  func `Foundation reads back what was written`(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    var sample = SampleEntry()
    var expected: [String: String] = [:]
    let alphabet: [String] = [
      "a", "\"", "\\", "\n", "\r", "\t", "\u{0}", "\u{1f}", "\u{7f}", "é", "한", "🎮", "/", "{", "}", ",", "\u{2028}",
    ]
    for number in 0..<8 {
      let length = Int.random(in: 0..<80, using: &generator)
      let value = (0..<length).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }.joined()
      sample.add("field_\(number)", value, source: number % 2 == 0 ? .text : .scratch)
      expected["field_\(number)"] = value
    }
    let line = sample.jsonLine()
    #expect(line.utf8.filter { $0 == 0x0a }.count == 1)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    #expect(object["format"] is NSNull)
    for (name, value) in expected { #expect((object[name] as? String).map { Array($0.utf8) } == Array(value.utf8)) }
    #expect(object.count == expected.count + 1)
  }

  /// Short values go through a cursor, and one value of another kind, or a long one, makes the entry take the other way.
  @Test(arguments: 0..<100)
  func `both ways write the same`(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    var short = SampleEntry()
    var other = SampleEntry()
    if seed % 3 == 0 {
      short.entry.time = Self.noon
      other.entry.time = Self.noon
    }
    for number in 0..<6 {
      let name = String(repeating: "n", count: 1 + Int.random(in: 0..<50, using: &generator)) + "\(number)"
      let alphabet: [UInt8] = seed % 2 == 0 ? [0x61, 0x62, 0x20] : [0x61, 0x22, 0x5c, 0xe9, 0x0a, 0xc3, 0xa9]
      let value = generator.bytes(count: Int.random(in: 0..<70, using: &generator), from: alphabet)
      let source: ValueSource = number % 2 == 0 ? .text : .scratch
      short.add(name, bytes: value, source: source)
      other.add(name, bytes: value, source: source)
      short.add("number_\(number)", "\(number)", kind: .number)
      other.add("number_\(number)", "\(number)", kind: .number)
    }
    let long = String(repeating: "x", count: 5000)
    if seed % 2 == 0 { other.add("last", "[]", kind: .json) } else { other.add("last", long) }
    let expected = short.jsonLine().dropLast(2) + (seed % 2 == 0 ? ",\"last\":[]}\n" : ",\"last\":\"\(long)\"}\n")
    #expect(other.jsonLine() == expected)
  }
}
