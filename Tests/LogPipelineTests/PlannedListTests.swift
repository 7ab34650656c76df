import LogBytes
import LogEntries
import LogFormats
import LogOutput
import Testing

@testable import LogPipeline

/// Lists of entries that are written by a plan give the same as where their fields are gathered, and are written by a plan.
struct PlannedListTests {
  private static let box = """
    name: box
    multiline: none
    wrap: {field: message, key: program}
    find: {message: ['from {client:ip}', '{addresses:ip all}'], note: ['{noted:ip}']}
    absent: ['-']
    rename: {hit: struck}
    entry: ['<{priority:priority}>1 {time:iso} {program:word} {pid:int} {:data}{? {message}}']
    """

  private static func line(_ data: String, _ message: String = " words") -> String {
    "<11>1 2026-01-02T12:00:05Z app 7 \(data)\(message)"
  }

  @Test func `structured data goes out under the names of its keys`() throws {
    let lines = [
      #"[origin@32473 ip="192.0.2.1" ver="1.14"]"#, #"[origin@32473 ip="192.0.2.1" ver="1.14"]"#, #"[origin@32473 ver="1" ip="2"]"#,
      #"[game@32473 match="b59461a9" mode="ranked" note="say \"hi\""][meta sequenceId="294405"]"#,
      #"[game@32473 match="b59461a9" mode="ranked" note="say \"hi\""][meta sequenceId="294406"]"#,
      "-", "[a]", #"[a][b c="1"]"#, #"[a b="1"][c]"#, #"[a b="1"][c"#, #"[a b="1"] [c d="2"]"#, #"[a b="1"][c d="2"#, #"[a b="1"]x"#,
      #"[a b="-" c="" d="--"]"#, #"[a b="\\" c="\]" d="\x" e="\"" f="x\]\"\\y"]"#,
      "[a b=\"\\\u{e9}\" c=\"\u{e9}\" d=\"\u{1}\u{7f}\" e=\"\t\"]",
      #"[a b="]" c="[x y=" d="x]\"][z"]"#, #"[a b="\"]"#, #"[a b="1\\"]"#, #"[a b="1"#, "[]", #"[ b="1"]"#, #"[a  b="1"]"#, #"[a b=1]"#,
    ]
    try PlannedEntries.check([Self.box], lines.map { Self.line($0) } + [Self.line(lines[0], ""), Self.line("-", "")])
  }

  @Test func `keys with names that there are`() throws {
    let keys = [
      "b", "hit", "Hit", "struck", "time", "level", "Message", "message", "_message", "format", "event", "uptime", "priority", "program",
      "pid", "Pid", "client", "addresses", "Addresses", "noted", "note", "log_group", "LogStream", "b_2", "\u{e9}", "a.b", "a-b", "aB", "2",
      "a_key_that_is_longer_than_all_others_are_it_seems",
    ]
    var lines = keys.map { "[x \($0)=\"192.0.2.7\"]" }
    lines += [
      #"[x b="1" b="2"]"#, #"[x b="1"][x b="2"]"#, #"[x aB="1" a_b="2"]"#, #"[x b="" b="2"]"#, #"[x b="-" b="2"]"#,
      #"[x b="1" b_2="2" b="3"]"#,
      #"[x b="1"][y b_2="1"]"#, #"[x hit="1" struck="2"]"#,
    ]
    try PlannedEntries.check([Self.box], lines.map { Self.line($0) } + lines.map { Self.line($0, " from 192.0.2.1") })
  }

