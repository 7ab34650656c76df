import LogBytes
import TestSupport
import Testing

@testable import LogFormats

/// Clocks in named zones: the nights on which times exist twice or never, and what later times take from earlier ones there.
struct ZonedClockTests {
  /// The times of lines in New York, one after the other on one stream, as they go out.
  private func times(_ layout: String, _ lines: [String], arrival: String = "2026-12-31T00:00:00Z", day: String? = nil) throws -> [String] {
    let utc = try EntryProbe(["{time:iso}"])
    func seconds(_ text: String) throws -> Int64 {
      let fields = try #require(utc.fields(text))
      let digits = fields[0].dropFirst(5).split { "-T:Z".contains($0) }.compactMap { Int($0) }
      return Int64(
        daysFromCivil(year: digits[0], month: digits[1], day: digits[2]) * 86_400 + digits[3] * 3600 + digits[4] * 60 + digits[5])
    }
    var format = LogFormat(name: "probe")
    format.entry = [try Pattern.parse("{time:\(layout)}")]
    let probe = try EntryProbe(
      format, arrival: try seconds(arrival), zone: try #require(Zone("America/New_York")),
      day: try day.map { try seconds($0 + "T00:00:00Z") / 86_400 })
    return try lines.map { try #require(probe.fields($0)).first.map { String($0.dropFirst(5)) } ?? "none" }
  }

  @Test func `summer and winter have their offsets`() throws {
    #expect(
      try times("%Y-%m-%d %H:%M:%S", ["2026-01-15 12:00:00", "2026-07-15 12:00:00", "2026-07-15 12:00:01", "2026-01-15 12:00:00"])
        == ["2026-01-15T17:00:00Z", "2026-07-15T16:00:00Z", "2026-07-15T16:00:01Z", "2026-01-15T17:00:00Z"])
  }

