import LogBytes
import LogEntries
import LogFormats

/// Wrapped lines: the field of one format goes to detection again (formats/README.md, "Wrappers").
extension EntryFramer {
  /// Wrappers in wrappers at most so deep.
  static let greatestDepth = 3
  /// About so many inner streams are remembered at most; then all are forgotten but that of the open entry.
  static let greatestStreams = 1024

  mutating func addWrapped(
    _ found: Recognition, _ line: borrowing MatchText, _ from: Int, _ end: Int, start: Int, firstLine: Int,
    main: borrowing MatchText, isChanged: Bool, _ output: inout ByteOutput
  ) {
    if innerStreams.count >= Self.greatestStreams { forgetInnerStreams() }
    next.begin()
    let origin = Self.origin(of: line, isChanged: isChanged, &next)
    detector.decode(found, line, from: from, end: end, origin: origin, stream: 0, into: &next, names: &names)
    nextOuter.format = -1
    foundEnds = ends(found.format, line, from, end)
    unwrapNext(UnwrappingState(found: found, line: firstLine, lastLine: lineNumber), start: start, main: main, &output)
  }

  /// Where the unwrapping of a line is: what was found last, and around it.
  struct UnwrappingState {
    /// The format of `next`.
    var found: Recognition
    /// The key of the stream in which it was found; 0 for the first stream.
    var key: UInt64 = 0
    var depth = 0
    /// The first and the last line of the text.
    var line: Int
    var lastLine: Int
  }

  /// Opens `next`, the entry of a wrapper, or what its field holds.
  ///
  /// - Parameter isJoined: its text was put together from pieces: it is complete.
  mutating func unwrapNext(
    _ begin: UnwrappingState, isJoined: Bool = false, start: Int, main: borrowing MatchText, _ output: inout ByteOutput
  ) {
    var state = begin
    var isComplete = isJoined
    defer { joinedLine = nil }
    while state.depth < Self.greatestDepth, let wrapped = detector.catalog.formats[state.found.format].wrap {
      let innerKey = streamKey(state.found.format, outer: state.key, main)
      if detector.catalog.formats[state.found.format].hasPart, !isComplete, gather(&state, innerKey, main) { return }
      isComplete = false
      guard let field = next.field(wrapped), field.kind == .string else { break }
      let inside = innerStream(innerKey)
      var outcome = Unwrapping.wrapper
      if field.source == .text {
        outcome = unwrap(field.slice, main, state.found.format, inside, innerKey, isChanged: false, main: main, &output)
      } else if field.source == .scratch {
        var copy = spareLine.take() ?? LineCopy()
        copy.set(next.entry.scratch.span.extracting(field.slice.range))
        outcome = unwrap(copy, state.found.format, inside, innerKey, main: main, &output)
        spareLine = consume copy
      }
      if outcome == .joined { return }
      guard outcome == .found else {
        dropLineEnd(of: state.found.format, main)
        break
      }
      state.found = foundInside
      state.key = innerKey
      state.depth += 1
    }
    if preamble.isOpen {
      // What stands before the first entry is of its format, but not of one inside of a wrapper.
      releasePreamble(to: state.key == 0 ? state.found.format : nil, main, &output)
      preamble.end()
    }
    closeOpen(main, &output)
    swap(&open, &next)
    swap(&openOuter, &nextOuter)
    wrapsEntries = state.key != 0
    setOpen(state.found, stream: state.key == 0 ? 0 : innerStream(state.key), key: state.key, start: start, firstLine: state.line)
    open.entry.sourceLines = state.lastLine - state.line + 1
    openEntry.isOpen = !foundEnds
  }

  /// The message of a wrapper's own entry ends where its line does: Docker keeps the line feed in `log`.
  private mutating func dropLineEnd(of wrapper: Int, _ main: borrowing MatchText) {
    guard detector.catalog.formats[wrapper].wrap == ReservedNames.message, var message = next.entry.message else { return }
    while !message.slice.isEmpty {
      let last = Int(message.slice.end) - 1
      let byte = message.source == .text ? main.bytes[last] : next.entry.scratch.span[last]
      guard byte == ASCII.lineFeed || byte == ASCII.carriageReturn else { break }
      message.slice.end -= 1
    }
    next.entry.message = message
  }

  /// What became of a wrapped text.
  enum Unwrapping {
    /// No format takes it: the entry is the wrapper's.
    case wrapper
    /// It belongs to the open entry.
    case joined
    /// `next` is now the inner entry with the wrapper's fields.
    case found
  }

  private mutating func unwrap(
    _ copy: borrowing LineCopy, _ wrapper: Int, _ stream: Int, _ key: UInt64, main: borrowing MatchText, _ output: inout ByteOutput
  ) -> Unwrapping {
    unwrap(copy.slice, copy.text, wrapper, stream, key, isChanged: true, main: main, &output)
  }

  private mutating func unwrap(
    _ slice: FieldSlice, _ text: borrowing MatchText, _ wrapper: Int, _ stream: Int, _ key: UInt64, isChanged: Bool,
    main: borrowing MatchText, _ output: inout ByteOutput
  ) -> Unwrapping {
    var last = Int(slice.end)
    while last > Int(slice.start), text.bytes[last - 1] == ASCII.lineFeed { last -= 1 }
    let (from, end) = LineCleaning.trimmed(text.bytes, from: Int(slice.start), end: last)
    if LineCleaning.isBlank(text.bytes, from: from, end: end) { return .wrapper }
    if !isChanged || firstIndex(of: ASCII.escape, in: text.bytes.extracting(first: end), from: from) < 0 {
      return unwrapClean(from, end, text, wrapper, stream, key, isChanged: isChanged, main: main, &output)
    }
    var cleaned = ByteOutput(capacity: end - from)
    LineCleaning.appendWithoutColours(text.bytes.extracting(from..<end), to: &cleaned)
    var copy = LineCopy()
    copy.set(cleaned.span)
    return unwrapClean(copy, wrapper, stream, key, main: main, &output)
  }

