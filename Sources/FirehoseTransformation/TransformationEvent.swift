/// Where the delivery stream takes its records from.
public enum TransformationSource: String, Sendable, Hashable {
  case directPut = "Direct PUT"
  case kinesis = "Kinesis data stream"
  case msk = "MSK"
}

/// One record of an event: where its parts stand in the event's bytes, which stay where they are.
struct TransformationRecord: Sendable, Hashable {
  /// What stands in the place of the payload.
  enum Payload: UInt8, Sendable {
    /// Neither `data` nor `kafkaRecordValue`.
    case missing
    /// One of them, and it is no string.
    case malformed
    case string
    /// A string with escapes: base64 needs none, but some writers escape `/` or `=`.
    case escapedString
  }

  /// The id as it is written: the JSON text of a string, quotes included, or of a number.
  var id: Range<Int>
  /// The inside of the quotes of the base64 text.
  var data: Range<Int>
  /// Milliseconds since 1970; nil if the event does not say, or in no way that is known.
  var arrival: Int64?
  var payload: Payload
  /// The payload came as `kafkaRecordValue` and goes back as such.
  var isKafka: Bool
}

/// A transformation event of Amazon Data Firehose, read but not copied. Reused for all events of a function's life.
///
/// The shape: AWS documentation "Transform source data in Amazon Data Firehose"; lenient towards what fixtures and emulators send: any
/// order of keys, unknown and missing fields, times as ISO 8601 text, numbers in quotes, escapes anywhere.
struct TransformationEvent: Sendable {
  var source = TransformationSource.directPut
  var records: [TransformationRecord] = []
  /// The bytes of all ids as they are written.
  var idBytes = 0

  init() {}
}
