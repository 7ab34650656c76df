import LogBytes
import LogEntries
import LogFormats
import LogOutput

/// From lines to entries: which lines begin one, which join the one above, and when one is complete and written.
///
/// The framer works on a window of text that its owner keeps: slices of the open entry are positions in it. `consume` says how many
/// bytes at the front are no longer needed; when the owner has thrown them away it calls `shift`.
struct EntryFramer: ~Copyable {
  var detector: FormatDetector
  var names: FieldNames
  let options: PipelineOptions
  var writer: EntryWriter
  /// The open entry.
  var open = EntryAssembly()
  /// An entry that is being unwrapped.
  var next = EntryAssembly()
  /// The entry inside of a wrapper until it takes the place of `next`, or one that no format took.
  var inner = EntryAssembly()
  /// Wrappers' entries around `open` and `next`: their fields come behind those of the entry inside when that is complete.
  var openOuter = OuterEntry()
  var nextOuter = OuterEntry()
  /// An entry is in the making.
  var hasOpen = false
  /// The open entry is written already, by its plan (EntryFramer+Plans.swift).
  var openIsWritten = false
  var openPlan = OpenPlan()
  var planned = PlannedEntry()
  /// Lines that end before this position may be written by a plan.
  var plannedLimit = 0
  /// Lines may go the way of EntryFramer+Steady.swift.
  var isSteady = false
  /// The locked format, if its lines are read by their shapes (EntryFramer+Shapes.swift); -1 for none.
  var shapedFormat = -1
  /// What a further line would join. It outlives the entry if a pause let that go before its end.
  var openEntry = OpenEntry.none
  /// The open entry's format has `start`: all of it is matched when it is complete.
  var openIsWhole = false
  /// The start pattern that the open entry's last line matched; `noRank` if one of its lines matched none.
  var openStartRank = EntryFramer.noRank
  static let noRank = Int.max
  /// The arrival at the open entry's first line.
  var openArrival: Int64 = 0
  var openStream = 0
  /// Which inner stream the open entry came from; 0 for none.
  var openKey: UInt64 = 0
  /// Where the open entry's first line begins.
  var openStart = 0
  /// Blank lines since the open entry's last line, and whether all of them were empty.
  var blankLines = 0
  var blankLinesAreEmpty = true
  /// The next byte that has not been looked at.
  var position = 0
  /// The number of the line that is looked at, from 1.
  var lineNumber = 0
  /// Unknown lines at the start of a stream wait for its first entry.
  var preamble = Preamble()
  var isFirstLine = true
  /// Lines wait because they may be an object together; and such lines are looked at once more.
  var isHolding = false
  var isReplaying = false
  var held = HeldLines()
  /// The line before the position is the front of one that is too long.
  var isInsideLongLine = false
  /// What `unwrap` found last.
  var foundInside = Recognition.none
  /// The line that `unwrap` found ends its entry.
  var foundEnds = false
  /// Room for an entry that is matched as a whole and does not stand in the window.
  var wholeText = LineCopy()
  /// Room for a wrapped text that does not stand in the window.
  var spareLine: LineCopy? = LineCopy()
  /// Room for the name of a wrapper's field.
  var outerName = ByteOutput(capacity: 64)
  /// The text of a line that had to be changed, and its bitmaps.
  var lineText = ByteOutput(capacity: 1024)
  var lineBitmaps = ChunkBitmaps()
  var innerStreams: [UInt64: Int] = [:]
  var recentStreams = RecentStreams()
  /// The wrapper before this one held an entry of another format.
  var wrapsEntries = false
  /// Wrapped texts that go on in further lines, by the key of their stream.
  var pieces: [UInt64: WrappedPieces] = [:]
  /// Those that wait for nothing.
  var sparePieces: [WrappedPieces] = []
  /// A text whose last piece has come is about to be opened: the first line of it.
  var joinedLine: Int?
  /// Entries behind texts that wait.
  var delayed = DelayedOutput()
  var report = PipelineReport()
  /// Fields of the envelope, appended to each entry.
  var envelopeFields: [EntryField] = []
  var envelopeBytes = ByteOutput(capacity: 64)
  /// The same as they stand in an object.
  var envelopeMembers = ByteOutput(capacity: 64)
  var sourceFile = ByteOutput(capacity: 64)