  private mutating func unwrapClean(
    _ copy: borrowing LineCopy, _ wrapper: Int, _ stream: Int, _ key: UInt64, main: borrowing MatchText, _ output: inout ByteOutput
  ) -> Unwrapping {
    unwrapClean(0, copy.slice.count, copy.text, wrapper, stream, key, isChanged: true, main: main, &output)
  }

  private mutating func unwrapClean(
    _ from: Int, _ end: Int, _ text: borrowing MatchText, _ wrapper: Int, _ stream: Int, _ key: UInt64, isChanged: Bool,
    main: borrowing MatchText, _ output: inout ByteOutput
  ) -> Unwrapping {
    if from == end { return .wrapper }
    if detector.hasObservers { detector.observe(text, from: from, end: end, stream: stream) }
    let isInside = openEntry.isOpen && openKey == key
    if isInside {
      let continues = detector.catalog.formats[openEntry.format].continues
      if !continues.isEmpty, detector.matchesAny(continues, of: openEntry.format, text, from: from, end: end) {
        return joinInside(text, from, end, main: main, &output)
      }
    }
    let found = detector.recognise(
      text, from: from, end: end, stream: stream, open: isInside ? openEntry : .none, wrapper: wrapper, &inner, &names)
    guard found.isFound else {
      if isInside, Continuation.canJoin(detector.catalog.formats[openEntry.format].multiline, text.bytes, from: from, end: end) {
        return joinInside(text, from, end, main: main, &output)
      }
      return .wrapper
    }
    if detector.flags[found.format].contains(.hasStart), let rank = rankOfContinuation(found, key: key) {
      let outcome = joinInside(text, from, end, main: main, &output)
      openStartRank = rank
      return outcome
    }
    if let seen = detector.lendColourless(found) {
      seen.withText { beginInside(found, $0, 0, seen.count, wrapper, stream, isChanged: true) }
      detector.giveBack(seen)
    } else {
      beginInside(found, text, from, end, wrapper, stream, isChanged: isChanged)
    }
    return .found
  }

  private mutating func beginInside(
    _ found: Recognition, _ text: borrowing MatchText, _ from: Int, _ end: Int, _ wrapper: Int, _ stream: Int, isChanged: Bool
  ) {
    inner.begin()
    let origin = Self.origin(of: text, isChanged: isChanged, &inner)
    // A time without a date inside takes it from the wrapper's time: that is when the line arrived there.
    if let time = next.entry.time { detector.setArrival(time.seconds, of: found.format, stream: stream) }
    Self.decode(found, text, from, end, origin, stream: stream, &detector, into: &inner, &names)
    foundEnds = ends(found.format, text, from, end)
    foundInside = found
    nest(in: wrapper)
  }

  /// A wrapped line joins the open entry; one that has no room left is the wrapper's.
  private mutating func joinInside(
    _ text: borrowing MatchText, _ from: Int, _ end: Int, main: borrowing MatchText, _ output: inout ByteOutput
  ) -> Unwrapping {
    guard hasRoom else {
      closeOpen(main, &output)
      return .wrapper
    }
    join(text, from, end, isChanged: true, main: main, &output)
    return .joined
  }

  /// The inner stream of a wrapper and the value of its key.
  private func streamKey(_ wrapper: Int, outer: UInt64, _ main: borrowing MatchText) -> UInt64 {
    guard let field = detector.catalog.formats[wrapper].wrapKey.flatMap({ next.field($0) }) else {
      return Self.streamKey(wrapper, outer: outer, main.bytes.extracting(first: 0))
    }
    return field.source == .text
      ? Self.streamKey(wrapper, outer: outer, main.bytes.extracting(field.slice.range))
      : Self.streamKey(wrapper, outer: outer, next.entry.scratch.span.extracting(field.slice.range))
  }

  static func streamKey(_ wrapper: Int, outer: UInt64, _ value: Span<UInt8>) -> UInt64 {
    var hash = (outer ^ UInt64(wrapper + 1)) &* 0x9e37_79b9_7f4a_7c15
    for index in value.indices { hash = (hash ^ UInt64(value[index])) &* 0x100_0000_01b3 }
    return hash | 1
  }

  mutating func innerStream(_ key: UInt64) -> Int {
    if let stream = recentStreams[key] { return stream }
    let known = innerStreams[key]
    let stream = known ?? detector.addStream()
    if known == nil { innerStreams[key] = stream }
    recentStreams[key] = stream
    return stream
  }

  /// Forgets all inner streams but that of the open entry.
  mutating func forgetInnerStreams() {
    innerStreams.removeAll(keepingCapacity: true)
    recentStreams.removeAll()
    openStream = detector.removeInnerStreams(but: openStream)
    if openStream > 0 { innerStreams[openKey] = openStream }
  }
}

/// A wrapped text that does not stand in the window, with its bitmaps.
struct LineCopy: ~Copyable {
  private var bytes: ByteOutput
  private var bitmaps = ChunkBitmaps()

  init(capacity: Int = 256) {
    bytes = ByteOutput(capacity: capacity)
  }

  mutating func set(_ value: Span<UInt8>) {
    bytes.removeAll()
    bytes.append(value)
    bitmaps.classify(value)
  }

  var text: MatchText {
    @_lifetime(borrow self)
    get { MatchText(bytes: bytes.span, bitmaps: bitmaps.words) }
  }

  var slice: FieldSlice { FieldSlice(0, bytes.count) }
}
