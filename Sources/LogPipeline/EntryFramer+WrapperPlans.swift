import LogBytes
import LogEntries
import LogFormats

/// Wrapped lines whose text is of no format: their entries are their wrapper's, and are written by a plan like others.
extension EntryFramer {
  /// Writes the entry of a wrapper by its plan; false, and nothing written, if its text is an entry of another format, goes on with one, or
  /// needs more than a plan. What was found of the line stands then as before.
  mutating func writeWrapper(
    _ found: Recognition, _ text: borrowing MatchText, _ from: Int, _ end: Int, start: Int, _ output: inout ByteOutput
  ) -> Bool {
    guard end &- from <= Self.greatestLine, detector.plan(found, text, stream: 0, &planned, &names) else { return false }
    // An event's slots would not outlive what comes now.
    if planned.event == nil, isAlone(found, text) {
      if preamble.isOpen {
        releasePreamble(to: found.format, text, &output)
        preamble.end()
      }
      closeOpen(text, &output)
      if writePlanned(found, text, from, end, &output) {
        setOpen(found, stream: 0, key: 0, start: start, firstLine: lineNumber)
        openEntry.isOpen = !ends(found.format, text, from, end)
        return true
      }
    }
    detector.matchAgain(found, text, from: from, end: end)
    return false
  }

  /// Nothing that a planned wrapper wraps is of another format, or belongs to the open entry.
  private mutating func isAlone(_ found: Recognition, _ text: borrowing MatchText) -> Bool {
    let (wrapped, key) = detector.wrapped(in: found, &names)
    if wrapped.start == .max { return true }
    let (from, end) = LineCleaning.trimmed(text.bytes, from: Int(wrapped.start), end: Int(wrapped.end))
    // A message would have to lose its end.
    if Int(wrapped.end) > from, text.bytes[Int(wrapped.end) - 1] == ASCII.carriageReturn { return false }
    if LineCleaning.isBlank(text.bytes, from: from, end: end) { return true }
    let streamKey = Self.streamKey(
      found.format, outer: 0, key.start == .max ? text.bytes.extracting(first: 0) : text.bytes.extracting(key.range))
    if openEntry.isOpen, openKey == streamKey { return false }
    if innerStreams.count >= Self.greatestStreams { forgetInnerStreams() }
    let stream = innerStream(streamKey)
    detector.exchangeSlots()
    if detector.hasObservers { detector.observe(text, from: from, end: end, stream: stream) }
    let inside = detector.recognise(
      text, from: from, end: end, stream: stream, open: .none, wrapper: found.format, &inner, &names)
    detector.exchangeSlots()
    return !inside.isFound
  }
}

/// Inner streams that were asked for last, by their keys: one for each value of some bits.
struct RecentStreams: ~Copyable {
  private static let bits: UInt64 = 6
  private var keys = ReusedBuffer<UInt64>(capacity: 1 << 6)
  private var streams = ReusedBuffer<Int>(capacity: 1 << 6)

  init() {
    // No key is 0.
    keys.extend(to: 1 << Int(Self.bits), with: 0)
    streams.extend(to: 1 << Int(Self.bits), with: 0)
  }

  mutating func removeAll() {
    for index in keys.indices { keys[index] = 0 }
  }

  @inline(__always)
  subscript(key: UInt64) -> Int? {
    get {
      let place = Self.place(of: key)
      return keys[place] == key ? streams[place] : nil
    }
    set {
      let place = Self.place(of: key)
      keys[place] = newValue == nil ? 0 : key
      streams[place] = newValue ?? 0
    }
  }

  private static func place(of key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) &>> (64 &- bits))
  }
}
