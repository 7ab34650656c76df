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
        start: Int(pattern.start), program: program, text: text, from: Int(slice.start), end: end, slots: events.slots,
        state: &events.state)
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
    if findPlaces.candidates == 0, patterns.count <= FindFilter.greatestCount { return }
    for number in patterns.range {
      let bit = number - Int(patterns.first)
      if bit < FindFilter.greatestCount, findPlaces.candidates >> UInt64(bit) & 1 == 0 { continue }
      let pattern = catalog.patterns[number]
      if hasAllNames(pattern, assembly) { continue }
      var next = 0
      if pattern.collectsAll {
        let start = assembly.entry.scratch.count
        collect(pattern, bit, text, slice, into: &assembly.entry.scratch)
        let list = FieldSlice(start, assembly.entry.scratch.count)
        if !list.isEmpty { assembly.put(catalog.captures[Int(pattern.firstCapture)].name, list, .json, .scratch, &names) }
      } else if nextFind(pattern, bit, text, slice, from: Int(slice.start), &next) >= 0 {
        // A find adds only fields that do not exist yet.
        for slot in 0..<Int(pattern.captureCount) where assembly.has(catalog.captures[Int(pattern.firstCapture) + slot].name) {
          events.slots[slot] = SlotBuffer.absent
        }
        decodeSecond(number, format, text.bytes, origin, stream, &assembly, &names)
      }
    }
  }

  private func hasAllNames(_ pattern: CompiledPattern, _ assembly: borrowing EntryAssembly) -> Bool {
    for slot in 0..<Int(pattern.captureCount) where !assembly.has(catalog.captures[Int(pattern.firstCapture) + slot].name) { return false }
    return pattern.captureCount > 0
  }

  /// Where the next find ends, with its slots in `events`; -1 if there is none.
  ///
  /// - Parameter next: the first of `findPlaces` that was not looked at, so that all finds of a value together look at each place once.
  mutating func nextFind(
    _ pattern: CompiledPattern, _ bit: Int, _ text: borrowing MatchText, _ slice: FieldSlice, from: Int, _ next: inout Int
  ) -> Int {
    if bit >= FindFilter.greatestCount { return nextFindAnywhere(pattern, text, slice, from: from) }
    while next < findPlaces.places.count {
      let (place, candidates) = findPlaces.look(at: next)
      next += 1
      guard candidates >> UInt64(bit) & 1 != 0, Int(place) >= from else { continue }
      let behind = findEnd(pattern, text, at: Int(place), end: Int(slice.end))
      if behind >= 0 { return behind }
    }
    return -1
  }

  /// The same for a pattern that the filter does not know.
  private mutating func nextFindAnywhere(_ pattern: CompiledPattern, _ text: borrowing MatchText, _ slice: FieldSlice, from: Int) -> Int {
    let end = Int(slice.end)
    var isBoundary = from == Int(slice.start) || !ASCII.isLetterOrDigit(text.bytes[from - 1])
    for place in from..<max(from, end) {
      let byte = text.bytes[place]
      if isBoundary, pattern.firstBytes.contains(byte) {
        let behind = findEnd(pattern, text, at: place, end: end)
        if behind >= 0 { return behind }
      }
      isBoundary = !ASCII.isLetterOrDigit(byte)
    }
    return -1
  }

  /// Where a find ends that stands at a word boundary; -1 if it does not end at one.
  private mutating func findEnd(_ pattern: CompiledPattern, _ text: borrowing MatchText, at place: Int, end: Int) -> Int {
    let behind = Matcher.run(
      start: Int(pattern.start), program: catalog.program, text: text, from: place, end: end, slots: events.slots, state: &events.state)
    return behind >= 0 && (behind == end || !ASCII.isLetterOrDigit(text.bytes[behind])) ? behind : -1
  }

  /// Appends the different values of a find that is `all`, at most sixteen, as a list of strings; nothing if there is none.
  mutating func collect(
    _ pattern: CompiledPattern, _ bit: Int, _ text: borrowing MatchText, _ slice: FieldSlice, into output: inout ByteOutput
  ) {
    var values: [FieldSlice] = []
    swap(&values, &foundValues)
    values.removeAll(keepingCapacity: true)
    defer { swap(&values, &foundValues) }
    var from = Int(slice.start)
    var next = 0
    while values.count < 16 {
      let end = nextFind(pattern, bit, text, slice, from: from, &next)
      guard end >= 0 else { break }
      from = max(end, from + 1)
      let value = events.slots[0]
      let isKnown = values.contains { known in
        known.count == value.count && hasPrefix(text.bytes.extracting(value.range), in: text.bytes, at: Int(known.start))
      }
      if isKnown { continue }
      output.append(values.isEmpty ? ASCII.leftBracket : ASCII.comma)
      output.append(ASCII.quote)
      output.appendJSONEscaped(text.bytes.extracting(value.range))
      output.append(ASCII.quote)
      values.append(value)
    }
    if !values.isEmpty { output.append(ASCII.rightBracket) }
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
