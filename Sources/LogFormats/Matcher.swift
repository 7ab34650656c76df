import LogBytes
package import LogEntries

/// What a match leaves beside its slots.
package struct MatchState: Sendable {
  /// The parts of the time that was read last, so that it is read once.
  package var time = TimeParts()
  /// The slot of that time, -1 if there was none.
  package var timeSlot = -1
  /// The level word that was looked for last: the operand, where, where it ended, and its number; so an anchor, the type behind it and
  /// the field's value look it up once.
  package var levelOperand = -1
  package var levelStart = -1
  package var levelEnd = -1
  package var levelWord = -1
  /// The furthest place that an attempt reached and the instruction that failed there; for explanations.
  package var failedAt = 0
  package var failedInstruction: UInt32 = 0

  package init() {}
}

/// Runs match programs. It allocates nothing: what it takes goes to slots that the caller owns.
///
/// Cost: linear in the text with the constant of formats/README.md, "What a match costs".
package enum Matcher {
  /// Slots that any pattern may need; the compiler refuses more.
  package static let maximumSlots = 96
  /// What a slot holds when its field is absent.
  package static let absent: FieldSlice = {
    var slice = FieldSlice(0, 0)
    slice.start = .max
    slice.end = .max
    return slice
  }()
  /// At most so many groups may be open at once.
  static let maximumDepth = 16

  /// Matches the program at `start` against `text.bytes[from..<end]`, all of it.
  ///
  /// - Returns: true if it matches; then each slot of the program holds the range that its part took, or `absent`.
  ///   Slots below `firstSlot` are left as they are.
  package static func match(
    start: Int, firstSlot: Int = 0, slotCount: Int, program: ProgramView, text: borrowing MatchText, from: Int, end: Int,
    slots: borrowing SlotBuffer, state: inout MatchState
  ) -> Bool {
    run(
      start: start, firstSlot: firstSlot, slotCount: slotCount, program: program, text: text, from: from, end: end, slots: slots,
      state: &state) >= 0
  }

  /// The same, and says where the program ended: for programs that end in `done`. -1 if they do not match.
  /// - Parameter slotOffset: added to the number of each slot.
  package static func run(
    start: Int, firstSlot: Int, slotCount: Int, slotOffset: Int = 0, program: ProgramView, text: borrowing MatchText, from: Int, end: Int,
    slots: borrowing SlotBuffer, state: inout MatchState
  ) -> Int {
    for slot in firstSlot..<slotCount { slots[slot + slotOffset] = absent }
    state.timeSlot = -1
    state.levelStart = -1
    let bytes = text.bytes
    // Scanners of strict types take the end of their span for the end of the text.
    let view = bytes.extracting(first: end)
    let instructions = program.instructions
    let operands = program.strict
    let literals = program.literals
    var at = from
    var counter = start
    // The groups that are open: the group's instruction, and where it began.
    var groups = InlineArray<16, (instruction: Int32, at: Int32)>(repeating: (0, 0))
    var depth = 0
    while true {
      let instruction = instructions[counter]
      var next = -1
      switch instruction.opcode {
      case .literal:
        next = scanLiteral(instruction, literals, bytes, at, end)
      case .strict:
        let operand = operands[Int(instruction.first)]
        if operand.kind == .level {
          next = scanLevel(Int(instruction.first), program, view, at, &state)
        } else if operand.isTime {
          next = scanTime(operand, program, view, at, &state.time)
          state.timeSlot = Int(instruction.slot)
        } else {
          next = scanStrict(operand, program, view, at)
        }
        if next >= 0, instruction.slot != Instruction.noSlot { slots[Int(instruction.slot) + slotOffset] = FieldSlice(at, next) }
      case .runToBit:
        next = nextBit(class: Int(instruction.detail), in: text.bitmaps, from: at, limit: end)
        next = withinLimits(next, at, instruction)
        if next >= 0, instruction.slot != Instruction.noSlot { slots[Int(instruction.slot) + slotOffset] = FieldSlice(at, next) }
      case .runToByte:
        next = firstIndex(of: instruction.detail, in: view, from: at)
        next = withinLimits(next < 0 ? end : next, at, instruction)
        if next >= 0, instruction.slot != Instruction.noSlot { slots[Int(instruction.slot) + slotOffset] = FieldSlice(at, next) }
      case .runInSet:
        next = scanSet(program, Int(instruction.first), view, at, instruction)
        if next >= 0, instruction.slot != Instruction.noSlot { slots[Int(instruction.slot) + slotOffset] = FieldSlice(at, next) }
      case .runToEnd:
        next = end - at >= Int(instruction.least) && end - at <= Int(instruction.most) ? end : -1
        if next >= 0, instruction.slot != Instruction.noSlot { slots[Int(instruction.slot) + slotOffset] = FieldSlice(at, next) }
      case .openRun:
        next = scanOpenRun(instruction, program, text, view, at, &state)
        if next >= 0, instruction.slot != Instruction.noSlot { slots[Int(instruction.slot) + slotOffset] = FieldSlice(at, next) }
      case .openRunLongest:
        next = scanOpenRunLongest(instruction, program, text, view, at, &state)
        if next >= 0, instruction.slot != Instruction.noSlot { slots[Int(instruction.slot) + slotOffset] = FieldSlice(at, next) }
      case .blanks:
        next = at
        while next < end, isBlank(view[next]) { next += 1 }
      case .group:
        groups[depth] = (Int32(truncatingIfNeeded: counter), Int32(truncatingIfNeeded: at))
        depth += 1
        next = at
      case .groupEnd:
        depth -= 1
        next = at
      case .end:
        if at == end { return at }
      case .done:
        return at
      case .byteOf:
        next = -1
      }
      if next >= 0 {
        at = next
        counter += 1
        continue
      }
      if at >= state.failedAt {
        state.failedAt = at
        state.failedInstruction = UInt32(truncatingIfNeeded: counter)
      }
      if depth == 0 { return -1 }
      // The innermost group is passed over as if it were not written.
      depth -= 1
      let group = instructions[Int(groups[depth].instruction)]
      at = Int(groups[depth].at)
      counter = Int(group.first)
      if group.slot != Instruction.noSlot {
        for slot in Int(group.slot)..<Int(group.least) { slots[slot + slotOffset] = absent }
      }
    }
  }

  @inline(__always)
  static func isBlank(_ byte: UInt8) -> Bool {
    byte == ASCII.blank || byte == ASCII.tab
  }

  @inline(__always)
  static func withinLimits(_ next: Int, _ at: Int, _ instruction: Instruction) -> Int {
    let length = next - at
    if length < Int(instruction.least) { return -1 }
    return length <= Int(instruction.most) ? next : at + Int(instruction.most)
  }

  /// Where the literal ends, -1 if it does not stand at `at`.
  @inline(__always)
  static func scanLiteral(_ instruction: Instruction, _ literals: Pool<UInt8>, _ bytes: Span<UInt8>, _ at: Int, _ end: Int) -> Int {
    let length = Int(instruction.least)
    if at + length > end { return -1 }
    if loadWord(bytes, at: at) & instruction.mask != instruction.word { return -1 }
    if length > 8 {
      let first = Int(instruction.first)
      var index = 8
      while index < length {
        if bytes[at + index] != literals[first + index] { return -1 }
        index += 1
      }
    }
    return at + length
  }

  /// The first place outside the set, within the limits; -1 if the run is too short.
  @inline(__always)
  static func scanSet(_ program: ProgramView, _ set: Int, _ view: Span<UInt8>, _ at: Int, _ instruction: Instruction) -> Int {
    let limit = min(view.count, at &+ Int(instruction.most))
    let tables = program.setTables
    let table = (set &>> 3) &* 256
    let bit = UInt8(1) &<< UInt8(truncatingIfNeeded: set & 7)
    var next = at
    while next < limit, tables[table &+ Int(view[next])] & bit != 0 { next &+= 1 }
    return next - at < Int(instruction.least) ? -1 : next
  }

  /// True if the set has the byte.
  @inline(__always)
  static func isIn(_ program: ProgramView, _ set: Int, _ byte: UInt8) -> Bool {
    program.setTables[(set &>> 3) &* 256 &+ Int(byte)] & (UInt8(1) &<< UInt8(truncatingIfNeeded: set & 7)) != 0
  }
}
