import Foundation
import LogBytes
import LogEntries
import LogFormats
import LogOutput
import LogPipeline
import TestSupport
import Testing

/// A log of `samples/`, and what must come out of it.
struct GoldenSample: CustomTestStringConvertible, Sendable {
  private static let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("samples")

  /// All logs but those of the demonstration.
  static let all: [GoldenSample] = {
    let folders = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return folders.filter { $0 != "fleet" }.sorted().flatMap { format in
      ((try? FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(format).path)) ?? [])
        .filter { $0.hasSuffix(".log") }.sorted().map { GoldenSample(format: format, file: $0) }
    }
  }()

  /// The format whose folder it is in; `mixed` is none.
  let format: String
  let file: String

  var testDescription: String { "\(format)/\(file.dropLast(4))" }
  /// 2026-08-21T00:00:00Z: when the lines came, and the day of the first entry.
  static let arrival: Int64 = 1_787_270_400

  static var options: PipelineOptions {
    var options = PipelineOptions()
    options.day = arrival / 86_400
    return options
  }

  var log: [UInt8] { read("log") }

  /// The golden file; empty if there is none yet.
  func expected(_ form: String) -> String { String(decoding: read(form), as: UTF8.self) }

  /// `UPDATE_GOLDEN` asks for new golden files: other tests would read them while they are written.
  static let isUpdating = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil

  /// Writes what came out into the golden file, if that is asked for.
  func update(_ form: String, _ text: String) throws {
    guard Self.isUpdating else { return }
    try Data(text.utf8).write(to: url(form))
  }

  private func url(_ form: String) -> URL {
    Self.folder.appendingPathComponent("\(format)/\(file.dropLast(4)).\(form)")
  }

  private func read(_ form: String) -> [UInt8] {
    (try? Data(contentsOf: url(form))).map(Array.init) ?? []
  }

  // MARK: - Runs

  /// The writer of `--source-lines`.
  static var jsonLines: EntryWriter { .jsonLines(JSONLinesWriter(sourceLines: true)) }

  /// What `sluice --date 2026-08-21` writes of the log in these pieces, from a header on if the writer has one.
  func stream(
    _ pieces: [[UInt8]], catalog: CompiledCatalog = allFormats, writer: consuming EntryWriter = GoldenSample.jsonLines
  ) throws -> String {
    let entries = EntryStream(catalog: catalog, options: Self.options, writer: writer, arrival: Self.arrival, name: file)
    var stream = EnvelopeStream(entries, arrival: Self.arrival)
    var output = ByteOutput()
    stream.appendHeader(into: &output)
    for piece in pieces { try stream.append(piece.span, into: &output) }
    try stream.finish(into: &output)
    return String(decoding: bytes(output), as: UTF8.self)
  }

  /// The log as CSV, as `sluice --to csv` writes it: with the fields of the format as columns, if there is one and it wraps no others.
  func table() throws -> String {
    guard format != "mixed", format != "docker-json" else {
      return try stream([log], writer: .csv(CSVWriter(fields: .together)))
    }
    let single = try LogFormatReader.read(FormatCatalog.embeddedFile(format) ?? [], path: FormatCatalog.path(ofEmbedded: format))
    let catalog = try CompiledCatalog([single])
    var names = catalog.makeNames()
    let declared = names.count
    let columns = single.fieldNames.map { names.intern($0) }
    let known = columns.filter { Int($0.value) < declared }
    let fields = CSVWriter.FieldColumns.each(known, others: single.hasFreeFields || known.count < columns.count)
    return try stream([log], catalog: catalog, writer: .csv(CSVWriter(fields: fields)))
  }

  // MARK: - Blocks

  /// A part of the log that no entry goes beyond, and its entries without the numbers of their lines.
  struct Block {
    var lines: ArraySlice<[UInt8]>
    var entries: [String] = []
  }

  /// The log cut wherever no entry goes on.
  var blocks: [Block] {
    let lines = log.split(separator: ASCII.lineFeed, omittingEmptySubsequences: false).dropLast().map { Array($0) + [ASCII.lineFeed] }
    let entries = expected("jsonl").split(separator: "\n").map { PlacedEntry(String($0)) }
    var cuts = Set(1...lines.count)
    for entry in entries { cuts.subtract(entry.first + 1..<entry.first + entry.count) }
    // A line that no entry has, such as a blank one, stays with those before it.
    let starts = cuts.filter { cut in cut == 1 || entries.contains { $0.first == cut } }.sorted()
    var blocks: [Block] = []
    for (index, start) in starts.enumerated() {
      let end = index + 1 < starts.count ? starts[index + 1] : lines.count + 1
      let inside = entries.filter { (start..<end).contains($0.first) }
      blocks.append(Block(lines: lines[start - 1..<end - 1], entries: inside.map(\.text)))
    }
    return blocks
  }
}

/// An entry of a golden file and its lines.
private struct PlacedEntry {
  let text: String
  let first: Int
  let count: Int

  init(_ line: String) {
    guard let match = line.firstMatch(of: /,"source_file":"[^"]*","source_line":(\d+),"source_lines":(\d+)\}$/) else {
      (text, first, count) = (line, 1, 1)
      return
    }
    text = String(line[..<match.range.lowerBound]) + "}"
    (first, count) = (Int(match.1)!, Int(match.2)!)
  }
}
