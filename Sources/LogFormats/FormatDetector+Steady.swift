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

extension FormatDetector {
  /// Makes ready for `recogniseSteady`, behind a line that it did not take; false if it would take none.
  package mutating func prepareSteady() -> Bool {
    let locked = streams[0].locked
    guard isColourlessWindow, locked >= 0, flags[locked].contains(.isPlain) else { return false }
    if steady.format != locked { steady.reset(to: locked) }
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
    var isFirst = true
    while left > 0 {
      let pattern = Int(candidates.dialects[Int(index)])
      if matchDialect(pattern, isFirst: isFirst, text, from, end) { return Recognition(format: steady.format, pattern: pattern) }
      isFirst = false
      index &+= 1
      left &-= 1
    }
    return .none
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
      guard pattern.isNeverForbidden, pattern.isNeverContinuing, isUnseen(Int(pattern.observing)) else { break }
      count += 1
    }
    steady[byte] = (Int32(dialects.first), count)
  }

  /// No observer that still looks for something can take a line of a dialect with this row.
  private func isUnseen(_ row: Int) -> Bool {
    guard row >= 0 else { return false }
    for lane in 0..<observerLanes where catalog.observerTable.observing[row + lane] & pending[lane] != 0 { return false }
    return true
  }
}
