import LogBytes
package import LogEntries

/// Lines that are read by their shapes where formats take turns: one format of objects and one of pairs at a time.
extension FormatDetector {
  /// So many lines of another format, none of the known one between them, and its shapes are kept instead.
  private static let linesBeforeChange = 16

  /// The format that takes a line of the first stream by its shape, as `recognise` would find it; -1 says nothing. Then `planShape` may say
  /// what is in it.
  ///
  /// - Parameters:
  ///   - assembly: room for what other formats are asked.
  package mutating func recogniseShape(
    _ text: borrowing MatchText, from: Int, end: Int, open: OpenEntry, _ assembly: inout EntryAssembly, _ names: inout FieldNames
  ) -> Int {
    let isObject = text[from] == ASCII.leftBrace
    lendShapes(isObject: isObject)
    let format = shapes.format
    // A line with codes of colours is another one for formats that do not see them, and each may be a row of a table.
    guard format >= 0, shapes.isAllowed, text.isColourless, !streams[0].hasTables, !flags[format].contains(.requires) || isMet(format, 0),
      followShape(text, from: from, end: end),
      !isObject || isFirstOfObjects(shaped.shape, format),
      isObject || !open.isOpen || open.format == format || isAllowedInside(open, format, text, from, end, 0)
    else { return -1 }
    isObjectRead = false
    let list = findCandidates(text, from, end, text[from], 0)
    guard isFirst(format, list, isObject: isObject, text, from, end, open, &assembly, &names) else { return -1 }
    shapes.othersSeen = 0
    return format
  }

  /// A line that `recogniseShape` recognised is the stream's last one.
  package mutating func lock(_ format: Int) {
    streams[0].isRepeated = streams[0].locked == format
    streams[0].locked = format
  }

  /// No strong candidate of a list takes the line, but for those of objects, which the shape speaks of.
  private mutating func isFirst(
    _ format: Int, _ list: Int, isObject: Bool, _ text: borrowing MatchText, _ from: Int, _ end: Int, _ open: OpenEntry,
    _ assembly: inout EntryAssembly, _ names: inout FieldNames
  ) -> Bool {
    if isObject, list == objectsList.list, outcomes.generation == objectsList.generation { return true }
    sequenceAnswers.begin()
    var at = list
    var areObjects = true
    while outcomes.hasCandidate(at: at) {
      let candidate = candidates.candidates[outcomes.place(at: at)]
      if candidate.rankClass != .strong { break }
      let other = Int(candidate.format)
      if other != format, !isObject || catalog.formats[other].structure != .json {
        areObjects = false
        let found = attempt(outcomes.place(at: at), outcomes.patterns(at: at), text, from, end, 0, open, -1, &assembly, &names)
        if found != nil { return false }
      }
      at = outcomes.next(after: at)
    }
    if isObject, areObjects, outcomes.isRemembered(list) { objectsList = (list, outcomes.generation) }
    return true
  }

  /// Has the shapes of objects, or of pairs, at hand.
  @inline(__always)
  mutating func lendShapes(isObject: Bool) {
    if shapes.isObject != isObject { swap(&shapes, &otherShapes) }
  }

  /// A line of a format of objects or pairs is read the long way; whether its shape is to be learned.
  mutating func beginsLearning(_ format: Int) -> Bool {
    lendShapes(isObject: catalog.formats[format].structure == .json)
    if shapes.format != format {
      shapes.othersSeen += 1
      if shapes.format < 0 || shapes.othersSeen >= Self.linesBeforeChange { resetShapes(to: format) }
      return false
    }
    guard shapes.isWanted, shapes.isAllowed else { return false }
    shapes.isWanted = false
    shapes.countMiss()
    return true
  }

  /// The shape of the object that was read last was learned: says which other formats may take such an object.
  mutating func endLearning(_ format: Int, _ text: Span<UInt8>) {
    guard shapes.lastLearned > 0 else { return }
    for index in object.members.indices where object.members[index].keyHasEscapes { return }
    let place = candidates.place(of: format, .strong, ASCII.leftBrace)
    var (isFirst, isSole) = (true, true)
    for (other, reader) in readers.enumerated() where other != format {
      guard case .json(let reader) = reader, reader.mayAcceptKeys(of: object, text) else { continue }
      let otherPlace = candidates.place(of: other, .strong, ASCII.leftBrace)
      if otherPlace < 0 { continue }
      isSole = false
      if otherPlace < place { isFirst = false }
    }
    shapes.setRivals(ofShape: shapes.lastLearned, isFirst: isFirst, isSole: isSole)
    shapes.lastLearned = 0
  }

  /// Of the formats of objects the one of a shape goes first, whichever took the line before.
  @inline(__always)
  private func isFirstOfObjects(_ shape: Int, _ format: Int) -> Bool {
    let locked = streams[0].locked
    if locked == format || shapes[shape].isSole { return true }
    return shapes[shape].isFirst && (locked < 0 || catalog.formats[locked].structure != .json)
  }
}
