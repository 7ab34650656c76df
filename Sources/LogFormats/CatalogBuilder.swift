import LogBytes
import LogEntries

/// Gathers compiled formats; `CompiledCatalog` is what it becomes.
struct CatalogBuilder: ~Copyable {
  var compiler = ProgramCompiler()
  var formats: [FormatTraits] = []
  var declarations: [LogFormat] = []
  var absentWords: [AbsentWord] = []
  var absentBytes: [UInt8] = []
  var renames: [Rename] = []
  var patterns: [CompiledPattern] = []
  var eventFields: [EventField] = []
  var eventGroups: [EventGroup] = []
  var events: [Event] = []
  var eventTables: [ByteSet] = []
  var partFields: [FieldPatternsTraits] = []
  var findFields: [FieldPatternsTraits] = []
  var layouts: [StrictOperand] = []

  /// A pattern with at least so much evidence is strong (formats/README.md, "Detection").
  static let strongEvidence = 12

  mutating func add(_ format: LogFormat) throws(FormatDiagnostic) {
    do {
      try addChecked(format)
    } catch {
      var located = error
      located.path = format.path
      throw located
    }
  }

  private mutating func addChecked(_ format: LogFormat) throws(FormatDiagnostic) {
    let structure = FormatTraits.Structure(format.structure)
    let hasStart = !format.start.isEmpty
    // With `start` the entry patterns see whole entries, which hold line feeds.
    let entry = try compile(format.entry, areWhole: hasStart)
    let isWeak = structure == .patterns && !hasStart && !entry.range.contains { patterns[$0].evidence >= Self.strongEvidence }
    let colours = ColourCodes(quake: format.colours.contains(.quake), minecraft: format.colours.contains(.minecraft))
    var traits = FormatTraits(
      number: formats.count, name: compiler.number(of: format.name), rank: format.rank, multiline: format.multiline,
      preamble: format.preamble, isWeak: isWeak, hasAbsent: !format.absent.isEmpty,
      structure: structure, colours: colours)
    traits.longestAbsent = UInt32(format.absent.map(\.count).max() ?? 0)
    traits.entry = entry
    traits.start = try compile(format.start)
    traits.lines = try compile(format.lines)
    traits.continues = try compile(format.continues)
    traits.end = try compile(format.end)
    traits.require = try compile(format.hints.require)
    traits.forbid = try compile(format.hints.forbid)
    for (number, pattern) in zip(entry.range, format.entry) {
      func isDisjoint(from other: Pattern) -> Bool { PatternDisjointness.areDisjoint(pattern.elements, other.elements) }
      patterns[number].forbidding = 0
      for (index, forbidding) in format.hints.forbid.enumerated() where !isDisjoint(from: forbidding) {
        patterns[number].forbidding |= 1 << UInt8(min(index, 7))
      }
      patterns[number].isNeverContinuing = format.continues.allSatisfy(isDisjoint)
    }
    traits.file = try compile(format.hints.file)
    traits.clockSet = try compile(format.clock.set)
    traits.clockFile = try compile(format.clock.file)
    if case .delimited(let declaration) = format.structure {
      traits.columns = compiler.add(declaration.columns) { name in Self.columnName(name, of: format) }
    }
    traits.wrap = format.wrap.map { compiler.number(of: $0.field) }
    if case .field(let field, _)? = format.wrap?.part { traits.partField = compiler.number(of: field) }
    traits.hasPart = format.wrap?.part != nil
    traits.wrapKey = format.wrap?.key.map { compiler.number(of: $0) }
    traits.zone = format.clock.zone
    let firstEvents = eventFields.count
    for field in format.events { try add(field) }
    traits.events = PoolRange(firstEvents, eventFields.count - firstEvents)
    let firstParts = partFields.count
    for field in format.parts {
      partFields.append(FieldPatternsTraits(field: compiler.number(of: field.field), patterns: try compile(field.patterns)))
    }
    traits.parts = PoolRange(firstParts, partFields.count - firstParts)
    let firstFinds = findFields.count
    for field in format.find {
      findFields.append(FieldPatternsTraits(field: compiler.number(of: field.field), patterns: try compile(field.patterns, isFind: true)))
    }
    traits.finds = PoolRange(firstFinds, findFields.count - firstFinds)
    traits.layouts = addLayouts(of: format.structure)
    traits.absent = addAbsent(format.absent)
    traits.renames = PoolRange(renames.count, format.rename.count)
    // In an order that does not change from run to run.
    for (key, name) in format.rename.sorted(by: { $0.key < $1.key }) {
      renames.append(Rename(key: compiler.number(of: key), name: compiler.number(of: name)))
    }
    formats.append(traits)
    declarations.append(format)
  }

