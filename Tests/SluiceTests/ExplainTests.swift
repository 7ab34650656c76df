import Foundation
import Testing

/// `sluice explain`: golden texts over formats of our own. `UPDATE_GOLDEN=1` rewrites them.
@Suite(needsBinary) struct ExplainTests {
  private static let tavern = """
    name: tavern
    absent: ['-']
    multiline: indented
    types:
      guest: '{:chars(A-Za-z0-9_) 1..16}'
      who: '"{self:chars(^") longest}<{slot:int}>"'
    entry:
      - '{time:%Y-%m-%d %H:%M:%S} [{level}] {module!}: {message}'
      - '{time:%Y-%m-%d %H:%M:%S} ({table!}) {message}'
    events:
      message:
        - player.join: '{player:guest} came in from {address:endpoint}'
        - fight: '{winner:who} threw out {loser:who}{:pairs}'

    """

  private static let crate = """
    name: crate
    wrap: {field: message, key: stream}
    multiline: none
    entry: ['{time:iso} {stream:enum(stdout|stderr)} F {message}']

    """

  private static let boxes = """
    name: boxes
    wrap: {field: message}
    multiline: none
    json: {require: [box], message: [box], time: [at]}

    """

  private static let cellar = """
    name: cellar
    hints: {require: ['cellar opened {}']}
    entry: ['<{:int}> {message}']

    """

  private static let ledger = """
    name: ledger
    entry: ['{owner} owes {creditor} {sum:int} coins at {time:%H:%M}']

    """

  private func folder() throws -> SluiceFolder {
    let folder = try SluiceFolder()
    for (name, text) in [
      ("tavern", Self.tavern), ("crate", Self.crate), ("boxes", Self.boxes), ("cellar", Self.cellar), ("ledger", Self.ledger),
    ] {
      try folder.write("\(name).yaml", text)
    }
    return folder
  }

  private let names = "tavern,crate,boxes,cellar,ledger"

  /// What each case explains.
  private static let cases: [String: String] = [
    "event": "2026-08-21 10:00:00 [INFO] door: Robin came in from 192.0.2.7:51234\n",
    "lines": "2026-08-21 10:00:00 [ERROR] bar: out of ale\n  barrel: 3\n\n  since: noon\n",
    "absent": "2026-08-21 10:00:00 [INFO] -: closed\n",
    "unit": "2026-08-21 10:00:00 [WARN] hall: \"A<9>d<1>\" threw out \"B<2>\" (with \"chair\") (loud)\n",
    "wrapped": "2026-08-21T10:00:00.5Z stdout F 2026-08-21 10:00:00 [INFO] door: Robin came in from 192.0.2.7:51234\n",
    "wrapped-unknown": "2026-08-21T10:00:00.5Z stdout F 2026-08-21 10:00:00 INFO door: hello\n",
    "object": "{\"box\":\"2026-08-21 10:00:00 (9) a \\u00e9\\tb\\n\",\"at\":1787306400,\"n\":{\"a\":1}}\n",
    "literal": "2026-08-21 10:00:00 [INFO] door\n",
    "strict": "2026-08-21 10:00:00 [LOUD] door: x\n",
    "no-end": "Ada owes Bert five coins at 10:00\n",
    "hint": "<3> a barrel\n",
    "nothing": "zzz\n",
    "controls": "2026-08-21 10:00:00 [INFO] d\u{7}: \u{1b}[31mred\u{1b}[0m\tx\r\n",
  ]

  @Test(arguments: cases.keys.sorted())
  func `an explanation is as it was`(name: String) throws {
    let folder = try folder()
    try folder.write("tavern.log", try #require(Self.cases[name]))
    let result = try folder.run("explain", "--formats", ".", "--format", names, "tavern.log")
    #expect(result.status == 0)
    #expect(result.errors == "")
    try compare(result.output, "\(name).txt")
  }

  @Test func `in colour the fields have theirs, and no marks stand below`() throws {
    let folder = try folder()
    let process = try folder.process(["explain", "--formats", ".", "--format", names, "--line", "2026-08-21 10:00:00 [INFO] door: hello"])
    process.environment = ["CLICOLOR_FORCE": "1"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    try compare(text.replacingOccurrences(of: "\u{1b}", with: "ESC"), "colour.txt")
  }

  private func compare(_ text: String, _ name: String) throws {
    let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Golden/explain/\(name)")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
      try FileManager.default.createDirectory(at: golden.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: golden, atomically: true, encoding: .utf8)
    }
    #expect(text == (try String(contentsOf: golden, encoding: .utf8)))
  }

  @Test func `a line and a file say the same`() throws {
    let folder = try folder()
    let line = "2026-08-21 10:00:00 [INFO] door: hello"
    try folder.write("a.log", line)
    let file = try folder.run("explain", "--formats", ".", "--format", names, "a.log")
    let given = try folder.run("explain", "--formats", ".", "--format", names, "--line", line)
    #expect(file.output == "a.log:1  " + given.output)
    let piped = try folder.run("explain", "--formats", ".", "--format", names, input: Data(line.utf8))
    #expect(piped.output == "standard input:1  " + given.output)
  }

  @Test func `every line of a stream has its entry, compressed too`() throws {
    let folder = try folder()
    let lines = (0..<300).map { "2026-08-21 10:00:00 [INFO] door: number \($0)\n  and on\n" }
    try folder.write("a.log", lines.joined())
    let gzip = Process()
    gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    gzip.arguments = ["gzip", "-k", folder.url.appendingPathComponent("a.log").path]
    try gzip.run()
    gzip.waitUntilExit()
    for name in ["a.log", "a.log.gz"] {
      let output = try folder.run("explain", "--formats", ".", "--format", names, name).outputLines
      let heads = output.filter { $0.hasPrefix(name) }
      #expect(heads.count == 300)
      #expect(heads.enumerated().allSatisfy { $1.hasPrefix("\(name):\(2 * $0 + 1)-\(2 * $0 + 2)  tavern  ") })
      #expect(output.contains("  2026-08-21 10:00:00 [INFO] door: number 299"))
    }
  }

  @Test func `what cannot be is refused`() throws {
    let folder = try folder()
    #expect(try folder.run("explain", "--line", "x", "a.log").status == 2)
    let missing = try folder.run("explain", "none.log")
    #expect(missing.status == 2)
    #expect(missing.errors == "sluice: none.log: no such file; check the path\n")
    #expect(try folder.run("explain", "--format", "tavrn", "--formats", ".", "--line", "x").errors.contains("did you mean 'tavern'?"))
  }
}
