import LogBytes
package import LogEntries

/// Events, parts and finds: what a complete entry's fields hold (formats/README.md, "The second stage").
extension FormatDetector {
  /// Runs the second stage of the entry's format, once, when the entry is complete.
  package mutating func complete(
    _ format: Int, text: borrowing MatchText, stream: Int, _ assembly: inout EntryAssembly, names: inout FieldNames
  ) {
    if !catalog.formats[format].events.isEmpty { addEvent(format, text, stream, &assembly, &names) }
    matchedEvent = nil
    if !catalog.formats[format].parts.isEmpty { addParts(format, text, stream, &assembly, &names) }
    if !catalog.formats[format].finds.isEmpty { addFinds(format, text, stream, &assembly, &names) }
  }

  private mutating func addEvent(
    _ format: Int, _ text: borrowing MatchText, _ stream: Int, _ assembly: inout EntryAssembly, _ names: inout FieldNames
  ) {
    for index in catalog.formats[format].events.range {
      guard let value = assembly.field(catalog.eventFields[index].field), value.kind == .string else { continue }
      if value.source == .text {
        if let event = matchedEvent, event.list == index, event.slice == value.slice {
          return putEvent(event.number, format, text, MatchOrigin(source: .text), stream, &assembly, &names)
        }
        if addEvent(index, format, text, value.slice, MatchOrigin(source: .text), stream, &assembly, &names) { return }
      } else if value.source == .scratch {
        let copy = takeSpare(value, assembly)
        let isFound = addEvent(index, in: copy, format, origin(of: value), stream, &assembly, &names)
        spare = consume copy
        if isFound { return }
      }
    }
  }

  private mutating func addEvent(
    _ field: Int, in copy: borrowing ValueCopy, _ format: Int, _ origin: MatchOrigin, _ stream: Int,
    _ assembly: inout EntryAssembly, _ names: inout FieldNames
  ) -> Bool {
    addEvent(field, format, copy.text, copy.slice, origin, stream, &assembly, &names)
  }

  private mutating func addEvent(
    _ field: Int, _ format: Int, _ text: borrowing MatchText, _ slice: FieldSlice, _ origin: MatchOrigin, _ stream: Int,
    _ assembly: inout EntryAssembly, _ names: inout FieldNames
  ) -> Bool {
    matchedEvent = nil
    let number = EventMatching.match(
      field, catalog.eventView, program: catalog.program, text: text, from: Int(slice.start), end: Self.firstLineEnd(text, slice),
      wholeEnd: Int(slice.end), scratch: &events)
    guard number >= 0 else { return false }
    putEvent(number, format, text, origin, stream, &assembly, &names)
    return true
  }

  /// An event whose slots are in `events`.
  private mutating func putEvent(
    _ number: Int, _ format: Int, _ text: borrowing MatchText, _ origin: MatchOrigin, _ stream: Int, _ assembly: inout EntryAssembly,
    _ names: inout FieldNames
  ) {
    assembly.entry.event = catalog.events[number].name
    decodeSecond(Int(catalog.events[number].pattern), format, text.bytes, origin, stream, &assembly, &names)
  }

  /// The room for copies, with a value of the entry's scratch in it.
  private mutating func takeSpare(_ value: EntryField, _ assembly: borrowing EntryAssembly) -> ValueCopy {
    var copy = spare.take() ?? ValueCopy()
    copy.set(assembly.entry.scratch.span.extracting(value.slice.range))
    return copy
  }

  private func origin(of value: EntryField) -> MatchOrigin {
    MatchOrigin(source: .scratch, offset: Int(value.slice.start))
  }

  /// Fields of a pattern of the second stage, whose slots are in `events`.
  private mutating func decodeSecond(
    _ pattern: Int, _ format: Int, _ bytes: Span<UInt8>, _ origin: MatchOrigin, _ stream: Int, _ assembly: inout EntryAssembly,
    _ names: inout FieldNames
  ) {
    let clock = clockIndex(format, stream)
    FieldDecoding.decode(
      pattern, catalog: catalog, format: format, bytes: bytes, origin: origin, slots: events.slots, state: &events.state,
      clock: &clocks[clock], into: &assembly, names: &names)
  }

  /// The end of the first line of a value, without blanks there.
  static func firstLineEnd(_ text: borrowing MatchText, _ slice: FieldSlice) -> Int {
    let start = Int(slice.start)
    var end = text.nextBit(class: ChunkBitmaps.lineFeed, from: start, limit: Int(slice.end))
    while end > start, Matcher.isBlank(text[end &- 1]) { end &-= 1 }
    return end
  }

