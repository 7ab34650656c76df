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
      patterns[number].isNeverForbidden = format.hints.forbid.allSatisfy(isDisjoint)
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
    let prefixes = Self.sharedPrefixes(list.map(\.pattern))
    let looseTable = eventTables.count
    eventTables += repeatElement(ByteSet(), count: 256)
    var onEmpty = ByteSet()
    for (index, (name, pattern)) in list.enumerated() {
      let number = UInt8(index)
      guard let group = prefixes.groupOf[index] else {
        let compiled = try compiler.compile(pattern, isMultiline: pattern.takesLineFeeds)
        for byte in compiled.firstBytes.members { eventTables[looseTable + Int(byte)].insert(number) }
        if compiled.canBeEmpty { onEmpty.insert(number) }
        append(name, compiled, group: -1, prefixSlots: 0, literal: pattern.elements.first)
        continue
      }
      let compiled = try compiler.compile(pattern, isMultiline: pattern.takesLineFeeds, skipping: 1)
      append(name, compiled, group: Int16(group), prefixSlots: 0, literal: pattern.elements.dropFirst().first)
    }
    for (group, members) in prefixes.members.enumerated() {
      let first = list[list.startIndex + members[0]].pattern
      let (start, slotCount) = try compiler.compilePrefix(first.elements[0], closed: true, of: first)
      for member in members { events[firstEvent + member].prefixSlots = UInt16(slotCount) }
      try addGroup(group, members, list.map(\.pattern), start: start)
    }
    eventFields.append(
      EventField(
        field: field, events: PoolRange(firstEvent, events.count - firstEvent),
        groups: PoolRange(firstGroup, eventGroups.count - firstGroup),
        table: UInt32(looseTable), onEmpty: onEmpty))
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

  /// Where the literals behind a shared prefix first differ, and who has which byte there.
  private mutating func addGroup(
    _ group: Int, _ members: [Int], _ list: [Pattern], start: UInt32
  ) throws(FormatDiagnostic) {
    var literals: [Int: [UInt8]] = [:]
    for member in members {
      if list[member].elements.count > 1, case .literal(let bytes) = list[member].elements[1] { literals[member] = bytes }
    }
    var offset = 0
    let known = members.compactMap { literals[$0] }
    if let first = known.first {
      while offset < first.count - 1, known.allSatisfy({ offset < $0.count - 1 && $0[offset] == first[offset] }) { offset += 1 }
    }
    let table = eventTables.count
    eventTables += repeatElement(ByteSet(), count: 256)
    var beyondEnd = ByteSet()
    for member in members {
      if let literal = literals[member], offset < literal.count {
        eventTables[table + Int(literal[offset])].insert(UInt8(member))
      } else {
        for byte in 0..<256 { eventTables[table + byte].insert(UInt8(member)) }
        beyondEnd.insert(UInt8(member))
      }
    }
    eventGroups.append(
      EventGroup(
        prefix: start, table: UInt32(table), offset: UInt32(offset),
        isRun: compiler.programs.instructions[Int(start)].opcode == .runInSet ? 1 : 0,
        firstBytes: PatternAnalysis.firstBytes(of: list[members[0]].elements.prefix(1)).bytes, beyondEnd: beyondEnd))
  }

  private struct SharedPrefixes {
    var members: [[Int]] = []
    var groupOf: [Int: Int] = [:]
  }

  /// Patterns whose first element is the same closed run or composite type; names do not count.
  private static func sharedPrefixes(_ list: [Pattern]) -> SharedPrefixes {
    var byKey: [PatternElement: [Int]] = [:]
    var order: [PatternElement] = []
    for (index, pattern) in list.enumerated() {
      // A pattern that takes line feeds sees another text than its neighbours.
      guard !pattern.takesLineFeeds, let first = pattern.elements.first,
        let key = prefixKey(first, followedBy: pattern.elements.dropFirst())
      else { continue }
      if byKey[key] == nil { order.append(key) }
      byKey[key, default: []].append(index)
    }
    var result = SharedPrefixes()
    for key in order {
      guard let members = byKey[key], members.count > 1, result.members.count < EventScratch.maximumGroups else { continue }
      for member in members { result.groupOf[member] = result.members.count }
      result.members.append(members)
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
