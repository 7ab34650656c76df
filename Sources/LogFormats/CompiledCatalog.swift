import LogBytes
public import LogEntries

/// A range of a pool.
@frozen
@usableFromInline
package struct PoolRange: Sendable, BitwiseCopyable {
  @usableFromInline package var first: UInt32
  @usableFromInline package var count: UInt32

  package init(_ first: Int, _ count: Int) {
    self.first = UInt32(first)
    self.count = UInt32(count)
  }

  package static let empty = PoolRange(0, 0)

  @inlinable
  @inline(__always)
  package var isEmpty: Bool { count == 0 }

  @inlinable
  @inline(__always)
  package var range: Range<Int> { Int(first)..<Int(first) &+ Int(count) }
}

/// What the loop over lines needs to know of a format. Trivial, so that reading one costs a copy.
package struct FormatTraits: Sendable, BitwiseCopyable {
  // In an order without gaps (`ImageCoder`).
  package var number: Int
  package var name: NameID
  /// The bytes of its longest absent value.
  package var longestAbsent: UInt32 = 0
  /// The field that goes to detection again, and the one that names its stream.
  package var wrap: NameID?
  package var rank: LogFormat.Rank
  package var multiline: LogFormat.Multiline
  package var preamble: Bool
  package var wrapKey: NameID?
  package var isWeak: Bool
  package var hasAbsent: Bool
  /// Nothing: it fills a gap.
  var padding: UInt8 = 0
  /// Wrapped texts may go on in further lines: until the field has another value, or without a field until the text ends with LF.
  package var partField: NameID?
  package var structure: Structure
  /// Its patterns do not see these.
  var colours: ColourCodes
  package var removesColours: Bool { !colours.isEmpty }
  package var hasStart: Bool { !start.isEmpty }
  /// Of `CompiledCatalog.patterns`.
  package var entry = PoolRange.empty
  /// With these, `entry` is matched against whole entries.
  package var start = PoolRange.empty
  package var lines = PoolRange.empty
  package var continues = PoolRange.empty
  package var end = PoolRange.empty
  package var require = PoolRange.empty
  package var forbid = PoolRange.empty
  package var file = PoolRange.empty
  package var clockSet = PoolRange.empty
  package var clockFile = PoolRange.empty
  /// Of `CompiledCatalog.eventFields`.
  package var events = PoolRange.empty
  /// Of `CompiledCatalog.partFields`.
  package var parts = PoolRange.empty
  /// Of `CompiledCatalog.findFields`.
  package var finds = PoolRange.empty
  /// The declared columns of a delimited format, in the keys' pool.
  package var columns = PoolRange.empty
  /// Values that mean null, of `CatalogPools.absentWords`.
  var absent = PoolRange.empty
  /// Of `CatalogPools.renames`.
  var renames = PoolRange.empty
  /// The operands of the time layouts of a JSON or `kv` format, of `CatalogPools.layouts`.
  var layouts = PoolRange.empty
  /// nil if the format says nothing.
  package var zone: Zone?
  /// See `partField`.
  package var hasPart = false

  package enum Structure: UInt8, Sendable, BitwiseCopyable {
    case patterns, json, keyValue, delimited

    init(_ structure: LogFormat.Structure) {
      switch structure {
      case .patterns: self = .patterns
      case .json: self = .json
      case .keyValue: self = .keyValue
      case .delimited: self = .delimited
      }
    }
  }
}

