import LogBytes
import LogFormats
import LogOutput
import Testing

@testable import LogPipeline

/// Entries that are written by a plan are the same as those whose fields are gathered first.
struct PlannedEntryTests {
  private func output(_ catalog: CompiledCatalog, _ text: [UInt8], sourceLines: Bool) -> String {
    PlannedEntries.output(catalog, text, sourceLines: sourceLines)
  }

  private func withoutPositions(_ lines: String) -> String { PlannedEntries.withoutPositions(lines) }

  private func check(_ declaration: String, _ lines: String..., at location: SourceLocation = #_sourceLocation) throws {
    try check([declaration], lines, at: location)
  }

  private func check(_ declarations: [String], _ lines: [String], at location: SourceLocation = #_sourceLocation) throws {
    try PlannedEntries.check(declarations, lines, at: location)
  }

  @Test func `numbers go out as they stand, or as JSON wants them`() throws {
    let format = "name: x\nmultiline: none\nentry: ['[{n:int} {d:number}] {message}']"
    try check(
      format, "[1 1.5] a", "[-1 -1.5] a", "[+1 +1.5] a", "[007 00.5] a", "[0 0] a", "[-0 -0] a", "[9007199254740992 1e999] a",
      "[123456789012345678 1.] a", "[1 1e5] a", "[999999999999999 0.5] a")
  }

  @Test func `addresses and ports`() throws {
    try check(
      "name: x\nentry: ['from {a:endpoint} {message}']", "from 192.0.2.1:80 x", "from 192.0.2.1 x", "from 2001:db8::7 x", "from [::1]:80 x",
      "from 192.0.2.1:080 x")
  }

  @Test func `strings are escaped and repaired wherever they stand`() throws {
    try check(
      "name: x\nentry: ['{a:word} \"{b!}\" {message}']",
      "a\\b \"c\" d\"e", "\u{e9} \"0123456789abcde\u{e9}\" \u{1}", "a \"0123456789abcdef\" x",
      "a \"\" ", "a \"0123456789abcdef0123456789abcdef\\\" 0123456789abcdef\u{7f}")
  }

  @Test func `an event whose field is cut into parts`() throws {
    try check(
      """
      name: x
      entry: ['[{n:int}] {message}']
      events: {message: [{a: 'said {what}'}, {b: '{other:word} left{? {n2:int}}'}]}
      parts: {what: ['{x}/{y}']}
      """,
      "[1] said a/b", "[1] said ab", "[1] Ada left", "[1] Ada left 007", "[1] Ada left 7", "[1] ")
  }

  @Test func `names that stand twice, absent values, levels and times`() throws {
    try check(
      """
      name: x
      absent: ['-', none]
      entry: ['{time:%Y-%m-%d %H:%M:%S} {level} {n:word} {m:int}: {message}']
      events: {message: [{a: '{n:word} x'}]}
      """,
      "2026-01-02 12:00:01 INFO a 1: b x", "2026-01-02 12:00:01 WARN - 1: - x", "2026-01-02 12:00:01 none none 1: none",
      "2026-02-30 12:00:01 INFO a 1: b", "2026-01-02 12:00:02 error a 1: y x")
  }

  @Test func `finds of strings, and finds that no plan can say`() throws {
    try check(
      """
      name: x
      absent: ['-']
      entry: ['[{n:word}] {message}', '<{n:word}> {message} by {other:word}']
      events: {message: [{kick: 'kick {who:word} {}'}]}
      find: {message: ['from {client:ip}', '{client:ip}', 'user {client:word}', '{a:chars(a-z)}={b:chars(a-z)}', '{addresses:ip all}']}
      """,
      "[1] from 192.0.2.1", "[2] 192.0.2.1 user ada from 192.0.2.2 and 192.0.2.1", "[3] user -", "[4] user \"\u{e9}\u{1}\"",
      "[5] x=y 2001:db8::7",
      "[6] kick Ada 192.0.2.9", "[7] kick Ada now", "<8> from 192.0.2.1 by 192.0.2.2", "[9] -", "[10] ", "[-] user ada",
      "[11] from 192.0.2.300 x")
    // Names that the entry may have already, and a value that is no string.
    try check(
      "name: x\nentry: ['<{client:word}> {message}']\nfind: {message: ['from {client:ip}']}", "<a> from 192.0.2.1", "<-> from 192.0.2.1")
    try check(
      "name: x\nentry: ['[{n:int}] {message}']\nfind: {message: ['{count:int} times', '{a:chars(a-z)}-{b:chars(a-z)}']}", "[1] 007 times",
      "[2] u-v")
  }

