import LogBytes

/// From an operand to the scanner of its type.
extension Matcher {
  /// Any type; the parts of a time are thrown away.
  static func scanAny(_ operand: StrictOperand, _ program: ProgramView, _ view: Span<UInt8>, _ at: Int) -> Int {
    var parts = TimeParts()
    return operand.isTime ? scanTime(operand, program, view, at, &parts) : scanStrict(operand, program, view, at)
  }

  /// The instruction takes an address for its first slot.
  @inline(__always)
  static func isAddress(_ counter: Int, _ program: ProgramView) -> Bool {
    let instruction = program.instructions[counter]
    return instruction.opcode == .strict && instruction.slot == 0 && program.strict[Int(instruction.first)].kind == .ip
  }

  /// The type of an instruction; a time leaves its parts in the state.
  @inline(__always)
  static func scanStrict(
    _ counter: Int, _ program: ProgramView, _ text: borrowing MatchText, _ at: Int, _ end: Int, _ state: inout MatchState
  ) -> Int {
    let number = Int(program.instructions[counter].first)
    if program.strict[number].isTime {
      state.timeSlot = Int(program.instructions[counter].slot)
      return scanTime(program.strict[number], program, text.bytes.extracting(first: end), at, &state.time)
    }
    // Frequent ones, without a copy of the operand.
    if program.strict[number].kind == .ip { return scanIPAddress(text.bytes.extracting(first: end), from: at) }
    if program.strict[number].kind == .priority { return scanPriority(text, at, end) }
    if program.strict[number].kind == .words {
      let (next, word) = StrictScanning.scanWords(
        program.words, program.strict[number], program.literals, text.bytes.extracting(first: end), at)
      if program.strict[number].isLevel {
        state.levelOperand = number
        state.levelStart = at
        state.levelEnd = next
        state.levelWord = word
      }
      return next
    }
    return scanStrict(program.strict[number], program, text.bytes.extracting(first: end), at)
  }

  /// The same outside of the loop that calls it.
  @inline(never)
  static func scanStrictAside(
    _ counter: Int, _ program: ProgramView, _ text: borrowing MatchText, _ at: Int, _ end: Int, _ state: inout MatchState
  ) -> Int {
    scanStrict(counter, program, text, at, end, &state)
  }

  /// A time by a layout, read once for all lines of the same second.
  @inline(__always)
  static func scanLayout(
    _ number: Int, _ program: ProgramView, _ text: borrowing MatchText, _ at: Int, _ end: Int, _ state: inout MatchState
  ) -> Int {
    let (known, hasFraction) = state.timeMemos[number & 31].recall(number, text, at, end, into: &state.time)
    state.isTimeKnown = known >= 0 && !hasFraction
    if known < 0 { return scanLayoutAnew(number, program, text, at, end, &state) }
    return hasFraction ? TimeScanning.scanFraction(text.bytes.extracting(first: end), known, &state.time) : known
  }

  @inline(never)
  private static func scanLayoutAnew(
    _ number: Int, _ program: ProgramView, _ text: borrowing MatchText, _ at: Int, _ end: Int, _ state: inout MatchState
  ) -> Int {
    let steps = program.strict[number].range
    let next = TimeScanning.scan(steps, program, text.bytes.extracting(first: end), from: at, into: &state.time)
    if next >= 0 { state.timeMemos[number & 31].remember(number, steps, program, state.time, text, at, next, end) }
    return next
  }

  /// The same in an anchor, which leaves the parts of a time alone.
  @inline(__always)
  static func scanStrictInAnchor(
    _ counter: Int, _ program: ProgramView, _ text: borrowing MatchText, _ at: Int, _ end: Int
  ) -> Int {
    scanAny(program.strict[Int(program.instructions[counter].first)], program, text.bytes.extracting(first: end), at)
  }

  @inline(never)
  static func scanStrict(_ operand: StrictOperand, _ program: ProgramView, _ view: Span<UInt8>, _ at: Int) -> Int {
    switch operand.kind {
    case .int: StrictScanning.scanInteger(view, at, least: Int(operand.least), most: Int(operand.most))
    case .level: StrictScanning.scanLevel(operand, program, view, at).end
    case .words: StrictScanning.scanWords(program.words, operand, program.literals, view, at).end
    case .ip: scanIPAddress(view, from: at)
    default: scanOther(operand, view, at)
    }
  }

