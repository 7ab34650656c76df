/// A day of the proleptic Gregorian calendar.
@frozen
public struct CivilDate: Sendable, Hashable {
  /// The astronomical year: 0 is 1 BC.
  public var year: Int
  /// 1 to 12.
  public var month: Int
  /// 1 to 31.
  public var day: Int

  @inlinable
  public init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }
}

// Both directions count years from 1 March, so that the leap day is the last of its year and the months before a given one always have
// the same number of days: (153 * m + 2) / 5 for the m-th month from March. 400 years have 146,097 days; 1970-01-01 is day 719,468
// from 0000-03-01.

/// The days from 1970-01-01 to a day of the proleptic Gregorian calendar; negative before it.
///
/// Constant time. Requires `month` to be 1 to 12; a day beyond the month's end counts on into the next one. Exact for years up to ten
/// trillion on either side.
@inlinable
public func daysFromCivil(year: Int, month: Int, day: Int) -> Int {
  precondition(month >= 1 && month <= 12, "no such month")
  let marchYear = month > 2 ? year : year - 1
  let era = marchYear >= 0 ? marchYear / 400 : (marchYear - 399) / 400
  let yearOfEra = marchYear - era * 400
  let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
  return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
}

/// The day of the proleptic Gregorian calendar that is `days` days after 1970-01-01.
///
/// Constant time; exact for ten trillion years on either side.
@inlinable
public func civilFromDays(_ days: Int) -> CivilDate {
  let fromMarch = days + 719_468
  let era = fromMarch >= 0 ? fromMarch / 146_097 : (fromMarch - 146_096) / 146_097
  // Within an era nothing is negative and nothing wide. Days are counted in quarters, so that a century is 36,524.25 days and a year 365.25
  // days long and both divide evenly; the 3 quarters put the leap day at the end of its cycle.
  let quarters = UInt32(truncatingIfNeeded: fromMarch - era * 146_097) * 4 + 3
  let century = quarters / 146_097
  let quartersOfCentury = quarters % 146_097 | 3
  // Divided by 1461 as a multiplication by 2^32 / 1461, rounded up, whose lower half is the remainder. The error, below 2^-32 for each quarter
  // day, does not reach the next whole number within a century.
  let product = UInt64(quartersOfCentury) * 2_939_745
  let yearOfCentury = UInt32(truncatingIfNeeded: product >> 32)
  let dayOfYear = UInt32(truncatingIfNeeded: product) / 2_939_745 / 4
  // The months from March begin at (153 * m + 2) / 5; in 65,536ths a day is 2141 and March the third month.
  let month = 2141 * dayOfYear + 197_913
  let day = month % 65_536 / 2141 + 1
  let isNextYear = dayOfYear >= 306
  return CivilDate(
    year: era * 400 + Int(100 * century + yearOfCentury) + (isNextYear ? 1 : 0),
    month: Int(isNextYear ? month / 65_536 - 12 : month / 65_536),
    day: Int(day))
}

/// Whether `year` of the proleptic Gregorian calendar has a 29 February.
@inlinable
public func isLeapYear(_ year: Int) -> Bool {
  year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// The number of days of a month. Requires `month` to be 1 to 12.
@inlinable
public func daysInMonth(year: Int, month: Int) -> Int {
  precondition(month >= 1 && month <= 12, "no such month")
  if month == 2 { return isLeapYear(year) ? 29 : 28 }
  // 30 days have April, June, September, November.
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31
}
