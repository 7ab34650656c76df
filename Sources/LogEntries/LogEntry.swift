public import LogBytes

/// One parsed log message, of one line or several: where formats and writers meet.
///
/// An entry holds no bytes of its own but `scratch`: its fields are slices of the stream's text, of `scratch`, or of the envelope's
/// bytes (`EntryBytes`). One entry is reused for a whole stream; after the first few it allocates nothing.
///
/// It is a pointer to what it holds, so that lending it costs a register and not a copy of 136 bytes.
@frozen
@safe
public struct LogEntry: ~Copyable {
  @usableFromInline
  struct Storage: ~Copyable {
    @usableFromInline var format: NameID?
    @usableFromInline var event: NameID?
    @usableFromInline var level: Level?
    @usableFromInline var time: Timestamp?
    @usableFromInline var message: EntryField?
    @usableFromInline var fields = ReusedBuffer<EntryField>(capacity: 64)
    @usableFromInline var times = ReusedBuffer<Timestamp>(capacity: 4)
    @usableFromInline var scratch = ByteOutput(capacity: 4096)
    @usableFromInline var sourceLine = 0
    @usableFromInline var sourceLines = 0

    init() {}
  }

  // Lives as long as the entry, which alone uses it.
  @usableFromInline let storage: UnsafeMutablePointer<Storage>

  public init() {
    unsafe storage = .allocate(capacity: 1)
    unsafe storage.initialize(to: Storage())
  }

  deinit {
    unsafe storage.deinitialize(count: 1)
    unsafe storage.deallocate()
  }

  /// The format that took the entry, or nil for one that none knew.
  @inlinable
  public var format: NameID? {
    @inline(__always)
    get { unsafe storage.pointee.format }
    @inline(__always)
    set { unsafe storage.pointee.format = newValue }
  }
  @inlinable
  public var event: NameID? {
    @inline(__always)
    get { unsafe storage.pointee.event }
    @inline(__always)
    set { unsafe storage.pointee.event = newValue }
  }
  @inlinable
  public var level: Level? {
    @inline(__always)
    get { unsafe storage.pointee.level }
    @inline(__always)
    set { unsafe storage.pointee.level = newValue }
  }
  @inlinable
  public var time: Timestamp? {
    @inline(__always)
    get { unsafe storage.pointee.time }
    @inline(__always)
    set { unsafe storage.pointee.time = newValue }
  }
  /// The message, or nil if the entry has none. Its name means nothing.
  @inlinable
  public var message: EntryField? {
    @inline(__always)
    get { unsafe storage.pointee.message }
    @inline(__always)
    set { unsafe storage.pointee.message = newValue }
  }
  /// All other fields, in the order of the output.
  @inlinable
  public var fields: ReusedBuffer<EntryField> {
    @inline(__always)
    _read { yield unsafe storage.pointee.fields }
    @inline(__always)
    _modify { yield unsafe &storage.pointee.fields }
  }
  /// Moments of fields of the kind `time`.
  @inlinable
  public var times: ReusedBuffer<Timestamp> {
    @inline(__always)
    _read { yield unsafe storage.pointee.times }
    @inline(__always)
    _modify { yield unsafe &storage.pointee.times }
  }
  /// Bytes that were made for this entry.
  @inlinable
  public var scratch: ByteOutput {
    @inline(__always)
    _read { yield unsafe storage.pointee.scratch }
    @inline(__always)
    _modify { yield unsafe &storage.pointee.scratch }
  }
  /// The first physical line, from 1.
  @inlinable
  public var sourceLine: Int {
    @inline(__always)
    get { unsafe storage.pointee.sourceLine }
    @inline(__always)
    set { unsafe storage.pointee.sourceLine = newValue }
  }
  /// How many physical lines.
  @inlinable
  public var sourceLines: Int {
    @inline(__always)
    get { unsafe storage.pointee.sourceLines }
    @inline(__always)
    set { unsafe storage.pointee.sourceLines = newValue }
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
