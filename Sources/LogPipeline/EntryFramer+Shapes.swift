import LogBytes
import LogEntries
import LogFormats
import LogOutput

/// Lines of pairs and objects whose shape is known, on the shortest way.
extension EntryFramer {
  /// Adds a line of the locked format by its shape; false for any other: then nothing is done but what `addLine` would do again. Requires
  /// `shapedFormat`, and `position` behind the line.
  mutating func addShaped(_ text: borrowing MatchText, _ start: Int, _ lineEnd: Int, _ output: inout ByteOutput) -> Bool {
    let (from, end) = LineCleaning.trimmed(text.bytes, from: start, end: lineEnd)
    // Blank lines go the other way; so do those that would end an entry of another format.
    guard from < end, text.bytes[end &- 1] > ASCII.blank, position < plannedLimit, end &- from <= Self.greatestLine,
      openEntry.format == shapedFormat || !openEntry.isOpen, detector.followShape(text, from: from, end: end)
    else { return false }
    if detector.hasObservers { detector.observe(text, from: from, end: end, stream: 0) }
    // An observer may have met something.
    guard detector.steadyFormat == shapedFormat, detector.planShape(text, &planned) else { return false }
    lineNumber &+= 1
    writeShaped(shapedFormat, text, start, from, end, &output)
    return true
  }

  /// Adds a line by its shape where formats take turns; false for any other, and then nothing is done but what would be done again. Requires
  /// a line of the window that does not go on with the open entry, and that observers have seen it.
  mutating func addKnownShape(_ text: borrowing MatchText, _ start: Int, _ from: Int, _ end: Int, _ output: inout ByteOutput) -> Bool {
    guard position < plannedLimit, end &- from <= Self.greatestLine, !preamble.isOpen else { return false }
    let format = detector.recogniseShape(text, from: from, end: end, open: openEntry, &next, &names)
    guard format >= 0, detector.planShape(text, &planned) else { return false }
    detector.lock(format)
    writeShaped(format, text, start, from, end, &output)
    return true
  }

  /// Writes the entry of a line that was planned by its shape, behind the one that is open.
  @inline(__always)
  private mutating func writeShaped(
    _ format: Int, _ text: borrowing MatchText, _ start: Int, _ from: Int, _ end: Int, _ output: inout ByteOutput
  ) {
    if openIsWritten, openEntry.format == format, openKey == 0 {
      countWritten()
    } else {
      closeOpen(text, &output)
    }
    planned.lineBytes = end &- from
    openPlan = OpenPlan(found: Recognition(format: format, pattern: -1), from: from, end: end, output: output.count)
    writer.append(
      shaped: planned, detector.shapes.fields, slots: detector.shapes.slots, text: text.bytes, scratch: detector.shapes.scratch,
      envelope: envelopeMembers, names: names, to: &output
    )
    openIsWritten = true
    openOneLine(format, start: start)
  }

  /// The line that was looked at last is an open entry of the first stream.
  @inline(__always)
  mutating func openOneLine(_ format: Int, start: Int) {
    hasOpen = true
    openEntry = OpenEntry(format: format, isOpen: true)
    openIsWhole = false
    openStream = 0
    openKey = 0
    openStart = start
    blankLines = 0
    blankLinesAreEmpty = true
    open.entry.sourceLine = lineNumber
    open.entry.sourceLines = 1
  }
}
