import LogBytes

/// The text of the last time that a layout read, and its parts: busy servers write many lines a second.
struct TimeMemo: Sendable {
  /// Longer texts are not remembered.
  private static let maximumWidth = 31

  private var operand = -1
  /// The width of the text and of the byte behind it, on which its end depends.
  private var width = 0
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  private var masks: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  private(set) var parts = TimeParts()

  init() {}

  /// Where the time ends that stands at `at`, if it is the remembered one; -1 for any other.
  @inline(__always)
  func recall(_ number: Int, _ text: borrowing MatchText, _ at: Int, _ end: Int) -> Int {
    guard number == operand, at &+ width <= end else { return -1 }
    var difference = (text.word(at: at) ^ words.0) & masks.0
    if width > 8 { difference |= (text.word(at: at &+ 8) ^ words.1) & masks.1 }
    if width > 16 { difference |= (text.word(at: at &+ 16) ^ words.2) & masks.2 }
    if width > 24 { difference |= (text.word(at: at &+ 24) ^ words.3) & masks.3 }
    return difference == 0 ? at &+ width &- 1 : -1
  }

  /// Remembers a time, if the byte behind it says all about where it ends: not behind a name, nor where an offset, a fraction or a zone
  /// may go on.
  mutating func remember(
    _ number: Int, _ last: TimeScanning.Operation.Code, _ parts: TimeParts, _ text: borrowing MatchText, _ at: Int, _ next: Int, _ end: Int
  ) {
    operand = -1
    guard next < end, next &- at <= TimeMemo.maximumWidth, last != .monthName, last != .dayName else { return }
    let behind = text[next]
    guard behind != ASCII.dot, behind != ASCII.comma, behind != ASCII.colon, !ASCII.isLetterOrDigit(behind) else { return }
    width = next &- at &+ 1
    masks = (mask(0), mask(8), mask(16), mask(24))
    words = (word(text, at, 0), word(text, at, 8), word(text, at, 16), word(text, at, 24))
    self.parts = parts
    operand = number
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
