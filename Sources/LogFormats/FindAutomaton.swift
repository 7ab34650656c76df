import LogBytes

/// The patterns of a list of finds side by side as one automaton without choices: one step a byte says which of them can still stand.
///
/// It takes at least what the patterns take (`PatternAutomaton`), up to a word's boundary behind them. A walk ends where the rest would say
/// no more: where nothing can stand, where all that can is certain enough, or where the automaton was cut because it grew too large.
struct FindAutomaton: Equatable {
  /// By byte.
  private(set) var classes: [UInt8] = []
  /// The class of the end of the text; the one behind it is that of a text at which no more is looked.
  private(set) var endClass = 0
  /// `[row + class]`: the next row, or `Self.settled` and the number of a mask. The first row is the start.
  private(set) var rows: [UInt16] = []
  /// Sets of patterns, a bit each; the first is empty.
  private(set) var masks: [UInt64] = [0]

  /// Which lengths a word may have at which something stands, a bit each, the last for all from 15 on; a word is the letters and digits from
  /// a place on, at another byte none. By the byte at the place:
  private(set) var lengthsByFirst = [UInt16](repeating: 0, count: 256)
  /// By the byte behind the word.
  private(set) var lengthsByNext = [UInt16](repeating: 0, count: 256)
  /// At the end of the text.
  private(set) var lengthsAtEnd: UInt16 = 0

  /// Marks the end of a walk.
  static let settled: UInt16 = 0x8000

  /// The longest words that are told apart.
  static let greatestLength = 15
  /// Longer tables are cut: what is behind the cut counts as possible.
  private static let greatestStates = 512
  /// A run of so many different bytes is no longer followed: little can be excluded by it.
  private static let wide = 32

  /// - Parameter patterns: 64 at most.
  init(_ patterns: [[PatternElement]]) {
    let builder = Builder(patterns)
    let byteClasses = builder.classes
    classes = byteClasses.numbers
    endClass = byteClasses.bytes.count
    let stride = endClass + 2
    let greatestStates = min(Self.greatestStates, Int(Self.settled) / stride)
    func settle(_ mask: UInt64) -> UInt16 {
      let number = masks.firstIndex(of: mask) ?? masks.count
      if number == masks.count { masks.append(mask) }
      return Self.settled | UInt16(number)
    }
    var numbers = [builder.start: 0]
    var states = [builder.start]
    var index = 0
    while index < states.count {
      let state = states[index]
      index += 1
      for byte in byteClasses.bytes {
        let next = builder.next(state, byte)
        if next.steps.isEmpty {
          rows.append(settle(next.certain))
        } else if let number = numbers[next] {
          rows.append(UInt16(number * stride))
        } else if states.count < greatestStates {
          numbers[next] = states.count
          rows.append(UInt16(states.count * stride))
          states.append(next)
        } else {
          rows.append(settle(builder.possible(next)))
        }
      }
      rows.append(settle(builder.ended(state)))
      rows.append(settle(builder.possible(state)))
    }
    for byte in byteClasses.bytes { addLengths(first: byte, byteClasses.bytes) }
    for byte in UInt8.min...UInt8.max {
      let representative = Int(byteClasses.bytes[Int(classes[Int(byte)])])
      lengthsByFirst[Int(byte)] = lengthsByFirst[representative]
      // Behind so long a word it was not looked for the end.
      lengthsByNext[Int(byte)] = ASCII.isLetterOrDigit(byte) ? 1 << UInt16(Self.greatestLength) : lengthsByNext[representative]
    }
  }

  /// - Parameter bytes: one of each class; no class has letters or digits and others, since all patterns end at a word's boundary.
  private mutating func addLengths(first: UInt8, _ bytes: [UInt8]) {
    func next(_ row: UInt16, _ byte: UInt8) -> UInt16 { rows[Int(row) + Int(classes[Int(byte)])] }
    let nothing = Self.settled
    if !ASCII.isLetterOrDigit(first) {
      if next(0, first) != nothing {
        lengthsByFirst[Int(first)] |= 1
        lengthsByNext[Int(first)] |= 1
      }
      return
    }
    let others = bytes.filter { !ASCII.isLetterOrDigit($0) }
    /// Where a walk may be behind so many letters and digits.
    var reached = [next(0, first)]
    for length in 1...Self.greatestLength {
      reached.removeAll { $0 == nothing }
      if reached.isEmpty { return }
      let isLongest = length == Self.greatestLength
      if isLongest || reached.contains(where: { $0 >= Self.settled }) {
        // This and all longer words.
        let lengths = UInt16.max << UInt16(length)
        lengthsByFirst[Int(first)] |= lengths
        for other in others { lengthsByNext[Int(other)] |= lengths }
        lengthsAtEnd |= lengths
        reached.removeAll { $0 >= Self.settled }
      }
      let bit: UInt16 = 1 << UInt16(length)
      for row in reached {
        for other in others where next(row, other) != nothing {
          lengthsByFirst[Int(first)] |= bit
          lengthsByNext[Int(other)] |= bit
        }
        if rows[Int(row) + endClass] != nothing {
          lengthsByFirst[Int(first)] |= bit
          lengthsAtEnd |= bit
        }
      }
      var further: [UInt16] = []
      for row in reached {
        for byte in bytes where ASCII.isLetterOrDigit(byte) && !further.contains(next(row, byte)) { further.append(next(row, byte)) }
      }
      reached = further
    }
  }
}

