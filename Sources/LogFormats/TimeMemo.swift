import LogBytes

/// The text of the last time that a layout read, and its parts: busy servers write many lines a second.
struct TimeMemo: Sendable {
  /// Longer texts are not remembered.
  private static let maximumWidth = 31

  private var operand = -1
  /// The bytes that must be the same: those of the time and the one behind it, on which its end may depend, or all before its fraction.
  private var width = 0
  /// Where it ends, or its fraction begins.
  private var length = 0
  /// The fraction is not remembered; it is the last part.
  private var hasFraction = false
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  private var masks: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  private var parts = TimeParts()

  init() {}

  /// Where the time ends that stands at `at`, or its fraction begins (`hasFraction`), if it is the remembered one; -1 for any other.
  ///
  /// Nothing is changed, but a memo that is lent is read as a whole.
  @inline(__always)
  mutating func recall(
    _ number: Int, _ text: borrowing MatchText, _ at: Int, _ end: Int, into parts: inout TimeParts
  ) -> (end: Int, hasFraction: Bool) {
    guard number == operand, at &+ width <= end else { return (-1, false) }
    var difference = (text.word(at: at) ^ words.0) & masks.0
    if width > 8 { difference |= (text.word(at: at &+ 8) ^ words.1) & masks.1 }
    if width > 16 { difference |= (text.word(at: at &+ 16) ^ words.2) & masks.2 }
    if width > 24 { difference |= (text.word(at: at &+ 24) ^ words.3) & masks.3 }
    guard difference == 0 else { return (-1, false) }
    parts = self.parts
    return (at &+ length, hasFraction)
  }

  /// Remembers a time, if its bytes and the one behind it say all about where it ends: those of a block do, those of a name do not; else
  /// no offset, fraction or zone may go on there. Of blocks and a fraction behind them the blocks are remembered.
  mutating func remember(
    _ number: Int, _ steps: Range<Int>, _ program: ProgramView, _ parts: TimeParts, _ text: borrowing MatchText, _ at: Int, _ next: Int,
    _ end: Int
  ) {
    operand = -1
    var blocks = 0
    var blockWidth = 0
    for step in steps where program.times[step].code == .block {
      blocks &+= 1
      blockWidth &+= Int(program.times[step].width)
    }
    let last = program.times[steps.upperBound &- 1].code
    hasFraction = last == .fraction && blocks == steps.count &- 1
    if hasFraction {
      length = blockWidth
      guard length <= TimeMemo.maximumWidth else { return }
      setWidth(length)
    } else {
      length = next &- at
      guard next < end, length <= TimeMemo.maximumWidth, last != .monthName, last != .dayName else { return }
      let behind = text[next]
      guard last == .block || behind != ASCII.dot && behind != ASCII.comma && behind != ASCII.colon && !ASCII.isLetterOrDigit(behind) else {
        return
      }
      setWidth(length &+ 1)
    }
    if at &+ 32 <= text.count {
      words = (text.word(at: at), text.word(at: at &+ 8), text.word(at: at &+ 16), text.word(at: at &+ 24))
    } else {
      words = (word(text, at, 0), word(text, at, 8), word(text, at, 16), word(text, at, 24))
    }
    self.parts = parts
    if hasFraction {
      self.parts.nanoseconds = 0
      self.parts.fractionDigits = 0
    }
    operand = number
  }

  private mutating func setWidth(_ count: Int) {
    if count == width { return }
    width = count
    masks = (mask(0), mask(8), mask(16), mask(24))
  }

  /// Which bits count of the eight bytes from `first` on.
  private func mask(_ first: Int) -> UInt64 {
    let bytes = width - first
    return bytes >= 8 ? ~0 : bytes <= 0 ? 0 : (1 << UInt64(8 * bytes)) - 1
  }

  private func word(_ text: borrowing MatchText, _ at: Int, _ first: Int) -> UInt64 {
    first < width ? text.word(at: at + first) : 0
  }
}
