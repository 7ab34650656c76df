import LogBytes
import LogFormats
import LogOutput
import LogPipeline
import TestSupport
import Testing

/// Runs a text through formats as a stream and shows the entries as lines of JSON.
struct StreamProbe {
  let catalog: CompiledCatalog
  var options = PipelineOptions()
  var name = ""

  /// - Parameter formats: format files.
  init(_ formats: String..., name: String = "") throws {
    catalog = try CompiledCatalog(formats.map { try LogFormatReader.read(Array($0.utf8), path: "test.yaml") })
    self.name = name
  }

  /// - Parameter catalog: the real formats, most often.
  init(catalog: CompiledCatalog, options: PipelineOptions = PipelineOptions()) {
    self.catalog = catalog
    self.options = options
  }

  /// Expects these entries from lines with a LF behind each, whole and cut at every byte.
  func expect(_ lines: [String], give entries: [String], sourceLocation: SourceLocation = #_sourceLocation) {
    expect(text: lines.map { $0 + "\n" }.joined(), give: entries, sourceLocation: sourceLocation)
  }

  func expect(text: String, give entries: [String], sourceLocation: SourceLocation = #_sourceLocation) {
    let bytes = Array(text.utf8)
    #expect(run([bytes]) == entries, sourceLocation: sourceLocation)
    for split in bytes.indices.dropFirst() where run([Array(bytes[..<split]), Array(bytes[split...])]) != entries {
      Issue.record("cut at byte \(split) it gives something else", sourceLocation: sourceLocation)
      return
    }
    #expect(run(bytes.map { [$0] }) == entries, "byte by byte", sourceLocation: sourceLocation)
  }

  /// The entries of a stream that comes in pieces, one JSON object each; nil stands for a pause.
  func run(_ pieces: [[UInt8]?], lineNumbers: Bool = false) -> [String] {
    let writer = JSONLinesWriter(sourceLines: lineNumbers)
    // 2026-12-31T00:00:00Z
    var stream = EntryStream(catalog: catalog, options: options, writer: .jsonLines(writer), arrival: 1_798_675_200, name: name)
    var output = ByteOutput()
    for piece in pieces {
      if let piece { stream.append(piece.span, into: &output) } else { stream.pause(into: &output) }
    }
    stream.finish(into: &output)
    return String(decoding: bytes(output), as: UTF8.self).split(separator: "\n").map(String.init)
  }

  func run(_ lines: [String], lineNumbers: Bool = false) -> [String] {
    run([Array(lines.map { $0 + "\n" }.joined().utf8)], lineNumbers: lineNumbers)
  }
}
