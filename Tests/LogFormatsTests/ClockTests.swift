import LogBytes
import LogFormats
import TestSupport
import Testing

/// Where missing parts of a time come from (formats/README.md, "Times"): lines of one stream, one after the other.
struct ClockTests {
  /// Lines and the times that they get.
  struct Stream: Sendable, CustomTestStringConvertible {
    var title: String
    var patterns: [String]
    var arrival: String
    var day: String?
    var zone: Int
    /// `line → time`, the time as it goes out, or the first field where there is none.
    var lines: [(String, String)]

    init(
      _ title: String, _ patterns: [String], arrival: String = "2026-08-21T12:00:00Z", day: String? = nil, zone: Int = 0,
      _ lines: (String, String)...
    ) {
      self.title = title
      self.patterns = patterns
      self.arrival = arrival
      self.day = day
      self.zone = zone
      self.lines = lines
    }

    var testDescription: String { title }
  }

  /// Seconds since 1970 of `YYYY-MM-DDThh:mm:ssZ`.
  static func seconds(_ text: String) -> Int64 {
    let digits = text.split { "-T:Z".contains($0) }.compactMap { Int($0) }
    return Int64(daysFromCivil(year: digits[0], month: digits[1], day: digits[2]) * 86_400 + digits[3] * 3600 + digits[4] * 60 + digits[5])
  }

  @Test(arguments: [
    Stream(
      "without a previous time: the latest not after arrival + 1 h", ["{time:%H:%M:%S}"], ("11:59:59", "2026-08-21T11:59:59Z")),
    Stream("an hour ahead is today", ["{time:%H:%M:%S}"], ("13:00:00", "2026-08-21T13:00:00Z")),
    Stream("a second more is yesterday", ["{time:%H:%M:%S}"], ("13:00:01", "2026-08-20T13:00:01Z")),
    Stream(
      "from [previous − 1 h, previous + 23 h)", ["{time:%H:%M:%S}"], ("10:00:00", "2026-08-21T10:00:00Z"),
      ("09:00:00", "2026-08-21T09:00:00Z"),
      ("08:00:00", "2026-08-21T08:00:00Z"), ("06:59:59", "2026-08-22T06:59:59Z"), ("05:59:58", "2026-08-23T05:59:58Z")),
    Stream(
      "over midnight and back", ["{time:%H:%M:%S}"], ("12:30:00", "2026-08-21T12:30:00Z"), ("23:59:59", "2026-08-21T23:59:59Z"),
      ("00:00:00", "2026-08-22T00:00:00Z"),
      ("23:59:58", "2026-08-21T23:59:58Z"), ("00:00:01", "2026-08-22T00:00:01Z")),
    Stream(
      "hour 24 and second 60", ["{time:%H:%M:%S}"], ("12:30:00", "2026-08-21T12:30:00Z"), ("23:59:60", "2026-08-22T00:00:00Z"),
      ("24:00:00", "2026-08-22T00:00:00Z"),
      ("00:00:01", "2026-08-22T00:00:01Z")),
    Stream(
      "hours of half a day", ["{time:%I:%M %p}"], ("11:30 AM", "2026-08-21T11:30:00Z"), ("12:30 PM", "2026-08-21T12:30:00Z"),
      ("11:59 PM", "2026-08-21T23:59:00Z"),
      ("12:00 AM", "2026-08-22T00:00:00Z"), ("1:00 am", "2026-08-22T01:00:00Z")),
    Stream(
      "in the clock's zone", ["{time:%H:%M:%S}"], zone: 9 * 3600, ("22:00:00", "2026-08-21T13:00:00Z"),
      ("23:59:59", "2026-08-21T14:59:59Z"),
      ("00:00:00", "2026-08-21T15:00:00Z"), ("08:00:00", "2026-08-21T23:00:00Z")),
    Stream(
      "a stated zone", ["{time:%H:%M:%S %z}"], zone: 9 * 3600, ("12:30:00 Z", "2026-08-21T12:30:00Z"),
      ("23:59:59 Z", "2026-08-21T23:59:59Z"),
      ("02:00:00 +02:00", "2026-08-22T00:00:00Z"), ("23:30:00 Z", "2026-08-21T23:30:00Z")),
    Stream(
      "a stated day: the first time falls on it", ["{time:%H:%M:%S}"], day: "2025-03-01", ("23:59:59", "2025-03-01T23:59:59Z"),
      ("00:00:00", "2025-03-02T00:00:00Z")),
    Stream(
      "a stated day on the log's own clock", ["{time:%H:%M:%S}"], day: "2025-03-01", zone: -5 * 3600, ("20:00:00", "2025-03-02T01:00:00Z")),
    Stream("a stated day is no base of relative times", ["{time:since(s)}"], day: "2025-03-01", ("5", "uptime=5")),
    Stream(
      "a date gives the next times theirs", ["{time:iso} {}", "{time:%H:%M:%S}"], ("2024-02-28T23:59:59Z x", "2024-02-28T23:59:59Z"),
      ("00:00:01", "2024-02-29T00:00:01Z"),
      ("2020-01-01T00:00:00Z x", "2020-01-01T00:00:00Z"), ("12:00:00", "2020-01-01T12:00:00Z")),
    Stream(
      "an epoch gives the next times theirs", ["{time:epoch} {}", "{time:%H:%M:%S}"], ("1470637875 x", "2016-08-08T06:31:15Z"),
      ("06:31:16", "2016-08-08T06:31:16Z"),
      ("05:00:00", "2016-08-09T05:00:00Z")),
    Stream(
      "other time fields do not", ["{begin:iso} {time:%H:%M:%S}", "{time:%H:%M:%S}"],
      ("2020-01-01T00:00:00Z 11:00:00", "2026-08-21T11:00:00Z"), ("11:00:01", "2026-08-21T11:00:01Z")),
  ])
  func `a date that is missing`(stream: Stream) throws { try check(stream) }