  @Test func `finds, wrapped entries and other lines beside lists`() throws {
    let game = "name: game\ncontinue: ['+ {}']\nentry: ['[{clock:%H:%M:%S}] {level}: {message}']"
    let data = [#"[a b="1"]"#, #"[a note="192.0.2.3"]"#, #"[a client="x"]"#, "-"]
    let messages = [" from 192.0.2.1", " words", " [12:00:01] INFO: x", " + y", "", " ", " 192.0.2.1 and 192.0.2.2"]
    var lines: [String] = []
    for message in messages { lines += data.map { Self.line($0, message) } }
    // The last entry does not go on with the first one.
    lines += ["plain", lines[0], lines[9], lines[0], Self.line("-").replacing(" app ", with: " other ")]
    try PlannedEntries.check([Self.box, game], lines)
  }

  @Test func `lists of dialects that no plan says, and some that one says`() throws {
    let lines = [
      #"A [a b="1" n="2"] x"#, #"B [a b="1"] x"#, #"C (b "1") (n) x"#, #"D [a b="1"] hit me"#, #"E [a b="1"][c n="1"] (d "1") x"#,
      #"F 1 [a b="1"] x"#, #"F 1 [a b="2"] x"#, #"G [a what="x/y"] x"#, #"C (aB "1") (a_b "2") x"#, #"C (b "\u{e9}") x"#,
    ]
    try PlannedEntries.check(
      [
        "name: x\nentry: ['A {:data} {n:word}', 'B {data:data} {m}', 'C{:pairs} {n:word}', 'E {:data}{:pairs} {m}', 'F {m:int} {:data} {n}']",
        "name: y\nentry: ['D {:data} {message}']\nevents: {message: [{hit: 'hit {b:word}'}]}",
        "name: z\nentry: ['G {:data} {message}']\nparts: {what: ['{p}/{q}']}",
      ], lines + lines)
  }

  @Test func `entries that go on behind a list`() throws {
    try PlannedEntries.check(
      ["name: x\nentry: ['[{n:int}] {:data} {message}']"],
      [#"[1] [a b="1"] x"#, "  y", #"[2] [a b="\]"] x"#, #"[3] [c b="2"] x"#, "\tz"])
  }

  @Test func `keys without end`() throws {
    let catalog = try PlannedEntries.catalog([Self.box])
    let lines = (0..<900).map { Self.line("[a\($0 % 90) key\($0 % 70)=\"1\"][b of\($0 / 2)=\"\\]\"]") }
    let text = Array((lines + lines + lines).joined(separator: "\n").utf8)
    #expect(
      PlannedEntries.output(catalog, text, sourceLines: false)
        == PlannedEntries.withoutPositions(PlannedEntries.output(catalog, text, sourceLines: true)))
  }

  // MARK: Which lists have a plan

  private func isPlanned(_ declarations: [String], _ line: String) throws -> Bool {
    let catalog = try PlannedEntries.catalog(declarations)
    var detector = FormatDetector(catalog, options: DetectionOptions(arrival: 1_798_761_600))
    var names = catalog.makeNames()
    var assembly = EntryAssembly()
    var entry = PlannedEntry()
    _ = detector.addStream()
    let bytes = Array(line.utf8)
    var bitmaps = ChunkBitmaps()
    bitmaps.classify(bytes.span)
    let text = MatchText(bytes: bytes.span, bitmaps: bitmaps.words)
    let found = detector.recognise(
      text, from: 0, end: bytes.count, stream: 0, open: .none, wrapper: -1, &assembly, &names)
    return found.isFound && detector.plan(found, text, stream: 0, &entry, &names)
  }

  @Test(arguments: [
    (#"[a b="1"]"#, true), (#"[a b="\"\]\\x"][c d="\u{e9}"]"#, true), ("-", true), (#"[a ip="1" ver="2"][b c="3" d="4"]"#, true),
    (#"[a hit="1"]"#, true), (#"[a b="" b="-" b="1"]"#, true),
    (#"[a b="1" b="2"]"#, false), ("[a]", false), (#"[a b="1"][c]"#, false), (#"[a client="1"]"#, false), (#"[a note="1"]"#, false),
    (#"[a pid="1"]"#, false), (#"[a log_group="1"]"#, false), (#"[a hit="1" struck="2"]"#, false),
    (#"[a a_key_that_is_longer_than_all_others_are_it_seems="1"]"#, false),
  ])
  func `which lists have a plan`(row: (data: String, isPlanned: Bool)) throws {
    #expect(try isPlanned([Self.box], Self.line(row.data)) == row.isPlanned)
  }
}
