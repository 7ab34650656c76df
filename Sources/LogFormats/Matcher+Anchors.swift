import LogBytes

/// Open runs: where they end depends on what stands behind them.
extension Matcher {
  /// The first place where all of the run is in its set, its length is within its limits and its anchor matches; -1 if there is none.
  static func scanOpenRun(
    _ instruction: Instruction, _ program: ProgramView, _ text: borrowing MatchText, _ view: Span<UInt8>, _ at: Int,
    _ state: inout MatchState
  ) -> Int {
    let anchor = program.anchors[Int(instruction.first)]
    let set = Int(instruction.word & 0xffff_ffff)
    let end = view.count
    let most = Int(instruction.most)
    let limit = most < end - at ? at + most : end
    var place = at
    // Bytes before the least length need only be in the set.
    let least = at + Int(instruction.least)
    while place < least {
      if place >= limit || !isIn(program, set, view[place]) { return -1 }
      place += 1
    }
    if let byte = anchor.onlyBeginning, instruction.mask == 1, !anchor.canBeginAtEnd {
      // The run is a text: it holds any byte but LF, so only the byte with which its anchor begins has to be looked for.
      while place <= limit {
        let found = nextPlace(of: byte, text, view, place)
        if found < 0 || found > limit { return -1 }
        if matchesAnchor(anchor, program, view, found, &state) { return found }
        place = found + 1
      }
      return -1
    }
    let tables = program.setTables
    let stops = Int(instruction.word >> 32)
    let table = (stops &>> 3) &* 256
    let bit = UInt8(1) &<< UInt8(truncatingIfNeeded: stops & 7)
    while true {
      while place < limit, tables[table &+ Int(view[place])] & bit == 0 { place &+= 1 }
      if place == end {
        return (anchor.canBeginAtEnd || anchor.canBeginAnywhere) && matchesAnchor(anchor, program, view, place, &state) ? place : -1
      }
      if anchor.canBeginAnywhere || isIn(program, Int(anchor.beginnings), view[place]) {
        if matchesAnchor(anchor, program, view, place, &state) { return place }
      }
      if place >= limit || !isIn(program, set, view[place]) { return -1 }
      place &+= 1
    }
  }

  /// The last such place.
  static func scanOpenRunLongest(
    _ instruction: Instruction, _ program: ProgramView, _ text: borrowing MatchText, _ view: Span<UInt8>, _ at: Int,
    _ state: inout MatchState
  ) -> Int {
    let anchor = program.anchors[Int(instruction.first)]
    let set = Int(instruction.word & 0xffff_ffff)
    let end = view.count
    let most = Int(instruction.most)
    let limit = most < end - at ? at + most : end
    let least = at + Int(instruction.least)
    if least > limit { return -1 }
    // The run reaches at most to the first byte outside its set.
    var reach = at
    if instruction.mask == 1 {
      reach = limit
    } else {
      while reach < limit, isIn(program, set, view[reach]) { reach += 1 }
    }
    var place = reach
    while place >= least {
      if place == end {
        if anchor.canBeginAtEnd || anchor.canBeginAnywhere, matchesAnchor(anchor, program, view, place, &state) { return place }
      } else if anchor.canBeginAnywhere || isIn(program, Int(anchor.beginnings), view[place]) {
        if matchesAnchor(anchor, program, view, place, &state) { return place }
      }
      place -= 1
    }
    return -1
  }

  @inline(__always)
  static func nextPlace(of byte: UInt8, _ text: borrowing MatchText, _ view: Span<UInt8>, _ from: Int) -> Int {
    if byte == ASCII.quote {
      let found = nextBit(class: 2, in: text.bitmaps, from: from, limit: view.count)
      return found < view.count ? found : -1
    }
    return firstIndex(of: byte, in: view, from: from)
  }

  /// Does one of the anchor's branches stand at `at`?
  static func matchesAnchor(_ anchor: AnchorProgram, _ program: ProgramView, _ view: Span<UInt8>, _ at: Int, _ state: inout MatchState)
    -> Bool
  {
    let first = Int(anchor.firstBranch)
    for branch in first..<first + Int(anchor.branchCount) {
      if matchesBranch(Int(program.branches[branch]), program, view, at, &state) { return true }
    }
    return false
  }

  static func matchesBranch(_ start: Int, _ program: ProgramView, _ view: Span<UInt8>, _ from: Int, _ state: inout MatchState) -> Bool {
    var at = from
    var counter = start
    let end = view.count
    while true {
      let instruction = program.instructions[counter]
      switch instruction.opcode {
      case .literal:
        at = scanLiteral(instruction, program.literals, view, at, end)
        if at < 0 { return false }
      case .strict:
        let operand = program.strict[Int(instruction.first)]
        if operand.kind == .level {
          at = scanLevel(Int(instruction.first), program, view, at, &state)
        } else if operand.isTime {
          var parts = TimeParts()
          at = scanTime(operand, program, view, at, &parts)
        } else {
          at = scanStrict(operand, program, view, at)
        }
        if at < 0 { return false }
      case .blanks:
        let limit = min(end, at + Int(instruction.most))
        while at < limit, isBlank(view[at]) { at += 1 }
      case .runInSet:
        at = scanSet(program, Int(instruction.first), view, at, instruction)
        if at < 0 { return false }
      case .byteOf:
        return at < end && isIn(program, Int(instruction.first), view[at])
      case .end:
        return at == end
      case .done:
        return true
      case .runToBit, .runToByte, .runToEnd, .openRun, .openRunLongest, .group, .groupEnd:
        preconditionFailure("an anchor holds no such instruction")
      }
      counter += 1
    }
  }
}
