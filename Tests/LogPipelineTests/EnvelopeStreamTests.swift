import LogBytes
import LogFormats
import LogOutput
import TestSupport
import Testing

@testable import LogPipeline

/// Streams that begin with envelopes, and streams that do not.
struct EnvelopeStreamTests {
  private static let one =
    #"{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"g","logStream":"s","logEvents":[{"id":"1","timestamp":1787313599000,"message":"[11:59:01] [Server thread/INFO]: \"one\" {"},{"id":"2","timestamp":1,"message":"\ttwo\\"}]}"#
  private static let control = #"{"messageType":"CONTROL_MESSAGE","logEvents":[{"id":"","message":"CWL CONTROL MESSAGE: {[}"}]}"#
  private static let three = #"{ "logGroup" : "h" , "logEvents":[{"message":"three"}], "messageType":"DATA_MESSAGE" }"#

  static let streams: [String] = [
    one, one + control + three, one + "\n" + control + "\r\n\n" + three + "\n", control, "\u{feff}\n " + three,
    // No envelopes: the first bytes tell.
    "", "\n\n", "plain\ntext", "{not JSON}\nmore\n", "{\n", "{\"", "{}", "{\"a\":1}\n{\"a\":2}\n",
    "{\"owner\":\"me\",\"level\":\"info\"}\n[11:59:01] [a/INFO]: b\n",
    "{\"messageType\":\"x\"}\n{\"messageType\":\"y\"}\n", "{\"owner\"", "{\"owner\":[[[",
    "\n\n[11:59:01] [Server thread/INFO]: on the third line\n",
    "{\"averyverylongkeythatisnone\":1}", "{\"logGroup\" text\n", "  {  ",
    // Text behind envelopes.
    one + "plain\n", one + "\n" + three + "\n{\"level\":\"info\",\"msg\":\"x\"}\nlast\n",
  ]

  @Test(arguments: streams)
  func `a stream gives the same however it is cut`(text: String) {
    let input = bytes(text)
    let whole = streamed([input])
    #expect(whole.failure == nil)
    forEachSplit(of: input) { first, second in
      #expect(streamed([first, second]) == whole, "cut at \(first.count)")
    }
    #expect(streamed(input.map { [$0] }) == whole)
  }

  @Test func `envelopes give what the record gives`() {
    for text in [Self.one, Self.one + Self.control + Self.three, Self.three + "\n" + Self.one] {
      let record = piped(text)
      let stream = streamed([bytes(text)])
      #expect(stream.output == record.output)
      #expect(stream.entries == record.report.entries)
      #expect(record.report.entries > 0)
    }
    #expect(streamed([bytes(Self.control)]) == Streamed())
  }

  @Test func `text gives what a stream of entries gives`() {
    for text in Self.streams where !text.contains("DATA_MESSAGE") && !text.contains("CONTROL_MESSAGE") {
      var output = ByteOutput()
      var entries = EntryStream(catalog: allFormats, writer: .jsonLines(JSONLinesWriter()), arrival: noon / 1000)
      let input = bytes(text)
      entries.append(input.span, into: &output)
      entries.finish(into: &output)
      #expect(streamed([input]).output == bytes(output), "\(text)")
    }
  }

  @Test func `entries behind an envelope have nothing of it`() {
    let lines = String(decoding: streamed([bytes(Self.one + "\nplain\n")]).output, as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.first?.contains("\"log_group\":\"g\"") == true)
    #expect(lines.last == #"{"format":null,"message":"plain"}"#)
  }

  @Test func `a line that is no envelope is not waited for`() {
    // The line is complete with its line feed, and so are the ones before it.
    for line in ["plain\n", "{not\n", "{\"a\":\n", "{\"owner\":\"me\"}\n"] {
      var output = ByteOutput()
      let entries = EntryStream(catalog: allFormats, writer: .jsonLines(JSONLinesWriter()), arrival: 0)
      var stream = EnvelopeStream(entries, arrival: 0)
      let input = bytes(line)
      try? stream.append(input.span, into: &output)
      stream.pause(into: &output)
      let lines = bytes(output).count { $0 == ASCII.lineFeed }
      #expect(lines == 1, "\(line)")
    }
  }

  @Test func `a cut envelope is said, and what stands before it is delivered`() {
    let first = Self.one + "\n"
    let whole = bytes(first + Self.three)
    let before = streamed([bytes(first)])
    for end in bytes(first).count..<whole.count {
      let cut = Array(whole[..<end])
      let result = streamed([cut])
      if isMeant(Array(cut[bytes(first).count...])) {
        #expect(result.failure == "a CloudWatch envelope that ends in the middle")
        #expect(result.output == before.output)
      } else {
        // Before the names of both keys it is a line like any other.
        #expect(result.failure == nil)
        #expect(result.output.starts(with: before.output))
      }
    }
  }

  @Test(arguments: [
    (#"{"messageType":"DATA_MESSAGE","logEvents":[{"message":"a"},{}]}"#, "log event 2 of a CloudWatch envelope has no message"),
    (#"{"messageType":"DATA_MESSAGE","logEvents":[{"message":a}]}"#, "a CloudWatch envelope that is no JSON"),
    (#"{"messageType":"DATA_MESSAGE","logEvents":[{"message":"a"]]}"#, "a CloudWatch envelope that is no JSON"),
  ])
  func `a broken envelope is said`(text: String, failure: String) {
    let before = streamed([bytes(Self.one)])
    let result = streamed([bytes(Self.one + text)])
    #expect(result.failure == failure)
    #expect(result.output == before.output)
  }

  @Test func `an envelope beyond the limit is text, however it comes`() {
    let input = bytes(Self.one)
    let result = streamed([input], limit: input.count - 1)
    #expect(result.failure == nil)
    #expect(result.entries == 1)
    #expect(String(decoding: result.output, as: UTF8.self).contains("\"format\":\"json\""))
    forEachSplit(of: input) { first, second in
      #expect(streamed([first, second], limit: input.count - 1) == result, "cut at \(first.count)")
    }
    #expect(streamed([input], limit: input.count) == streamed([input]))
  }

  @Test func `what is nested deeper than an envelope is not waited for`() {
    var output = ByteOutput()
    let entries = EntryStream(catalog: allFormats, writer: .jsonLines(JSONLinesWriter()), arrival: 0)
    var stream = EnvelopeStream(entries, arrival: 0)
    let input = bytes(String(repeating: "{\"owner\":", count: 9) + "\nplain\n[11:59:01] [Server thread/INFO]: tick\n")
    try? stream.append(input.span, into: &output)
    stream.pause(into: &output)
    let lines = bytes(output).count { $0 == ASCII.lineFeed }
    #expect(lines == 3)
  }
}
