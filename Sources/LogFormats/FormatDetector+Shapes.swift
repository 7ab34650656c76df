import LogBytes
package import LogEntries

/// Lines of pairs and objects that are read by their shapes (LineShapes.swift).
extension FormatDetector {
  /// Makes ready for `followShape`; false if it would take no line. Requires `prepareSteady`.
  package mutating func prepareShapes() -> Bool {
    let format = steady.format
    if shapes.format != format {
      let structure = catalog.formats[format].structure
      guard structure == .json || structure == .keyValue else { return false }
      resetShapes(to: format)
    }
    return shapes.isAllowed && (!flags[format].contains(.requires) || isMet(format, 0))
  }

  @inline(never)
  private mutating func resetShapes(to format: Int) {
    let traits = catalog.formats[format]
    // Fields in which more is looked for, and those that an envelope adds.
    var forbidden: Set<NameID> = [ReservedNames.logGroup, ReservedNames.logStream]
    for index in traits.parts.range { forbidden.insert(catalog.partFields[index].field) }
    for index in traits.finds.range { forbidden.insert(catalog.findFields[index].field) }
    let isObject = traits.structure == .json
    let isAllowed =
      flags[format].isDisjoint(with: [.hasContinues, .forbids]) && traits.events.isEmpty && !forbidden.contains(ReservedNames.message)
      && candidates.place(of: format, .strong, isObject ? ASCII.leftBrace : ASCII.smallA) >= 0
    shapes.reset(to: format, isAllowed: isAllowed, isObject: isObject, forbidden: forbidden)
  }

  /// Reads a line of the first stream by its shape; false if the shape is not known or a value is none that is read so. Nothing is changed
  /// but what is remembered of shapes. Requires `prepareShapes`.
  package mutating func followShape(_ text: borrowing MatchText, from: Int, end: Int) -> Bool {
    shapes.isWanted = false
    guard end &+ LineShapes.readableBehindLine <= text.count else { return false }
    if shapes.isObject {
      // A line that does not end with its brace may go on in the next one.
      guard text[end &- 1] == ASCII.rightBrace, text[from] == ASCII.leftBrace else { return false }
      shaped = shapes.followObject(text, from: from, end: end, slots: slots)
    } else {
      shaped = shapes.followPairs(text, from: from, end: end, slots: slots)
    }
    if shaped.shape > 0 { return true }
    shapes.miss()
    return false
  }

  /// Gathers what stands before the fields of the line that `followShape` took; false if its format may not be that of the shape, or if
  /// its fields must be gathered too.
  ///
  /// What a clock remembers is then as after `decode`, which gives the same if it comes behind this.
  package mutating func planShape(_ text: borrowing MatchText, _ entry: inout PlannedEntry) -> Bool {
    let format = shapes.format
    // An observer may have met something.
    guard steady.format == format else { return false }
    let shape = shapes[shaped.shape]
    guard shaped.nothing == 0 ? shape.isComplete : isComplete(shape, format) else { return false }
    entry.format = catalog.formats[format].name
    entry.fields = shape.fields
    entry.event = nil
    entry.time = nil
    entry.level = nil
    entry.message = SlotBuffer.absent
    entry.raw = shaped.raw & ~(1 << 63)
    for index in shape.times.range where readTime(shapes.candidates[index], text, format, &entry) { break }
    for index in shape.levels.range where readLevel(shapes.candidates[index], text, format, &entry) { break }
    for index in shape.messages.range where shapes.candidates[index].isString {
      let slot = Int(shapes.candidates[index].slot)
      entry.message = slots[slot]
      slots[slot] = SlotBuffer.absent
      entry.raw |= (shaped.raw &>> UInt64(slot)) &<< 63
      break
    }
    if flags[format].contains(.hasAbsent) { forgetAbsentValues(text, shape, format) }
    if !shapes.isObject { return takeWords(shape, text, &entry) }
    return true
  }

  @inline(never)
  private mutating func isComplete(_ shape: LineShapes.Shape, _ format: Int) -> Bool {
    let everyGroup: UInt32
    switch readers[format] {
    case .json(let reader): everyGroup = reader.everyGroup
    case .keyValue(let reader): everyGroup = reader.everyGroup
    case .patterns, .delimited: return false
    }
    return shapes.isSatisfied(shape, nothing: shaped.nothing, everyGroup)
  }

  /// Takes the time out of a slot; false if it is none.
  @inline(__always)
  private mutating func readTime(
    _ candidate: LineShapes.Candidate, _ text: borrowing MatchText, _ format: Int, _ entry: inout PlannedEntry
  ) -> Bool {
    let slot = Int(candidate.slot)
    let value = slots[slot]
    guard !value.isEmpty, shaped.escaped &>> UInt64(slot) & 1 == 0, candidate.isString || CompactJSON.isNumber(text[Int(value.start)]) else {
      return false
    }
    var parts = TimeParts()
    guard
      shapes.times.scan(text, value, into: &parts)
        || KeyedTime.scan(text.bytes, value, catalog, catalog.layouts[format], &parts)
    else { return false }
    // One that means no moment ends the search, and stays a field.
    if let moment = clocks[clockIndex(format, 0)].resolve(parts, movesPrevious: true) {
      entry.time = moment
      slots[slot] = SlotBuffer.absent
    }
    return true
  }

  @inline(__always)
  private mutating func readLevel(
    _ candidate: LineShapes.Candidate, _ text: borrowing MatchText, _ format: Int, _ entry: inout PlannedEntry
  ) -> Bool {
    let slot = Int(candidate.slot)
    let value = slots[slot]
    guard !value.isEmpty, candidate.isString || CompactJSON.isNumber(text[Int(value.start)]),
      let level = shapes.levels.level(text, value, catalog, format)
    else { return false }
    entry.level = level
    slots[slot] = SlotBuffer.absent
    return true
  }

  @inline(never)
  private mutating func forgetAbsentValues(_ text: borrowing MatchText, _ shape: LineShapes.Shape, _ format: Int) {
    for index in shape.fields.range where shapes.fields[index].form == .string {
      let slot = Int(shapes.fields[index].slot)
      // That of the words is set later.
      if slot >= Int(shape.valueCount) || slots[slot].isEmpty { continue }
      if catalog.isAbsent(text.bytes, slots[slot], format) { slots[slot] = SlotBuffer.absent }
    }
  }

  /// The words that are no pairs become the message, or another field beside one; false if that would be numbered.
  @inline(__always)
  private mutating func takeWords(_ shape: LineShapes.Shape, _ text: borrowing MatchText, _ entry: inout PlannedEntry) -> Bool {
    slots[Int(shape.valueCount)] = SlotBuffer.absent
    if shaped.words.start == .max { return true }
    if entry.message.start == .max {
      entry.message = shaped.words
      return true
    }
    if shape.hasText { return false }
    slots[Int(shape.valueCount)] = shaped.words
    return true
  }

  /// Accepts again a line that was planned by its shape, so that its fields can be gathered.
  package mutating func acceptAgain(
    _ found: Recognition, _ text: borrowing MatchText, from: Int, end: Int, _ assembly: inout EntryAssembly, names: inout FieldNames
  ) {
    isObjectRead = false
    let isAccepted = acceptsStructure(found.format, text, from, end, 0, .none, &assembly, &names)
    precondition(isAccepted, "a format that took a line takes it again")
  }
}
