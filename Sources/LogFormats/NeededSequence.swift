import LogBytes

/// A byte that must stand somewhere in each line that a pattern matches, and what may stand in the three places behind it.
///
/// For patterns with a run of nearly any bytes: how a line begins tells little of them.
struct NeededSequence: Hashable {
  static let following = 3
  var byte: UInt8
  var sets: [ByteSet]

  /// The product of the numbers of bytes that may stand in each place, for a sequence that few other lines have.
  private static let sufficientWeight = 1 << 21
  /// The same for one that hardly any other line has.
  private static let rareWeight = 1 << 12
  private static let punctuation = ByteSet(NeededBytes.punctuation)
  /// Bytes that stand in nearly every line.
  private static let common = ByteSet("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz \t")

  /// One behind the first run of nearly any bytes; nil if there is none.
  init?(_ elements: [PatternElement]) {
    var best: (sequence: NeededSequence, weight: Int)?
    var rest = Self.flattened(elements)[...]
    var isBehindRun = false
    while let element = rest.popFirst() {
      if case .run(let run) = element, LineAutomaton.isWide(run.bytes) { isBehindRun = true }
      guard isBehindRun, case .literal(let literal) = element else { continue }
      for (index, byte) in literal.enumerated() where Self.punctuation.contains(byte) {
        let behind = PatternAutomaton([.literal(Array(literal[(index + 1)...]))] + rest)
        let sequence = NeededSequence(byte: byte, sets: behind.beginning(Self.following))
        // The first that says something will do: the dialects of a format most often have it in common.
        if sequence.weight <= Self.sufficientWeight {
          self = sequence
          return
        }
        if sequence.weight < best?.weight ?? .max { best = (sequence, sequence.weight) }
      }
    }
    guard let best else { return nil }
    self = best.sequence
  }

  /// The one that fewest lines have, wherever it stands; nil if none is rare. What stands in times is, where nothing else is.
  static func rarest(_ elements: [PatternElement]) -> (sequence: NeededSequence, isOfTime: Bool)? {
    var best: NeededSequence?
    var bestOfTime: NeededSequence?
    var rest = flattened(elements)[...]
    while let element = rest.first {
      switch element {
      case .literal(let literal):
        for sequence in sequences(Array(rest), count: literal.count) where sequence.weight < best?.weight ?? rareWeight { best = sequence }
      case .strict(let field):
        guard case .layout = field.type else { break }
        for sequence in sequences(Array(rest), count: placesOfTime) where sequence.weight < bestOfTime?.weight ?? rareWeight {
          bestOfTime = sequence
        }
      case .run, .composite, .group, .blanks: break
      }
      rest = rest.dropFirst()
    }
    return best.map { ($0, false) } ?? bestOfTime.map { ($0, true) }
  }

  /// Those of the first places. From where a text may end, all bytes may stand.
  private static func sequences(_ elements: [PatternElement], count: Int) -> [NeededSequence] {
    let sets = PatternAutomaton(elements).beginning(count + following)
    return (0..<count).filter { sets[$0].count == 1 && !common.contains(sets[$0].members[0]) }.map {
      NeededSequence(byte: sets[$0].members[0], sets: Array(sets[$0 + 1...$0 + following]))
    }
  }

  /// A time is looked at so far.
  private static let placesOfTime = 32

  /// What stands behind most parts of dates and addresses.
  private static let separators = ByteSet("-:.")

  private var weight: Int {
    sets.reduce(1) { $0 * $1.count } * (sets[Self.following - 1].subtracting(Self.separators) == ByteSet() ? 2 : 1)
  }

  /// Says of a line what is true for both; they have the same byte.
  mutating func formUnion(_ other: NeededSequence) {
    for index in sets.indices { sets[index].formUnion(other.sets[index]) }
  }

  /// The byte, whatever stands behind it.
  init(_ byte: UInt8) {
    self.init(byte: byte, sets: [ByteSet](repeating: .all, count: Self.following))
  }

  private init(byte: UInt8, sets: [ByteSet]) {
    self.byte = byte
    self.sets = sets
  }

  /// False if the sequence does not stand in the text.
  func stands(in text: [UInt8]) -> Bool {
    text.indices.contains { at in
      text[at] == byte && sets.enumerated().allSatisfy { place, set in at + 1 + place >= text.count || set.contains(text[at + 1 + place]) }
    }
  }

  /// Groups stay: what they hold may be absent.
  private static func flattened(_ elements: [PatternElement]) -> [PatternElement] {
    elements.flatMap { element in
      if case .composite(let field) = element { flattened(field.elements) } else { [element] }
    }
  }
}

/// All that detection asks of a text before it runs a pattern, word by word: the reference of `LineStates`.
package struct PatternNecessities {
  private let automaton: PatternAutomaton
  private let sequences: [NeededSequence]

  package init(_ pattern: Pattern) {
    automaton = PatternAutomaton(pattern.elements, endsOpen: pattern.tail != nil)
    sequences = [NeededSequence(pattern.elements), NeededSequence.rarest(pattern.elements)?.sequence].compactMap(\.self)
  }

  /// False if the pattern cannot match the text. Quadratic at worst.
  package func allow(_ text: [UInt8]) -> Bool {
    automaton.accepts(text) && sequences.allSatisfy { $0.stands(in: text) }
  }
}
