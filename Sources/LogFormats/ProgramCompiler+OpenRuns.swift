import LogBytes
import LogEntries

/// Open runs: their anchors, and those that are tried.
extension ProgramCompiler {
  mutating func openRun(
    _ run: RunField, _ rest: [PatternElement], inComposite: Bool, _ scope: inout Scope, _ pattern: Pattern
  ) throws(FormatDiagnostic) -> Instruction {
    let anchor = Anchor(followedBy: rest, inComposite: inComposite)
    guard anchor.branches.count <= Anchor.greatestBranches else {
      throw FormatDiagnostic(
        position: SourcePosition(line: pattern.position.line, column: pattern.position.column + run.column - 1),
        message: "column \(run.column): \(anchor.branches.count) ways to go on behind \"\(run.name)\"",
        hint: "write dialects instead")
    }
    var instruction = Instruction(run.longest ? .openRunLongest : .openRun)
    instruction.first = compile(anchor)
    let beginnings = PatternAnalysis.firstBytes(of: rest)
    let stops = run.bytes.inverted.union(beginnings.canBeEmpty ? .all : beginnings.bytes)
    instruction.word = UInt64(number(of: run.bytes)) | UInt64(number(of: stops)) << 32
    // A line holds no LF, so a walk over one need not look for it.
    let searched = scope.isMultiline ? stops : stops.subtracting(ByteSet([ASCII.lineFeed]))
    if !run.longest, run.least == 0 || run.bytes == PatternResolver.text, !searched.isEmpty, searched.count <= 4 {
      instruction.opcode = .openRunToAny
      instruction.mask = Self.fewBytes(searched)
    }
    if run.longest { instruction.mask = Self.fewBytes(run.bytes.inverted.subtracting(ByteSet(scope.isMultiline ? [] : [ASCII.lineFeed]))) }
    instruction.detail = run.bytes == PatternResolver.text && !scope.isMultiline ? 1 : 0
    instruction.slot = slot(run.name, .string, &scope)
    instruction.least = UInt32(run.least)
    instruction.most = run.most.map { UInt32($0) } ?? .max
    return instruction
  }

