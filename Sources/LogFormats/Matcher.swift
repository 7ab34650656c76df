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
  /// The text of the last time by a layout.
  var timeMemo = TimeMemo()

  package init() {}
}

/// Runs match programs. It allocates nothing: what it takes goes to slots that the caller owns.
///
/// Cost: linear in the text with the constant of formats/README.md, "What a match costs".
package enum Matcher {
  /// Slots that any pattern may need; the compiler refuses more.
  package static let maximumSlots = 96

  /// Matches the program at `start` against `text.bytes[from..<end]`, all of it.
  ///
  /// - Returns: true if it matches; then each slot of the program holds the range that its part took, or `absent`.
  ///   Slots below `firstSlot` are left as they are.
  @inline(__always)
  package static func match(
    start: Int, program: ProgramView, text: borrowing MatchText, from: Int, end: Int, slots: borrowing SlotBuffer, state: inout MatchState
  ) -> Bool {
    run(start: start, program: program, text: text, from: from, end: end, slots: slots, state: &state) >= 0
  }

  /// The same, and says where the program ended: for programs that end in `done`. -1 if they do not match.
  ///
  /// Each slot of the program is written before the end: by its part, or by the group that is passed over.
  /// - Parameter slotOffset: added to the number of each slot.
  package static func run(
    start: Int, slotOffset: Int = 0, program: ProgramView, text: borrowing MatchText, from: Int, end: Int,
    slots: borrowing SlotBuffer, state: inout MatchState
  ) -> Int {
    state.timeSlot = -1
    state.levelStart = -1
    let instructions = program.instructions
    var at = from
    var counter = start
    // The groups that are open stand behind the slots: the group's instruction, and where it began.
    let bottom = slots.count
    var top = bottom
    while true {
      var next: Int
      switch instructions[counter].opcode {
      case .shortLiteral:
        next = at &+ Int(instructions[counter].least)
        if next <= end, text.word(at: at) & instructions[counter].mask == instructions[counter].word {
          at = next
          counter &+= 1
          continue
        }
        next = -1
      case .literal:
        next = scanLiteral(instructions[counter], program.literals, text, at, end)
        if next >= 0 {
          at = next
          counter &+= 1
          continue
        }
      case .strict:
        next = scanStrict(instructions[counter], program, text, at, end, &state)
      case .runToBit:
        next = nextBit(class: Int(instructions[counter].detail), in: text.bitmaps, from: at, limit: end)
        next = withinLimits(next, at, instructions[counter])
      case .runToByte:
        let byte = UInt32(instructions[counter].detail)
        next = text.firstIndex(ofAny: byte &* 0x0101_0101, from: at, limit: end)
        next = withinLimits(next, at, instructions[counter])
      case .runInSet:
        next = scanSet(program, Int(instructions[counter].first), text, at, end, instructions[counter])
      case .runToEnd:
        next = end
        if end &- at < Int(instructions[counter].least) || end &- at > Int(instructions[counter].most) { next = -1 }
      case .openRunToAny:
        next = scanOpenRunToAny(instructions[counter], program, text, at, end, &state)
      case .openRun:
        next = scanOpenRun(instructions[counter], program, text, at, end, &state)
      case .openRunLongest:
        next = scanOpenRunLongest(instructions[counter], program, text, at, end, &state)
      case .blanks:
        while at < end, isBlank(text[at]) { at &+= 1 }
        counter &+= 1
        continue
      case .group:
        slots.setGroup(top, FieldSlice(counter, at))
        top &+= 1
        counter &+= 1
        continue
      case .groupEnd:
        top &-= 1
        counter &+= 1
        continue
      case .end:
        if at == end { return at }
        next = -1
      case .done:
        return at
      case .byteOf:
        preconditionFailure("an instruction of anchors")
      }
      if next >= 0 {
        let slot = Int(instructions[counter].slot)
        if slot != Int(Instruction.noSlot) { slots[slot &+ slotOffset] = FieldSlice(at, next) }
        at = next
        counter &+= 1
        if instructions[counter].opcode != .shortLiteral { continue }
        // A literal stands behind most fields: it is tried here, which saves a round.
        next = at &+ Int(instructions[counter].least)
        if next <= end, text.word(at: at) & instructions[counter].mask == instructions[counter].word {
          at = next
          counter &+= 1
          continue
        }
      }
      if top == bottom { return -1 }
      // The innermost group is passed over as if it were not written.
      top &-= 1
      let group = Int(slots.group(top).start)
      at = Int(slots.group(top).end)
      counter = Int(instructions[group].first)
      for slot in Int(instructions[group].slot)..<Int(instructions[group].least) { slots[slot &+ slotOffset] = SlotBuffer.absent }
    }
  }

  @inline(__always)
  static func isBlank(_ byte: UInt8) -> Bool {
    byte == ASCII.blank || byte == ASCII.tab
  }

  @inline(__always)
  static func withinLimits(_ next: Int, _ at: Int, _ instruction: Instruction) -> Int {
    let length = next &- at
    if length < Int(instruction.least) { return -1 }
    return length <= Int(instruction.most) ? next : at &+ Int(instruction.most)
  }

  /// Where the literal ends, -1 if it does not stand at `at`.
  @inline(__always)
  static func scanLiteral(_ instruction: Instruction, _ literals: Pool<UInt8>, _ text: borrowing MatchText, _ at: Int, _ end: Int) -> Int {
    let length = Int(instruction.least)
    if at &+ length > end { return -1 }
    if text.word(at: at) & instruction.mask != instruction.word { return -1 }
    if length > 8 {
      let first = Int(instruction.first)
      var index = 8
      while index < length {
        if text[at &+ index] != literals[first &+ index] { return -1 }
        index &+= 1
      }
    }
    return at &+ length
  }

  /// The first place outside the set, within the limits; -1 if the run is too short.
  @inline(__always)
  static func scanSet(
    _ program: ProgramView, _ set: Int, _ text: borrowing MatchText, _ at: Int, _ end: Int, _ instruction: Instruction
  ) -> Int {
    let most = Int(instruction.most)
    let limit = most < end &- at ? at &+ most : end
    let tables = program.setTables
    let table = (set &>> 3) &* 256
    let bit = UInt8(1) &<< UInt8(truncatingIfNeeded: set & 7)
    var next = at
    while next < limit, tables[table &+ Int(text[next])] & bit != 0 { next &+= 1 }
    return next &- at < Int(instruction.least) ? -1 : next
  }

  /// True if the set has the byte.
  @inline(__always)
  static func isIn(_ program: ProgramView, _ set: Int, _ byte: UInt8) -> Bool {
    program.setTables[(set &>> 3) &* 256 &+ Int(byte)] & (UInt8(1) &<< UInt8(truncatingIfNeeded: set & 7)) != 0
  }
}
