import LogBytes
package import LogEntries
import LogJSON

/// Lines of pairs and objects that are read by their shapes (LineShapes.swift).
extension FormatDetector {
  /// Makes ready for `followShape`; answers the locked format, or -1 if it would take no line. Requires `prepareSteady`.
  package mutating func prepareShapes() -> Int {
    let format = steady.format
    let structure = catalog.formats[format].structure
    guard structure == .json || structure == .keyValue else { return -1 }
    lendShapes(isObject: structure == .json)
    if shapes.format != format { resetShapes(to: format) }
    return shapes.isAllowed && (!flags[format].contains(.requires) || isMet(format, 0)) ? format : -1
  }

  @inline(never)
  mutating func resetShapes(to format: Int) {
    let traits = catalog.formats[format]
    let isObject = traits.structure == .json
    // Where it is strong, it is the first that is asked once it is locked.
    let isStrong = candidates.place(of: format, .strong, isObject ? ASCII.leftBrace : ASCII.smallA) >= 0
    var isAllowed =
      isStrong && flags[format].contains(.isPlain) && flags[format].isDisjoint(with: [.hasContinues, .forbids]) && traits.events.isEmpty
    // In the message no more is looked for.
    for index in traits.parts.range where catalog.partFields[index].field == ReservedNames.message { isAllowed = false }
    for index in traits.finds.range where catalog.findFields[index].field == ReservedNames.message { isAllowed = false }
    shapes.reset(to: format, isAllowed: isAllowed, isObject: isObject)
    for index in traits.parts.range { shapes.forbid(catalog.partFields[index].field) }
    for index in traits.finds.range { shapes.forbid(catalog.findFields[index].field) }
    // What an envelope adds.
    shapes.forbid(ReservedNames.logGroup)
    shapes.forbid(ReservedNames.logStream)
  }