  private mutating func addAbsent(_ values: [[UInt8]]) -> PoolRange {
    for value in values {
      absentWords.append(AbsentWord(head: loadWord(value.span, at: 0), first: UInt32(absentBytes.count), count: UInt32(value.count)))
      absentBytes += value
    }
    return PoolRange(absentWords.count - values.count, values.count)
  }

  /// - Parameter areWhole: the patterns see entries of several lines.
  private mutating func compile(
    _ sources: [Pattern], areWhole: Bool = false, isFind: Bool = false
  ) throws(FormatDiagnostic) -> PoolRange {
    let first = patterns.count
    for source in sources {
      // A find looks at the whole value, which may have several lines.
      patterns.append(try compiler.compile(source, isMultiline: areWhole || isFind || source.takesLineFeeds, isFind: isFind))
    }
    return PoolRange(first, sources.count)
  }

  /// The field of a column: snake_case, renamed. An author may name a column `time`, `level` or `message`.
  private static func columnName(_ column: String, of format: LogFormat) -> String {
    var bytes = ByteOutput(capacity: 64)
    ValueWriting.appendSnakeCase(Array(column.utf8).span, to: &bytes)
    let name = bytes.span.indices.map { bytes.span[$0] }.string
    if let renamed = format.rename[name] { return renamed }
    return ReservedNames.isReserved(name) && Capture.Role(name: name) == .field ? "_" + name : name
  }

  private mutating func addLayouts(of structure: LogFormat.Structure) -> PoolRange {
    let first = layouts.count
    for layout in structure.keyed?.layouts ?? [] {
      layouts.append(compiler.programs.strict[Int(compiler.operand(StrictField(name: "", type: .layout(layout))))])
    }
    return PoolRange(first, layouts.count - first)
  }

  // MARK: Events

  /// Sets hold 256 patterns: longer lists are cut into several, which are tried one after the other.
  private mutating func add(_ field: FieldEvents) throws(FormatDiagnostic) {
    let number = compiler.number(of: field.field)
    var rest = field.events[...]
    while !rest.isEmpty {
      try add(rest.prefix(256), field: number)
      rest = rest.dropFirst(256)
    }
  }

  private mutating func add(_ list: ArraySlice<(event: String, pattern: Pattern)>, field: NameID) throws(FormatDiagnostic) {
    let firstEvent = events.count
    let firstGroup = eventGroups.count
    let prefixes = try sharedPrefixes(list.map(\.pattern))
    let looseTable = eventTables.count
    eventTables += repeatElement(ByteSet(), count: 256)
    var onEmpty = ByteSet()
    let (searched, searching) = Self.searchedBytes(list.map(\.pattern))
    for (index, (name, pattern)) in list.enumerated() {
      let number = UInt8(index)
      guard let group = prefixes.groupOf[index] else {
        let compiled = try compiler.compile(pattern, isMultiline: pattern.takesLineFeeds)
        for byte in compiled.firstBytes.members { eventTables[looseTable + Int(byte)].insert(number) }
        if compiled.canBeEmpty { onEmpty.insert(number) }
        append(name, compiled, group: -1, prefixSlots: 0, literal: pattern.elements.first)
        continue
      }
      let skipped = prefixes.groups[group].width
      let compiled = try compiler.compile(pattern, isMultiline: pattern.takesLineFeeds, skipping: skipped)
      append(name, compiled, group: Int16(group), prefixSlots: 0, literal: pattern.elements.dropFirst(skipped).first)
    }
    var slotCounts: [Int] = []
    for (number, group) in prefixes.groups.enumerated() {
      let first = list[list.startIndex + group.members[0]].pattern
      let (start, slotCount) = try compiler.compilePrefix(of: first, closed: true, behind: group.parent < 0 ? 0 : 1)
      slotCounts.append(slotCount)
      let own = group.members.filter { prefixes.groupOf[$0] == number }
      for member in own { events[firstEvent + member].prefixSlots = UInt16(slotCount) }
      // An only child goes on in the room of its parent; others would overwrite each other there.
      let sharesRoom = group.parent >= 0 && prefixes.groups.count { $0.parent == group.parent } == 1
      addGroup(
        group, own, list.map(\.pattern), start: start, room: sharesRoom ? group.parent : number,
        parentSlots: group.parent < 0 || sharesRoom ? 0 : slotCounts[group.parent])
    }
    eventFields.append(
      EventField(
        field: field, events: PoolRange(firstEvent, events.count - firstEvent),
        groups: PoolRange(firstGroup, eventGroups.count - firstGroup),
        table: UInt32(looseTable), searched: searched, onEmpty: onEmpty, searching: searching))
  }