  @Test(arguments: [
    Stream("the latest year not after arrival + 24 h", ["{time:%b %e %H:%M:%S}"], ("Aug 21 12:00:00", "2026-08-21T12:00:00Z")),
    Stream("a day ahead is this year", ["{time:%b %e %H:%M:%S}"], ("Aug 22 12:00:00", "2026-08-22T12:00:00Z")),
    Stream("more is the last", ["{time:%b %e %H:%M:%S}"], ("Aug 22 12:00:01", "2025-08-22T12:00:01Z")),
    Stream(
      "New Year's Eve in January", ["{time:%b %e %H:%M:%S}"], arrival: "2026-01-01T00:30:00Z", ("Dec 31 23:59:59", "2025-12-31T23:59:59Z"),
      ("Jan  1 00:00:01", "2026-01-01T00:00:01Z")),
    Stream(
      "New Year's Day on New Year's Eve", ["{time:%b %e %H:%M:%S}"], arrival: "2025-12-31T23:59:00Z",
      ("Jan  1 00:00:01", "2026-01-01T00:00:01Z")),
    Stream(
      "the year that brings it nearest to the last time", ["{time:%b %e %H:%M:%S}"], ("Aug 20 00:00:00", "2026-08-20T00:00:00Z"),
      ("Dec 31 23:59:59", "2026-12-31T23:59:59Z"),
      ("Jan  1 00:00:00", "2027-01-01T00:00:00Z"), ("Dec 31 23:59:58", "2026-12-31T23:59:58Z"), ("Jul  2 12:00:00", "2026-07-02T12:00:00Z")),
    // 1 July and 1 January 2025 have 183 days on either side of each other: 181 and 184.
    Stream(
      "half a year away", ["{time:iso} {}", "{time:%b %e %H:%M:%S}"], ("2025-07-02T12:00:00Z x", "2025-07-02T12:00:00Z"),
      ("Jan  1 00:00:00", "2026-01-01T00:00:00Z"),
      ("2025-07-02T11:59:59Z x", "2025-07-02T11:59:59Z"), ("Jan  1 00:00:00", "2025-01-01T00:00:00Z")),
    Stream(
      "29 February: the nearest", ["{time:iso} {}", "{time:%b %e %H:%M:%S}"], ("2025-01-01T00:00:00Z x", "2025-01-01T00:00:00Z"),
      ("Feb 29 12:00:00", "2024-02-29T12:00:00Z"), ("2026-06-01T00:00:00Z x", "2026-06-01T00:00:00Z"),
      ("Feb 29 12:00:00", "2028-02-29T12:00:00Z")),
    Stream("29 February: only leap years", ["{time:%b %e %H:%M:%S}"], ("Feb 29 12:00:00", "2024-02-29T12:00:00Z")),
    Stream("eight years back", ["{time:%b %e %H:%M:%S}"], arrival: "1903-08-01T00:00:00Z", ("Feb 29 12:00:00", "1896-02-29T12:00:00Z")),
    Stream(
      "a day that no year has", ["{time:%b %e %H:%M:%S}"], ("Feb 30 12:00:00", "time_text='Feb 30 12:00:00'"),
      ("Apr 31 12:00:00", "time_text='Apr 31 12:00:00'")),
    Stream(
      "in the clock's zone", ["{time:%b %e %H:%M:%S}"], arrival: "2026-01-01T00:30:00Z", zone: 9 * 3600,
      ("Jan  1 09:00:00", "2026-01-01T00:00:00Z"), ("Dec 31 09:00:00", "2025-12-31T00:00:00Z")),
    Stream(
      "hour 24 on the last day", ["{time:%b %e %H:%M:%S}"], ("Aug 21 24:00:00", "2026-08-22T00:00:00Z"),
      ("Dec 31 24:00:00", "2027-01-01T00:00:00Z")),
  ])
  func `a year that is missing`(stream: Stream) throws { try check(stream) }

