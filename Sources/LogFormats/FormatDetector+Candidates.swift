import LogBytes
import LogEntries

/// Which candidates a line has, out of all formats at once: what a line costs hardly grows with their number.
extension FormatDetector {
  /// A window of the first stream's text is about to be read, up to a limit.
  package mutating func setWindow(_ text: borrowing MatchText, limit: Int) {
    let hasColours =
      !text.isColourless && streams[0].colouredPending > 0
      && catalog.colours.first(in: text.bytes.extracting(first: limit), from: 0) >= 0
    isColourlessWindow = !hasColours
    joiningBeginnings.setWindow(limit: limit, isColourless: text.isColourless)
  }

  /// The candidates of a line in the order in which they are tried, each with those of its dialects that the line can be of: a place of
  /// `outcomes`.
  mutating func findCandidates(_ text: borrowing MatchText, _ from: Int, _ end: Int, _ first: UInt8, _ stream: Int) -> Int {
    // A format that does not see codes of colours sees other bytes than these, and each line may be a row of a declared table.
    let hasColours =
      !text.isColourless && !catalog.colours.isEmpty && catalog.colours.first(in: text.bytes.extracting(from..<end), from: 0) >= 0
    let hasTables = streams[stream].hasTables
    if !hasColours, !hasTables {
      var state = dialectStates.find(text, from: from, end: end, pauses: true)
      if state >= LineStates.paused {
        if dialectStates[pauseOf: state - LineStates.paused] == 0 {
          state = preparePause(state, text, from, end)
        }
        if state >= LineStates.paused { return findPaused(state - LineStates.paused, text, from, end, first) }
      }
      if state >= 0 {
        let known = dialectStates[state, first]
        return known != 0 ? outcomes[known] : rememberCandidates(of: state, first)
      }
    }
    return filterCandidates(text, from, end, first, stream, hasColours: hasColours, hasTables: hasTables)
  }

  /// Says of states at which the walk of a line pauses whether it should; answers where the walk ends then.
  @inline(never)
  private mutating func preparePause(_ paused: Int, _ text: borrowing MatchText, _ from: Int, _ end: Int) -> Int {
    var state = paused
    while state >= LineStates.paused, dialectStates[pauseOf: state - LineStates.paused] == 0 {
      forgetOldOutcomes()
      let automaton = catalog.dialects.automaton
      var dialects: [Int] = []
      for index in dialectStates.steps(of: state - LineStates.paused) {
        let number = automaton.number(of: dialectStates.number(at: index), from: dialects.last ?? 0)
        if number != dialects.last { dialects.append(number) }
      }
      let number = pausedWalks.add(dialects, automaton) {
        Int(catalog.dialects.pairs[$0] / 2)
      } isLast: {
        catalog.formats[Int(catalog.dialects.pairs[$0] / 2)].rank == .general
      }
      dialectStates[pauseOf: state - LineStates.paused] = number.map { UInt16($0 + 1) } ?? LineStates.neverPauses
      state = dialectStates.find(text, from: from, end: end, pauses: true)
    }
    return state
  }

  /// The candidates of a line whose walk paused.
  @inline(__always)
  private mutating func findPaused(_ state: Int, _ text: borrowing MatchText, _ from: Int, _ end: Int, _ first: UInt8) -> Int {
    let number = Int(dialectStates[pauseOf: state]) &- 1
    let sequences = text.sequences(of: pausedWalks.tables, number, from: from, end: end)
    let known = pausedWalks.list(number, first, sequences)
    return known != 0 ? outcomes[known] : rememberPaused(number, first, sequences)
  }

  @inline(never)
  private mutating func rememberPaused(_ number: Int, _ first: UInt8, _ sequences: UInt8) -> Int {
    clearFound()
    for lane in 0..<alive.count { alive[lane] = 0 }
    pausedWalks.visit(number, sequences) { alive.insert($0) }
    for lane in 0..<alive.count { insertPlaces(lane, alive[lane], first) }
    let (list, known) = outcomes.remember(found, alive, candidates, catalog.dialects, candidates.byFirstByte[Int(first)].range)
    if known != 0 { pausedWalks.remember(known, number, first, sequences) }
    return list
  }

