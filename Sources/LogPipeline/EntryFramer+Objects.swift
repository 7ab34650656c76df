import LogBytes
import LogEntries
import LogFormats
import LogJSON

/// Lines that may be a pretty-printed JSON object: they wait for its end (formats/README.md, "JSON").
struct HeldLines {
  /// The first line begins here in the window, and what is looked at of it here.
  var start = 0
  var from = 0
  /// Its number.
  var line = 0
  /// One of them had to be changed.
  var isChanged = false
  var object = JSONPrefix()
}

/// If no JSON format takes the object, or it is none, the lines are looked at once more as if they had not waited.
extension EntryFramer {
  /// Whether a line begins an object that ends in a further line; then it waits.
  mutating func hold(_ line: borrowing MatchText, _ from: Int, _ end: Int, start: Int, isChanged: Bool) -> Bool {
    guard !isReplaying, !belongsToOpen(line, from, end), held.object.begin(line.bytes.extracting(from..<end)) == .open else {
      return false
    }
    isHolding = true
    held.start = start
    held.from = from
    held.line = lineNumber
    held.isChanged = isChanged
    return true
  }

  /// Programs print objects as the body of an entry: like lines of pairs they do not cut an open one that they can join, unless that is
  /// `common` or `general`.
  private func belongsToOpen(_ line: borrowing MatchText, _ from: Int, _ end: Int) -> Bool {
    guard openEntry.isOpen else { return false }
    let format = openEntry.format
    let (rank, multiline) = (detector.catalog.formats[format].rank, detector.catalog.formats[format].multiline)
    guard rank == .specific || rank == .normal, detector.catalog.formats[format].structure != .json else { return false }
    return Continuation.canJoin(multiline, line.bytes, from: from, end: end)
  }

  /// Whether a line goes on with the object, or ends it. If not, the lines that waited have been written.
  mutating func holdNext(
    _ line: borrowing MatchText, _ from: Int, _ end: Int, start: Int, main: borrowing MatchText, isChanged: Bool, _ output: inout ByteOutput
  ) -> Bool {
    held.isChanged = held.isChanged || isChanged
    switch held.object.append(line.bytes.extracting(from..<end)) {
    case .open:
      if position - held.start <= options.maximumEntryBytes, !isTakenByAnother(line, from, end) { return true }
    case .complete:
      if takeHeld(to: end, main, &output) { return true }
    case .broken: break
    }
    releaseHeld(before: start, main, &output)
    return false
  }

  private mutating func isTakenByAnother(_ line: borrowing MatchText, _ from: Int, _ end: Int) -> Bool {
    detector.isInsideObject = true
    let open = OpenEntry(format: detector.likelyObjectFormat(stream: 0), isOpen: true)
    let found = detector.recognise(line, from: from, end: end, stream: 0, open: open, wrapper: -1, &next, &names)
    detector.isInsideObject = false
    return found.isFound
  }

  /// Begins an entry of the object that the lines make, if a JSON format takes it.
  private mutating func takeHeld(to end: Int, _ main: borrowing MatchText, _ output: inout ByteOutput) -> Bool {
    if !held.isChanged, begin(main, held.from, end, main, isChanged: false, &output) { return true }
    var cleaned = ByteOutput(capacity: position - held.start)
    var at = held.start
    while at < position {
      let lineEnd = nextBit(class: ChunkBitmaps.lineFeed, in: main.bitmaps, from: at, limit: min(position, main.bytes.count))
      let line = LineCleaning.trimmed(main.bytes, from: at, end: lineEnd)
      LineCleaning.appendWithoutColours(main.bytes.extracting(line.from..<line.end), to: &cleaned)
      cleaned.append(ASCII.lineFeed)
      at = lineEnd + 1
    }
    var copy = LineCopy()
    copy.set(cleaned.span)
    return begin(copy.text, 0, cleaned.count, main, isChanged: true, &output)
  }

  private mutating func begin(
    _ text: borrowing MatchText, _ from: Int, _ end: Int, _ main: borrowing MatchText, isChanged: Bool, _ output: inout ByteOutput
  ) -> Bool {
    let found = detector.recogniseObject(text, from: from, end: end, stream: 0, open: openEntry, &next, &names)
    guard found.isFound else { return false }
    isHolding = false
    begin(found, text, from, end, start: held.start, firstLine: held.line, main: main, isChanged: isChanged, &output)
    return true
  }

  /// Looks at the lines that wait once more, each for itself.
  mutating func releaseHeld(before limit: Int, _ main: borrowing MatchText, _ output: inout ByteOutput) {
    isHolding = false
    isReplaying = true
    let (resumePosition, resumeLine) = (position, lineNumber)
    lineNumber = held.line - 1
    position = held.start
    while position < limit {
      let start = position
      let end = nextBit(class: ChunkBitmaps.lineFeed, in: main.bitmaps, from: start, limit: limit)
      position = end + 1
      addLine(main, start, end, true, &output)
    }
    position = resumePosition
    lineNumber = resumeLine
    isReplaying = false
  }
}