  /// The bytes, four at most, behind which the first runs of patterns may end that begin with an open one, and those patterns.
  private static func searchedBytes(_ list: [Pattern]) -> (bytes: UInt32, patterns: ByteSet) {
    // By pattern: the byte; 0 for none.
    var needed = [UInt8](repeating: 0, count: list.count)
    var counts = [Int](repeating: 0, count: 256)
    for (index, pattern) in list.enumerated() where !pattern.takesLineFeeds {
      let rest = pattern.elements.dropFirst()
      guard case .run(let run)? = pattern.elements.first, !PatternAnalysis.isClosed(run, followedBy: rest, inComposite: false) else {
        continue
      }
      let (bytes, canBeEmpty) = PatternAnalysis.firstBytes(of: rest)
      guard !canBeEmpty, bytes.count == 1, bytes.members[0] != 0 else { continue }
      needed[index] = bytes.members[0]
      counts[Int(needed[index])] += 1
    }
    // Those that most patterns need.
    var searched: UInt32 = 0
    var searching = ByteSet()
    for place in 0..<4 {
      var best = 0
      for byte in counts.indices where counts[byte] > counts[best] { best = byte }
      if counts[best] == 0 { break }
      // The first one stands in for those that are not there.
      searched = place == 0 ? UInt32(best) * 0x0101_0101 : searched << 8 | UInt32(best)
      for index in needed.indices where Int(needed[index]) == best { searching.insert(UInt8(index)) }
      counts[best] = 0
    }
    return (searched, searching)
  }

  private mutating func append(_ name: String, _ compiled: CompiledPattern, group: Int16, prefixSlots: UInt16, literal: PatternElement?) {
    patterns.append(compiled)
    var bytes: [UInt8] = []
    if case .literal(let text)? = literal { bytes = text }
    let mask: UInt64 = bytes.count >= 8 ? ~0 : (1 << UInt64(8 * bytes.count)) - 1
    events.append(
      Event(
        name: compiler.number(of: name), pattern: UInt32(patterns.count - 1), word: loadWord(bytes.span, at: 0), mask: mask, group: group,
        prefixSlots: prefixSlots))
  }

  /// At which of so many places behind a shared prefix patterns are told apart.
  private static let greatestOffset = 12

  /// Where the patterns behind a shared prefix differ most, and who may have which byte there.
  ///
  /// - Parameter members: those that stand in no group inside of this one.
  private mutating func addGroup(
    _ group: SharedPrefix, _ members: [Int], _ list: [Pattern], start: UInt32, room: Int, parentSlots: Int
  ) {
    let sets = members.map { PositionSets.sets(of: Array(list[$0].elements.dropFirst(group.width)), count: Self.greatestOffset) }
    let weights = (0..<Self.greatestOffset).map { offset in Self.candidates(sets.map { $0[offset] }) }
    let offset = weights.indices.min { weights[$0] < weights[$1] } ?? 0
    let table = eventTables.count
    eventTables += repeatElement(ByteSet(), count: 256)
    var beyondEnd = ByteSet()
    for (member, sets) in zip(members, sets) {
      for byte in sets[offset].members { eventTables[table + Int(byte)].insert(UInt8(member)) }
      // Where a text may end, anything may stand.
      if sets[offset] == .all { beyondEnd.insert(UInt8(member)) }
    }
    eventGroups.append(
      EventGroup(
        prefix: start, table: UInt32(table), offset: UInt32(offset),
        isRun: compiler.programs.instructions[Int(start)].opcode == .runInSet ? 1 : 0,
        room: UInt16(room * EventScratch.prefixRoom), parent: Int32(group.parent),
        parentSlots: UInt32(parentSlots),
        firstBytes: PatternAnalysis.firstBytes(of: list[group.members[0]].elements.prefix(1)).bytes, beyondEnd: beyondEnd))
  }