/// What of a format matters to each line of it, in two bytes: reading one copies no traits.
@frozen
@usableFromInline
package struct FormatFlags: OptionSet, Sendable, BitwiseCopyable {
  @usableFromInline package var rawValue: UInt16

  @inlinable
  @inline(__always)
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// It has `wrap`.
  @inlinable @inline(__always) package static var wraps: FormatFlags { FormatFlags(rawValue: 1) }
  @inlinable @inline(__always) package static var hasStart: FormatFlags { FormatFlags(rawValue: 2) }
  @inlinable @inline(__always) package static var hasContinues: FormatFlags { FormatFlags(rawValue: 4) }
  @inlinable @inline(__always) package static var hasEnd: FormatFlags { FormatFlags(rawValue: 8) }
  @inlinable @inline(__always) package static var removesColours: FormatFlags { FormatFlags(rawValue: 16) }
  @inlinable @inline(__always) package static var requires: FormatFlags { FormatFlags(rawValue: 32) }
  @inlinable @inline(__always) package static var forbids: FormatFlags { FormatFlags(rawValue: 64) }
  /// Some values mean null.
  @inlinable @inline(__always) package static var hasAbsent: FormatFlags { FormatFlags(rawValue: 256) }
  /// A line of it that is recognised needs nothing but its plan.
  @inlinable @inline(__always) package static var isPlain: FormatFlags { FormatFlags(rawValue: 128) }

  init(_ traits: FormatTraits) {
    self = []
    if traits.wrap != nil { insert(.wraps) }
    if traits.hasStart { insert(.hasStart) }
    if !traits.continues.isEmpty { insert(.hasContinues) }
    if !traits.end.isEmpty { insert(.hasEnd) }
    if traits.removesColours { insert(.removesColours) }
    if !traits.require.isEmpty { insert(.requires) }
    if !traits.forbid.isEmpty { insert(.forbids) }
    if traits.hasAbsent { insert(.hasAbsent) }
    if isDisjoint(with: [.wraps, .hasStart, .hasEnd, .removesColours]) { insert(.isPlain) }
  }
}

/// A value that means null: its first eight bytes, and where all of them stand.
struct AbsentWord: Sendable, BitwiseCopyable {
  var head: UInt64
  var first: UInt32
  var count: UInt32

  /// Which bits of a text's word count.
  var mask: UInt64 { count >= 8 ? ~0 : (1 &<< UInt64(8 &* count)) &- 1 }
}

/// Patterns of one field.
package struct FieldPatternsTraits: Sendable, BitwiseCopyable {
  package var field: NameID
  package var patterns: PoolRange
}

/// All formats of a run, compiled: immutable, shared by all streams.
public final class CompiledCatalog: Sendable {
  package let program: ProgramView
  package let captures: Pool<Capture>
  package let patterns: Pool<CompiledPattern>
  package let formats: Pool<FormatTraits>
  let details: [FormatDetails]
  package let flags: Pool<FormatFlags>
  package let eventFields: Pool<EventField>
  package let eventGroups: Pool<EventGroup>
  package let events: Pool<Event>
  let eventTables: EventTable
  let eventView: EventView
  package let partFields: Pool<FieldPatternsTraits>
  package let findFields: Pool<FieldPatternsTraits>
  package let candidates: CandidateTable
  let dialects: DialectTable
  /// Formats whose `clock.set` or `hints.require` look at every line.
  package let observers: [Int]
  let findFilter: FindFilter
  let observerTable: ObserverTable
  /// Observers that do not see the codes of colours in a line.
  let colouredObservers: [Int]
  /// The codes of colours that some format does not see.
  package let colours: ColourCodes
  /// By pattern.
  let heads: Pool<PatternHead>
  /// By format: names of zones of its own.
  let zoneNames: [ZoneNames.Own]
  /// By format: the operands of the time layouts of a JSON or `kv` format.
  let layouts: [[StrictOperand]]
  /// By format: its only value that means null, if that has at most eight bytes; a count of 0 else.
  let soleAbsents: Pool<AbsentWord>
  private let pools: CatalogPools

  /// Compiles formats; throws the first thing that is wrong with them.
  public convenience init(_ formats: [LogFormat]) throws(FormatDiagnostic) {
    self.init(try CatalogPools(formats))
  }