  init(catalog: CompiledCatalog, options: PipelineOptions, writer: consuming EntryWriter, arrival: Int64) {
    self.writer = writer
    detector = FormatDetector(catalog, options: DetectionOptions(arrival: arrival, zone: options.zone, day: options.day))
    names = catalog.makeNames()
    self.options = options
    _ = detector.addStream()
  }

  /// Begins another stream: nothing of the one before is remembered.
  mutating func reset(arrival: Int64) {
    detector.removeAllStreams()
    _ = detector.addStream()
    detector.setArrival(arrival)
    innerStreams.removeAll(keepingCapacity: true)
    recentStreams.removeAll()
    wrapsEntries = false
    forgetPieces()
    hasOpen = false
    openIsWritten = false
    openEntry = .none
    openIsWhole = false
    openOuter.format = -1
    openKey = 0
    blankLines = 0
    blankLinesAreEmpty = true
    position = 0
    lineNumber = 0
    preamble = Preamble()
    isFirstLine = true
    isInsideLongLine = false
    isHolding = false
    report = PipelineReport()
    envelopeFields.removeAll(keepingCapacity: true)
    envelopeBytes.removeAll()
    envelopeMembers.removeAll()
    if detector.hasTooManyNames(names) { detector.forgetLearnedNames(&names) }
  }

  /// Looks at all lines that end before `limit`; with `isLast` what stands before it ends there too.
  ///
  /// - Parameter hasEscapes: the window may hold ESC bytes.
  mutating func consume(
    _ text: borrowing MatchText, limit: Int, isLast: Bool, hasEscapes: Bool, into output: inout ByteOutput
  ) {
    setPlannedLimit(limit: limit, isLast: isLast)
    detector.setWindow(text, limit: limit)
    prepareSteady(hasEscapes: hasEscapes)
    while position < limit {
      if delayed.isActive { limitDelayed(text, &output) }
      let from = position
      var end = nextBit(class: ChunkBitmaps.lineFeed, in: text.bitmaps, from: from, limit: limit)
      if end - from > options.maximumEntryBytes {
        if isHolding { releaseHeld(before: from, text, &output) }
        if !isInsideLongLine, text.bytes[from] == ASCII.leftBrace, let cut = concatenationEnd(text.bytes, from) {
          position = cut
          addLine(text, from, cut, hasEscapes, &output)
          prepareSteady(hasEscapes: hasEscapes)
          // The rest belongs to the same line.
          lineNumber -= 1
          continue
        }
        end = pieceEnd(text.bytes, from)
        position = end
        addLongLine(text, from, end, &output)
        continue
      }
      if end == limit, !isLast { break }
      position = end + 1
      if isInsideLongLine {
        // The last piece: it is of the same line, and ends where a line does.
        let last = LineCleaning.trimmed(text.bytes, from: from, end: end).end
        if last > from { addLongLine(text, from, last, &output) }
        isInsideLongLine = false
        continue
      }
      if isSteady {
        if shapedFormat >= 0 ? addShaped(text, from, end, &output) : addSteady(text, from, end, &output) { continue }
        if joinSteady(text, from, end, &output) { continue }
      }
      addLine(text, from, end, hasEscapes, &output)
      prepareSteady(hasEscapes: hasEscapes)
    }
    position = min(position, limit)
    // What comes next may join it, when this output is gone.
    if openIsWritten, !isLast { reopen(text, &output) }
  }

  /// Forgets names that the log brought, when there are too many: a stream without end may bring new ones all the time. What waits keeps
  /// its own. Between two lines.
  mutating func forgetNames() {
    guard detector.hasTooManyNames(names) else { return }
    let hasFields = hasOpen && !openIsWritten
    let openNames = hasFields ? open.fieldNames(names) : []
    let outerNames = hasFields && openOuter.isThere ? openOuter.assembly.fieldNames(names) : []
    let pieceNames = pieces.mapValues { $0.fieldNames(names) }
    detector.forgetLearnedNames(&names)
    if hasFields { open.renameFields(openNames, &names) }
    if hasFields, openOuter.isThere { openOuter.assembly.renameFields(outerNames, &names) }
    for (key, fieldNames) in pieceNames { pieces[key]?.renameFields(fieldNames, &names) }
  }

