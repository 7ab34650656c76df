import LogBytes
import LogEntries

/// Compiles patterns into the pools of a catalogue.
struct ProgramCompiler: ~Copyable {
  var programs = MatchPrograms()
  var captures: [Capture] = []
  /// Every name in the order of its number.
  var names: [String] = []
  private var numbers: [String: UInt32] = [:]
  var operands: [StrictField: UInt32] = [:]
  var sets: [ByteSet: UInt32] = [:]
  /// Where literals stand in their pool.
  private var literals: [[UInt8]: UInt32] = [:]

  init() {
    for name in ReservedNames.all { _ = number(of: name) }
  }

  mutating func number(of name: String) -> NameID {
    if let number = numbers[name] { return NameID(number) }
    let number = UInt32(names.count)
    names.append(name)
    numbers[name] = number
    return NameID(number)
  }

  /// How one pattern is compiled.
  struct Scope {
    /// The text may hold LFs: it is a whole entry or the whole value of a field.
    var isMultiline = false
    /// It need not reach the end of the text (a find, or a prefix that several patterns share).
    var isPrefix = false
    /// A closed run without a limit takes at most so many bytes (in a find).
    var greatestRun: Int?
    var slotCount = 0
    var captures: [Capture] = []
    /// Tried runs in whose types this one stands.
    var openTries = 0
  }

  /// - Parameter skipped: so many elements at the front stand in a shared prefix, whose captures come first.
  mutating func compile(_ pattern: Pattern, isMultiline: Bool = false, isFind: Bool = false, skipping skipped: Int = 0)
    throws(FormatDiagnostic) -> CompiledPattern
  {
    var scope = Scope(isMultiline: isMultiline, isPrefix: isFind, greatestRun: isFind ? Anchor.greatestRun : nil)
    for element in pattern.elements.prefix(skipped) { reserveSlots(of: element, &scope) }
    var instructions: [Instruction] = []
    try compile(Array(pattern.elements.dropFirst(skipped)), behind: [], inComposite: false, &scope, into: &instructions, pattern)
    instructions.append(Instruction(isFind ? .done : .end))
    guard scope.slotCount <= Matcher.maximumSlots else {
      throw FormatDiagnostic(position: pattern.position, message: "more than \(Matcher.maximumSlots) fields", hint: "write two dialects")
    }
    let (bytes, canBeEmpty) = PatternAnalysis.firstBytes(of: pattern.elements)
    let tail = pattern.tail.map { add($0) } ?? .empty
    let straight = Matcher.straight(instructions)
    let start = place(straight ?? instructions)
    let firstCapture = captures.count
    captures += scope.captures
    var compiled = CompiledPattern(
      evidence: PatternAnalysis.evidence(of: pattern.elements), openRuns: PatternAnalysis.openRuns(in: pattern.elements),
      position: pattern.position, firstBytes: canBeEmpty || pattern.tail != nil && bytes.isEmpty ? .all : bytes, start: start,
      firstCapture: UInt32(firstCapture), tail: tail, straight: straight == nil ? -1 : Int32(start), slotCount: UInt16(scope.slotCount),
      captureCount: UInt16(scope.captures.count),
      canBeEmpty: canBeEmpty, takesLineFeeds: pattern.takesLineFeeds, collectsAll: pattern.collectsAll)
    if skipped == 0 { compiled.head = PatternHead(pattern.elements) }
    if !isFind, skipped == 0, pattern.elements.count == 1, case .literal(let text) = pattern.elements[0] {
      compiled.onlyLength = Int32(text.count)
    }
    compiled.hasSteadyPrefix =
      instructions.dropLast().last?.opcode == .runToEnd && skipped == 0 && !isFind && scope.slotCount <= PrefixMemo.maximumSlots
      && scope.captures.count == scope.slotCount && hasSteadyPrefix(pattern)
    if compiled.hasSteadyPrefix { compiled.freeDigits = freeDigits(instructions) }
    return compiled
  }

