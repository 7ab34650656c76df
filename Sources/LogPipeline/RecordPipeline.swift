public import LogBytes
import LogCodecs
import LogEntries
public import LogFormats
public import LogOutput

/// One record in, its entries out. Reused for all records of a function's life; records know nothing of each other.
public struct RecordPipeline: ~Copyable {
  private let catalog: CompiledCatalog
  private let options: PipelineOptions
  private var framer: EntryFramer
  private var decoder = RecordDecoder()
  private var decoded = ByteOutput(capacity: 1 << 16)
  private var envelope = CloudWatchEnvelope()
  private var bitmaps = ChunkBitmaps()

  /// - Parameter name: where the records come from, for `source_file`; empty for none.
  public init(
    catalog: CompiledCatalog, options: PipelineOptions = PipelineOptions(), writer: consuming EntryWriter = .jsonLines(JSONLinesWriter()),
    name: String = ""
  ) {
    self.catalog = catalog
    self.options = options
    framer = EntryFramer(catalog: catalog, options: options, writer: writer, arrival: 0)
    framer.sourceFile.append(name)
  }

  /// Whether these are the first bytes of a record that can only be read as a whole: an aggregate, whose digest stands at its end.
  public static func mustBeWhole(_ front: Span<UInt8>) -> Bool {
    KPLAggregate.beginsLikeOne(front)
  }

  /// Transforms one record: codecs, envelope, lines, entries. Nothing is appended unless the outcome is `ok`.
  ///
  /// - Parameter arrival: milliseconds since 1970.
  public mutating func transform(record: Span<UInt8>, arrival: Int64, into output: inout ByteOutput) -> RecordReport {
    var report = RecordReport()
    let start = output.count
    framer.reset(arrival: arrival / 1000)
    var layers = Layers(left: options.maximumDecodedBytes, arrival: arrival)
    do throws(RecordFailure) {
      try decode(record, &layers, &report, &output)
    } catch {
      output.truncate(to: start)
      report.outcome = .failed(error)
      return report
    }
    report.entries = framer.report.entries
    report.unparsed = framer.report.unparsed
    report.events = framer.report.events
    report.formats = framer.report.formats.map { catalog.formatNames[$0] }
    report.outcome = output.count > start ? .ok : .dropped
    return report
  }

  /// What is around the bytes that are looked at.
  private struct Layers {
    /// Codecs.
    var depth = 0
    /// They are a record of an aggregate, which may be no aggregate itself.
    var isAggregated = false
    /// Bytes that may still be decoded, over all of the record.
    var left: Int
    /// Milliseconds since 1970.
    let arrival: Int64

    init(left: Int, arrival: Int64) {
      self.left = left
      self.arrival = arrival
    }
  }

  private mutating func decode(
    _ bytes: Span<UInt8>, _ layers: inout Layers, _ report: inout RecordReport, _ output: inout ByteOutput
  ) throws(RecordFailure) {
    if bytes.isEmpty { return }
    // The decoded bytes are lent out while the pipeline works, so they are taken out of it for that time.
    var plain = ByteOutput(capacity: 0)
    swap(&plain, &decoded)
    defer { swap(&plain, &decoded) }
    let codecs: [Codec]
    do throws(CodecError) {
      codecs = try decoder.decode(bytes, limit: &layers.left, depth: layers.depth, into: &plain)
    } catch {
      // The decoder knows what was left of the limit, not the limit.
      throw .codec(error.code == .tooLarge ? tooLarge("\(error.codec?.rawValue ?? "compressed") data") : error.description)
    }
    if codecs.isEmpty { return try unwrap(bytes, &layers, &report, &output) }
    for codec in codecs { report.add(codec: codec.rawValue, once: layers.isAggregated) }
    layers.depth += codecs.count
    try unwrap(plain.span, &layers, &report, &output)
    layers.depth -= codecs.count
  }

  private func tooLarge(_ data: String) -> String {
    "\(data) that make the record larger than \(options.maximumDecodedBytes) bytes when decoded"
  }

