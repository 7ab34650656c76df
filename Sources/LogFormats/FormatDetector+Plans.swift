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
    guard found.pattern >= 0 else { return false }
    let plan = plans.plan(dialect: found.pattern, of: found.format, catalog, &names)
    guard plan >= 0 else { return false }
    if flags[found.format].contains(.hasAbsent) {
      forgetAbsent(text, found.format, Int(catalog.patterns[found.pattern].captureCount))
    }
    if plans[plan].searched.count > 0 {
      for index in plans[plan].searched.range where Self.isTaken(slots[Int(plans.fields[index].slot)]) { return false }
    }
    entry.format = catalog.formats[found.format].name
    entry.fields = plans[plan].fields
    entry.items.removeAll()
    entry.event = nil
    entry.eventFields = PlannedFields(0, 0)
    entry.time = nil
    entry.removeAdded()
    guard planItems(plan, found.format, text, &entry, &names) else { return false }
    let timeSlot = Int(plans[plan].timeSlot)
    if timeSlot >= 0, Self.isTaken(slots[timeSlot]) {
      guard state.timeSlot == timeSlot,
        let moment = clocks[clockIndex(found.format, stream)].resolve(state.time, movesPrevious: true)
      else { return false }
      entry.time = moment
    }
    entry.level = nil
    let levelSlot = Int(plans[plan].levelSlot)
    if levelSlot >= 0, Self.isTaken(slots[levelSlot]) {
      guard let level = level(operand: Int(plans[plan].levelOperand), found.format, text.bytes, slots[levelSlot]) else { return false }
      entry.level = level
    } else {
      let prioritySlot = Int(plans[plan].prioritySlot)
      if prioritySlot >= 0, Self.isTaken(slots[prioritySlot]) {
        entry.level = FieldDecoding.level(ofPriority: text.bytes.extracting(slots[prioritySlot].range))
      }
    }
    let messageSlot = Int(plans[plan].messageSlot)
    entry.message = messageSlot >= 0 ? slots[messageSlot] : SlotBuffer.absent
    // An empty message is a message; any other empty field is none.
    let eventSlot = Int(plans[plan].eventSlot)
    if eventSlot >= 0, Self.isTaken(slots[eventSlot]) || eventSlot == messageSlot && entry.message.start != .max {
      guard planEvent(Int(plans[plan].eventList), found.format, slots[eventSlot], text, &entry, &names) else { return false }
    }
    return plans[plan].finds.count == 0 || planFinds(plans[plan].finds, found.format, text, &entry)
  }

  /// Adds what the finds of the format give; false if a plan cannot say it.
  private mutating func planFinds(
    _ finds: PlannedFields, _ format: Int, _ text: borrowing MatchText, _ entry: inout PlannedEntry
  ) -> Bool {
    let firstList = Int(catalog.formats[format].finds.first) &- Int(finds.first)
    for index in finds.range {
      let slot = plans.fields[index].slot
      if slot == .max || !Self.isTaken(slots[Int(slot)]) { continue }
      guard planFinds(of: firstList &+ index, format, text, slots[Int(slot)], &entry) else { return false }
    }
    return true
  }

  private mutating func planFinds(
    of list: Int, _ format: Int, _ text: borrowing MatchText, _ slice: FieldSlice, _ entry: inout PlannedEntry
  ) -> Bool {
    let patterns = catalog.findFields[list].patterns
    findPlaces.gather(list, catalog.findFilter, text, from: Int(slice.start), end: Int(slice.end))
    var finds = FindsToTry(patterns, findPlaces.candidates)
    if finds.isEmpty { return true }
    // What the event took stands where finds are matched.
    guard entry.event == nil else { return false }
    matchedEvent = nil
    while true {
      let number = finds.next()
      if number < 0 { return true }
      if hasAllNames(number, entry) { continue }
      let bit = number &- Int(patterns.first)
      var next = 0
      if catalog.patterns[number].collectsAll {
        let start = entry.scratch.count
        collect(number, bit, text, slice, into: &entry.scratch)
        let list = FieldSlice(start, entry.scratch.count)
        if !list.isEmpty { entry.add(EntryField(name: foundName(number, 0), slice: list, kind: .json, source: .scratch)) }
      } else if nextFind(number, bit, text, slice, from: Int(slice.start), &next) >= 0 {
        for slot in 0..<Int(catalog.patterns[number].captureCount) {
          let taken = events.slots[slot]
          if !Self.isTaken(taken) || has(foundName(number, slot), entry) { continue }
          if flags[format].contains(.hasAbsent), catalog.isAbsent(text.bytes, taken, format) { continue }
          entry.add(EntryField(name: foundName(number, slot), slice: taken, kind: .string, source: .text))
        }
      }
    }
  }

  @inline(__always)
  private func has(_ name: NameID, _ entry: borrowing PlannedEntry) -> Bool {
    for index in entry.added.indices where entry.added[index].name == name { return true }
    return false
  }

  @inline(__always)
  private func hasAllNames(_ pattern: Int, _ entry: borrowing PlannedEntry) -> Bool {
    let count = Int(catalog.patterns[pattern].captureCount)
    for slot in 0..<count where !has(foundName(pattern, slot), entry) { return false }
    return count > 0
  }

  /// Matches the dialect again whose line was planned, so that its fields can be gathered.
  package mutating func matchAgain(_ found: Recognition, _ text: borrowing MatchText, from: Int, end: Int) {
    let isMatched = match(found.pattern, text, from: from, end: end)
    precondition(isMatched, "a pattern that took a line takes it again")
  }

  /// What a planned wrapper wraps, and the key of its streams; absent if the line has none.
  package mutating func wrapped(in found: Recognition, _ names: inout FieldNames) -> (text: FieldSlice, key: FieldSlice) {
    let plan = plans.plan(dialect: found.pattern, of: found.format, catalog, &names)
    if plan < 0 { return (SlotBuffer.absent, SlotBuffer.absent) }
    let wrappedSlot = Int(plans[plan].wrappedSlot)
    let keySlot = Int(plans[plan].wrapKeySlot)
    return (
      wrappedSlot < 0 ? SlotBuffer.absent : slots[wrappedSlot],
      keySlot < 0 ? SlotBuffer.absent : slots[keySlot]
    )
  }

  /// Keeps what the last match took while other texts are matched, or takes that out again.
  package mutating func exchangeSlots() { swap(&slots, &keptSlots) }

  @inline(__always)
  private static func isTaken(_ slice: FieldSlice) -> Bool { slice.start != .max && !slice.isEmpty }

  private mutating func planEvent(
    _ list: Int, _ format: Int, _ slice: FieldSlice, _ text: borrowing MatchText, _ entry: inout PlannedEntry, _ names: inout FieldNames
  ) -> Bool {
    matchedEvent = nil
    let number = EventMatching.match(
      list, catalog.eventView, program: catalog.program, text: text, from: Int(slice.start), end: Self.endWithoutBlanks(text, slice),
      wholeEnd: Int(slice.end), scratch: &events)
    guard number >= 0 else { return true }
    let pattern = Int(catalog.events[number].pattern)
    let plan = plans.plan(event: pattern, of: format, catalog, &names)
    guard plan >= 0, planEventItems(plan, format, text, &entry, &names) else {
      matchedEvent = MatchedEvent(list: list, slice: slice, number: number)
      return false
    }
    entry.event = catalog.events[number].name
    entry.eventFields = plans[plan].fields
    if flags[format].contains(.hasAbsent) { forgetAbsentOfEvent(text, format, Int(catalog.patterns[pattern].captureCount)) }
    return true
  }

  /// Gathers the items of the list that a dialect has; false if a plan cannot say them.
  @inline(__always)
  private mutating func planItems(
    _ plan: Int, _ format: Int, _ text: borrowing MatchText, _ entry: inout PlannedEntry, _ names: inout FieldNames
  ) -> Bool {
    let slot = Int(plans[plan].listSlot)
    if slot < 0 || !Self.isTaken(slots[slot]) { return true }
    return plans.itemNames.gather(plans[plan].listNumber, slots[slot], &state.lists, format: format, catalog, text, &entry, &names)
  }

  /// The same for an event.
  @inline(__always)
  private mutating func planEventItems(
    _ plan: Int, _ format: Int, _ text: borrowing MatchText, _ entry: inout PlannedEntry, _ names: inout FieldNames
  ) -> Bool {
    let slot = Int(plans[plan].listSlot)
    if slot < 0 || !Self.isTaken(events.slots[slot]) { return true }
    return plans.itemNames.gather(
      plans[plan].listNumber, events.slots[slot], &events.state.lists, format: format, catalog, text, &entry, &names)
  }

  /// The end of a value, without blanks there: the entry is one line.
  @inline(__always)
  private static func endWithoutBlanks(_ text: borrowing MatchText, _ slice: FieldSlice) -> Int {
    var end = Int(slice.end)
    while end > Int(slice.start), Matcher.isBlank(text[end &- 1]) { end &-= 1 }
    return end
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
  private mutating func level(operand: Int, _ format: Int, _ bytes: Span<UInt8>, _ taken: FieldSlice) -> Level? {
    if operand < 0 {
      return catalog.level(bytes.extracting(FieldDecoding.trimmed(taken, bytes).range), of: format)
    }
    let program = catalog.program
    var index = state.levelWord
    if state.levelStart != Int(taken.start) || state.levelOperand != operand {
      let operand = program.strict[operand]
      let view = bytes.extracting(first: Int(taken.end))
      index =
        operand.kind == .level
        ? StrictScanning.scanLevel(operand, program, view, Int(taken.start)).index
        : StrictScanning.scanWords(program.words, operand, program.literals, view, Int(taken.start)).index
    }
    return index >= 0 ? Level(rawValue: UInt8(program.words[index].valueFirst)) : nil
  }
}
