import LogBytes
package import LogEntries

/// Finds the format of each line, and what is in it. It holds what streams remember: the format that matched last, clocks, hints.
///
/// A line costs what its candidates cost: those whose first byte it has, the locked format first. Nothing is allocated for a line.
package struct FormatDetector: ~Copyable {
  package let catalog: CompiledCatalog
  /// The catalogue's, at hand for each line.
  package let flags: Pool<FormatFlags>
  /// Those of the catalogue, or those of the file.
  var candidates: CandidateTable
  var fileCandidates: FileCandidates?
  /// What the file's name says to clocks, by format.
  var fileBases: [(format: Int, base: TimeParts)] = []
  package private(set) var options: DetectionOptions
  package internal(set) var slots = SlotBuffer(count: Matcher.maximumSlots)
  var keptSlots = SlotBuffer(count: Matcher.maximumSlots)
  package var state = MatchState()
  package var events = EventScratch()
  /// nil when the text has moved, or when something else was matched with `events`.
  package var matchedEvent: MatchedEvent?
  /// No line of the window holds codes of colours that an observer still asks for.
  var isColourlessWindow = false
  package var plans = EntryPlans()
  /// For `followShape`.
  package internal(set) var shapes = LineShapes()
  /// Those of objects, if `shapes` are those of pairs, or the other way round.
  var otherShapes = LineShapes(isObject: true)
  /// The last list of candidates whose strong ones are all formats of objects.
  var objectsList = (list: -1, generation: 0)
  var shaped = ShapedValues()
  /// For `recogniseSteady`.
  var steady = SteadyDialects()
  var joiningBeginnings = JoiningBeginnings()
  /// For `recogniseRecent`.
  var recents: RecentDialects
  var rivals = DialectRivals()
  /// The line that was recognised last, if its format does not see its codes of colours: what stands in `slots` are places in it.
  var colourless = ColourlessLine()
  var isColourless = false
  var spareLines: [ColourlessLine] = []
  /// The line that a pattern beside detection sees.
  let seenLine = ColourlessLine()
  /// Room for a value that the second stage copies.
  var spare: ValueCopy? = ValueCopy()
  /// Room for the values of a find.
  var foundValues = ReusedBuffer<FieldSlice>()
  /// Where the finds may stand in the value that is looked at.
  var findPlaces = FindPlaces()
  var streams: [StreamMemory] = []
  var clocks: [Clock] = []
  /// The object that stands in the line that is looked at, read once for all formats.
  var object = JSONObject()
  var isObjectRead = false
  var isObject = false
  /// The line stands inside of an object, which it may go on with: JSON formats take nothing.
  package var isInsideObject = false
  var readers: [StructureReader]
  /// What declaring lines said: those of a stream stand side by side, one a delimited format.
  var tables: [DelimitedTable] = []
  /// How many formats are delimited.
  let tableCount: Int
  var memos = PrefixMemos()
  private var tailItems: [TailItem] = []
  /// Those of a complete entry; `tailItems` may be those of the line behind it.
  var wholeTailItems: [TailItem] = []
  var tailStart = 0

  /// By stream: formats whose `hints.require` was met, a bit each.
  var met = WordBuffer()
  let metLanes: Int
  /// By stream: observers that still look at its lines, a bit each; what was met once is looked for no more.
  var pending = WordBuffer()
  let observerLanes: Int
  /// By stream: the dialects of formats that require nothing, or met it.
  var likely = WordBuffer()
  /// Room for the observers and for the dialects that allow the beginning of a line, a bit each, and for their candidates.
  var seeing = WordBuffer()
  var alive = WordBuffer()
  var found = WordBuffer()
  /// Which dialects, and which observers, the lines looked at so far could be of.
  var dialectStates: LineStates
  var observerStates: LineStates
  var outcomes = CandidateLists()
  var pausedWalks = PausedWalks()
  var sequenceAnswers = SequenceAnswers()

  /// What a stream remembers.
  struct StreamMemory {
    /// The format that matched last, -1 for none.
    var locked = -1
    /// It took the line before that one too.
    var isRepeated = false
    /// How many formats still look for something in lines without codes of colours.
    var colouredPending: Int
    /// A line declared the columns of a table.
    var hasTables = false
  }

  package init(_ catalog: CompiledCatalog, options: DetectionOptions) {
    self.catalog = catalog
    flags = catalog.flags
    self.options = options
    candidates = catalog.candidates
    hasObservers = !catalog.observers.isEmpty
    hasObjects = (0..<catalog.formats.count).contains { catalog.formats[$0].structure == .json }
    hasRequirements = catalog.observers.contains { !catalog.formats[$0].require.isEmpty }
    recents = RecentDialects(patterns: catalog.patterns.count)
    dialectStates = LineStates(catalog.dialects.automaton)
    observerStates = LineStates(catalog.observerTable.automaton)
    readers = StructureReader.readers(of: catalog)
    tableCount = readers.count { if case .delimited = $0 { true } else { false } }
    metLanes = (catalog.formats.count + 63) / 64
    observerLanes = catalog.observerTable.filter.lanes
    seeing.resize(to: observerLanes, with: 0)
    alive.resize(to: catalog.dialects.filter.lanes, with: 0)
    found.resize(to: (2 * catalog.formats.count + 63) / 64, with: 0)
  }

  /// Forgets all streams; what a record gives does not hang on the records before it.
  package mutating func removeAllStreams() {
    streams.removeAll(keepingCapacity: true)
    matchedEvent = nil
    steady.forget()
    recents.forget()
    met.resize(to: 0, with: 0)
    pending.resize(to: 0, with: 0)
    likely.resize(to: 0, with: 0)
    clocks.removeAll(keepingCapacity: true)
    tables.removeAll(keepingCapacity: true)
  }

  /// Begins a stream; answers its number.
  package mutating func addStream() -> Int {
    streams.append(StreamMemory(colouredPending: catalog.colouredObservers.count))
    met.resize(to: streams.count * metLanes, with: 0)
    pending.resize(to: streams.count * observerLanes, with: .max)
    likely.append(catalog.dialects.plain)
    if catalog.formats.count == 1, hasRequirements { setMet(0, streams.count - 1) }
    for number in 0..<catalog.formats.count {
      clocks.append(
        Clock(
          arrival: options.arrival, zone: catalog.formats[number].zone ?? options.zone, day: options.day, names: catalog.zoneNames[number]))
    }
    for (format, base) in fileBases { clocks[clockIndex(format, streams.count - 1)].setBase(base) }
    addTables()
    return streams.count - 1
  }

  /// Forgets all streams but the first and one more; answers the number that this one has now.
  package mutating func removeInnerStreams(but kept: Int) -> Int {
    guard kept > 0 else {
      streams.removeSubrange(1...)
      met.resize(to: metLanes, with: 0)
      pending.resize(to: observerLanes, with: 0)
      likely.resize(to: alive.count, with: 0)
      clocks.removeSubrange(catalog.formats.count...)
      removeInnerTables(but: kept)
      return 0
    }
    streams.swapAt(1, kept)
    streams.removeSubrange(2...)
    met.swap(metLanes, kept * metLanes, count: metLanes)
    met.resize(to: 2 * metLanes, with: 0)
    pending.swap(observerLanes, kept * observerLanes, count: observerLanes)
    pending.resize(to: 2 * observerLanes, with: 0)
    likely.swap(alive.count, kept * alive.count, count: alive.count)
    likely.resize(to: 2 * alive.count, with: 0)
    for format in 0..<catalog.formats.count { clocks.swapAt(clockIndex(format, 1), clockIndex(format, kept)) }
    clocks.removeSubrange((2 * catalog.formats.count)...)
    removeInnerTables(but: kept)
    return 1
  }

  /// The arrival of the lines that are read from now on, in seconds since 1970.
  package mutating func setArrival(_ seconds: Int64) {
    // Streams that begin later, inside of a wrapper, begin with it.
    options.arrival = seconds
    for index in clocks.indices { clocks[index].arrival = seconds }
  }

  /// The same for one format of one stream.
  package mutating func setArrival(_ seconds: Int64, of format: Int, stream: Int) {
    clocks[clockIndex(format, stream)].arrival = seconds
  }

  // MARK: A line

  /// A format looks at every line.
  package let hasObservers: Bool
  /// A format is JSON.
  package let hasObjects: Bool
  /// A format has `hints.require`.
  package let hasRequirements: Bool

  /// True if one of the patterns takes the line.
  package mutating func matchesAny(_ range: PoolRange, _ text: borrowing MatchText, from: Int, end: Int) -> Bool {
    for number in range.range {
      let onlyLength = Int(catalog.patterns[number].onlyLength)
      if onlyLength >= 0, onlyLength != end &- from { continue }
      if match(number, text, from: from, end: end) { return true }
    }
    return false
  }

  /// Runs one pattern over a line; its slots are in `slots`.
  @inline(__always)
  mutating func match(_ number: Int, _ text: borrowing MatchText, from: Int, end: Int) -> Bool {
    guard from < end ? catalog.patterns[number].firstBytes.contains(text.bytes[from]) : catalog.patterns[number].canBeEmpty else {
      return false
    }
    return matchAny(number, text, from: from, end: end)
  }

  /// The same for a pattern that is known to take the first byte.
  @inline(__always)
  mutating func matchAny(_ number: Int, _ text: borrowing MatchText, from: Int, end: Int) -> Bool {
    guard catalog.heads[number].allows(text, from) else { return false }
    var last = end
    if !catalog.patterns[number].tail.isEmpty {
      last = TailReading.scan(catalog.patterns[number].tail, catalog.program, text.bytes, from: from, end: end, into: &tailItems)
    }
    return Matcher.match(
      start: catalog.patterns[number].start, straight: catalog.patterns[number].straight, program: catalog.program, text: text, from: from,
      end: last, slots: slots, state: &state)
  }

  /// The format and dialect that take a line, by the order of detection.
  ///
  /// - Parameters:
  ///   - open: the entry that is open.
  ///   - wrapper: the format in whose field the line stands, -1 for none.
  package mutating func recognise(
    _ text: borrowing MatchText, from: Int, end: Int, stream: Int, open: OpenEntry, wrapper: Int, _ assembly: inout EntryAssembly,
    _ names: inout FieldNames
  ) -> Recognition {
    isObjectRead = false
    let first = text.bytes[from]
    let locked = streams[stream].locked
    let place = locked >= 0 ? candidates.place(of: locked, .strong, first) : -1
    // The locked format goes first in its class; where it took the line before too, its first dialect needs no look at the others.
    if place >= 0, streams[stream].isRepeated, wrapper < 0, !flags[locked].contains(.removesColours),
      flags[locked].isDisjoint(with: [.requires, .forbids]) || isFirstHintedAt(locked, place, text, from, end, stream),
      let pattern = matchBeginning(place, text, from, end)
    {
      return Recognition(format: locked, pattern: pattern)
    }
    if place >= 0, streams[stream].isRepeated, candidates.candidates[place].dialects.isEmpty,
      let found = attempt(place, 0..<0, text, from, end, stream, open, wrapper, &assembly, &names)
    {
      return found
    }
    sequenceAnswers.begin()
    var list = findCandidates(text, from, end, first, stream)
    let begin = list
    var rankClass = Candidate.RankClass.strong
    var isOwnTried = false
    while outcomes.hasCandidate(at: list) {
      let candidate = candidates.candidates[outcomes.place(at: list)]
      if candidate.rankClass != rankClass || !isOwnTried {
        isOwnTried = true
        rankClass = candidate.rankClass
        if locked >= 0 {
          let own = candidates.place(of: locked, rankClass, first)
          let ownList = own >= 0 ? outcomes.find(own, from: begin) : -1
          if ownList >= 0,
            let found = attempt(own, outcomes.patterns(at: ownList), text, from, end, stream, open, wrapper, &assembly, &names)
          {
            streams[stream].isRepeated = true
            if stream == 0, rankClass == .strong { countRecent(found, first) }
            return found
          }
        }
      }
      if Int(candidate.format) != locked, wrapper < 0 || isCandidateInside(wrapper, Int(candidate.format)),
        let found = attempt(
          outcomes.place(at: list), outcomes.patterns(at: list), text, from, end, stream, open, wrapper, &assembly, &names)
      {
        streams[stream].locked = found.format
        streams[stream].isRepeated = false
        if stream == 0, rankClass == .strong { countRecent(found, first) }
        return found
      }
      list = outcomes.next(after: list)
    }
    return .none
  }

  /// Matches the first dialect of a candidate by what is remembered of the last line, and remembers this one; nil for any other case.
  @inline(__always)
  private mutating func matchBeginning(_ place: Int, _ text: borrowing MatchText, _ from: Int, _ end: Int) -> Int? {
    let dialects = candidates.candidates[place].dialects
    guard !dialects.isEmpty else { return nil }
    let pattern = Int(candidates.dialects[Int(dialects.first)])
    guard catalog.patterns[pattern].hasSteadyPrefix else { return nil }
    return matchDialect(pattern, isFirst: true, text, from, end) ? pattern : nil
  }

  /// Matches a dialect, the first of its format by what is remembered of the last lines.
  @inline(__always)
  mutating func matchDialect(_ pattern: Int, isFirst: Bool, _ text: borrowing MatchText, _ from: Int, _ end: Int) -> Bool {
    guard isFirst, catalog.patterns[pattern].hasSteadyPrefix else { return matchAny(pattern, text, from: from, end: end) }
    if memos.recall(pattern, catalog.program, text, from: from, end: end, slots: slots, &state) { return true }
    guard matchAny(pattern, text, from: from, end: end) else { return false }
    memos.remember(pattern, catalog, text, from: from, slots: slots, &state)
    return true
  }

  /// What the format requires of its stream was met, and nothing forbids it on this line.
  private mutating func isHintedAt(_ format: Int, _ text: borrowing MatchText, _ from: Int, _ end: Int, _ stream: Int) -> Bool {
    if flags[format].contains(.requires), !isMet(format, stream) { return false }
    return !flags[format].contains(.forbids) || !matchesAny(catalog.formats[format].forbid, of: format, text, from: from, end: end)
  }

  /// The same for the first dialect of a candidate alone.
  private mutating func isFirstHintedAt(
    _ format: Int, _ place: Int, _ text: borrowing MatchText, _ from: Int, _ end: Int, _ stream: Int
  ) -> Bool {
    let dialects = candidates.candidates[place].dialects
    guard !dialects.isEmpty, catalog.patterns[Int(candidates.dialects[Int(dialects.first)])].isNeverForbidden else {
      return isHintedAt(format, text, from, end, stream)
    }
    return !flags[format].contains(.requires) || isMet(format, stream)
  }

  /// Tries a candidate, with those of its dialects that the line can be of: they stand in `outcomes`.
  mutating func attempt(
    _ place: Int, _ patterns: Range<Int>, _ text: borrowing MatchText, _ from: Int, _ end: Int, _ stream: Int, _ open: OpenEntry,
    _ wrapper: Int,
    _ assembly: inout EntryAssembly, _ names: inout FieldNames
  ) -> Recognition? {
    let candidate = candidates.candidates[place]
    let number = Int(candidate.format)
    if candidate.rankClass != .strong || wrapper >= 0 {
      if wrapper >= 0, !isCandidateInside(wrapper, number) { return nil }
      if open.isOpen, number != open.format, !isAllowedInside(open, number, text, from, end, stream) { return nil }
    }
    if !flags[number].isDisjoint(with: [.requires, .forbids, .removesColours]) {
      if !isHintedAt(number, text, from, end, stream) { return nil }
      if flags[number].contains(.removesColours) {
        isColourless = false
        if let line = withoutColours(number, text, from, end, room: colourless) {
          isColourless = true
          return attemptWithoutColours(candidate, number, line, stream, open, &assembly, &names)
        }
      }
    }
    if candidate.dialects.isEmpty {
      return acceptsStructure(number, text, from, end, stream, open, &assembly, &names) ? Recognition(format: number, pattern: -1) : nil
    }
    for index in patterns {
      let (pattern, sequence) = outcomes.pattern(at: index)
      if sequence != 0, !sequenceAnswers.has(sequence, catalog.dialects.automaton, text, from: from, end: end) { continue }
      if matchAny(pattern, text, from: from, end: end) { return Recognition(format: number, pattern: pattern) }
    }
    return nil
  }

  /// General formats, and the wrapper itself, take nothing inside of a wrapper.
  @inline(__always)
  private func isCandidateInside(_ wrapper: Int, _ format: Int) -> Bool {
    format != wrapper && catalog.formats[format].rank != .general
  }

  /// While an entry is open that the line could join, general formats, `kv` ones and weak ones that only a hint made likely are no
  /// candidates. Changes nothing, but a detector that is only lent is copied.
  mutating func isAllowedInside(
    _ open: OpenEntry, _ format: Int, _ text: borrowing MatchText, _ from: Int, _ end: Int, _ stream: Int
  ) -> Bool {
    let openRank = catalog.formats[open.format].rank
    let isGeneral = catalog.formats[format].rank == .general && openRank != .general && !catalog.formats[open.format].isWeak
    let isKeyValue = catalog.formats[format].structure == .keyValue && openRank != .common && openRank != .general
    let isHinted = catalog.formats[format].isWeak && !catalog.formats[format].require.isEmpty && streams[stream].locked != format
    guard isGeneral || isKeyValue || isHinted else { return true }
    return !isInsideObject && !Continuation.canJoin(catalog.formats[open.format].multiline, text.bytes, from: from, end: end)
  }

  /// Puts what `recognise` found into the entry: it begins, with the fields of its dialect.
  package mutating func decode(
    _ recognition: Recognition, _ text: borrowing MatchText, from: Int, end: Int, origin: MatchOrigin, stream: Int,
    into assembly: inout EntryAssembly, names: inout FieldNames
  ) {
    let format = recognition.format
    assembly.entry.format = catalog.formats[format].name
    let clock = clockIndex(format, stream)
    if recognition.pattern < 0 {
      return decodeStructure(format, text, from, end, origin, stream, into: &assembly, &names)
    }
    FieldDecoding.decode(
      recognition.pattern, catalog: catalog, format: format, bytes: text.bytes, origin: origin, slots: slots, state: &state,
      clock: &clocks[clock], into: &assembly, names: &names)
    if !catalog.patterns[recognition.pattern].tail.isEmpty {
      decodeTail(tailItems, format, text, origin, clock, into: &assembly, &names)
    }
  }

  /// Puts the items of a tail into the entry.
  mutating func decodeTail(
    _ items: [TailItem], _ format: Int, _ text: borrowing MatchText, _ origin: MatchOrigin, _ clock: Int,
    into assembly: inout EntryAssembly, _ names: inout FieldNames
  ) {
    for item in items {
      FieldDecoding.putTyped(
        catalog.program.keys[item.key], item.value, catalog: catalog, format: format, bytes: text.bytes, origin: origin,
        clock: &clocks[clock], into: &assembly, names: &names)
    }
  }

  /// The number of a stream's clock for a format.
  func clockIndex(_ format: Int, _ stream: Int) -> Int {
    stream * catalog.formats.count + format
  }
}