  /// Plain bytes: an aggregate, base64, an envelope, or text.
  private mutating func unwrap(
    _ bytes: Span<UInt8>, _ layers: inout Layers, _ report: inout RecordReport, _ output: inout ByteOutput
  ) throws(RecordFailure) {
    if !layers.isAggregated, KPLAggregate.beginsLikeOne(bytes), let aggregate = KPLAggregate(bytes) {
      try decode(aggregate, bytes, &layers, &report, &output)
    } else if try decodeBase64(bytes, &layers, &report, &output) {
      return
    } else if try !readEnvelopes(bytes, layers, &report, &output) {
      let controlBytes = countControlBytes(bytes)
      guard !TextJudgement.isBinary(controlBytes: controlBytes, bytes: bytes.count) else {
        throw .notText(controlBytes: controlBytes, bytes: bytes.count)
      }
      framer.consumeWhole(bytes, bitmaps: &bitmaps, into: &output)
    }
  }

  /// The records of an aggregate, each a stream of its own: they know as little of each other as if they had come alone.
  private mutating func decode(
    _ aggregate: KPLAggregate, _ bytes: Span<UInt8>, _ layers: inout Layers, _ report: inout RecordReport, _ output: inout ByteOutput
  ) throws(RecordFailure) {
    report.add(envelope: "kpl")
    layers.isAggregated = true
    for (index, record) in aggregate.records.enumerated() {
      framer.resetKeepingReport(arrival: layers.arrival / 1000)
      do throws(RecordFailure) {
        try decode(bytes.extracting(record), &layers, &report, &output)
      } catch {
        throw error.inside("record \(index + 1) of \(aggregate.records.count) in the aggregate")
      }
    }
    layers.isAggregated = false
  }

  /// False if the text is not base64.
  private mutating func decodeBase64(
    _ text: Span<UInt8>, _ layers: inout Layers, _ report: inout RecordReport, _ output: inout ByteOutput
  ) throws(RecordFailure) -> Bool {
    var bytes = ByteOutput(capacity: 0)
    guard Base64Text.decode(text, depth: Codec.greatestDepth - layers.depth, into: &bytes) else { return false }
    report.add(codec: "base64", once: layers.isAggregated)
    layers.left -= bytes.count
    guard layers.left >= 0 else { throw .codec(tooLarge("base64 data")) }
    layers.depth += 1
    try decode(bytes.span, &layers, &report, &output)
    layers.depth -= 1
    return true
  }

  /// CloudWatch envelopes one behind the other; false if the text is none.
  private mutating func readEnvelopes(
    _ text: Span<UInt8>, _ layers: Layers, _ report: inout RecordReport, _ output: inout ByteOutput
  ) throws(RecordFailure) -> Bool {
    var at = CloudWatchEnvelope.start(in: text)
    var isFirst = true
    while at < text.count {
      guard text[at] == ASCII.leftBrace else {
        if isFirst { return false }
        throw .behindEnvelope(at)
      }
      let (outcome, end) = envelope.read(text, from: at, arrival: layers.arrival)
      switch outcome {
      case .control: break
      case .data: framer.consume(envelope, bitmaps: &bitmaps, into: &output)
      case .incomplete(let event):
        throw .envelope("log event \(event) of the CloudWatch envelope at byte \(at + 1) has no message")
      case .malformed:
        if CloudWatchEnvelope.isMeant(text.extracting(droppingFirst: at)) {
          throw .envelope("a CloudWatch envelope that is no JSON, at byte \(at + 1)")
        }
        if isFirst { return false }
        throw .behindEnvelope(at)
      case .other:
        if isFirst { return false }
        throw .behindEnvelope(at)
      }
      if isFirst { report.add(envelope: "cloudwatch") }
      isFirst = false
      at = end
      while at < text.count, text[at] <= ASCII.blank { at += 1 }
    }
    return !isFirst
  }
}

extension RecordFailure {
  fileprivate static func behindEnvelope(_ at: Int) -> RecordFailure {
    .envelope("something else stands behind a CloudWatch envelope, at byte \(at + 1)")
  }

  /// The same failure of a part of the record.
  fileprivate func inside(_ part: String) -> RecordFailure {
    switch self {
    case .codec(let sentence): .codec("\(part): \(sentence)")
    case .envelope(let sentence): .envelope("\(part): \(sentence)")
    case .notText: .envelope("\(part): \(description)")
    }
  }
}

extension RecordReport {
  fileprivate mutating func add(codec: String, once: Bool) {
    if !once || !codecs.contains(codec) { codecs.append(codec) }
  }

  fileprivate mutating func add(envelope name: String) {
    guard let envelope else { return envelope = name }
    if !envelope.hasSuffix(name) { self.envelope = "\(envelope) \(name)" }
  }
}