  /// How many patterns one byte leaves, where texts of all of them come equally often, and all bytes of a pattern's set.
  private static func candidates(_ sets: [ByteSet]) -> Double {
    var counts = [Double](repeating: 0, count: 256)
    for set in sets { for byte in set.members { counts[Int(byte)] += 1 } }
    return sets.reduce(0) { sum, set in sum + set.members.reduce(0) { $0 + counts[Int($1)] } / Double(max(set.count, 1)) }
  }

  /// Patterns that begin alike.
  private struct SharedPrefix {
    var members: [Int]
    /// So many elements.
    var width = 1
    /// The place of the group in which it stands; -1 for none.
    var parent = -1
  }

  private struct SharedPrefixes {
    var groups: [SharedPrefix] = []
    /// By pattern: the innermost group.
    var groupOf: [Int: Int] = [:]

    mutating func add(_ group: SharedPrefix) {
      for member in group.members { groupOf[member] = groups.count }
      groups.append(group)
    }
  }

  /// Patterns whose first element is the same closed run or composite type, and among them those whose second element is the same optional
  /// one; names do not count.
  private mutating func sharedPrefixes(_ list: [Pattern]) throws(FormatDiagnostic) -> SharedPrefixes {
    var byKey: [PatternElement: [Int]] = [:]
    var order: [PatternElement] = []
    for (index, pattern) in list.enumerated() {
      // A pattern that takes line feeds sees another text than its neighbours.
      guard !pattern.takesLineFeeds, let first = pattern.elements.first,
        let key = Self.prefixKey(first, followedBy: pattern.elements.dropFirst())
      else { continue }
      if byKey[key] == nil { order.append(key) }
      byKey[key, default: []].append(index)
    }
    var result = SharedPrefixes()
    for key in order {
      guard let members = byKey[key], members.count > 1, result.groups.count < EventScratch.maximumGroups else { continue }
      let parent = result.groups.count
      result.add(SharedPrefix(members: members))
      var bySecond: [PatternElement: [Int]] = [:]
      var seconds: [PatternElement] = []
      for member in members {
        guard list[member].elements.count > 1, case .group = list[member].elements[1],
          Self.slotCount(Array(list[member].elements.prefix(2))) <= EventScratch.prefixRoom,
          try compiler.isUnit(of: list[member], at: 1)
        else { continue }
        let second = Self.nameless(list[member].elements[1])
        if bySecond[second] == nil { seconds.append(second) }
        bySecond[second, default: []].append(member)
      }
      for second in seconds {
        guard let inner = bySecond[second], inner.count > 1, result.groups.count < EventScratch.maximumGroups else { continue }
        result.add(SharedPrefix(members: inner, width: 2, parent: parent))
      }
    }
    return result
  }

  private static func prefixKey(_ element: PatternElement, followedBy rest: ArraySlice<PatternElement>) -> PatternElement? {
    switch element {
    case .run(let run):
      return PatternAnalysis.isClosed(run, followedBy: rest, inComposite: false) && run.least > 0 ? nameless(element) : nil
    case .composite(let field):
      let (_, canBeEmpty) = PatternAnalysis.firstBytes(of: field.elements)
      return canBeEmpty || slotCount(field.elements) > EventScratch.prefixRoom ? nil : nameless(element)
    default: return nil
    }
  }

  private static func slotCount(_ elements: [PatternElement]) -> Int {
    elements.reduce(0) { count, element in
      switch element {
      case .run, .strict: count + 1
      case .group(let inner): count + slotCount(inner)
      case .composite(let field): count + slotCount(field.elements)
      case .literal, .blanks: count
      }
    }
  }

  /// The element with names that say only whether a part is kept.
  private static func nameless(_ element: PatternElement) -> PatternElement {
    switch element {
    case .literal, .blanks: return element
    case .group(let inner): return .group(inner.map(nameless))
    case .run(var run):
      run.name = run.name.isEmpty ? "" : "x"
      run.column = 0
      return .run(run)
    case .strict(var field):
      field.name = field.name.isEmpty ? "" : "x"
      field.column = 0
      return .strict(field)
    case .composite(var field):
      field.elements = field.elements.map(nameless)
      field.column = 0
      field.position = SourcePosition()
      return .composite(field)
    }
  }
}
