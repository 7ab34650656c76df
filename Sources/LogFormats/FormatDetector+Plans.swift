import LogBytes
package import LogEntries

/// An event that was found while its entry was planned: what it took still stands in `events`.
package struct MatchedEvent {
  /// Of `CompiledCatalog.eventFields`.
  var list: Int
  /// The value in which it stands.
  var slice: FieldSlice
  var number: Int
}

/// Entries that go out by a plan (EntryPlans.swift).
extension FormatDetector {
  /// Gathers what stands before the fields of the entry that `recognise` found last; false if its fields must be gathered too.
  ///
  /// What a clock remembers is then as after `decode`, which gives the same if it comes behind this.
  package mutating func plan(
    _ found: Recognition, _ text: borrowing MatchText, stream: Int, _ entry: inout PlannedEntry, _ names: inout FieldNames
  ) -> Bool {
    guard found.pattern >= 0, let plan = plans.plan(dialect: found.pattern, of: found.format, catalog, &names) else { return false }
    if flags[found.format].contains(.hasAbsent) {
      forgetAbsent(text, found.format, Int(catalog.patterns[found.pattern].captureCount))
    }
    if plan.searched.count > 0 {
      for index in plan.searched.range where Self.isTaken(slots[Int(plans.fields[index].slot)]) { return false }
    }
    entry.format = catalog.formats[found.format].name
    entry.fields = plan.fields
    entry.event = nil
    entry.time = nil
    if plan.timeSlot >= 0, Self.isTaken(slots[Int(plan.timeSlot)]) {
      guard state.timeSlot == Int(plan.timeSlot),
        let moment = clocks[clockIndex(found.format, stream)].resolve(state.time, movesPrevious: true)
      else { return false }
      entry.time = moment
    }
    entry.level = nil
    if plan.levelSlot >= 0, Self.isTaken(slots[Int(plan.levelSlot)]) {
      guard let level = level(plan, found.format, text.bytes, slots[Int(plan.levelSlot)]) else { return false }
      entry.level = level
    }
    entry.message = plan.messageSlot >= 0 ? slots[Int(plan.messageSlot)] : SlotBuffer.absent
    // An empty message is a message; any other empty field is none.
    if plan.eventSlot >= 0, Self.isTaken(slots[Int(plan.eventSlot)]) || plan.eventSlot == plan.messageSlot && entry.message.start != .max {
      return planEvent(Int(plan.eventList), found.format, slots[Int(plan.eventSlot)], text, &entry, &names)
    }
    return true
  }

  /// Matches the dialect again whose line was planned, so that its fields can be gathered.
  package mutating func matchAgain(_ found: Recognition, _ text: borrowing MatchText, from: Int, end: Int) {
    let isMatched = match(found.pattern, text, from: from, end: end)
    precondition(isMatched, "a pattern that took a line takes it again")
  }

  @inline(__always)
  private static func isTaken(_ slice: FieldSlice) -> Bool { slice.start != .max && !slice.isEmpty }

  private mutating func planEvent(
    _ list: Int, _ format: Int, _ slice: FieldSlice, _ text: borrowing MatchText, _ entry: inout PlannedEntry, _ names: inout FieldNames
  ) -> Bool {
    matchedEvent = nil
    let number = EventMatching.match(
      list, catalog: catalog, program: catalog.program, text: text, from: Int(slice.start), end: Self.firstLineEnd(text, slice),
      wholeEnd: Int(slice.end), scratch: &events)
    guard number >= 0 else { return true }
    let pattern = Int(catalog.events[number].pattern)
    guard let plan = plans.plan(event: pattern, of: format, catalog, &names) else {
      matchedEvent = MatchedEvent(list: list, slice: slice, number: number)
      return false
    }
    entry.event = catalog.events[number].name
    entry.eventFields = plan.fields
    if flags[format].contains(.hasAbsent) { forgetAbsentOfEvent(text, format, Int(catalog.patterns[pattern].captureCount)) }
    return true
  }

  /// Slots that hold what means null in the format are as if nothing was taken.
  private mutating func forgetAbsent(_ text: borrowing MatchText, _ format: Int, _ count: Int) {
    let sole = catalog.soleAbsents[format]
    for slot in 0..<count where isAbsent(slots[slot], sole, text, format) { slots[slot] = SlotBuffer.absent }
  }

  private mutating func forgetAbsentOfEvent(_ text: borrowing MatchText, _ format: Int, _ count: Int) {
    let sole = catalog.soleAbsents[format]
    for slot in 0..<count where isAbsent(events.slots[slot], sole, text, format) { events.slots[slot] = SlotBuffer.absent }
  }

  @inline(__always)
  private func isAbsent(_ slice: FieldSlice, _ sole: AbsentWord, _ text: borrowing MatchText, _ format: Int) -> Bool {
    if sole.count > 0 {
      // The only such value, and a short one.
      return slice.count == Int(sole.count) && text.word(at: Int(slice.start)) & sole.mask == sole.head
    }
    return slice.count <= Int(catalog.formats[format].longestAbsent) && Self.isTaken(slice) && catalog.isAbsent(text.bytes, slice, format)
  }

  // Mutating, like all here: lending the detector to a function that is not would copy its 900 bytes.
  private mutating func level(_ plan: EntryPlan, _ format: Int, _ bytes: Span<UInt8>, _ taken: FieldSlice) -> Level? {
    if plan.levelOperand < 0 {
      return catalog.level(bytes.extracting(FieldDecoding.trimmed(taken, bytes).range), of: format)
    }
    let program = catalog.program
    var index = state.levelWord
    if state.levelStart != Int(taken.start) || state.levelOperand != Int(plan.levelOperand) {
      let operand = program.strict[Int(plan.levelOperand)]
      let view = bytes.extracting(first: Int(taken.end))
      index =
        operand.kind == .level
        ? StrictScanning.scanLevel(operand, program, view, Int(taken.start)).index
        : StrictScanning.scanWords(program.words, operand, program.literals, view, Int(taken.start)).index
    }
    return index >= 0 ? Level(rawValue: UInt8(program.words[index].valueFirst)) : nil
  }
}
