import LogBytes
import LogEntries
import LogFormats
import LogOutput

/// Lines that join the entry above, entries that are complete, and lines that no format knows.
extension EntryFramer {
  /// Adds a line to the open entry's message behind a LF; blank lines before it are empty lines.
  mutating func join(
    _ line: borrowing MatchText, _ from: Int, _ end: Int, isChanged: Bool, main: borrowing MatchText, _ output: inout ByteOutput
  ) {
    if let message = open.entry.message, message.slice.count + (end - from) > options.maximumEntryBytes {
      // The entry is full: it is closed, and the line is an entry that no format knows.
      addUnknown(line, from, end, start: from, main: main, isChanged: isChanged, &output)
      return
    }
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
      open.entry.message?.slice.end = UInt32(open.entry.scratch.count)
    }
    blankLines = 0
    blankLinesAreEmpty = true
    open.entry.sourceLines = lineNumber - open.entry.sourceLine + 1
    let ends = detector.catalog.formats[openEntry.format].end
    if !ends.isEmpty, detector.matchesAny(ends, line, from: from, end: end) { openEntry.isOpen = false }
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

  /// Completes and writes the open entry, if there is one.
  mutating func closeOpen(_ main: borrowing MatchText, _ output: inout ByteOutput) {
    guard hasOpen else { return }
    detector.complete(openEntry.format, text: main, stream: openStream, &open, names: &names)
    write(main, &output)
    report.entries += 1
    if open.entry.event != nil { report.events += 1 }
    report.add(format: openEntry.format)
    hasOpen = false
    openEntry = .none
    openKey = 0
  }

  private mutating func write(_ main: borrowing MatchText, _ output: inout ByteOutput) {
    for field in envelopeFields { open.put(field.name, field.slice, field.kind, .envelope, &names) }
    Self.write(open.entry, main, envelopeBytes, sourceFile, names, &writer, &output)
  }

  private static func write(
    _ entry: borrowing LogEntry, _ main: borrowing MatchText, _ envelope: borrowing ByteOutput, _ sourceFile: borrowing ByteOutput,
    _ names: borrowing FieldNames, _ writer: inout EntryWriter, _ output: inout ByteOutput
  ) {
    writer.append(
      entry, bytes: EntryBytes(text: main.bytes, envelope: envelope.span, sourceFile: sourceFile.span), names: names, to: &output)
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

  private mutating func writeUnknown(
    _ line: borrowing MatchText, _ from: Int, _ end: Int, lineNumber: Int, isChanged: Bool, format: Int?,
    main: borrowing MatchText, _ output: inout ByteOutput
  ) {
    next.begin()
    next.entry.format = format.map { detector.catalog.formats[$0].name }
    next.entry.sourceLine = lineNumber
    next.entry.sourceLines = 1
    if isChanged {
      next.entry.scratch.append(line.bytes.extracting(from..<end))
      next.putMessage(FieldSlice(0, end - from), .scratch, &names)
    } else {
      next.putMessage(FieldSlice(from, end), .text, &names)
    }
    for field in envelopeFields { next.put(field.name, field.slice, field.kind, .envelope, &names) }
    Self.write(next.entry, main, envelopeBytes, sourceFile, names, &writer, &output)
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
    var end = from + options.maximumEntryBytes
    while end > from + 1, bytes[end] & 0xc0 == 0x80 { end -= 1 }
    return end
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
