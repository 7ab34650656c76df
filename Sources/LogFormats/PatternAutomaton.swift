import LogBytes

/// A finite automaton that takes at least every text that a pattern matches: runs and types are seen as their bytes and lengths alone.
///
/// For proofs when formats are compiled: where two automata have no text in common, their patterns have none.
struct PatternAutomaton {
  private struct State {
    /// A byte of the set leads to the next state.
    var bytes = ByteSet()
    var next = 0
    /// Or no byte at all, to these.
    var aside: [Int] = []
  }

  private var states: [State] = [State()]
  /// Where the last element ends.
  private var end = 0

  /// Beyond so many bytes lengths are not counted.
  private static let greatestLength = 40

  init(_ elements: [PatternElement]) {
    add(elements)
  }

  // MARK: Building

  private mutating func add(_ elements: [PatternElement]) {
    for element in elements {
      switch element {
      case .literal(let bytes): add(bytes)
      case .blanks: add(ByteSet(" \t"), least: 0, most: nil)
      case .run(let run): add(run.bytes, least: run.least, most: run.most)
      case .composite(let field): add(field.elements)
      case .group(let inner):
        let start = end
        add(inner)
        states[start].aside.append(end)
        step()
      case .strict(let field): add(field.type)
      }
    }
  }

  /// A new end that no state leads to but the last one: what is added later must not be reached from inside of what was there.
  private mutating func step() {
    states.append(State())
    states[end].aside.append(states.count - 1)
    end = states.count - 1
  }

  private mutating func add(_ bytes: ByteSet) {
    states.append(State())
    states[end].bytes = bytes
    states[end].next = states.count - 1
    end = states.count - 1
  }

  private mutating func add(_ literal: [UInt8]) {
    for byte in literal { add(ByteSet(CollectionOfOne(byte))) }
  }

  private mutating func add(_ bytes: ByteSet, least: Int, most: Int?) {
    let counted = min(least, Self.greatestLength)
    for _ in 0..<counted { add(bytes) }
    if let most, most <= Self.greatestLength {
      var exits: [Int] = []
      for _ in counted..<max(counted, most) {
        exits.append(end)
        add(bytes)
      }
      for exit in exits { states[exit].aside.append(end) }
      if !exits.isEmpty { step() }
    } else {
      step()
      states[end].bytes = bytes
      states[end].next = end
      step()
    }
  }

  private mutating func add(_ type: StrictType) {
    switch type {
    case .enumeration(let words):
      let start = end
      var ends: [Int] = []
      for word in words {
        states.append(State())
        states[start].aside.append(states.count - 1)
        end = states.count - 1
        add(word.word)
        ends.append(end)
      }
      states.append(State())
      end = states.count - 1
      for wordEnd in ends { states[wordEnd].aside.append(end) }
    case .layout(let layout):
      for set in PositionSets.certainSets(of: layout) { add(set) }
      if !PositionSets.isCertain(layout) { add(.all, least: 0, most: nil) }
    case .iso:
      for set in PositionSets.beginningOfISO { add(set) }
      add(PositionSets.endOfISO, least: 0, most: nil)
    default:
      let (bytes, least) = PositionSets.content(of: type)
      let start = end
      add(type.firstBytes)
      add(bytes, least: max(0, least - 1), most: nil)
      if type.canBeEmpty {
        states[start].aside.append(end)
        step()
      }
    }
  }

  // MARK: Texts in common

  /// False if no text leads to the ends of both. At most as many steps as both have pairs of states.
  func meets(_ other: PatternAutomaton) -> Bool {
    var isSeen = [Bool](repeating: false, count: states.count * other.states.count)
    var waiting: [(Int, Int)] = []
    func visit(_ one: Int, _ two: Int) {
      if isSeen[one * other.states.count + two] { return }
      isSeen[one * other.states.count + two] = true
      waiting.append((one, two))
    }
    visit(0, 0)
    while let (one, two) = waiting.popLast() {
      if one == end, two == other.end { return true }
      for aside in states[one].aside { visit(aside, two) }
      for aside in other.states[two].aside { visit(one, aside) }
      if !states[one].bytes.isDisjoint(with: other.states[two].bytes) { visit(states[one].next, other.states[two].next) }
    }
    return false
  }
}
