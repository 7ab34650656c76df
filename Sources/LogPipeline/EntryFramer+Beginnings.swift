import LogBytes
import LogEntries
import LogFormats
import LogOutput

/// Lines with which entries begin.
extension EntryFramer {
  /// A format takes a line, or the lines from `firstLine` on: the open entry is closed, and another begins.
  mutating func begin(
    _ found: Recognition, _ line: borrowing MatchText, _ from: Int, _ end: Int, start: Int, firstLine: Int, main: borrowing MatchText,
    isChanged: Bool, _ output: inout ByteOutput
  ) {
    guard let seen = detector.lendColourless(found) else {
      return beginSeen(found, line, from, end, start: start, firstLine: firstLine, main: main, isChanged: isChanged, &output)
    }
    // From here on the line is what its format sees.
    seen.withText { beginSeen(found, $0, 0, seen.count, start: start, firstLine: firstLine, main: main, isChanged: true, &output) }
    detector.giveBack(seen)
  }

  private mutating func beginSeen(
    _ found: Recognition, _ line: borrowing MatchText, _ from: Int, _ end: Int, start: Int, firstLine: Int, main: borrowing MatchText,
    isChanged: Bool, _ output: inout ByteOutput
  ) {
    if detector.flags[found.format].contains(.wraps) {
      if !isChanged, !wrapsEntries, position < plannedLimit, firstLine == lineNumber,
        writeWrapper(found, line, from, end, start: start, &output)
      {
        return
      }
      addWrapped(found, line, from, end, start: start, firstLine: firstLine, main: main, isChanged: isChanged, &output)
      return
    }
    if preamble.isOpen {
      releasePreamble(to: found.format, main, &output)
      preamble.end()
    }
    if detector.flags[found.format].contains(.hasStart), let rank = rankOfContinuation(found, key: 0) {
      join(line, from, end, isChanged: isChanged, main: main, &output)
      openStartRank = rank
      return
    }
    closeOpen(main, &output)
    if !isChanged, position < plannedLimit, writeByPlan(found, line, from, end, &output) {
      setOpen(found, stream: 0, key: 0, start: start, firstLine: firstLine)
      openEntry.isOpen = !ends(found.format, line, from, end)
      return
    }
    open.begin()
    let origin = Self.origin(of: line, isChanged: isChanged, &open)
    Self.decode(found, line, from, end, origin, stream: 0, &detector, into: &open, &names)
    setOpen(found, stream: 0, key: 0, start: start, firstLine: firstLine)
    openEntry.isOpen = !ends(found.format, line, from, end)
  }

  /// Where the slices of a line's match will stand: a line that was changed goes into the entry.
  static func origin(of line: borrowing MatchText, isChanged: Bool, _ assembly: inout EntryAssembly) -> MatchOrigin {
    guard isChanged else { return MatchOrigin(source: .text) }
    assembly.entry.scratch.append(line.bytes)
    return MatchOrigin(source: .scratch, offset: 0)
  }

  /// The fields of an entry's first line; the line itself, if the entry will be matched as a whole.
  static func decode(
    _ found: Recognition, _ line: borrowing MatchText, _ from: Int, _ end: Int, _ origin: MatchOrigin, stream: Int,
    _ detector: inout FormatDetector, into assembly: inout EntryAssembly, _ names: inout FieldNames
  ) {
    if detector.flags[found.format].contains(.hasStart) {
      assembly.entry.format = detector.catalog.formats[found.format].name
      assembly.putMessage(FieldSlice(from + origin.offset, end + origin.offset), origin.source, &names)
    } else {
      detector.decode(found, line, from: from, end: end, origin: origin, stream: stream, into: &assembly, names: &names)
    }
  }

  /// Whether a line ends its entry.
  mutating func ends(_ format: Int, _ line: borrowing MatchText, _ from: Int, _ end: Int) -> Bool {
    guard detector.flags[format].contains(.hasEnd) else { return false }
    return detector.matchesAny(detector.catalog.formats[format].end, of: format, line, from: from, end: end)
  }

  mutating func setOpen(_ found: Recognition, stream: Int, key: UInt64, start: Int, firstLine: Int) {
    hasOpen = true
    openEntry = OpenEntry(format: found.format, isOpen: true)
    openIsWhole = false
    if detector.flags[found.format].contains(.hasStart) {
      openIsWhole = true
      openStartRank = detector.startRank(of: found) ?? Self.noRank
      openArrival = detector.arrival(of: found.format, stream: stream)
    }
    openStream = stream
    openKey = key
    openStart = start
    blankLines = 0
    blankLinesAreEmpty = true
    open.entry.sourceLine = firstLine
    open.entry.sourceLines = lineNumber - firstLine + 1
  }
}
