import LogBytes
import LogEntries
import LogFormats
import LogOutput

/// Lines that join the entry above, entries that are complete, and lines that no format knows.
extension EntryFramer {
  /// The open entry may take another line: it is not longer than an entry may be. The current line counts.
  var hasRoom: Bool { !hasOpen || position - openStart <= options.maximumEntryBytes + 1 }

  /// Adds a line to the open entry's message behind a LF; blank lines before it are empty lines.
  mutating func join(
    _ line: borrowing MatchText, _ from: Int, _ end: Int, isChanged: Bool, main: borrowing MatchText, _ output: inout ByteOutput
  ) {
    if detector.flags[openEntry.format].contains(.removesColours),
      let seen = detector.lendWithoutColours(openEntry.format, line, from: from, end: end)
    {
      seen.withText { joinSeen($0, 0, seen.count, isChanged: true, main: main, &output) }
      detector.giveBack(seen)
    } else {
      joinSeen(line, from, end, isChanged: isChanged, main: main, &output)
    }
  }

  private mutating func joinSeen(
    _ line: borrowing MatchText, _ from: Int, _ end: Int, isChanged: Bool, main: borrowing MatchText, _ output: inout ByteOutput
  ) {
    guard hasRoom else {
      // The entry is full: it is closed, and the line is an entry that no format knows.
      addUnknown(line, from, end, start: from, main: main, isChanged: isChanged, &output)
      return
    }
    if openIsWritten { reopen(main, &output) }
    let isEnd = ends(openEntry.format, line, from, end)
    openStartRank = Self.noRank
    if hasOpen {
      grow(line, from, end, isChanged: isChanged, main: main)
    } else {
      // The entry went out when the pipe paused.
      writeUnknown(line, from, end, lineNumber: lineNumber, isChanged: isChanged, format: openEntry.format, main: main, &output)
    }
    if isEnd { openEntry.isOpen = false }
  }

  private mutating func grow(_ line: borrowing MatchText, _ from: Int, _ end: Int, isChanged: Bool, main: borrowing MatchText) {
    let field = open.entry.message
    if let field, field.source == .text, !isChanged, blankLinesAreEmpty, from - Int(field.slice.end) == 1 + blankLines,
      main.bytes[Int(field.slice.end)] == ASCII.lineFeed
    {
      // The line stands right behind the message: the slice grows over it.
      open.entry.message?.slice.end = UInt32(end)
    } else {
      moveMessageToScratch(main)
      for _ in 0...blankLines { open.entry.scratch.append(ASCII.lineFeed) }
      open.entry.scratch.append(line.bytes.extracting(from..<end))
      let scratchEnd = open.entry.scratch.count
      open.entry.message?.slice.end = UInt32(scratchEnd)
    }
    blankLines = 0
    blankLinesAreEmpty = true
    open.entry.sourceLines = lineNumber - open.entry.sourceLine + 1
  }

  /// The place of the start pattern that a line matched, if the line continues the open entry nonetheless: it stands directly behind
  /// lines that all matched earlier ones.
  func rankOfContinuation(_ found: Recognition, key: UInt64) -> Int? {
    guard openEntry.isOpen, openEntry.format == found.format, openKey == key, openStartRank != Self.noRank,
      let rank = detector.startRank(of: found), openStartRank < rank
    else { return nil }
    return rank
  }

  /// Makes the message the last thing in the entry's scratch, so that it can grow there.
  private mutating func moveMessageToScratch(_ main: borrowing MatchText) {
    guard let field = open.entry.message else {
      let start = open.entry.scratch.count
      open.putMessage(FieldSlice(start, start), .scratch, &names)
      return
    }
    let start = open.entry.scratch.count
    if field.source == .scratch {
      if Int(field.slice.end) == start { return }
      var copy = ByteOutput(capacity: field.slice.count)
      copy.append(open.entry.scratch.span.extracting(field.slice.range))
      open.entry.scratch.append(copy.span)
    } else {
      open.entry.scratch.append(main.bytes.extracting(field.slice.range))
    }
    open.entry.message = EntryField(
      name: field.name, slice: FieldSlice(start, open.entry.scratch.count), kind: .string, source: .scratch)
  }

