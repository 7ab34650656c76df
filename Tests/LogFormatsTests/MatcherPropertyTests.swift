import FormatTestSupport
import Foundation
import LogFormats
import TestSupport
import Testing

/// The compiled matcher against the rule word by word, on random patterns and texts.
struct MatcherPropertyTests {
  /// Pairs of a pattern and a text; `SLUICE_PAIRS=1000000` asks for more than the normal run's.
  static let pairs = ProcessInfo.processInfo.environment["SLUICE_PAIRS"].flatMap { Int($0) } ?? 20_000
  static let seed = ProcessInfo.processInfo.environment["SLUICE_SEED"].flatMap { UInt64($0) } ?? 1
  static let textsOfPattern = 16

  @Test func `compiled and reference take the same`() throws {
    var generator = PatternGenerator(seed: Self.seed)
    var matched = 0
    var differences: [Difference] = []
    for number in 0..<Self.pairs / Self.textsOfPattern {
      let pattern = generator.accepted()
      // More than 16 branches are refused when the pattern is compiled.
      guard var probe = try? MatchProbe(pattern) else { continue }
      var reference = ReferenceMatcher(pattern)
      var texts = TextGenerator(pattern, seed: UInt64(number) ^ Self.seed << 32)
      for _ in 0..<Self.textsOfPattern {
        let text = texts.text()
        let expected = reference.match(text)
        if expected != nil { matched += 1 }
        let (chunk, part) = texts.surrounded(text)
        let taken = probe.match(chunk, part)
        if taken != expected {
          differences.append(Difference(pattern: pattern.source, text: text, compiled: taken, reference: expected))
        }
      }
    }
    let shown = differences.prefix(5).map(\.description).joined(separator: "\n\n")
    let isSame = differences.isEmpty
    #expect(isSame, "\(differences.count) differences\n\(shown)")
    // Texts that match nothing would prove nothing.
    #expect(matched > Self.pairs / 4)
  }
}
