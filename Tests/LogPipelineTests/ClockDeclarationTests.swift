import LogPipeline
import Testing

/// What formats say of their times: `clock.set`, `clock.file`, `clock.months`, `clock.names`, times relative to a base.
struct ClockDeclarationTests {
  private func times(_ entries: [String]) -> [String] {
    entries.map { entry in
      entry.hasPrefix(#"{"time":""#) ? String(entry.dropFirst(9).prefix { $0 != "\"" }) : "none"
    }
  }

  private func clock(_ clock: String, _ entry: String = "'{time:%H:%M:%S} {message}'") -> String {
    "name: game\nmultiline: none\nclock: \(clock)\nentry: [\(entry)]"
  }

  @Test func `a date says on which day the first time falls, whoever takes its line`() throws {
    let probe = try StreamProbe(
      clock("{set: ['log of {base:%Y-%m-%d}', 'start {base:iso}']}"), "name: other\nmultiline: none\nentry: ['log of {message}']")
    #expect(
      times(
        probe.run([
          "12:00:00 a", "log of 2020-02-28", "23:59:59 b", "00:00:01 c", "00:00:00 d", "log of 2021-01-01", "00:30:00 e", "23:00:00 f",
          "start 2022-03-04T10:00:00Z", "10:30:00 g", "09:00:00 h",
        ])) == [
          "2026-12-30T12:00:00Z", "none", "2020-02-28T23:59:59Z", "2020-02-29T00:00:01Z", "2020-02-29T00:00:00Z", "none",
          "2021-01-01T00:30:00Z", "2021-01-01T23:00:00Z", "none", "2022-03-04T10:30:00Z", "2022-03-05T09:00:00Z",
        ])
  }

  @Test func `the field base counts, not another time of its line`() throws {
    let probe = try StreamProbe(clock("{set: ['{:%H:%M:%S} begun {base:%Y-%m-%d} at {:%H:%M:%S}']}"))
    #expect(times(probe.run(["01:02:03 begun 2020-02-28 at 04:05:06", "07:08:09 x"])).last == "2020-02-28T07:08:09Z")
  }

  @Test(
    "The name of the file sets the day, without folders and compression suffix",
    arguments: [
      ("2020-02-28-1.log", "2020-02-28T12:00:00Z"), ("/var/2020-02-28-1.log.gz", "2020-02-28T12:00:00Z"),
      ("2020-02-28/latest.log", "2026-12-30T12:00:00Z"), ("28.02.2020 10-30.txt", "2020-02-28T12:00:00Z"), ("", "2026-12-30T12:00:00Z"),
    ])
  func file(_ name: String, _ time: String) throws {
    let format = clock("{file: ['{base:%Y-%m-%d}-{:int}.log', '{base:%d.%m.%Y %H-%M}.txt']}")
    #expect(times(try StreamProbe(format, name: name).run(["12:00:00 x"])) == [time])
    // Inside of a wrapper too: it is the name of its streams.
    let wrapper = "name: box\nmultiline: none\nwrap: {field: message, key: k}\nentry: ['{k:word} | {message}']"
    #expect(times(try StreamProbe(format, wrapper, name: name).run(["a | 12:00:00 x"])) == [time])
  }

  @Test func `a stated day goes for all formats`() throws {
    var probe = try StreamProbe(clock("{}"))
    probe.options.day = 18_320  // 2020-02-28
    #expect(
      times(probe.run(["12:00:00 x", "11:30:00 y", "10:00:00 z"])) == [
        "2020-02-28T12:00:00Z", "2020-02-28T11:30:00Z", "2020-02-29T10:00:00Z",
      ])
  }

  @Test func `times since a base are moments; without a base, or with a day alone, they are an uptime`() throws {
    let seconds = clock("{set: ['0.000 {base:%Y-%m-%d %H:%M:%S.%f}; {}', 'day {base:%Y-%m-%d}']}", "'{~}{time:since(s)} {message}'")
    #expect(
      try StreamProbe(seconds).run(["  12.5 a", "0.000 2020-02-28 23:59:59.75; x", "12.500 b", "0 c", "day 2021-01-01", "3 d"]) == [
        #"{"format":"game","message":"a","uptime":12.5}"#,
        #"{"time":"2020-02-28T23:59:59.750Z","format":"game","message":"2020-02-28 23:59:59.75; x"}"#,
        #"{"time":"2020-02-29T00:00:12.250Z","format":"game","message":"b"}"#,
        #"{"time":"2020-02-28T23:59:59.75Z","format":"game","message":"c"}"#,
        #"{"format":null,"message":"day 2021-01-01"}"#, #"{"format":"game","message":"d","uptime":3}"#,
      ])
    let milliseconds = clock("{set: ['at {base:iso}']}", "'{time:since(ms)} {message}'")
    #expect(
      try StreamProbe(milliseconds).run(["1500 a", "at 2020-02-28T12:00:00Z", "1500 b", "61000 c"]) == [
        #"{"format":"game","message":"a","uptime":1.5}"#, #"{"format":null,"message":"at 2020-02-28T12:00:00Z"}"#,
        #"{"time":"2020-02-28T12:00:01.500Z","format":"game","message":"b"}"#,
        #"{"time":"2020-02-28T12:01:01.000Z","format":"game","message":"c"}"#,
      ])
  }

  @Test func `months and zones have the names that the format gives them, beside the common ones`() throws {
    let format = clock(
      "{months: {janv.: 1, févr.: 2, Août: 8}, names: {IST: +02:00, XYZ: -03:30}}", "'{time:%d %b %Y %H:%M:%S %Z} {message}'")
    #expect(
      times(
        try StreamProbe(format).run([
          "02 janv. 2026 12:00:00 UTC a", "02 févr. 2026 12:00:00 IST b", "02 AOûT 2026 12:00:00 XYZ c", "02 March 2026 12:00:00 EST d",
          "02 mai 2026 12:00:00 UTC e", "02 Mar 2026 12:00:00 QQQ f",
        ])) == [
          "2026-01-02T12:00:00Z", "2026-02-02T10:00:00Z", "2026-08-02T15:30:00Z", "2026-03-02T17:00:00Z", "none", "2026-03-02T12:00:00Z",
        ])
  }

  @Test func `a day that its month lacks stays as a text`() throws {
    #expect(
      try StreamProbe(clock("{}", "'{time:%d.%m.%Y} {seen:%d.%m.%Y} {message}'")).run([
        "30.02.2026 29.02.2026 x", "31.13.2026 01.01.2026 y",
      ]) == [
        #"{"format":"game","message":"x","time_text":"30.02.2026","seen_text":"29.02.2026"}"#,
        #"{"format":null,"message":"31.13.2026 01.01.2026 y"}"#,
      ])
  }

  @Test(
    "A clock that says nothing is refused",
    arguments: [
      ("{set: ['start {time:iso}']}", "test.yaml:3:16: a pattern of a clock needs a time named \"base\""),
      ("{file: ['{base}.log']}", "test.yaml:3:17: a pattern of a clock needs a time named \"base\""),
      ("{names: {Ist: +02:00}}", "\"Ist\" is no name of a zone"), ("{names: {IST: two}}", "no offset"),
      ("{months: {x: 13}}", "a month must be"),
    ])
  func refused(_ clock: String, _ message: String) {
    #expect { try StreamProbe(self.clock(clock)) } throws: { "\($0)".contains(message) }
  }
}
