import LogEntries

/// Formats that do not see the colour codes of their game (formats/README.md, "The format file").
extension FormatDetector {
  /// The line without the codes of a format; nil if it has none.
  func withoutColours(_ format: Int, _ text: borrowing MatchText, _ from: Int, _ end: Int, room: ColourlessLine) -> ColourlessLine? {
    !text.isColourless && room.set(catalog.formats[format].colours, text, from, end) ? room : nil
  }

  /// The same for a line that joins an entry of the format. To be given back.
  package mutating func lendWithoutColours(_ format: Int, _ text: borrowing MatchText, from: Int, end: Int) -> ColourlessLine? {
    let room = spareLines.popLast() ?? ColourlessLine()
    if let line = withoutColours(format, text, from, end, room: room) { return line }
    spareLines.append(room)
    return nil
  }

  /// The line that was recognised last, if its format saw it without codes of colours; nil else. To be given back.
  package mutating func lendColourless(_ found: Recognition) -> ColourlessLine? {
    guard flags[found.format].contains(.removesColours), isColourless else { return nil }
    let line = colourless
    colourless = spareLines.popLast() ?? ColourlessLine()
    return line
  }

  package mutating func giveBack(_ line: ColourlessLine) {
    spareLines.append(line)
  }

  /// True if one of the patterns takes the line as their format sees it.
  package mutating func matchesAny(_ range: PoolRange, of format: Int, _ text: borrowing MatchText, from: Int, end: Int) -> Bool {
    guard flags[format].contains(.removesColours), let line = withoutColours(format, text, from, end, room: seenLine) else {
      return matchesAny(range, text, from: from, end: end)
    }
    return line.withText { matchesAny(range, $0, from: 0, end: line.count) }
  }

  /// True if the format of a dialect forbids the line, where the dialect takes it.
  @inline(__always)
  mutating func isForbidden(_ dialect: Int, of format: Int, _ text: borrowing MatchText, from: Int, end: Int) -> Bool {
    let forbidding = catalog.patterns[dialect].forbidding
    return forbidding != 0 && isForbidden(forbidding, format, text, from, end)
  }

  @inline(never)
  private mutating func isForbidden(_ forbidding: UInt8, _ format: Int, _ text: borrowing MatchText, _ from: Int, _ end: Int) -> Bool {
    let forbid = catalog.formats[format].forbid
    if forbidding & 0x80 != 0 || flags[format].contains(.removesColours) {
      return matchesAny(forbid, of: format, text, from: from, end: end)
    }
    var left = forbidding
    while left != 0 {
      let number = forbid.range.lowerBound &+ left.trailingZeroBitCount
      left &= left &- 1
      if match(number, text, from: from, end: end) { return true }
    }
    return false
  }

  /// Shows a line with codes of colours to formats that do not see them; `observe` has shown it to all as it stands.
  @inline(never)
  mutating func observeWithoutColours(_ text: borrowing MatchText, _ from: Int, _ end: Int, _ stream: Int) {
    for number in catalog.colouredObservers {
      guard let line = withoutColours(number, text, from, end, room: seenLine) else { continue }
      meet(number, text, from, end, stream)
      for pattern in catalog.formats[number].clockSet.range {
        if let base = line.withText({ base(pattern, $0, 0, line.count) }) { clocks[clockIndex(number, stream)].setBase(base) }
      }
    }
  }

  /// The same as `attempt` for the line in `colourless`, which has a first byte of its own.
  mutating func attemptWithoutColours(
    _ candidate: Candidate, _ number: Int, _ line: ColourlessLine, _ stream: Int, _ open: OpenEntry, _ assembly: inout EntryAssembly,
    _ names: inout FieldNames
  ) -> Recognition? {
    if line.count == 0 { return nil }
    if candidate.dialects.isEmpty {
      isObjectRead = false
      let isAccepted = line.withText { acceptsStructure(number, $0, 0, line.count, stream, open, &assembly, &names) }
      isObjectRead = false
      return isAccepted ? Recognition(format: number, pattern: -1) : nil
    }
    for dialect in candidate.dialects.range {
      let pattern = Int(candidates.dialects[dialect])
      if line.withText({ match(pattern, $0, from: 0, end: line.count) }) { return Recognition(format: number, pattern: pattern) }
    }
    return nil
  }
}
