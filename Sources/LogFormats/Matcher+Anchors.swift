import LogBytes

/// Open runs: where they end depends on what stands behind them.
extension Matcher {
  /// The first place where all of the run is in its set, its length is within its limits and its anchor matches; -1 if there is none.
  ///
  /// For a run whose walk stops at four different bytes at most: they are searched 16 at a time.
  static func scanOpenRunToAny(
    _ counter: Int, _ program: ProgramView, _ text: borrowing MatchText, _ at: Int, _ end: Int, _ state: inout MatchState
  ) -> Int {
    let instruction = program.instructions[counter]
    let wanted = UInt32(truncatingIfNeeded: instruction.mask)
    let set = Int(instruction.word & 0xffff_ffff)
    let isText = instruction.detail == 1
    let most = Int(instruction.most)
    let limit = most < end &- at ? at &+ most : end
    var place = at &+ Int(instruction.least)
    if place > limit { return -1 }
    let anchor = program.anchors[Int(instruction.first)]
    while true {
      place = text.firstIndex(ofAny: wanted, from: place, limit: limit)
      if place == end {
        return anchor.canBeginAtEnd && matchesAnchor(anchor, program, text, place, end, &state) ? place : -1
      }
      if isIn(program, Int(anchor.beginnings), text[place]), matchesAnchor(anchor, program, text, place, end, &state) { return place }
      if place >= limit || !isText && !isIn(program, set, text[place]) { return -1 }
      place &+= 1
    }
  }

  /// The same for any run.
  static func scanOpenRun(
    _ counter: Int, _ program: ProgramView, _ text: borrowing MatchText, _ at: Int, _ end: Int, _ state: inout MatchState
  ) -> Int {
    let instruction = program.instructions[counter]
    let anchor = program.anchors[Int(instruction.first)]
    let set = Int(instruction.word & 0xffff_ffff)
    let most = Int(instruction.most)
    let limit = most < end &- at ? at &+ most : end
    var place = at
    // Bytes before the least length need only be in the set.
    let least = at &+ Int(instruction.least)
    while place < least {
      if place >= limit || !isIn(program, set, text[place]) { return -1 }
      place &+= 1
    }
    let tables = program.setTables
    let stops = Int(instruction.word >> 32)
    let table = (stops &>> 3) &* 256
    let bit = UInt8(1) &<< UInt8(truncatingIfNeeded: stops & 7)
    while true {
      while place < limit, tables[table &+ Int(text[place])] & bit == 0 { place &+= 1 }
      if place == end {
        return (anchor.canBeginAtEnd || anchor.canBeginAnywhere) && matchesAnchor(anchor, program, text, place, end, &state) ? place : -1
      }
      if anchor.canBeginAnywhere || isIn(program, Int(anchor.beginnings), text[place]) {
        if matchesAnchor(anchor, program, text, place, end, &state) { return place }
      }
      if place >= limit || !isIn(program, set, text[place]) { return -1 }
      place &+= 1
    }
  }

  /// The last such place.
  static func scanOpenRunLongest(
    _ counter: Int, _ program: ProgramView, _ text: borrowing MatchText, _ at: Int, _ end: Int, _ state: inout MatchState
  ) -> Int {
    let instruction = program.instructions[counter]
    let anchor = program.anchors[Int(instruction.first)]
    let set = Int(instruction.word & 0xffff_ffff)
    let most = Int(instruction.most)
    let limit = most < end &- at ? at &+ most : end
    let least = at &+ Int(instruction.least)
    if least > limit { return -1 }
    // The run reaches at most to the first byte outside its set.
    var reach = at
    if instruction.detail == 1 {
      reach = limit
    } else if instruction.mask != 0 {
      reach = text.firstIndex(ofAny: UInt32(truncatingIfNeeded: instruction.mask), from: at, limit: limit)
    } else {
      while reach < limit, isIn(program, set, text[reach]) { reach &+= 1 }
    }
    var place = reach
    while place >= least {
      if anchor.soleBeginning != AnchorProgram.noByte, place < end {
        // Few places have the one byte with which the anchor begins. What stands before the run is not looked at.
        let room = text.bytes.extracting(least..<place &+ 1)
        let found = lastIndex(of: UInt8(truncatingIfNeeded: anchor.soleBeginning), in: room, before: room.count)
        if found < 0 { return -1 }
        place = least &+ found
      }
      if place == end {
        if anchor.canBeginAtEnd || anchor.canBeginAnywhere, matchesAnchor(anchor, program, text, place, end, &state) { return place }
      } else if anchor.canBeginAnywhere || isIn(program, Int(anchor.beginnings), text[place]) {
        if matchesAnchor(anchor, program, text, place, end, &state) { return place }
      }
      place &-= 1
    }
    return -1
  }

