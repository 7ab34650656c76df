import LogBytes
package import LogEntries

/// What a match leaves beside its slots.
package struct MatchState: ~Copyable {
  /// The parts of the time that was read last, so that it is read once.
  package var time = TimeParts()
  /// The slot of that time, -1 if there was none.
  package var timeSlot = -1
  /// That time was the one that was remembered.
  var isTimeKnown = false
  /// The level word that was looked for last: the operand, where, where it ended, and its number; so an anchor, the type behind it and
  /// the field's value look it up once.
  package var levelOperand = -1
  package var levelStart = -1
  package var levelEnd = -1
  package var levelWord = -1
  /// In an anchor: the choices of which the other way was not tried; where that stands in the program, and how far behind the anchor's
  /// beginning in the text.
  var choices = InlineArray<16, UInt64>(repeating: 0)
  /// The text of the last time by a layout, by the lowest bits of the operand: formats that take turns bring layouts that do.
  var timeMemos = InlineArray<32, TimeMemo>(repeating: TimeMemo())
  /// The list of pairs, or the structured data, that was read last.
  var lists = ListScanning()

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
  /// - Parameter straight: `start` if the program has the straight form, -1 if not.
  /// - Returns: true if it matches; then each slot of the program holds the range that its part took, or `absent`.
  ///   Slots below `firstSlot` are left as they are.
  @inline(__always)
  package static func match(
    start: UInt32, straight: Int32, program: ProgramView, text: borrowing MatchText, from: Int, end: Int, slots: borrowing SlotBuffer,
    state: inout MatchState
  ) -> Bool {
    if straight >= 0 { return matchStraight(Int(straight), program, text, from: from, end: end, slots: slots, &state) }
    return run(start: Int(start), program: program, text: text, from: from, end: end, slots: slots, state: &state) >= 0
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
      // What is frequent and short stands here, all else in functions: the fewer values this loop holds, the fewer it keeps in memory.
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
      case .runToBit:
        next = text.nextBit(class: Int(instructions[counter].detail), from: at, limit: end)
        next = withinLimits(next, at, instructions[counter])
      case .runInSet:
        next = scanSet(program, counter, text, at, end)
      case .integer:
        next = scanInteger(text, at, end)
      case .runToEnd:
        next = end
        if end &- at < Int(instructions[counter].least) || end &- at > Int(instructions[counter].most) { next = -1 }
      case .layout:
        state.timeSlot = Int(instructions[counter].slot)
        next = scanLayout(Int(instructions[counter].first), program, text, at, end, &state)
      case .openRunToAny:
        next = scanOpenRunToAny(counter, program, text, at, end, &state)
      case .blanks:
        at = scanBlanks(text, at, end)
        counter &+= 1
        continue
      case .group:
        var isThere = true
        if instructions[counter].detail == GroupLook.literal {
          next = at &+ Int(instructions[counter].most)
          isThere = next <= end && text.word(at: at) & instructions[counter].mask == instructions[counter].word
          if isThere {
            slots.setGroup(top, FieldSlice(counter, at))
            top &+= 1
            at = next
            counter &+= 2
            continue
          }
        } else if instructions[counter].detail == GroupLook.byte {
          isThere = at < end && isIn(program, Int(truncatingIfNeeded: instructions[counter].word), text[at])
        }
        if isThere {
          slots.setGroup(top, FieldSlice(counter, at))
          top &+= 1
          counter &+= 1
          continue
        }
        passOver(counter, instructions, slots, slotOffset)
        // As if the group's end, which takes nothing, had been reached.
        counter = Int(instructions[counter].first) &- 1
        next = at
      case .groupEnd:
        top &-= 1
        next = at
      case .tryEnd:
        top &-= 2
        next = at
      case .openRunTry:
        next = firstTry(counter, program, text, at, end)
        if next >= 0 {
          slots.setGroup(top, FieldSlice(at, at))
          slots.setGroup(top &+ 1, FieldSlice(counter, next))
          top &+= 2
        }
      case .optional:
        next = scanOptional(counter, program, text, at, end)
      case .mediumLiteral:
        next = at &+ Int(instructions[counter].least)
        if next <= end, text.word(at: at) == instructions[counter].word, text.word(at: next &- 8) == instructions[counter].mask {
          at = next
          counter &+= 1
          continue
        }
        next = -1
      case .end:
        if at == end { return at }
        next = -1
      case .done:
        return at
      case .literal, .level, .strict, .openRun, .openRunLongest, .byteOf, .choice, .pairs, .data:
        next = scanOther(counter, program, text, at, end, &state)
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
      while true {
        if top == bottom { return -1 }
        top &-= 1
        let group = Int(slots.group(top).start)
        at = Int(slots.group(top).end)
        if instructions[group].opcode == .group {
          // The innermost group is passed over as if it were not written.
          passOver(group, instructions, slots, slotOffset)
          counter = Int(instructions[group].first)
          break
        }
        // A run that ended here in vain; it may end sooner.
        let start = Int(slots.group(top &- 1).start)
        next = nextTry(group, program, text, start, at, end, &state)
        if next >= 0 {
          slots.setGroup(top, FieldSlice(group, next))
          top &+= 1
          let slot = Int(instructions[group].slot)
          if slot != Int(Instruction.noSlot) { slots[slot &+ slotOffset] = FieldSlice(start, next) }
          at = next
          counter = group &+ 1
          break
        }
        top &-= 1
      }
    }
  }

  /// The slots of a group that is not there.
  @inline(__always)
  static func passOver(_ group: Int, _ instructions: Pool<Instruction>, _ slots: borrowing SlotBuffer, _ slotOffset: Int) {
    for slot in Int(instructions[group].slot)..<Int(instructions[group].least) { slots[slot &+ slotOffset] = SlotBuffer.absent }
  }

  /// An instruction that is seldom, or long: where what it takes ends, -1 if it does not stand at `at`.
  @inline(never)
  static func scanOther(
    _ counter: Int, _ program: ProgramView, _ text: borrowing MatchText, _ at: Int, _ end: Int, _ state: inout MatchState
  ) -> Int {
    let instructions = program.instructions
    switch instructions[counter].opcode {
    case .literal: return scanLiteral(counter, program, text, at, end)
    case .optional: return scanOptional(counter, program, text, at, end)
    case .blanks: return scanBlanks(text, at, end)
    case .level: return scanLevel(Int(instructions[counter].first), program, text, at, end, &state)
    case .strict: return scanStrict(counter, program, text, at, end, &state)
    case .pairs: return state.lists.scanPairs(counter, text, at, end)
    case .data: return state.lists.scanData(text, at, end)
    case .openRun: return scanOpenRun(counter, program, text, at, end, &state)
    case .openRunLongest: return scanOpenRunLongest(counter, program, text, at, end, &state)
    case .shortLiteral, .mediumLiteral, .runToBit, .runInSet, .integer, .runToEnd, .layout, .openRunToAny, .group, .groupEnd, .end,
      .done, .byteOf, .choice, .openRunTry, .tryEnd:
      preconditionFailure("an instruction of anchors, or one that runs elsewhere")
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
  static func scanLiteral(_ counter: Int, _ program: ProgramView, _ text: borrowing MatchText, _ at: Int, _ end: Int) -> Int {
    let instructions = program.instructions
    let length = Int(instructions[counter].least)
    if at &+ length > end { return -1 }
    if length <= 8 { return text.word(at: at) & instructions[counter].mask == instructions[counter].word ? at &+ length : -1 }
    if text.word(at: at) != instructions[counter].word || text.word(at: at &+ length &- 8) != instructions[counter].mask { return -1 }
    let literals = program.literals
    let first = Int(instructions[counter].first)
    var index = 8
    while index < length &- 8 {
      if text[at &+ index] != literals[first &+ index] { return -1 }
      index &+= 1
    }
    return at &+ length
  }

  /// The first place from `at` on without a blank or tab.
  @inline(__always)
  private static func scanBlanks(_ text: borrowing MatchText, _ at: Int, _ end: Int) -> Int {
    var next = at
    while next < end, isBlank(text[next]) { next &+= 1 }
    return next
  }

  /// Where a short literal ends that stands at `at`, or `at`.
  @inline(__always)
  private static func scanOptional(_ counter: Int, _ program: ProgramView, _ text: borrowing MatchText, _ at: Int, _ end: Int) -> Int {
    let instructions = program.instructions
    let next = at &+ Int(instructions[counter].least)
    return next <= end && text.word(at: at) & instructions[counter].mask == instructions[counter].word ? next : at
  }

  /// The first place outside the set, within the limits; -1 if the run is too short.
  @inline(__always)
  static func scanSet(
    _ program: ProgramView, _ counter: Int, _ text: borrowing MatchText, _ at: Int, _ end: Int
  ) -> Int {
    let instructions = program.instructions
    let set = Int(instructions[counter].first)
    let most = Int(instructions[counter].most)
    let limit = most < end &- at ? at &+ most : end
    var next = at
    if instructions[counter].detail != 0 {
      // Where a run ends nobody can predict: 16 bytes at once cost less than the guesses.
      while next &+ 16 <= text.count {
        let count = text.countInside(program.setRanges, set &* SetRanges.blocks, use: instructions[counter].detail, from: next)
        next &+= count
        guard count == 16, next < limit else {
          next = min(next, limit)
          return next &- at < Int(instructions[counter].least) ? -1 : next
        }
      }
    }
    let tables = program.setTables
    let table = (set &>> 3) &* 256
    let bit = UInt8(1) &<< UInt8(truncatingIfNeeded: set & 7)
    while next < limit, tables[table &+ Int(text[next])] & bit != 0 { next &+= 1 }
    return next &- at < Int(instructions[counter].least) ? -1 : next
  }

  /// True if the set has the byte.
  @inline(__always)
  static func isIn(_ program: ProgramView, _ set: Int, _ byte: UInt8) -> Bool {
    program.setTables[(set &>> 3) &* 256 &+ Int(byte)] & (UInt8(1) &<< UInt8(truncatingIfNeeded: set & 7)) != 0
  }
}
