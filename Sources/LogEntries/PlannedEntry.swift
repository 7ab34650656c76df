public import LogBytes

/// One field of a planned entry: which slot of a match its value stands in, and in what form it goes out.
@frozen
public struct PlannedField: Sendable, BitwiseCopyable {
  public var name: NameID
  /// The name of an endpoint's port.
  public var portName: NameID
  public var slot: UInt16
  public var form: Form

  @inlinable
  public init(name: NameID, portName: NameID, slot: UInt16, form: Form) {
    self.name = name
    self.portName = portName
    self.slot = slot
    self.form = form
  }

  @frozen
  public enum Form: UInt8, Sendable, BitwiseCopyable {
    /// Bytes of the log.
    case string
    /// Digits behind a sign or none: goes out as it stands if JSON takes it so.
    case integer
    /// The same with a fraction.
    case decimal
    /// `true`.
    case yes
    /// An IPv4 address, `:` and a port: two fields.
    case endpoint
    /// The entry's items: as many fields as a list in the log has.
    case items
    /// JSON that goes out as it stands.
    case verbatim
  }
}

/// A field of a planned entry whose name stood in the log.
@frozen
public struct PlannedItem: Sendable, BitwiseCopyable {
  public var name: NameID
  public var value: FieldSlice
  public var form: Form

  @inlinable
  public init(name: NameID, value: FieldSlice, form: Form) {
    self.name = name
    self.value = value
    self.form = form
  }

  @frozen
  public enum Form: UInt8, Sendable, BitwiseCopyable {
    /// Bytes of the log.
    case text
    /// The same, which are the inside of a JSON string as they stand.
    case raw
    /// Bytes of the entry's scratch.
    case made
    /// `true`.
    case yes
  }
}

/// A range of planned fields, and the event they belong to.
@frozen
public struct PlannedFields: Sendable, BitwiseCopyable {
  public var first: UInt32
  public var count: UInt32

  @inlinable
  public init(_ first: Int, _ count: Int) {
    self.first = UInt32(truncatingIfNeeded: first)
    self.count = UInt32(truncatingIfNeeded: count)
  }

  @inlinable
  @inline(__always)
  public var range: Range<Int> { Int(first)..<Int(first) &+ Int(count) }
}

/// An entry of one line whose fields were never gathered: what stands before them, and the plans by which a writer takes them from the slots
/// of the matches.
@frozen
public struct PlannedEntry: ~Copyable {
  public var format = NameID(0)
  public var time: Timestamp?
  public var level: Level?
  public var event: NameID?
  /// `SlotBuffer.absent` for none.
  public var message = SlotBuffer.absent
  /// Fields of the dialect.
  public var fields = PlannedFields(0, 0)
  /// Fields of the event.
  public var eventFields = PlannedFields(0, 0)
  /// Fields that no plan knows, behind all others: strings in the line, and JSON in `scratch`.
  public var added = ReusedBuffer<EntryField>(capacity: 16)
  /// Values of items that do not stand in the line, too.
  public var scratch = ByteOutput(capacity: 64)
  /// Bytes of the values of `added`.
  public var addedBytes = 0
  /// What goes out for the field of the form `items`, of which there is one at most.
  public var items = ReusedBuffer<PlannedItem>(capacity: 16)
  /// Strings that go out as they stand, for an entry whose values were read by its shape: a bit a slot, the highest for the message.
  public var raw: UInt64 = 0
  /// Values that stand in the scratch of the shapes, likewise.
  public var made: UInt64 = 0
  /// Bytes of the line.
  public var lineBytes = 0
  /// Bytes behind the line can be read, as many as the writer wants.
  public var isFarFromEnd = false

  @inlinable
  public init() {}

  /// Forgets the fields that were added.
  @inlinable
  @inline(__always)
  public mutating func removeAdded() {
    added.removeAll()
    scratch.removeAll()
    addedBytes = 0
  }

  /// Adds a field behind all others.
  @inlinable
  public mutating func add(_ field: EntryField) {
    added.append(field)
    addedBytes &+= field.slice.count
  }
}