  /// The first byte of the window that is still needed.
  var firstNeeded: Int {
    let first = isHolding ? min(held.start, position) : position
    if hasOpen { return min(openStart, first) }
    return preamble.firstByte.map { min($0, first) } ?? first
  }

  /// The first `distance` bytes of the window were thrown away.
  mutating func shift(by distance: Int) {
    detector.matchedEvent = nil
    position -= distance
    openStart -= distance
    held.start -= distance
    held.from -= distance
    preamble.shift(by: distance)
    if openIsWritten {
      openPlan.from -= distance
      openPlan.end -= distance
    } else if hasOpen {
      open.shiftText(by: distance)
      if openOuter.isThere { openOuter.assembly.shiftText(by: distance) }
    }
  }

  /// Closes the stream: the open entry is complete, waiting lines are unrecognised.
  mutating func finish(_ text: borrowing MatchText, into output: inout ByteOutput) {
    if isHolding { releaseHeld(before: text.bytes.count, text, &output) }
    completePieces(text, &output)
    releasePreamble(to: nil, text, &output)
    closeOpen(text, &output)
  }

  // MARK: One line

  @inline(__always)
  mutating func addLine(_ text: borrowing MatchText, _ start: Int, _ lineEnd: Int, _ hasEscapes: Bool, _ output: inout ByteOutput) {
    lineNumber += 1
    let (from, end) = LineCleaning.trimmed(text.bytes, from: start, end: lineEnd)
    if hasEscapes, firstIndex(of: ASCII.escape, in: text.bytes.extracting(first: end), from: from) >= 0 {
      addColouredLine(text, start, from, end, &output)
      return
    }
    if from == end || text.bytes[from] <= ASCII.blank, LineCleaning.isBlank(text.bytes, from: from, end: end) {
      if hasOpen, !isHolding {
        blankLines += 1
        if start != lineEnd { blankLinesAreEmpty = false }
        // An entry that blank lines make too long is closed: the window must not grow with them.
        if !hasRoom { closeOpen(text, &output) }
      }
      return
    }
    addLine(text, from, end, start: start, main: text, isChanged: false, &output)
  }

  /// A line with colour codes: it is cleaned beside the text.
  private mutating func addColouredLine(_ text: borrowing MatchText, _ start: Int, _ from: Int, _ end: Int, _ output: inout ByteOutput) {
    var cleaned = ByteOutput(capacity: 0)
    swap(&cleaned, &lineText)
    var bitmaps = ChunkBitmaps()
    swap(&bitmaps, &lineBitmaps)
    cleaned.removeAll()
    LineCleaning.appendWithoutColours(text.bytes.extracting(from..<end), to: &cleaned)
    addCleaned(cleaned, &bitmaps, text, start, &output)
    swap(&cleaned, &lineText)
    swap(&bitmaps, &lineBitmaps)
  }

  private mutating func addCleaned(
    _ cleaned: borrowing ByteOutput, _ bitmaps: inout ChunkBitmaps, _ text: borrowing MatchText, _ start: Int, _ output: inout ByteOutput
  ) {
    let (from, end) = LineCleaning.trimmed(cleaned.span, from: 0, end: cleaned.count)
    bitmaps.classify(cleaned.span)
    let line = MatchText(bytes: cleaned.span, bitmaps: bitmaps.words)
    if LineCleaning.isBlank(cleaned.span, from: from, end: end) {
      if isHolding {
        held.isChanged = true
        return
      }
      // Colour codes alone: an empty line of the open entry, or an entry of its own.
      if openEntry.isOpen {
        join(line, from, from, isChanged: true, main: text, &output)
      } else {
        addUnknown(line, from, from, start: start, main: text, isChanged: true, &output)
      }
      return
    }
    addLine(line, from, end, start: start, main: text, isChanged: true, &output)
  }

