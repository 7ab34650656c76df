import LogBytes

/// The text of the last time that a layout read, and its parts: busy servers write many lines a second.
struct TimeMemo: Sendable {
  /// Longer texts are not remembered.
  private static let maximumWidth = 31

  private var operand = -1
  /// The width of the text and of the byte behind it, on which its end depends.
  private var width = 0
  private var words = InlineArray<4, UInt64>(repeating: 0)
  private var lastMask: UInt64 = 0
  private(set) var parts = TimeParts()

  init() {}

  /// Where the time ends that stands at `at`, if it is the remembered one; -1 for any other.
  @inline(__always)
  func recall(_ number: Int, _ text: borrowing MatchText, _ at: Int, _ end: Int) -> Int {
    guard number == operand, at &+ width <= end else { return -1 }
    var difference: UInt64 = 0
    var index = 0
    while 8 &* index &+ 8 < width {
      difference |= text.word(at: at &+ 8 &* index) ^ words[index]
      index &+= 1
    }
    difference |= (text.word(at: at &+ 8 &* index) ^ words[index]) & lastMask
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
    for index in 0..<4 where 8 &* index < width {
      words[index] = text.word(at: at &+ 8 &* index)
    }
    let lastBytes = width &- (width &- 1) / 8 &* 8
    lastMask = lastBytes == 8 ? ~0 : (1 &<< UInt64(8 &* lastBytes)) &- 1
    self.parts = parts
    operand = number
  }
}
