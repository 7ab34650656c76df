import LogBytes
import LogEntries
import LogFormats
import LogOutput

/// Entries that are written as soon as their line is known, by the plan of their pattern.
///
/// Nearly all entries are one line. So an entry is written at once, in the hope that no line joins it; if one does, what was written is
/// taken back, and the entry is opened as any other. What a stream gives is the same either way, however it is cut.
extension EntryFramer {
  /// Where the open entry stands, if it was written by its plan.
  struct OpenPlan {
    var found = Recognition.none
    var from = 0
    var end = 0
    var hasEvent = false
    /// What the output held before it.
    var output = 0
  }

  /// Longer lines are not worth the room that a plan reserves.
  static let greatestLine = 16 << 10

  /// Not the last line of a window: what joins it may come when this output is gone.
  mutating func setPlannedLimit(limit: Int, isLast: Bool) {
    plannedLimit = !writer.takesPlannedEntries || delayed.isActive ? 0 : isLast ? .max : limit
  }

  /// Writes the entry of a line that was recognised; false, and nothing written, if it has no plan or needs more than one.
  @inline(__always)
  mutating func writeByPlan(
    _ found: Recognition, _ line: borrowing MatchText, _ from: Int, _ end: Int, _ output: inout ByteOutput
  ) -> Bool {
    end &- from <= Self.greatestLine && detector.plan(found, line, stream: 0, &planned, &names)
      && writePlanned(found, line, from, end, &output)
  }

  /// Writes the entry of a line that was planned; false, and nothing written, if a value needs more than its plan.
  @inline(__always)
  mutating func writePlanned(
    _ found: Recognition, _ line: borrowing MatchText, _ from: Int, _ end: Int, _ output: inout ByteOutput
  ) -> Bool {
    planned.lineBytes = end &- from
    planned.isFarFromEnd = end &+ JSONLinesWriter.readableBehindLine <= line.bytes.count
    let before = output.count
    guard
      writer.append(
        planned: &planned, detector.plans.fields, slots: detector.slots, eventSlots: detector.events.slots, text: line.bytes,
        bitmaps: line.bitmaps, envelope: envelopeMembers, names: &names, to: &output)
    else { return false }
    openPlan = OpenPlan(found: found, from: from, end: end, hasEvent: planned.event != nil, output: before)
    openIsWritten = true
    return true
  }

  /// Takes the open entry back from the output and gathers its fields, so that lines can join it.
  mutating func reopen(_ main: borrowing MatchText, _ output: inout ByteOutput) {
    output.truncate(to: openPlan.output)
    openIsWritten = false
    let firstLine = open.entry.sourceLine
    open.begin()
    if openPlan.found.pattern >= 0 {
      detector.matchAgain(openPlan.found, main, from: openPlan.from, end: openPlan.end)
    } else {
      detector.acceptAgain(openPlan.found, main, from: openPlan.from, end: openPlan.end, &open, names: &names)
    }
    detector.decode(
      openPlan.found, main, from: openPlan.from, end: openPlan.end, origin: MatchOrigin(source: .text), stream: 0, into: &open,
      names: &names)
    open.entry.sourceLine = firstLine
    open.entry.sourceLines = 1
  }
}
