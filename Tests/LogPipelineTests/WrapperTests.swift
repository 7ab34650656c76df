import LogPipeline
import Testing

/// Wrapped lines: every sentence of formats/README.md, "Wrappers".
struct WrapperTests {
  static let box = """
    name: box
    multiline: none
    wrap: {field: message, key: source}
    entry: ['{time:iso} {level:level(I|W)} {source:word} | {message}']
    levels: {I: info, W: warn}
    """
  static let game = """
    name: game
    preamble: true
    continue: ['+ {}']
    end: ['{}.']
    entry: ['[{time:%H:%M:%S}] {level}: {message}', '[{thread:word}] {level}: {message}']
    events: {message: [player.join: '{player:word} of {source:word} joined']}
    """

  private func box(_ line: String, _ source: String = "a") -> String { "2026-01-02T12:00:05Z I \(source) | \(line)" }

  @Test func `the entry is the inner one; the wrapper's fields come behind its own and those of its event`() throws {
    try StreamProbe(Self.box, Self.game).expect(
      [box("[12:00:01] WARN: Ada of here joined"), box("[main] WARN: x")],
      give: [
        #"{"time":"2026-01-02T12:00:01Z","level":"warn","format":"game","event":"player.join","message":"Ada of here joined","player":"Ada","source":"here","outer_time":"2026-01-02T12:00:05Z","outer_level":"info","outer_source":"a"}"#,
        #"{"time":"2026-01-02T12:00:05Z","level":"warn","format":"game","message":"x","thread":"main","outer_level":"info","source":"a"}"#,
      ])
  }

  @Test func `if nothing takes the text, or a general format or the wrapper itself could, the entry is the wrapper's`() throws {
    let general = "name: general\nrank: general\nentry: ['{level} {message}']"
    try StreamProbe(Self.box, general).expect(
      [box("words"), box("ERROR words"), box(box("words"))],
      give: [
        #"{"time":"2026-01-02T12:00:05Z","level":"info","format":"box","message":"words","source":"a"}"#,
        #"{"time":"2026-01-02T12:00:05Z","level":"info","format":"box","message":"ERROR words","source":"a"}"#,
        #"{"time":"2026-01-02T12:00:05Z","level":"info","format":"box","message":"2026-01-02T12:00:05Z I a | words","source":"a"}"#,
      ])
  }

  @Test func `blank text is never handed on`() throws {
    let bare = "name: bare\nhints: {require: ['{}']}\nentry: ['{message}']"
    let entries = try StreamProbe(Self.box, bare).run([box("x"), box(""), box(" \t"), box("\u{1b}[0m")])
    #expect(entries.map { $0.contains(#""format":"bare""#) } == [true, false, false, false])
  }

