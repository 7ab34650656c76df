public import LogBytes
import LogEntries
public import LogFormats
public import LogOutput

/// Text in, written entries out: a file or a pipe, in pieces of any size, in constant memory.
///
/// Pieces are no boundaries: lines, characters and entries go on over them. What a stream gives is the same however it is cut.
public struct EntryStream: ~Copyable {
  private var framer: EntryFramer
  private var text = ByteOutput(capacity: 1 << 18)
  private var bitmaps = ChunkBitmaps()
  private var arrival: Int64
  private let name: String

  /// - Parameters:
  ///   - arrival: when the lines arrived, in seconds since 1970: a file's modification time, or now.
  ///   - name: the input's name for `source_file` and for clocks that read it; empty for none.
  public init(
    catalog: CompiledCatalog, options: PipelineOptions = PipelineOptions(), writer: consuming EntryWriter, arrival: Int64, name: String = ""
  ) {
    framer = EntryFramer(catalog: catalog, options: options, writer: writer, arrival: arrival)
    framer.setName(name)
    self.arrival = arrival
    self.name = name
  }

  /// What the stream has given up to now.
  public var report: PipelineReport { framer.report }

  /// The names of the formats that took entries.
  public func formatNames() -> [String] { framer.report.formats.map { framer.detector.catalog.formatNames[$0] } }

  /// Writes what stands before the first entry of a file.
  public mutating func appendHeader(into output: inout ByteOutput) {
    framer.appendHeader(into: &output)
  }

  /// Adds a piece of text; entries that are complete are written.
  public mutating func append(_ bytes: Span<UInt8>, into output: inout ByteOutput) {
    text.append(bytes)
    run(isLast: false, &output)
  }

  /// Lets `read` append the next piece to what the stream holds, which saves a copy.
  public mutating func append<Failure: Error>(
    into output: inout ByteOutput, _ read: (inout ByteOutput) throws(Failure) -> Void
  ) throws(Failure) {
    try read(&text)
    run(isLast: false, &output)
  }

  /// Adds the messages of an envelope as a stream of their own. Requires that no text came yet.
  ///
  /// - Parameter limit: where the output ends that somebody wants; the rest is then left out.
  mutating func append(_ envelope: borrowing CloudWatchEnvelope, limit: Int = .max, into output: inout ByteOutput) {
    precondition(text.isEmpty, "an envelope inside of text")
    framer.consume(envelope, limit: limit, bitmaps: &bitmaps, into: &output)
    framer.resetKeepingReport(arrival: arrival)
    framer.setName(name)
  }

  /// The pipe has paused: the open entry is written, so that it appears at once; what comes later begins another.
  public mutating func pause(into output: inout ByteOutput) {
    run(isLast: false, isPaused: true, &output)
    classify()
    Self.pause(&framer, text, bitmaps, &output)
  }

  /// The stream ends: its last line may end without LF, and its last entry is complete.
  public mutating func finish(into output: inout ByteOutput) {
    run(isLast: true, &output)
    classify()
    Self.finish(&framer, text, bitmaps, &output)
    text.removeAll()
  }

  // MARK: Records

  /// Begins another stream: nothing of the one before is remembered, and nothing counted.
  mutating func reset(arrival: Int64) {
    text.removeAll()
    framer.reset(arrival: arrival)
  }

  /// Begins another stream, and goes on counting.
  mutating func resetKeepingReport(arrival: Int64) {
    text.removeAll()
    framer.resetKeepingReport(arrival: arrival)
  }

  /// Adds text that is a stream of its own, from its first byte to its last. What is not small goes through the stream piece by piece.
  ///
  /// - Parameter limit: where the output ends that somebody wants; the rest is then left out.
  mutating func appendWhole(_ bytes: Span<UInt8>, limit: Int = .max, into output: inout ByteOutput) {
    if bytes.count <= Self.smallText { return framer.consumeWhole(bytes, bitmaps: &bitmaps, into: &output) }
    var at = 0
    while at < bytes.count, output.count <= limit {
      let end = min(at + Self.pieceBytes, bytes.count)
      append(bytes.extracting(at..<end), into: &output)
      at = end
    }
    finish(into: &output)
  }

  private static let smallText = 1 << 20
  private static let pieceBytes = 256 << 10

  // Parts of a stream that are lent out at the same time are parameters of their own.

  private static func consume(
    _ framer: inout EntryFramer, _ text: borrowing ByteOutput, _ bitmaps: borrowing ChunkBitmaps, _ isLast: Bool, _ output: inout ByteOutput
  ) {
    let colours = framer.detector.catalog.colours
    framer.consume(
      MatchText(
        bytes: text.span, bitmaps: bitmaps.words, isColourless: colours.isEmpty || colours.first(in: text.span, from: 0) < 0),
      limit: text.count, isLast: isLast,
      hasEscapes: bitmaps.hasEscapes, into: &output)
  }

  private static func pause(
    _ framer: inout EntryFramer, _ text: borrowing ByteOutput, _ bitmaps: borrowing ChunkBitmaps, _ output: inout ByteOutput
  ) {
    framer.pause(MatchText(bytes: text.span, bitmaps: bitmaps.words), into: &output)
  }

  private static func finish(
    _ framer: inout EntryFramer, _ text: borrowing ByteOutput, _ bitmaps: borrowing ChunkBitmaps, _ output: inout ByteOutput
  ) {
    framer.finish(MatchText(bytes: text.span, bitmaps: bitmaps.words), into: &output)
  }

  private mutating func classify() {
    Self.classify(text, into: &bitmaps)
  }

  private static func classify(_ text: borrowing ByteOutput, into bitmaps: inout ChunkBitmaps) {
    bitmaps.classify(text.span)
  }

  private mutating func run(isLast: Bool, isPaused: Bool = false, _ output: inout ByteOutput) {
    // Formats look through the first lines for what they require: what they find must not hang on how the stream is cut.
    if !isLast, !isPaused, framer.looksAhead, text.count < Preamble.greatestBytes { return }
    framer.forgetNames()
    classify()
    Self.consume(&framer, text, bitmaps, isLast, &output)
    let done = framer.firstNeeded
    if done > 0 {
      text.removeFirst(done)
      framer.shift(by: done)
    }
  }
}

extension EntryFramer {
  /// The name of the input: for `source_file`, and for clocks that read dates of file names.
  mutating func setName(_ name: String) {
    sourceFile.removeAll()
    sourceFile.append(name)
    let parts = name.split(separator: "/")
    guard var file = parts.last.map(String.init) else { return }
    for suffix in [".gz", ".zlib", ".lz4"] where file.hasSuffix(suffix) { file.removeLast(suffix.count) }
    let bytes = Array(file.utf8)
    var bitmaps = ChunkBitmaps()
    bitmaps.classify(bytes.span)
    detector.setFileName(MatchText(bytes: bytes.span, bitmaps: bitmaps.words))
  }

  mutating func appendHeader(into output: inout ByteOutput) {
    writer.appendHeader(names: names, to: &output)
  }

  mutating func pause(_ text: borrowing MatchText, into output: inout ByteOutput) {
    if isHolding { releaseHeld(before: position, text, &output) }
    completePieces(text, &output)
    releasePreamble(to: nil, text, &output)
    preamble.end()
    guard hasOpen else { return }
    // Lines that would have joined the entry are entries of its format.
    let joined = openEntry
    let key = openKey
    closeOpen(text, &output)
    openEntry = joined
    openKey = key
  }
}
