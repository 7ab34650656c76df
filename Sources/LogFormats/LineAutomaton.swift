import LogBytes

/// The automata of many patterns side by side, in a form that an image holds: `LineStates` walks through all of them at once.
///
/// Necessary, never sufficient: each takes at least the texts that its pattern matches.
struct LineAutomaton: Sendable {
  /// Behind so many steps a pattern is seen as taking anything.
  static let sufficientSteps = 96
  /// The same if they are one long choice.
  static let greatestSteps = 384

  /// Such a set says next to nothing.
  static func isWide(_ set: ByteSet) -> Bool { set.count >= 250 && set.contains(ASCII.blank) }

  /// What an automaton is made of.
  struct Source {
    var automaton: PatternAutomaton
    var sequence: NeededSequence?
    /// The one that fewest lines have, for those that ask whether the pattern is out of the question.
    var rarest: NeededSequence?
    /// It stands in a time, as in many lines.
    var isRarestOfTime = false
    /// Its lines are not told by what they hold: finding it among few others is no aim.
    var isVague = false
  }

  /// A step of `PatternAutomaton` in 32 bits: a number of `sets`, two flags, and how far it is aside.
  struct Step: Sendable, BitwiseCopyable {
    private let word: UInt32
    private static let loop: UInt32 = 1 << 12
    private static let optional: UInt32 = 1 << 13
    /// The end of a pattern: no byte follows.
    static let end = Step(word: 0xfff)

    private init(word: UInt32) { self.word = word }

    init(set: Int, isLoop: Bool, isOptional: Bool, aside: Int) {
      precondition(set < 0xfff && abs(aside) < 1 << 17, "an automaton of patterns is too large")
      word = UInt32(set) | (isLoop ? Self.loop : 0) | (isOptional ? Self.optional : 0) | UInt32(bitPattern: Int32(aside)) << 14
    }

    var set: Int { Int(word & 0xfff) }
    var isLoop: Bool { word & Self.loop != 0 }
    var isOptional: Bool { word & Self.optional != 0 }
    var aside: Int { Int(Int32(bitPattern: word) >> 14) }
    var isEnd: Bool { word == Self.end.word }
  }

  private(set) var steps = Pool<Step>()
  private(set) var sets = Pool<ByteSet>()
  /// By number: where the steps of a pattern begin.
  private(set) var starts = Pool<UInt32>()
  /// By number, 1 for what `Source.isVague` says.
  private(set) var isVague = Pool<UInt8>()
  /// By set, 1 for what `isWide` says.
  private(set) var isWideSet = Pool<UInt8>()

  /// By number: a number of `sequences`, 0 for none.
  private(set) var needed = Pool<UInt8>()
  /// By number: the same of `Source.rarest`.
  private(set) var rarest = Pool<UInt16>()
  /// By number: 1 for what `Source.isRarestOfTime` says.
  private(set) var isRarestOfTime = Pool<UInt8>()
  /// The bytes with which sequences begin, and by sequence and place behind it numbers of `sets`; the first stands for none.
  private var sequenceBytes = Pool<UInt8>()
  private var sequenceSets = Pool<UInt16>()

  init() {}

