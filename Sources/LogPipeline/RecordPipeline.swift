public import LogBytes
import LogCodecs
import LogEntries
public import LogFormats
public import LogOutput

/// What became of a record.
public enum RecordOutcome: Sendable, Equatable {
  /// Its entries were appended to the output.
  case ok
  /// There was nothing to deliver: an empty record, a health check.
  case dropped
  case failed(RecordFailure)
}

/// Why a record could not be transformed.
public enum RecordFailure: Sendable, Equatable {
  /// Corrupt, oversized or nested too deep; what, and at which byte.
  case codec(String)
  /// It begins as an envelope and is none.
  case envelope(String)
  /// More than 5 % of its bytes are control bytes.
  case notText(controlBytes: Int, bytes: Int)

  /// One line for a table or log.
  public var description: String {
    switch self {
    case .codec(let sentence), .envelope(let sentence): sentence
    case .notText(let controlBytes, let bytes): "not text: \(controlBytes) of \(bytes) bytes are control bytes"
    }
  }
}

/// What a record was, and what it gave.
public struct RecordReport: Sendable {
  public var outcome = RecordOutcome.dropped
  /// From outside in: `gzip`, `lz4`.
  public var codecs: [String] = []
  /// `cloudwatch`, or nil.
  public var envelope: String?
  /// Names of the formats that took entries.
  public var formats: [String] = []
  public var entries = 0
  public var unparsed = 0
  public var events = 0

  public init() {}
}

/// One record in, its entries out. Reused for all records of a function's life; records know nothing of each other.
public struct RecordPipeline: ~Copyable {
  private let catalog: CompiledCatalog
  private let options: PipelineOptions
  private var framer: EntryFramer
  private var decoder = RecordDecoder()
  private var decoded = ByteOutput(capacity: 1 << 16)
  private var envelope = CloudWatchEnvelope()
  private var bitmaps = ChunkBitmaps()

  public init(
    catalog: CompiledCatalog, options: PipelineOptions = PipelineOptions(), writer: consuming EntryWriter = .jsonLines(JSONLinesWriter())
  ) {
    self.catalog = catalog
    self.options = options
    framer = EntryFramer(catalog: catalog, options: options, writer: writer, arrival: 0)
  }

  /// Transforms one record: codecs, envelope, lines, entries. Nothing is appended unless the outcome is `ok`.
  ///
  /// - Parameter arrival: milliseconds since 1970.
  public mutating func transform(record: Span<UInt8>, arrival: Int64, into output: inout ByteOutput) -> RecordReport {
    var report = RecordReport()
    let start = output.count
    framer.reset(arrival: arrival / 1000)
    if record.isEmpty { return report }
    decoded.removeAll()
    var limit = options.maximumDecodedBytes
    do throws(CodecError) {
      for codec in try decoder.decode(record, limit: &limit, into: &decoded) { report.codecs.append("\(codec)") }
    } catch {
      report.outcome = .failed(.codec(error.description))
      return report
    }
    if report.codecs.isEmpty {
      transform(text: record, &report, &output)
    } else {
      // The decoded bytes are lent out while the pipeline works, so they are taken out of it for that time.
      var text = ByteOutput(capacity: 0)
      swap(&text, &decoded)
      transform(text: text.span, &report, &output)
      swap(&text, &decoded)
    }
    if case .failed = report.outcome {
      output.truncate(to: start)
      return report
    }
    report.entries = framer.report.entries
    report.unparsed = framer.report.unparsed
    report.events = framer.report.events
    report.formats = framer.report.formats.map { catalog.formatNames[$0] }
    report.outcome = output.count > start ? .ok : .dropped
    return report
  }

  private mutating func transform(text: Span<UInt8>, _ report: inout RecordReport, _ output: inout ByteOutput) {
    if CloudWatchEnvelope.isLikely(text) {
      if unwrap(text, &report, &output) { return }
    }
    let controlBytes = countControlBytes(text)
    guard !TextJudgement.isBinary(controlBytes: controlBytes, bytes: text.count) else {
      report.outcome = .failed(.notText(controlBytes: controlBytes, bytes: text.count))
      return
    }
    bitmaps.classify(text)
    Self.frame(&framer, text, bitmaps, limit: text.count, isLast: true, &output)
    Self.finish(&framer, text, bitmaps, &output)
  }

