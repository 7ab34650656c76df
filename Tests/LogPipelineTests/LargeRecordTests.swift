import LogBytes
import TestSupport
import Testing

@testable import LogPipeline

/// Records that are too large to be seen as a whole, and records that there is no room for.
struct LargeRecordTests {
  private let log = (0..<300).map { number in
    number % 7 == 0
      ? "[11:59:01] [Server thread/ERROR]: no trail \(number)\n\tat a.B.c(D.java:\(number))\n"
      : number % 5 == 0
        ? "192.0.2.\(number % 256) - - [21/Aug/2026:10:00:00 +0000] \"GET /\(number) HTTP/1.1\" 200 5 \"-\" \"curl/8\"\n"
        : "plain \(number)\n"
  }.joined()

  /// What a pipeline gives that holds no more than these bytes as a whole.
  private func windowed(_ record: [UInt8], whole: Int = 1000, room: Int = .max, options: PipelineOptions = PipelineOptions()) -> Piped {
    var pipeline = RecordPipeline(catalog: allFormats, options: options)
    pipeline.greatestWhole = whole
    var output = ByteOutput()
    let report = pipeline.transform(record: record.span, arrival: noon, room: room, into: &output)
    return Piped(report: report, output: bytes(output))
  }

  private func envelope(_ messages: [String]) -> [UInt8] {
    bytes(
      #"{"messageType":"DATA_MESSAGE","logGroup":"g","logEvents":["# + messages.map { #"{"message":"\#($0)"}"# }.joined(separator: ",")
        + "]}")
  }

  @Test func `windows give what the whole gives`() {
    let text = bytes(log)
    var records = [storedGzip(text), storedGzip(storedGzip(text)), storedGzip(Array(text[..<700])) + storedGzip(Array(text[700...]))]
    // JSON and envelopes are seen as a whole nonetheless.
    records.append(storedGzip(envelope((0..<200).map { "line \($0)" })))
    records.append(storedGzip(bytes((0..<200).map { #"{"level":"info","msg":"m","n":\#($0)}"# }.joined(separator: "\n"))))
    for (index, record) in records.enumerated() {
      let whole = piped(record)
      let result = windowed(record)
      #expect(whole.report.outcome == .ok)
      #expect(result.output == whole.output, "record \(index)")
      #expect(result.report.codecs == whole.report.codecs)
      #expect(result.report.envelope == whole.report.envelope)
      #expect(result.report.formats == whole.report.formats)
      #expect((result.report.entries, result.report.unparsed) == (whole.report.entries, whole.report.unparsed))
    }
  }

  @Test func `plain text of megabytes goes through in pieces`() {
    // Beyond a mebibyte: the pieces cut lines and entries.
    let text = Array([[UInt8]](repeating: bytes(log), count: 1_300_000 / log.utf8.count).joined())
    let result = piped(text)
    #expect(text.count > 1 << 20)
    #expect(result.output == streamed([text]).output)
    #expect(result.report.outcome == .ok)
  }

  @Test func `what is wrong in windows fails the record`() {
    let record = storedGzip(bytes(log))
    #expect(windowed(Array(record.dropLast(3))).failure == "gzip data end in the middle (byte \(record.count - 2))")
    #expect(windowed(record + [1]).failure?.hasPrefix("bytes that are no gzip stand behind") == true)
    #expect(windowed(storedGzip([UInt8](repeating: 0, count: 5000))).failure == "not text: 5000 of 5000 bytes are control bytes")
    var options = PipelineOptions()
    options.maximumDecodedBytes = log.utf8.count
    #expect(windowed(record, options: options).report.outcome == .ok)
    options.maximumDecodedBytes -= 1
    #expect(
      windowed(record, options: options).failure
        == "gzip data that make the record larger than \(options.maximumDecodedBytes) bytes when decoded")
    // All layers count.
    options.maximumDecodedBytes = log.utf8.count * 2
    #expect(windowed(storedGzip(record), options: options).failure?.contains("larger than") == true)
  }

  // MARK: Room

  @Test func `the room holds to the byte`() {
    let aggregate = bytes("84mawgoNcGFydGl0aW9uX2tleRoICAAaBGRhdGHQNpnaWiIvoyEIrRvZVaFO")
    for record in [bytes(log), storedGzip(bytes(log)), envelope(["one", "two"]), aggregate, bytes("d29yZHMgYW5kIG1vcmUg")] {
      let whole = piped(record)
      for size in [10, 1 << 20] {
        let fits = windowed(record, whole: size, room: whole.output.count)
        #expect(fits.output == whole.output)
        let refused = windowed(record, whole: size, room: whole.output.count - 1)
        guard case .failed(.noRoom(let bytes)) = refused.report.outcome else {
          Issue.record("not refused")
          continue
        }
        #expect(bytes >= whole.output.count - 1)
        #expect(refused.output.isEmpty)
      }
    }
    #expect(windowed(bytes("a"), room: 0).report.outcome == .failed(.noRoom(bytes: 30)))
    #expect(windowed(bytes("\n"), room: 0).report.outcome == .dropped)
  }

  @Test func `there is an end to it once there is no room`() throws {
    // 200 MB of `a` in LZ4, by hand: blocks of one literal, a match that goes on for 65,286 bytes, and five literals.
    let block: [UInt8] =
      [0x1f, 0x61, 0x01, 0x00] + [UInt8](repeating: 0xff, count: 255) + [0xf5, 0x50] + [UInt8](repeating: 0x61, count: 5)
    var bomb: [UInt8] = [0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82]
    for _ in 0..<3000 { bomb += littleEndian(UInt32(block.count)) + block }
    bomb += [0, 0, 0, 0]
    let result = windowed(bomb, whole: 1 << 20, room: 100_000)
    guard case .failed(.noRoom(let bytes)) = result.report.outcome else {
      Issue.record("not refused: \(result.failure ?? "no failure")")
      return
    }
    #expect(bytes < 3_000_000)
    // A bomb of one envelope, of one line of base64, or of zeros.
    let events = storedGzip(envelope((0..<5000).map { _ in "[11:59:01] [Server thread/INFO]: a" }))
    guard case .failed(.noRoom(let some)) = windowed(events, room: 1000).report.outcome else {
      Issue.record("not refused")
      return
    }
    #expect(some < 2000)
    var options = PipelineOptions()
    options.maximumDecodedBytes = 3 << 20
    #expect(
      windowed(bomb, whole: 1 << 20, options: options).failure?.hasPrefix("lz4 data that make the record larger than 3145728") == true)
  }
}