  /// A set of one to four bytes as `firstIndex(ofAny:)` takes it; 0 for any other.
  static func fewBytes(_ set: ByteSet) -> UInt64 {
    var bytes = set.members
    guard (1...4).contains(bytes.count) else { return 0 }
    while bytes.count < 4 { bytes.append(bytes[0]) }
    return bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  mutating func compile(_ anchor: Anchor) -> UInt32 {
    var program = AnchorProgram(start: 0, beginnings: 0, seconds: 0, canBeginAtEnd: false, canBeginAnywhere: false)
    var branches: [[Instruction]] = []
    var beginnings = ByteSet()
    for branch in anchor.branches {
      var instructions: [Instruction] = []
      var mayStillBegin = true
      for element in branch {
        let bytes: ByteSet
        var canBeEmpty = false
        switch element {
        case .literal(let literal):
          instructions.append(self.literal(literal))
          bytes = ByteSet([literal[0]])
        case .blanks:
          var instruction = Instruction(.blanks)
          instruction.most = UInt32(Anchor.greatestBlanks)
          instructions.append(instruction)
          bytes = ByteSet([ASCII.blank, ASCII.tab])
          canBeEmpty = true
        case .strict(let field):
          var instruction = Instruction(opcode(of: field) == .layout ? .strict : opcode(of: field))
          instruction.first = operand(field)
          instructions.append(instruction)
          bytes = field.type.firstBytes
        case .closedRun(let set, let least, let most):
          var instruction = Instruction(.runInSet)
          instruction.first = number(of: set)
          // Whether the text holds line feeds is not known here.
          instruction.detail = SetRanges(set).use(isMultiline: true).rawValue
          instruction.least = UInt32(least)
          instruction.most = UInt32(most)
          instructions.append(instruction)
          bytes = set
          canBeEmpty = least == 0
        case .firstByte(let set):
          var instruction = Instruction(.byteOf)
          instruction.first = number(of: set)
          instructions.append(instruction)
          bytes = set
        case .end:
          instructions.append(Instruction(.end))
          bytes = ByteSet()
          if mayStillBegin { program.canBeginAtEnd = true }
        }
        if mayStillBegin { beginnings.formUnion(bytes) }
        mayStillBegin = mayStillBegin && canBeEmpty
        if element == .end { mayStillBegin = false }
      }
      if mayStillBegin { program.canBeginAnywhere = true }
      if instructions.last?.opcode != .end, instructions.last?.opcode != .byteOf { instructions.append(Instruction(.done)) }
      branches.append(instructions)
    }
    program.beginnings = number(of: beginnings)
    program.seconds = number(of: anchor.branches.reduce(into: ByteSet()) { $0.formUnion($1.secondBytes) })
    if beginnings.count == 1, !program.canBeginAnywhere, !program.canBeginAtEnd { program.soleBeginning = UInt16(beginnings.members[0]) }
    program.start = UInt32(programs.instructions.count)
    addBranches(branches[...], behind: 0, choices: 0)
    programs.anchors.append(program)
    return UInt32(programs.anchors.count - 1)
  }

  /// Adds branches that are alike in so many instructions at their beginning, which are there: one branch is tried behind the other.
  ///
  /// - Parameter choices: those that are open there.
  mutating func addBranches(_ branches: ArraySlice<[Instruction]>, behind count: Int, choices: Int) {
    guard let first = branches.first, count < first.count else { return }
    func isAlike(_ branch: [Instruction]) -> Bool {
      choices < Matcher.greatestChoices - 1 ? branch.count > count && branch[count] == first[count] : branch == first
    }
    let alike = branches.filter(isAlike)
    let others = branches.filter { !isAlike($0) }
    let choice = programs.instructions.count
    if !others.isEmpty { programs.instructions.append(Instruction(.choice)) }
    programs.instructions.append(first[count])
    addBranches(alike[...], behind: count + 1, choices: choices + (others.isEmpty ? 0 : 1))
    if !others.isEmpty {
      programs.instructions[choice].first = UInt32(programs.instructions.count)
      addBranches(others[...], behind: count, choices: choices)
    }
  }

  /// Runs that are tried may stand in the types behind each other; deeper ones are not.
  static let greatestTries = (SlotBuffer.greatestDepth - PatternChecks.greatestGroups) / 2

  /// The last places at which the run may end are found by the first two bytes of its anchor.
  func isTried(_ run: Instruction) -> Bool {
    let anchor = programs.anchors[Int(run.first)]
    return anchor.soleBeginning != AnchorProgram.noByte && programs.sets[Int(anchor.seconds)] != .all
  }

  /// An element that stands nowhere where an anchor would not take it too, and that looks at few bytes.
  static func isBounded(_ element: PatternElement) -> Bool {
    switch element {
    case .literal: true
    case .blanks: false
    case .run(let run): run.most.map { $0 <= Anchor.greatestRun } ?? false
    case .strict(let field): field.type.greatestWidth != nil
    case .group(let inner): inner.allSatisfy(isBounded)
    case .composite(let field): field.elements.allSatisfy(isBounded)
    }
  }

  /// What a look at the text says of a group before it is entered.
  mutating func setLook(of inner: [PatternElement], _ group: inout Instruction, first: Instruction) {
    let (bytes, canBeEmpty) = PatternAnalysis.firstBytes(of: inner)
    if first.opcode == .shortLiteral {
      group.detail = GroupLook.literal
      group.word = first.word
      group.mask = first.mask
      group.most = first.least
    } else if !canBeEmpty, bytes != .all {
      group.detail = GroupLook.byte
      group.word = UInt64(number(of: bytes))
    }
  }
}
