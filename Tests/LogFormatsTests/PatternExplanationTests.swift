import LogBytes
import TestSupport
import Testing

@testable import LogFormats

/// Where a pattern stopped, what it wanted there, and how its runs end.
struct PatternExplanationTests {
  @Test(arguments: [
    ("[{a!}] {b}", "x", 0, "\"[\""),
    ("[{a!}] {b}", "[x]", 3, "\" \""),
    ("[{a!}]-> {b}", "[x]-", 4, "\"> \""),
    ("{a:int} {b}", "12", 2, "\" \""),
    ("{a:int} {b}", "x", 0, "int"),
    ("{a:int 3..4} {b}", "12 x", 0, "int 3..4"),
    ("{a:chars(0-9) 3..4} {b}", "12 x", 0, "chars(0-9) 3..4"),
    ("{a:word} {b:word}", "x ", 2, "word"),
    ("{a:enum(on|off)}", "of", 0, "enum(off|on)"),
    ("{a:int}", "12 ", 2, "the end"),
    ("{time:%Y-%m-%d} {b}", "2026-13-01 x", 0, "%Y-%m-%d"),
    // An open run: where its anchor came furthest.
    ("[{a}/{level}]: {b}", "[x/y/INFO] z", 10, "\": \""),
    ("[{a}/{level}]: {b}", "[x/y z", 3, "level"),
    ("[{a}/{level}]: {b}", "[xyz", 1, "\"/\""),
    ("{a} by {w:word}", "x by y z", 6, "the end"),
    ("{a!}: {b} = {c:int}", "x: y = z", 7, "int"),
    // A group is passed over, and the element behind it is what does not match.
    ("{a:int}{? ({b!})}!", "1 (x)", 5, "\"!\""),
    // In a tail's pattern the text ends before the tail.
    ("{a:int}{:tail(k:int)}", "1x, k: 2", 1, "the end"),
  ])
  func `a stop has its place and what is wanted`(pattern: String, text: String, at: Int, wanted: String) throws {
    let explanation = PatternExplanation(try Pattern.parse(pattern), bytes(text))
    let stop = try #require(explanation.stop)
    #expect(stop.at == at)
    #expect(stop.wanted == wanted)
  }

  @Test(arguments: [
    ("{a!}]{b}", "a", "!", "up to \"]\""),
    ("{a:word} {b}", "a", "word", "up to \"\\t\" or \" \""),
    ("{a:chars(A-Za-z_-) 1..9}: {b}", "a", "chars(A-Za-z_-)", "while chars(A-Z_a-z-)"),
    ("{a}: {b}", "a", "text", "up to the first \": \""),
    ("{a longest}: {b}", "a", "text", "up to the last \": \""),
    ("{a}: {b}", "b", "text", "to the end"),
    ("{a}/{b:int}{? x}!", "a", "text", "up to the first \"/\" int \" x\" \"!\" the end or \"/\" int \"!\" the end"),
    ("{a:host}.{b:word}", "b", "word", "to the end"),
    ("{a} {b:rest}", "a", "text", "up to the first \" \""),
    ("{time:%d/%b/%Y:%H:%M:%S} {b}", "time", "%d/%b/%Y:%H:%M:%S", ""),
    ("{level} {b}", "level", "level", ""),
    ("{a:enum(x\\)|y)} {b}", "a", "enum(x\\)|y)", ""),
    ("{a:int 1..4} {b}", "a", "int", ""),
  ])
  func `a field has its type as it is written, and its end`(pattern: String, name: String, type: String, end: String) throws {
    let ends = PatternEnds(try Pattern.parse(pattern))
    let field = try #require(ends.byName[name])
    #expect(field.type == type)
    #expect(field.end == end)
  }

  @Test func `fields of a unit are described by what they may hold`() throws {
    let context = PatternContext(types: ["who": .pattern("\"{self:chars(^\") longest}<{slot:int}>\"", position: SourcePosition())])
    let pattern = try Pattern.parse("{a:who} left", context: context)
    let ends = PatternEnds(pattern)
    #expect(ends.byName["a"]?.type == "chars(^\")")
    #expect(ends.byName["a"]?.end == "up to the last \"<\" int '>\"'")
    #expect(ends.byName["a_slot"]?.type == "int")
    let explanation = PatternExplanation(pattern, bytes("\"x<7> left"))
    #expect(explanation.stop?.at == 5)
    #expect(explanation.stop?.wanted == "'\"'")
    #expect(explanation.fields.isEmpty)
  }

  @Test func `the fields before a stop are known`() throws {
    let explanation = PatternExplanation(try Pattern.parse("{a:int} {b!}, {c:int}"), bytes("12 x, y"))
    #expect(explanation.fields.map(\.name) == ["a", "b"])
    #expect(explanation.fields.map(\.range) == [0..<2, 3..<4])
    #expect(explanation.stop?.evidence == 4)
  }

  @Test func `sets are written as people write them`() {
    #expect(PatternWords.set(PatternResolver.text) == "text")
    #expect(PatternWords.set(PatternResolver.word) == "word")
    #expect(PatternWords.set(PatternResolver.host) == "host")
    #expect(PatternWords.set(ByteSet("abcx0123-)\\")) == "chars(\\)0-3\\\\a-cx-)")
    #expect(PatternWords.set(PatternResolver.text.subtracting(ByteSet("] -"))) == "chars(^ ]-)")
    #expect(PatternWords.visible(bytes("a\tb\u{1}\u{7f}é")) == "a\\tb\\x01\\x7fé")
    #expect(PatternWords.visible([0xff]) == "\u{fffd}")
  }
}
