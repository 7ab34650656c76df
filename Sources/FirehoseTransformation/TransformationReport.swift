public import LogPipeline

/// The service's words for what became of a record.
public enum TransformationResult: String, Sendable, Hashable, CaseIterable {
  case ok = "Ok"
  case dropped = "Dropped"
  case processingFailed = "ProcessingFailed"
}

/// Why a record is `ProcessingFailed`.
public enum TransformationFailure: Sendable, Equatable {
  /// The record has neither `data` nor `kafkaRecordValue`, or it is no string.
  case noData
  case notBase64
  /// What the pipeline says.
  case record(RecordFailure)
  /// The response is full; `bytes`, or more, would have had to fit into `room`.
  case noRoom(bytes: Int, room: Int)
  /// The function's time was nearly over before its turn came.
  case noTime

  /// One line for a table or log.
  public var description: String {
    switch self {
    case .noData: "no data: the record has no string \"data\" or \"kafkaRecordValue\""
    case .notBase64: "not base64"
    case .record(let failure): failure.description
    case .noRoom(let bytes, let room): "no room left in the response: \(bytes) bytes or more to deliver, room for \(room)"
    case .noTime: "no time left before the function's deadline"
    }
  }

  /// What kind of failure it is, in snake_case, for counting.
  public var name: String {
    switch self {
    case .noData: "no_data"
    case .notBase64: "not_base64"
    case .record(.codec): "codec"
    case .record(.envelope): "envelope"
    case .record: "not_text"
    case .noRoom: "no_room"
    case .noTime: "no_time"
    }
  }
}

/// One record of an event, for a table.
public struct TransformationDetail: Sendable {
  /// Without escapes.
  public var id: String
  public var result: TransformationResult
  public var failure: TransformationFailure?
  /// What the pipeline found: codecs, envelope, formats, entries, events. Empty for records that did not come to it.
  public var record: RecordReport
  /// The record's bytes without base64.
  public var bytesIn: Int
  /// What is delivered, in bytes without base64.
  public var bytesOut: Int
}

/// What became of an event.
public struct TransformationReport: Sendable {
  public var source = TransformationSource.directPut
  /// All of them: `ok + dropped + failed`.
  public var records = 0
  public var ok = 0
  public var dropped = 0
  public var failed = 0
  /// Failed records by `TransformationFailure.name`.
  public var failures: [String: Int] = [:]
  /// The first failure that is no lack of room or time, which a log line can show.
  public var firstFailure: TransformationFailure?
  /// Entries delivered, those that no format took included.
  public var entries = 0
  /// Entries delivered that no format took.
  public var unparsed = 0
  /// Entries delivered that have an event.
  public var events = 0
  /// Bytes of the event.
  public var bytesIn = 0
  /// Bytes of the response.
  public var bytesOut = 0
  /// One for each record, in order, if asked for.
  public var details: [TransformationDetail] = []

  public init() {}
}