  /// The slots of runs that may hold all that the row of the digits holds, where what follows them cannot begin with any of it.
  private func freeDigits(_ instructions: [Instruction]) -> UInt16 {
    let row = ByteSet(0x30...0x3f)
    var slots: UInt16 = 0
    for instruction in instructions where instruction.slot < PrefixMemo.maximumSlots {
      let isFree: Bool
      switch instruction.opcode {
      case .runToBit: isFree = true
      case .runInSet: isFree = row.subtracting(programs.sets[Int(instruction.first)]).isEmpty
      case .openRun, .openRunToAny:
        let anchor = programs.anchors[Int(instruction.first)]
        isFree =
          row.subtracting(programs.sets[Int(instruction.word & 0xffff_ffff)]).isEmpty && !anchor.canBeginAnywhere
          && row.isDisjoint(with: programs.sets[Int(anchor.beginnings)])
      default: isFree = false
      }
      if isFree { slots |= 1 << instruction.slot }
    }
    return slots
  }

  /// Nothing before the last run, a text, reads a byte of it: a literal stands before it, and no group, tail, or run that may look further.
  private func hasSteadyPrefix(_ pattern: Pattern) -> Bool {
    guard pattern.tail == nil, pattern.elements.count >= 2, case .run(let last)? = pattern.elements.last, last.isText, last.least == 0,
      last.most == nil, case .literal = pattern.elements[pattern.elements.count - 2]
    else { return false }
    var times = 0
    for element in pattern.elements.dropLast() {
      switch element {
      case .literal, .blanks: break
      case .run(let run): if run.longest { return false }
      case .strict(let field):
        if field.type.greatestWidth == nil { return false }
        switch field.type {
        case .layout(let layout):
          times += 1
          if !TimeScanning.operations(of: layout, firstName: 0).allSatisfy({ $0.code == .block }) { return false }
        case .iso, .epoch, .since: return false
        default: break
        }
      case .group, .composite: return false
      }
    }
    return times <= 1
  }

  /// Compiles an element that several patterns share, up to where it ends.
  ///
  /// - Parameter skipped: so many elements stand before it, whose slots come first.
  mutating func compilePrefix(of pattern: Pattern, closed: Bool, behind skipped: Int) throws(FormatDiagnostic) -> (
    start: UInt32, slotCount: Int
  ) {
    var scope = Scope()
    for element in pattern.elements.prefix(skipped) { reserveSlots(of: element, &scope) }
    var instructions: [Instruction] = []
    let element = pattern.elements[skipped]
    if case .run(let run) = element, closed {
      instructions.append(closedRun(run, &scope))
    } else {
      try compile([element], behind: [], inComposite: false, &scope, into: &instructions, pattern)
    }
    instructions.append(Instruction(.done))
    return (place(instructions), scope.slotCount)
  }

  /// Whether an element of a pattern does the same wherever it is compiled: what follows it takes no part in where it ends.
  mutating func isUnit(of pattern: Pattern, at index: Int) throws(FormatDiagnostic) -> Bool {
    var (scope, whole) = (Scope(), Scope())
    var alone: [Instruction] = []
    var inPlace: [Instruction] = []
    let (instructions, anchors) = (programs.instructions.count, programs.anchors.count)
    try compile([pattern.elements[index]], behind: [], inComposite: false, &scope, into: &alone, pattern)
    try compile(Array(pattern.elements.dropFirst(index)), behind: [], inComposite: false, &whole, into: &inPlace, pattern)
    // None of this is kept.
    programs.instructions.removeSubrange(instructions...)
    programs.anchors.removeSubrange(anchors...)
    return inPlace.starts(with: alone)
  }

  private mutating func place(_ instructions: [Instruction]) -> UInt32 {
    let start = UInt32(programs.instructions.count)
    for var instruction in instructions {
      if instruction.opcode == .group { instruction.first += start }
      programs.instructions.append(instruction)
    }
    return start
  }

