import LogBytes
import LogEntries

/// Which of many patterns a line can be of, found byte by byte: a state is what is left of all of them behind some bytes, and one load
/// leads from there to the next. What a line costs does not grow with the number of patterns.
///
/// States are made when a line first needs them, and kept. Their number is limited; lines that would need more are told that
/// nothing is known of them, and after many of those all states are made anew.
struct LineStates: ~Copyable {
  /// Behind so many bytes of a line the patterns that are left are told apart by matching them.
  static let greatestDepth = 64
  private let automaton: LineAutomaton
  private let greatestCount: Int
  private let missesBeforeReset: Int

  /// 256 words a state: where each byte leads, 0 if that was not asked yet, with `final` set for a final one. A final state's are free for
  /// what its owner remembers by the first byte of a line.
  private var rows = ReusedBuffer<UInt16>(capacity: 1024)
  private var states = ReusedBuffer<State>(capacity: 16)
  /// Steps of the automaton, or of final states numbers of patterns; in order.
  private var members = ReusedBuffer<UInt32>(capacity: 1024)
  /// Places are hashes; 0 for none.
  private var table = ReusedBuffer<UInt16>(capacity: 1)
  /// Steps that are reached, a bit each, while a state is made; and their list.
  private var isReached = WordBuffer()
  private var reached = ReusedBuffer<UInt32>(capacity: 256)
  private var misses = 0
  /// By the hash of the first bytes of a line, as many as stand between pauses: the bytes, and where they led last; 0 for none.
  private var beginnings = ReusedBuffer<UInt64>(capacity: beginningCount)
  private var statesBehind = ReusedBuffer<UInt16>(capacity: beginningCount)
  private static let beginningCount = 256

  struct State: BitwiseCopyable {
    var first: UInt32
    var count: UInt32
    var hash: UInt64
    /// The final states that follow at the end of a line, and behind too many bytes; 0 if that was not asked yet.
    var atEnd: UInt16 = 0
    var atDepth: UInt16 = 0
    /// What the owner remembers of a state that is not final: 0 at first.
    var pause: UInt16 = 0
    /// How many walks could have paused there before that was asked.
    var visits: UInt16 = 0
    var isFinal: Bool
  }

  private static let final: UInt16 = 0x8000
  private static let root = 1
  /// There are too few patterns to tell apart.
  private var isRootFinal = false

  /// - Parameters:
  ///   - automaton: of the patterns.
  ///   - greatestCount: of states, at most 32,767; each takes half a kilobyte.
  ///   - missesBeforeReset: so many lines that would need more states let all be made anew.
  init(_ automaton: LineAutomaton, greatestCount: Int = 4096, missesBeforeReset: Int = 16384) {
    self.automaton = automaton
    self.greatestCount = greatestCount
    self.missesBeforeReset = missesBeforeReset
    beginnings.extend(to: Self.beginningCount, with: 0)
    statesBehind.extend(to: Self.beginningCount, with: 0)
  }

  /// Counts how often all states were forgotten.
  private(set) var generation = 0

  /// Forgets all states.
  mutating func removeAll() {
    generation += 1
    rows.removeAll()
    states.removeAll()
    members.removeAll()
    table.removeAll()
    for index in statesBehind.indices { statesBehind[index] = 0 }
    misses = 0
  }

  /// Between so many bytes a walk may pause.
  static let bytesBetweenPauses = 8
  /// So many walks pay for saying where they pause.
  private static let visitsBeforePause: UInt16 = 32
  /// What `find` adds to a state at which it paused.
  static let paused = 1 << 16
  /// `pause` of a state where a walk goes on.
  static let neverPauses: UInt16 = .max

  @inline(__always)
  subscript(pauseOf state: Int) -> UInt16 {
    get { states[state].pause }
    set { states[state].pause = newValue }
  }

  /// The steps in which the patterns of a state that is not final stand, in order.
  func steps(of state: Int) -> Range<Int> { numbers(of: state) }

  /// The patterns of a final state, in order.
  func numbers(of state: Int) -> Range<Int> {
    Int(states[state].first)..<Int(states[state].first &+ states[state].count)
  }

  func number(at index: Int) -> Int { Int(members[index]) }

  /// What the owner remembers of a final state and a byte; 0 at first.
  @inline(__always)
  subscript(state: Int, byte: UInt8) -> UInt16 {
    get { rows[state &<< 8 &+ Int(byte)] }
    set { rows[state &<< 8 &+ Int(byte)] = newValue }
  }

