import LogBytes
import TestSupport
import Testing

@Suite struct CivilDateTests {
  /// Walks the calendar day by day, as a person would.
  @Test func `every day of the years 0 to 9999 is counted and named`() {
    var days = daysFromCivil(year: 0, month: 1, day: 1)
    #expect(days == -719_528)
    var mistakes = 0
    for year in 0...9999 {
      let isLeap = year % 400 == 0 || year % 4 == 0 && year % 100 != 0
      if isLeapYear(year) != isLeap { mistakes += 1 }
      for (index, length) in [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
        let month = index + 1
        if daysInMonth(year: year, month: month) != length { mistakes += 1 }
        for day in 1...length {
          if daysFromCivil(year: year, month: month, day: day) != days { mistakes += 1 }
          if civilFromDays(days) != CivilDate(year: year, month: month, day: day) { mistakes += 1 }
          days += 1
        }
      }
    }
    #expect(mistakes == 0)
    #expect(days == 2_932_897)
  }

  @Test(arguments: [
    (0, CivilDate(year: 1970, month: 1, day: 1)), (-1, CivilDate(year: 1969, month: 12, day: 31)),
    (11_016, CivilDate(year: 2000, month: 2, day: 29)), (-719_468, CivilDate(year: 0, month: 3, day: 1)),
    (-719_529, CivilDate(year: -1, month: 12, day: 31)), (-865_566, CivilDate(year: -400, month: 2, day: 29)),
    (2_932_897, CivilDate(year: 10_000, month: 1, day: 1)),
  ])
  func `days that are known`(days: Int, date: CivilDate) {
    #expect(civilFromDays(days) == date)
    #expect(daysFromCivil(year: date.year, month: date.month, day: date.day) == days)
  }

  @Test func `far years go there and back`() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<2000 {
      let days = Int.random(in: -200_000_000_000...200_000_000_000, using: &generator)
      let date = civilFromDays(days)
      #expect((1...12).contains(date.month) && (1...31).contains(date.day))
      #expect(daysFromCivil(year: date.year, month: date.month, day: date.day) == days)
    }
  }

  @Test func `a day beyond the end of its month counts on`() {
    #expect(daysFromCivil(year: 2026, month: 1, day: 32) == daysFromCivil(year: 2026, month: 2, day: 1))
    #expect(daysFromCivil(year: 2026, month: 3, day: 0) == daysFromCivil(year: 2026, month: 2, day: 28))
  }
}
