import LogBytes
import LogEntries

/// A name of its own for a key of the log.
struct Rename: Sendable, BitwiseCopyable {
  var key: NameID
  var name: NameID
}

/// Everything that a compiled catalogue consists of, in the form in which an image holds it (`ImageCoder`).
struct CatalogPools: Sendable {
  var program = ProgramPools()
  var captures = Pool<Capture>()
  var patterns = Pool<CompiledPattern>()
  /// By pattern.
  var heads = Pool<PatternHead>()
  var formats = Pool<FormatTraits>()
  var details: [FormatDetails] = []
  var eventFields = Pool<EventField>()
  var eventGroups = Pool<EventGroup>()
  var events = Pool<Event>()
  var eventTables = EventTable()
  var partFields = Pool<FieldPatternsTraits>()
  var findFields = Pool<FieldPatternsTraits>()
  var candidates = CandidateTable()
  var findFilter = FindFilter()
  var dialects = DialectTable()
  var observers = ObserverTable()
  var absentWords = Pool<AbsentWord>()
  var absentBytes = Pool<UInt8>()
  var renames = Pool<Rename>()
  var layouts = Pool<StrictOperand>()
  /// Every name in the order of its number: a range of `nameBytes`.
  var names = Pool<PoolRange>()
  var nameBytes = Pool<UInt8>()

  init() {}

  /// Compiles formats; throws the first thing that is wrong with them.
  init(_ formats: [LogFormat]) throws(FormatDiagnostic) {
    var builder = CatalogBuilder()
    for format in formats { try builder.add(format) }
    self.init(builder)
  }

  private init(_ builder: consuming CatalogBuilder) {
    var builder = builder
    program = ProgramPools(builder.compiler.programs)
    captures = Pool(builder.compiler.captures)
    observers = ObserverTable(builder.formats, builder.declarations)
    observers.setObserving(&builder.patterns, builder.formats, builder.declarations)
    patterns = Pool(builder.patterns)
    heads = Pool(builder.patterns.map(\.head))
    formats = Pool(builder.formats)
    details = builder.declarations.map(FormatDetails.init)
    eventFields = Pool(builder.eventFields)
    eventGroups = Pool(builder.eventGroups)
    events = Pool(builder.events)
    eventTables = EventTable(builder.eventTables)
    partFields = Pool(builder.partFields)
    findFields = Pool(builder.findFields)
    findFilter = FindFilter(builder.declarations.flatMap { $0.find.map(\.patterns) })
    candidates = CandidateTable(builder.formats, builder.patterns, details)
    dialects = DialectTable(builder.formats, builder.patterns, builder.declarations)
    absentWords = Pool(builder.absentWords)
    absentBytes = Pool(builder.absentBytes)
    renames = Pool(builder.renames)
    layouts = Pool(builder.layouts)
    var ranges: [PoolRange] = []
    var bytes: [UInt8] = []
    for name in builder.compiler.names {
      ranges.append(PoolRange(bytes.count, name.utf8.count))
      bytes += name.utf8
    }
    names = Pool(ranges)
    nameBytes = Pool(bytes)
  }

  private mutating func code(_ coder: inout ImageCoder) {
    program.code(&coder)
    coder.code(&captures)
    coder.code(&patterns)
    coder.code(&heads)
    coder.code(&formats)
    coder.code(&details, blank: FormatDetails()) { details, coder in details.code(&coder) }
    coder.code(&eventFields)
    coder.code(&eventGroups)
    coder.code(&events)
    eventTables.code(&coder)
    coder.code(&partFields)
    coder.code(&findFields)
    findFilter.code(&coder)
    candidates.code(&coder)
    dialects.code(&coder)
    observers.code(&coder)
    coder.code(&absentWords)
    coder.code(&absentBytes)
    coder.code(&renames)
    coder.code(&layouts)
    coder.code(&names)
    coder.code(&nameBytes)
  }

  /// The image of these pools.
  func image() -> [UInt8] {
    var coder = ImageCoder()
    var copy = self
    copy.code(&coder)
    return coder.output
  }

  /// The pools of an image; nil if it is not one of this build. Requires memory that is aligned to 16 bytes and never changes or goes away.
  @unsafe
  init?(image: UnsafeRawBufferPointer) {
    var coder = unsafe ImageCoder(reading: image)
    code(&coder)
    if !coder.isSound { return nil }
  }
}