  /// Lists are those of the states that there are.
  private mutating func forgetOldOutcomes() {
    if outcomes.generation == dialectStates.generation { return }
    outcomes.removeAll(generation: dialectStates.generation)
    pausedWalks.removeAll()
  }

  /// Remembers the candidates of a final state and a first byte; answers where their list stands.
  @inline(never)
  private mutating func rememberCandidates(of state: Int, _ first: UInt8) -> Int {
    forgetOldOutcomes()
    clearFound()
    for lane in 0..<alive.count { alive[lane] = 0 }
    for index in dialectStates.numbers(of: state) {
      let number = dialectStates.number(at: index)
      alive.insert(number)
      insertPlaces(number >> 6, 1 << UInt64(number & 63), first)
    }
    let (list, number) = outcomes.remember(found, alive, candidates, catalog.dialects, candidates.byFirstByte[Int(first)].range)
    if number != 0 { dialectStates[state, first] = number }
    return list
  }

  private mutating func clearFound() {
    for word in 0..<found.count { found[word] = 0 }
  }

  /// The same by the filter of all dialects, where states do not tell.
  @inline(never)
  private mutating func filterCandidates(
    _ text: borrowing MatchText, _ from: Int, _ end: Int, _ first: UInt8, _ stream: Int, hasColours: Bool, hasTables: Bool
  ) -> Int {
    clearFound()
    let dialects = catalog.dialects
    for block in 0..<dialects.filter.blocks {
      var lanes = dialects.filter.filter(block, text, from, end, likely, stream &* alive.count, into: alive)
      for lane in block << 6..<min(block << 6 + 64, alive.count) where lanes >> UInt64(lane & 63) & 1 == 0 { alive[lane] = 0 }
      while lanes != 0 {
        let lane = block &<< 6 &+ lanes.trailingZeroBitCount
        insertPlaces(lane, alive[lane], first)
        lanes &= lanes &- 1
      }
    }
    if hasColours { insertAll(dialects.coloured, first) }
    if hasTables { insertAll(dialects.declaring, first) }
    return outcomes.list(found, alive, candidates, dialects, candidates.byFirstByte[Int(first)].range)
  }

  /// Puts the candidates of a lane's dialects into `found`.
  private mutating func insertPlaces(_ lane: Int, _ dialects: UInt64, _ first: UInt8) {
    let begin = candidates.byFirstByte[Int(first)].range.lowerBound
    var dialects = dialects
    while dialects != 0 {
      let number = lane &<< 6 &+ dialects.trailingZeroBitCount
      let place = candidates.place(ofPair: Int(catalog.dialects.pairs[number]), first)
      dialects &= dialects &- 1
      if place >= 0 { found.insert(place &- begin) }
    }
  }

  private mutating func insertAll(_ rows: Pool<UInt64>, _ first: UInt8) {
    for lane in 0..<rows.count { insertPlaces(lane, rows[lane], first) }
  }
}

/// Lists of candidates, in the order in which they are tried, each with the dialects that are to be tried.
struct CandidateLists: ~Copyable {
  /// One list behind the other: for each candidate its place in `CandidateTable`, how many dialects, and their patterns, each with the number
  /// of its `NeededSequence` in the top byte; -1 behind the last.
  private var words = ReusedBuffer<Int32>(capacity: 256)
  /// By number, from 1, where a list begins.
  private var places = ReusedBuffer<Int32>(capacity: 64)
  /// The words behind those that are remembered.
  private var end = 0
  private static let greatestCount = 1 << 16

  /// Of the states whose lists are remembered.
  private(set) var generation = 0

  /// Forgets all lists.
  mutating func removeAll(generation: Int) {
    self.generation = generation
    words.removeAll()
    places.removeAll()
    end = 0
  }

