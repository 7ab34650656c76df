import LogBytes
import LogEntries

/// The beginning of a line that a pattern took, so that the next line which begins alike need not be matched again.
///
/// Most lines of a log differ from the one before in the digits of their time and in their last field, the message. Where the bytes before
/// the last run decide everything else (`CompiledPattern.hasSteadyPrefix`), a line with the same bytes, but for the digits of a time of
/// fixed width, which is read anew, takes the same slots.
struct PrefixMemo {
  /// Longer prefixes are not remembered.
  static let maximumLength = 64
  static let maximumSlots = 12

  /// The pattern, -1 if nothing is remembered.
  private(set) var pattern = -1
  /// The bytes before the last run.
  private var length = 0
  private var words = InlineArray<8, UInt64>(repeating: 0)
  /// Which bits of the words must be the same: all but the time's.
  private var masks = InlineArray<8, UInt64>(repeating: 0)
  /// The slots, relative to the line's begin.
  private var slots = InlineArray<12, FieldSlice>(repeating: FieldSlice(0, 0))
  private var slotCount = 0
  private var timeSlot = -1
  private var timeOperand = 0
  private var levelOperand = -1
  private var levelStart = 0
  private var levelEnd = 0
  private var levelWord = 0

  /// Remembers a line that the pattern has just taken. The slots but the last are those before the last run.
  mutating func remember(
    _ number: Int, _ catalog: CompiledCatalog, _ text: borrowing MatchText, from: Int, slots taken: borrowing SlotBuffer,
    _ state: borrowing MatchState
  ) {
    pattern = -1
    let count = Int(catalog.patterns[number].slotCount)
    guard count > 0, taken[count &- 1].start != .max else { return }
    length = Int(taken[count &- 1].start) &- from
    guard length <= PrefixMemo.maximumLength else { return }
    for slot in 0..<count { slots[slot] = FieldSlice(Int(taken[slot].start) &- from, Int(taken[slot].end) &- from) }
    slotCount = count
    for index in 0..<8 {
      let bytes = min(8, max(0, length &- 8 &* index))
      masks[index] = bytes == 8 ? ~0 : (1 &<< UInt64(8 &* bytes)) &- 1
      words[index] = bytes == 0 ? 0 : text.word(at: from &+ 8 &* index)
    }
    // A time without a name has no slot: its digits must be the same.
    timeSlot = state.timeSlot < count ? state.timeSlot : -1
    if timeSlot >= 0 {
      timeOperand = Int(catalog.captures[Int(catalog.patterns[number].firstCapture) &+ timeSlot].operand)
      for place in Int(slots[timeSlot].start)..<min(Int(slots[timeSlot].end), PrefixMemo.maximumLength) {
        masks[place &>> 3] &= ~(0xff &<< UInt64(8 &* (place & 7)))
      }
    }
    for index in 0..<8 { words[index] &= masks[index] }
    levelOperand = state.levelStart >= 0 ? state.levelOperand : -1
    levelStart = state.levelStart &- from
    levelEnd = state.levelEnd &- from
    levelWord = state.levelWord
    pattern = number
  }

  /// True if the line begins as the remembered one; then slots and state are as after a match.
  func recall(
    _ program: ProgramView, _ text: borrowing MatchText, from: Int, end: Int, slots taken: borrowing SlotBuffer, _ state: inout MatchState
  ) -> Bool {
    guard length <= end &- from else { return false }
    var difference: UInt64 = 0
    var index = 0
    while 8 &* index < length {
      difference |= text.word(at: from &+ 8 &* index) & masks[index] ^ words[index]
      index &+= 1
    }
    guard difference == 0 else { return false }
    state.timeSlot = timeSlot
    if timeSlot >= 0 {
      let time = slots[timeSlot]
      let behind = Matcher.scanLayout(timeOperand, program, text, from &+ Int(time.start), end, &state)
      guard behind == from &+ Int(time.end) else { return false }
    }
    var slot = 0
    while slot < slotCount {
      taken[slot] = FieldSlice(Int(slots[slot].start) &+ from, Int(slots[slot].end) &+ from)
      slot &+= 1
    }
    taken[slotCount &- 1].end = UInt32(truncatingIfNeeded: end)
    state.levelOperand = levelOperand
    state.levelStart = levelOperand >= 0 ? levelStart &+ from : -1
    state.levelEnd = levelEnd &+ from
    state.levelWord = levelWord
    return true
  }
}
