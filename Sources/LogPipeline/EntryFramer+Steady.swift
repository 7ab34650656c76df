import LogBytes
import LogEntries
import LogFormats
import LogOutput

/// Lines that are all alike: entries of one line of the locked format, on the shortest way.
extension EntryFramer {
  /// Whether lines may be added by `addSteady`: asked at the beginning of a window, and behind each line that it did not take.
  mutating func prepareSteady(hasEscapes: Bool) {
    isSteady = !hasEscapes && !isHolding && !isFirstLine && !preamble.isOpen && !isInsideLongLine && detector.prepareSteady()
    shapedFormat = isSteady ? detector.prepareShapes() : -1
  }

  /// Adds a line that begins an entry of the locked format and that nothing else needs to see; false, and nothing done, for any other.
  /// Requires `isSteady`, and `position` behind the line.
  @inline(__always)
  mutating func addSteady(_ text: borrowing MatchText, _ from: Int, _ end: Int, _ output: inout ByteOutput) -> Bool {
    // Blank lines, and lines that must be trimmed, go the other way.
    guard from < end, text.bytes[end &- 1] > ASCII.blank, text.bytes[from] > ASCII.blank, text.bytes[from] != 0xef else { return false }
    let found = detector.recogniseSteady(text, from: from, end: end)
    guard found.isFound else { return false }
    lineNumber &+= 1
    if openIsWritten, openEntry.format == found.format, openKey == 0 {
      countWritten()
    } else {
      closeOpen(text, &output)
    }
    if position >= plannedLimit || !writeByPlan(found, text, from, end, &output) {
      openIsWritten = false
      open.begin()
      detector.decode(
        found, text, from: from, end: end, origin: MatchOrigin(source: .text), stream: 0, into: &open, names: &names)
    }
    openOneLine(found.format, start: from)
    return true
  }

  /// Adds a line that begins as nothing does but lines of the open entry, which is of the locked format: those of a stack trace. False, and
  /// nothing done, for any other. Requires `isSteady`, and `position` behind the line.
  @inline(__always)
  mutating func joinSteady(_ text: borrowing MatchText, _ from: Int, _ end: Int, _ output: inout ByteOutput) -> Bool {
    guard openEntry.isOpen, openKey == 0, openEntry.format == detector.steadyFormat, end &- from >= FormatDetector.steadyBytes,
      text.bytes[end &- 1] > ASCII.blank, text.bytes[from] != 0xef,
      Continuation.canJoin(detector.catalog.formats[openEntry.format].multiline, text.bytes, from: from, end: end),
      detector.joinsSteadily(text, from: from, end: end)
    else { return false }
    lineNumber &+= 1
    join(text, from, end, isChanged: false, main: text, &output)
    return true
  }

  /// Counts the open entry, which is written and complete.
  @inline(__always)
  mutating func countWritten() {
    report.entries &+= 1
    if openPlan.hasEvent { report.events &+= 1 }
    report.add(format: openEntry.format)
  }
}
