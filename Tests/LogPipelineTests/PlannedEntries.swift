import LogBytes
import LogFormats
import LogOutput
import Testing

@testable import LogPipeline

/// Entries that are written by a plan beside those whose fields are gathered first: with positions in the input nothing is planned.
enum PlannedEntries {
  static func output(_ catalog: CompiledCatalog, _ text: [UInt8], sourceLines: Bool, piece: Int = .max) -> String {
    var stream = EntryStream(
      catalog: catalog, writer: .jsonLines(JSONLinesWriter(sourceLines: sourceLines)), arrival: 1_798_761_600)
    var output = ByteOutput()
    var at = 0
    while at < text.count {
      let end = at + min(piece, text.count - at)
      stream.append(text.span.extracting(at..<end), into: &output)
      at = end
    }
    stream.finish(into: &output)
    return String(decoding: output.span.indices.map { output.span[$0] }, as: UTF8.self)
  }

  static func withoutPositions(_ lines: String) -> String {
    lines.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard let start = line.firstRange(of: ",\"source_line\":") else { return String(line) }
      return line[..<start.lowerBound] + "}"
    }.joined(separator: "\n")
  }

  static func catalog(_ declarations: [String]) throws -> CompiledCatalog {
    try CompiledCatalog(declarations.map { try LogFormatReader.read(Array($0.utf8), path: "x.yaml") })
  }

  static func check(_ declarations: [String], _ lines: [String], at location: SourceLocation = #_sourceLocation) throws {
    let catalog = try catalog(declarations)
    let text = Array((lines.joined(separator: "\n") + "\n").utf8)
    let planned = output(catalog, text, sourceLines: false)
    #expect(planned == withoutPositions(output(catalog, text, sourceLines: true)), sourceLocation: location)
    // Far from the end values are copied in blocks.
    let more = output(catalog, text + text + text, sourceLines: false)
    #expect(more.hasPrefix(planned), sourceLocation: location)
    for piece in stride(from: 1, through: text.count, by: text.count / 2000 + 1) {
      #expect(output(catalog, text, sourceLines: false, piece: piece) == planned, sourceLocation: location)
    }
  }
}