  /// Reads CloudWatch envelopes one behind the other; false if the text is none.
  private mutating func unwrap(_ text: Span<UInt8>, _ report: inout RecordReport, _ output: inout ByteOutput) -> Bool {
    var at = 0
    var isFirst = true
    while true {
      while at < text.count, text[at] <= ASCII.blank { at += 1 }
      if at == text.count { return true }
      envelope.removeAll()
      let (outcome, end) = envelope.read(text, from: at)
      switch outcome {
      case .control: break
      case .data:
        report.envelope = "cloudwatch"
        frameEnvelope(isFirst: isFirst, &output)
      case .other:
        if isFirst { return false }
        report.outcome = .failed(.envelope("something else stands behind a CloudWatch envelope, at byte \(at + 1)"))
        return true
      case .broken:
        report.outcome = .failed(.envelope("a CloudWatch envelope that is no JSON, at byte \(at + 1)"))
        return true
      }
      report.envelope = "cloudwatch"
      isFirst = false
      at = end
    }
  }

  /// The messages of one envelope as one stream; each log event's own timestamp is the arrival of its lines.
  private mutating func frameEnvelope(isFirst: Bool, _ output: inout ByteOutput) {
    let before = framer.report
    framer.reset(arrival: 0)
    framer.report = before
    framer.setEnvelope(logGroup: envelope.logGroup, logStream: envelope.logStream)
    var text = ByteOutput(capacity: 0)
    swap(&text, &envelope.text)
    bitmaps.classify(text.span)
    for event in envelope.events {
      framer.detector.setArrival(event.timestamp / 1000)
      Self.frame(&framer, text.span, bitmaps, limit: event.end, isLast: true, &output)
    }
    Self.finish(&framer, text.span, bitmaps, &output)
    swap(&text, &envelope.text)
  }

  private static func frame(
    _ framer: inout EntryFramer, _ text: Span<UInt8>, _ bitmaps: borrowing ChunkBitmaps, limit: Int, isLast: Bool,
    _ output: inout ByteOutput
  ) {
    framer.consume(
      MatchText(bytes: text, bitmaps: bitmaps.words), limit: limit, isLast: isLast,
      hasEscapes: firstIndex(of: ASCII.escape, in: text, from: 0) >= 0, into: &output)
  }

  private static func finish(
    _ framer: inout EntryFramer, _ text: Span<UInt8>, _ bitmaps: borrowing ChunkBitmaps, _ output: inout ByteOutput
  ) {
    framer.finish(MatchText(bytes: text, bitmaps: bitmaps.words), into: &output)
  }
}

extension EntryFramer {
  /// What CloudWatch Logs knew, for each entry.
  mutating func setEnvelope(logGroup: borrowing ByteOutput, logStream: borrowing ByteOutput) {
    envelopeBytes.removeAll()
    envelopeFields.removeAll(keepingCapacity: true)
    envelopeBytes.append(logGroup.span)
    envelopeBytes.append(logStream.span)
    let group = FieldSlice(0, logGroup.count)
    let stream = FieldSlice(logGroup.count, envelopeBytes.count)
    if !group.isEmpty { envelopeFields.append(EntryField(name: names.intern("log_group"), slice: group, kind: .string, source: .envelope)) }
    if !stream.isEmpty {
      envelopeFields.append(EntryField(name: names.intern("log_stream"), slice: stream, kind: .string, source: .envelope))
    }
  }
}

/// Whether bytes are text: at most one in twenty is a control byte other than tab, LF, CR and ESC.
public enum TextJudgement {
  /// Streams are judged on pieces of this size.
  public static let pieceBytes = 64 << 10

  public static func isBinary(controlBytes: Int, bytes: Int) -> Bool {
    controlBytes * 20 > bytes
  }
}
