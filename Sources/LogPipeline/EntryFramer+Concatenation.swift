import LogBytes
import LogFormats
import LogJSON

/// JSON objects one behind the other without a line feed between them: what becomes of records whose producer forgot it. Each is a line of
/// its own. Only lines that no format takes come here, so that others cost nothing.
extension EntryFramer {
  /// Adds the objects of a line that is made of several, and what stands behind them, as lines; false if it is not.
  mutating func addConcatenated(
    _ line: borrowing MatchText, _ from: Int, _ end: Int, start: Int, main: borrowing MatchText, isChanged: Bool, _ output: inout ByteOutput
  ) -> Bool {
    guard ConcatenatedObjects.next(line.bytes, from: from, end: end).isFollowed else { return false }
    // Waiting lines are found again by their line feeds, which these have not.
    releasePreamble(to: nil, main, &output)
    preamble.end()
    var at = from
    while at < end {
      let object = ConcatenatedObjects.next(line.bytes, from: at, end: end)
      addPiece(line, at, object.end, start: isChanged ? start : at, main: main, isChanged: isChanged, &output)
      at = object.next
    }
    return true
  }

  private mutating func addPiece(
    _ line: borrowing MatchText, _ from: Int, _ end: Int, start: Int, main: borrowing MatchText, isChanged: Bool, _ output: inout ByteOutput
  ) {
    guard isChanged else { return addLine(line, from, end, start: start, main: main, isChanged: false, &output) }
    // A changed line goes into its entry as a whole: each piece is made a whole one. It must not wait for further lines, as it could not be
    // found again in the window.
    let wasReplaying = isReplaying
    isReplaying = true
    var copy = LineCopy(capacity: end - from)
    copy.set(line.bytes.extracting(from..<end))
    addLine(copy.text, 0, end - from, start: start, main: main, isChanged: true, &output)
    isReplaying = wasReplaying
  }

  /// Where a line that is too long for an entry may be cut between two objects; nil if it is not made of objects.
  func concatenationEnd(_ text: Span<UInt8>, _ from: Int) -> Int? {
    let limit = min(from + options.maximumEntryBytes, text.count)
    var end: Int?
    var at = from
    while at < limit, text[at] == ASCII.leftBrace {
      let object = ConcatenatedObjects.next(text, from: at, end: limit)
      guard object.isFollowed else { break }
      at = object.next
      end = at
    }
    return end
  }
}

private enum ConcatenatedObjects {
  struct Object {
    var end: Int
    /// The first byte behind it that is no blank.
    var next: Int
    /// Another object begins there.
    var isFollowed: Bool
  }

  /// The object at `from`; what is none goes to the end.
  static func next(_ text: Span<UInt8>, from: Int, end: Int) -> Object {
    let line = text.extracting(first: end)
    let objectEnd = text[from] == ASCII.leftBrace ? JSONScanning.scanValue(line, from: from) : -1
    guard objectEnd >= 0 else { return Object(end: end, next: end, isFollowed: false) }
    let next = JSONScanning.skipBlanks(line, from: objectEnd)
    return Object(end: objectEnd, next: next, isFollowed: next < end && line[next] == ASCII.leftBrace)
  }
}
