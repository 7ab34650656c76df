import LogBytes
import LogEntries

// Most lines are like the one before: another entry of the locked format. What must be asked before its dialects may take a line (do
// observers want to see it, does a hint forbid it, could it continue the open entry) mostly hangs on the dialect alone, as far as proofs go
// that were made when the formats were compiled. So it is asked once for each first byte, and remembered while it holds.

/// By first byte: the dialects of the locked format that may take a line without another look at it.
struct SteadyDialects: ~Copyable {
  /// The first of `CandidateTable.dialects`, and how many; -1 if that was not asked yet.
  private var beginnings = ReusedBuffer<(first: Int32, count: Int32)>(capacity: 256)
  /// The format for which they were asked.
  private(set) var format = -1

  init() {
    beginnings.extend(to: 256, with: (0, 0))
  }

  mutating func reset(to format: Int) {
    self.format = format
    for byte in 0..<256 { beginnings[byte] = (0, -1) }
  }

  /// What hints, observers and candidates say has changed.
  mutating func forget() {
    format = -1
  }

  @inline(__always)
  subscript(byte: UInt8) -> (first: Int32, count: Int32) {
    get { beginnings[Int(byte)] }
    set { beginnings[Int(byte)] = newValue }
  }
}

/// First bytes of lines, and whether lines that begin so join an open entry of the locked format whatever follows.
struct JoiningBeginnings: ~Copyable {
  /// With lines that begin in so many ways stack traces are full.
  private static let count = 64
  private var words = ReusedBuffer<UInt64>(capacity: count)
  private var joining: UInt64 = 0
  /// Whether there are codes of colours before the limit of the window; nil if that was not asked yet.
  private(set) var hasColours: Bool?
  private var limit = 0

  init() {
    words.extend(to: Self.count, with: 0)
  }

  mutating func setWindow(limit: Int, isColourless: Bool) {
    self.limit = limit
    hasColours = isColourless ? false : nil
  }

  @inline(never)
  mutating func lookForColours(_ codes: ColourCodes, _ text: borrowing MatchText) {
    hasColours = !codes.isEmpty && codes.first(in: text.bytes.extracting(first: limit), from: 0) >= 0
  }

  mutating func reset() {
    // Eight NULs stand for nothing: a line that begins so joins nothing unasked.
    for index in words.indices { words[index] = 0 }
    joining = 0
  }

  /// nil if that was not asked yet.
  @inline(__always)
  subscript(word: UInt64) -> Bool? {
    let place = Self.place(of: word)
    return words[place] == word ? joining &>> UInt64(place) & 1 != 0 : nil
  }

  mutating func remember(_ word: UInt64, joins: Bool) {
    let place = Self.place(of: word)
    words[place] = word
    joining = joining & ~(1 << UInt64(place)) | (joins ? 1 << UInt64(place) : 0)
  }

  @inline(__always)
  private static func place(of word: UInt64) -> Int {
    Int(truncatingIfNeeded: (word &* 0x9e37_79b9_7f4a_7c15) &>> 58)
  }
}

extension FormatDetector {
  /// Makes ready for `recogniseSteady`, behind a line that it did not take; false if it would take none.
  package mutating func prepareSteady() -> Bool {
    let locked = streams[0].locked
    // Where formats take turns, nearly no line is like the one before.
    guard isColourlessWindow, locked >= 0, streams[0].isRepeated, flags[locked].contains(.isPlain) else { return false }
    if steady.format != locked {
      steady.reset(to: locked)
      joiningBeginnings.reset()
    }
    return true
  }

  /// The dialect of the locked format that takes a line of the first stream, as `recognise` would find it, where nothing else needs to see
  /// the line and it cannot join the open entry; none says nothing. Requires `prepareSteady`.
  @inline(__always)
  package mutating func recogniseSteady(_ text: borrowing MatchText, from: Int, end: Int) -> Recognition {
    let byte = text[from]
    var (index, left) = steady[byte]
    if left < 0 {
      findSteady(byte)
      (index, left) = steady[byte]
    }
    if left > 0 {
      let pattern = Int(candidates.dialects[Int(index)])
      if pattern == memos.lastPattern, catalog.patterns[pattern].isNeverForbidden,
        memos.recallLast(text, from: from, end: end, slots: slots, &state)
      {
        return Recognition(format: steady.format, pattern: pattern)
      }
    }
    return recogniseSteadily(text, from: from, end: end, index, left)
  }

