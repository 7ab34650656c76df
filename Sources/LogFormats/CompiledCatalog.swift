package import LogBytes
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
  package var number: Int
  package var name: NameID
  package var rank: LogFormat.Rank
  package var multiline: LogFormat.Multiline
  package var hasStart: Bool { !start.isEmpty }
  package var preamble: Bool
  package var isWeak: Bool
  package var hasAbsent: Bool
  /// The bytes of its longest absent value.
  package var longestAbsent: UInt32 = 0
  /// It has `hints.require`, `hints.forbid` or codes of colours: detection looks twice.
  package var hasHints: Bool
  /// Its patterns do not see these.
  var colours: ColourCodes
  package var removesColours: Bool { hasHints && !colours.isEmpty }
  package var structure: Structure
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
  /// The field that goes to detection again, and the one that names its stream.
  package var wrap: NameID?
  package var wrapKey: NameID?
  /// Wrapped texts may go on in further lines: until the field has another value, or without a field until the text ends with LF.
  package var hasPart = false
  package var partField: NameID?
  /// nil if the format says nothing.
  package var zone: Zone?

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

/// A value that means null: its first eight bytes, and where all of them stand.
struct AbsentWord: Sendable, BitwiseCopyable {
  var head: UInt64
  var first: UInt32
  var count: UInt32
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
  package let declarations: [LogFormat]
  package let eventFields: Pool<EventField>
  package let eventGroups: Pool<EventGroup>
  package let events: Pool<Event>
  package let eventTables: Pool<ByteSet>
  package let partFields: Pool<FieldPatternsTraits>
  package let findFields: Pool<FieldPatternsTraits>
  package let candidates: CandidateTable
  /// Formats whose `clock.set` or `hints.require` look at every line.
  package let observers: [Int]
  let observerTable: ObserverTable
  /// Observers that do not see the codes of colours in a line.
  let colouredObservers: [Int]
  /// By pattern.
  let heads: Pool<PatternHead>
  package let names: [String]
  /// By format: names of zones of its own.
  let zoneNames: [ZoneNames.Own]
  /// By format: the operands of the time layouts of a JSON or `kv` format.
  let layouts: [[StrictOperand]]
  /// Raw bytes that mean null: by format a range of these words, whose bytes stand in `absentBytes`.
  private let absentRanges: Pool<PoolRange>
  private let absentWords: Pool<AbsentWord>
  private let absentBytes: Pool<UInt8>
  /// Names of their own for keys of the log, by format.
  private let renames: [[NameID: NameID]]

  /// Compiles formats; throws the first thing that is wrong with them.
  public convenience init(_ formats: [LogFormat]) throws(FormatDiagnostic) {
    var builder = CatalogBuilder()
    for format in formats { try builder.add(format) }
    self.init(builder)
  }

  init(_ builder: consuming CatalogBuilder) {
    formats = Pool(builder.formats)
    declarations = builder.declarations
    patterns = Pool(builder.patterns)
    eventFields = Pool(builder.eventFields)
    eventGroups = Pool(builder.eventGroups)
    events = Pool(builder.events)
    eventTables = Pool(builder.eventTables)
    partFields = Pool(builder.partFields)
    findFields = Pool(builder.findFields)
    var ranges: [PoolRange] = []
    var words: [AbsentWord] = []
    var bytes: [UInt8] = []
    for declaration in builder.declarations {
      ranges.append(PoolRange(words.count, declaration.absent.count))
      for value in declaration.absent {
        words.append(AbsentWord(head: loadWord(value.span, at: 0), first: UInt32(bytes.count), count: UInt32(value.count)))
        bytes += value
      }
    }
    absentRanges = Pool(ranges)
    absentWords = Pool(words)
    absentBytes = Pool(bytes)
    colouredObservers = builder.formats.filter { $0.removesColours && (!$0.clockSet.isEmpty || !$0.require.isEmpty) }.map(\.number)
    renames = builder.renames
    observerTable = ObserverTable(builder.formats, builder.declarations)
    heads = Pool(builder.patterns.map(\.head))
    observers = builder.formats.filter { !$0.clockSet.isEmpty || !$0.require.isEmpty }.map(\.number)
    candidates = CandidateTable(builder.formats, builder.patterns, builder.declarations)
    program = ProgramView(builder.compiler.programs)
    captures = Pool(builder.compiler.captures)
    layouts = builder.layouts
    zoneNames = builder.declarations.map { ZoneNames.Own($0.clock.names) }
    names = builder.compiler.names
  }

  /// The names of all formats, in the catalogue's order.
  public var formatNames: [String] { declarations.map(\.name) }

  public func declaration(named name: String) -> LogFormat? { declarations.first { $0.name == name } }

  /// A table of the names that this catalogue declares.
  public func makeNames() -> FieldNames {
    var table = FieldNames()
    for name in names { _ = table.intern(name) }
    table.declareAll()
    return table
  }

  /// True if these bytes mean null in the format.
  package func isAbsent(_ bytes: Span<UInt8>, _ slice: FieldSlice, _ format: Int) -> Bool {
    let count = slice.count
    let mask: UInt64 = count >= 8 ? ~0 : (1 &<< UInt64(8 &* count)) &- 1
    let head = loadWord(bytes, at: Int(slice.start)) & mask
    for index in absentRanges[format].range where absentWords[index].head == head && Int(absentWords[index].count) == count {
      let first = Int(absentWords[index].first)
      if count <= 8 || (8..<count).allSatisfy({ absentBytes[first + $0] == bytes[Int(slice.start) + $0] }) { return true }
    }
    return false
  }

  /// The level of a word in any case; a format's own words go before the common ones.
  package func level(_ word: Span<UInt8>, of format: Int) -> Level? {
    CommonLevels.level(of: word, own: declarations[format].levels)
  }

  /// The field's name of a key that a log wrote: snake_case, renamed, with the list's prefix; reserved names get an underscore in front.
  func name(
    ofKey key: Span<UInt8>, prefix: NameID, format: Int, _ assembly: inout EntryAssembly, _ names: inout FieldNames
  ) -> NameID {
    assembly.nameRoom.removeAll()
    if prefix != ReservedNames.none {
      assembly.nameRoom.append(names.name(prefix))
      assembly.nameRoom.append(ASCII.underscore)
      ValueWriting.appendSnakeCase(key, to: &assembly.nameRoom)
      return names.intern(assembly.nameRoom.span)
    }
    ValueWriting.appendSnakeCase(key, to: &assembly.nameRoom)
    let name = names.intern(assembly.nameRoom.span)
    if let renamed = renames[format][name] { return renamed }
    if ReservedNames.reserved.contains(Int(name.value)) { return assembly.name(before: "_", name, &names) }
    return name
  }
}
