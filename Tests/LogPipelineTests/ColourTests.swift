import Testing

/// Codes of colours that only the formats that declare them do not see.
struct ColourTests {
  private func game(_ colours: String, _ keys: String = "") -> String {
    """
    name: game
    colours: [\(colours)]
    entry: ['[{time:%H:%M:%S}] {message}', '{player:word}: {message}']
    \(keys)
    """
  }

  private func messages(_ entries: [String]) -> [String] {
    entries.map { entry in entry.split(separator: #""message":""#).last.map { String($0.prefix { $0 != "\"" }) } ?? "" }
  }

  @Test(
    "Codes are removed from the lines of the format",
    arguments: [
      ("ansi, quake", "^1[12:00:01] ^7Ada^1: ^^2hi^", "Ada: ^hi^"), ("quake", "^1[12:00:01]^0 a^zb^!c", "ab^!c"),
      ("minecraft", "§a[12:00:01] §lAda§r: §X1§zhi§", "Ada: 1§zhi§"), ("minecraft", "[12:00:01] ^1a", "^1a"),
      ("quake", "[12:00:01] §aa", "§aa"), ("ansi", "[12:00:01] ^1§aa", "^1§aa"),
      ("quake, minecraft", "^1§a[12:00:01] §b^2x^^11", "x^1"), ("quake, minecraft", "^1^2", "^1^2"),
    ])
  func codes(_ colours: String, _ line: String, _ message: String) throws {
    let probe = try StreamProbe(game(colours))
    #expect(messages(probe.run([line])) == [message])
    // And what stands behind it is not harmed.
    #expect(messages(probe.run([line, "[12:00:02] y"])).last == "y")
  }

  @Test func `other formats and unrecognised lines keep them`() throws {
    let other = "name: other\nmultiline: none\nentry: ['{level}: {message}']"
    let probe = try StreamProbe(game("quake", "multiline: none"), other)
    #expect(messages(probe.run(["WARN: ^1a", "^1 b", "^2[12:00:01] ^3c"])) == ["^1a", "^1 b", "c"])
  }

  @Test func `lines that join are what their format sees, and so are lines for continue, end and the clock`() throws {
    let format = """
      name: game
      colours: [quake]
      clock: {set: ['day {base:%Y-%m-%d}']}
      hints: {require: ['Quake'], forbid: ['[{:%H:%M:%S}] no']}
      continue: ['+ {}']
      end: ['{}.']
      multiline: none
      entry: ['[{time:%H:%M:%S}] {message}']
      """
    let probe = try StreamProbe(format, "name: other\nmultiline: none\nentry: ['<{time:%H:%M:%S}> {message}']")
    let entries = probe.run([
      "Qu^1ake", "d^2ay 2020-02-03", "^1[12:00:01] a", "^2+^3 b", "+ c^4.", "+ d", "[12:00:02] ^5no", "[12:00:03] ^1", "^1",
    ])
    #expect(
      entries == [
        #"{"format":null,"message":"Qu^1ake"}"#, #"{"format":null,"message":"d^2ay 2020-02-03"}"#,
        #"{"time":"2020-02-03T12:00:01Z","format":"game","message":"a\n+ b\n+ c."}"#, #"{"format":null,"message":"+ d"}"#,
        #"{"format":null,"message":"[12:00:02] ^5no"}"#, #"{"time":"2020-02-03T12:00:03Z","format":"game","message":""}"#,
        #"{"format":null,"message":"^1"}"#,
      ])
  }

  @Test func `codes do not stop wrappers, structures and whole entries`() throws {
    let box = "name: box\nmultiline: none\ncolours: [quake]\nwrap: message\nentry: ['{k:word} | {message}']"
    let inner = game("quake, minecraft", "events: {message: [chat: '{from:word} says {text}']}")
    #expect(
      try StreamProbe(box, inner).run(["^1a | ^2[12:00:01] §aAda says ^3hi"]) == [
        #"{"time":"2026-12-31T00:00:00Z","format":"game","event":"chat","message":"Ada says hi","from":"Ada","text":"hi","k":"a"}"#
          .replacing("00:00:00", with: "12:00:01").replacing("12-31", with: "12-30")
      ])
    let pairs = "name: pairs\ncolours: [minecraft]\nkv: {require: [a]}"
    #expect(try StreamProbe(pairs).run(["§ca=1 §lb=2"]) == [#"{"format":"pairs","a":"1","b":"2"}"#])
    let json = "name: json\ncolours: [minecraft]\njson: {require: [a]}"
    #expect(
      try StreamProbe(json).run([#"§c{"a":"§lx"}"#, #"{"a":"§"}"#]) == [#"{"format":"json","a":"x"}"#, #"{"format":"json","a":"§"}"#])
    let block = "name: block\ncolours: [quake]\nstart: ['> {}']\nentry: ['> {a}{''\\n''}{b}']"
    try StreamProbe(block).expect(
      ["^1> x", "^2y", "> u", "v"], give: [#"{"format":"block","a":"x","b":"y"}"#, #"{"format":"block","a":"u","b":"v"}"#])
  }
}
