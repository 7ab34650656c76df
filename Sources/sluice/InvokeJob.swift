import FirehoseTransformation
import LogBytes
import LogOutput
import LogPipeline

/// An invocation that is ready to run: the event, and what transforms it.
struct InvokeJob: ~Copyable {
  private let path: String
  private let event: [UInt8]
  private var transformer: FirehoseTransformer

  init(_ command: borrowing InvokeCommand) throws {
    let event = try readWholeFile(command.event)
    let catalog = try FormatSelection(folder: nil).compile()
    path = command.event
    self.event = event
    transformer = FirehoseTransformer(pipeline: RecordPipeline(catalog: catalog, writer: .jsonLines(JSONLinesWriter())))
  }

  /// Writes the response, then the table.
  mutating func run() throws {
    var response = ByteOutput(capacity: event.count)
    let event = event
    let report: TransformationReport
    do {
      report = try transformer.transform(event: event.span, deadline: nil, wantsDetails: true, into: &response)
    } catch {
      throw CommandError("\(path == "-" ? "standard input" : path): \(error)", status: .inputFailed)
    }
    response.append(ASCII.lineFeed)
    try POSIXFile.standardOutput().write(response.span)
    Console.writeError(table(report))
    if report.failed > 0 { throw CommandError("", status: .inputFailed) }
  }

  private func table(_ report: TransformationReport) -> String {
    var table = TextTable(["record", "wrapped", "bytes", "formats", "entries", "events", "result"], numbers: [2, 4, 5])
    for detail in report.details {
      let wrapping = detail.record.codecs + [detail.record.envelope].compactMap { $0 }
      table.add([
        shortened(detail.id), wrapping.isEmpty ? "-" : wrapping.joined(separator: " "), "\(detail.bytesIn)",
        detail.record.formats.isEmpty ? "-" : detail.record.formats.joined(separator: " "), "\(detail.record.entries)",
        "\(detail.record.events)", detail.result.rawValue + (detail.failure.map { ": \($0.description)" } ?? ""),
      ])
    }
    return table.text
      + "\(report.records) \(report.records == 1 ? "record" : "records") from \(report.source.rawValue): \(report.ok) Ok, \(report.dropped) Dropped, \(report.failed) "
      + "ProcessingFailed; \(report.entries) entries (\(report.unparsed) unparsed), \(report.events) events; \(report.bytesIn) bytes in, "
      + "\(report.bytesOut) out\n"
  }

  /// Ids are long and alike but for their ends.
  private func shortened(_ id: String) -> String {
    id.count > 20 ? "…" + id.suffix(19) : id
  }
}
