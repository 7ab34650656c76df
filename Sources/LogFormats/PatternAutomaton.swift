import LogBytes

/// A finite automaton that takes at least every text that a pattern matches: runs and types are seen as their bytes and lengths alone.
///
/// For proofs when formats are compiled (where two automata have no text in common, their patterns have none), and for `LineAutomaton`,
/// which finds the patterns that a line can be of.
struct PatternAutomaton {
  /// A byte of the set leads to the next step, or to this one again.
  struct Step {
    var bytes = ByteSet()
    var isLoop = false
    /// No byte is needed to come to the next step.
    var isOptional = false
    /// Nor to come so far from here; 0 for nowhere.
    var aside = 0
  }

  private(set) var steps: [Step] = []
  /// Addresses are told by their groups, in some 70 steps each, and not only by their bytes.
  let tellsAddresses: Bool

  /// Beyond so many bytes lengths are not counted.
  private static let greatestLength = 40

  /// - Parameter endsOpen: anything may follow.
  init(_ elements: [PatternElement], endsOpen: Bool = false, tellsAddresses: Bool = false) {
    self.tellsAddresses = tellsAddresses
    add(elements)
    if endsOpen || Self.endsInText(elements) { add(.all, least: 0, most: nil) }
  }

  /// At the very end such a run takes line feeds too.
  private static func endsInText(_ elements: [PatternElement]) -> Bool {
    switch elements.last {
    case .run(let run): run.isText
    case .group(let inner): endsInText(inner)
    case .composite(let field): endsInText(field.elements)
    case .literal, .blanks, .strict, nil: false
    }
  }

  /// Takes at least what these steps do: from `limit` on anything, or from where choices that begin before it end, if that is not far.
  func cut(to least: Int, atMost greatest: Int) -> PatternAutomaton {
    guard steps.count > least else { return self }
    var limit = least
    // A choice that could be cut short would take anything from its beginning on.
    for index in steps.indices where index < limit { limit = max(limit, index + steps[index].aside) }
    if limit > greatest { limit = least }
    guard steps.count > limit else { return self }
    var shorter = self
    shorter.steps.removeSubrange(limit...)
    for index in shorter.steps.indices { shorter.steps[index].aside = min(shorter.steps[index].aside, limit - index) }
    shorter.add(.all, least: 0, most: nil)
    return shorter
  }

  // MARK: Building

  private mutating func add(_ elements: [PatternElement]) {
    for element in elements {
      switch element {
      case .literal(let bytes): add(bytes)
      case .blanks: add(ByteSet(" \t"), least: 0, most: nil)
      case .run(let run): add(run.bytes, least: run.least, most: run.most)
      case .composite(let field): add(field.elements)
      case .group(let inner): addOptional { $0.add(inner) }
      case .strict(let field): add(field.type)
      }
    }
  }

  mutating func add(_ bytes: ByteSet) {
    steps.append(Step(bytes: bytes))
  }

  mutating func add(_ literal: [UInt8]) {
    for byte in literal { add(ByteSet(CollectionOfOne(byte))) }
  }

  mutating func add(_ bytes: ByteSet, least: Int, most: Int?) {
    let counted = min(least, Self.greatestLength)
    for _ in 0..<counted { add(bytes) }
    guard let most, most <= Self.greatestLength else {
      steps.append(Step(bytes: bytes, isLoop: true, isOptional: true))
      return
    }
    let end = steps.count + max(0, most - counted)
    while steps.count < end { steps.append(Step(bytes: bytes, aside: end - steps.count)) }
  }

  /// What `build` adds may be absent.
  mutating func addOptional(_ build: (inout PatternAutomaton) -> Void) {
    let start = steps.count
    steps.append(Step(isOptional: true))
    build(&self)
    steps[start].aside = steps.count - start
  }

  /// One of several.
  mutating func addChoice(_ choices: [(inout PatternAutomaton) -> Void]) {
    var ends: [Int] = []
    for (number, choice) in choices.enumerated() {
      let start = steps.count
      steps.append(Step(isOptional: true))
      choice(&self)
      if number == choices.count - 1 { break }
      ends.append(steps.count)
      steps.append(Step())
      steps[start].aside = steps.count - start
    }
    for end in ends { steps[end].aside = steps.count - end }
  }

  /// Any number of times.
  mutating func addRepeated(_ build: (inout PatternAutomaton) -> Void) {
    let start = steps.count
    steps.append(Step(isOptional: true))
    build(&self)
    steps.append(Step(aside: start - steps.count))
    steps[start].aside = steps.count - start
  }

  // MARK: Texts

  /// Every step that is reached from one without a byte; the number of steps is the end.
  private func reached(from step: Int, _ visit: (Int) -> Void) {
    visit(step)
    guard step < steps.count else { return }
    if steps[step].isOptional { visit(step + 1) }
    if steps[step].aside != 0 { visit(step + steps[step].aside) }
  }

  /// False if no text leads to the ends of both. At most as many steps as both have pairs of them.
  func meets(_ other: PatternAutomaton) -> Bool {
    let width = other.steps.count + 1
    var isSeen = [Bool](repeating: false, count: (steps.count + 1) * width)
    var waiting: [(Int, Int)] = []
    func visit(_ one: Int, _ two: Int) {
      if isSeen[one * width + two] { return }
      isSeen[one * width + two] = true
      waiting.append((one, two))
    }
    visit(0, 0)
    while let (one, two) = waiting.popLast() {
      if one == steps.count, two == other.steps.count { return true }
      reached(from: one) { visit($0, two) }
      other.reached(from: two) { visit(one, $0) }
      if one < steps.count, two < other.steps.count, !steps[one].bytes.isDisjoint(with: other.steps[two].bytes) {
        visit(steps[one].isLoop ? one : one + 1, other.steps[two].isLoop ? two : two + 1)
      }
    }
    return false
  }

  /// The bytes that may stand at each of the first places; all of them from where a text may end.
  func beginning(_ count: Int) -> [ByteSet] {
    var sets: [ByteSet] = []
    var current = closed([0])
    while sets.count < count {
      if current.contains(steps.count) { return sets + repeatElement(.all, count: count - sets.count) }
      sets.append(current.reduce(into: ByteSet()) { $0.formUnion(steps[$1].bytes) })
      current = closed(Set(current.filter { !steps[$0].bytes.isEmpty }.map { steps[$0].isLoop ? $0 : $0 + 1 }))
    }
    return sets
  }

  /// The steps, and all that are reached from them without a byte.
  func closed(_ begin: Set<Int>) -> Set<Int> {
    var all = begin
    var waiting = Array(begin)
    while let step = waiting.popLast() {
      reached(from: step) { if all.insert($0).inserted { waiting.append($0) } }
    }
    return all
  }

  /// False if no pattern of this automaton matches the text.
  func accepts(_ text: [UInt8]) -> Bool {
    var current = closed([0])
    for byte in text {
      let stepping = current.filter { $0 < steps.count && steps[$0].bytes.contains(byte) }
      current = closed(Set(stepping.map { steps[$0].isLoop ? $0 : $0 + 1 }))
    }
    return current.contains(steps.count)
  }
}
