import LogBytes

/// A byte that must stand somewhere in each line that a pattern matches, and what may stand in the three places behind it.
///
/// For patterns with a run of nearly any bytes: how a line begins tells little of them.
struct NeededSequence: Hashable {
  static let following = 3
  var byte: UInt8
  var sets: [ByteSet]

  private static let punctuation = ByteSet(NeededBytes.punctuation)

  /// The one behind the first run of nearly any bytes that says most; nil if there is none.
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
      }
    }
    guard let best else { return nil }
    self = best.sequence
  }

  /// The byte, whatever stands behind it.
  init(_ byte: UInt8) {
    self.init(byte: byte, sets: [ByteSet](repeating: .all, count: Self.following))
  }

  private init(byte: UInt8, sets: [ByteSet]) {
    self.byte = byte
    self.sets = sets
  }

  /// Groups stay: what they hold may be absent.
  private static func flattened(_ elements: [PatternElement]) -> [PatternElement] {
    elements.flatMap { element in
      if case .composite(let field) = element { flattened(field.elements) } else { [element] }
    }
  }
}
