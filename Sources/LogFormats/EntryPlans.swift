import LogBytes
package import LogEntries

// Most entries are one line whose fields go out as they stand there. For the patterns of such entries a plan is made, once, when the first
// line comes that one takes: which slot holds the time, the level and the message, and under which names the others go out. By its plan an
// entry is written from the slots of its match; no field is gathered first, no name claimed. What a plan cannot say (a value that must be
// made, a name that may stand twice) is left to `EntryAssembly`, which gives the same for every entry.

/// Which slots of a pattern hold what.
struct EntryPlan: Sendable, BitwiseCopyable {
  var fields = PlannedFields(0, 0)
  /// -1 for none, like all places here.
  var timeSlot: Int32 = -1
  var levelSlot: Int32 = -1
  /// The operand of the level's type; -1 for a text.
  var levelOperand: Int32 = -1
  var messageSlot: Int32 = -1
  /// The slot of a priority, which gives the level too.
  var prioritySlot: Int32 = -1
  /// Of a wrapper: the slots of what it wraps and of the key of its streams.
  var wrappedSlot: Int32 = -1
  var wrapKeySlot: Int32 = -1
  /// The only list of events that applies to a field of the dialect, and that field's slot.
  var eventList: Int32 = -1
  var eventSlot: Int32 = -1
  /// Slots of fields in which `parts` and `find` look for more: where one holds something, a plan does not say all.
  var searched = PlannedFields(0, 0)
  /// For each list of finds of the format the slot in which it looks, if all that it can find are strings under names that nothing else has.
  var finds = PlannedFields(0, 0)
  /// The slot of a list of items, and its number among all that plans have.
  var listSlot: Int32 = -1
  var listNumber: Int32 = -1
}

