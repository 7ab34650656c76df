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
  private static let punctuation = ByteSet(NeededBytes.punctuation)

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
        let weight = sequence.sets.reduce(1) { $0 * $1.count }
        if weight < best?.weight ?? .max { best = (sequence, weight) }
        // The first that says something will do: the dialects of a format most often have it in common.
        if weight <= Self.sufficientWeight {
          self = sequence
          return
        }
      }
    }
    guard let best else { return nil }
    self = best.sequence
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
  private let sequence: NeededSequence?

  package init(_ pattern: Pattern) {
    automaton = PatternAutomaton(pattern.elements, endsOpen: pattern.tail != nil)
    sequence = NeededSequence(pattern.elements)
  }

  /// False if the pattern cannot match the text. Quadratic at worst.
  package func allow(_ text: [UInt8]) -> Bool {
    automaton.accepts(text) && sequence?.stands(in: text) ?? true
  }
}