  private mutating func addParts(
    _ format: Int, _ text: borrowing MatchText, _ stream: Int, _ assembly: inout EntryAssembly, _ names: inout FieldNames
  ) {
    for index in catalog.formats[format].parts.range {
      let field = catalog.partFields[index]
      guard let value = assembly.field(field.field), value.kind == .string else { continue }
      if value.source == .text {
        addPart(field, format, text, value.slice, MatchOrigin(source: .text), stream, &assembly, &names)
      } else if value.source == .scratch {
        let copy = takeSpare(value, assembly)
        addPart(field, in: copy, format, origin(of: value), stream, &assembly, &names)
        spare = consume copy
      }
    }
  }

  private mutating func addPart(
    _ field: FieldPatternsTraits, in copy: borrowing ValueCopy, _ format: Int, _ origin: MatchOrigin, _ stream: Int,
    _ assembly: inout EntryAssembly, _ names: inout FieldNames
  ) {
    addPart(field, format, copy.text, copy.slice, origin, stream, &assembly, &names)
  }

  private mutating func addPart(
    _ field: FieldPatternsTraits, _ format: Int, _ text: borrowing MatchText, _ slice: FieldSlice, _ origin: MatchOrigin,
    _ stream: Int, _ assembly: inout EntryAssembly, _ names: inout FieldNames
  ) {
    guard let pattern = matchPart(field, text, slice) else { return }
    decodeSecond(pattern, format, text.bytes, origin, stream, &assembly, &names)
  }

  private mutating func matchPart(_ field: FieldPatternsTraits, _ text: borrowing MatchText, _ slice: FieldSlice) -> Int? {
    let firstLine = Self.firstLineEnd(text, slice)
    let program = catalog.program
    for number in field.patterns.range {
      let pattern = catalog.patterns[number]
      let end = pattern.takesLineFeeds ? Int(slice.end) : firstLine
      if Matcher.match(
        start: pattern.start, straight: pattern.straight, program: program, text: text, from: Int(slice.start), end: end,
        slots: events.slots, state: &events.state)
      {
        return number
      }
    }
    return nil
  }

  private mutating func addFinds(
    _ format: Int, _ text: borrowing MatchText, _ stream: Int, _ assembly: inout EntryAssembly, _ names: inout FieldNames
  ) {
    for index in catalog.formats[format].finds.range {
      let field = catalog.findFields[index]
      guard let value = assembly.field(field.field), value.kind == .string else { continue }
      if value.source == .text {
        find(index, format, text, value.slice, MatchOrigin(source: .text), stream, &assembly, &names)
      } else if value.source == .scratch {
        let copy = takeSpare(value, assembly)
        find(index, in: copy, format, origin(of: value), stream, &assembly, &names)
        spare = consume copy
      }
    }
  }

  private mutating func find(
    _ list: Int, in copy: borrowing ValueCopy, _ format: Int, _ origin: MatchOrigin, _ stream: Int,
    _ assembly: inout EntryAssembly, _ names: inout FieldNames
  ) {
    find(list, format, copy.text, copy.slice, origin, stream, &assembly, &names)
  }

  /// Each pattern in order, unless all of its names exist, at every place between word boundaries.
  private mutating func find(
    _ list: Int, _ format: Int, _ text: borrowing MatchText, _ slice: FieldSlice, _ origin: MatchOrigin,
    _ stream: Int, _ assembly: inout EntryAssembly, _ names: inout FieldNames
  ) {
    let patterns = catalog.findFields[list].patterns
    findPlaces.gather(list, catalog.findFilter, text, from: Int(slice.start), end: Int(slice.end))
    var finds = FindsToTry(patterns, findPlaces.candidates)
    while true {
      let number = finds.next()
      if number < 0 { return }
      if hasAllNames(number, assembly) { continue }
      let bit = number &- Int(patterns.first)
      var next = 0
      if catalog.patterns[number].collectsAll {
        let start = assembly.entry.scratch.count
        collect(number, bit, text, slice, into: &assembly.entry.scratch)
        let list = FieldSlice(start, assembly.entry.scratch.count)
        if !list.isEmpty { assembly.put(foundName(number, 0), list, .json, .scratch, &names) }
      } else if nextFind(number, bit, text, slice, from: Int(slice.start), &next) >= 0 {
        // A find adds only fields that do not exist yet.
        for slot in 0..<Int(catalog.patterns[number].captureCount) where assembly.has(foundName(number, slot)) {
          events.slots[slot] = SlotBuffer.absent
        }
        decodeSecond(number, format, text.bytes, origin, stream, &assembly, &names)
      }
    }
  }

  /// The name of what a find puts into a slot.
  @inline(__always)
  func foundName(_ pattern: Int, _ slot: Int) -> NameID {
    catalog.captures[Int(catalog.patterns[pattern].firstCapture) &+ slot].name
  }

  @inline(__always)
  private func hasAllNames(_ pattern: Int, _ assembly: borrowing EntryAssembly) -> Bool {
    let count = Int(catalog.patterns[pattern].captureCount)
    for slot in 0..<count where !assembly.has(foundName(pattern, slot)) { return false }
    return count > 0
  }