  /// Reads a line of the first stream by its shape; false if the shape is not known or a value is none that is read so. Nothing is changed
  /// but what is remembered of shapes. Requires `prepareShapes`.
  package mutating func followShape(_ text: borrowing MatchText, from: Int, end: Int) -> Bool {
    shapes.isWanted = false
    guard end &+ LineShapes.readableBehindLine <= text.count else { return false }
    if shapes.isObject {
      // A line that does not end with its brace may go on in the next one.
      guard text[end &- 1] == ASCII.rightBrace, text[from] == ASCII.leftBrace else { return false }
      shaped = shapes.followObject(text, from: from, end: end)
    } else {
      shaped = shapes.followPairs(text, from: from, end: end)
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
    let shape = shapes[shaped.shape]
    guard shaped.nothing == 0 ? shape.isComplete : isComplete(shape, format) else { return false }
    entry.format = catalog.formats[format].name
    entry.fields = shape.fields
    entry.event = nil
    entry.time = nil
    entry.level = nil
    entry.message = SlotBuffer.absent
    entry.raw = shaped.raw
    entry.made = shaped.made
    if shaped.made != 0 { shapes.scratch.removeAll() }
    for index in shape.times.range where readTime(shapes.candidates[index], text, format, &entry) { break }
    for index in shape.levels.range where readLevel(shapes.candidates[index], text, format, &entry) { break }
    for index in shape.messages.range where shapes.candidates[index].isString {
      let slot = Int(shapes.candidates[index].slot)
      entry.message = shaped.made &>> UInt64(slot) & 1 == 0 ? shapes.slots[slot] : makeString(text, shapes.slots[slot])
      shapes.slots[slot] = SlotBuffer.absent
      entry.raw |= (shaped.raw &>> UInt64(slot)) &<< 63
      entry.made |= (shaped.made &>> UInt64(slot)) &<< 63
      break
    }
    if flags[format].contains(.hasAbsent) { forgetAbsentValues(text, shape, format) }
    if shaped.made != 0 { makeValues(text, shape) }
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

  /// Reads the escapes of values, and leaves out blanks: from here on they stand in the scratch.
  @inline(never)
  private mutating func makeValues(_ text: borrowing MatchText, _ shape: LineShapes.Shape) {
    for index in shape.fields.range {
      let field = shapes.fields[index]
      let slot = Int(field.slot)
      if shaped.made >> UInt64(slot) & 1 == 0 || shapes.slots[slot].isEmpty { continue }
      if field.form == .string {
        let made = makeString(text, shapes.slots[slot])
        shapes.slots[slot] = made
      } else {
        let start = shapes.scratch.count
        shapes.scratch.appendMinified(text.bytes.extracting(shapes.slots[slot].range))
        shapes.slots[slot] = FieldSlice(start, shapes.scratch.count)
      }
    }
  }

  @inline(never)
  private mutating func makeString(_ text: borrowing MatchText, _ value: FieldSlice) -> FieldSlice {
    let start = shapes.scratch.count
    let inside = text.bytes.extracting(value.range)
    if shapes.isObject {
      shapes.scratch.appendJSONUnescaped(inside)
    } else {
      ListReading.appendUnescaped(inside, of: .keyValue, to: &shapes.scratch)
    }
    return FieldSlice(start, shapes.scratch.count)
  }

  /// Takes the time out of a slot, or out of a value inside of what stands there, which stays a field; false if it is none.
  @inline(__always)
  private mutating func readTime(
    _ candidate: LineShapes.Candidate, _ text: borrowing MatchText, _ format: Int, _ entry: inout PlannedEntry
  ) -> Bool {
    let slot = Int(candidate.slot)
    var parts = TimeParts()
    guard
      candidate.path < 0
        ? scanTime(candidate, text, shapes.slots[slot], format, &parts)
        : scanNestedTime(candidate, text, shapes.slots[slot], format, &parts)
    else { return false }
    // One that means no moment ends the search, and stays a field.
    guard let moment = clocks[clockIndex(format, 0)].resolve(parts, movesPrevious: true) else { return true }
    entry.time = moment
    if candidate.path < 0 { shapes.slots[slot] = SlotBuffer.absent }
    return true
  }

  @inline(__always)
  private mutating func scanTime(
    _ candidate: LineShapes.Candidate, _ text: borrowing MatchText, _ value: FieldSlice, _ format: Int, _ parts: inout TimeParts
  ) -> Bool {
    guard !value.isEmpty, shaped.escaped &>> UInt64(candidate.slot) & 1 == 0,
      candidate.isString || CompactJSON.isNumber(text[Int(value.start)])
    else { return false }
    return shapes.times.scan(text, value, into: &parts) || KeyedTime.scan(text.bytes, value, catalog, catalog.layouts[format], &parts)
  }

  @inline(never)
  private mutating func scanNestedTime(
    _ candidate: LineShapes.Candidate, _ text: borrowing MatchText, _ value: FieldSlice, _ format: Int, _ parts: inout TimeParts
  ) -> Bool {
    guard case .json(let reader) = readers[format], !value.isEmpty, text[Int(value.start)] == ASCII.leftBrace,
      let member = reader.timeValue(Int(candidate.path), text.bytes, object: Int(value.start))
    else { return false }
    return JSONEntryReader.scanTime(member, text.bytes, catalog, catalog.layouts[format], &parts)
  }

  @inline(__always)
  private mutating func readLevel(
    _ candidate: LineShapes.Candidate, _ text: borrowing MatchText, _ format: Int, _ entry: inout PlannedEntry
  ) -> Bool {
    let slot = Int(candidate.slot)
    let value = shapes.slots[slot]
    if candidate.path >= 0 { return readNestedLevel(candidate, text, format, &entry) }
    guard !value.isEmpty, candidate.isString || CompactJSON.isNumber(text[Int(value.start)]),
      let level = shapes.levels.level(text, value, catalog, format)
    else { return false }
    entry.level = level
    shapes.slots[slot] = SlotBuffer.absent
    return true
  }

  @inline(never)
  private mutating func readNestedLevel(
    _ candidate: LineShapes.Candidate, _ text: borrowing MatchText, _ format: Int, _ entry: inout PlannedEntry
  ) -> Bool {
    let value = shapes.slots[Int(candidate.slot)]
    guard case .json(let reader) = readers[format], !value.isEmpty, text[Int(value.start)] == ASCII.leftBrace,
      let member = reader.levelValue(Int(candidate.path), text.bytes, object: Int(value.start)),
      let level = JSONEntryReader.level(member, text.bytes, catalog, format)
    else { return false }
    entry.level = level
    return true
  }

  @inline(never)
  private mutating func forgetAbsentValues(_ text: borrowing MatchText, _ shape: LineShapes.Shape, _ format: Int) {
    for index in shape.fields.range where shapes.fields[index].form == .string {
      let slot = Int(shapes.fields[index].slot)
      // That of the words is set later.
      if slot >= Int(shape.valueCount) || shapes.slots[slot].isEmpty { continue }
      if catalog.isAbsent(text.bytes, shapes.slots[slot], format) { shapes.slots[slot] = SlotBuffer.absent }
    }
  }

  /// The words that are no pairs become the message, or another field beside one; false if that would be numbered.
  @inline(__always)
  private mutating func takeWords(_ shape: LineShapes.Shape, _ text: borrowing MatchText, _ entry: inout PlannedEntry) -> Bool {
    shapes.slots[Int(shape.valueCount)] = SlotBuffer.absent
    if shaped.words.start == .max { return true }
    if entry.message.start == .max {
      entry.message = shaped.words
      return true
    }
    if shape.hasText { return false }
    shapes.slots[Int(shape.valueCount)] = shaped.words
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
