// Numbers and times into an output. The digits are made in place, in room that was reserved for them.

extension ByteOutput {
  /// Appends a number in decimal digits, without leading zeros, `-` in front of a negative one.
  public mutating func append(decimal value: Int) {
    if value < 0 { append(ASCII.minus) }
    append(decimal: UInt64(value.magnitude))
  }

  /// Appends a number in decimal digits, without leading zeros.
  public mutating func append(decimal value: UInt64) {
    if value < 10 {
      append(ASCII.zero + UInt8(truncatingIfNeeded: value))
      return
    }
    let digits = decimalDigits(value)
    appendDigits(value, count: digits)
  }

  /// Appends a moment as RFC 3339 has it, in UTC: `2026-12-31T12:00:01.250Z`, with as many digits of the fraction as the log had
  /// (`fractionDigits`, 0 to 9; the rest is cut off).
  ///
  /// RFC 3339 has four-digit years only. Beyond them the year is written with its sign and at least four digits (`+10000-01-01…`,
  /// `-0001-12-31…`), as ISO 8601 extends years: longer, but never a different moment. Constant time.
  public mutating func append(timestamp: Timestamp) {
    let (days, secondOfDay) = dayAndSecond(timestamp.seconds)
    let date = civilFromDays(days)
    if date.year < 0 || date.year > 9999 {
      append(date.year < 0 ? ASCII.minus : ASCII.plus)
      let magnitude = UInt64(date.year.magnitude)
      appendDigits(magnitude, count: max(decimalDigits(magnitude), 4))
    } else {
      appendDigits(UInt64(date.year), count: 4)
    }
    append(ASCII.minus)
    appendDigits(UInt64(date.month), count: 2)
    append(ASCII.minus)
    appendDigits(UInt64(date.day), count: 2)
    append(ASCII.capitalT)
    appendDigits(UInt64(secondOfDay / 3600), count: 2)
    append(ASCII.colon)
    appendDigits(UInt64(secondOfDay / 60 % 60), count: 2)
    append(ASCII.colon)
    appendDigits(UInt64(secondOfDay % 60), count: 2)
    let digits = min(Int(timestamp.fractionDigits), 9)
    if digits > 0 {
      append(ASCII.dot)
      var fraction = UInt64(timestamp.nanoseconds)
      for _ in digits..<9 { fraction /= 10 }
      appendDigits(fraction, count: digits)
    }
    append(ASCII.capitalZ)
  }

  /// Appends the last `count` decimal digits of a number, with leading zeros.
  private mutating func appendDigits(_ value: UInt64, count: Int) {
    // Writes out[0 ..< count] and nothing else.
    unsafe appendUnsafe(room: count) { out in
      var rest = value
      var position = count
      while position > 0 {
        position -= 1
        unsafe out[position] = ASCII.zero + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      }
      return count
    }
  }
}

/// The number of decimal digits of a number; 1 for 0.
private func decimalDigits(_ value: UInt64) -> Int {
  var digits = 1
  var rest = value
  while rest >= 10 {
    rest /= 10
    digits += 1
  }
  return digits
}

/// The day since 1970-01-01 and the second of that day (0 to 86,399) of a number of seconds since the epoch.
private func dayAndSecond(_ seconds: Int64) -> (day: Int, second: Int) {
  let (day, second) = seconds.quotientAndRemainder(dividingBy: 86_400)
  return second < 0 ? (Int(day) - 1, Int(second) + 86_400) : (Int(day), Int(second))
}