  init(_ sources: [Source]) {
    var steps: [Step] = []
    var starts: [UInt32] = []
    var sets: [ByteSet] = []
    var known: [ByteSet: Int] = [:]
    func number(of set: ByteSet) -> Int {
      if let number = known[set] { return number }
      known[set] = sets.count
      sets.append(set)
      return sets.count - 1
    }
    for automaton in sources.map({ $0.automaton.cut(to: Self.sufficientSteps, atMost: Self.greatestSteps) }) {
      starts.append(UInt32(steps.count))
      for step in automaton.steps {
        steps.append(Step(set: number(of: step.bytes), isLoop: step.isLoop, isOptional: step.isOptional, aside: step.aside))
      }
      steps.append(.end)
    }
    var sequences: [NeededSequence: Int] = [:]
    var sequenceBytes: [UInt8] = [0]
    var sequenceSets = [UInt16](repeating: 0, count: NeededSequence.following)
    func number(of sequence: NeededSequence?, atMost limit: Int) -> Int {
      guard let sequence else { return 0 }
      if let number = sequences[sequence] { return number <= limit ? number : 0 }
      guard sequenceBytes.count <= limit else { return 0 }
      sequences[sequence] = sequenceBytes.count
      sequenceBytes.append(sequence.byte)
      sequenceSets += sequence.sets.map { UInt16(number(of: $0)) }
      return sequenceBytes.count - 1
    }
    needed = Pool(sources.map { UInt8(number(of: $0.sequence, atMost: Int(UInt8.max))) })
    rarest = Pool(sources.map { UInt16(number(of: $0.rarest, atMost: Int(UInt16.max))) })
    isRarestOfTime = Pool(sources.map { $0.isRarestOfTime ? 1 : 0 })
    self.sequenceBytes = Pool(sequenceBytes)
    self.sequenceSets = Pool(sequenceSets)
    self.steps = Pool(steps)
    self.sets = Pool(sets)
    self.starts = Pool(starts)
    isVague = Pool(sources.map { $0.isVague ? 1 : 0 })
    isWideSet = Pool(sets.map { Self.isWide($0) ? 1 : 0 })
  }

  mutating func code(_ coder: inout ImageCoder) {
    coder.code(&steps)
    coder.code(&sets)
    coder.code(&starts)
    coder.code(&isVague)
    coder.code(&isWideSet)
    coder.code(&needed)
    coder.code(&rarest)
    coder.code(&isRarestOfTime)
    coder.code(&sequenceBytes)
    coder.code(&sequenceSets)
  }

  /// Next to any byte may follow, over and over.
  @inline(__always)
  func isWide(_ step: Int) -> Bool {
    !steps[step].isEnd && steps[step].isLoop && isWideSet[steps[step].set] != 0
  }

  /// From here on the pattern takes next to anything.
  func isSettled(_ step: Int) -> Bool {
    isWide(step) && steps[step].isOptional && steps[step + 1].isEnd
  }

  /// True if a sequence of `needed` stands in a line. Linear in the line.
  func hasSequence(_ number: Int, _ text: borrowing MatchText, from: Int, end: Int) -> Bool {
    let byte = UInt32(sequenceBytes[number]) &* 0x0101_0101
    let first = NeededSequence.following &* number
    var at = from
    while true {
      at = text.firstIndex(ofAny: byte, from: at, limit: end)
      if at == end { return false }
      at &+= 1
      var place = 0
      while place < NeededSequence.following, at &+ place < end,
        sets[Int(sequenceSets[first &+ place])].contains(text[at &+ place])
      {
        place &+= 1
      }
      if place == NeededSequence.following || at &+ place >= end { return true }
    }
  }

  /// The sequence that says most of a pattern; 0 for none.
  func sequence(of number: Int) -> Int { rarest[number] != 0 ? Int(rarest[number]) : Int(needed[number]) }

  /// What may stand at each place of a sequence.
  func sets(ofSequence number: Int) -> [ByteSet] {
    let first = NeededSequence.following * number
    return [ByteSet(CollectionOfOne(sequenceBytes[number]))]
      + (first..<first + NeededSequence.following).map { sets[Int(sequenceSets[$0])] }
  }

  /// How many steps a pattern has, with its end.
  func count(of number: Int) -> Int {
    (number + 1 < starts.count ? Int(starts[number + 1]) : steps.count) - Int(starts[number])
  }

  /// The number of the pattern to which a step belongs, at least `least`. Linear in the numbers between.
  func number(of step: Int, from least: Int) -> Int {
    var number = least
    while number + 1 < starts.count, Int(starts[number + 1]) <= step { number += 1 }
    return number
  }
}