  /// The last place at which a run may end, as far as the first two bytes of its anchor say; -1 if there is none. What stands there is tried.
  static func firstTry(_ counter: Int, _ program: ProgramView, _ text: borrowing MatchText, _ at: Int, _ end: Int) -> Int {
    let instructions = program.instructions
    let most = Int(instructions[counter].most)
    let limit = most < end &- at ? at &+ most : end
    let few = UInt32(truncatingIfNeeded: instructions[counter].mask)
    var reach = at
    if instructions[counter].detail == 1 {
      reach = limit
    } else if few == Self.quotes {
      reach = text.nextBit(class: ChunkBitmaps.quote, from: at, limit: limit)
    } else if few != 0 {
      reach = text.firstIndex(ofAny: few, from: at, limit: limit)
    } else {
      let set = Int(instructions[counter].word & 0xffff_ffff)
      while reach < limit, isIn(program, set, text[reach]) { reach &+= 1 }
    }
    return lastTry(counter, program, text, at &+ Int(instructions[counter].least), min(reach &+ 1, end &- 1))
  }

  /// The next such place, before one at which what follows the run failed; -1 if the run ends there all the same.
  @inline(never)
  static func nextTry(
    _ counter: Int, _ program: ProgramView, _ text: borrowing MatchText, _ at: Int, _ place: Int, _ end: Int, _ state: inout MatchState
  ) -> Int {
    let anchor = program.anchors[Int(program.instructions[counter].first)]
    if matchesAnchor(anchor, program, text, place, end, &state) { return -1 }
    return lastTry(counter, program, text, at &+ Int(program.instructions[counter].least), place)
  }

  /// The last such place in `least..<last`. All anchors of tried runs have two bytes at least.
  @inline(__always)
  private static func lastTry(_ counter: Int, _ program: ProgramView, _ text: borrowing MatchText, _ least: Int, _ last: Int) -> Int {
    if least >= last { return -1 }
    let anchors = program.anchors
    let anchor = Int(program.instructions[counter].first)
    let seconds = Int(anchors[anchor].seconds)
    return text.lastIndex(
      of: UInt8(truncatingIfNeeded: anchors[anchor].soleBeginning), before: program.setTables, (seconds &>> 3) &* 256,
      UInt8(1) &<< UInt8(truncatingIfNeeded: seconds & 7), in: least, last)
  }

  /// As `Instruction.mask` has the set of a quote.
  private static let quotes: UInt32 = 0x2222_2222

  /// Does one of the anchor's branches stand at `at`?
  @inline(__always)
  static func matchesAnchor(
    _ anchor: AnchorProgram, _ program: ProgramView, _ text: borrowing MatchText, _ at: Int, _ end: Int, _ state: inout MatchState
  ) -> Bool {
    // Most places fall here: a `<` before what is no number.
    if at &+ 1 < end, !isIn(program, Int(anchor.seconds), text[at &+ 1]) { return false }
    return matchesBranch(Int(anchor.start), program, text, at, end, &state)
  }

  /// Does one of the branches that begin with an instruction stand at `from`?
  static func matchesBranch(
    _ start: Int, _ program: ProgramView, _ text: borrowing MatchText, _ from: Int, _ end: Int, _ state: inout MatchState
  ) -> Bool {
    let instructions = program.instructions
    var at = from
    var counter = start
    // So many choices were made of which the other way was not tried.
    var open = 0
    while true {
      var next = at
      switch instructions[counter].opcode {
      case .shortLiteral:
        next = at &+ Int(instructions[counter].least)
        if next > end || text.word(at: at) & instructions[counter].mask != instructions[counter].word { next = -1 }
      case .literal, .mediumLiteral: next = scanLiteral(counter, program, text, at, end)
      case .strict: next = scanStrictInAnchor(counter, program, text, at, end)
      case .level: next = scanLevel(Int(instructions[counter].first), program, text, at, end, &state)
      case .integer: next = scanInteger(text, at, end)
      case .blanks:
        let limit = min(end, at &+ Int(instructions[counter].most))
        while next < limit, isBlank(text[next]) { next &+= 1 }
      case .runInSet: next = scanSet(program, counter, text, at, end)
      case .choice:
        state.choices[open] = UInt64(instructions[counter].first) &<< 32 | UInt64(truncatingIfNeeded: at &- from)
        open &+= 1
      case .byteOf:
        if at < end, isIn(program, Int(instructions[counter].first), text[at]) { return true }
        next = -1
      case .end:
        if at == end { return true }
        next = -1
      case .done:
        return true
      case .layout, .runToBit, .runToEnd, .openRun, .openRunToAny, .openRunLongest, .openRunTry, .tryEnd, .group, .groupEnd, .optional,
        .pairs, .data:
        preconditionFailure("an anchor holds no such instruction")
      }
      if next >= 0 {
        at = next
        counter &+= 1
        continue
      }
      if open == 0 { return false }
      open &-= 1
      counter = Int(state.choices[open] &>> 32)
      at = from &+ Int(state.choices[open] & 0xffff_ffff)
    }
  }

  /// So many choices may be open at once.
  static let greatestChoices = 16
}