/// The plans of a catalogue's patterns, as far as lines asked for them.
package struct EntryPlans: ~Copyable {
  private static let unknown: Int32 = -1
  private static let none: Int32 = -2
  /// By pattern: the number of its plan.
  private var numbers = ReusedBuffer<Int32>(capacity: 16)
  private var plans = ReusedBuffer<EntryPlan>(capacity: 64)
  /// What the plans say, one behind the other.
  package var fields = ReusedBuffer<PlannedField>(capacity: 256)
  var itemNames = ItemNames()

  init() {}

  /// The number of a dialect's plan; negative if it has none.
  @inline(__always)
  mutating func plan(dialect pattern: Int, of format: Int, _ catalog: CompiledCatalog, _ names: inout FieldNames) -> Int {
    let number = pattern < numbers.count ? numbers[pattern] : Self.unknown
    return Int(number == Self.unknown ? make(pattern, of: format, isEvent: false, catalog, &names) : number)
  }

  /// The same for the pattern of an event.
  @inline(__always)
  mutating func plan(event pattern: Int, of format: Int, _ catalog: CompiledCatalog, _ names: inout FieldNames) -> Int {
    let number = pattern < numbers.count ? numbers[pattern] : Self.unknown
    return Int(number == Self.unknown ? make(pattern, of: format, isEvent: true, catalog, &names) : number)
  }

  @inline(__always)
  subscript(number: Int) -> EntryPlan { plans[number] }

  @inline(never)
  private mutating func make(
    _ pattern: Int, of format: Int, isEvent: Bool, _ catalog: CompiledCatalog, _ names: inout FieldNames
  ) -> Int32 {
    numbers.extend(to: max(pattern + 1, catalog.patterns.count), with: Self.unknown)
    let firstField = fields.count
    if let plan = isEvent ? eventPlan(pattern, format, catalog, &names) : dialectPlan(pattern, format, catalog, &names) {
      plans.append(plan)
      numbers[pattern] = Int32(plans.count - 1)
    } else {
      fields.truncate(to: firstField)
      numbers[pattern] = Self.none
    }
    return numbers[pattern]
  }

  private mutating func dialectPlan(
    _ pattern: Int, _ format: Int, _ catalog: CompiledCatalog, _ names: inout FieldNames
  ) -> EntryPlan? {
    let traits = catalog.formats[format]
    guard !traits.hasPart, traits.start.isEmpty, !traits.removesColours, catalog.patterns[pattern].tail.isEmpty else { return nil }
    guard var plan = planFields(pattern, catalog, &names, isEvent: false) else { return nil }
    guard planWrapping(traits, pattern, catalog, into: &plan) else { return nil }
    planSearches(traits, pattern, catalog, &names, into: &plan)
    for index in traits.events.range {
      let slot = slot(of: catalog.eventFields[index].field, pattern, catalog)
      if slot < 0 { continue }
      let isText = slot == Int(plan.messageSlot) || catalog.captures[Int(catalog.patterns[pattern].firstCapture) + slot].kind == .string
      guard plan.eventList < 0, isText else { return nil }
      plan.eventList = Int32(index)
      plan.eventSlot = Int32(slot)
    }
    return planList(traits, pattern, catalog, &names, into: &plan) ? plan : nil
  }

  /// False if the pattern of a dialect has a list, and what it brings could meet the fields of an event.
  private mutating func planList(
    _ traits: FormatTraits, _ pattern: Int, _ catalog: CompiledCatalog, _ names: inout FieldNames, into plan: inout EntryPlan
  ) -> Bool {
    if plan.listSlot < 0 { return true }
    // Items are known from the match that read them, which a line whose beginning is remembered does without.
    guard plan.eventList < 0, !catalog.patterns[pattern].hasSteadyPrefix else { return false }
    // In a field with one of these names finds, parts, events or what wraps would look for more.
    var taken = Set(traits.parts.range.map { catalog.partFields[$0].field } + traits.events.range.map { catalog.eventFields[$0].field })
    taken.formUnion([traits.wrap, traits.wrapKey].compactMap(\.self))
    for index in traits.finds.range {
      let finds = catalog.findFields[index]
      taken.insert(finds.field)
      // They add nothing under a name that there is.
      for find in finds.patterns.range { taken.formUnion(captures(of: find, catalog).map(\.name)) }
    }
    addList(pattern, taken, catalog, &names, to: &plan)
    return true
  }

  /// A key of the log may be any name but these, those of the pattern's other fields, and those of an envelope.
  private mutating func addList(
    _ pattern: Int, _ taken: Set<NameID>, _ catalog: CompiledCatalog, _ names: inout FieldNames, to plan: inout EntryPlan
  ) {
    var taken = taken.union(Self.envelopeNames(&names)).union(ReservedNames.reserved.map { NameID(UInt32($0)) })
    for index in plan.fields.range { taken.formUnion([fields[index].name, fields[index].portName]) }
    plan.listNumber = itemNames.add(prefix: captures(of: pattern, catalog)[Int(plan.listSlot)].name, taken)
  }

  /// False if what the pattern of a wrapper wraps, or the key of its streams, is no string that stands in its slot.
  private func planWrapping(_ traits: FormatTraits, _ pattern: Int, _ catalog: CompiledCatalog, into plan: inout EntryPlan) -> Bool {
    guard let wrap = traits.wrap else { return true }
    let captures = captures(of: pattern, catalog)
    plan.wrappedSlot = Int32(slot(of: wrap, pattern, catalog))
    plan.wrapKeySlot = Int32(traits.wrapKey.map { slot(of: $0, pattern, catalog) } ?? -1)
    let isWrappedText = plan.wrappedSlot < 0 || plan.wrappedSlot == plan.messageSlot || captures[Int(plan.wrappedSlot)].kind == .string
    return isWrappedText && (plan.wrapKeySlot < 0 || captures[Int(plan.wrapKeySlot)].kind == .string)
  }

  private mutating func planSearches(
    _ traits: FormatTraits, _ pattern: Int, _ catalog: CompiledCatalog, _ names: inout FieldNames, into plan: inout EntryPlan
  ) {
    var searched = traits.parts.range.map { catalog.partFields[$0].field }
    let first = fields.count
    for index in traits.finds.range {
      let name = catalog.findFields[index].field
      let slot = slot(of: name, pattern, catalog)
      let isPlanned = areFindsPlain(catalog.findFields[index].patterns, pattern, catalog, &names)
      if slot >= 0, !isPlanned { searched.append(name) }
      fields.append(
        PlannedField(name: name, portName: ReservedNames.none, slot: isPlanned && slot >= 0 ? UInt16(slot) : .max, form: .string))
    }
    plan.finds = PlannedFields(first, fields.count - first)
    let firstSearched = fields.count
    for name in searched {
      let slot = slot(of: name, pattern, catalog)
      if slot >= 0 { fields.append(PlannedField(name: name, portName: ReservedNames.none, slot: UInt16(slot), form: .string)) }
    }
    plan.searched = PlannedFields(firstSearched, fields.count - firstSearched)
  }

  /// All that finds may find are strings, under names that no field of the dialect has.
  private func areFindsPlain(_ finds: PoolRange, _ dialect: Int, _ catalog: CompiledCatalog, _ names: inout FieldNames) -> Bool {
    var taken = Set(captures(of: dialect, catalog).flatMap { [$0.name, portName($0, catalog, &names) ?? $0.name] })
    taken.formUnion([ReservedNames.time, ReservedNames.level, ReservedNames.message] + Self.envelopeNames(&names))
    return finds.range.allSatisfy { find in
      let found = captures(of: find, catalog)
      return Set(found.map(\.name)).count == found.count
        && found.allSatisfy { $0.kind == .string && $0.role == .field && !taken.contains($0.name) }
    }
  }

  /// The fields in which `parts` and `find` of a format look for more.
  private func searchedFields(_ format: Int, _ catalog: CompiledCatalog) -> [NameID] {
    let traits = catalog.formats[format]
    return traits.parts.range.map { catalog.partFields[$0].field } + traits.finds.range.map { catalog.findFields[$0].field }
  }

  /// Fields of an event must not have a name that a dialect of its format has too: it would be numbered.
  private mutating func eventPlan(
    _ pattern: Int, _ format: Int, _ catalog: CompiledCatalog, _ names: inout FieldNames
  ) -> EntryPlan? {
    guard var plan = planFields(pattern, catalog, &names, isEvent: true) else { return nil }
    var taken = Set(searchedFields(format, catalog))
    for dialect in catalog.formats[format].entry.range {
      for capture in captures(of: dialect, catalog) {
        taken.insert(capture.name)
        if let port = portName(capture, catalog, &names) { taken.insert(port) }
      }
    }
    for index in plan.fields.range where taken.contains(fields[index].name) || taken.contains(fields[index].portName) { return nil }
    if plan.listSlot >= 0 { addList(pattern, taken, catalog, &names, to: &plan) }
    return plan
  }

  /// What an envelope adds stands behind all fields.
  private static func envelopeNames(_ names: inout FieldNames) -> [NameID] {
    ["log_group", "log_stream"].map { names.intern($0) }
  }

  private mutating func planFields(
    _ pattern: Int, _ catalog: CompiledCatalog, _ names: inout FieldNames, isEvent: Bool
  ) -> EntryPlan? {
    var plan = EntryPlan()
    var taken = Set(Self.envelopeNames(&names))
    let first = fields.count
    for (slot, capture) in captures(of: pattern, catalog).enumerated() {
      guard taken.insert(capture.name).inserted else { return nil }
      switch (capture.role, capture.kind) {
      case (.time, .time) where !isEvent: plan.timeSlot = Int32(slot)
      case (.level, .level) where !isEvent:
        plan.levelSlot = Int32(slot)
        plan.levelOperand = Int32(capture.operand)
      case (.level, .levelText) where !isEvent: plan.levelSlot = Int32(slot)
      case (.field, .priority) where !isEvent && plan.prioritySlot < 0:
        plan.prioritySlot = Int32(slot)
        fields.append(PlannedField(name: capture.name, portName: ReservedNames.none, slot: UInt16(slot), form: .integer))
      case (.message, .string) where !isEvent: plan.messageSlot = Int32(slot)
      case (.message, .other) where !isEvent && catalog.program.strict[Int(capture.operand)].kind == .rest: plan.messageSlot = Int32(slot)
      case (.field, _):
        guard let form = form(capture, catalog) else { return nil }
        if form == .items {
          guard plan.listSlot < 0 else { return nil }
          plan.listSlot = Int32(slot)
        }
        let port = portName(capture, catalog, &names)
        if let port, !taken.insert(port).inserted { return nil }
        fields.append(PlannedField(name: capture.name, portName: port ?? ReservedNames.none, slot: UInt16(slot), form: form))
      default: return nil
      }
    }
    // Which of two levels is the entry's, their order says.
    if plan.prioritySlot >= 0, plan.levelSlot >= 0 { return nil }
    plan.fields = PlannedFields(first, fields.count - first)
    return plan
  }

  /// nil for a value that is not, or may not be, the text of its slot.
  private func form(_ capture: Capture, _ catalog: CompiledCatalog) -> PlannedField.Form? {
    switch capture.kind {
    case .string: return .string
    case .integer: return .integer
    case .yes: return .yes
    case .other:
      switch catalog.program.strict[Int(capture.operand)].kind {
      case .number: return .decimal
      case .endpoint: return .endpoint
      case .rest: return .string
      case .pairs: return .items
      // With a name its ids are a field too.
      case .data: return capture.name == ReservedNames.none ? .items : nil
      default: return nil
      }
    case .levelText, .level, .time, .priority, .word: return nil
    }
  }

  private func portName(_ capture: Capture, _ catalog: CompiledCatalog, _ names: inout FieldNames) -> NameID? {
    guard capture.kind == .other, catalog.program.strict[Int(capture.operand)].kind == .endpoint else { return nil }
    // The compiler has declared it.
    return names.intern(names.string(capture.name) + "_port")
  }

  private func captures(of pattern: Int, _ catalog: CompiledCatalog) -> [Capture] {
    let compiled = catalog.patterns[pattern]
    return (0..<Int(compiled.captureCount)).map { catalog.captures[Int(compiled.firstCapture) + $0] }
  }

  private func slot(of name: NameID, _ pattern: Int, _ catalog: CompiledCatalog) -> Int {
    captures(of: pattern, catalog).firstIndex { $0.name == name } ?? -1
  }
}
