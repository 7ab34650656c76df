import LogEntries
import LogFormats
import TestSupport
import Testing

/// `level`, `level(…)`, `enum`, `flag`, own enumerations.
struct WordTypeTests {
  @Test(arguments: [
    Taking("level", "INFO", ":"), Taking("level", "warn", " x"), Taking("level", "Error"), Taking("level", "information", "-"),
    Taking("level", "inf", "."), Taking("level", "err", "!"), Taking("level", "debug3"), Taking("level", "FATAL", "\u{e9}"),
    // No letter or digit may follow, so the longest word that stands there is all of them.
    Taking("level", nil, "INFOS"), Taking("level", nil, "info2"), Taking("level", nil, "debug6"), Taking("level", nil, "informationals"),
    // One letter is a level only where a pattern or a format says so.
    Taking("level", nil, "I"), Taking("level", nil, "E:"), Taking("level", nil, ""), Taking("level", nil, " info"),
    Taking("level", nil, "hello"),
    Taking("level", nil, "informationinformation"), Taking("level", "emergency", "_"),
    Taking("level(E|W|I)", "E", "x"), Taking("level(E|W|I)", "W", "ARN"), Taking("level(E|W|I)", nil, "e"),
    Taking("level(E|W|I)", nil, "D"),
    Taking("level(ERROR|ERR)", "ERROR", "S"), Taking("level(ERR|ERROR)", "ERR", "O"),
    Taking("level(INFO|INFORMATIONAL)", "INFO", "RMATION"),
  ])
  func `level takes`(row: Taking) throws { try row.check() }

  @Test(arguments: [
    Taking("enum(JOIN|LEAVE)", "JOIN", "T"), Taking("enum(JOIN|LEAVE)", nil, "join"), Taking("enum(JOIN|LEAVE)", nil, "JOI"),
    Taking("enum(a|ab|abc)", "abc", "d"), Taking("enum(abc|ab|a)", "ab", "d"), Taking("enum(a|ab|abc)", "a", "c"),
    Taking(#"enum(\)|\||\\)"#, ")", "x"), Taking(#"enum(\)|\||\\)"#, "|"), Taking(#"enum(\)|\||\\)"#, #"\"#, "x"),
    Taking("enum(x y|x)", "x y"),
    Taking("enum(abcdefghijkl|abcdefghijkm)", "abcdefghijkm", "l"), Taking("enum(abcdefghijkl|abcdefghi)", "abcdefghi", "jkm"),
    Taking("flag(headshot)", "headshot", "s"), Taking("flag(headshot)", nil, "head"),
    Taking(#"flag(a\|b)"#, "a|b", "c"),
    Taking("flag(-)", "-", "-"), Taking("flag(-)", nil, ""),
  ])
  func `words take`(row: Taking) throws { try row.check() }

  static let context = PatternContext(
    types: [
      "team": .enumeration([
        EnumerationWord(word: bytes("T"), value: bytes("red")), EnumerationWord(word: bytes("CT"), value: bytes("blue")),
      ])
    ],
    levels: [
      LevelWord(word: bytes("i"), level: .info), LevelWord(word: bytes("*"), level: .warn), LevelWord(word: bytes("log"), level: .error),
      LevelWord(word: bytes("net-in"), level: .trace),
    ])

  @Test(arguments: [
    Taking("level", "I", " "), Taking("level", "*", " "), Taking("level", "*", "-"), Taking("level", "NET-in"), Taking("level", nil, "Ix"),
    Taking("level", "Log", "."), Taking("level", nil, "*x"), Taking("level", "warn", "*"), Taking("level(*)", "*", "x"),
    Taking("team", "CT", "T"), Taking("team", "T", "C"), Taking("team", nil, "ct"),
  ])
  func `a format's own words`(row: Taking) throws { try row.check(context: Self.context) }

  @Test(arguments: [
    Valuing("level", "INFO", "x='info'"), Valuing("level", "severe", "x='error'"), Valuing("level", "*", "x='warn'"),
    Valuing("level", "LOG", "x='error'"),
    Valuing("level(D|V)", "V", "x='trace'"), Valuing("enum(JOIN|LEAVE)", "JOIN", "x='JOIN'"),
    Valuing("flag(headshot)", "headshot", "x=true"),
    Valuing("team", "T", "x='red'"), Valuing("team", "CT", "x='blue'"),
  ])
  func `a word's value`(row: Valuing) throws { try row.check(context: Self.context) }

  @Test(arguments: [
    // Section "Level words": each with its level, any case.
    ("trace", "trace trc finest finer verbose vrb all"), ("debug", "debug dbg fine config debug1 debug2 debug3 debug4 debug5"),
    ("info", "info information informational inform inf notice log message note statement display none system always okay"),
    ("warn", "warn warning wrn"), ("error", "error err eror severe failure exception exc"),
    ("fatal", "fatal critical crit alert emergency emerg panic ftl"),
  ])
  func `every word of the common table`(level: String, words: String) throws {
    let probe = try EntryProbe(["{level}: {x}"])
    for word in words.split(separator: " ") {
      #expect(probe.fields("\(word): y") == ["level=\(level)", "x='y'"])
      #expect(probe.fields("\(word.uppercased()): y") == ["level=\(level)", "x='y'"])
    }
  }

  @Test(arguments: [("trace", "v"), ("debug", "d"), ("info", "i"), ("warn", "w"), ("error", "e"), ("fatal", "f")])
  func `one letter where a pattern says so`(level: String, letter: String) throws {
    let probe = try EntryProbe(["{level:level(\(letter.uppercased()))} {x}"])
    #expect(probe.fields("\(letter.uppercased()) y") == ["level=\(level)", "x='y'"])
    #expect(probe.fields("\(letter) y") == nil)
  }

  @Test(
    arguments: [
      ("{level:word} {x}", "WARN y", ["level=warn", "x='y'"]), ("{level:word} {x}", "loud y", ["level_text='loud'", "x='y'"]),
      ("{level!}] {x}", "info] y", ["level=info", "x='y'"]), ("{level:enum(a|ERROR)} {x}", "ERROR y", ["level=error", "x='y'"]),
      ("{level:enum(a|ERROR)} {x}", "a y", ["level_text='a'", "x='y'"]),
    ])
  func `a field named level is looked up`(pattern: String, line: String, fields: [String]) throws {
    #expect(try EntryProbe([pattern]).fields(line) == fields)
  }

  @Test func `a level is looked up in what a field's value is`() throws {
    #expect(try EntryProbe(["{level:quoted} {x}"]).fields(#""wa\x72n" y"#) == ["level=warn", "x='y'"])
    #expect(try EntryProbe(["{level:quoted} {x}"]).fields(#""loud" y"#) == ["level_text='loud'", "x='y'"])
    let words = [EnumerationWord(word: bytes("R"), value: bytes("error")), EnumerationWord(word: bytes("G"), value: bytes("good"))]
    let context = PatternContext(types: ["colour": .enumeration(words)])
    #expect(try EntryProbe(["{level:colour} {x}"], context: context).fields("R y") == ["level=error", "x='y'"])
    #expect(try EntryProbe(["{level:colour} {x}"], context: context).fields("G y") == ["level_text='good'", "x='y'"])
  }
}
