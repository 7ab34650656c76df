import FormatTestSupport
import Foundation
import LogFormats
import TestSupport
import Testing

/// The compiled matcher against the rule word by word, on random patterns and texts; `script/pairs` does the same for a million pairs.
struct MatcherPropertyTests {
  /// Pairs of a pattern and a text; `SLUICE_PAIRS` asks for more than the normal run's.
  static let pairs = ProcessInfo.processInfo.environment["SLUICE_PAIRS"].flatMap { Int($0) } ?? 20_000
  static let seed = ProcessInfo.processInfo.environment["SLUICE_SEED"].flatMap { UInt64($0) } ?? 1

  @Test func `compiled and reference take the same`() {
    let comparison = PairComparison(pairs: Self.pairs, seed: Self.seed)
    let shown = comparison.differences.prefix(5).map(\.description).joined(separator: "\n\n")
    let isSame = comparison.differences.isEmpty
    #expect(isSame, "\(comparison.differences.count) differences\n\(shown)")
    #expect(comparison.refused.isEmpty, "\(comparison.refused.prefix(5))")
    // Texts that match nothing would prove nothing.
    #expect(comparison.matched > Self.pairs / 4)
  }
}
