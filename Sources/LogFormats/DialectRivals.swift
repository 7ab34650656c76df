import LogBytes
import LogEntries

// Which format takes a line hangs on all that may take it: detection walks through all dialects at once to find those. Where the automaton
// of a dialect has no text in common with those of other formats that could go first, its match alone says as much. That is proven once a
// dialect has taken many lines, while these go by, and kept as long as the catalogue.

/// For dialects that were asked for: which others may take a line of theirs.
struct DialectRivals: ~Copyable {
  /// Pairs of steps that one proof looks at, at most: beyond that nothing is proven.
  private static let greatestPairs = 1 << 14

  /// By pattern: the number of its rows; -1 for one that was not asked for yet.
  private var numbers = ReusedBuffer<Int32>(capacity: 16)
  /// By number: the strong dialects, by their numbers in `DialectTable`, that may take a line of the dialect, a bit each.
  private var dialects = WordBuffer()
  private var dialectLanes = 0
  private var count = 0
  /// Pairs of steps that were seen, a bit each, while two automata are compared; and those that wait.
  private var isSeen = WordBuffer()
  private var waiting = ReusedBuffer<UInt32>(capacity: 256)

  /// The number of the rows of a dialect; they are made if they are not there.
  mutating func find(_ pattern: Int, _ catalog: CompiledCatalog) -> Int {
    if numbers.isEmpty {
      numbers.extend(to: catalog.patterns.count, with: -1)
      dialectLanes = catalog.dialects.filter.lanes
    }
    if numbers[pattern] < 0 { add(pattern, catalog) }
    return Int(numbers[pattern])
  }

  func hasDialect(_ dialect: Int, at number: Int) -> Bool { dialects.contains(64 * number * dialectLanes + dialect) }

  private mutating func add(_ pattern: Int, _ catalog: CompiledCatalog) {
    let number = count
    count += 1
    numbers[pattern] = Int32(number)
    dialects.resize(to: count * dialectLanes, with: 0)
    let own = Int(catalog.dialects.numbers[pattern])
    for other in 0..<catalog.dialects.pairs.count where other != own {
      let pair = catalog.dialects.pairs[other]
      let format = Int(pair / 2)
      // Weak dialects and general formats come behind all that are strong.
      if pair & 1 != 0 || catalog.formats[format].rank == .general { continue }
      guard meets(own, other, catalog.dialects.automaton) else { continue }
      dialects.insert(64 * number * dialectLanes + other)
    }
  }

  /// False if no text leads to the ends of the automata of two dialects. At most linear in the pairs of their steps.
  mutating func meets(_ one: Int, _ other: Int, _ automaton: LineAutomaton) -> Bool {
    let (first, second) = (Int(automaton.starts[one]), Int(automaton.starts[other]))
    let (width, height) = (automaton.count(of: other), automaton.count(of: one))
    guard width * height <= Self.greatestPairs else { return true }
    isSeen.resize(to: 0, with: 0)
    isSeen.resize(to: (width * height + 63) / 64, with: 0)
    waiting.removeAll()
    visit(0, 0, width)
    while !waiting.isEmpty {
      let pair = waiting[waiting.count - 1]
      waiting.truncate(to: waiting.count - 1)
      let (left, right) = (Int(pair) / width, Int(pair) % width)
      let (step, otherStep) = (automaton.steps[first + left], automaton.steps[second + right])
      if step.isEnd, otherStep.isEnd { return true }
      if !step.isEnd {
        if step.isOptional { visit(left + 1, right, width) }
        if step.aside != 0 { visit(left + step.aside, right, width) }
      }
      if !otherStep.isEnd {
        if otherStep.isOptional { visit(left, right + 1, width) }
        if otherStep.aside != 0 { visit(left, right + otherStep.aside, width) }
      }
      if !step.isEnd, !otherStep.isEnd, !automaton.sets[step.set].isDisjoint(with: automaton.sets[otherStep.set]) {
        visit(step.isLoop ? left : left + 1, otherStep.isLoop ? right : right + 1, width)
      }
    }
    return false
  }

  private mutating func visit(_ left: Int, _ right: Int, _ width: Int) {
    let pair = left * width + right
    if isSeen.contains(pair) { return }
    isSeen.insert(pair)
    waiting.append(UInt32(pair))
  }
}
