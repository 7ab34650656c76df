import LogPipeline
import Testing

/// JSON objects over several lines, dotted paths, alternatives and layouts.
struct ObjectTests {
  static let json = """
    name: json
    multiline: none
    json: {require: ['t|ts', s.name], time: [t, ts, meta.at], level: [level, s.level], message: [msg, m.text], layouts: ['%d/%b/%Y %H:%M:%S']}
    """
  static let plain = "name: plain\nrank: common\nentry: ['{time:%Y-%m-%d %H:%M:%S} {level}: {message}']"
  static let object = [
    "{", #"  "t": "2026-01-02T12:00:01Z","#, #"  "s": {"name": "a", "level": "warn"},"#, "", #"  "list": ["#, "    1, 2", "  ]", "}",
  ]
  static let entry = #"{"time":"2026-01-02T12:00:01Z","level":"warn","format":"json","s":{"name":"a","level":"warn"},"list":[1,2]}"#

  @Test func `an object over lines is an entry`() throws {
    let probe = try StreamProbe(Self.json, Self.plain)
    probe.expect(Self.object, give: [Self.entry])
    probe.expect(
      ["2026-01-02 12:00:00 INFO: x"] + Self.object + Self.object + ["y"],
      give: [
        #"{"time":"2026-01-02T12:00:00Z","level":"info","format":"plain","message":"x"}"#, Self.entry, Self.entry,
        #"{"format":null,"message":"y"}"#,
      ])
    #expect(probe.run(["x"] + Self.object, lineNumbers: true).last?.hasSuffix(#""source_line":2,"source_lines":8}"#) == true)
  }

  @Test func `an object that could be the body of an open entry is, unless that is common or general, or JSON itself`() throws {
    let head = "2026-01-02 12:00:00 INFO: x"
    for (keys, entries) in [
      ("rank: normal", 1), ("rank: specific", 1), ("rank: common", 2), ("rank: general", 2), ("multiline: none", 2),
      ("multiline: indented", 2),
      ("end: ['{} INFO: {}']", 2),
    ] {
      let plain = "name: plain\n\(keys)\nentry: ['{time:%Y-%m-%d %H:%M:%S} {level}: {message}']"
      #expect(try StreamProbe(Self.json, plain).run([head] + Self.object).count == entries, "\(keys)")
    }
    #expect(try StreamProbe(Self.json.replacing("multiline: none", with: "multiline: any")).run(Self.object + Self.object).count == 2)
  }

  @Test func `carriage returns and colour codes do not matter`() throws {
    try StreamProbe(Self.json).expect(text: Self.object.map { $0 + "\r\n" }.joined(), give: [Self.entry])
    try StreamProbe(Self.json).expect(
      text: Self.object.map { $0.replacing("name", with: "\u{1b}[1mname\u{1b}[0m") + "\u{1b}[0m\n" }.joined(), give: [Self.entry])
  }

