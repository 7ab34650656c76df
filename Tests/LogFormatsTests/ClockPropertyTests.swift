import LogBytes
import LogFormats
import TestSupport
import Testing

@testable import LogFormats

/// The clock against its rules written down once more, without anything remembered: random times on streams without end.
struct ClockPropertyTests {
  static let hour: Int64 = 3600
  static let day: Int64 = 86_400

  /// What a stream knows, and nothing else.
  private struct Rules {
    var arrival: Int64
    var zone: Int64
    var previous: Int64?
    var base: (moment: Int64, isDay: Bool)?

    /// The moment of a time that states these parts; nil if it is none.
    func moment(_ stated: Stated) -> Int64? {
      let offset = stated.offset ?? zone
      if let month = stated.month, let dayOfMonth = stated.day {
        if let year = stated.year { return local(year, month, dayOfMonth, stated.time).map { $0 - offset } }
        let since = previous ?? arrival
        let near = civilFromDays(Int((since + ClockPropertyTests.day * 1_000_000) / ClockPropertyTests.day) - 1_000_000).year
        let moments = (near - 9...near + 9).compactMap { local($0, month, dayOfMonth, stated.time).map { $0 - offset } }
        if let previous { return moments.reversed().min { abs($0 - previous) < abs($1 - previous) } }
        return moments.last { $0 <= arrival + ClockPropertyTests.day }
      }
      if previous == nil, let base, base.isDay { return base.moment + stated.time - offset }
      let days = (-4...4).map {
        ((previous ?? base?.moment ?? arrival) / ClockPropertyTests.day + $0) * ClockPropertyTests.day + stated.time - offset
      }
      guard let since = previous ?? base?.moment else { return days.last { $0 <= arrival + ClockPropertyTests.hour } }
      return days.first { $0 >= since - ClockPropertyTests.hour }
    }

    private func local(_ year: Int, _ month: Int, _ day: Int, _ time: Int64) -> Int64? {
      day <= daysInMonth(year: year, month: month)
        ? Int64(daysFromCivil(year: year, month: month, day: day)) * ClockPropertyTests.day + time : nil
    }
  }

  /// What a time in a log says.
  private struct Stated {
    var year: Int?
    var month: Int?
    var day: Int?
    var time: Int64
    var offset: Int64?

    var parts: TimeParts {
      var parts = TimeParts()
      parts.presence = .hour
      parts[.hour] = UInt8(time / 3600)
      parts[.minute] = UInt8(time / 60 % 60)
      parts[.second] = UInt8(time % 60)
      if let month, let day {
        parts[.month] = UInt8(month)
        parts[.day] = UInt8(day)
        parts.presence.formUnion([.month, .day])
      }
      if let year {
        parts[.century] = UInt8(year / 100)
        parts[.yearOfCentury] = UInt8(year % 100)
        parts.presence.insert(.year)
      }
      if let offset {
        parts.offset = Int32(offset)
        parts.presence.insert(.offset)
      }
      return parts
    }
  }

  @Test func `clock and rules agree`() {
    var random = SeededGenerator(seed: MatcherPropertyTests.seed)
    for stream in 0..<400 {
      let arrival = Int64.random(in: 0...4_000_000_000, using: &random)
      let zone = Int64.random(in: -14...14, using: &random) * 1800
      let day = stream % 4 == 0 ? arrival / Self.day : nil
      var clock = Clock(arrival: arrival, zone: Zone(secondsEast: Int(zone)), day: day)
      var rules = Rules(arrival: arrival, zone: zone, previous: nil, base: day.map { ($0 * Self.day, true) })
      var last: Stated?
      for _ in 0..<50 {
        var stated = time(near: rules.previous ?? arrival, &random)
        if let last, Int.random(in: 0..<4, using: &random) == 0 {
          // The date of an earlier line once more, perhaps without its year.
          (stated.year, stated.month, stated.day) = (Bool.random(using: &random) ? last.year : nil, last.month, last.day)
        }
        if stated.year != nil { last = stated }
        let moves = Int.random(in: 0..<4, using: &random) > 0
        let expected = rules.moment(stated)
        let found = clock.resolve(stated.parts, movesPrevious: moves)
        #expect(found?.seconds == expected, "\(stated) on \(rules)")
        if found?.seconds != expected { return }
        if moves, let expected { rules.previous = expected }
        if Int.random(in: 0..<40, using: &random) == 0 {
          let base = time(near: arrival, &random)
          var alone = rules
          alone.previous = nil
          alone.base = nil
          if let moment = alone.moment(base), base.month != nil {
            clock.setBase(base.parts)
            rules.base = (moment, false)
            rules.previous = nil
          }
        }
      }
    }
  }

  /// A time such as the next line of a log might have: mostly a little later than the last, sometimes far from it.
  private func time(near moment: Int64, _ random: inout SeededGenerator) -> Stated {
    let steps: [Int64] = [60, 3700, 90_000, 20_000_000, 40_000_000]
    let step = steps[Int.random(in: 0..<steps.count, using: &random)]
    // Half a year away the year is decided.
    let half: Int64 = Int.random(in: 0..<4, using: &random) == 0 ? 15_800_000 : 0
    let next = moment + (Bool.random(using: &random) ? half : -half) + Int64.random(in: -step / 2...step, using: &random)
    let civil = civilFromDays(Int(next / Self.day))
    var stated = Stated(year: civil.year, month: civil.month, day: civil.day, time: next % Self.day, offset: nil)
    if next < 0 || civil.year > 2200 { stated = Stated(year: 2026, month: 2, day: 29, time: 86_400, offset: nil) }
    let kind = Int.random(in: 0..<8, using: &random)
    if kind < 3 { (stated.year, stated.month, stated.day) = (nil, nil, nil) }
    if kind > 5 { stated.year = nil }
    if Int.random(in: 0..<6, using: &random) == 0 { stated.offset = Int64.random(in: -12...12, using: &random) * 1800 }
    if Int.random(in: 0..<50, using: &random) == 0 { stated.day = stated.day.map { _ in 31 } }
    if Int.random(in: 0..<50, using: &random) == 0 { stated.time = 86_400 }
    return stated
  }
}
