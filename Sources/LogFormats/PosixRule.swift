import LogBytes

/// The footer of a TZif file: how the clock goes on behind the last stated change, in the words of POSIX's TZ variable
/// (`EST5EDT,M3.2.0,M11.1.0`). Days are always of the form `Mm.w.d`: the database has no others, and a test reads them all.
struct PosixRule {
  /// Seconds east of UTC, of the standard clock and of the other one.
  private var standard: Int64 = 0
  private var daylight: Int64 = 0
  /// When the other clock begins and ends; nil if there is none.
  private var change: (begin: YearlyDay, end: YearlyDay)?

  /// A day of the week in a month, and the seconds of its clock.
  private struct YearlyDay {
    var month: Int
    /// 1 to 5; 5 is the last.
    var week: Int
    /// 0 is Sunday.
    var weekday: Int
    /// -167 to 167 hours.
    var time: Int64 = 7200

    /// The time in a year on the clock of that day, in seconds since 1970.
    func local(in year: Int) -> Int64 {
      let first = daysFromCivil(year: year, month: month, day: 1)
      // 1 January 1970 was a Thursday.
      let weekdayOfFirst = ((first + 4) % 7 + 7) % 7
      var day = (weekday - weekdayOfFirst + 7) % 7 + 7 * (week - 1)
      while day >= daysInMonth(year: year, month: month) { day -= 7 }
      return Int64(first + day) * 86_400 + time
    }
  }

  /// nil for a footer that is empty, or no rule.
  init?(at place: Int) {
    var reader = Reader(at: place + 1)
    guard reader.takeName() else { return nil }
    standard = -reader.takeTime()
    daylight = standard + 3600
    guard reader.takeName() else { return }
    if reader.next != ASCII.comma { daylight = -reader.takeTime() }
    guard let begin = reader.takeDay(), let end = reader.takeDay() else { return nil }
    change = (begin, end)
  }

  /// The span in which a moment lies.
  func span(at moment: Int64) -> ZoneSpan {
    guard let change else { return ZoneSpan(offset: standard, from: .min, until: .max) }
    let year = civilFromDays(Int((moment - (moment % 86_400 + 86_400) % 86_400) / 86_400)).year
    var span = ZoneSpan(offset: standard, from: .min, until: .max)
    // The changes of three years hold the one before and the one behind, whatever the offset.
    for year in year - 1...year + 1 {
      let begin = (moment: change.begin.local(in: year) - standard, offset: daylight)
      let end = (moment: change.end.local(in: year) - daylight, offset: standard)
      for next in begin.moment < end.moment ? [begin, end] : [end, begin] {
        if next.moment <= moment {
          span.from = next.moment
          span.offset = next.offset
        } else {
          span.until = min(span.until, next.moment)
        }
      }
    }
    return span
  }

  /// Reads a footer byte by byte; it ends with LF.
  private struct Reader {
    private var place: Int

    init(at place: Int) { self.place = place }

    var next: UInt8 { ZoneFile.byte(place) }

    private mutating func take(_ byte: UInt8) -> Bool {
      if next != byte { return false }
      place += 1
      return true
    }

    /// `EST` or `<+03>`.
    mutating func takeName() -> Bool {
      let start = place
      if take(ASCII.less) {
        while next != ASCII.greater, next != ASCII.lineFeed { place += 1 }
        return take(ASCII.greater)
      }
      while ASCII.isLetter(next) { place += 1 }
      return place > start
    }

    private mutating func takeNumber() -> Int {
      var number = 0
      while ASCII.isDigit(next) {
        number = number * 10 + Int(next - ASCII.zero)
        place += 1
      }
      return number
    }

    /// `[+-]h[:mm[:ss]]`, in seconds.
    mutating func takeTime() -> Int64 {
      let isNegative = take(ASCII.minus)
      if !isNegative { _ = take(ASCII.plus) }
      var seconds = takeNumber() * 3600
      if take(ASCII.colon) { seconds += takeNumber() * 60 }
      if take(ASCII.colon) { seconds += takeNumber() }
      return Int64(isNegative ? -seconds : seconds)
    }

    /// `,Mm.w.d[/time]`.
    mutating func takeDay() -> YearlyDay? {
      guard take(ASCII.comma), take(UInt8(ascii: "M")) else { return nil }
      let month = takeNumber()
      guard take(ASCII.dot) else { return nil }
      let week = takeNumber()
      guard take(ASCII.dot) else { return nil }
      var day = YearlyDay(month: month, week: week, weekday: takeNumber())
      guard (1...12).contains(month), (1...5).contains(week), day.weekday < 7 else { return nil }
      if take(ASCII.slash) { day.time = takeTime() }
      return day
    }
  }
}
