public import LogBytes

/// One parsed log message, of one line or several: where formats and writers meet.
///
/// An entry holds no bytes of its own but `scratch`: its fields are slices of the stream's text, of `scratch`, or of the envelope's
/// bytes (`EntryBytes`). One entry is reused for a whole stream; after the first few it allocates nothing.
public struct LogEntry: ~Copyable {
  /// The format that took the entry, or nil for one that none knew.
  public var format: NameID?
  public var event: NameID?
  public var level: Level?
  public var time: Timestamp?
  /// The message, or nil if the entry has none. Its name means nothing.
  public var message: EntryField?
  /// All other fields, in the order of the output.
  public var fields = ReusedBuffer<EntryField>(capacity: 64)
  /// Moments of fields of the kind `time`.
  public var times = ReusedBuffer<Timestamp>(capacity: 4)
  /// Bytes that were made for this entry.
  public var scratch: ByteOutput
  /// The first physical line, from 1.
  public var sourceLine = 0
  /// How many physical lines.
  public var sourceLines = 0

  public init() {
    scratch = ByteOutput(capacity: 4096)
  }

  /// Makes the entry empty and keeps its room.
  public mutating func removeAll() {
    format = nil
    event = nil
    level = nil
    time = nil
    message = nil
    fields.removeAll()
    times.removeAll()
    scratch.removeAll()
    sourceLine = 0
    sourceLines = 0
  }
}

/// The bytes that an entry's slices mean, besides its own `scratch`.
@frozen
public struct EntryBytes: ~Escapable {
  /// The text of the stream.
  public var text: Span<UInt8>
  /// What envelope and record knew.
  public var envelope: Span<UInt8>
  /// The name of the input for `source_file`; empty for none.
  public var sourceFile: Span<UInt8>

  @_lifetime(copy text, copy envelope, copy sourceFile)
  @inlinable
  public init(text: Span<UInt8>, envelope: Span<UInt8>, sourceFile: Span<UInt8>) {
    self.text = text
    self.envelope = envelope
    self.sourceFile = sourceFile
  }
}
