import FormatTestSupport
import LogFormats
import TestSupport
import Testing

/// The bound of formats/README.md, "What a match costs": at most (1 + g + l) · (1 + W) · n bytes are read.
struct MatchCostTests {
  /// What the bound needs to know of a pattern.
  private struct Bound {
    var groups = 0
    var longest = 0
    /// The sum of the widths of the branches of the widest anchor; where an element ends by what stands behind it, that byte counts.
    var widest = 0
    /// Elements, each of which looks at one byte more than it takes.
    var elements = 0

    init(_ elements: [PatternElement]) { add(elements, behind: [], inComposite: false) }

    private mutating func add(_ elements: [PatternElement], behind: [PatternElement], inComposite: Bool) {
      for (index, element) in elements.enumerated() {
        let rest = Array(elements[(index + 1)...]) + behind
        self.elements += 1
        switch element {
        case .literal, .blanks, .strict: break
        case .group(let inner):
          groups += 1
          add(inner, behind: rest, inComposite: inComposite)
        case .composite(let field): add(field.elements, behind: [], inComposite: true)
        case .run(let run):
          if run.longest { longest += 1 }
          if PatternAnalysis.isClosed(run, followedBy: rest, inComposite: inComposite) { continue }
          widest = max(widest, Anchor(followedBy: rest, inComposite: inComposite).branches.reduce(0) { $0 + width($1) })
        }
      }
    }

    private func width(_ branch: [AnchorElement]) -> Int {
      branch.reduce(0) { sum, element in
        switch element {
        case .literal(let bytes): sum + bytes.count
        case .blanks: sum + Anchor.greatestBlanks + 1
        case .strict(let field): sum + (field.most ?? field.type.greatestWidth ?? 1) + 1
        case .closedRun(_, _, let most): sum + most + 1
        case .firstByte: sum + 1
        case .end: sum
        }
      }
    }

    func bytes(of count: Int) -> Int { (1 + groups + longest) * (1 + widest) * (count + elements) }
  }

  /// How many bytes the rule reads of a text.
  private func reads(_ pattern: Pattern, _ text: [UInt8]) -> Int {
    var reference = ReferenceMatcher(pattern)
    _ = reference.match(text)
    return reference.steps
  }

  @Test func `no text made to hurt costs more than the bound`() throws {
    var generator = PatternGenerator(seed: MatcherPropertyTests.seed &+ 3)
    for number in 0..<300 {
      let pattern = generator.accepted()
      guard (try? MatchProbe(pattern)) != nil else { continue }
      let bound = Bound(pattern.elements)
      var texts = TextGenerator(pattern, seed: UInt64(number))
      for _ in 0..<4 {
        let text = texts.repeated(to: 400)
        let reads = reads(pattern, text)
        #expect(
          reads <= bound.bytes(of: text.count),
          "\(pattern.source) reads \(reads) of \(text.count) bytes: \(String(decoding: text, as: UTF8.self))")
      }
    }
  }

  @Test func `the patterns of the catalogue keep the bound`() throws {
    for format in try FormatCatalog.readEmbedded() {
      for pattern in format.entry + format.events.flatMap({ $0.events.map(\.pattern) }) {
        let bound = Bound(pattern.elements)
        var texts = TextGenerator(pattern, seed: 1)
        let text = texts.repeated(to: 300)
        #expect(reads(pattern, text) <= bound.bytes(of: text.count), "\(format.name): \(pattern.source)")
      }
    }
  }

  /// Worst cases by hand: a text begins alike everywhere, and is nowhere what it seems. With the bytes read for a byte at most.
  static let worst: [(pattern: String, piece: String, perByte: Int, matches: Bool)] = [
    ("{m}{? ({l!})}", " (a", 90, true), ("{m}{? ({l! ..40})}", " (a", 20, true), ("{m}{~}x", " ", 68, false),
    ("{a longest}, {b longest}; {c}", ", ; ", 8, true), ("{?{a}: }{?{b}; }{c:word} end", "x: y; ", 12, false),
    ("{a}{?1}{?2}{?3}{?4}: {b}", "1234", 40, false), ("{a} {b:%Y-%m-%d %H:%M:%S}", " 2026-01-02 03:04:0", 12, false),
    ("{a} [{b:chars(a-z) ..200}] [{c:chars(a-z) ..200}] x", " [a] [b] ", 8, false), ("{a longest}\"{b! ..250}\"", "\"", 5, true),
  ]

  @Test(arguments: worst.indices)
  func `the cost of a byte does not grow with the text`(index: Int) throws {
    let (source, piece, perByte, matches) = Self.worst[index]
    let pattern = try Pattern.parse(source)
    for length in [600, 6000] {
      let text = bytes("x" + String(repeating: piece, count: length / piece.utf8.count))
      let reads = reads(pattern, text)
      #expect(reads <= perByte * text.count, "\(reads / text.count) a byte at \(length)")
      #expect(reads <= Bound(pattern.elements).bytes(of: text.count))
    }
    // A matcher that were quadratic would not come back from this.
    var probe = try MatchProbe(pattern)
    let isMatch = probe.match(bytes("x" + String(repeating: piece, count: 200_000 / piece.utf8.count))) != nil
    #expect(isMatch == matches)
  }
}
