import Foundation
import LogBytes
import TestSupport
import Testing

@testable import LogFormats

/// The embedded zones against what Python's zoneinfo says of the same database (script/update-zones wrote the files).
struct ZoneRulesTests {
  /// The lines of a golden file, in cells.
  private static func golden(_ name: String) throws -> [[String]] {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: tests.appendingPathComponent("Golden/zones/\(name).txt"), encoding: .utf8)
    return text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
  }

  /// Seconds since 1970 of `2026-03-08T02:30:00` read as UTC.
  private static func seconds(_ local: String) throws -> Int64 {
    let parts = local.split { "-T:".contains($0) }.compactMap { Int($0) }
    try #require(parts.count == 6)
    return Int64(daysFromCivil(year: parts[0], month: parts[1], day: parts[2]) * 86_400 + parts[3] * 3600 + parts[4] * 60 + parts[5])
  }

  @Test func `a thousand moments have the offset that zoneinfo gives`() throws {
    let lines = try Self.golden("offsets")
    #expect(lines.count == 1000)
    for line in lines {
      let rules = try #require(ZoneRules(named: line[0]))
      let moment = try #require(Int64(line[1]))
      let span = rules.span(at: moment)
      #expect(span.offset == Int64(line[2]), "\(line[0]) at \(moment)")
      #expect(span.from <= moment && moment < span.until)
      // The spans beside it begin and end where this one says.
      if span.until != .max { #expect(rules.span(at: span.until).from == span.until, "\(line[0]) at \(moment)") }
      if span.from != .min { #expect(rules.span(at: span.from - 1).until == span.from, "\(line[0]) at \(moment)") }
    }
  }

  @Test func `local times around changes of the clock mean what zoneinfo says`() throws {
    var kinds: Set<String> = []
    for line in try Self.golden("local") {
      let rules = try #require(ZoneRules(named: line[0]))
      let local = try Self.seconds(line[1])
      let first = try #require(Int64(line[2]))
      let last = try #require(Int64(line[3]))
      #expect(rules.moment(ofLocal: local, previous: .min / 2) == first, "\(line)")
      #expect(rules.moment(ofLocal: local, previous: first) == first, "\(line)")
      #expect(rules.moment(ofLocal: local, previous: first + 1) == last, "\(line)")
      let isGap = first + rules.span(at: first).offset != local
      kinds.insert(isGap ? "gap" : first == last ? "once" : "twice")
    }
    #expect(kinds == ["gap", "once", "twice"])
  }

  @Test func `a quiet day has one offset and each time once`() throws {
    let rules = try #require(ZoneRules(named: "America/New_York"))
    var loud: [Int64] = []
    let start = try Self.seconds("2026-01-01T00:00:00")
    for day in 0..<365 {
      let midnight = start + Int64(day) * 86_400
      guard let offset = rules.offset(ofQuietDay: midnight) else {
        loud.append(Int64(day))
        continue
      }
      for time in stride(from: Int64(0), through: 90_000, by: 900) {
        #expect(rules.moment(ofLocal: midnight + time, previous: .min / 2) == midnight + time - offset)
        #expect(rules.moment(ofLocal: midnight + time, previous: .max) == midnight + time - offset)
      }
    }
    // 8 March and 1 November, and the days whose hour 24 is near.
    #expect(loud == [65, 66, 303, 304])
  }

  @Test func `every zone of the database is understood`() throws {
    #expect(Zone.names.count > 500)
    #expect(Zone.names == Zone.names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    for name in Zone.names {
      let rules = try #require(ZoneRules(named: name))
      // Before the file's knowledge, within it, and in the hands of the footer; no clock is further than this from UTC.
      for moment: Int64 in [-2_000_000_000, 0, 946_684_800, 1_787_313_600, 4_000_000_000, 32_503_680_000] {
        #expect((-12 * 3600...14 * 3600).contains(rules.span(at: moment).offset), "\(name)")
      }
      #expect(rules.span(at: 0).offset == rules.span(at: 946_684_800).offset)
    }
  }

  @Test(arguments: [
    ("UTC", 0), ("utc", 0), ("Z", 0), ("+09:00", 32_400), ("-03:30", -12_600), ("+18:00", 64_800),
  ])
  func `an offset is a zone`(text: String, seconds: Int) {
    #expect(Zone(text) == Zone(secondsEast: seconds))
  }

  @Test(arguments: ["", "+9", "+09", "+0900", "+19:00", "+09:60", "*09:00", "Asia", "asia/seoul", "Asia/Seoul ", "local"])
  func `what is no zone is none`(text: String) {
    #expect(Zone(text) == nil)
  }

  @Test func `the hint names the zone that was meant`() {
    #expect(Zone.hint(for: "Asia/Soul").hasPrefix("did you mean Asia/Seoul? write "))
    #expect(Zone.hint(for: "xyz").hasPrefix("write UTC, "))
  }
}