  /// Completes and writes the open entry, if there is one; nothing joins it any more.
  mutating func closeOpen(_ main: borrowing MatchText, _ output: inout ByteOutput) {
    if openIsWritten {
      countWritten()
      openIsWritten = false
      hasOpen = false
    }
    if hasOpen {
      if openIsWhole { decodeWhole(main) }
      detector.complete(openEntry.format, text: main, stream: openStream, &open, names: &names)
      if openOuter.isThere { addOuterFields() }
      write(main, &output)
      report.entries += 1
      if open.entry.event != nil { report.events += 1 }
      report.add(format: openEntry.format)
      hasOpen = false
    }
    if delayed.isActive { releaseDelayed(into: &output) }
    openEntry = .none
    openKey = 0
  }

  /// Matches the open entry as a whole: what was its message up to now is its text.
  private mutating func decodeWhole(_ main: borrowing MatchText) {
    openIsWhole = false
    guard let field = open.takeMessage() else { return }
    // The clock counts with the arrival of the entry's first line, whatever came since then.
    let arrival = detector.arrival(of: openEntry.format, stream: openStream)
    detector.setArrival(openArrival, of: openEntry.format, stream: openStream)
    if field.source == .text {
      detector.decodeWhole(
        openEntry.format, main, from: Int(field.slice.start), end: Int(field.slice.end), origin: MatchOrigin(source: .text),
        stream: openStream, into: &open, names: &names)
    } else {
      var copy = LineCopy(capacity: 0)
      swap(&copy, &wholeText)
      copy.set(open.entry.scratch.span.extracting(field.slice.range))
      decodeWhole(copy, MatchOrigin(source: .scratch, offset: Int(field.slice.start)))
      swap(&copy, &wholeText)
    }
    detector.setArrival(arrival, of: openEntry.format, stream: openStream)
  }

  private mutating func decodeWhole(_ copy: borrowing LineCopy, _ origin: MatchOrigin) {
    detector.decodeWhole(
      openEntry.format, copy.text, from: 0, end: copy.slice.count, origin: origin, stream: openStream, into: &open, names: &names)
  }

  private mutating func write(_ main: borrowing MatchText, _ output: inout ByteOutput) {
    for field in envelopeFields { open.put(field.name, field.slice, field.kind, .envelope, &names) }
    if delayed.isActive {
      Self.write(open, main, envelopeBytes, sourceFile, names, &writer, &delayed)
    } else {
      Self.write(open, main, envelopeBytes, sourceFile, names, &writer, &output)
    }
  }

  private static func write(
    _ assembly: borrowing EntryAssembly, _ main: borrowing MatchText, _ envelope: borrowing ByteOutput, _ sourceFile: borrowing ByteOutput,
    _ names: borrowing FieldNames, _ writer: inout EntryWriter, _ delayed: inout DelayedOutput
  ) {
    delayed.add(line: assembly.entry.sourceLine) { write(assembly, main, envelope, sourceFile, names, &writer, &$0) }
  }

  private static func write(
    _ assembly: borrowing EntryAssembly, _ main: borrowing MatchText, _ envelope: borrowing ByteOutput, _ sourceFile: borrowing ByteOutput,
    _ names: borrowing FieldNames, _ writer: inout EntryWriter, _ output: inout ByteOutput
  ) {
    writer.append(
      assembly.entry, bytes: EntryBytes(text: main.bytes, envelope: envelope.span, sourceFile: sourceFile.span), names: names, to: &output)
  }

  /// A line that no format takes and that joins nothing.
  mutating func addUnknown(
    _ line: borrowing MatchText, _ from: Int, _ end: Int, start: Int, main: borrowing MatchText, isChanged: Bool, _ output: inout ByteOutput
  ) {
    closeOpen(main, &output)
    if preamble.isOpen {
      if preamble.add(start: start, lineNumber: lineNumber) { return }
      releasePreamble(to: nil, main, &output)
      preamble.end()
    }
    writeUnknown(line, from, end, lineNumber: lineNumber, isChanged: isChanged, format: nil, main: main, &output)
  }

