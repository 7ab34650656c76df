import LogBytes
import LogOutput
import TestSupport
import Testing

@testable import LogPipeline

/// A record from its bytes to its entries.
struct RecordPipelineTests {
  private let log = """
    [11:59:01] [Server thread/INFO]: Robin joined the game
    [11:59:02] [Server thread/ERROR]: Could not pass event
    java.lang.IllegalStateException: no trail
    \tat org.example.Trails.move(Trails.java:12)

    192.0.2.7 - - [21/Aug/2026:10:00:00 +0000] "GET /a HTTP/1.1" 200 512 "-" "curl/8.9.1"
    nothing that is known

    """

  @Test func `plain text is entries`() {
    let result = piped(log)
    #expect(result.report.outcome == .ok)
    #expect((result.report.entries, result.report.unparsed, result.report.events) == (4, 1, 1))
    #expect(result.report.formats == ["minecraft-java", "http-access"])
    #expect(result.report.codecs.isEmpty)
    #expect(result.report.envelope == nil)
    #expect(result.lines.last == #"{"format":null,"message":"nothing that is known"}"#)
  }

  @Test func `nested compressions are the same`() {
    let plain = piped(log)
    for depth in 1...3 {
      let input = (0..<depth).reduce(bytes(log)) { input, _ in storedGzip(input) }
      let result = piped(input)
      #expect(result.output == plain.output)
      #expect(result.report.codecs == Array(repeating: "gzip", count: depth))
    }
    let four = (0..<4).reduce(bytes(log)) { input, _ in storedGzip(input) }
    #expect(piped(four).failure == "more than 3 compressions inside of each other (byte 1)")
  }

  @Test(arguments: ["", "\n", "\r\n\r\n", "   \n\t\n", "\u{feff}"])
  func `nothing is dropped`(text: String) {
    #expect(piped(text).report.outcome == .dropped)
    #expect(piped(storedGzip(bytes(text))).report.outcome == .dropped)
  }

  @Test func `what is not text fails, and says how much of it`() {
    #expect(piped([0xff, 1, 2, 3, 4, 5, 6, 7]).failure == "not text: 7 of 8 bytes are control bytes")
    #expect(piped(storedGzip([0, 0, 0, 0])).failure == "not text: 4 of 4 bytes are control bytes")
    // One in twenty is still text; tab, line ends and ESC count for nothing.
    let twenty = [UInt8](repeating: 0x61, count: 19)
    #expect(piped(twenty + [1]).report.outcome == .ok)
    #expect(piped(twenty + [1, 1]).failure == "not text: 2 of 21 bytes are control bytes")
    #expect(piped(bytes("\t\u{1b}[0ma\r\n\t\t\u{1b}")).report.outcome == .ok)
  }

  @Test func `what is oversized fails`() {
    var options = PipelineOptions()
    options.maximumDecodedBytes = 10_000
    let text = Array(bytes(String(repeating: log, count: 100)).prefix(10_000))
    #expect(piped(storedGzip(text), options: options).report.outcome == .ok)
    #expect(
      piped(storedGzip(text + [0x61]), options: options).failure
        == "gzip data that make the record larger than 10000 bytes when decoded")
    // Plain bytes are not decoded.
    #expect(piped(text + text, options: options).report.outcome == .ok)
  }

  @Test func `a cut compression fails, and nothing of it goes out`() {
    let input = storedGzip(bytes(log))
    for end in 4..<input.count {
      let result = piped(Array(input[..<end]))
      #expect(result.failure == "gzip data end in the middle (byte \(end + 1))")
      #expect(result.report.entries == 0)
    }
    #expect(piped(input + bytes("more")).failure == "bytes that are no gzip stand behind the gzip data (byte \(input.count + 1))")
  }

  @Test func `records know nothing of each other`() {
    let records: [[UInt8]] = [
      bytes(log), storedGzip(bytes(log)), Array(storedGzip(bytes(log)).dropLast(1)), [], bytes("\tat the.front(Of.java:1)"), [1, 2, 3],
      bytes(#"{"messageType":"DATA_MESSAGE","logGroup":"g","logEvents":[{"message":"one"}]}"#),
      bytes(#"{"messageType":"DATA_MESSAGE","logEvents":[{}]}"#),
      bytes("84mawgoNcGFydGl0aW9uX2tleRoICAAaBGRhdGHQNpnaWiIvoyEIrRvZVaFO"), bytes("[11:59:03] [Server thread/INFO]: Robin left the game"),
    ]
    let alone = records.map { piped($0) }
    var generator = SeededGenerator(seed: 41)
    var pipeline = RecordPipeline(catalog: allFormats)
    for _ in 0..<50 {
      let index = records.indices.randomElement(using: &generator)!
      var output = ByteOutput()
      let record = records[index]
      let report = pipeline.transform(record: record.span, arrival: noon, into: &output)
      #expect(report.outcome == alone[index].report.outcome)
      #expect(
        (report.entries, report.unparsed, report.events) == (
          alone[index].report.entries, alone[index].report.unparsed, alone[index].report.events
        ))
      #expect(report.formats == alone[index].report.formats)
      #expect(bytes(output) == alone[index].output)
    }
  }

  @Test func `a stream cut at every byte gives what the record gives`() {
    let whole = piped(log)
    let parts = bytes(log)
    forEachSplit(of: parts) { first, second in
      #expect(streamed([first, second]).output == whole.output, "cut at \(first.count)")
    }
    forEachPartition(of: parts) { pieces in
      if pieces.count > 100 || pieces.count < 8 { #expect(streamed(pieces).output == whole.output, "pieces of \(pieces[0].count)") }
    }
  }
}