  /// As `StrictScanning.scanPriority`: the digits are one word.
  @inline(__always)
  private static func scanPriority(_ text: borrowing MatchText, _ at: Int, _ end: Int) -> Int {
    let word = text.word(at: at)
    let width = min(DigitWord.count(word), end &- at)
    guard width >= 1, width <= 3, width == 1 || word & 0xff != UInt64(ASCII.zero) else { return -1 }
    return width < 3 || DigitWord.value(word, count: 3) <= 191 ? at &+ width : -1
  }

  /// As `StrictScanning.scanInteger`: nearly all numbers are few digits without a sign.
  @inline(__always)
  static func scanInteger(_ text: borrowing MatchText, _ at: Int, _ end: Int) -> Int {
    if at < end, text[at] &- ASCII.zero <= 9 {
      let count = DigitWord.count(text.word(at: at))
      if count < 8 || end &- at <= 8 { return min(at &+ count, end) }
      let limit = min(end, at &+ 39)
      var next = at &+ 8
      while next < limit, text[next] &- ASCII.zero <= 9 { next &+= 1 }
      return next
    }
    return StrictScanning.scanInteger(text.bytes.extracting(first: end), at, least: 0, most: Int(UInt16.max))
  }

  /// A level word, looked up once for each place.
  @inline(__always)
  static func scanLevel(
    _ operand: Int, _ program: ProgramView, _ text: borrowing MatchText, _ at: Int, _ end: Int, _ state: inout MatchState
  ) -> Int {
    if state.levelStart == at, state.levelOperand == operand { return state.levelEnd }
    let (next, word) = StrictScanning.scanLevel(program.strict[operand], program, text.bytes.extracting(first: end), at)
    state.levelOperand = operand
    state.levelStart = at
    state.levelEnd = next
    state.levelWord = word
    return next
  }

  @inline(never)
  private static func scanOther(_ operand: StrictOperand, _ view: Span<UInt8>, _ at: Int) -> Int {
    switch operand.kind {
    case .number: StrictScanning.scanNumber(view, at)
    case .hex: StrictScanning.scanHexadecimal(view, at, least: Int(operand.least), most: Int(operand.most))
    case .grouped: StrictScanning.scanGrouped(view, at)
    case .endpoint: StrictScanning.scanEndpoint(view, at)
    case .uuid: StrictScanning.scanUUID(view, at)
    case .priority: StrictScanning.scanPriority(view, at)
    case .clock: StrictScanning.scanClock(view, at)
    case .duration: StrictScanning.scanDuration(view, at)
    case .size: StrictScanning.scanSize(view, at)
    case .quoted: StrictScanning.scanQuoted(view, at)
    case .quotedDoubled: StrictScanning.scanQuotedDoubled(operand.detail, view, at)
    case .json: StrictScanning.scanBalanced(view, at)
    case .pairs: StrictScanning.scanPairs(view, at)
    case .backslash: StrictScanning.scanBackslash(bare: false, view, at)
    case .bareBackslash: StrictScanning.scanBackslash(bare: true, view, at)
    case .keyValue: StrictScanning.scanKeyValues(view, at)
    case .data: StrictScanning.scanStructuredData(view, at)
    case .cef: endOfLine(view, at)
    case .csv, .rest: view.count
    case .int, .level, .words, .ip, .layout, .iso, .epoch, .relative: preconditionFailure("scanned elsewhere")
    }
  }

  private static func endOfLine(_ view: Span<UInt8>, _ at: Int) -> Int {
    let end = firstIndex(of: ASCII.lineFeed, in: view, from: at)
    return end < 0 ? view.count : end
  }

  @inline(__always)
  static func scanTime(
    _ operand: StrictOperand, _ program: ProgramView, _ view: Span<UInt8>, _ at: Int, _ parts: inout TimeParts
  ) -> Int {
    switch operand.kind {
    case .layout:
      return TimeScanning.scan(operand.range, program, view, from: at, into: &parts)
    case .iso: return TimeScanning.scanISO(view, from: at, into: &parts)
    case .epoch: return TimeScanning.scanEpoch(StrictOperand.epochScales[Int(operand.detail)], view, from: at, into: &parts)
    default: return TimeScanning.scanRelative(operand.detail == 0 ? .seconds : .milliseconds, view, from: at, into: &parts)
    }
  }
}
