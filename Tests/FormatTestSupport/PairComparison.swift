import LogFormats
import TestSupport

/// The compiled matcher against the reference on generated patterns and texts; and what detection asks of a text before it runs a pattern:
/// a text that matches must have it.
package struct PairComparison {
  /// Texts that the reference took; if they are few, the pairs prove little.
  package private(set) var matched = 0
  package private(set) var pairs = 0
  package private(set) var differences: [Difference] = []
  /// Patterns with a text that they match, but of which detection would say that they cannot.
  package private(set) var refused: [String] = []

  private static let textsOfPattern = 16

  /// Compares this many pairs or a few more, 16 texts a pattern. The same seed gives the same pairs.
  package init(pairs count: Int, seed: UInt64) {
    var generator = PatternGenerator(seed: seed)
    var number = 0
    while pairs < count {
      defer { number += 1 }
      let pattern = generator.accepted()
      // More than 16 branches are refused when the pattern is compiled.
      guard var probe = try? MatchProbe(pattern) else { continue }
      var reference = ReferenceMatcher(pattern)
      let necessities = PatternNecessities(pattern)
      var texts = TextGenerator(pattern, seed: UInt64(number) ^ seed << 32)
      for _ in 0..<Self.textsOfPattern {
        let text = texts.text()
        let expected = reference.match(text)
        pairs += 1
        if expected != nil {
          matched += 1
          if !necessities.allow(text) { refused.append("\(pattern.source) on \(String(decoding: text, as: UTF8.self))") }
        }
        let (chunk, part) = texts.surrounded(text)
        let taken = probe.match(chunk, part)
        if taken != expected {
          differences.append(Difference(pattern: pattern.source, text: text, compiled: taken, reference: expected))
        }
      }
    }
  }
}