  @Test func `a line joins only the entry above it, if that was found under its key`() throws {
    try StreamProbe(Self.box, Self.game).expect(
      [
        box("[12:00:01] INFO: x"), box("\tat a", "a"), box("+ y", "a"), box("\tat b", "b"), box("\tat c", "a"),
        box("[12:00:02] INFO: z"), "plain", box("[12:00:03] INFO: u."), box("v"),
      ],
      give: [
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"game","message":"x\n\tat a\n+ y","outer_time":"2026-01-02T12:00:05Z","outer_level":"info","source":"a"}"#,
        #"{"time":"2026-01-02T12:00:05Z","level":"info","format":"box","message":"\tat b","source":"b"}"#,
        #"{"time":"2026-01-02T12:00:05Z","level":"info","format":"box","message":"\tat c","source":"a"}"#,
        #"{"time":"2026-01-02T12:00:02Z","level":"info","format":"game","message":"z\nplain","outer_time":"2026-01-02T12:00:05Z","outer_level":"info","source":"a"}"#,
        #"{"time":"2026-01-02T12:00:03Z","level":"info","format":"game","message":"u.","outer_time":"2026-01-02T12:00:05Z","outer_level":"info","source":"a"}"#,
        #"{"time":"2026-01-02T12:00:05Z","level":"info","format":"box","message":"v","source":"a"}"#,
      ])
  }

  @Test func `each value of the key is a stream with a clock and hints of its own`() throws {
    let bare = "name: bare\nmultiline: none\nhints: {require: ['Engine']}\nentry: ['{message}']"
    let late = "name: late\nmultiline: none\nclock: {set: ['day {base:%Y-%m-%d}']}\nentry: ['<{time:%H:%M:%S}> {message}']"
    let entries = try StreamProbe(Self.box, bare, late).run([
      box("Engine", "a"), box("x", "b"), box("y", "a"), box("day 2020-02-03", "c"), box("<01:00:00> z", "c"), box("<01:00:00> z", "d"),
    ])
    #expect(entries.map { $0.contains(#""format":"bare""#) } == [true, false, true, false, false, false])
    #expect(entries[4].hasPrefix(#"{"time":"2020-02-03T01:00:00Z","level":"info","format":"late""#))
    #expect(entries[5].hasPrefix(#"{"time":"2026-01-02T01:00:00Z","level":"info","format":"late""#))
  }

  @Test func `wrappers go three deep`() throws {
    func wrapper(_ name: String, _ sign: String) -> String {
      "name: \(name)\nmultiline: none\nwrap: {field: message, key: k}\nentry: ['\(sign)\(sign) {k:word} {message}']"
    }
    let formats = [wrapper("one", "1"), wrapper("two", "2"), wrapper("three", "3"), wrapper("four", "4"), Self.game]
    let probe = try StreamProbe(formats[0], formats[1], formats[2], formats[3], formats[4])
    probe.expect(
      [
        "11 a 22 b 33 c [main] INFO: x", "11 a 22 b 33 c \ty", "11 a 22 b 33 d z", "11 a 22 b 33 c 44 d [main] INFO: x", "11 a 22 b u",
        "11 a v",
      ],
      give: [
        #"{"level":"info","format":"game","message":"x\n\ty","thread":"main","k":"c","outer_k":"b","outer_outer_k":"a"}"#,
        #"{"format":"three","message":"z","k":"d","outer_k":"b","outer_outer_k":"a"}"#,
        #"{"format":"four","message":"[main] INFO: x","k":"d","outer_k":"c","outer_outer_k":"b","outer_outer_outer_k":"a"}"#,
        #"{"format":"two","message":"u","k":"b","outer_k":"a"}"#,
        #"{"format":"one","message":"v","k":"a"}"#,
      ])
  }

  @Test func `a JSON format wraps, and a field that is no text is not handed on`() throws {
    let docker = "name: docker\nmultiline: none\nwrap: {field: message, key: stream}\njson: {require: [log], message: [log]}"
    try StreamProbe(docker, Self.game).expect(
      [
        #"{"log":"[main] INFO: \u0061\n","stream":"out"}"#, #"{"log":"[main] INFO: b\r\n","stream":"out"}"#,
        #"{"log":{"a":1},"stream":"out"}"#,
      ],
      give: [
        #"{"level":"info","format":"game","message":"a","thread":"main","stream":"out"}"#,
        #"{"level":"info","format":"game","message":"b","thread":"main","stream":"out"}"#,
        #"{"format":"docker","log":{"a":1},"stream":"out"}"#,
      ])
  }

  @Test func `more keys than are remembered lose only what the streams remember`() throws {
    var lines: [String] = [box("[12:00:01] INFO: Ada of here joined", "first")]
    for number in 0..<1100 { lines.append(box("[main] INFO: Ada of x joined", "k\(number)")) }
    lines.append(box("\tat x", "k1099"))
    let entries = try StreamProbe(Self.box, Self.game).run(lines)
    #expect(entries.count == 1101)
    #expect(entries.allSatisfy { $0.contains(#""event":"player.join""#) })
    #expect(entries.last?.contains(#"joined\n\tat x"#) == true)
  }

  // MARK: Pieces

  static let cri = """
    name: cri
    multiline: none
    wrap: {field: message, key: stream, part: {field: partial, is: P}}
    entry: ['{time:iso} {stream:enum(stdout|stderr)} {partial:enum(F|P)}{? {message}}']
    """

  @Test func `pieces are joined until the field has another value, each key on its own`() throws {
    let lines = [
      "2026-01-02T12:00:01Z stdout P [main] IN", "2026-01-02T12:00:02Z stderr P oh", "2026-01-02T12:00:03Z stdout P FO: on",
      "2026-01-02T12:00:04Z stdout F e", "2026-01-02T12:00:05Z stdout F \ttwo", "2026-01-02T12:00:06Z stdout P \tthr",
      "2026-01-02T12:00:07Z stdout F", "2026-01-02T12:00:08Z stderr P  no",
    ]
    let probe = try StreamProbe(Self.cri, Self.game)
    probe.expect(
      lines,
      give: [
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"game","message":"one\n\ttwo\n\tthr","thread":"main","stream":"stdout","partial":"F"}"#,
        #"{"time":"2026-01-02T12:00:02Z","format":"cri","message":"oh no","stream":"stderr","partial":"P"}"#,
      ])
    let numbered = probe.run(lines, lineNumbers: true)
    #expect(numbered[0].hasSuffix(#""source_line":1,"source_lines":7}"#))
    #expect(numbered[1].hasSuffix(#""source_line":2,"source_lines":7}"#))
  }

  @Test func `part newline joins until a text ends with a line feed`() throws {
    let docker = """
      name: docker
      multiline: none
      wrap: {field: message, key: stream, part: newline}
      json: {require: [log, stream], time: [time], message: [log]}
      """
    func line(_ log: String, _ second: Int) -> String {
      #"{"log":"\#(log)","stream":"out","time":"2026-01-02T12:00:0\#(second)Z"}"#
    }
    try StreamProbe(docker, Self.game).expect(
      [line("[main] WARN: a", 1), line("b", 2), line(#"c\n"#, 3), line(#"[main] WARN: d\n"#, 4), line("[main]", 5)],
      give: [
        #"{"time":"2026-01-02T12:00:01Z","level":"warn","format":"game","message":"abc","thread":"main","stream":"out"}"#,
        #"{"time":"2026-01-02T12:00:04Z","level":"warn","format":"game","message":"d\n[main]","thread":"main","stream":"out"}"#,
      ])
  }

  @Test func `a text of pieces is complete at the limit of an entry, and further texts do not wait when too many do`() throws {
    var probe = try StreamProbe(Self.cri)
    probe.options.maximumEntryBytes = 100
    let pieces = (1...5).map { _ in "2026-01-02T12:00:01Z stdout P " + String(repeating: "x", count: 40) }
    let entries = probe.run(pieces + ["2026-01-02T12:00:01Z stdout F y"])
    #expect(entries.map { $0.split(separator: "x", omittingEmptySubsequences: false).count - 1 } == [120, 80])
    let keyed =
      "name: keyed\nmultiline: none\nwrap: {field: message, key: k, part: {field: more, is: '1'}}\nentry: ['{k:word} {more:int} {message}']"
    let waiting = try StreamProbe(keyed).run((0..<100).map { "k\($0) 1 a" } + (0..<100).map { "k\($0) 0 b" })
    // What waits no more comes first and on its own, the others complete.
    #expect(waiting.filter { $0.contains(#""message":"ab""#) }.count == 64)
    #expect(waiting.filter { $0.contains(#""message":"a""#) }.count == 36)
    #expect(waiting.filter { $0.contains(#""message":"b""#) }.count == 36)
  }

  @Test func `what waits in one stream is not in the next`() throws {
    let probe = try StreamProbe(Self.cri)
    #expect(probe.run(["2026-01-02T12:00:01Z stdout P a"]).count == 1)
    #expect(probe.run(["2026-01-02T12:00:01Z stdout F b"]).first?.contains(#""message":"b""#) == true)
  }
}