  @inline(never)
  private mutating func recogniseSteadily(
    _ text: borrowing MatchText, from: Int, end: Int, _ first: Int32, _ count: Int32
  ) -> Recognition {
    var (index, left) = (first, count)
    var isFirst = true
    while left > 0 {
      let pattern = Int(candidates.dialects[Int(index)])
      if isForbidden(pattern, of: steady.format, text, from: from, end: end) { return .none }
      if matchDialect(pattern, isFirst: isFirst, text, from, end) { return Recognition(format: steady.format, pattern: pattern) }
      isFirst = false
      index &+= 1
      left &-= 1
    }
    return .none
  }

  /// The format whose lines are taken. Nothing is changed, but a detector that is lent is copied.
  package var steadyFormat: Int { mutating get { steady.format } }

  /// Whether a line begins with bytes with which no entry begins and which nothing else needs to see, while an entry of the locked format
  /// is open that it can join. Requires `prepareSteady`, and a line of at least `steadyBytes` bytes.
  @inline(__always)
  package mutating func joinsSteadily(_ text: borrowing MatchText, from: Int, end: Int) -> Bool {
    // A line with codes of colours is another one for formats that do not see them.
    if joiningBeginnings.hasColours == nil { joiningBeginnings.lookForColours(catalog.colours, text) }
    if joiningBeginnings.hasColours != false { return false }
    return joiningBeginnings[text.word(at: from)] ?? findJoining(text, from, end)
  }

  package static var steadyBytes: Int { LineFilter.startBytes }

  @inline(never)
  private mutating func findJoining(_ text: borrowing MatchText, _ from: Int, _ end: Int) -> Bool {
    let joins = isJoining(text, from, end)
    joiningBeginnings.remember(text.word(at: from), joins: joins)
    return joins
  }

  private mutating func isJoining(_ text: borrowing MatchText, _ from: Int, _ end: Int) -> Bool {
    guard text[from] != ASCII.leftBrace, !streams[0].hasTables else { return false }
    guard (from..<from + Self.steadyBytes).contains(where: { !Matcher.isBlank(text[$0]) }) else { return false }
    for block in 0..<catalog.observerTable.filter.blocks
    where catalog.observerTable.filter.filterStart(block, text, from, pending, 0, into: seeing) != 0 {
      return false
    }
    let open = OpenEntry(format: steady.format, isOpen: true)
    for block in 0..<catalog.dialects.filter.blocks {
      var lanes = catalog.dialects.filter.filterStart(block, text, from, likely, 0, into: alive)
      while lanes != 0 {
        let lane = block << 6 + lanes.trailingZeroBitCount
        lanes &= lanes - 1
        var dialects = alive[lane]
        while dialects != 0 {
          let pair = Int(catalog.dialects.pairs[lane << 6 + dialects.trailingZeroBitCount])
          dialects &= dialects - 1
          let place = candidates.place(ofPair: pair, text[from])
          if place < 0 { continue }
          let format = Int(candidates.candidates[place].format)
          let isStrong = candidates.candidates[place].rankClass == .strong && catalog.formats[format].structure != .keyValue
          if isStrong || format == open.format || isAllowedInside(open, format, text, from, end, 0) { return false }
        }
      }
    }
    return true
  }

  @inline(never)
  private mutating func findSteady(_ byte: UInt8) {
    let format = steady.format
    let place = candidates.place(of: format, .strong, byte)
    steady[byte] = (0, 0)
    // Lines that may be objects are looked at elsewhere.
    guard place >= 0, byte != ASCII.leftBrace, !flags[format].contains(.requires) || isMet(format, 0) else { return }
    let dialects = candidates.candidates[place].dialects
    var count: Int32 = 0
    for index in dialects.range {
      let pattern = catalog.patterns[Int(candidates.dialects[index])]
      guard pattern.isNeverContinuing, isUnseen(Int(pattern.observing)) else { break }
      count += 1
    }
    steady[byte] = (Int32(dialects.first), count)
  }

  /// No observer that still looks for something can take a line of a dialect with this row.
  func isUnseen(_ row: Int) -> Bool {
    guard row >= 0 else { return false }
    for lane in 0..<observerLanes where catalog.observerTable.observing[row + lane] & pending[lane] != 0 { return false }
    return true
  }
}