  private mutating func compile(
    _ elements: [PatternElement], behind: [PatternElement], inComposite: Bool, _ scope: inout Scope, into instructions: inout [Instruction],
    _ pattern: Pattern
  ) throws(FormatDiagnostic) {
    for (index, element) in elements.enumerated() {
      let rest = Array(elements[(index + 1)...]) + behind
      switch element {
      case .literal(let bytes): instructions.append(literal(bytes))
      case .blanks: instructions.append(Instruction(.blanks))
      case .group(let inner):
        if inner.count == 1, case .literal(let bytes) = inner[0], bytes.count <= 8 {
          var instruction = literal(bytes)
          instruction.opcode = .optional
          instructions.append(instruction)
          continue
        }
        let begin = instructions.count
        instructions.append(Instruction(.group))
        instructions[begin].slot = UInt16(scope.slotCount)
        try compile(inner, behind: rest, inComposite: inComposite, &scope, into: &instructions, pattern)
        setLook(of: inner, &instructions[begin], first: instructions[begin + 1])
        instructions.append(Instruction(.groupEnd))
        instructions[begin].first = UInt32(instructions.count)
        instructions[begin].least = UInt32(scope.slotCount)
      case .run(let run):
        let isLast = rest.isEmpty && !inComposite
        if PatternAnalysis.isClosed(run, followedBy: rest, inComposite: inComposite) {
          instructions.append(closedRun(run, &scope))
        } else if isLast, run.isText, !scope.isMultiline {
          var instruction = Instruction(.runToEnd)
          instruction.slot = slot(run.name, .string, &scope)
          instruction.least = UInt32(run.least)
          instruction.most = run.most.map { UInt32($0) } ?? .max
          instructions.append(instruction)
        } else if isLast {
          instructions.append(closedRun(run, &scope))
        } else {
          var instruction = try openRun(run, rest, inComposite: inComposite, &scope, pattern)
          let isTried =
            inComposite && behind.isEmpty && run.longest && scope.openTries < Self.greatestTries && isTried(instruction)
            && rest.allSatisfy(Self.isBounded)
          if isTried { instruction.opcode = .openRunTry }
          instructions.append(instruction)
          if isTried {
            scope.openTries += 1
            try compile(rest, behind: [], inComposite: true, &scope, into: &instructions, pattern)
            scope.openTries -= 1
            instructions.append(Instruction(.tryEnd))
            return
          }
        }
      case .strict(let field):
        instructions.append(strict(field, &scope))
      case .composite(let field):
        try compile(field.elements, behind: [], inComposite: true, &scope, into: &instructions, pattern)
      }
    }
  }

  mutating func literal(_ bytes: [UInt8]) -> Instruction {
    var instruction = Instruction(bytes.count <= 8 ? .shortLiteral : bytes.count <= 16 ? .mediumLiteral : .literal)
    if let first = literals[bytes] {
      instruction.first = first
    } else {
      instruction.first = UInt32(programs.literals.count)
      literals[bytes] = instruction.first
      programs.literals += bytes
    }
    instruction.least = UInt32(bytes.count)
    instruction.word = loadWord(bytes.span, at: 0)
    instruction.mask = bytes.count > 8 ? loadWord(bytes.span, at: bytes.count - 8) : Self.mask(bytes.count)
    return instruction
  }

  /// Which bits of a word count for so many bytes.
  static func mask(_ count: Int) -> UInt64 {
    count >= 8 ? ~0 : (1 << UInt64(8 * count)) - 1
  }

  mutating func closedRun(_ run: RunField, _ scope: inout Scope) -> Instruction {
    let outside = run.bytes.inverted.subtracting(ByteSet([ASCII.lineFeed]))
    var instruction: Instruction
    // Bitmaps and byte searches know nothing of line feeds: a text that may hold some is walked.
    if !scope.isMultiline, outside == ByteSet([ASCII.quote]) {
      instruction = Instruction(.runToBit)
      instruction.detail = UInt8(ChunkBitmaps.quote)
    } else if !scope.isMultiline, outside == ByteSet([ASCII.blank, ASCII.tab]) {
      instruction = Instruction(.runToBit)
      instruction.detail = UInt8(ChunkBitmaps.blank)
    } else {
      instruction = Instruction(.runInSet)
      instruction.first = number(of: run.bytes)
      instruction.detail = SetRanges(run.bytes).use(isMultiline: scope.isMultiline).rawValue
    }
    instruction.slot = slot(run.name, .string, &scope)
    instruction.least = UInt32(run.least)
    instruction.most = (run.most ?? scope.greatestRun).map { UInt32($0) } ?? .max
    return instruction
  }

  mutating func number(of set: ByteSet) -> UInt32 {
    if let number = sets[set] { return number }
    let number = UInt32(programs.sets.count)
    programs.sets.append(set)
    sets[set] = number
    return number
  }
}
