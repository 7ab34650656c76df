public import LogBytes

/// The number of a name in `FieldNames`.
@frozen
public struct NameID: Sendable, Hashable {
  public var value: UInt32

  @inlinable
  public init(_ value: UInt32) { self.value = value }
}

/// The names of fields, formats and events, each once: entries carry numbers, writers look the bytes up.
///
/// A name is kept as the JSON key that it becomes (`,"name":`), so that a writer copies it in one piece; the bare name stands inside
/// that key, or beside it if it has bytes that JSON escapes. Names that a format declares are there for good; the keys that a log
/// brings (JSON, pairs) are interned as they come and forgotten by `forgetLearned` when there are too many of them.
@frozen
public struct FieldNames: ~Copyable {
  /// Where a name stands in `bytes`.
  @frozen
  @usableFromInline
  struct Place: BitwiseCopyable {
    /// `,"name":` with escapes.
    @usableFromInline var key: FieldSlice
    /// The name itself.
    @usableFromInline var name: FieldSlice

    @usableFromInline
    init(key: FieldSlice, name: FieldSlice) {
      self.key = key
      self.name = name
    }
  }

  /// The keys and names one behind the other. What stands behind them can be read: a key is copied in one piece of
  /// `ByteCursor.shortCount` bytes, whatever its length.
  @usableFromInline var bytes = ByteOutput(capacity: 4096)
  @usableFromInline var places = ReusedBuffer<Place>(capacity: 256)
  /// Open addressing with linear probes, at most half full: 0 for a free cell, else the number of a name plus one.
  @usableFromInline var table = [UInt32](repeating: 0, count: 64)
  /// Keys come from logs: an unknown seed keeps a sender from choosing keys that collide.
  @usableFromInline let seed = UInt64.random(in: 0...UInt64.max)
  @usableFromInline var declared = 0
  /// The bytes of the longest `key`.
  public private(set) var longestKey = 0

  public init() {}

  /// The number of names.
  public var count: Int { places.count }

  /// How many names were learned from logs.
  public var learned: Int { count - declared }

  /// The number of `name`; it is added if it is new. Amortized linear in the name's length.
  public mutating func intern(_ name: String) -> NameID {
    var name = name
    return name.withUTF8 { utf8 in unsafe intern(Span(_unsafeElements: utf8)) }
  }

  /// The number of the name that these bytes are; it is added if it is new. Allocates only then. Amortized linear in the name's length.
  public mutating func intern(_ name: Span<UInt8>) -> NameID {
    let cell = cell(of: name)
    if table[cell] != 0 { return NameID(table[cell] - 1) }
    let id = UInt32(places.count)
    places.append(store(name))
    table[cell] = id + 1
    if places.count * 2 > table.count { rebuildTable(cells: table.count * 2) }
    return NameID(id)
  }

  /// Everything interned so far is declared: it stays for good.
  public mutating func declareAll() {
    declared = count
  }

  /// Forgets the names that logs brought; linear in the number of declared ones. No entry that uses a forgotten name may be alive.
  public mutating func forgetLearned() {
    guard learned > 0 else { return }
    bytes.truncate(to: Int(places[declared].key.start))
    places.truncate(to: declared)
    longestKey = 0
    for index in places.indices { longestKey = max(longestKey, places[index].key.count) }
    rebuildTable(cells: table.count)
  }

  /// The bytes of a name; constant time.
  @inlinable
  @_lifetime(borrow self)
  public func name(_ id: NameID) -> Span<UInt8> {
    bytes.span.extracting(places[Int(id.value)].name.range)
  }

  /// `,"name":`, as it stands in a JSON object behind a first member; constant time.
  @inlinable
  @_lifetime(borrow self)
  public func key(_ id: NameID) -> Span<UInt8> {
    bytes.span.extracting(places[Int(id.value)].key.range)
  }

  /// `"name"`: the name as a JSON string; constant time.
  @inlinable
  @_lifetime(borrow self)
  public func quoted(_ id: NameID) -> Span<UInt8> {
    let key = places[Int(id.value)].key.range
    return bytes.span.extracting(key.lowerBound + 1..<key.upperBound - 1)
  }

  /// Appends what `key` answers.
  @inlinable
  @inline(__always)
  public func appendKey(_ id: NameID, to cursor: inout ByteCursor) {
    let key = places[Int(id.value)].key
    // The slack of the output stands behind the last key.
    cursor.appendReadable(ByteSource(bytes), Int(key.start), count: key.count)
  }

  /// Appends what `quoted` answers.
  @inlinable
  @inline(__always)
  public func appendQuoted(_ id: NameID, to cursor: inout ByteCursor) {
    let key = places[Int(id.value)].key
    cursor.appendReadable(ByteSource(bytes), Int(key.start) &+ 1, count: key.count &- 2)
  }

  /// The name as a string; for messages, not for the output.
  public func string(_ id: NameID) -> String {
    var copy: [UInt8] = []
    let name = name(id)
    for index in name.indices { copy.append(name[index]) }
    return String(decoding: copy, as: UTF8.self)
  }
}

// MARK: - Storing and finding

extension FieldNames {
  private mutating func store(_ name: Span<UInt8>) -> Place {
    var key = ByteOutput(capacity: name.count + 4)
    key.append(",\"")
    key.appendJSONEscaped(name)
    key.append("\":")
    let keySlice = keep(key.span)
    longestKey = max(longestKey, keySlice.count)
    let inside = FieldSlice(Int(keySlice.start) + 2, Int(keySlice.end) - 2)
    return Place(key: keySlice, name: equal(inside, name) ? inside : keep(name))
  }

  private mutating func keep(_ added: Span<UInt8>) -> FieldSlice {
    let start = bytes.count
    bytes.append(added)
    return FieldSlice(start, bytes.count)
  }

  /// The cell that holds `name`, or the free one where it belongs.
  private func cell(of name: Span<UInt8>) -> Int {
    let mask = table.count - 1
    var cell = Int(truncatingIfNeeded: hash(name)) & mask
    while table[cell] != 0, !equal(places[Int(table[cell]) - 1].name, name) { cell = (cell + 1) & mask }
    return cell
  }

  private func equal(_ slice: FieldSlice, _ other: Span<UInt8>) -> Bool {
    guard slice.count == other.count else { return false }
    let start = Int(slice.start)
    return hasPrefix(other, in: bytes.span, at: start)
  }

  /// Eight bytes a step, each folded in by the high and the low half of a product.
  private func hash(_ name: Span<UInt8>) -> UInt64 {
    var state = seed ^ UInt64(truncatingIfNeeded: name.count)
    var index = 0
    while index < name.count {
      var word: UInt64 = 0
      let end = min(index + 8, name.count)
      while index < end {
        word = word << 8 | UInt64(name[index])
        index += 1
      }
      let product = (state ^ word).multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
      state = product.high ^ product.low
    }
    return state ^ (state >> 32)
  }

  private mutating func rebuildTable(cells: Int) {
    table = [UInt32](repeating: 0, count: cells)
    let mask = cells - 1
    for id in places.indices {
      var cell = Int(truncatingIfNeeded: hash(bytes.span.extracting(places[id].name.range))) & mask
      while table[cell] != 0 { cell = (cell + 1) & mask }
      table[cell] = UInt32(id) + 1
    }
  }
}
