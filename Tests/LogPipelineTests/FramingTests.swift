import LogPipeline
import Testing

/// What joins an entry, what ends it, and what is written when.
struct FramingTests {
  static let plain = """
    name: plain
    entry: ['{time:%Y-%m-%d %H:%M:%S} {level}: {message}', '{time:%Y-%m-%d %H:%M:%S} {level} {code:int}']
    """
  static let time = "2026-01-02 12:00:01"
  static let head = #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"plain""#

  private func plain(_ keys: String) -> String { Self.plain + "\n" + keys }

  @Test func `a dialect without a message has an empty first line`() throws {
    try StreamProbe(Self.plain).expect(
      ["\(Self.time) INFO 7", "more", "", " \t", "still more", ""], give: [Self.head + #","message":"\nmore\n\n\nstill more","code":7}"#])
  }

  @Test func `continue takes what another format could take`() throws {
    let other = "name: other\nentry: ['{time:%Y-%m-%d %H:%M:%S} | {message}']"
    try StreamProbe(plain("continue: ['{} | kept']"), other).expect(
      ["\(Self.time) INFO: x", "\(Self.time) | kept", "\(Self.time) | y"],
      give: [Self.head + #","message":"x\n\#(Self.time) | kept"}"#, #"{"time":"2026-01-02T12:00:01Z","format":"other","message":"y"}"#])
  }

  @Test func `end ends an entry with its first line too`() throws {
    try StreamProbe(plain("end: ['{}.']")).expect(
      ["\(Self.time) INFO: x.", "y", "\(Self.time) INFO: z", "u.", "", "v"],
      give: [
        Self.head + #","message":"x."}"#, #"{"format":null,"message":"y"}"#, Self.head + #","message":"z\nu."}"#,
        #"{"format":null,"message":"v"}"#,
      ])
  }

  @Test(
    "multiline says which unknown lines join",
    arguments: [
      ("any", "words", true), ("none", " indented", false), ("indented", "words", false), ("indented", " x", true),
      ("indented", "\tx", true),
      ("indented", "}", true), ("indented", "Caused by: x", true), ("indented", "... 12 more", true), ("indented", "Traceback (most", true),
      ("indented", "java.lang.Error", true), ("indented", "a.BException: x", true), ("indented", "Errors", false),
      ("indented", "an Error", false),
    ])
  func multiline(_ kind: String, _ line: String, _ joins: Bool) throws {
    let escaped = line.replacing("\t", with: "\\t")
    try StreamProbe(plain("multiline: \(kind)")).expect(
      ["\(Self.time) INFO: x", line],
      give: joins
        ? [Self.head + #","message":"x\n\#(escaped)"}"#] : [Self.head + #","message":"x"}"#, #"{"format":null,"message":"\#(escaped)"}"#])
  }

  @Test func `lines end with a line feed; carriage returns and zeros before it are cut, a byte order mark in front`() throws {
    try StreamProbe(Self.plain).expect(
      text:
        "\u{feff}\(Self.time) INFO: a\r\r\n\(Self.time) INFO: b\0\0\r\n\r\n\(Self.time) INFO: c\rd\n\u{feff}\(Self.time) INFO: e\n\0\0\n\0f",
      give: [
        Self.head + #","message":"a"}"#, Self.head + #","message":"b"}"#, Self.head + #","message":"c\rd"}"#,
        Self.head + #","message":"e\n\n\u0000f"}"#,
      ])
  }

  @Test func `colour codes are removed from every line; a line of them alone is an empty line of the entry`() throws {
    try StreamProbe(Self.plain).expect(
      text: "\u{1b}[0m\n\u{1b}[31;1m\(Self.time)\u{1b}[K INFO: a\u{1b}[0m\n\u{1b}[0m\nb \u{1b}c\n",
      give: [#"{"format":null,"message":""}"#, Self.head + #","message":"a\n\nb \u001bc"}"#])
  }

  @Test func `preamble names the unknown lines before the first entry, and no others`() throws {
    try StreamProbe(plain("preamble: true\nmultiline: none")).expect(
      ["banner", "", "  by us", "\(Self.time) INFO: x", "later"],
      give: [
        #"{"format":"plain","message":"banner"}"#, #"{"format":"plain","message":"  by us"}"#, Self.head + #","message":"x"}"#,
        #"{"format":null,"message":"later"}"#,
      ])
    try StreamProbe(plain("preamble: true"), "name: other\nentry: ['{time:iso} | {message}']").expect(
      ["banner", "2026-01-02T12:00:01Z | x"],
      give: [#"{"format":null,"message":"banner"}"#, #"{"time":"2026-01-02T12:00:01Z","format":"other","message":"x"}"#])
    let wrapper = "name: box\nmultiline: none\nwrap: message\nentry: ['box: {message}']"
    try StreamProbe(plain("preamble: true"), wrapper).expect(
      ["banner", "box: \(Self.time) INFO: x"], give: [#"{"format":null,"message":"banner"}"#, Self.head + #","message":"x"}"#])
  }

  @Test func `an entry at its limit is closed, and what would have joined it is unrecognised`() throws {
    var probe = try StreamProbe(plain("continue: ['c{}']"))
    probe.options.maximumEntryBytes = 40
    // The first line has 30 bytes: with a LF and 9 more bytes it is at the limit.
    probe.expect(
      ["\(Self.time) INFO: abcd", "123456789", "x", "cy", "z"],
      give: [
        Self.head + #","message":"abcd\n123456789"}"#, #"{"format":null,"message":"x"}"#, #"{"format":null,"message":"cy"}"#,
        #"{"format":null,"message":"z"}"#,
      ])
    probe.expect(
      ["\(Self.time) INFO: abcd", "1234567890", "x"],
      give: [Self.head + #","message":"abcd"}"#, #"{"format":null,"message":"1234567890"}"#, #"{"format":null,"message":"x"}"#])
    // Blank lines count, so that the window does not grow with them.
    probe.expect(
      text: "\(Self.time) INFO: abcd\n" + String(repeating: "\n", count: 20) + "x\n",
      give: [Self.head + #","message":"abcd"}"#, #"{"format":null,"message":"x"}"#])
  }

  @Test func `a line beyond the limit is cut between characters`() throws {
    var probe = try StreamProbe(Self.plain)
    probe.options.maximumEntryBytes = 8
    probe.expect(
      text: "aaaaaaaéb" + "c\n",
      give: [#"{"format":null,"message":"aaaaaaa"}"#, #"{"format":null,"message":"ébc"}"#])
    // Bytes that are no text do not make it slow or endless.
    let entries = probe.run([[UInt8](repeating: 0x80, count: 20) + [0x0a]])
    #expect(entries.count == 3)
  }

  @Test func `a pause writes the open entry, and what would have joined it is an entry of its format`() throws {
    let probe = try StreamProbe(plain("continue: ['{} | kept']\nend: ['{}.']"), "name: other\nentry: ['{time:iso} | {message}']")
    let first = bytes("\(Self.time) INFO: x\n")
    let entries = probe.run([
      first, nil, bytes("y\n\n2026-01-02T12:00:01Z | kept\nz.\nu\n"), first, bytes("w\n"), nil, nil, bytes("2026-01-02T12:00:01Z | v\n"),
    ])
    #expect(
      entries == [
        Self.head + #","message":"x"}"#, #"{"format":"plain","message":"y"}"#,
        #"{"format":"plain","message":"2026-01-02T12:00:01Z | kept"}"#,
        #"{"format":"plain","message":"z."}"#, #"{"format":null,"message":"u"}"#, Self.head + #","message":"x\nw"}"#,
        #"{"time":"2026-01-02T12:00:01Z","format":"other","message":"v"}"#,
      ])
  }

  @Test func `a pause in a line or before the first entry loses nothing`() throws {
    let probe = try StreamProbe(plain("preamble: true"))
    let entries = probe.run([bytes("ban"), nil, bytes("ner\nby us\n"), nil, bytes("\(Self.time) INFO: x\ny"), nil, bytes("z\n")])
    #expect(
      entries == [
        #"{"format":null,"message":"banner"}"#, #"{"format":null,"message":"by us"}"#, Self.head + #","message":"x"}"#,
        #"{"format":"plain","message":"yz"}"#,
      ])
  }

  @Test func `hints.require is met by a line that comes later, within 64 KiB, however the stream is cut`() throws {
    let bare = "name: bare\nhints: {require: ['Engine {}']}\nentry: ['{message}']"
    try StreamProbe(bare, Self.plain).expect(
      ["hello", "\u{1b}[1mEngine 4", "\(Self.time) INFO: x"],
      give: [#"{"format":"bare","message":"hello"}"#, #"{"format":"bare","message":"Engine 4"}"#, Self.head + #","message":"x"}"#])
    // A pause ends the wait.
    let probe = try StreamProbe(bare, Self.plain)
    #expect(probe.run([bytes("hello\n"), nil, bytes("Engine 4\nbye\n")]).map { $0.contains("bare") } == [false, true, true])
    try StreamProbe(bare, Self.plain).expect(["hello"], give: [#"{"format":null,"message":"hello"}"#])
  }

  private func bytes(_ text: String) -> [UInt8]? { Array(text.utf8) }
}