  @Test func `a priority gives the level`() throws {
    try check("name: x\nentry: ['<{priority:priority}>{message}']", "<0>a", "<13>b", "<191>c", "<7>d", "<>e", "<192>f")
    try check("name: x\nentry: ['<{priority:priority}>{level} {message}', '{level} <{p:priority}>{message}']", "<11>INFO a", "WARN <11>b")
  }

  @Test func `wrappers of texts that are of no format, or of one`() throws {
    let box = """
      name: box
      multiline: none
      preamble: true
      wrap: {field: message, key: source}
      find: {message: ['{client:ip}', '{addresses:ip all}']}
      entry: ['<{priority:priority}>{time:iso} {source:word} | {message}', '<{priority:priority}>{time:iso} {message}']
      """
    let game = "name: game\ncontinue: ['+ {}']\nentry: ['[{time:%H:%M:%S}] {level}: {message}']"
    let front = "<11>2026-01-02T12:00:05Z "
    let lines = [
      "before", front + "a | words", front + "a | 192.0.2.1 and 192.0.2.2", front + "b | [12:00:01] INFO: x", front + "b | + y",
      front + "a | + y",
      front + "b |   z", front + "b | ", front + "alone", front + "a | [12:00:02] WARN: u", "plain", front + "a | \tat v", front + "a | w",
      front + "c | words", front + "c | words", "nothing", "<11>2026-02-30T12:00:05Z a | no such day",
      front + "a | \u{1b}[1mcolours\u{1b}[0m",
    ]
    try check([box, game], lines)
    // Many streams of a wrapper, which are forgotten at last.
    let catalog = try CompiledCatalog([box, game].map { try LogFormatReader.read(Array($0.utf8), path: "x.yaml") })
    let many = (0..<3000).map { front + "key\($0 % 1500) | " + ($0 % 7 == 0 ? "[12:00:01] INFO: x" : "words \($0)") }
    let text = Array(many.joined(separator: "\n").utf8)
    #expect(output(catalog, text, sourceLines: false) == withoutPositions(output(catalog, text, sourceLines: true)))
  }

