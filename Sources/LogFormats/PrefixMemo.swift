import LogBytes
import LogEntries

/// The beginnings of lines that patterns took, most recently used first.
///
/// On the heap, and lent by pointer: they are larger than what is worth copying.
@safe
struct PrefixMemos: ~Copyable {
  private static let count = 3
  private let memos: UnsafeMutablePointer<PrefixMemo>
  /// The numbers of the memos in the order in which they are tried.
  private var order: (Int, Int, Int) = (0, 1, 2)
  private var misses = 0

  init() {
    unsafe memos = .allocate(capacity: PrefixMemos.count)
    for index in 0..<PrefixMemos.count { unsafe (memos + index).initialize(to: PrefixMemo()) }
  }

  deinit {
    unsafe memos.deinitialize(count: PrefixMemos.count)
    unsafe memos.deallocate()
  }

  /// True if the line begins as a remembered one that the pattern took; then slots and state are as after a match.
  @inline(__always)
  mutating func recall(
    _ pattern: Int, _ program: ProgramView, _ text: borrowing MatchText, from: Int, end: Int, slots: borrowing SlotBuffer,
    _ state: inout MatchState
  ) -> Bool {
    if unsafe memos[order.0].recall(pattern, program, text, from: from, end: end, slots: slots, &state) { return true }
    if unsafe memos[order.1].recall(pattern, program, text, from: from, end: end, slots: slots, &state) {
      order = (order.1, order.0, order.2)
      return true
    }
    if unsafe memos[order.2].recall(pattern, program, text, from: from, end: end, slots: slots, &state) {
      order = (order.2, order.0, order.1)
      return true
    }
    return false
  }

  /// Remembers a line that the pattern has just taken: each fourth one that was not, so that many different beginnings do not drive out a
  /// frequent one, nor cost more than they save.
  mutating func remember(
    _ pattern: Int, _ catalog: CompiledCatalog, _ text: borrowing MatchText, from: Int, slots: borrowing SlotBuffer,
    _ state: borrowing MatchState
  ) {
    misses &+= 1
    guard misses & 3 == 1 else { return }
    unsafe memos[order.2].remember(pattern, catalog, text, from: from, slots: slots, state)
  }
}

/// The beginning of a line that a pattern took, so that the next line which begins alike need not be matched again.
///
/// Most lines of a log differ from the one before in the digits of their time and in their last field, the message. Where the bytes before
/// the last run decide everything else (`CompiledPattern.hasSteadyPrefix`), a line with the same bytes, but for the digits of a time of
/// fixed width, which is read anew, takes the same slots.
struct PrefixMemo: ~Copyable {
  /// Longer prefixes are not remembered.
  static let maximumLength = 64
  static let maximumSlots = 12
  private static let wordCount = maximumLength / 8

  /// The pattern, -1 if nothing is remembered.
  private(set) var pattern = -1
  /// The bytes before the last run.
  private var length = 0
  private var words = ReusedBuffer<UInt64>(capacity: wordCount)
  /// Which bits of the words must be the same: all but the time's.
  private var masks = ReusedBuffer<UInt64>(capacity: wordCount)
  /// The slots, relative to the line's begin.
  private let slots = SlotBuffer(count: maximumSlots)
  private var slotCount = 0
  private var timeSlot = -1
  private var timeOperand = 0
  private var levelOperand = -1
  private var levelStart = 0
  private var levelEnd = 0
  private var levelWord = 0

  init() {
    words.extend(to: PrefixMemo.wordCount, with: 0)
    masks.extend(to: PrefixMemo.wordCount, with: 0)
  }

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
    for index in words.indices {
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
    for index in words.indices { words[index] &= masks[index] }
    levelOperand = state.levelStart >= 0 ? state.levelOperand : -1
    levelStart = state.levelStart &- from
    levelEnd = state.levelEnd &- from
    levelWord = state.levelWord
    pattern = number
  }

  /// True if the line begins as the remembered one and the pattern is the same; then slots and state are as after a match.
  @inline(__always)
  func recall(
    _ pattern: Int, _ program: ProgramView, _ text: borrowing MatchText, from: Int, end: Int, slots taken: borrowing SlotBuffer,
    _ state: inout MatchState
  ) -> Bool {
    guard pattern == self.pattern, length <= end &- from else { return false }
    var index = 0
    while 8 &* index < length {
      if text.word(at: from &+ 8 &* index) & masks[index] != words[index] { return false }
      index &+= 1
    }
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
