import LogBytes
import LogEntries

// The programs of most patterns are kept as literals and fields that take turns: `[`, a time, `] [`, a run, … Where two
// fields stand side by side there is an empty literal between them. So the loop below never asks what comes next, holds little but two
// places, and takes half the instructions of `run`. Groups begin and end at places of fields; no group may stand in another.

/// Straight programs: for patterns without groups in groups.
extension Matcher {
  /// The straight form of a program, which begins with a literal and ends with `end`; nil if it has groups in groups or need not reach the
  /// end. The `first` of a group counts from the form's beginning.
  static func straight(_ program: [Instruction]) -> [Instruction]? {
    var straight: [Instruction] = []
    var open: Int?
    for instruction in program {
      switch instruction.opcode {
      case .done, .byteOf, .choice, .openRunTry, .tryEnd: return nil
      case .group where open != nil: return nil
      default: break
      }
      let isLiteralNext = straight.count.isMultiple(of: 2)
      if isLiteralNext {
        if instruction.opcode == .shortLiteral {
          straight.append(instruction)
          continue
        }
        straight.append(Instruction(.shortLiteral))
      }
      if instruction.opcode == .group { open = straight.count }
      var field = instruction
      if field.opcode == .shortLiteral || field.opcode == .mediumLiteral { field.opcode = .literal }
      // What is not kept goes to a slot that nobody reads.
      if field.slot == Instruction.noSlot { field.slot = UInt16(maximumSlots) }
      straight.append(field)
      if instruction.opcode == .groupEnd, let group = open {
        straight[group].first = UInt32(straight.count)
        open = nil
      }
    }
    return straight
  }

  /// Matches the straight program at `start` against all of `text.bytes[from..<end]`. As `match`, but for slots of `maximumSlots` places.
  static func matchStraight(
    _ start: Int, _ program: ProgramView, _ text: borrowing MatchText, from: Int, end: Int, slots: borrowing SlotBuffer,
    _ state: inout MatchState
  ) -> Bool {
    state.timeSlot = -1
    state.levelStart = -1
    let instructions = program.instructions
    var at = from
    var step = start
    // The group that is open, and where it began.
    var group = -1
    var groupStart = 0
    while true {
      let behind = at &+ Int(instructions[step].least)
      var next = -1
      if behind <= end, text.word(at: at) & instructions[step].mask == instructions[step].word {
        at = behind
        step &+= 1
        switch instructions[step].opcode {
        case .runToBit:
          next = withinLimits(
            text.nextBit(class: Int(instructions[step].detail), from: at, limit: end), at, instructions[step])
        case .runInSet:
          next = scanSet(program, step, text, at, end)
        case .integer:
          next = scanInteger(text, at, end)
        case .runToEnd:
          if end &- at >= Int(instructions[step].least), end &- at <= Int(instructions[step].most) {
            slots.set(Int(instructions[step].slot), FieldSlice(at, end))
            return true
          }
        case .layout:
          state.timeSlot = Int(instructions[step].slot)
          next = scanLayout(Int(instructions[step].first), program, text, at, end, &state)
        case .openRunToAny:
          next = scanOpenRunToAny(step, program, text, at, end, &state)
        case .end:
          if at == end { return true }
        case .group:
          // What it begins with says soon enough whether it is there; a byte of a set says it at once.
          if instructions[step].detail != GroupLook.byte
            || at < end && isIn(program, Int(truncatingIfNeeded: instructions[step].word), text[at])
          {
            group = step
            groupStart = at
            step &+= 1
          } else {
            passOver(step, instructions, slots, 0)
            step = Int(instructions[step].first)
          }
          continue
        case .groupEnd:
          group = -1
          step &+= 1
          continue
        case .strict:
          next = scanStrictAside(step, program, text, at, end, &state)
        case .data:
          next = state.lists.scanData(text, at, end)
        case .blanks, .literal, .level, .openRun, .openRunLongest, .shortLiteral, .mediumLiteral, .done, .byteOf, .choice, .pairs,
          .optional, .openRunTry, .tryEnd:
          next = scanOther(step, program, text, at, end, &state)
        }
        if next >= 0 {
          slots.set(Int(instructions[step].slot), FieldSlice(at, next))
          at = next
          step &+= 1
          continue
        }
      }
      if group < 0 { return false }
      // The group is passed over as if it were not written.
      passOver(group, instructions, slots, 0)
      at = groupStart
      step = Int(instructions[group].first)
      group = -1
    }
  }
}
