import LogFormats
import TestSupport
import Testing

/// What is refused of a format file beyond its patterns: keys, values, structure; each with its place.
struct RefusedFileTests {
  /// Lines that make a format on their own.
  static let good = "name: probe\nentry: ['[{time:%H:%M:%S}] {message}']\n"

  struct Refused: Sendable, CustomTestStringConvertible {
    var text: String
    var line: Int
    var column: Int
    var message: String
    var hint: String

    /// - Parameter more: lines behind those that make a format: they begin in line 3.
    init(more: String, _ line: Int, _ column: Int, _ message: String, _ hint: String) {
      self.init(RefusedFileTests.good + more, line, column, message, hint)
    }

    init(_ text: String, _ line: Int, _ column: Int, _ message: String, _ hint: String) {
      self.text = text
      self.line = line
      self.column = column
      self.message = message
      self.hint = hint
    }

    var testDescription: String { "\(line):\(column): \(message)" }
  }

  @Test(arguments: [
    // YAML.
    Refused("", 1, 1, "the file is empty", "a format begins with name:"),
    Refused("- a\n", 1, 1, "a format must be a map", "key: value"),
    Refused("name: probe\nentry: ['a\n", 3, 1, "found unexpected end of stream", "this is no YAML"),
    Refused("name: probe\n\tentry: a\n", 2, 1, "found a tab character that violates indentation", "this is no YAML"),
    Refused("name: probe\nname: other\n", 2, 1, #""name" stands twice"#, "keep one of them"),
    Refused("name: probe\n[a]: b\n", 2, 1, "a key must be a word", "put it between quotes"),
    Refused("name: &x probe\nentry: *x\n", 2, 8, "anchors and aliases are not used here", "write the value out"),
    Refused("a: " + String(repeating: "[", count: 40) + String(repeating: "]", count: 40), 1, 35, "nested too deep", "at most 32 levels"),
    Refused("name: \u{7}\n", 1, 1, "control characters are not allowed", "this is no YAML"),
    // Names and values.
    Refused("title: x\n", 1, 1, "the format has no name", "name: such-as-this"),
    Refused("name: ''\n", 1, 7, "name must be a text", "such as 'x'"),
    Refused("name: Probe\n", 1, 7, #""Probe" is no name"#, "small letters, digits and hyphens"),
    Refused("name: probe\n", 1, 1, "the format has no entry", "entry: ['[{time:%H:%M:%S}] {message}']"),
    Refused("name: probe\nentry: []\n", 1, 1, "the format has no entry", "entry: ['[{time:%H:%M:%S}] {message}']"),
    Refused("name: probe\nentry: ['{a} {b}']\n", 2, 10, "every line matches this", "say what such a stream begins with (hints.require)"),
    Refused(
      "name: probe\nstart: ['{a}']\nentry: ['{time:iso}']\n", 2, 10, "every line matches this",
      "say what such a stream begins with (hints.require)"),
    Refused("name: probe\nentry: {a: b}\n", 2, 8, "entry must be a list", "[a, b]"),
    Refused("name: probe\nentry: [[a]]\n", 2, 9, "entry must be a text", "such as 'x'"),
    Refused(more: "rank: specifc\n", 3, 7, #"no rank "specifc""#, #"did you mean "specific"?"#),
    Refused(more: "rank: qqqqqq\n", 3, 7, #"no rank "qqqqqq""#, "there are specific, normal, common, general"),
    Refused(more: "multiline: indent\n", 3, 12, #"no multiline "indent""#, #"did you mean "indented"?"#),
    Refused(more: "preamble: 'true'\n", 3, 11, "preamble must be true or false", "without quotes"),
    Refused(more: "preamble: yes\n", 3, 11, "preamble must be true or false", "without quotes"),
    Refused(more: "colours: [ansi, quak]\n", 3, 17, #"no colours "quak""#, #"did you mean "quake"?"#),
    Refused(more: "levles: {a: info}\n", 3, 1, #"no key "levles" in a format"#, #"did you mean "levels"?"#),
    Refused(more: "levels: {a: infos}\n", 3, 13, #"no level "infos""#, "there are trace, debug, info, warn, error, fatal"),
    Refused(more: "levels: {'': info}\n", 3, 10, "a level word has 1 to 16 bytes", "shorten it, or use an enumeration"),
    Refused(more: "levels: {abcdefghijklmnopq: info}\n", 3, 10, "a level word has 1 to 16 bytes", "shorten it, or use an enumeration"),
    Refused(more: "levels: [info]\n", 3, 9, "levels must be a map", "key: value"),
    Refused(more: "rename: {a: B}\n", 3, 13, #""B" is no name of a field"#, "small letters, digits and _"),
    // Types.
    Refused(more: "types: {int: '{:word}'}\n", 3, 9, #""int" is a type already"#, "choose another name"),
    Refused(more: "types: {Int: '{:word}'}\n", 3, 9, #""Int" is no name of a type"#, "small letters, digits and _"),
    Refused(more: "types: {side: {a: [b]}}\n", 3, 19, "types must be a text", "such as 'x'"),
    // Clock.
    Refused(more: "clock: {zne: UTC}\n", 3, 9, #"no key "zne" in clock"#, #"did you mean "zone"?"#),
    Refused(more: "clock: {names: {IST: 5}}\n", 3, 22, "no offset", "±hh:mm"),
    Refused(more: "clock: {months: {janv.: 13}}\n", 3, 25, "a month must be a number", "from 1 to 12"),
    Refused(more: "clock: {months: {'': 1}}\n", 3, 18, "a month without a name", "{janv.: 1}"),
    Refused(more: "clock: {set: ['{base']}\n", 3, 16, "column 1: not a field: {base", "write {{ for a brace"),
    // Second stage.
    Refused(more: "events: [a]\n", 3, 9, "events must be a map", "key: value"),
    Refused(more: "events: {message: [a]}\n", 3, 20, "an event (name: pattern) must be a map", "key: value"),
    Refused(more: "events: {message: [{Chat: 'x'}]}\n", 3, 21, #""Chat" is no event's name"#, "such as player.join"),
    Refused(more: "events:\n  message:\n    - chat: 'a'\n    - join: '{x'\n", 6, 14, "column 1: not a field: {x", "write {{ for a brace"),
    Refused(more: "parts: {message: ['{x']}\n", 3, 20, "column 1: not a field: {x", "write {{ for a brace"),
    Refused(more: "hints: {requires: [a]}\n", 3, 9, #"no key "requires" in hints"#, #"did you mean "require"?"#),
    // Wrappers.
    Refused(more: "wrap: {key: a}\n", 3, 7, "wrap has no field", "{field: message}"),
    Refused(more: "wrap: {field: a, keys: b}\n", 3, 18, #"no key "keys" in wrap"#, #"did you mean "key"?"#),
    Refused(more: "wrap: {field: a, part: {field: b}}\n", 3, 24, "wrap.part needs field and is", "{field: partial, is: P}"),
    // What does nothing without others.
    Refused(more: "json: {require: [a]}\n", 1, 1, "json, kv and delimited stand instead of entry", "keep one of them"),
    Refused(more: "lines: ['a{x}b']\n", 3, 10, #""lines" does nothing without "start""#, "say with which line an entry starts"),
    Refused("name: probe\njson: {requires: [a]}\n", 2, 8, #"no key "requires" in json"#, #"did you mean "require"?"#),
    Refused(
      "name: probe\njson: {require: [a], layouts: ['%q']}\n", 2, 32, #"no time letter "%q""#,
      "letters are % -H -M -S -d -f -m . H I M S Y Z a d e f j k m p s y z b"),
    Refused("name: probe\ndelimited: {slack: x}\n", 2, 20, "slack must be a number", "from 0 to 1000"),
  ])
  func `a file that is refused`(row: Refused) {
    let found = #expect(throws: FormatDiagnostic.self) { try LogFormatReader.read(bytes(row.text), path: "probe.yaml") }
    #expect(found?.message == row.message)
    #expect(found?.hint == row.hint)
    #expect(found?.position == SourcePosition(line: row.line, column: row.column))
    #expect(found?.path == "probe.yaml")
    #expect(found?.description == "probe.yaml:\(row.line):\(row.column): \(row.message) (\(row.hint))")
  }

  @Test(arguments: [
    good, "# a comment\n---\nname: probe\nentry: ab{x}b\n...\n", "{name: probe, entry: ['ab{x}b']}",
    "name: probe\nentry:\n  - \"ab{x}\\u0062\"\n",
    "name: probe\nentry: ['a ''b'' {x} c']\n",
    "name: probe\nentry: [a-b]\nrank: general\nmultiline: none\npreamble: true\ncolours: [ansi, minecraft]\n",
    good + "types: {a_1: '{:word}', b: [x], c: {x: y}}\nlevels: {'*': warn, abcdefghijklmnop: info}\nabsent: ['-']\nrename: {a: b}\n",
    good + "clock: {zone: local, months: {janv.: 1}, set: ['{base:%Y-%m-%d}-x'], file: ['{base:%Y-%m-%d}.log']}\n",
    good + "events: {message: [{chat: 'a'}, {player.join: 'b'}]}\nparts: {a: ['{b}-{c}']}\nfind: {message: ['{a:ip}']}\n",
    good + "wrap: message\n", good + "wrap: {field: message, key: a, part: {field: b, is: P}}\n",
    good + "wrap: {field: message, part: newline}\n",
    "name: probe\njson: {require: [a, 'b|c'], time: [t], level: l, message: m, layouts: ['%H:%M']}\n", "\u{feff}" + good,
  ])
  func `a file that is not`(text: String) throws {
    #expect(try LogFormatReader.read(bytes(text), path: "probe.yaml").name == "probe")
  }

  @Test func `bytes that are no UTF-8`() {
    let found = #expect(throws: FormatDiagnostic.self) { try LogFormatReader.read(bytes("name: ") + [0xff], path: "probe.yaml") }
    #expect(found?.message == "invalid leading UTF-8 octet")
  }

  @Test func `the place of a pattern behind each kind of quote`() throws {
    for (value, column) in [("a{q", 9), ("'a{q'", 10), ("\"a{q\"", 10)] {
      let found = #expect(throws: FormatDiagnostic.self) {
        try LogFormatReader.read(bytes("name: probe\nentry: \(value)\n"), path: "")
      }
      #expect(found?.position == SourcePosition(line: 2, column: column), "\(value)")
    }
  }

  @Test(arguments: [
    ("nam", ["name", "from"], "name"), ("int", ["integer"], "integer"), ("integer", ["int", "number"], "int"), ("xyz", ["name"], nil),
    ("lines", ["line", "lines"], "lines"),
    ("a", ["b"], "b"), ("", ["a"], "a"), ("zone", [], nil),
  ])
  func `the nearest word`(word: String, words: [String], meant: String?) {
    #expect(nearest(word, among: words) == meant)
  }
}