  /// Where the next find ends, with its slots in `events`; -1 if there is none.
  ///
  /// - Parameter next: the first of `findPlaces` that was not looked at, so that all finds of a value together look at each place once.
  mutating func nextFind(
    _ pattern: Int, _ bit: Int, _ text: borrowing MatchText, _ slice: FieldSlice, from: Int, _ next: inout Int
  ) -> Int {
    if bit >= FindFilter.greatestCount { return nextFindAnywhere(pattern, text, slice, from: from) }
    while next < findPlaces.places.count {
      let found = findPlaces.look(at: next)
      next &+= 1
      guard found.candidates &>> UInt64(truncatingIfNeeded: bit) & 1 != 0, found.place >= from else { continue }
      let behind = findEnd(pattern, text, at: found.place, end: Int(slice.end))
      if behind >= 0 { return behind }
    }
    return -1
  }

  /// The same for a pattern that the filter does not know.
  @inline(never)
  private mutating func nextFindAnywhere(_ pattern: Int, _ text: borrowing MatchText, _ slice: FieldSlice, from: Int) -> Int {
    let end = Int(slice.end)
    var isBoundary = from == Int(slice.start) || !ASCII.isLetterOrDigit(text.bytes[from - 1])
    for place in from..<max(from, end) {
      let byte = text.bytes[place]
      if isBoundary, catalog.patterns[pattern].firstBytes.contains(byte) {
        let behind = findEnd(pattern, text, at: place, end: end)
        if behind >= 0 { return behind }
      }
      isBoundary = !ASCII.isLetterOrDigit(byte)
    }
    return -1
  }

  /// Where a find ends that stands at a word boundary; -1 if it does not end at one.
  private mutating func findEnd(_ pattern: Int, _ text: borrowing MatchText, at place: Int, end: Int) -> Int {
    let program = catalog.program
    let start = Int(catalog.patterns[pattern].start)
    let behind: Int
    if program.instructions[start &+ 1].opcode == .done, Matcher.isAddress(start, program) {
      // Nothing but an address, which many lists look for, needs no matcher.
      behind = scanIPAddress(text.bytes.extracting(first: end), from: place)
      if behind >= 0 { events.slots[0] = FieldSlice(place, behind) }
    } else {
      behind = Matcher.run(start: start, program: program, text: text, from: place, end: end, slots: events.slots, state: &events.state)
    }
    return behind >= 0 && (behind == end || !ASCII.isLetterOrDigit(text.bytes[behind])) ? behind : -1
  }

  /// Appends the different values of a find that is `all`, at most sixteen, as a list of strings; nothing if there is none.
  mutating func collect(
    _ pattern: Int, _ bit: Int, _ text: borrowing MatchText, _ slice: FieldSlice, into output: inout ByteOutput
  ) {
    foundValues.removeAll()
    var from = Int(slice.start)
    var next = 0
    while foundValues.count < 16 {
      let end = nextFind(pattern, bit, text, slice, from: from, &next)
      guard end >= 0 else { break }
      from = max(end, from + 1)
      let value = events.slots[0]
      if isFound(value, text.bytes) { continue }
      output.append(foundValues.isEmpty ? ASCII.leftBracket : ASCII.comma)
      output.append(ASCII.quote)
      output.appendJSONEscaped(text.bytes.extracting(value.range))
      output.append(ASCII.quote)
      foundValues.append(value)
    }
    if !foundValues.isEmpty { output.append(ASCII.rightBracket) }
  }

  /// One of `foundValues` is the same text.
  private mutating func isFound(_ value: FieldSlice, _ bytes: Span<UInt8>) -> Bool {
    for index in foundValues.indices {
      let known = foundValues[index]
      if known.count == value.count, hasPrefix(bytes.extracting(value.range), in: bytes, at: Int(known.start)) { return true }
    }
    return false
  }
}

/// A value of an entry's scratch, copied so that matching can read it while fields are added to the entry.
struct ValueCopy: ~Copyable {
  private var bytes = ByteOutput(capacity: 0)
  private var bitmaps = ChunkBitmaps()

  /// Replaces the value; linear, keeps its room.
  mutating func set(_ value: Span<UInt8>) {
    bytes.removeAll()
    bytes.append(value)
    bitmaps.classify(value)
  }

  /// The same without the codes of colours in it.
  mutating func set(_ value: Span<UInt8>, without codes: ColourCodes) {
    bytes.removeAll()
    codes.appendWithout(value, to: &bytes)
    Self.classify(bytes, into: &bitmaps)
  }

  private static func classify(_ bytes: borrowing ByteOutput, into bitmaps: inout ChunkBitmaps) {
    bitmaps.classify(bytes.span)
  }

  var text: MatchText {
    @_lifetime(borrow self)
    get { MatchText(bytes: bytes.span, bitmaps: bitmaps.words) }
  }

  var slice: FieldSlice { FieldSlice(0, bytes.count) }
}
