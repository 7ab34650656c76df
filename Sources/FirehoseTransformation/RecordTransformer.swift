package import LogBytes
import LogJSON
package import LogPipeline

/// What makes entries of a record's bytes: the pipeline, or a stand-in in tests.
package protocol RecordTransforming: ~Copyable {
  /// Appends what is to be delivered, and nothing unless the outcome is `ok`. `arrival` is in milliseconds since 1970; there is no use in
  /// more bytes than `room`.
  mutating func transform(record: Span<UInt8>, arrival: Int64, room: Int, into output: inout ByteOutput) -> RecordReport
}

extension RecordPipeline: RecordTransforming {}

/// One record of an event: base64, then the pipeline. It holds what all records share, so that nothing is allocated for each.
struct RecordTransformer<Pipeline: RecordTransforming & ~Copyable>: ~Copyable {
  private var pipeline: Pipeline
  /// The record's bytes.
  private var payload = ByteOutput(capacity: 1 << 16)
  /// What the last record gave.
  private(set) var output = ByteOutput(capacity: 1 << 16)

  init(_ pipeline: consuming Pipeline) {
    self.pipeline = pipeline
  }

  /// The bytes of the last record that came out of base64.
  var payloadBytes: Int { payload.count }

  /// Transforms one record; `output` then holds what it gave, and the report what happened.
  ///
  /// - Parameters:
  ///   - now: milliseconds since 1970, for records that do not say when they arrived.
  ///   - room: the bytes that the response has room for.
  mutating func transform(
    _ record: TransformationRecord, of event: Span<UInt8>, now: () -> Int64, room: Int, report: inout RecordReport
  ) -> TransformationFailure? {
    payload.removeAll()
    output.removeAll()
    guard record.payload == .string || record.payload == .escapedString else { return .noData }
    guard decode(event.extracting(record.data), isEscaped: record.payload == .escapedString) else { return .notBase64 }
    report = Self.transform(&pipeline, payload, record.arrival ?? now(), room, &output)
    switch report.outcome {
    case .failed(.noRoom(let bytes)): return .noRoom(bytes: bytes, room: room)
    case .failed(let failure): return .record(failure)
    case .ok, .dropped: return nil
    }
  }

  /// Parts that are lent out at the same time are parameters of their own.
  private static func transform(
    _ pipeline: inout Pipeline, _ payload: borrowing ByteOutput, _ arrival: Int64, _ room: Int, _ output: inout ByteOutput
  ) -> RecordReport {
    pipeline.transform(record: payload.span, arrival: arrival, room: room, into: &output)
  }

  private mutating func decode(_ text: Span<UInt8>, isEscaped: Bool) -> Bool {
    // Most writers that escape at all write `\/`, which the decoder knows.
    if Base64.decode(text, into: &payload) { return true }
    guard isEscaped else { return false }
    var plain = ByteOutput(capacity: text.count)
    plain.appendJSONUnescaped(text)
    return Base64.decode(plain.span, into: &payload)
  }
}