  @inline(__always)
  subscript(number: UInt16) -> Int { Int(places[Int(number)]) }

  @inline(__always)
  func hasCandidate(at list: Int) -> Bool { words[list] >= 0 }

  @inline(__always)
  func place(at list: Int) -> Int { Int(words[list]) }

  @inline(__always)
  func patterns(at list: Int) -> Range<Int> { list &+ 2..<list &+ 2 &+ Int(words[list &+ 1]) }

  @inline(__always)
  func pattern(at index: Int) -> (pattern: Int, sequence: Int) {
    let word = UInt32(bitPattern: words[index])
    return (Int(word & 0xff_ffff), Int(word &>> 24))
  }

  @inline(__always)
  func next(after list: Int) -> Int { list &+ 2 &+ Int(words[list &+ 1]) }

  /// A list stands until all are forgotten.
  func isRemembered(_ list: Int) -> Bool { list < end }

  /// Where the candidate of a place stands in a list; -1 if it does not.
  @inline(__always)
  func find(_ place: Int, from list: Int) -> Int {
    var at = list
    while words[at] >= 0 {
      if words[at] == place { return at }
      at = next(after: at)
    }
    return -1
  }

  /// A list of the candidates in `found`, with their dialects in `alive`, that stands until the next one is made.
  mutating func list(
    _ found: borrowing WordBuffer, _ alive: borrowing WordBuffer, _ candidates: CandidateTable, _ dialects: DialectTable,
    _ range: Range<Int>
  ) -> Int {
    words.truncate(to: end)
    append(found, alive, candidates, dialects, range)
    return end
  }

  private mutating func append(
    _ found: borrowing WordBuffer, _ alive: borrowing WordBuffer, _ candidates: CandidateTable, _ dialects: DialectTable,
    _ range: Range<Int>
  ) {
    for place in range where found.contains(place - range.lowerBound) {
      words.append(Int32(place))
      let count = words.count
      words.append(0)
      for dialect in candidates.candidates[place].dialects.range {
        let pattern = candidates.dialects[dialect]
        let number = Int(dialects.numbers[Int(pattern)])
        if alive.contains(number) { words.append(Int32(bitPattern: pattern | UInt32(dialects.automaton.needed[number]) << 24)) }
      }
      words[count] = Int32(words.count - count - 1)
    }
    words.append(-1)
  }

  /// The same for a list that stands until all are forgotten; its number is 0 if there is no room to remember it.
  mutating func remember(
    _ found: borrowing WordBuffer, _ alive: borrowing WordBuffer, _ candidates: CandidateTable, _ dialects: DialectTable,
    _ range: Range<Int>
  ) -> (list: Int, number: UInt16) {
    let list = list(found, alive, candidates, dialects, range)
    if places.isEmpty { places.append(0) }
    guard places.count < Self.greatestCount else { return (list, 0) }
    places.append(Int32(list))
    end = words.count
    return (list, UInt16(places.count - 1))
  }
}

/// Which needed sequences the line that is looked at has, as far as that was asked.
struct SequenceAnswers: ~Copyable {
  /// By sequence: twice the number of the line for which it was asked last, and one more if it has it.
  private var answers = ReusedBuffer<UInt64>(capacity: 256)
  private var line: UInt64 = 0

  init() {
    answers.extend(to: 1 + Int(UInt8.max), with: 0)
  }

  /// Another line is looked at.
  @inline(__always)
  mutating func begin() { line &+= 2 }

  /// False if the line lacks the sequence. Asked once a line.
  @inline(__always)
  mutating func has(_ sequence: Int, _ automaton: LineAutomaton, _ text: borrowing MatchText, from: Int, end: Int) -> Bool {
    if answers[sequence] | 1 != line | 1 {
      answers[sequence] = line | (automaton.hasSequence(sequence, text, from: from, end: end) ? 1 : 0)
    }
    return answers[sequence] & 1 != 0
  }
}
