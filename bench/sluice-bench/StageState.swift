import FirehoseTransformation
import LogBytes
import LogFormats
import LogOutput
import LogPipeline

/// What a stage keeps between its runs: buffers that are warm, a catalogue that is compiled.
struct StageState: ~Copyable {
  private static let chunkSize = 65_536

  private let definition: Definition
  private let entries: Int
  private var output: ByteOutput
  private var bitmaps = ChunkBitmaps()
  private let catalog: CompiledCatalog?
  /// The input, packed as Firehose does it, before the clock starts.
  private var event = ByteOutput(capacity: 16)
  private var transformer: FirehoseTransformer?

  init(definition: Definition, entries: Int, input: borrowing ByteOutput) {
    self.definition = definition
    self.entries = entries
    output = ByteOutput(capacity: input.count * 3 + 65_536)
    let catalog = definition.stage.needsFormats ? StageState.compileAllFormats() : nil
    self.catalog = catalog
    if let catalog, definition.stage == .event || definition.stage == .eventGzip {
      EventBuilder(recordSize: StageState.chunkSize, compresses: definition.stage == .eventGzip).append(input.span, to: &event)
      transformer = FirehoseTransformer(
        pipeline: RecordPipeline(catalog: catalog, writer: .jsonLines(JSONLinesWriter())), now: { 1_787_306_400_000 })
    }
  }

  /// Runs the stage once over the whole input.
  mutating func run(_ input: borrowing ByteOutput) -> StageResult {
    output.removeAll()
    switch definition.stage {
    case .memcpy:
      output.append(input.span)
      return StageResult(entries: entries, output: output.count)
    case .newlines: return StageResult(entries: entries, output: countLines(input.span))
    case .scan: return StageResult(entries: entries, output: countLinesInBitmaps(input.span))
    case .jsonLines: return transform(input.span, writer: .jsonLines(JSONLinesWriter()))
    case .csv: return transform(input.span, writer: .csv(CSVWriter()))
    case .event, .eventGzip: return StageState.answer(&transformer, event, into: &output)
    }
  }

  private static func compileAllFormats() -> CompiledCatalog {
    do {
      return try FormatCatalog.compile()
    } catch {
      preconditionFailure("an embedded format is wrong: \(error)")
    }
  }

  private mutating func transform(_ log: Span<UInt8>, writer: consuming EntryWriter) -> StageResult {
    guard let catalog else { preconditionFailure("the stage needs formats") }
    var stream = EntryStream(catalog: catalog, writer: writer, arrival: 1_787_306_400)
    stream.appendHeader(into: &output)
    var start = 0
    while start < log.count {
      let end = min(start + StageState.chunkSize, log.count)
      stream.append(log.extracting(start..<end), into: &output)
      start = end
    }
    stream.finish(into: &output)
    return StageResult(entries: stream.report.entries, output: output.count)
  }

  // Parts of the state that are lent out at the same time are parameters of their own.
  private static func answer(
    _ transformer: inout FirehoseTransformer?, _ event: borrowing ByteOutput, into response: inout ByteOutput
  ) -> StageResult {
    do {
      let entries = try transformer?.transform(event: event.span, deadline: nil, into: &response).entries ?? 0
      return StageResult(entries: entries, output: response.count)
    } catch {
      preconditionFailure("the event that was built is none: \(error)")
    }
  }

  private func countLines(_ text: Span<UInt8>) -> Int {
    var lines = 0
    var position = firstIndex(of: ASCII.lineFeed, in: text, from: 0)
    while position >= 0 {
      lines += 1
      position = firstIndex(of: ASCII.lineFeed, in: text, from: position + 1)
    }
    return lines
  }

  private mutating func countLinesInBitmaps(_ text: Span<UInt8>) -> Int {
    var lines = 0
    var start = 0
    while start < text.count {
      let end = min(start + StageState.chunkSize, text.count)
      bitmaps.classify(text.extracting(start..<end))
      let words = bitmaps.words
      var index = 0
      while index < words.count {
        lines += words[index].nonzeroBitCount
        index += ChunkBitmaps.classes
      }
      start = end
    }
    return lines
  }
}