  @Test func `an object that no format takes, or that is none, is lines like others`() throws {
    let first = #"{"time":"2026-01-02T12:00:00Z","level":"info","format":"plain","message":"x"#
    let probe = try StreamProbe(Self.json, Self.plain)
    // Its keys are not there.
    probe.expect(["2026-01-02 12:00:00 INFO: x", "{", #""a": 1"#, "", "}"], give: [first + #"\n{\n\"a\": 1\n\n}"}"#])
    // It ends too early, with too much behind it, not at all, or is broken.
    for lines in [
      ["{", "}", "]"], ["{", "} x"], ["{", #""a": ["#], ["{", "a"], ["{", #""a": 1"#, #""b""#], ["{ x"], [#"{"a": "b"#, #"c"}"#],
    ] {
      let joined = lines.joined(separator: "\\n").replacing("\"", with: "\\\"").replacing("\\\\n", with: "\\n")
      probe.expect(["2026-01-02 12:00:00 INFO: x"] + lines, give: [first + "\\n\(joined)\"}"])
    }
    // Without an entry above they are unrecognised, each for itself.
    try StreamProbe(Self.json).expect(["{", "}"], give: [#"{"format":null,"message":"{"}"#, #"{"format":null,"message":"}"}"#])
  }

  @Test func `the line of another format ends the wait`() throws {
    let pairs = "name: pairs\nmultiline: none\nkv: {}"
    let probe = try StreamProbe(Self.json.replacing("multiline", with: "rank: common\nmultiline"), pairs)
    probe.expect(
      ["{", #""a=1 b=2": 3"#, "}"],
      give: [#"{"format":null,"message":"{"}"#, #"{"format":null,"message":"\"a=1 b=2\": 3"}"#, #"{"format":null,"message":"}"}"#])
    probe.expect(
      ["{", #""a": "x b=2 c=3 ","#, "}"],
      give: [
        #"{"format":null,"message":"{"}"#, #"{"format":"pairs","message":"\"a\": \"x \",","b":"2","c":"3"}"#,
        #"{"format":null,"message":"}"}"#,
      ])
  }

  @Test func `an object that is longer than an entry may be waits no more`() throws {
    var probe = try StreamProbe(Self.json)
    probe.options.maximumEntryBytes = 40
    #expect(probe.run(Self.object).count == 7)
    #expect(probe.run(Self.object).allSatisfy { $0.hasPrefix(#"{"format":null"#) })
  }

  @Test func `a pause does not keep lines back`() throws {
    let entries = try StreamProbe(Self.json).run([Array("{\n\"t\": 1,\n".utf8), nil, Array("}\n".utf8)])
    #expect(entries == [#"{"format":null,"message":"{"}"#, #"{"format":null,"message":"\"t\": 1,"}"#, #"{"format":null,"message":"}"}"#])
  }

  @Test func `an object over lines may wrap`() throws {
    let docker = "name: docker\nmultiline: none\nwrap: {field: message, key: stream}\njson: {require: [log], message: [log]}"
    try StreamProbe(docker, Self.plain).expect(
      ["{", #""log": "2026-01-02 12:00:00 WARN: x","#, #""stream": "out""#, "}"],
      give: [#"{"time":"2026-01-02T12:00:00Z","level":"warn","format":"plain","message":"x","stream":"out"}"#])
  }

  @Test(
    "Keys are names first and paths then; a|b is one of them",
    arguments: [
      (
        #"{"ts":1767355201,"s":{"name":"a","level":"e"},"m":{"text":"hi"}}"#,
        #"{"time":"2026-01-02T12:00:01Z","level":"error","format":"json","message":"hi","s":{"name":"a","level":"e"},"m":{"text":"hi"}}"#
      ),
      (
        #"{"t":"soon","ts":"02/Jan/2026 12:00:01","s.name":1,"s.level":"w","level":"blue"}"#,
        #"{"time":"2026-01-02T12:00:01Z","level":"warn","format":"json","t":"soon","s_name":1,"_level":"blue"}"#
      ),
      (
        #"{"t":null,"ts":"","meta":{"at":"2026-01-02T12:00:01Z"},"s":{"name":"a"}}"#, #"{"format":null"#
      ),
      (#"{"t":0,"meta":{"at":"2026-01-02T12:00:01Z"},"s":{"name":"a"}}"#, #"{"time":"2026-01-02T12:00:01Z","format":"json","t":0,"#),
      (#"{"t":1,"s":{"name":""}}"#, #"{"format":null"#), (#"{"t":1,"s":"name"}"#, #"{"format":null"#),
      (#" {"t":1,"s.name":1}"#, #"{"format":null"#), (#"{"t":1,"s.name":1} x"#, #"{"format":null"#),
      (#"{"t":1,"s.name":1,}"#, #"{"format":null"#),
    ])
  func keys(_ line: String, _ entry: String) throws {
    let entries = try StreamProbe(Self.json).run([line])
    #expect(entries.count == 1)
    #expect(entries.first?.hasPrefix(entry) == true, "\(entries)")
  }
}