extension FindAutomaton {
  /// Where the patterns are that can still stand.
  private struct State: Hashable {
    /// Steps that take a byte, in order.
    var steps: [Int]
    /// Patterns that are no longer followed.
    var certain: UInt64 = 0
  }

  /// The steps of all patterns, one behind the other.
  private struct Builder {
    private struct Step {
      var bytes: ByteSet
      var pattern: Int
      /// The pattern is over, if a word ends here.
      var isEnd: Bool
      /// What follows is not looked at.
      var isCertain: Bool
      /// The steps that take the next byte.
      var following: [Int] = []
    }

    /// What may stand behind a word.
    private static let boundary = ByteSet((UInt8.min...UInt8.max).filter { !ASCII.isLetterOrDigit($0) })

    private var steps: [Step] = []
    private(set) var start = State(steps: [])

    init(_ patterns: [[PatternElement]]) {
      for (number, pattern) in patterns.enumerated() { add(pattern, number) }
    }

    private mutating func add(_ elements: [PatternElement], _ number: Int) {
      var automaton = PatternAutomaton(elements, tellsAddresses: true)
      let end = automaton.steps.count
      automaton.add(Self.boundary)
      let first = steps.count
      // One more for what stands behind the boundary.
      for (index, step) in automaton.steps.enumerated() {
        steps.append(
          Step(bytes: step.bytes, pattern: number, isEnd: index == end, isCertain: step.isLoop && step.bytes.count >= FindAutomaton.wide))
      }
      steps.append(Step(bytes: ByteSet(), pattern: number, isEnd: false, isCertain: true))
      func reached(_ step: Int) -> [Int] {
        let closed = automaton.closed([step])
        return (first..<steps.count).filter { closed.contains($0 - first) && (!steps[$0].bytes.isEmpty || steps[$0].isCertain) }
      }
      start.steps += reached(0)
      for (index, step) in automaton.steps.enumerated() where !step.bytes.isEmpty {
        steps[first + index].following = reached(step.isLoop ? index : index + 1)
      }
    }

    /// Bytes between which no step tells a difference have a number in common; one of each.
    var classes: (numbers: [UInt8], bytes: [UInt8]) {
      var numbers = [UInt8](repeating: 0, count: 256)
      var count = 1
      for step in steps where count < 256 {
        // Each class is parted into those that the step takes, which get a new number, and the others, if there are both.
        var members = [Int](repeating: 0, count: count)
        var taken = members
        for byte in 0..<256 {
          members[Int(numbers[byte])] += 1
          if step.bytes.contains(UInt8(byte)) { taken[Int(numbers[byte])] += 1 }
        }
        var parted = [UInt8](repeating: 0, count: count)
        for number in 0..<parted.count where taken[number] > 0 && taken[number] < members[number] {
          parted[number] = UInt8(count)
          count += 1
        }
        for byte in 0..<256 where step.bytes.contains(UInt8(byte)) && parted[Int(numbers[byte])] > 0 {
          numbers[byte] = parted[Int(numbers[byte])]
        }
      }
      return (numbers, (0..<count).map { number in UInt8(numbers.firstIndex(of: UInt8(number))!) })
    }

    func next(_ state: State, _ byte: UInt8) -> State {
      var next: [Int] = []
      for step in state.steps where steps[step].bytes.contains(byte) { next = Self.union(next, steps[step].following) }
      var certain = state.certain
      for step in next where steps[step].isCertain { certain |= 1 << UInt64(steps[step].pattern) }
      next.removeAll { certain >> UInt64(steps[$0].pattern) & 1 != 0 }
      return State(steps: next, certain: certain)
    }

    /// Both are in order, and so is what they are together.
    private static func union(_ one: [Int], _ two: [Int]) -> [Int] {
      if one.isEmpty { return two }
      var both: [Int] = []
      var index = 0
      for step in two {
        while index < one.count, one[index] < step {
          both.append(one[index])
          index += 1
        }
        if index == one.count || one[index] > step { both.append(step) }
      }
      return both + one[index...]
    }

    /// What stands before the end of the text.
    func ended(_ state: State) -> UInt64 {
      state.steps.reduce(state.certain) { steps[$1].isEnd ? $0 | 1 << UInt64(steps[$1].pattern) : $0 }
    }

    func possible(_ state: State) -> UInt64 {
      state.steps.reduce(state.certain) { $0 | 1 << UInt64(steps[$1].pattern) }
    }
  }
}
