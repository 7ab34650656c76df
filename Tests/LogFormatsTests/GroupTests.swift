import Testing

/// Groups: taken if all of their elements match, else passed over as if they were not written.
struct GroupTests {
  @Test(arguments: [
    Matching("{?a}b", "ab", []),
    Matching("{?a}b", "b", []),
    Matching("{?a}b", "aab", nil),
    Matching("{?[{a!}] }{b}", "[x] y", ["a=x", "b=y"]),
    Matching("{?[{a!}] }{b}", "[x]y", ["b=[x]y"]),
    // Nothing of a group that failed is kept.
    Matching("{?{a:int}-{b:int} }{c}", "1-x", ["c=1-x"]),
    Matching("{?{a:int}{?-{b:int}};}{c}", "1-2x", ["c=1-2x"]),
    // Groups in groups.
    Matching("{?[{a:int}{?:{b:int}}]}{c}", "[1:2]x", ["a=1", "b=2", "c=x"]),
    Matching("{?[{a:int}{?:{b:int}}]}{c}", "[1]x", ["a=1", "c=x"]),
    Matching("{?[{a:int}{?:{b:int}}]}{c}", "[1:]x", ["c=[1:]x"]),
    Matching("{?{?{?a}b}c}d", "abcd", []),
    Matching("{?{?{?a}b}c}d", "cd", []),
    Matching("{?{?{?a}b}c}d", "abd", nil),
    // Each is decided once, where it stands: what comes behind does not change it.
    Matching("{?a}ab", "ab", nil),
    Matching("{?{a:int}}{b:int}", "12", nil),
    Matching("{?{a:int 1..1}}{b:int}", "12", ["b=12"]),
    // Runs inside read on behind the group, the decision does not.
    Matching("{?{a}, }{b} end", "x, y end", ["a=x", "b=y"]),
    Matching("{?{a} - }{b:word} end", "x - y z end", nil),
    Matching("{?{a} - }{b:word} end", "x - y - z end", ["a=x - y", "b=z"]),
    Matching("x{? {a:word}}", "x y", ["a=y"]),
    Matching("x{? {a:word}}", "x", []),
    // Sixteen of them.
    Matching(String(repeating: "{?a}", count: 16) + "b", "aaab", []),
    Matching(String(repeating: "{?", count: 16) + "a" + String(repeating: "b}", count: 16) + "c", "abbbbbbbbbbbbbbbbc", []),
  ])
  func `a group`(example: Matching) throws {
    try example.check()
  }
}
