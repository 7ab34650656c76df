import LogBytes
import LogEntries

/// Compiles patterns into the pools of a catalogue.
struct ProgramCompiler: ~Copyable {
  var programs = MatchPrograms()
  var captures: [Capture] = []
  /// Every name in the order of its number.
  var names: [String] = []
  private var numbers: [String: UInt32] = [:]
  private var operands: [StrictField: UInt32] = [:]
  private var sets: [ByteSet: UInt32] = [:]
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
    let firstCapture = captures.count
    captures += scope.captures
    var compiled = CompiledPattern(
      evidence: PatternAnalysis.evidence(of: pattern.elements), openRuns: PatternAnalysis.openRuns(in: pattern.elements),
      position: pattern.position, firstBytes: canBeEmpty || pattern.tail != nil && bytes.isEmpty ? .all : bytes, start: place(instructions),
      firstCapture: UInt32(firstCapture), tail: tail, slotCount: UInt16(scope.slotCount), captureCount: UInt16(scope.captures.count),
      canBeEmpty: canBeEmpty, takesLineFeeds: pattern.takesLineFeeds, collectsAll: pattern.collectsAll)
    if skipped == 0 { compiled.head = PatternHead(pattern.elements) }
    if let straight = Matcher.straight(instructions) { compiled.straight = Int32(place(straight)) }
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
      case .runToByte: isFree = !row.contains(instruction.detail)
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

