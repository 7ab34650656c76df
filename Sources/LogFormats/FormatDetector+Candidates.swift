import LogBytes

/// Which candidates a line has, out of all formats at once: what a line costs hardly grows with their number.
extension FormatDetector {
  /// Lines of the first stream may be recognised by `recogniseUnobserved`: for a window of its text.
  package mutating func setWindow(_ text: borrowing MatchText, limit: Int) {
    let hasColours =
      streams[0].colouredPending > 0 && catalog.colours.first(in: text.bytes.extracting(first: limit), from: 0) >= 0
    isColourlessWindow = !hasColours
    joiningBeginnings.setWindow(limit: limit)
  }

  /// The locked format's dialect that takes a line of the first stream, if the line is known to be one that no observer takes: it need not
  /// be shown to them. The same as `recognise` finds; none says nothing.
  package mutating func recogniseUnobserved(_ text: borrowing MatchText, from: Int, end: Int) -> Recognition {
    let locked = streams[0].locked
    guard isColourlessWindow, locked >= 0, flags[locked].contains(.isPlain) else { return .none }
    let place = candidates.place(of: locked, .strong, text[from])
    guard place >= 0 else { return .none }
    if flags[locked].contains(.requires), !isMet(locked, 0) { return .none }
    let isForbidding = flags[locked].contains(.forbids)
    let dialects = candidates.candidates[place].dialects
    var index = Int(dialects.first)
    let last = index &+ Int(dialects.count)
    while index < last {
      let pattern = Int(candidates.dialects[index])
      guard isUnobserved(pattern, text, from, end), !isForbidding || catalog.patterns[pattern].isNeverForbidden else { return .none }
      if matchDialect(pattern, isFirst: index == Int(dialects.first), text, from, end) {
        return Recognition(format: locked, pattern: pattern)
      }
      index &+= 1
    }
    return .none
  }

  /// No observer that still looks for something takes a line which begins so and which the dialect takes.
  @inline(__always)
  private func isUnobserved(_ pattern: Int, _ text: borrowing MatchText, _ from: Int, _ end: Int) -> Bool {
    let row = Int(catalog.patterns[pattern].observing)
    return row >= 0
      && !catalog.observerTable.filter.allowsAny(
        of: catalog.observerTable.observing, row, pending, 0, text, from, end, into: seeing)
  }

  /// Leaves in `alive` the dialects that allow the beginning of a line, and in `found` their candidates, by their places in `range`. False
  /// if there are none.
  mutating func findCandidates(
    _ text: borrowing MatchText, _ from: Int, _ end: Int, _ first: UInt8, _ range: Range<Int>, _ stream: Int
  ) -> Bool {
    var word = 0
    while 64 &* word < range.count {
      found[word] = 0
      word &+= 1
    }
    let dialects = catalog.dialects
    var isAny = false
    var block = 0
    while block < dialects.filter.blocks {
      var lanes = dialects.filter.filter(block, text, from, end, likely, stream &* alive.count, into: alive)
      while lanes != 0 {
        let lane = block &<< 6 &+ lanes.trailingZeroBitCount
        isAny = insertPlaces(lane, alive[lane], first, range) || isAny
        lanes &= lanes &- 1
      }
      block &+= 1
    }
    // A format that does not see codes of colours sees other bytes than these, and each line may be a row of a declared table.
    let hasColours = !catalog.colours.isEmpty && catalog.colours.first(in: text.bytes.extracting(from..<end), from: 0) >= 0
    if hasColours { isAny = insertAll(dialects.coloured, first, range) || isAny }
    if streams[stream].hasTables { isAny = insertAll(dialects.declaring, first, range) || isAny }
    return isAny
  }

  /// Puts the candidates of a lane's dialects into `found`; false if there are none.
  @inline(__always)
  private mutating func insertPlaces(_ lane: Int, _ dialects: UInt64, _ first: UInt8, _ range: Range<Int>) -> Bool {
    var isAny = false
    var dialects = dialects
    while dialects != 0 {
      let number = lane &<< 6 &+ dialects.trailingZeroBitCount
      let place = candidates.place(ofPair: Int(catalog.dialects.pairs[number]), first)
      dialects &= dialects &- 1
      if place < 0 { continue }
      found.insert(place &- range.lowerBound)
      isAny = true
    }
    return isAny
  }

  private mutating func insertAll(_ rows: Pool<UInt64>, _ first: UInt8, _ range: Range<Int>) -> Bool {
    var isAny = false
    for lane in 0..<rows.count { isAny = insertPlaces(lane, rows[lane], first, range) || isAny }
    return isAny
  }
}
