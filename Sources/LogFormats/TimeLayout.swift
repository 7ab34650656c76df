/// A time layout such as `%d/%b/%Y:%H:%M:%S %z`, as parts in order.
public struct TimeLayout: Sendable, Hashable {
  public var parts: [TimePart]

  public init(parts: [TimePart]) {
    self.parts = parts
  }
}

/// A month name of a format's own (`clock.months`), in small letters.
public struct MonthName: Sendable, Hashable {
  public var name: [UInt8]
  /// 1 to 12.
  public var month: Int

  public init(name: [UInt8], month: Int) {
    self.name = name
    self.month = month
  }
}

/// One part of a layout; the letters of formats/README.md, section "Times".
public enum TimePart: Sendable, Hashable {
  case literal(UInt8)
  /// `%Y`: four digits. `%y`: two, 70 to 99 are 19xx.
  case year, shortYear
  /// `%m`, `%d`, `%H`, `%M`, `%S`: two digits.
  case month, day, hour, minute, second
  /// `%-m`, `%-d`, `%-H`, `%-M`, `%-S`: one digit or two.
  case looseMonth, looseDay, looseHour, looseMinute, looseSecond
  /// `%e`, `%k`: blank-padded or not.
  case paddedDay, paddedHour
  /// `%b`: an English month name, or one of the format's own.
  case monthName([MonthName])
  /// `%a`: an English day name, not checked.
  case dayName
  /// `%I` (one digit or two) and `%p`.
  case hourOfHalf, half
  /// `%j`: three digits.
  case dayOfYear
  /// `%f`: 1 to 9 digits. `%-f`: milliseconds without padding. `%.`: a fraction with its `.` or `,`, or nothing.
  case fraction, looseMilliseconds, optionalFraction
  /// `%z`: `Z`, `UTC`, `GMT`, `±hh:mm`, `±hhmm`, `±hh`. `%Z`: a name of 2 to 5 capitals.
  case offset, zoneName
  /// `%s`: epoch seconds, 9 to 11 digits.
  case epochSeconds
}
