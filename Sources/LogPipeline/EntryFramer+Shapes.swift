import LogBytes
import LogEntries
import LogFormats
import LogOutput

/// Lines of pairs and objects whose shape is known, on the shortest way.
extension EntryFramer {
  /// Adds a line of the locked format by its shape; false for any other: then nothing is done but what `addLine` would do again. Requires
  /// `isShaped`, and `position` behind the line.
  mutating func addShaped(_ text: borrowing MatchText, _ from: Int, _ end: Int, _ output: inout ByteOutput) -> Bool {
    // Blank lines, and lines that must be trimmed, go the other way; so do those that would end an entry of another format.
    guard from < end, text.bytes[end &- 1] > ASCII.blank, position < plannedLimit, end &- from <= Self.greatestLine,
      openEntry.format == detector.steadyFormat || !openEntry.isOpen, detector.followShape(text, from: from, end: end)
    else { return false }
    if detector.hasObservers { detector.observe(text, from: from, end: end, stream: 0) }
    guard detector.planShape(text, &planned) else { return false }
    lineNumber &+= 1
    let format = detector.steadyFormat
    if openIsWritten, openEntry.format == format, openKey == 0 {
      countWritten()
    } else {
      closeOpen(text, &output)
    }
    planned.lineBytes = end &- from
    openPlan = OpenPlan(found: Recognition(format: format, pattern: -1), from: from, end: end, output: output.count)
    writer.append(
      shaped: planned, detector.shapes.fields, slots: detector.slots, text: text.bytes, envelope: envelopeMembers, names: names, to: &output)
    openIsWritten = true
    openOneLine(format, start: from)
    return true
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
