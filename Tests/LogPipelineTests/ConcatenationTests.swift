import LogBytes
import TestSupport
import Testing

@testable import LogPipeline

/// JSON objects one behind the other on one line.
struct ConcatenationTests {
  private func object(_ number: Int, _ message: String = "m") -> String {
    #"{"level":"info","msg":"\#(message)","n":\#(number)}"#
  }

  @Test(arguments: ["", " ", "\t", "\n", "\r\n", " \n"])
  func `objects are entries, whatever stands between them`(between: String) {
    let apart = piped((0..<5).map { object($0) }.joined(separator: "\n"))
    #expect(apart.lines.count == 5)
    #expect(apart.report.formats == ["json"])
    let result = piped((0..<5).map { object($0) }.joined(separator: between))
    #expect(result.output == apart.output)
    #expect((result.report.entries, result.report.unparsed) == (5, 0))
  }

  @Test func `braces, quotes and escapes inside of strings are no ends`() {
    let messages = [#"}{"#, #"\"}{\""#, #"\\"#, #"{\"a\":{}}"#, "é}"]
    let result = piped(messages.enumerated().map { object($0, $1) }.joined())
    #expect(result.messages == messages)
  }

  @Test func `some lines may be so, others not`() {
    let text = object(1) + "\n" + object(2) + object(3) + "\n\n" + object(4) + "\n" + "plain\n" + object(5) + object(6)
    #expect(piped(text).messages == ["m", "m", "m", "m", "plain", "m", "m"])
    #expect(piped(object(1) + object(2) + "\r\n" + object(3) + "\r\n").report.unparsed == 0)
  }

  @Test func `what is no whole object stays together`() {
    for rest in [#"{"level":"in"#, "plain text {", "{", "{x}{y}", "[]"] {
      let result = piped(object(1) + object(2) + rest)
      #expect(result.messages == ["m", "m", rest.replacing("\"", with: "\\\"")])
      #expect(result.report.unparsed == 1)
    }
    #expect(piped(object(1) + object(2) + " " + object(3) + " text").messages == ["m", "m", "m", "text"])
    // Without an object in front of another nothing is split.
    for line in [object(1) + " text", object(1) + "[1]", "{bad}" + object(1), object(1) + "," + object(2), "[\(object(1)),\(object(2))]"] {
      #expect(piped(line).messages == [line.replacing("\"", with: "\\\"")])
    }
  }

  @Test func `at the start of a stream lines that wait come first`() {
    let text = "first\nsecond\n" + "{\"a\":1}{\"a\":\n" + object(1)
    #expect(piped(text).lines.count == 5)
    #expect(piped(text).messages.first == "first")
    #expect(piped(text).messages.last == "m")
  }

  @Test func `wrapped lines are unwrapped`() {
    let wrapped = (0..<3).map {
      #"{"log":"[11:59:0\#($0)] [Server thread/INFO]: tick \#($0)\n","stream":"stdout","time":"2026-08-21T11:59:01Z"}"#
    }
    let result = piped(wrapped.joined())
    #expect(result.messages == ["tick 0", "tick 1", "tick 2"])
    #expect(result.report.formats.contains("minecraft-java"))
  }

  @Test func `colour codes between them are removed`() {
    let result = piped("\u{1b}[32m" + object(1) + "\u{1b}[0m" + object(2) + "\u{1b}[0m")
    #expect(result.messages == ["m", "m"])
    #expect(result.report.unparsed == 0)
  }

  @Test func `the last one may go on over lines`() {
    let result = piped(object(1) + "{\"level\":\"warn\",\n  \"msg\":\"over\",\n  \"n\":2\n}\n" + object(3))
    #expect(result.messages == ["m", "over", "m"])
    #expect(result.report.unparsed == 0)
    // Or not.
    for text in [
      "{\"a\":1}{\"b\":\n[11:59:01] [Server thread/INFO]: tick\n", "\u{1b}[0m{\"a\":1}{\"b\":\n[11:59:01] [Server thread/INFO]: tick\n",
    ] {
      let broken = piped(text)
      #expect(broken.lines.count == 3)
      #expect(broken.messages[1...] == ["{\\\"b\\\":", "tick"])
    }
  }

  @Test func `a stream gives the same however it is cut`() {
    let text = bytes(object(1) + object(2, "}{") + "\n" + object(3) + object(4) + "{\"cut\":")
    let whole = streamed([text])
    #expect(whole.entries == 5)
    forEachSplit(of: text) { first, second in #expect(streamed([first, second]) == whole, "cut at \(first.count)") }
  }

  @Test func `a line beyond the length of an entry is cut between objects`() {
    var options = PipelineOptions()
    options.maximumEntryBytes = 1000
    let objects = (0..<300).map { object($0, String(repeating: "x", count: $0 % 90)) }
    for (front, back) in [("", ""), ("plain\n", "\nplain\n"), (object(7) + "\n", "\n")] {
      let result = piped(bytes(front + objects.joined() + back), options: options)
      #expect(result.report.entries == 300 + front.count { $0 == "\n" } + (back.count > 1 ? 1 : 0))
      #expect(result.report.unparsed == (front == "plain\n" ? 2 : 0))
      for number in 0..<300 { #expect(result.lines.contains { $0.contains("\"n\":\(number)}") }) }
    }
    // An object that is too long itself is in pieces, and what follows it in that line too.
    let long = piped(bytes(objects[0] + object(1, String(repeating: "y", count: 3000)) + objects[2] + "\n" + objects[3]), options: options)
    #expect(long.lines.first?.contains("\"n\":0") == true)
    #expect(long.lines.last?.contains("\"n\":3") == true)
    #expect(long.lines.joined().count { $0 == "y" } == 3000)
  }
}