  init(_ pools: CatalogPools) {
    self.pools = pools
    program = ProgramView(pools.program)
    captures = pools.captures
    patterns = pools.patterns
    heads = pools.heads
    formats = pools.formats
    details = pools.details
    flags = Pool((0..<pools.formats.count).map { FormatFlags(pools.formats[$0]) })
    soleAbsents = Pool(
      (0..<pools.formats.count).map { number in
        let range = pools.formats[number].absent
        let isShort = range.count == 1 && pools.absentWords[Int(range.first)].count <= 8
        return isShort ? pools.absentWords[Int(range.first)] : AbsentWord(head: 0, first: 0, count: 0)
      })
    eventFields = pools.eventFields
    eventGroups = pools.eventGroups
    events = pools.events
    eventTables = pools.eventTables
    eventView = EventView(
      EventPools(
        fields: pools.eventFields, groups: pools.eventGroups, events: pools.events, tables: pools.eventTables, patterns: pools.patterns))
    partFields = pools.partFields
    findFields = pools.findFields
    findFilter = pools.findFilter
    candidates = pools.candidates
    dialects = pools.dialects
    observerTable = pools.observers
    let numbers = 0..<pools.formats.count
    observers = numbers.filter { !pools.formats[$0].clockSet.isEmpty || !pools.formats[$0].require.isEmpty }
    colouredObservers = observers.filter { pools.formats[$0].removesColours }
    let coloured = numbers.filter { pools.formats[$0].removesColours }.map { pools.formats[$0].colours }
    colours = ColourCodes(quake: coloured.contains { $0.quake }, minecraft: coloured.contains { $0.minecraft })
    layouts = numbers.map { pools.formats[$0].layouts.range.map { pools.layouts[$0] } }
    zoneNames = pools.details.map { ZoneNames.Own($0.zoneNames) }
  }

  /// What an executable holds instead of compiling these formats again; see `FormatCatalog.compile`.
  public func image() -> [UInt8] { pools.image() }

  /// The names of all formats, in the catalogue's order.
  public var formatNames: [String] { details.map(\.name) }

  /// Every name in the order of its number.
  package var names: [String] {
    (0..<pools.names.count).map { index in pools.names[index].range.map { pools.nameBytes[$0] }.string }
  }

  /// A table of the names that this catalogue declares.
  public func makeNames() -> FieldNames {
    var table = FieldNames()
    for index in 0..<pools.names.count { _ = table.intern(pools.nameBytes.span(pools.names[index])) }
    table.declareAll()
    return table
  }

  /// True if these bytes mean null in the format.
  package func isAbsent(_ bytes: Span<UInt8>, _ slice: FieldSlice, _ format: Int) -> Bool {
    let count = slice.count
    let mask: UInt64 = count >= 8 ? ~0 : (1 &<< UInt64(8 &* count)) &- 1
    let head = loadWord(bytes, at: Int(slice.start)) & mask
    for index in formats[format].absent.range where pools.absentWords[index].head == head && Int(pools.absentWords[index].count) == count {
      let first = Int(pools.absentWords[index].first)
      if count <= 8 || (8..<count).allSatisfy({ pools.absentBytes[first + $0] == bytes[Int(slice.start) + $0] }) { return true }
    }
    return false
  }

  /// The value of a wrapper's field that says that the text goes on in the next line.
  package func partValue(of format: Int) -> String { details[format].partValue }

  /// The level of a word in any case; a format's own words go before the common ones.
  package func level(_ word: Span<UInt8>, of format: Int) -> Level? {
    CommonLevels.level(of: word, own: details[format].levels)
  }

  /// The field's name of a key that a log wrote: snake_case, renamed, with the list's prefix; reserved names get an underscore in front.
  func name(
    ofKey key: Span<UInt8>, prefix: NameID, format: Int, _ assembly: inout EntryAssembly, _ names: inout FieldNames
  ) -> NameID {
    name(ofKey: key, prefix: prefix, format: format, room: &assembly.nameRoom, &names)
  }

  /// The same with any room to make it in.
  func name(
    ofKey key: Span<UInt8>, prefix: NameID, format: Int, room: inout ByteOutput, _ names: inout FieldNames
  ) -> NameID {
    room.removeAll()
    if prefix != ReservedNames.none {
      room.append(names.name(prefix))
      room.append(ASCII.underscore)
      ValueWriting.appendSnakeCase(key, to: &room)
      return names.intern(room.span)
    }
    ValueWriting.appendSnakeCase(key, to: &room)
    let name = names.intern(room.span)
    for index in formats[format].renames.range where pools.renames[index].key == name { return pools.renames[index].name }
    guard ReservedNames.reserved.contains(Int(name.value)) else { return name }
    room.removeAll()
    room.append("_")
    room.append(names.name(name))
    return names.intern(room.span)
  }
}
