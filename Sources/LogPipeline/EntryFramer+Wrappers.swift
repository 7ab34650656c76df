import LogBytes
import LogEntries
import LogFormats

/// Wrapped lines: the field of one format goes to detection again (formats/README.md, "Wrappers").
extension EntryFramer {
  /// Wrappers in wrappers at most so deep.
  static let greatestDepth = 3
  /// Inner streams that are remembered at most; then all are forgotten.
  static let greatestStreams = 1024

  mutating func addWrapped(
    _ found: Recognition, _ line: borrowing MatchText, _ from: Int, _ end: Int, start: Int, main: borrowing MatchText,
    isChanged: Bool, _ output: inout ByteOutput
  ) {
    next.begin()
    var origin = MatchOrigin(source: .text)
    if isChanged {
      next.entry.scratch.append(line.bytes)
      origin = MatchOrigin(source: .scratch, offset: 0)
    }
    detector.decode(found, line, from: from, end: end, origin: origin, stream: 0, into: &next, names: &names)
    var wrapper = found.format
    var stream = 0
    var key: UInt64 = 0
    for _ in 0..<Self.greatestDepth {
      guard let field = detector.catalog.formats[wrapper].wrap.flatMap({ next.field($0) }), field.kind == .string else { break }
      key = streamKey(wrapper, outer: key, main)
      let inside = innerStream(key)
      var outcome = Unwrapping.wrapper
      if field.source == .text {
        outcome = unwrap(field.slice, main, wrapper, inside, key, isChanged: false, main: main, &output)
      } else if field.source == .scratch {
        var copy = LineCopy()
        copy.set(next.entry.scratch.span.extracting(field.slice.range))
        outcome = unwrap(copy, wrapper, inside, key, main: main, &output)
      }
      if outcome == .joined { return }
      guard outcome == .found else {
        dropLineEnd(of: wrapper, main)
        break
      }
      wrapper = foundInside
      stream = inside
      if detector.catalog.formats[wrapper].wrap == nil { break }
    }
    closeOpen(main, &output)
    swap(&open, &next)
    setOpen(wrapper, stream: stream, key: stream == 0 ? 0 : key, start: start)
    if stream == 0 { openKey = 0 }
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
    let isInside = hasOpen && openEntry.isOpen && openKey == key
    if isInside {
      let continues = detector.catalog.formats[openEntry.format].continues
      if !continues.isEmpty, detector.matchesAny(continues, text, from: from, end: end) {
        join(text, from, end, isChanged: true, main: main, &output)
        return .joined
      }
    }
    let found = detector.recognise(
      text, from: from, end: end, stream: stream, open: isInside ? openEntry : .none, wrapper: wrapper, &inner, &names)
    guard found.isFound else {
      if isInside, Continuation.canJoin(detector.catalog.formats[openEntry.format].multiline, text.bytes, from: from, end: end) {
        join(text, from, end, isChanged: true, main: main, &output)
        return .joined
      }
      return .wrapper
    }
    inner.begin()
    var origin = MatchOrigin(source: .text)
    if isChanged {
      inner.entry.scratch.append(text.bytes)
      origin = MatchOrigin(source: .scratch, offset: 0)
    }
    // A time without a date inside takes it from the wrapper's time: that is when the line arrived there.
    if let time = next.entry.time { detector.setArrival(time.seconds, of: found.format, stream: stream) }
    detector.decode(found, text, from: from, end: end, origin: origin, stream: stream, into: &inner, names: &names)
    addFieldsOfWrapper(wrapper)
    swap(&inner, &next)
    foundInside = found.format
    return .found
  }

  /// Behind the inner entry's fields come the wrapper's, those with a name that is taken as `outer_…`.
  private mutating func addFieldsOfWrapper(_ wrapper: Int) {
    if let time = next.entry.time {
      if inner.entry.time == nil {
        inner.putTime(time, &names)
      } else {
        inner.putMoment(names.intern("outer_time"), time, &names)
      }
    }
    if let level = next.entry.level {
      if inner.entry.level == nil {
        inner.putLevel(level, &names)
      } else {
        let start = inner.entry.scratch.count
        inner.entry.scratch.append(level.name)
        inner.put(names.intern("outer_level"), FieldSlice(start, inner.entry.scratch.count), .string, .scratch, &names)
      }
    }
    let wrapped = detector.catalog.formats[wrapper].wrap
    if wrapped != ReservedNames.message, let message = next.entry.message {
      copyField(message, as: inner.entry.message == nil ? nil : names.intern("outer_message"))
    }
    for index in next.entry.fields.indices {
      let field = next.entry.fields[index]
      if field.name == wrapped { continue }
      copyField(field, as: inner.has(field.name) ? names.intern("outer_" + names.string(field.name)) : field.name)
    }
  }

  /// A field of `next` into `inner`, with its bytes if they are the entry's own.
  private mutating func copyField(_ field: EntryField, as name: NameID?) {
    if field.kind == .time {
      inner.putMoment(name ?? field.name, next.entry.times[Int(field.slice.start)], &names)
      return
    }
    var slice = field.slice
    if field.source == .scratch, field.kind != .yes, field.kind != .no {
      let start = inner.entry.scratch.count
      Self.append(field.slice, of: next, to: &inner)
      slice = FieldSlice(start, inner.entry.scratch.count)
    }
    if let name {
      inner.put(name, slice, field.kind, field.source, &names)
    } else {
      inner.putMessage(slice, field.source, &names)
    }
  }

  private static func append(_ slice: FieldSlice, of assembly: borrowing EntryAssembly, to other: inout EntryAssembly) {
    other.entry.scratch.append(assembly.entry.scratch.span.extracting(slice.range))
  }

  /// The inner stream of a wrapper and the value of its key.
  private func streamKey(_ wrapper: Int, outer: UInt64, _ main: borrowing MatchText) -> UInt64 {
    var hash = (outer ^ UInt64(wrapper + 1)) &* 0x9e37_79b9_7f4a_7c15
    guard let field = detector.catalog.formats[wrapper].wrapKey.flatMap({ next.field($0) }) else { return hash | 1 }
    for index in field.slice.range {
      let byte = field.source == .text ? main.bytes[index] : next.entry.scratch.span[index]
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    return hash | 1
  }

  private mutating func innerStream(_ key: UInt64) -> Int {
    if let stream = innerStreams[key] { return stream }
    if innerStreams.count >= Self.greatestStreams {
      innerStreams.removeAll(keepingCapacity: true)
      detector.removeInnerStreams()
      openKey = 0
    }
    let stream = detector.addStream()
    innerStreams[key] = stream
    return stream
  }
}

/// A wrapped text that does not stand in the window, with its bitmaps.
struct LineCopy: ~Copyable {
  private var bytes = ByteOutput(capacity: 256)
  private var bitmaps = ChunkBitmaps()

  init() {}

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