  /// The final state to which a line leads; -1 if nothing is known of it. Linear in the bytes that tell patterns apart.
  ///
  /// - Parameter pauses: behind some bytes the walk may end at a state that is not final, where its owner has not said that it goes on:
  ///   `paused` is added to it.
  @inline(__always)
  mutating func find(_ text: borrowing MatchText, from: Int, end: Int, pauses: Bool = false) -> Int {
    if states.isEmpty { begin() }
    if isRootFinal { return Self.root }
    let limit = min(end, from &+ Self.greatestDepth)
    var state = Self.root
    var at = from
    if limit &- from >= Self.bytesBetweenPauses {
      let first = findBehind(text.word(at: from), text, from)
      if first & Int(Self.final) != 0 { return first < 0 ? -1 : first & Int(~Self.final) }
      state = first
      at = from &+ Self.bytesBetweenPauses
      if pauses, at < limit, isPause(state) { return state | Self.paused }
    }
    var pause = pauses ? min(limit, at &+ Self.bytesBetweenPauses) : limit
    while true {
      while at < pause {
        let byte = text[at]
        var next = rows[state &<< 8 &+ Int(byte)]
        // One comparison for both: a state that is not final is between.
        if next &- 1 >= Self.final &- 1 {
          if next == 0 {
            next = step(state, byte)
            if next == 0 { return -1 }
          }
          if next & Self.final != 0 { return Int(next & ~Self.final) }
        }
        state = Int(next)
        at &+= 1
      }
      if at >= limit { return stop(state, isAtEnd: limit == end) }
      if isPause(state) { return state | Self.paused }
      pause = min(limit, at &+ Self.bytesBetweenPauses)
    }
  }

  /// A walk pauses at a state.
  @inline(__always)
  private mutating func isPause(_ state: Int) -> Bool {
    if states[state].pause == Self.neverPauses { return false }
    if states[state].pause != 0 || states[state].visits >= Self.visitsBeforePause { return true }
    states[state].visits &+= 1
    return false
  }

  /// Where the first bytes of a line lead, with `final` set for a final state; -1 if nothing is known of it. Many lines begin alike.
  @inline(__always)
  private mutating func findBehind(_ word: UInt64, _ text: borrowing MatchText, _ from: Int) -> Int {
    let place = Int(truncatingIfNeeded: (word &* 0x9e37_79b9_7f4a_7c15) &>> 56)
    if beginnings[place] == word, statesBehind[place] != 0 { return Int(statesBehind[place]) }
    return walkBeginning(word, place, text, from)
  }

  @inline(never)
  private mutating func walkBeginning(_ word: UInt64, _ place: Int, _ text: borrowing MatchText, _ from: Int) -> Int {
    var state = Self.root
    var next: UInt16 = 0
    for at in from..<from + Self.bytesBetweenPauses {
      next = rows[state << 8 + Int(text[at])]
      if next == 0 { next = step(state, text[at]) }
      if next == 0 { return -1 }
      if next & Self.final != 0 { break }
      state = Int(next)
    }
    beginnings[place] = word
    statesBehind[place] = next
    return Int(next)
  }

  // MARK: Making states

  private mutating func begin() {
    var size = 64
    while size < 4 * greatestCount { size *= 2 }
    table.extend(to: size, with: 0)
    isReached.resize(to: automaton.steps.count / 64 + 1, with: 0)
    // 0 stands for no state.
    append(State(first: 0, count: 0, hash: 0, isFinal: true))
    reached.removeAll()
    for number in 0..<automaton.starts.count { reach(Int(automaton.starts[number])) }
    isRootFinal = makeState(isFinal: false) & Self.final != 0
  }

  private mutating func append(_ state: State) {
    states.append(state)
    rows.extend(to: 256 * states.count, with: 0)
  }

  /// Adds a step and all that are reached from it without a byte.
  private mutating func reach(_ step: Int) {
    if isReached.contains(step) { return }
    isReached.insert(step)
    reached.append(UInt32(step))
    if automaton.steps[step].isEnd { return }
    if automaton.steps[step].isOptional { reach(step + 1) }
    let aside = automaton.steps[step].aside
    if aside != 0 { reach(step + aside) }
  }