  @Test func `pairs go out under the names of their keys`() throws {
    let format = """
      name: x
      absent: ['-']
      rename: {hit: struck}
      entry: ['[{n:int}] {message}', '<{dialect:int}> {message}']
      events:
        message:
          - a: '{who:word} hit{:pairs}'
          - b: '{who:word} has{all:pairs} left'
          - c: '{who:word} is{first:pairs};{second:pairs}'
      """
    try check(
      format, #"[1] Ada hit (damage "1") (armor "2") (headShot)"#, #"[1] Ada hit (damage "1") (armor "2") (headShot)"#, "[1] Ada hit",
      #"[1] Ada hit (armor "3") (damage "4")"#, "[1] Ada hit (damage \"a\\\u{e9}\")", #"[1] Ada hit (damage "") (armor "-") (x)"#,
      // Renamed, reserved, of other fields, twice, and two that are one.
      #"[1] Ada hit (hit "1") (time "2") (Message "3")"#, #"[1] Ada hit (who "1")"#, #"[1] Ada hit (dialect "1") (n "2")"#,
      #"<1> Ada hit (dialect "1")"#, #"[1] Ada hit (log_group "1")"#, #"[1] Ada hit (a "1") (a "2")"#, #"[1] Ada hit (b) (b)"#,
      #"[1] Ada hit (aB "1") (a_b "2")"#, #"[1] Ada hit (a_b "2")"#, #"[1] Ada hit (a_b)"#, #"[1] Ada hit (a "1") (a_2 "2") (a "3")"#)
    try check(
      format, #"[1] Ada has (a "1") (b) left"#, "[1] Ada has left", #"[1] Ada is (x) (a "1"); (b "2")"#, #"[1] Ada is (a "1"); (a "2")"#,
      #"[1] Ada hit (a_key_that_is_longer_than_all_others "1") (b "2")"#, "[1] Ada hit   ", #"[1] Ada hit (a "1") x"#)
  }

  @Test func `keys that no plan remembers`() throws {
    let catalog = try CompiledCatalog([
      LogFormatReader.read(Array("name: x\nentry: ['[{n:int}] {message}']\nevents: {message: [{a: 'hit{:pairs}'}]}".utf8), path: "x.yaml")
    ])
    let lines = (0..<400).map { "[1] hit (key\($0 % 90) \"1\") (of\($0 / 2))\n" }.joined()
    let text = Array((lines + lines).utf8)
    #expect(output(catalog, text, sourceLines: false) == withoutPositions(output(catalog, text, sourceLines: true)))
  }

  @Test func `events that go on alike`() throws {
    try check(
      """
      name: x
      types:
        who: '"{self:chars(^") longest}<{n:int}>"'
        pos: '{:chars(^]) 1..9}'
      entry: ['[{line:int}] {message}']
      events:
        message:
          - kill: '{a:who}{? [{at:pos}]} killed {b:who}'
          - say: '{a:who} said {what}'
          - hit: '{a:who}{? [{at:pos}]} hit {b:who}{? [{at2:pos}]}'
          - odd: '{a:who} [{what:word}] said'
          - fall: '{c:who}{? [{place:pos}]} fell'
          - act: '{a:who} {how:enum(say|sang)} {what}'
          - left: '{a:who}{? ({at:pos})} left'
          - set: '"{what!}" = "{to}"'
      """,
      #"[1] "Ada<1>" killed "Bo<2>""#, #"[1] "Ada<1>" [1 2] killed "Bo<2>""#, #"[1] "Ada<1>" said hi"#, #"[1] "Ada<1>" [1 2] said hi"#,
      #"[1] "Ada<1>" [1] hit "Bo<2>" [2]"#, #"[1] "Ada<1>" hit "Bo<2>""#, #"[1] "Ada<1>" [x] said"#, #"[1] "Ada<1>" [x] fell"#,
      #"[1] "Ada<1>" fell"#, #"[1] "Ada<1>" sang la"#, #"[1] "Ada<1>" say la"#, #"[1] "Ada<1>" left"#, #"[1] "Ada<1>" (1 2] left"#,
      #"[1] "Ada<1>" = "x""#, #"[1] "Ada<1>""#, #"[1] "Ada<1>" [1"#, #"[1] "Ada<1>" [12345678901] fell"#, #"[1] "Ada<1>" [] killed "B<2>""#)
  }

  @Test func `an event that no plan can say, before a wrapper whose finds are planned`() throws {
    let box = """
      name: box
      multiline: none
      wrap: {field: message, key: source}
      find: {message: ['from {client:ip}']}
      entry: ['<{priority:priority}>{time:iso} {source:word} | {message}']
      """
    // A key that stands twice is numbered: the event is kept until its entry is complete.
    let game = "name: game\nentry: ['L {n:int}: {message}']\nevents: {message: [{hit: '{who:word} hit {whom:word} with{:pairs}'}]}"
    let hit = #"L 1: Ada hit Bob with (damage "1") (damage "2")"#
    let wrapped = "<11>2026-01-02T12:00:05Z a | from 192.0.2.1"
    try check([box, game], [hit, wrapped, hit, wrapped, wrapped, hit])
  }

  @Test func `the samples of all formats, one behind the other`() throws {
    let catalog = try FormatCatalog.compile()
    var text: [UInt8] = []
    for name in FormatCatalog.embeddedNames {
      let file = try #require(FormatCatalog.embeddedFile(name))
      for sample in try FormatSample.read(file, path: name) { text += sample.lines.joined(separator: [ASCII.lineFeed]) + [ASCII.lineFeed] }
    }
    let planned = output(catalog, text, sourceLines: false)
    #expect(planned == withoutPositions(output(catalog, text, sourceLines: true)))
    #expect(planned.split(separator: "\n").count > 300)
  }

  @Test func `an entry that goes on is taken back`() throws {
    try check("name: x\nentry: ['[{n:int}] {message}']", "[1] a", "  b", "", "  c", "[2] d", "[3] e", "\tf")
    try check("name: x\nentry: ['[{n:int}] {message}']\nend: ['[2] {}']", "[1] a", "  b", "[2] d", "  e", "[3] f", "")
  }
}
