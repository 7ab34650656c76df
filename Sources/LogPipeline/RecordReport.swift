/// What became of a record.
public enum RecordOutcome: Sendable, Equatable {
  /// Its entries were appended to the output.
  case ok
  /// There was nothing to deliver: an empty record, a health check.
  case dropped
  case failed(RecordFailure)
}

/// Why a record could not be transformed.
public enum RecordFailure: Error, Sendable, Equatable {
  /// Corrupt, oversized or nested too deep; what, and at which byte.
  case codec(String)
  /// It begins as an envelope and is none.
  case envelope(String)
  /// More than 5 % of its bytes are control bytes.
  case notText(controlBytes: Int, bytes: Int)
  /// It gives more output than there is room for: so many bytes, with which the pipeline stopped.
  case noRoom(bytes: Int)

  /// One line for a table or log.
  public var description: String {
    switch self {
    case .codec(let sentence), .envelope(let sentence): sentence
    case .notText(let controlBytes, let bytes): "not text: \(controlBytes) of \(bytes) bytes are control bytes"
    case .noRoom(let bytes): "more output than there is room for: \(bytes) bytes or more"
    }
  }
}

/// What a record was, and what it gave.
public struct RecordReport: Sendable {
  public var outcome = RecordOutcome.dropped
  /// From outside in: `gzip`, `zlib`, `lz4`, `base64`; of the records of an aggregate each that occurs.
  public var codecs: [String] = []
  /// `kpl`, `cloudwatch`, or one inside of the other: `kpl cloudwatch`; nil for none.
  public var envelope: String?
  /// Names of the formats that took entries.
  public var formats: [String] = []
  public var entries = 0
  public var unparsed = 0
  public var events = 0

  public init() {}
}

/// Whether bytes are text: at most one in twenty is a control byte other than tab, LF, CR and ESC.
public enum TextJudgement {
  /// Streams are judged on pieces of this size.
  public static let pieceBytes = 64 << 10

  public static func isBinary(controlBytes: Int, bytes: Int) -> Bool {
    controlBytes * 20 > bytes
  }
}