  /// The state behind a byte, with `final` set for a final one; 0 if there is no room for it.
  @inline(never)
  private mutating func step(_ state: Int, _ byte: UInt8) -> UInt16 {
    reached.removeAll()
    for index in numbers(of: state) {
      let step = Int(members[index])
      let word = automaton.steps[step]
      guard !word.isEnd, automaton.sets[word.set].contains(byte) else { continue }
      reach(word.isLoop ? step : step + 1)
    }
    let next = makeState(isFinal: false)
    if next != 0 { rows[state << 8 + Int(byte)] = next }
    return next
  }

  /// The final state at the end of a line, or where the walk is broken off; -1 if there is no room for it.
  @inline(never)
  private mutating func stop(_ state: Int, isAtEnd: Bool) -> Int {
    let known = isAtEnd ? states[state].atEnd : states[state].atDepth
    if known != 0 { return Int(known) }
    reached.removeAll()
    for index in numbers(of: state) {
      let step = Int(members[index])
      if isAtEnd, !automaton.steps[step].isEnd, !automaton.isSettled(step) { continue }
      isReached.insert(step)
      reached.append(UInt32(step))
    }
    let next = makeState(isFinal: true)
    if next == 0 { return -1 }
    let number = next & ~Self.final
    if isAtEnd { states[state].atEnd = number } else { states[state].atDepth = number }
    return Int(number)
  }

  /// The state of the steps in `reached`, which is emptied: one that is there, or a new one; 0 if there is no room for it.
  private mutating func makeState(isFinal: Bool) -> UInt16 {
    for index in reached.indices { isReached.remove(Int(reached[index])) }
    sortReached()
    let isFinal = simplify(isFinal: isFinal)
    var hash: UInt64 = isFinal ? 1 : 0
    for index in reached.indices { hash = (hash ^ UInt64(reached[index])) &* 0x9e37_79b9_7f4a_7c15 ^ hash >> 29 }
    var place = Int(truncatingIfNeeded: hash >> 40) & (table.count - 1)
    while table[place] != 0 {
      let state = Int(table[place])
      if states[state].hash == hash, states[state].isFinal == isFinal, isSame(state) { return UInt16(state) | (isFinal ? Self.final : 0) }
      place = (place + 1) & (table.count - 1)
    }
    guard states.count < greatestCount else {
      misses += 1
      if misses > missesBeforeReset { removeAll() }
      return 0
    }
    let number = UInt16(states.count)
    append(State(first: UInt32(members.count), count: UInt32(reached.count), hash: hash, isFinal: isFinal))
    for index in reached.indices { members.append(reached[index]) }
    table[place] = number
    return number | (isFinal ? Self.final : 0)
  }

  private func isSame(_ state: Int) -> Bool {
    guard Int(states[state].count) == reached.count else { return false }
    let first = Int(states[state].first)
    for index in reached.indices where members[first + index] != reached[index] { return false }
    return true
  }

  /// Leaves one step of each pattern that takes anything from now on; or if a line need not be looked at further, the numbers of the
  /// patterns, and answers true.
  private mutating func simplify(isFinal: Bool) -> Bool {
    var kept = 0
    var number = 0
    var narrow = 0
    var certain = 0
    var index = 0
    while index < reached.count {
      number = automaton.number(of: Int(reached[index]), from: number)
      let next = number + 1 < automaton.starts.count ? automaton.starts[number + 1] : .max
      let first = kept
      var isSettled = false
      var isWide = false
      while index < reached.count, reached[index] < next {
        let step = reached[index]
        isWide = isWide || automaton.isWide(Int(step))
        if !isSettled, automaton.isSettled(Int(step)) {
          isSettled = true
          reached[first] = step
          kept = first + 1
        } else if !isSettled {
          reached[kept] = step
          kept += 1
        }
        index += 1
      }
      if !isWide { narrow += 1 }
      if automaton.isVague[number] == 0 { certain += 1 }
    }
    reached.truncate(to: kept)
    guard isFinal || narrow == 0 || certain <= 1 else { return false }
    number = 0
    kept = 0
    for index in reached.indices {
      number = automaton.number(of: Int(reached[index]), from: number)
      if kept > 0, reached[kept - 1] == UInt32(number) { continue }
      reached[kept] = UInt32(number)
      kept += 1
    }
    reached.truncate(to: kept)
    return true
  }

  /// In order. The steps mostly stand so already.
  private mutating func sortReached() {
    var index = 1
    while index < reached.count {
      let step = reached[index]
      var place = index
      while place > 0, reached[place - 1] > step {
        reached[place] = reached[place - 1]
        place -= 1
      }
      reached[place] = step
      index += 1
    }
  }
}
