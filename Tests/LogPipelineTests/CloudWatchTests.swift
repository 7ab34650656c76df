import LogBytes
import TestSupport
import Testing

@testable import LogPipeline

/// Envelopes of CloudWatch Logs, in every form in which they come.
struct CloudWatchTests {
  private static let front =
    #"{"messageType":"DATA_MESSAGE","owner":"111122223333","logGroup":"/game/eu","logStream":"s1","subscriptionFilters":["f"],"logEvents":["#

  private func logEvent(_ message: String, timestamp: String = "1787313599000") -> String {
    #"{"id":"36925","timestamp":\#(timestamp),"message":\#(message)}"#
  }

  private func envelope(_ messages: String...) -> String {
    Self.front + messages.map { logEvent($0) }.joined(separator: ",") + "]}"
  }

  @Test func `log events are lines, with group and stream`() {
    let result = piped(envelope(#""one""#, #""two\n""#, #""three\r\n""#))
    #expect(result.report.outcome == .ok)
    #expect(result.report.envelope == "cloudwatch")
    #expect(result.report.codecs.isEmpty)
    #expect(
      result.lines == ["one", "two", "three"].map { #"{"format":null,"message":"\#($0)","log_group":"/game/eu","log_stream":"s1"}"# })
    #expect((result.report.entries, result.report.unparsed) == (3, 3))
  }

  @Test func `compressed, in several members too, is the same`() {
    let text = bytes(envelope(#""one""#, #""two""#))
    let plain = piped(text)
    for input in [storedGzip(text), storedGzip(Array(text[..<50])) + storedGzip(Array(text[50...])), storedGzip(storedGzip(text))] {
      let result = piped(input)
      #expect(result.output == plain.output)
      #expect(result.report.envelope == "cloudwatch")
    }
  }

  @Test func `a message of several lines is one event, and of several events one stream`() {
    let trace = piped(
      envelope(
        #""[11:59:01] [Server thread/ERROR]: no trail\njava.lang.IllegalStateException: none\n\tat a.B.c(D.java:1)""#,
        #""\tat a.B.d(D.java:2)\n""#, #""[11:59:02] [Server thread/INFO]: on\n""#))
    #expect(trace.lines.count == 2)
    #expect(trace.messages[0].hasSuffix(#"D.java:1)\n\tat a.B.d(D.java:2)"#))
  }

  @Test func `messages that are empty or blank give nothing, and lose nothing`() {
    #expect(piped(envelope(#""""#, #""a""#, #""\n""#, #""  ""#, #""b""#)).messages == ["a", "b"])
    #expect(piped(envelope(#""""#)).report.outcome == .dropped)
    #expect(piped(envelope()).report.outcome == .dropped)
    #expect(piped(envelope()).report.envelope == "cloudwatch")
  }

  @Test func `escapes are undone once`() {
    let result = piped(envelope(#""a \"b\" \\n \u00e9 \ud83d\ude00 \/""#, #""{\"level\":\"info\",\"msg\":\"in JSON\",\"n\":1}""#))
    #expect(result.messages[0] == #"a \"b\" \\n é 😀 /"#)
    #expect(result.report.formats == ["json"])
    #expect(result.lines[1].contains(#""level":"info","format":"json""#))
  }

  @Test func `keys may stand in any order, and others beside them`() {
    let event = #"{"message":"one","extractedFields":{"a":"1","b":[2]},"timestamp":1787313599000,"id":"","more":null}"#
    for text in [
      #"{"logEvents":[\#(event)],"logStream":"s1","logGroup":"/game/eu","messageType":"DATA_MESSAGE"}"#,
      #"{"policyLevel":"ACCOUNT","x":{"messageType":"CONTROL_MESSAGE"},"messageType":"DATA_MESSAGE","logGroup":"/game/eu","logEvents":[\#(event)],"logStream":"s1"}"#,
      "\u{feff} \r\n{ \"messageType\" : \"DATA_MESSAGE\" ,\n\t\"logGroup\":\"\\/game\\u002feu\", \"logStream\":\"s1\", \"logEvents\" : [ \(event) ] }\n\n",
    ] {
      let result = piped(text)
      #expect(result.lines == [#"{"format":null,"message":"one","log_group":"/game/eu","log_stream":"s1"}"#], "\(text)")
    }
  }

  @Test func `the last of two keys holds, as with other readers`() {
    let result = piped(
      #"{"messageType":"CONTROL_MESSAGE","messageType":"DATA_MESSAGE","logEvents":[{}],"logGroup":"a","logGroup":"b","#
        + #""logEvents":[{"message":"old","message":"new"}]}"#)
    #expect(result.lines == [#"{"format":null,"message":"new","log_group":"b"}"#])
  }

  @Test func `group and stream that are missing or no text are absent`() {
    for front in [#""logGroup":"","logStream":"""#, #""logGroup":null,"logStream":7"#, #""logGroup":["a"]"#] {
      let result = piped(#"{"messageType":"DATA_MESSAGE",\#(front),"logEvents":[{"message":"one"}]}"#)
      #expect(result.lines == [#"{"format":null,"message":"one"}"#])
    }
  }

  // MARK: Health checks

  @Test(arguments: [
    #"{"messageType":"CONTROL_MESSAGE","owner":"CloudwatchLogs","logGroup":"","logStream":"","subscriptionFilters":[],"logEvents":[{"id":"","timestamp":1,"message":"CWL CONTROL MESSAGE: Checking health of destination Firehose."}]}"#,
    #"{"messageType":"CONTROL_MESSAGE"}"#, #"{"logEvents":[],"messageType":"CONTROL_MESSAGE"}"#,
    #"{"logEvents":null,"messageType":"CONTROL_MESSAGE"}"#,
    #"{"logEvents":[{}],"messageType":"CONTROL_MESSAGE"}"#,
  ])
  func `a health check is dropped`(text: String) {
    for input in [bytes(text), storedGzip(bytes(text)), bytes(text + "\n" + text), bytes(text + text)] {
      let result = piped(input)
      #expect(result.report.outcome == .dropped)
      #expect(result.report.envelope == "cloudwatch")
      #expect(result.report.entries == 0)
    }
    #expect(piped(envelope(#""a""#) + text + envelope(#""b""#)).messages == ["a", "b"])
  }

  // MARK: Several envelopes

  @Test(arguments: ["", "\n", " \r\n\t", "\0"])
  func `envelopes stand one behind the other`(between: String) {
    let other = envelope(#""[11:59:03] [Server thread/INFO]: three""#).replacing("/game/eu", with: "/game/us")
    let result = piped(envelope(#""[11:59:01] [Server thread/INFO]: one""#, #""two""#) + between + other + between)
    #expect(result.messages == ["one\\ntwo", "three"])
    #expect(result.lines.map { member("log_group", of: $0) } == ["/game/eu", "/game/us"])
    #expect(result.report.entries == 2)
    #expect(result.report.formats == ["minecraft-java"])
  }

  @Test func `an envelope remembers nothing of the one before`() {
    let bare = #"{"messageType":"DATA_MESSAGE","logEvents":[{"message":"\tat the front"}]}"#
    let result = piped(envelope(#""[11:59:01] [Server thread/INFO]: one""#) + bare)
    #expect(result.lines.count == 2)
    #expect(member("log_group", of: result.lines[1]) == nil)
  }

  @Test(arguments: ["plain text", "[]", "7", #"{"level":"info"}"#, "{", #"{"messageType":"OTHER","logEvents":[]}"#])
  func `what else stands behind an envelope fails the record`(behind: String) {
    let text = envelope(#""one""#)
    #expect(piped(text + "\n" + behind).failure == "something else stands behind a CloudWatch envelope, at byte \(text.utf8.count + 2)")
  }

  // MARK: Clocks

  @Test(arguments: [
    ("1787226000000", "2026-08-20"), ("1787226000000.5", "2026-08-20"), ("1.787226e12", "2026-08-20"), ("0", "1970-01-01"),
    // What is no moment: the record's own arrival.
    ("null", "2026-08-21"), (#""1787226000000""#, "2026-08-21"), ("-1", "2026-08-21"), ("1e99", "2026-08-21"), ("[]", "2026-08-21"),
    ("123456789012345678901234567890", "2026-08-21"),
  ])
  func `a log event's timestamp is the arrival of its lines`(timestamp: String, day: String) {
    let message = #""[00:00:01] [Server thread/INFO]: tick""#
    let result = piped(Self.front + logEvent(message, timestamp: timestamp) + "]}")
    #expect(result.lines.first.flatMap { member("time", of: $0) } == "\(day)T00:00:01Z")
  }

  @Test func `without a timestamp it is the record's arrival`() {
    let result = piped(Self.front + #"{"message":"[11:00:01] [Server thread/INFO]: tick"}]}"#)
    #expect(result.lines.first?.hasPrefix(#"{"time":"2026-08-21T11:00:01Z""#) == true)
  }

  // MARK: What is broken

  @Test func `a cut at any byte fails the record, or is no envelope`() {
    let text = bytes(envelope(#""one""#, #""two""#))
    for end in 1..<text.count {
      let result = piped(Array(text[..<end]))
      if isMeant(Array(text[..<end])) {
        #expect(result.failure == "a CloudWatch envelope that is no JSON, at byte 1", "cut to \(end) bytes")
      } else {
        // Before the names of both keys it is a line like any other.
        #expect(result.report.outcome == .ok && result.report.envelope == nil, "cut to \(end) bytes")
        #expect(result.lines.count == 1)
      }
    }
  }

  @Test func `a cut in the second envelope fails the record`() {
    let first = envelope(#""one""#)
    let text = bytes(first + envelope(#""two""#))
    for end in first.utf8.count + 1..<text.count {
      #expect(piped(Array(text[..<end])).failure?.contains("\(first.utf8.count + 1)") == true)
    }
  }

  @Test(arguments: ["{}", "7", "null", "[]", #""text""#, #"{"message":7}"#, #"{"message":null,"timestamp":1}"#, #"{"Message":"a"}"#])
  func `a log event without a message fails the record`(event: String) {
    let text = Self.front + logEvent(#""one""#) + "," + event + "]}"
    #expect(piped(text).failure == "log event 2 of the CloudWatch envelope at byte 1 has no message")
  }

  @Test(arguments: [
    #"{"messageType":"DATA_MESSAGE"}"#, #"{"messageType":"DATA_MESSAGE","logEvents":null}"#,
    #"{"messageType":"DATA_MESSAGE","logEvents":{}}"#,
    #"{"messageType":"OTHER","logEvents":[]}"#, #"{"messageType":7,"logEvents":[]}"#, #"{"logEvents":[]}"#,
    #"{"logEvents":[],"level":"info"}"#,
    #"{"messageType":"login","player":"Robin"}"#,
  ])
  func `JSON that is no envelope is an entry`(text: String) {
    let result = piped(text)
    #expect(result.report.outcome == .ok)
    #expect(result.report.envelope == nil)
    #expect(result.report.formats == ["json"])
  }

  @Test func `thousands of log events`() {
    let messages = (0..<4000).map { "line \($0) \u{1b}[0m" }
    let text = Self.front + messages.map { logEvent("\"\($0.replacing("\u{1b}", with: "\\u001b"))\"") }.joined(separator: ",") + "]}"
    let result = piped(text)
    #expect(result.messages.count == 4000)
    #expect(result.messages[3999] == "line 3999 ")
  }
}
