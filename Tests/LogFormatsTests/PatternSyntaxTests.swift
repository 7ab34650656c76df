import LogBytes
import LogFormats
import TestSupport
import Testing

/// What each piece of a pattern means (formats/README.md, "Syntax").
struct PatternSyntaxTests {
  @Test(arguments: [
    Matching("{{{a}}}", "{x}", ["a=x"]),
    Matching("a}}b", "a}b", []),
    Matching("{?{{a}{b}", "{a", ["b="]),
    Matching("{?{'{'}{a!}{'}'}} {b}", "{x} y", ["a=x", "b=y"]),
    Matching(#"{'\t'}{a}{'\t\\\''}{b}"#, "\tx\t\\'y", ["a=x", "b=y"]),
    Matching(#"{'\x80\xFF'}{a}"#, [0x80, 0xff, 0x61], ["a=a"]),
    Matching(#"a\b{'\\'}{c}"#, #"a\b\x"#, ["c=x"]),
    Matching("ü{a}é", "üxé", ["a=x"]),
    // Compared as they are, except in levels and names of months.
    Matching("Abc{a}", "abcx", nil),
    Matching("{level}{a}", "WaRn!", ["level=WaRn", "a=!"]),
    Matching("{a:%d %b}", "02 jAN", ["a=02 jAN"]),
    // Parts without a name are matched and not kept.
    Matching("{}-{!}:{:int}{:word}", "x-y:1z", []),
    Matching("{level}", "INFO", ["level=INFO"]),
    Matching("{level:word}", "abc", ["level=abc"]),
  ])
  func `a piece of a pattern`(example: Matching) throws {
    try example.check()
  }

  @Test(arguments: [
    // Blanks next to {~} belong to it: one at least stands before it.
    Matching("{a:int}{~} [", "1 [", ["a=1"]),
    Matching("{a:int}{~} [", "1[", nil),
    Matching("{a:int} {~}[", "1 [", ["a=1"]),
    Matching("{a:int} {~}[", "1[", nil),
    Matching("{a:int}{~} [", "1 \t [", ["a=1"]),
    Matching("{a:int}{~} [", "1\t[", nil),
    Matching("{a:int}{~}  [", "1 [", nil),
    Matching("{a:int}{~}{~}[", "1[", ["a=1"]),
    Matching("{~}{a:int}", "\t 1", ["a=1"]),
    Matching("{a:int}{~}", "1 \t", ["a=1"]),
  ])
  func `blanks`(example: Matching) throws {
    try example.check()
  }

  @Test(arguments: [
    // Bytes from 0x80 belong to texts, words, tight runs and negated sets; a set names ASCII only.
    Matching("{a} {b}", "é ü", ["a=é", "b=ü"]),
    Matching("{a:word} {b!}]", "é ü]", ["a=é", "b=ü"]),
    Matching("{a:chars(^])}]", "é]", ["a=é"]),
    Matching("{a:chars(a-z)}]", "é]", nil),
    Matching("{a:host}]", "é]", nil),
    // Limits count bytes.
    Matching("{a! ..2}]", "é]", ["a=é"]),
    Matching("{a! ..1}]", "é]", nil),
    // LF is in no run; only a pattern that ends in `rest` or `csv` sees any.
    Matching("{a};{b:rest}", "x;y\nz", ["a=x", "b=y\nz"]),
    Matching("{a};{b:rest}", "x\ny;z", nil),
    Matching("{a longest};{b:rest}", "x;\ny;z", ["a=x", "b=\ny;z"]),
    Matching("{a!}];{b:rest}", "x\ny];z", nil),
    Matching("{a:word};{b:rest}", "x\ny;z", nil),
    Matching("{a:chars(^])}];{b:rest}", "x\ny];z", nil),
    Matching("{a! ..200}\";{b:rest}", "x\ny\";z", nil),
    Matching("{a:chars(^ )} {b:rest}", "x\ny z", nil),
  ])
  func `bytes of runs`(example: Matching) throws {
    try example.check()
  }

  @Test(arguments: [
    ("A-Za-z0-9_", "Zq9_", "-"), ("a-c", "abc", "d"), ("^\"", "a 'é\t", "\""), ("-a", "-a", "b"), ("a-", "-a", "b"), (#"\-a"#, "-a", "b"),
    (#"a\-c"#, "a-c", "b"), (#"\]\^"#, "]^", "a"), ("^^", "a-", "^"), (#"\\"#, #"\"#, "a"), (#"\)x"#, ")x", "a"), ("a^", "a^", "b"),
    ("A-Z_-", "A_-", "a"), (" ", " ", "\t"), (#"^[\])"#, "(é", "]"),
  ])
  func `a set`(set: String, members: String, other: String) throws {
    let parameter = set.hasSuffix(")") ? String(set.dropLast()) : set
    let pattern = try Pattern.parse("{a:chars(\(parameter))}")
    guard case .run(let run) = pattern.elements[0] else { return #expect(Bool(false), "no run") }
    for byte in bytes(members) { #expect(run.bytes.contains(byte), "\(byte)") }
    for byte in bytes(other) { #expect(!run.bytes.contains(byte), "\(byte)") }
    #expect(!run.bytes.contains(UInt8(ascii: "\n")))
  }
}
