/// How the bytes of a value are to be read.
@frozen
public enum ValueKind: UInt8, Sendable, Hashable {
  /// Bytes of the log: a writer escapes them and replaces what is not UTF-8 by U+FFFD.
  case string
  /// A number in JSON's grammar, as it goes out.
  case number
  /// `true`; the slice means nothing.
  case yes
  /// `false`; the slice means nothing.
  case no
  /// Valid JSON text of an object or array, as it goes out; one cell of a CSV row.
  case json
  /// The inside of a valid JSON string (without its quotes, escapes as the log wrote them): JSON takes it as it is, CSV unescapes it.
  case jsonString
  /// A moment; the slice's start is an index into `LogEntry.times`.
  case time

  /// Whether the slice is a range of bytes.
  @inlinable
  public var hasBytes: Bool {
    switch self {
    case .string, .number, .json, .jsonString: true
    case .yes, .no, .time: false
    }
  }
}

/// The buffer in which the bytes of a value stand.
@frozen
public enum ValueSource: UInt8, Sendable, Hashable {
  /// The text of the stream: bytes as they were read.
  case text
  /// `LogEntry.scratch`: bytes that were made from the log's (unescaped, joined, cleaned).
  case scratch
  /// What envelope and record knew, the same for many entries.
  case envelope
}

/// One field of an entry: a name, and where its value stands. 16 bytes.
@frozen
public struct EntryField: Sendable, BitwiseCopyable {
  public var name: NameID
  public var slice: FieldSlice
  public var kind: ValueKind
  public var source: ValueSource

  @inlinable
  public init(name: NameID, slice: FieldSlice, kind: ValueKind, source: ValueSource) {
    self.name = name
    self.slice = slice
    self.kind = kind
    self.source = source
  }
}