  /// Compiles a leading element that several patterns share, up to where it ends.
  mutating func compilePrefix(_ element: PatternElement, closed: Bool, of pattern: Pattern) throws(FormatDiagnostic) -> (
    start: UInt32, slotCount: Int
  ) {
    var scope = Scope()
    var instructions: [Instruction] = []
    if case .run(let run) = element, closed {
      instructions.append(closedRun(run, &scope))
    } else {
      try compile([element], behind: [], inComposite: false, &scope, into: &instructions, pattern)
    }
    instructions.append(Instruction(.done))
    return (place(instructions), scope.slotCount)
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
        let begin = instructions.count
        instructions.append(Instruction(.group))
        instructions[begin].slot = UInt16(scope.slotCount)
        try compile(inner, behind: rest, inComposite: inComposite, &scope, into: &instructions, pattern)
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
          instructions.append(try openRun(run, rest, inComposite: inComposite, &scope, pattern))
        }
      case .strict(let field):
        instructions.append(strict(field, &scope))
      case .composite(let field):
        try compile(field.elements, behind: [], inComposite: true, &scope, into: &instructions, pattern)
      }
    }
  }

  private mutating func literal(_ bytes: [UInt8]) -> Instruction {
    var instruction = Instruction(bytes.count <= 8 ? .shortLiteral : .literal)
    if let first = literals[bytes] {
      instruction.first = first
    } else {
      instruction.first = UInt32(programs.literals.count)
      literals[bytes] = instruction.first
      programs.literals += bytes
    }
    instruction.least = UInt32(bytes.count)
    instruction.word = loadWord(bytes.span, at: 0)
    instruction.mask = bytes.count >= 8 ? ~0 : (1 << UInt64(8 * bytes.count)) - 1
    return instruction
  }

  private mutating func closedRun(_ run: RunField, _ scope: inout Scope) -> Instruction {
    let outside = run.bytes.inverted.subtracting(ByteSet([ASCII.lineFeed]))
    var instruction: Instruction
    // Bitmaps and byte searches know nothing of line feeds: a text that may hold some is walked.
    if !scope.isMultiline, outside == ByteSet([ASCII.quote]) {
      instruction = Instruction(.runToBit)
      instruction.detail = UInt8(ChunkBitmaps.quote)
    } else if !scope.isMultiline, outside == ByteSet([ASCII.blank, ASCII.tab]) {
      instruction = Instruction(.runToBit)
      instruction.detail = UInt8(ChunkBitmaps.blank)
    } else if !scope.isMultiline, outside.count == 1 {
      instruction = Instruction(.runToByte)
      instruction.detail = outside.members[0]
    } else {
      instruction = Instruction(.runInSet)
      instruction.first = number(of: run.bytes)
      instruction.detail = SetRanges(run.bytes).isThere ? 1 : 0
    }
    instruction.slot = slot(run.name, .string, &scope)
    instruction.least = UInt32(run.least)
    instruction.most = (run.most ?? scope.greatestRun).map { UInt32($0) } ?? .max
    return instruction
  }

  private mutating func number(of set: ByteSet) -> UInt32 {
    if let number = sets[set] { return number }
    let number = UInt32(programs.sets.count)
    programs.sets.append(set)
    sets[set] = number
    return number
  }

  private mutating func openRun(
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
  private static func fewBytes(_ set: ByteSet) -> UInt64 {
    var bytes = set.members
    guard (1...4).contains(bytes.count) else { return 0 }
    while bytes.count < 4 { bytes.append(bytes[0]) }
    return bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  private mutating func compile(_ anchor: Anchor) -> UInt32 {
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
          instruction.detail = SetRanges(set).isThere ? 1 : 0
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
  private mutating func addBranches(_ branches: ArraySlice<[Instruction]>, behind count: Int, choices: Int) {
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

  private mutating func strict(_ field: StrictField, _ scope: inout Scope) -> Instruction {
    var instruction = Instruction(opcode(of: field))
    instruction.first = operand(field)
    instruction.slot = slot(field, &scope)
    return instruction
  }

  private func opcode(of field: StrictField) -> Opcode {
    switch field.type {
    case .int: field.least == nil && field.most == nil ? .integer : .strict
    case .layout: .layout
    case .level: .level
    default: .strict
    }
  }

  /// The operand of a type, each once.
  mutating func operand(_ field: StrictField) -> UInt32 {
    let key = StrictField(name: "", type: field.type, least: field.least, most: field.most, column: 0)
    if let number = operands[key] { return number }
    var operand = StrictOperand(kind: field.type.kind, beginnings: field.type.firstBytes)
    operand.least = UInt16(clamping: field.least ?? 0)
    operand.most = UInt16(clamping: field.most ?? Int(UInt16.max))
    switch field.type {
    case .quotedDoubled(let quote): operand.detail = quote
    case .epoch(let scale): operand.detail = UInt8(StrictOperand.epochScales.firstIndex(of: scale) ?? 0)
    case .since(let scale): operand.detail = scale == .seconds ? 0 : 1
    case .layout(let layout):
      operand.first = UInt32(programs.times.count)
      let steps = TimeScanning.operations(of: layout, firstName: addMonths(of: layout))
      programs.times += steps
      operand.count = UInt32(steps.count)
    case .level(let words):
      add(words.map { ($0.word, nil, UInt32($0.level.rawValue)) }, &operand)
      addCells(words, &operand)
    case .levelWords(let words):
      add(words.map { ($0.word, nil, UInt32($0.level.rawValue)) }, &operand)
    case .enumeration(let words): add(words.map { ($0.word, $0.value, 0) }, &operand)
    case .flag(let text): add([(text, text, 0)], &operand)
    case .csv(let keys):
      let range = add(keys)
      operand.first = range.first
      operand.count = range.count
    default: break
    }
    let number = UInt32(programs.strict.count)
    programs.strict.append(operand)
    operands[key] = number
    return number
  }

  private mutating func add(_ words: [(word: [UInt8], value: [UInt8]?, level: UInt32)], _ operand: inout StrictOperand) {
    operand.first = UInt32(programs.words.count)
    operand.count = UInt32(words.count)
    for (word, value, level) in words {
      let literal = literal(word)
      let valueFirst = value == nil || value == word ? literal.first : UInt32(programs.literals.count)
      if let value, value != word { programs.literals += value }
      programs.words.append(
        Word(
          word: literal.word, mask: literal.mask, first: literal.first, count: literal.least, valueFirst: value == nil ? level : valueFirst,
          valueCount: UInt32(value?.count ?? 0)))
    }
  }

  /// The table of level words; a format with a word of other bytes than letters and digits does without.
  private mutating func addCells(_ words: [LevelWord], _ operand: inout StrictOperand) {
    guard words.count * 2 <= LevelCell.tableSize, words.allSatisfy({ $0.word.allSatisfy(ASCII.isLetterOrDigit) }) else { return }
    var cells = [LevelCell](repeating: LevelCell(word: 0, count: 0, index: 0), count: LevelCell.tableSize)
    for (index, word) in words.enumerated() {
      let head = loadWord(word.word.span, at: 0)
      var place = LevelCell.place(of: head)
      while cells[place].count > 0 { place = (place + 1) % LevelCell.tableSize }
      cells[place] = LevelCell(word: head, count: UInt32(word.word.count), index: operand.first + UInt32(index))
    }
    operand.firstCell = UInt32(programs.levelCells.count)
    programs.levelCells += cells
  }

  /// Declared keys of a list.
  ///
  /// - Parameter fieldName: the name in the entry of a key.
  mutating func add(_ keys: [ListKey], fieldName: (String) -> String = { $0 }) -> PoolRange {
    let compiled = keys.map { key in
      let name = literal(Array(key.name.utf8))
      let field = fieldName(key.name)
      // The second field of an endpoint is declared too.
      if case .endpoint? = key.type { _ = number(of: field + "_port") }
      return CompiledKey(
        name: number(of: field), textName: number(of: field + "_text"),
        operand: key.type.map { Int32(operand(StrictField(name: "", type: $0))) } ?? -1, first: name.first, count: name.least,
        role: Capture.Role(name: field))
    }
    programs.keys += compiled
    return PoolRange(programs.keys.count - compiled.count, compiled.count)
  }

  /// The month names of a layout's own as words; where they begin.
  private mutating func addMonths(of layout: TimeLayout) -> Int {
    let first = programs.words.count
    for case .monthName(let own) in layout.parts where programs.words.count == first {
      for month in own {
        let name = literal(month.name)
        programs.words.append(
          Word(word: name.word, mask: name.mask, first: name.first, count: name.least, valueFirst: UInt32(month.month), valueCount: 0))
      }
    }
    return first
  }
}