  @Test func `a base is stated on lines that any format may take`() throws {
    var format = LogFormat(name: "probe")
    format.entry = [try Pattern.parse("{time:since(s)} {x}"), try Pattern.parse("[{time:%H:%M:%S}] {x}")]
    format.clock.set = [try Pattern.parse("log of {base:%Y-%m-%d %H:%M:%S.%f}"), try Pattern.parse("day {base:%Y-%m-%d}")]
    try check(
      format,
      [
        ("5.25 x", "uptime=5.25"), ("log of 2026-01-02 23:59:58.5", ""), ("5.25 x", "2026-01-03T00:00:03.75Z"),
        ("0 x", "2026-01-02T23:59:58.5Z"),
        // A base forgets the last time; a time of day is the one from an hour before it.
        ("log of 2020-01-02 12:00:00.5", ""), ("[11:00:00] x", "2020-01-02T11:00:00Z"), ("log of 2020-01-02 12:00:00.5", ""),
        ("[10:59:59] x", "2020-01-03T10:59:59Z"),
        ("0.5 x", "2020-01-02T12:00:01.0Z"),
        // A date alone says the day and is no base of relative times.
        ("day 2019-05-06", ""), ("[23:00:00] x", "2019-05-06T23:00:00Z"), ("0.5 x", "uptime=0.5"), ("[00:30:00] x", "2019-05-07T00:30:00Z"),
        // A base that is none changes nothing.
        ("day 2019-02-30", ""), ("[01:00:00] x", "2019-05-07T01:00:00Z"),
      ])
  }

  @Test func `a base of milliseconds`() throws {
    var format = LogFormat(name: "probe")
    format.entry = [try Pattern.parse("{time:since(ms)} {x}")]
    format.clock.set = [try Pattern.parse("log of {base:iso}")]
    try check(
      format,
      [
        ("log of 2026-01-02T00:00:00Z", ""), ("1500 x", "2026-01-02T00:00:01.500Z"), ("1500.25 x", "2026-01-02T00:00:01.50025Z"),
        ("86400000 x", "2026-01-03T00:00:00.000Z"),
      ])
  }

  @Test func `a base in the name of the file`() throws {
    var format = LogFormat(name: "probe")
    format.entry = [try Pattern.parse("[{time:%H:%M:%S}] {x}")]
    format.clock.file = [try Pattern.parse("{base:%Y-%m-%d}-{:int}.log")]
    try check(format, file: "2019-05-06-1.log", [("[23:00:00] x", "2019-05-06T23:00:00Z"), ("[00:00:00] x", "2019-05-07T00:00:00Z")])
    try check(format, file: "latest.log", [("[11:00:00] x", "2026-08-21T11:00:00Z")])
  }

  @Test func `the format's zone goes before the run's`() throws {
    var format = LogFormat(name: "probe")
    format.entry = [try Pattern.parse("{time:%Y-%m-%d %H:%M:%S} {x}")]
    format.clock.zone = Zone(secondsEast: 3600)
    try check(format, [("2026-01-02 00:30:00 x", "2026-01-01T23:30:00Z")])
  }

  private func check(_ stream: Stream) throws {
    var format = LogFormat(name: "probe")
    format.entry = try stream.patterns.map { try Pattern.parse($0) }
    try check(
      format, arrival: stream.arrival, day: stream.day.map { Self.seconds($0 + "T00:00:00Z") / 86_400 },
      zone: Zone(secondsEast: stream.zone), stream.lines)
  }

  private func check(
    _ format: LogFormat, arrival: String = "2026-08-21T12:00:00Z", day: Int64? = nil, zone: Zone = .utc, file: String? = nil,
    _ lines: [(String, String)]
  ) throws {
    let probe = try EntryProbe(format, arrival: Self.seconds(arrival), zone: zone, day: day)
    if let file { probe.setFileName(file) }
    for (line, time) in lines {
      let fields = probe.fields(line)
      if time.isEmpty {
        #expect(fields == nil, "\(line)")
      } else {
        let expected = time.contains("=") ? time : "time=\(time)"
        #expect(fields?.first { $0.hasPrefix("time") || $0.hasPrefix("uptime") } == expected, "\(line)")
      }
    }
  }
}