  @Test func `a time that exists twice is the first until that is past`() throws {
    #expect(
      try times(
        "%Y-%m-%d %H:%M:%S",
        [
          "2026-11-01 00:59:59", "2026-11-01 01:00:00", "2026-11-01 01:59:59", "2026-11-01 01:59:59", "2026-11-01 01:00:00",
          "2026-11-01 01:30:00", "2026-11-01 02:00:00",
        ]) == [
          "2026-11-01T04:59:59Z", "2026-11-01T05:00:00Z", "2026-11-01T05:59:59Z", "2026-11-01T05:59:59Z", "2026-11-01T06:00:00Z",
          "2026-11-01T06:30:00Z", "2026-11-01T07:00:00Z",
        ])
  }

  @Test func `a time that does not exist is moved on by the gap`() throws {
    #expect(
      try times("%Y-%m-%d %H:%M:%S", ["2026-03-08 01:59:59", "2026-03-08 02:00:00", "2026-03-08 02:30:00", "2026-03-08 03:30:00"])
        == ["2026-03-08T06:59:59Z", "2026-03-08T07:00:00Z", "2026-03-08T07:30:00Z", "2026-03-08T07:30:00Z"])
  }

  @Test func `times of day go through the end of summer time`() throws {
    #expect(
      try times("%H:%M:%S", ["23:30:00", "01:15:00", "01:45:00", "01:15:00", "02:30:00", "23:59:59", "00:00:01"], day: "2026-10-31") == [
        "2026-11-01T03:30:00Z", "2026-11-01T05:15:00Z", "2026-11-01T05:45:00Z", "2026-11-01T06:15:00Z", "2026-11-01T07:30:00Z",
        "2026-11-02T04:59:59Z", "2026-11-02T05:00:01Z",
      ])
  }

  @Test func `times of day go through the beginning of summer time`() throws {
    #expect(
      try times("%H:%M:%S", ["23:30:00", "01:59:59", "03:00:00", "02:59:00", "23:59:59", "00:00:00"], day: "2026-03-07") == [
        "2026-03-08T04:30:00Z", "2026-03-08T06:59:59Z", "2026-03-08T07:00:00Z", "2026-03-08T07:59:00Z", "2026-03-09T03:59:59Z",
        "2026-03-09T04:00:00Z",
      ])
  }

  @Test func `a time of day that a long day leaves out is of the next day`() throws {
    // The day has 25 hours: 00:20 was 110 minutes before the last time, and is 23 hours and 10 minutes behind it.
    #expect(
      try times("%H:%M:%S", ["01:45:00", "01:10:00", "00:20:00"], day: "2026-11-01")
        == ["2026-11-01T05:45:00Z", "2026-11-01T06:10:00Z", "2026-11-02T05:20:00Z"])
  }

  @Test func `without a previous time it is the latest before arrival`() throws {
    #expect(try times("%H:%M:%S", ["12:00:00"], arrival: "2026-07-15T16:30:00Z") == ["2026-07-15T16:00:00Z"])
    #expect(try times("%H:%M:%S", ["14:00:00"], arrival: "2026-07-15T16:30:00Z") == ["2026-07-14T18:00:00Z"])
    #expect(try times("%H:%M:%S", ["13:00:00"], arrival: "2026-11-01T17:30:00Z") == ["2026-11-01T18:00:00Z"])
    #expect(try times("%H:%M:%S", ["14:00:00"], arrival: "2026-11-01T17:30:00Z") == ["2026-10-31T18:00:00Z"])
  }

  @Test func `a year is found in the zone`() throws {
    #expect(
      try times("%b %e %H:%M:%S", ["Oct 31 23:00:00", "Nov  1 01:30:00", "Nov  1 01:20:00", "Nov  2 00:00:00"]) == [
        "2026-11-01T03:00:00Z", "2026-11-01T05:30:00Z", "2026-11-01T06:20:00Z", "2026-11-02T05:00:00Z",
      ])
    #expect(try times("%b %e %H:%M:%S", ["Dec 31 23:59:59", "Jan  1 00:00:00"]) == ["2026-01-01T04:59:59Z", "2026-01-01T05:00:00Z"])
  }

  @Test func `hour 24 is the next day of the zone`() throws {
    #expect(
      try times("%Y-%m-%d %H:%M:%S", ["2026-10-31 24:00:00", "2026-11-01 24:00:00", "2026-07-01 24:00:00"])
        == ["2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z", "2026-07-02T04:00:00Z"])
  }

  @Test func `a zone in the line goes before the clock's`() throws {
    #expect(
      try times("%Y-%m-%d %H:%M:%S %z", ["2026-11-01 01:30:00 +00:00", "2026-07-01 01:30:00 -0700", "2026-07-01 01:30:00 Z"])
        == ["2026-11-01T01:30:00Z", "2026-07-01T08:30:00Z", "2026-07-01T01:30:00Z"])
  }

  /// Every answer of the quick path must be the slow one's: lines an hour apart over a year, each on a clock of its own and all on one.
  @Test(arguments: ["America/New_York", "Australia/Lord_Howe", "Europe/Dublin", "Asia/Seoul", "America/Havana"])
  func `a clock that remembers answers as the rules do`(name: String) throws {
    let zone = try #require(Zone(name))
    let rules = try #require(zone.rules)
    var clock = Clock(arrival: 1_798_675_200, zone: zone)
    var previous = Int64.min / 2
    for hour in 0..<(24 * 366) {
      let local = Int64(1_767_225_600 + hour * 3600 + 61)
      var parts = TimeParts()
      parts.presence = [.year, .month, .day, .hour]
      let date = civilFromDays(Int(local / 86_400))
      parts[.century] = UInt8(date.year / 100)
      parts[.yearOfCentury] = UInt8(date.year % 100)
      parts[.month] = UInt8(date.month)
      parts[.day] = UInt8(date.day)
      parts[.hour] = UInt8(local % 86_400 / 3600)
      parts[.minute] = 1
      parts[.second] = 1
      let expected = rules.moment(ofLocal: local, previous: previous)
      #expect(clock.resolve(parts, movesPrevious: true)?.seconds == expected)
      previous = expected
    }
  }
}