  mutating func writeUnknown(
    _ line: borrowing MatchText, _ from: Int, _ end: Int, lineNumber: Int, isChanged: Bool, format: Int?,
    main: borrowing MatchText, _ output: inout ByteOutput
  ) {
    // `next` may be a wrapper's entry that comes behind these lines.
    inner.begin()
    inner.entry.format = format.map { detector.catalog.formats[$0].name }
    inner.entry.sourceLine = lineNumber
    inner.entry.sourceLines = 1
    if isChanged {
      inner.entry.scratch.append(line.bytes.extracting(from..<end))
      inner.putMessage(FieldSlice(0, end - from), .scratch, &names)
    } else {
      inner.putMessage(FieldSlice(from, end), .text, &names)
    }
    for field in envelopeFields { inner.put(field.name, field.slice, field.kind, .envelope, &names) }
    if delayed.isActive {
      Self.write(inner, main, envelopeBytes, sourceFile, names, &writer, &delayed)
    } else {
      Self.write(inner, main, envelopeBytes, sourceFile, names, &writer, &output)
    }
    report.entries += 1
    if let format {
      report.add(format: format)
    } else {
      report.unparsed += 1
    }
  }

  /// Writes the lines that waited: of the first entry's format if that has a preamble, else of none.
  mutating func releasePreamble(to first: Int?, _ main: borrowing MatchText, _ output: inout ByteOutput) {
    guard preamble.isWaiting else { return }
    let format = first.flatMap { detector.catalog.formats[$0].preamble ? $0 : nil }
    let waiting = preamble.takeWaiting()
    for line in waiting {
      let lineEnd = nextBit(class: ChunkBitmaps.lineFeed, in: main.bitmaps, from: line.start, limit: main.bytes.count)
      let (from, end) = LineCleaning.trimmed(main.bytes, from: line.start, end: lineEnd)
      if firstIndex(of: ASCII.escape, in: main.bytes.extracting(first: end), from: from) >= 0 {
        var cleaned = ByteOutput(capacity: end - from)
        LineCleaning.appendWithoutColours(main.bytes.extracting(from..<end), to: &cleaned)
        writeUnknown(
          MatchText(bytes: cleaned.span, bitmaps: main.bitmaps), 0, cleaned.count, lineNumber: line.number, isChanged: true, format: format,
          main: main, &output)
      } else {
        writeUnknown(main, from, end, lineNumber: line.number, isChanged: false, format: format, main: main, &output)
      }
    }
  }

  /// A piece of a line that is longer than an entry may be: an entry that no format knows.
  mutating func addLongLine(_ text: borrowing MatchText, _ from: Int, _ end: Int, _ output: inout ByteOutput) {
    lineNumber += isInsideLongLine ? 0 : 1
    isInsideLongLine = true
    closeOpen(text, &output)
    releasePreamble(to: nil, text, &output)
    preamble.end()
    writeUnknown(text, from, end, lineNumber: lineNumber, isChanged: false, format: nil, main: text, &output)
  }

  /// Where a piece of a long line ends: at most the entry's limit behind its start, between two characters.
  func pieceEnd(_ bytes: Span<UInt8>, _ from: Int) -> Int {
    let limit = from + options.maximumEntryBytes
    var end = limit
    // A character has at most three bytes behind its first one; what has more is no text that a cut could harm.
    while end > max(from + 1, limit - 4), bytes[end] & 0xc0 == 0x80 { end -= 1 }
    return bytes[end] & 0xc0 == 0x80 ? limit : end
  }
}

/// Unknown lines at the start of a stream, which wait for its first entry.
struct Preamble {
  /// Lines beyond the first 64 KiB of a stream do not wait.
  static let greatestBytes = 64 << 10

  private(set) var isOpen = true
  private var waiting: [(start: Int, number: Int)] = []
  private var begin: Int?

  var isWaiting: Bool { !waiting.isEmpty }
  var firstByte: Int? { waiting.first?.start }

  /// False if the line stands beyond the greatest preamble.
  mutating func add(start: Int, lineNumber: Int) -> Bool {
    let first = begin ?? start
    begin = first
    guard start - first < Self.greatestBytes else { return false }
    waiting.append((start, lineNumber))
    return true
  }

  mutating func takeWaiting() -> [(start: Int, number: Int)] {
    defer { waiting = [] }
    return waiting
  }

  mutating func end() { isOpen = false }

  mutating func shift(by distance: Int) {
    begin = begin.map { $0 - distance }
    for index in waiting.indices { waiting[index].start -= distance }
  }
}
