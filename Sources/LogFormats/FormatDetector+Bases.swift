import LogBytes
import LogEntries

/// Bases of clocks: what the name of a file says, and what a pattern finds.
extension FormatDetector {
  /// What the name of the file, without directories and compression suffix, says: the bases of clocks in all of its streams, and which
  /// formats are likely. For the first stream, before its first line.
  package mutating func setFileName(_ name: borrowing MatchText) {
    var hinted: Set<Int> = []
    for number in 0..<catalog.formats.count {
      for pattern in catalog.formats[number].clockFile.range {
        if let base = base(pattern, name, 0, name.bytes.count) { fileBases.append((number, base)) }
      }
      if matchesAny(catalog.formats[number].file, name, from: 0, end: name.bytes.count) { hinted.insert(number) }
    }
    for (format, base) in fileBases { clocks[format].setBase(base) }
    if hinted.isEmpty { return }
    let table = FileCandidates(catalog, hinted: hinted)
    fileCandidates = table
    candidates = table.table
    recents.forget()
    shapes.removeAll()
    otherShapes.removeAll()
    steady.forget()
    dialectStates.removeAll()
  }

  /// The field `base` of a pattern that takes the text; nil if none does.
  mutating func base(_ number: Int, _ text: borrowing MatchText, _ from: Int, _ end: Int) -> TimeParts? {
    guard match(number, text, from: from, end: end) else { return nil }
    let pattern = catalog.patterns[number]
    for slot in 0..<Int(pattern.captureCount) {
      let capture = catalog.captures[Int(pattern.firstCapture) + slot]
      guard capture.name == ReservedNames.base, slots[slot] != SlotBuffer.absent else { continue }
      if slot == state.timeSlot { return state.time }
      var parts = TimeParts()
      _ = Matcher.scanTime(
        catalog.program.strict[Int(capture.operand)], catalog.program, text.bytes.extracting(first: Int(slots[slot].end)),
        Int(slots[slot].start), &parts)
      return parts
    }
    return nil
  }
}
