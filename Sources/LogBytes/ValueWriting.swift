// Numbers and times into an output. The digits are made in place, in room that was reserved for them.

extension ByteOutput {
  /// Appends a number in decimal digits, without leading zeros, `-` in front of a negative one.
  public mutating func append(decimal value: Int) {
    if value < 0 { append(ASCII.minus) }
    append(decimal: UInt64(value.magnitude))
  }

  /// Appends a number in decimal digits, without leading zeros.
  public mutating func append(decimal value: UInt64) {
    appendDigits(value, count: decimalDigits(value))
  }

  /// Appends a moment as RFC 3339 has it, in UTC: `2026-12-31T12:00:01.250Z`, with as many digits of the fraction as the log had
  /// (`fractionDigits`, 0 to 9; the rest is cut off).
  ///
  /// RFC 3339 has four-digit years only. Beyond them the year is written with its sign and at least four digits (`+10000-01-01…`,
  /// `-0001-12-31…`), as ISO 8601 extends years: longer, but never a different moment. Constant time.
  public mutating func append(timestamp: Timestamp) {
    let (days, secondOfDay) = dayAndSecond(timestamp.seconds)
    let date = civilFromDays(days)
    var year = UInt32(truncatingIfNeeded: date.year)
    if date.year < 0 || date.year > 9999 {
      // The sign and what stands before the last four digits.
      append(date.year < 0 ? ASCII.minus : ASCII.plus)
      let (before, last) = date.year.magnitude.quotientAndRemainder(dividingBy: 10_000)
      if before > 0 { append(decimal: UInt64(before)) }
      year = UInt32(truncatingIfNeeded: last)
    }
    // The date and what writeTimeOfDay asks for.
    unsafe appendUnsafe(room: 10 + 20) { out in
      unsafe writePair(year / 100, to: out)
      unsafe writePair(year % 100, to: out + 2)
      unsafe out[4] = ASCII.minus
      unsafe writePair(UInt32(truncatingIfNeeded: date.month), to: out + 5)
      unsafe out[7] = ASCII.minus
      unsafe writePair(UInt32(truncatingIfNeeded: date.day), to: out + 8)
      return unsafe 10 &+ writeTimeOfDay(secondOfDay, of: timestamp, to: out + 10)
    }
  }

  /// Appends the last `count` (1 to 20) decimal digits of a number, with leading zeros.
  @inline(always)
  private mutating func appendDigits(_ value: UInt64, count: Int) {
    unsafe appendUnsafe(room: count) { out in
      unsafe writeDigits(value, count: count, to: out)
      return count
    }
  }
}

/// Writes the last `count` decimal digits of a number, with leading zeros. Requires room for `count` bytes and writes nothing else.
@inline(always)
private func writeDigits(_ value: UInt64, count: Int, to out: UnsafeMutablePointer<UInt8>) {
  var rest = value
  var position = count
  while position >= 2 {
    position &-= 2
    let (quotient, pair) = rest.quotientAndRemainder(dividingBy: 100)
    unsafe writePair(UInt32(truncatingIfNeeded: pair), to: out + position)
    rest = quotient
  }
  if position == 1 { unsafe out[0] = ASCII.zero &+ UInt8(truncatingIfNeeded: rest % 10) }
}

/// Writes `T12:00:01.250Z`, what follows the date, and answers its length. Requires room for 20 bytes.
@inline(always)
func writeTimeOfDay(_ secondOfDay: UInt32, of timestamp: Timestamp, to out: UnsafeMutablePointer<UInt8>) -> Int {
  unsafe out[0] = ASCII.capitalT
  unsafe writePair(secondOfDay / 3600, to: out + 1)
  unsafe out[3] = ASCII.colon
  unsafe writePair(secondOfDay / 60 % 60, to: out + 4)
  unsafe out[6] = ASCII.colon
  unsafe writePair(secondOfDay % 60, to: out + 7)
  if timestamp.fractionDigits == 0 {
    unsafe out[9] = ASCII.capitalZ
    return 10
  }
  return unsafe 9 &+ writeFraction(of: timestamp, to: out + 9)
}

/// Writes `.250Z`, what follows the second of a moment with a fraction, and answers its length. Requires room for 11 bytes.
@inline(always)
func writeFraction(of timestamp: Timestamp, to out: UnsafeMutablePointer<UInt8>) -> Int {
  let digits = min(Int(timestamp.fractionDigits), 9)
  unsafe out[0] = ASCII.dot
  // Milliseconds are what most logs have: a division by a constant.
  let fraction = digits == 3 ? timestamp.nanoseconds / 1_000_000 : timestamp.nanoseconds / powersOfTen32[9 &- digits]
  unsafe writeDigits(UInt64(fraction), count: digits, to: out + 1)
  unsafe out[1 &+ digits] = ASCII.capitalZ
  return 2 &+ digits
}

/// Writes a number from 0 to 99 as two digits. Requires room for two bytes.
@inline(always)
private func writePair(_ value: UInt32, to out: UnsafeMutablePointer<UInt8>) {
  // value / 10 for values below 179, as a multiplication.
  let tens = (value &* 205) &>> 11
  unsafe out[0] = ASCII.zero &+ UInt8(truncatingIfNeeded: tens)
  unsafe out[1] = ASCII.zero &+ UInt8(truncatingIfNeeded: value &- tens &* 10)
}

private let powersOfTen: [20 of UInt64] = [
  1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000,
  1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000,
  100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
]

private let powersOfTen32: [10 of UInt32] = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000]

/// The number of decimal digits of a number; 1 for 0.
@inline(always)
private func decimalDigits(_ value: UInt64) -> Int {
  // A number of b bits has at least (b - 1) * log10(2), at most b * log10(2) + 1 digits: 1233 / 4096 is that logarithm, and one look at a
  // power of ten decides.
  let bits = 64 - (value | 1).leadingZeroBitCount
  let fewest = (bits &* 1233) &>> 12
  return value | 1 >= powersOfTen[fewest] ? fewest + 1 : fewest
}

/// The day since 1970-01-01 and the second of that day (0 to 86,399) of a number of seconds since the epoch.
@inline(always)
func dayAndSecond(_ seconds: Int64) -> (day: Int, second: UInt32) {
  let (day, second) = seconds.quotientAndRemainder(dividingBy: 86_400)
  return second < 0
    ? (Int(day) - 1, UInt32(truncatingIfNeeded: second + 86_400)) : (Int(day), UInt32(truncatingIfNeeded: second))
}
