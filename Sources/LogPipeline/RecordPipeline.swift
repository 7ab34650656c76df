public import LogBytes
import LogCodecs
import LogEntries
public import LogFormats
public import LogOutput

/// One record in, its entries out. Reused for all records of a function's life; records know nothing of each other.
public struct RecordPipeline: ~Copyable {
  /// Records of more decoded bytes are text in windows, if they can be: the memory of a function is for what it delivers.
  var greatestWhole = 16 << 20

  private let options: PipelineOptions
  private var entries: EntryStream
  private var decoder = RecordDecoder()
  private var decoded = ByteOutput(capacity: 1 << 16)
  private var envelope = CloudWatchEnvelope()

  /// - Parameter name: where the records come from, for `source_file`; empty for none.
  public init(
    catalog: CompiledCatalog, options: PipelineOptions = PipelineOptions(), writer: consuming EntryWriter = .jsonLines(JSONLinesWriter()),
    name: String = ""
  ) {
    self.options = options
    entries = EntryStream(catalog: catalog, options: options, writer: writer, arrival: 0, name: name)
  }

  /// Whether these are the first bytes of a record that can only be read as a whole: an aggregate, whose digest stands at its end.
  public static func mustBeWhole(_ front: Span<UInt8>) -> Bool {
    KPLAggregate.beginsLikeOne(front)
  }

  /// Transforms one record: codecs, envelope, lines, entries. Nothing is appended unless the outcome is `ok`.
  ///
  /// - Parameters:
  ///   - arrival: milliseconds since 1970.
  ///   - room: the bytes that there is room for in the output: a record that gives more fails, and as soon as that is known.
  public mutating func transform(
    record: Span<UInt8>, arrival: Int64, room: Int = .max, into output: inout ByteOutput
  ) -> RecordReport {
    var report = RecordReport()
    entries.reset(arrival: arrival / 1000)
    var layers = Layers(left: options.maximumDecodedBytes, arrival: arrival, start: output.count, room: room)
    do throws(RecordFailure) {
      try decode(record, &layers, &report, &output)
    } catch {
      output.truncate(to: layers.start)
      report.outcome = .failed(error)
      return report
    }
    report.entries = entries.report.entries
    report.unparsed = entries.report.unparsed
    report.events = entries.report.events
    report.formats = entries.formatNames()
    report.outcome = output.count > layers.start ? .ok : .dropped
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
    /// Where the record's output begins, and where there is no room any more.
    let start: Int
    let limit: Int

    init(left: Int, arrival: Int64, start: Int, room: Int) {
      self.left = left
      self.arrival = arrival
      self.start = start
      limit = room < Int.max - start ? start + room : .max
    }

    func checkRoom(_ output: borrowing ByteOutput) throws(RecordFailure) {
      if output.count > limit { throw .noRoom(bytes: output.count - start) }
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
      codecs = try decodeWhole(bytes, &layers, limit: greatestWhole, into: &plain)
    } catch  where error.code == .tooLarge && layers.left > greatestWhole {
      if try decodeInWindows(bytes, &layers, &report, &output) { return }
      do throws(CodecError) {
        codecs = try decodeWhole(bytes, &layers, limit: layers.left, into: &plain)
      } catch {
        throw failure(error)
      }
    } catch {
      throw failure(error)
    }
    if codecs.isEmpty { return try unwrap(bytes, &layers, &report, &output) }
    for codec in codecs { report.add(codec: codec.rawValue, once: layers.isAggregated) }
    layers.depth += codecs.count
    try unwrap(plain.span, &layers, &report, &output)
    layers.depth -= codecs.count
  }

  private mutating func decodeWhole(
    _ bytes: Span<UInt8>, _ layers: inout Layers, limit: Int, into plain: inout ByteOutput
  ) throws(CodecError) -> [Codec] {
    var left = min(limit, layers.left)
    let before = left
    let codecs = try decoder.decode(bytes, limit: &left, depth: layers.depth, into: &plain)
    layers.left -= before - left
    return codecs
  }

  /// Text of many bytes in windows, which need little memory. False, and nothing done, for what must be seen as a whole: JSON, which may be
  /// an envelope, and an aggregate. Base64 of so many bytes is text.
  private mutating func decodeInWindows(
    _ bytes: Span<UInt8>, _ layers: inout Layers, _ report: inout RecordReport, _ output: inout ByteOutput
  ) throws(RecordFailure) -> Bool {
    var stream = StreamDecoder(depth: layers.depth)
    stream.append(bytes)
    stream.finish()
    var window = ByteOutput(capacity: StreamDecoder.windowBytes)
    var count = 0
    var controlBytes = 0
    do throws(CodecError) {
      while try stream.decode(into: &window) {
        if count == 0, Self.mustBeSeenWhole(window.span) { return false }
        count += window.count
        controlBytes += countControlBytes(window.span)
        entries.append(window.span, into: &output)
        if stream.decodedBytes > layers.left || output.count > layers.limit { break }
        window.removeAll()
      }
    } catch {
      throw failure(error)
    }
    if stream.decodedBytes > layers.left { throw failure(tooLarge: stream.codecs.last) }
    guard !TextJudgement.isBinary(controlBytes: controlBytes, bytes: count) else {
      throw .notText(controlBytes: controlBytes, bytes: count)
    }
    entries.finish(into: &output)
    try layers.checkRoom(output)
    layers.left -= stream.decodedBytes
    for codec in stream.codecs { report.add(codec: codec.rawValue, once: layers.isAggregated) }
    return true
  }

  private static func mustBeSeenWhole(_ front: Span<UInt8>) -> Bool {
    let start = CloudWatchEnvelope.start(in: front)
    return start < front.count && front[start] == ASCII.leftBrace || KPLAggregate.beginsLikeOne(front)
  }

  private func failure(_ error: CodecError) -> RecordFailure {
    // The decoder knows what was left of the limit, not the limit.
    error.code == .tooLarge ? failure(tooLarge: error.codec) : .codec(error.description)
  }

  private func failure(tooLarge codec: Codec?) -> RecordFailure {
    .codec(tooLarge("\(codec?.rawValue ?? "compressed") data"))
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
      entries.appendWhole(bytes, limit: layers.limit, into: &output)
      try layers.checkRoom(output)
    }
  }

  /// The records of an aggregate, each a stream of its own: they know as little of each other as if they had come alone.
  private mutating func decode(
    _ aggregate: KPLAggregate, _ bytes: Span<UInt8>, _ layers: inout Layers, _ report: inout RecordReport, _ output: inout ByteOutput
  ) throws(RecordFailure) {
    report.add(envelope: "kpl")
    layers.isAggregated = true
    for (index, record) in aggregate.records.enumerated() {
      entries.resetKeepingReport(arrival: layers.arrival / 1000)
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
      case .data:
        entries.append(envelope, limit: layers.limit, into: &output)
        try layers.checkRoom(output)
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
    case .noRoom: self
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
