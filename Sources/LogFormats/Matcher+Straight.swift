import LogBytes
import LogEntries

// Most patterns hold no group. Their programs are kept a second time, as literals and fields that take turns: `[`, a time, `] [`, a run, …
// Where two fields stand side by side there is an empty literal between them. So the loop below never asks what comes next, holds nothing
// but two places, and takes half the instructions of `run`.

/// Straight programs: for patterns without groups.
extension Matcher {
  /// The straight form of a program, which begins with a literal and ends with `end`; nil if it has groups or need not reach the end.
  static func straight(_ program: [Instruction]) -> [Instruction]? {
    var straight: [Instruction] = []
    for instruction in program {
      switch instruction.opcode {
      case .group, .groupEnd, .blanks, .done, .byteOf, .choice, .openRunTry, .tryEnd: return nil
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
      var field = instruction
      if field.opcode == .shortLiteral || field.opcode == .mediumLiteral { field.opcode = .literal }
      // What is not kept goes to a slot that nobody reads.
      if field.slot == Instruction.noSlot { field.slot = UInt16(maximumSlots) }
      straight.append(field)
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
    while true {
      let behind = at &+ Int(instructions[step].least)
      if behind > end || text.word(at: at) & instructions[step].mask != instructions[step].word { return false }
      at = behind
      step &+= 1
      let next: Int
      switch instructions[step].opcode {
      case .runToBit:
        next = withinLimits(
          text.nextBit(class: Int(instructions[step].detail), from: at, limit: end), at, instructions[step])
      case .runInSet:
        next = scanSet(program, step, text, at, end)
      case .integer:
        next = scanInteger(text, at, end)
      case .runToEnd:
        if end &- at < Int(instructions[step].least) || end &- at > Int(instructions[step].most) { return false }
        slots.set(Int(instructions[step].slot), FieldSlice(at, end))
        return true
      case .layout:
        state.timeSlot = Int(instructions[step].slot)
        next = scanLayout(Int(instructions[step].first), program, text, at, end, &state)
      case .openRunToAny:
        next = scanOpenRunToAny(step, program, text, at, end, &state)
      case .end:
        return at == end
      case .literal, .level, .strict, .openRun, .openRunLongest, .shortLiteral, .mediumLiteral, .blanks, .group, .groupEnd, .done, .byteOf,
        .choice, .pairs, .data, .optional, .openRunTry, .tryEnd:
        next = scanOther(step, program, text, at, end, &state)
      }
      if next < 0 { return false }
      slots.set(Int(instructions[step].slot), FieldSlice(at, next))
      at = next
      step &+= 1
    }
  }
}
