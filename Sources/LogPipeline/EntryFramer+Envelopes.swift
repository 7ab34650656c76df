import LogBytes
import LogEntries
import LogFormats

/// What an envelope holds is a stream of its own.
extension EntryFramer {
  /// The messages of one envelope; each log event's own timestamp is the arrival of its lines. The stream is ended; the report goes on.
  ///
  /// - Parameter limit: where the output ends that somebody wants; the rest is then left out.
  mutating func consume(
    _ envelope: borrowing CloudWatchEnvelope, limit: Int = .max, bitmaps: inout ChunkBitmaps, into output: inout ByteOutput
  ) {
    resetKeepingReport(arrival: 0)
    setEnvelope(logGroup: envelope.logGroup.span, logStream: envelope.logStream.span)
    let bytes = envelope.text.span
    bitmaps.classify(bytes)
    let text = MatchText(bytes: bytes, bitmaps: bitmaps.words)
    let hasEscapes = bitmaps.hasEscapes
    for event in envelope.events where output.count <= limit {
      detector.setArrival(event.timestamp / 1000)
      consume(text, limit: event.end, isLast: true, hasEscapes: hasEscapes, into: &output)
    }
    finish(text, into: &output)
  }

  /// Text that is a stream of its own, from its first byte to its last.
  mutating func consumeWhole(_ bytes: Span<UInt8>, bitmaps: inout ChunkBitmaps, into output: inout ByteOutput) {
    bitmaps.classify(bytes)
    let text = MatchText(bytes: bytes, bitmaps: bitmaps.words)
    let hasEscapes = bitmaps.hasEscapes
    consume(text, limit: bytes.count, isLast: true, hasEscapes: hasEscapes, into: &output)
    finish(text, into: &output)
  }

  /// Begins another stream, and goes on counting.
  mutating func resetKeepingReport(arrival: Int64) {
    let before = report
    reset(arrival: arrival)
    report = before
  }

  /// What CloudWatch Logs knew, for each entry.
  private mutating func setEnvelope(logGroup: Span<UInt8>, logStream: Span<UInt8>) {
    envelopeBytes.removeAll()
    envelopeFields.removeAll(keepingCapacity: true)
    envelopeMembers.removeAll()
    addEnvelopeField("log_group", logGroup)
    addEnvelopeField("log_stream", logStream)
  }

  private mutating func addEnvelopeField(_ name: String, _ value: Span<UInt8>) {
    if value.isEmpty { return }
    let start = envelopeBytes.count
    envelopeBytes.append(value)
    let slice = FieldSlice(start, envelopeBytes.count)
    let name = names.intern(name)
    envelopeFields.append(EntryField(name: name, slice: slice, kind: .string, source: .envelope))
    Self.append(names, name, value, to: &envelopeMembers)
  }

  private static func append(_ names: borrowing FieldNames, _ name: NameID, _ value: Span<UInt8>, to members: inout ByteOutput) {
    members.appendJSONMember(key: names.key(name), string: value)
  }
}
