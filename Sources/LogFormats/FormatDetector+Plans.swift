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
    entry.time = nil
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
    }
    let messageSlot = Int(plans[plan].messageSlot)
    entry.message = messageSlot >= 0 ? slots[messageSlot] : SlotBuffer.absent
    // An empty message is a message; any other empty field is none.
    let eventSlot = Int(plans[plan].eventSlot)
    if eventSlot >= 0, Self.isTaken(slots[eventSlot]) || eventSlot == messageSlot && entry.message.start != .max {
      return planEvent(Int(plans[plan].eventList), found.format, slots[eventSlot], text, &entry, &names)
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
      list, catalog.eventView, program: catalog.program, text: text, from: Int(slice.start), end: Self.endWithoutBlanks(text, slice),
      wholeEnd: Int(slice.end), scratch: &events)
    guard number >= 0 else { return true }
    let pattern = Int(catalog.events[number].pattern)
    let plan = plans.plan(event: pattern, of: format, catalog, &names)
    guard plan >= 0, planPairs(plan, format, text, &entry, &names) else {
      matchedEvent = MatchedEvent(list: list, slice: slice, number: number)
      return false
    }
    entry.event = catalog.events[number].name
    entry.eventFields = plans[plan].fields
    if flags[format].contains(.hasAbsent) { forgetAbsentOfEvent(text, format, Int(catalog.patterns[pattern].captureCount)) }
    return true
  }

  /// Gathers the pairs of an event, under the names of their keys; false if one of them would get another.
  @inline(__always)
  private mutating func planPairs(
    _ plan: Int, _ format: Int, _ text: borrowing MatchText, _ entry: inout PlannedEntry, _ names: inout FieldNames
  ) -> Bool {
    let slot = Int(plans[plan].pairsSlot)
    if slot < 0 { return true }
    let list = events.slots[slot]
    return !Self.isTaken(list) || planPairs(plans[plan].pairsNumber, list, format, text, &entry, &names)
  }

  private mutating func planPairs(
    _ number: Int32, _ list: FieldSlice, _ format: Int, _ text: borrowing MatchText, _ entry: inout PlannedEntry,
    _ names: inout FieldNames
  ) -> Bool {
    guard events.state.pairs.isKnown, events.state.pairs.start == Int(list.start) else { return false }
    plans.pairNames.prepare(events.state.pairs.generation)
    let hasAbsent = flags[format].contains(.hasAbsent)
    var seen: UInt64 = 0
    var index = 0
    while index < events.state.pairs.items.count {
      let item = events.state.pairs.items[index]
      index &+= 1
      let isBare = events.state.pairs.heads[Int(item.head)].isBare
      // As with all fields: what is empty or means null is not there.
      if !isBare, item.value.isEmpty || hasAbsent && catalog.isAbsent(text.bytes, item.value, format) { continue }
      var name = plans.pairNames[number, item.head]
      if name == PairNames.unknown {
        let key = events.state.pairs.heads[Int(item.head)].key
        let first = (isBare ? Int(item.value.start) &- 1 : Int(item.value.start) &- 2) &- key.count
        name = plans.pairNames.learn(
          number, item.head, text.bytes.extracting(first..<first &+ key.count), format: format, catalog, &names)
      }
      // One that stands twice is numbered.
      let bit = 1 &<< UInt64(item.head)
      guard name != PairNames.taken, seen & bit == 0 else { return false }
      seen |= bit
      entry.items.append(PlannedItem(name: NameID(name), value: isBare ? SlotBuffer.absent : item.value))
    }
    return true
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
