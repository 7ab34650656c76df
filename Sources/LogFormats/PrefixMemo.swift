import LogBytes
import LogEntries

/// The beginnings of lines that patterns took.
///
/// On the heap, and lent by pointer: they are larger than what is worth copying.
@safe
struct PrefixMemos: ~Copyable {
  /// Beginnings that differ behind what is hashed (the width of a number, a level) share a set.
  private static let ways = 4
  private static let count = 8 * ways
  private let memos: UnsafeMutablePointer<PrefixMemo>
  /// So many words at the beginning of a line, but the first one, say where it is remembered: no more than all prefixes have.
  private var hashedWords = 4
  private var misses = 0
  /// The memo that was recalled last, how often in one second before that, and the whole beginning of its line.
  private var recalled = -1
  private var repeats = 0
  private let last: UnsafeMutablePointer<LastPrefix>

  init() {
    unsafe memos = .allocate(capacity: PrefixMemos.count)
    for index in 0..<PrefixMemos.count { unsafe (memos + index).initialize(to: PrefixMemo()) }
    unsafe last = .allocate(capacity: 1)
    unsafe last.initialize(to: LastPrefix())
  }

  deinit {
    unsafe memos.deinitialize(count: PrefixMemos.count)
    unsafe memos.deallocate()
    unsafe last.deinitialize(count: 1)
    unsafe last.deallocate()
  }

  /// The first memo of the set of lines that begin alike, whatever their digits.
  @inline(__always)
  private func set(_ text: borrowing MatchText, _ from: Int) -> Int {
    // A time stands in the first word most often, and digits have one high half.
    let halves: UInt64 = 0xf0f0_f0f0_f0f0_f0f0
    var hash: UInt64 = 0
    var word = 1
    while word < hashedWords, from &+ 8 &* word <= text.count {
      hash = (hash ^ (text.word(at: from &+ 8 &* word) & halves)) &* 0x9e37_79b9_7f4a_7c15
      word &+= 1
    }
    return Int(truncatingIfNeeded: hash &>> 61) &* PrefixMemos.ways
  }

  /// True if the line begins as a remembered one that the pattern took; then slots and state are as after a match.
  @inline(__always)
  mutating func recall(
    _ pattern: Int, _ program: ProgramView, _ text: borrowing MatchText, from: Int, end: Int, slots: borrowing SlotBuffer,
    _ state: inout MatchState
  ) -> Bool {
    let first = set(text, from)
    var way = 0
    while way < PrefixMemos.ways {
      if unsafe memos[first &+ way].recall(pattern, program, text, from: from, end: end, slots: slots, &state) {
        repeats = recalled == first &+ way && state.isTimeKnown ? repeats &+ 1 : 0
        // Thrice the same, and in the same second: so the next one may be.
        if repeats == 2 { unsafe memos[first &+ way].copy(to: &last.pointee, text, from: from, state.time) }
        recalled = first &+ way
        return true
      }
      way &+= 1
    }
    return false
  }

  /// The pattern that took the last line, if all of its beginning is remembered; -1 else.
  @inline(__always)
  var lastPattern: Int { unsafe last.pointee.pattern }

  /// True if the line begins as that one, with its time: then slots and state are as after a match.
  @inline(__always)
  func recallLast(_ text: borrowing MatchText, from: Int, end: Int, slots: borrowing SlotBuffer, _ state: inout MatchState) -> Bool {
    let last = unsafe last
    // So many bytes can be read.
    guard unsafe last.pointee.length <= end &- from, from &+ LastPrefix.maximumLength <= text.count else { return false }
    if unsafe text.word(at: from) & last.pointee.masks[0] != last.pointee.words[0] { return false }
    var index = 1
    while index < 4 {
      if unsafe text.word(at: from &+ 8 &* index) & last.pointee.masks[index] != last.pointee.words[index] { return false }
      index &+= 1
    }
    let count = unsafe last.pointee.slotCount
    var slot = 0
    while slot < count {
      let slice = unsafe last.pointee.slots[slot]
      slots[slot] = FieldSlice(Int(slice.start) &+ from, Int(slice.end) &+ from)
      slot &+= 1
    }
    slots[count &- 1].end = UInt32(truncatingIfNeeded: end)
    state.timeSlot = unsafe last.pointee.timeSlot
    state.time = unsafe last.pointee.time
    let operand = unsafe last.pointee.levelOperand
    state.levelOperand = operand
    state.levelStart = operand >= 0 ? unsafe last.pointee.levelStart &+ from : -1
    state.levelEnd = unsafe last.pointee.levelEnd &+ from
    state.levelWord = unsafe last.pointee.levelWord
    return true
  }

  /// Remembers a line that the pattern has just taken: each fourth one that was not, so that many different beginnings do not drive out a
  /// frequent one, nor cost more than they save.
  ///
  /// The state is not changed: lending it would copy it.
  mutating func remember(
    _ pattern: Int, _ catalog: CompiledCatalog, _ text: borrowing MatchText, from: Int, slots: borrowing SlotBuffer,
    _ state: inout MatchState
  ) {
    recalled = -1
    misses &+= 1
    guard misses & 3 == 1 else { return }
    let count = Int(catalog.patterns[pattern].slotCount)
    guard count > 0, slots[count &- 1].start != .max else { return }
    hashedWords = min(hashedWords, max(1, (Int(slots[count &- 1].start) &- from) / 8))
    unsafe memos[set(text, from) &+ misses / 4 % PrefixMemos.ways].remember(pattern, catalog, text, from: from, slots: slots, &state)
  }
}

