import LogBytes
import LogEntries

/// Strict types: their operands, and the pools in which these stand.
extension ProgramCompiler {
  mutating func strict(_ field: StrictField, _ scope: inout Scope) -> Instruction {
    var instruction = Instruction(opcode(of: field))
    instruction.first = operand(field)
    instruction.slot = slot(field, &scope)
    return instruction
  }

  func opcode(of field: StrictField) -> Opcode {
    switch field.type {
    case .int: field.least == nil && field.most == nil ? .integer : .strict
    case .layout: .layout
    case .level: .level
    case .pairs: .pairs
    case .data: .data
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
      operand.detail = 1
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

  mutating func add(_ words: [(word: [UInt8], value: [UInt8]?, level: UInt32)], _ operand: inout StrictOperand) {
    operand.first = UInt32(programs.words.count)
    operand.count = UInt32(words.count)
    for (word, value, level) in words {
      let literal = literal(word)
      let valueFirst = value == nil || value == word ? literal.first : UInt32(programs.literals.count)
      if let value, value != word { programs.literals += value }
      programs.words.append(
        Word(
          word: literal.word, mask: Self.mask(word.count), first: literal.first, count: literal.least,
          valueFirst: value == nil ? level : valueFirst,
          valueCount: UInt32(value?.count ?? 0)))
    }
  }

  /// The table of level words; a format with a word of other bytes than letters and digits does without.
  mutating func addCells(_ words: [LevelWord], _ operand: inout StrictOperand) {
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
  mutating func addMonths(of layout: TimeLayout) -> Int {
    let first = programs.words.count
    for case .monthName(let own) in layout.parts where programs.words.count == first {
      for month in own {
        let name = literal(month.name)
        programs.words.append(
          Word(
            word: name.word, mask: Self.mask(month.name.count), first: name.first, count: name.least, valueFirst: UInt32(month.month),
            valueCount: 0))
      }
    }
    return first
  }
}