  /// What happens to a line, in the order of formats/README.md, "What happens to a line".
  ///
  /// - Parameters:
  ///   - line: the text in which the line stands: the window, or a changed copy of the line.
  ///   - main: the window.
  mutating func addLine(
    _ line: borrowing MatchText, _ from: Int, _ end: Int, start: Int, main: borrowing MatchText, isChanged: Bool, _ output: inout ByteOutput
  ) {
    let wasHolding = isHolding
    let continues = !wasHolding && continuesOpen(line, from, end)
    // Lines that are like others before them, whatever stands between.
    if !wasHolding, !isReplaying, !isFirstLine, !continues {
      let found = detector.recogniseRecent(line, from: from, end: end)
      if found.isFound {
        begin(found, line, from, end, start: start, firstLine: lineNumber, main: main, isChanged: isChanged, &output)
        return
      }
    }
    if detector.hasObservers, !isReplaying {
      if looksAhead { lookAhead(main, start) }
      detector.observe(line, from: from, end: end, stream: 0)
    }
    isFirstLine = false
    if isHolding, holdNext(line, from, end, start: start, main: main, isChanged: isChanged, &output) { return }
    // Lines that waited may have been written in between.
    if wasHolding ? continuesOpen(line, from, end) : continues {
      join(line, from, end, isChanged: isChanged, main: main, &output)
      return
    }
    // An object that this line only begins is a candidate like one of one line.
    let mayBeObject = detector.hasObjects && line.bytes[from] == ASCII.leftBrace
    if mayBeObject, line.bytes[end - 1] != ASCII.rightBrace, hold(line, from, end, start: start, isChanged: isChanged) { return }
    if !isChanged, !isReplaying, shapedFormat < 0, addKnownShape(line, start, from, end, &output) { return }
    let found = detector.recognise(line, from: from, end: end, stream: 0, open: openEntry, wrapper: -1, &next, &names)
    if found.isFound {
      begin(found, line, from, end, start: start, firstLine: lineNumber, main: main, isChanged: isChanged, &output)
      return
    }
    if mayBeObject, hold(line, from, end, start: start, isChanged: isChanged) { return }
    if line.bytes[from] == ASCII.leftBrace,
      addConcatenated(line, from, end, start: start, main: main, isChanged: isChanged, &output)
    {
      return
    }
    if openEntry.isOpen,
      Continuation.canJoin(detector.catalog.formats[openEntry.format].multiline, line.bytes, from: from, end: end)
    {
      join(line, from, end, isChanged: isChanged, main: main, &output)
    } else {
      addUnknown(line, from, end, start: start, main: main, isChanged: isChanged, &output)
    }
  }

  /// The open entry goes on with a line, whatever else that could be.
  @inline(__always)
  private mutating func continuesOpen(_ line: borrowing MatchText, _ from: Int, _ end: Int) -> Bool {
    guard openEntry.isOpen, detector.flags[openEntry.format].contains(.hasContinues) else { return false }
    return detector.matchesAny(detector.catalog.formats[openEntry.format].continues, of: openEntry.format, line, from: from, end: end)
  }

  /// The first line has not come yet, and formats want to see more than that.
  var looksAhead: Bool { isFirstLine && detector.hasRequirements }

  /// The first 64 KiB of a stream are looked through for what formats require.
  private mutating func lookAhead(_ text: borrowing MatchText, _ start: Int) {
    var at = start
    let limit = min(text.bytes.count, start + Preamble.greatestBytes)
    while at < limit {
      let end = nextBit(class: ChunkBitmaps.lineFeed, in: text.bitmaps, from: at, limit: limit)
      let line = LineCleaning.trimmed(text.bytes, from: at, end: end)
      if line.from < line.end { lookAhead(text, line.from, line.end) }
      at = end + 1
    }
  }

  private mutating func lookAhead(_ text: borrowing MatchText, _ from: Int, _ end: Int) {
    guard firstIndex(of: ASCII.escape, in: text.bytes.extracting(first: end), from: from) >= 0 else {
      return detector.lookAhead(text, from: from, end: end, stream: 0)
    }
    var cleaned = ByteOutput(capacity: end - from)
    LineCleaning.appendWithoutColours(text.bytes.extracting(from..<end), to: &cleaned)
    var copy = LineCopy()
    copy.set(cleaned.span)
    if cleaned.count > 0 { detector.lookAhead(copy.text, from: 0, end: cleaned.count, stream: 0) }
  }
}