/// The beginning of a line that a pattern took, so that the next line which begins alike need not be matched again.
///
/// Most lines of a log differ from the one before in the digits of their time and in their last field, the message. Where the bytes before
/// the last run decide everything else (`CompiledPattern.hasSteadyPrefix`), a line with the same bytes takes the same slots, but for the
/// digits of a time of fixed width, which is read anew, and those of runs that end where they end whatever digits they hold (a thread's
/// number).
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
    _ state: inout MatchState
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
    freeDigits(number, catalog, text, from)
    for index in words.indices { words[index] &= masks[index] }
    levelOperand = state.levelStart >= 0 ? state.levelOperand : -1
    levelStart = state.levelStart &- from
    levelEnd = state.levelEnd &- from
    levelWord = state.levelWord
    pattern = number
  }

  /// Of digits in runs whose end does not hang on them only the row of the ASCII table counts.
  private mutating func freeDigits(_ number: Int, _ catalog: CompiledCatalog, _ text: borrowing MatchText, _ from: Int) {
    var counter = Int(catalog.patterns[number].start)
    while catalog.program.instructions[counter].opcode != .end {
      let instruction = catalog.program.instructions[counter]
      counter &+= 1
      let slot = Int(instruction.slot)
      guard slot < slotCount &- 1, catalog.patterns[number].freeDigits >> UInt16(slot) & 1 != 0 else { continue }
      let (start, end) = (Int(slots[slot].start), Int(slots[slot].end))
      if instruction.opcode == .openRun || instruction.opcode == .openRunToAny {
        // Where the run might have ended sooner, what stands behind that place took part.
        let beginnings = Int(catalog.program.anchors[Int(instruction.first)].beginnings)
        if (start..<end).contains(where: { Matcher.isIn(catalog.program, beginnings, text[from &+ $0]) }) { continue }
      }
      for place in start..<end where ASCII.isDigit(text[from &+ place]) {
        masks[place &>> 3] &= ~(0x0f &<< UInt64(8 &* (place & 7)))
      }
    }
  }

  /// True if the line begins as the remembered one and the pattern is the same; then slots and state are as after a match.
  ///
  /// Nothing is changed, but a memo that is lent is read as a whole.
  @inline(__always)
  mutating func recall(
    _ pattern: Int, _ program: ProgramView, _ text: borrowing MatchText, from: Int, end: Int, slots taken: borrowing SlotBuffer,
    _ state: inout MatchState
  ) -> Bool {
    guard pattern == self.pattern, length <= end &- from else { return false }
    // From the end: there prefixes of other widths differ.
    var index = (length &+ 7) &>> 3 &- 1
    while index >= 0 {
      if text.word(at: from &+ 8 &* index) & masks[index] != words[index] { return false }
      index &-= 1
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

  /// Copies what is remembered, with the bytes of a time in the line for which it was recalled.
  @inline(never)
  mutating func copy(to last: inout LastPrefix, _ text: borrowing MatchText, from: Int, _ time: TimeParts) {
    last.pattern = -1
    guard length <= LastPrefix.maximumLength, slotCount <= LastPrefix.maximumSlots, timeSlot >= 0 else { return }
    last.length = length
    for index in last.words.indices {
      let bytes = min(8, max(0, length &- 8 &* index))
      var mask = bytes == 0 ? 0 : masks[index]
      for place in slots[timeSlot].range where place &>> 3 == index { mask |= 0xff &<< UInt64(8 &* (place & 7)) }
      last.masks[index] = mask
      last.words[index] = mask == 0 ? 0 : text.word(at: from &+ 8 &* index) & mask
    }
    last.slotCount = slotCount
    for slot in 0..<slotCount { last.slots[slot] = slots[slot] }
    last.timeSlot = timeSlot
    last.time = time
    last.levelOperand = levelOperand
    last.levelStart = levelStart
    last.levelEnd = levelEnd
    last.levelWord = levelWord
    last.pattern = pattern
  }
}

/// The beginning of the line that a pattern took last, with its time: lines of the same second mostly begin with the same bytes.
struct LastPrefix {
  /// Longer ones, and those with more slots, are not remembered.
  fileprivate static let maximumLength = 32
  fileprivate static let maximumSlots = 4

  /// The pattern, -1 if nothing is remembered.
  fileprivate(set) var pattern = -1
  fileprivate var length = 0
  /// The bytes before the last run, and which of their bits count.
  fileprivate var words = InlineArray<4, UInt64>(repeating: 0)
  fileprivate var masks = InlineArray<4, UInt64>(repeating: 0)
  fileprivate var slots = InlineArray<4, FieldSlice>(repeating: FieldSlice(0, 0))
  fileprivate var slotCount = 0
  fileprivate var timeSlot = -1
  fileprivate var time = TimeParts()
  fileprivate var levelOperand = -1
  fileprivate var levelStart = 0
  fileprivate var levelEnd = 0
  fileprivate var levelWord = 0
}
