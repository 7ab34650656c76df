import FormatTestSupport
import LogBytes
import TestSupport
import Testing

@testable import LogFormats

/// Two patterns of which it is said that no text matches both.
struct PatternDisjointnessTests {
  private func areDisjoint(_ one: String, _ other: String) throws -> Bool {
    let (first, second) = (try Pattern.parse(one), try Pattern.parse(other))
    let found = PatternDisjointness.areDisjoint(first.elements, second.elements)
    #expect(found == PatternDisjointness.areDisjoint(second.elements, first.elements))
    return found
  }

  @Test(
    arguments: [
      ("a{x}", "b{x}"), ("{a:word} - {b}", "{a:word} + {b}"), ("[{t:%H:%M:%S}] {m}", "[{t:%H.%M.%S}] {m}"),
      ("{a:chars(a-z.)} {b:int} \"{c}", "Log{:chars(A-Za-z)}: {}"), ("{a:chars(a-z) ..3} {b}", "abcd {b}"),
      ("{a:enum(Kill|Item)}:{b}", "{a:chars(a-z ) 4..}{b}"), ("{t:iso} x", "{a:chars(^ )} [{b}"), ("{a:int}{? b} c{m}", "{a:int} d{m}"),
      ("{~}{a:number}: [{b}", "{a:chars(0-9)} {b:chars(a-z:)} [{c}"), ("a", "ab"), ("{a:level} {b}", "{a:int} {b}"),
    ])
  func `a difference anywhere is found`(one: String, other: String) throws {
    #expect(try areDisjoint(one, other))
  }

  @Test(
    arguments: [
      ("{a} b", "{c:word} {d}"), ("{t:iso} {m}", "{a:word} {b:word} {m}"), ("{a:int} {m}", "{a:number} {m}"),
      ("{?x}{m}", "y{m}"), ("{a:chars(a-z) ..3}{m}", "abcd{m}"), ("{a:enum(in|inner)}{m}", "inner"),
    ])
  func `patterns with a text in common are not said to have none`(one: String, other: String) throws {
    #expect(try !areDisjoint(one, other))
  }

  @Test func `no text of one pattern matches another that is disjoint from it`() throws {
    var generator = PatternGenerator(seed: MatcherPropertyTests.seed &+ 11)
    let patterns = (0..<120).map { _ in generator.accepted() }
    var proofs = 0
    for (number, pattern) in patterns.enumerated() {
      var texts = TextGenerator(pattern, seed: UInt64(number))
      let values = (0..<4).map { _ in texts.value() }
      for other in patterns {
        if !PatternDisjointness.areDisjoint(pattern.elements, other.elements) { continue }
        proofs += 1
        var (reference, otherReference) = (ReferenceMatcher(pattern), ReferenceMatcher(other))
        for value in values where otherReference.match(value) != nil {
          #expect(reference.match(value) == nil, "\(pattern.source) and \(other.source)")
        }
      }
    }
    #expect(proofs > 1000)
  }

  @Test func `what patterns of the catalogue look for is no line of a dialect that is disjoint from it`() throws {
    let formats = try FormatCatalog.readEmbedded()
    let observers = formats.flatMap { $0.hints.require + $0.clock.set }
    var generator = SeededGenerator(seed: 3)
    var proofs = 0
    for dialect in formats.flatMap(\.entry).shuffled(using: &generator).prefix(60) where dialect.tail == nil {
      var texts = TextGenerator(dialect, seed: 1)
      var reference = ReferenceMatcher(dialect)
      let values = (0..<2).map { _ in texts.value() }.filter { reference.match($0) != nil }
      for observer in observers where PatternDisjointness.areDisjoint(dialect.elements, observer.elements) {
        proofs += 1
        var observing = ReferenceMatcher(observer)
        for value in values { #expect(observing.match(value) == nil, "\(dialect.source) and \(observer.source)") }
      }
    }
    #expect(proofs > 1000)
  }
}
