import LogBytes
package import LogEntries

/// Formats with `start`: their entries are matched as a whole when they are complete (formats/README.md, "Entries of several lines").
extension FormatDetector {
  /// The place of a start pattern in its format's list; nil if the format has none.
  package func startRank(of recognition: Recognition) -> Int? {
    let start = catalog.formats[recognition.format].start
    return start.isEmpty ? nil : recognition.pattern - Int(start.first)
  }

  /// Puts what `entry` and `lines` find in a complete entry into it. If no entry pattern takes it, all of it is the message.
  ///
  /// Linear in the text, with the number of patterns as a factor.
  package mutating func decodeWhole(
    _ format: Int, _ text: borrowing MatchText, from: Int, end: Int, origin: MatchOrigin, stream: Int,
    into assembly: inout EntryAssembly, names: inout FieldNames
  ) {
    if let pattern = firstMatch(catalog.formats[format].entry, text, from, end) {
      decodeWholeMatch(pattern, format, text, origin, stream, into: &assembly, &names)
    } else {
      assembly.putMessage(origin.slice(FieldSlice(from, end)), origin.source, &names)
    }
    let lines = catalog.formats[format].lines
    if lines.isEmpty { return }
    var at = from
    while at < end {
      let lineEnd = nextBit(class: ChunkBitmaps.lineFeed, in: text.bitmaps, from: at, limit: end)
      if at < lineEnd, let pattern = firstMatch(lines, text, at, lineEnd) {
        decodeWholeMatch(pattern, format, text, origin, stream, into: &assembly, &names)
      }
      at = lineEnd + 1
    }
  }

  /// The first pattern that takes the text, its slots in `events`: those of the line behind the entry are in `slots` already.
  private mutating func firstMatch(_ range: PoolRange, _ text: borrowing MatchText, _ from: Int, _ end: Int) -> Int? {
    matchedEvent = nil
    for number in range.range {
      guard catalog.patterns[number].firstBytes.contains(text.bytes[from]) else { continue }
      var last = end
      if !catalog.patterns[number].tail.isEmpty {
        last = TailReading.scan(catalog.patterns[number].tail, catalog.program, text.bytes, from: from, end: end, into: &wholeTailItems)
      }
      if Matcher.match(
        start: catalog.patterns[number].start, straight: catalog.patterns[number].straight, program: catalog.program, text: text,
        from: from, end: last, slots: events.slots, state: &events.state)
      {
        return number
      }
    }
    return nil
  }

  private mutating func decodeWholeMatch(
    _ pattern: Int, _ format: Int, _ text: borrowing MatchText, _ origin: MatchOrigin, _ stream: Int,
    into assembly: inout EntryAssembly, _ names: inout FieldNames
  ) {
    let clock = clockIndex(format, stream)
    FieldDecoding.decode(
      pattern, catalog: catalog, format: format, bytes: text.bytes, origin: origin, slots: events.slots, state: &events.state,
      clock: &clocks[clock], into: &assembly, names: &names)
    if !catalog.patterns[pattern].tail.isEmpty {
      decodeTail(wholeTailItems, format, text, origin, clock, into: &assembly, &names)
    }
  }

  /// The arrival that a format's clock counts with.
  package func arrival(of format: Int, stream: Int) -> Int64 {
    clocks[clockIndex(format, stream)].arrival
  }
}
