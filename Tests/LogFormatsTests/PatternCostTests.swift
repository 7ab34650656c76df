import Testing

@testable import LogFormats

/// The bound of formats/README.md, "What a match costs": (1 + groups + longest runs) · (1 + width of the widest anchor).
struct PatternCostTests {
  @Test(arguments: [
    // Closed runs and literals read each byte once.
    ("[{a!}] {b}", 0, 0, 0),
    ("{a:word} {b:int}", 0, 0, 0),
    ("{a}: {b}", 0, 0, 2),
    ("{a longest}: {b}", 0, 1, 2),
    ("{a} {b:int}!", 0, 0, 42),
    // Both ways of a group count.
    ("{a}{? x}, {b}", 1, 0, 6),
    ("{a}{? ({b!})}", 1, 0, 258),
    ("{a}{? ({b! ..40})}", 1, 0, 43),
    ("{a} {~}{b:word} {c:int}", 0, 0, 361),
    ("{a} {b:ip}", 0, 0, 61),
  ])
  func `a pattern costs what its anchors are wide`(pattern: String, groups: Int, longest: Int, width: Int) throws {
    let cost = PatternCost(try Pattern.parse(pattern))
    #expect(cost.groups == groups)
    #expect(cost.longestRuns == longest)
    #expect(cost.width == width)
    #expect(cost.factor == (1 + groups + longest) * (1 + width))
  }
}
