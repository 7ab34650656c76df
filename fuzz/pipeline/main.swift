import Fuzzing
import LogBytes
import LogFormats
import LogJSON
import LogOutput
import LogPipeline

/// Any bytes as a record: no line is lost, every entry is JSON, nothing hangs on the record before, and a stream cut anywhere gives the same.
final class PipelineFuzzing: FuzzTarget {
  private static let arrival: Int64 = 1_787_313_600
  private let catalog: CompiledCatalog
  private let options: PipelineOptions
  /// Used for all records.
  private var kept: RecordPipeline
  private var table: RecordPipeline

  init() throws {
    catalog = try CompiledCatalog(try FormatCatalog.readEmbedded())
    var options = PipelineOptions()
    // Small limits, so that short inputs reach them.
    options.maximumEntryBytes = 300
    options.maximumDecodedBytes = 1 << 16
    self.options = options
    kept = RecordPipeline(catalog: catalog, options: options, writer: .jsonLines(JSONLinesWriter(sourceLines: true)))
    table = RecordPipeline(catalog: catalog, options: options, writer: .csv(CSVWriter(sourceLines: true)))
  }

  func run(_ bytes: [UInt8]) {
    var output = ByteOutput(capacity: 64)
    let report = kept.transform(record: bytes.span, arrival: Self.arrival * 1000, into: &output)
    var csv = ByteOutput(capacity: 64)
    let tableReport = table.transform(record: bytes.span, arrival: Self.arrival * 1000, into: &csv)
    Fuzzer.expect(report.entries == tableReport.entries, "\(report.entries) entries, as a table \(tableReport.entries)")
    guard case .ok = report.outcome else {
      return Fuzzer.expect(output.isEmpty && csv.isEmpty, "something was written for a record that gives nothing")
    }
    let text = output.span
    checkLines(text, report, bytes)
    // Making a pipeline costs more than using one, so two inputs of eight get others to compare with.
    let lot = bytes.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xff } % 8
    if lot == 0 { checkFresh(text, bytes) }
    guard lot == 1, report.codecs.isEmpty, report.envelope == nil else { return }
    let (streamed, entries) = streamed(bytes)
    Fuzzer.expect(
      entries == report.entries && streamed == array(text),
      "a stream in pieces gives something else:\n\(string(streamed))\nnot\n\(string(array(text)))")
  }

  private func checkFresh(_ text: Span<UInt8>, _ bytes: [UInt8]) {
    var fresh = RecordPipeline(catalog: catalog, options: options, writer: .jsonLines(JSONLinesWriter(sourceLines: true)))
    var other = ByteOutput(capacity: 64)
    _ = fresh.transform(record: bytes.span, arrival: Self.arrival * 1000, into: &other)
    Fuzzer.expect(isSame(other.span, text), "a record gives something else behind other records")
  }

  /// Each line of the output is an object, and together they stand for every line of the input that is not blank.
  private func checkLines(_ output: Span<UInt8>, _ report: RecordReport, _ bytes: [UInt8]) {
    Fuzzer.expect(output[output.count - 1] == UInt8(ascii: "\n"), "the output ends without a line feed")
    var covered: Set<Int> = []
    var start = 0
    var count = 0
    while start < output.count {
      var end = start
      while output[end] != UInt8(ascii: "\n") { end += 1 }
      let line = output.extracting(start..<end)
      Fuzzer.expect(
        !line.isEmpty && line[0] == UInt8(ascii: "{") && JSONScanning.scanValue(line, from: 0) == line.count,
        "an entry that is no JSON object")
      let (first, lines) = (member("source_line", line), member("source_lines", line))
      Fuzzer.expect(first >= 1 && lines >= 1, "an entry of no line")
      covered.formUnion(first..<first + lines)
      count += 1
      start = end + 1
    }
    Fuzzer.expect(count == report.entries, "\(count) entries, counted \(report.entries)")
    guard report.codecs.isEmpty, report.envelope == nil else { return }
    for (number, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      if !isBlank(Array(line)) { Fuzzer.expect(covered.contains(number + 1), "line \(number + 1) is lost") }
    }
  }

  /// Nothing but blanks and tabs is left without the ends that are cut.
  private func isBlank(_ line: [UInt8]) -> Bool {
    var line = line[...]
    while line.last == UInt8(ascii: "\r") { line.removeLast() }
    while line.last == 0 { line.removeLast() }
    if line.starts(with: [0xef, 0xbb, 0xbf]) { line = line.dropFirst(3) }
    return line.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
  }

  /// The value of a member that is a number, -1 if there is none.
  private func member(_ name: StaticString, _ object: Span<UInt8>) -> Int {
    let name = String(describing: name)
    var members = JSONMembers(object: 0)
    var end = 0
    while case .value = members.next(in: object, after: end) {
      end = JSONScanning.scanValue(object, from: members.value)
      if string(array(object.extracting(members.key))) == name { return Int(string(array(object.extracting(members.value..<end)))) ?? -1 }
    }
    return -1
  }

  private func streamed(_ bytes: [UInt8]) -> ([UInt8], Int) {
    var stream = EntryStream(
      catalog: catalog, options: options, writer: .jsonLines(JSONLinesWriter(sourceLines: true)), arrival: Self.arrival)
    var output = ByteOutput(capacity: 64)
    let piece = 1 + bytes.reduce(0) { ($0 &* 31 &+ Int($1)) & 0x7f }
    var start = 0
    while start < bytes.count {
      stream.append(bytes[start..<min(start + piece, bytes.count)].span, into: &output)
      start += piece
    }
    stream.finish(into: &output)
    return (array(output.span), stream.report.entries)
  }

  private func array(_ text: Span<UInt8>) -> [UInt8] { text.indices.map { text[$0] } }
  private func string(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
  private func isSame(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
    left.count == right.count && left.indices.allSatisfy { left[$0] == right[$0] }
  }
}

Fuzzer.run(PipelineFuzzing.self)
