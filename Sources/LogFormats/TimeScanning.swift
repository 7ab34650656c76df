import LogBytes

/// Reads times: where one ends and what it states, in one pass. Linear in the time's width; allocates nothing.
enum TimeScanning {
  /// The value of the byte as a digit, above 9 if it is none.
  @inline(__always)
  static func digit(_ text: Span<UInt8>, _ at: Int) -> UInt8 {
    at < text.count ? text[at] &- ASCII.zero : 255
  }

  /// Two digits, or a value above 99.
  @inline(__always)
  static func twoDigits(_ text: Span<UInt8>, _ at: Int) -> UInt8 {
    guard at &+ 1 < text.count else { return 255 }
    let tens = text[at] &- ASCII.zero
    let ones = text[at &+ 1] &- ASCII.zero
    return tens > 9 || ones > 9 ? 255 : tens &* 10 &+ ones
  }

  /// Reads the layout at `start`; answers where it ends, or -1.
  static func scan(
    _ steps: Range<Int>, _ program: ProgramView, _ text: Span<UInt8>, from start: Int, into parts: inout TimeParts
  ) -> Int {
    parts = TimeParts()
    var at = start
    for index in steps {
      let operation = program.times[index]
      if operation.code == .block {
        guard operation.readBlock(text, at, into: &parts) else { return -1 }
        at &+= Int(operation.width)
      } else {
        at = scanVarying(operation, program, text, at, &parts)
        if at < 0 { return -1 }
      }
    }
    return at
  }

  /// The parts whose width varies or that are no numbers.
  @inline(never)
  private static func scanVarying(
    _ operation: Operation, _ program: ProgramView, _ text: Span<UInt8>, _ start: Int, _ parts: inout TimeParts
  ) -> Int {
    switch operation.code {
    case .monthName: return scanMonthName(text, start, program, operation, &parts)
    case .fraction: return scanFraction(text, start, &parts)
    case .optionalFraction:
      guard start < text.count, text[start] == ASCII.dot || text[start] == ASCII.comma else { return start }
      let end = scanFraction(text, start + 1, &parts)
      return end >= 0 ? end : start
    case .offset: return scanOffset(text, start, &parts)
    case .shortYear:
      let value = twoDigits(text, start)
      guard value <= 99 else { return -1 }
      parts[.century] = value >= 70 ? 19 : 20
      parts[.yearOfCentury] = value
      parts.presence.insert(.year)
      return start + 2
    case .looseMonth: return scanLoose(.month, 1...12, .month, text, start, &parts)
    case .looseDay: return scanLoose(.day, 1...31, .day, text, start, &parts)
    case .paddedDay: return scanLoose(.day, 1...31, .day, text, afterBlank(text, start), &parts)
    case .looseHour: return scanLoose(.hour, 0...24, .hour, text, start, &parts)
    case .paddedHour: return scanLoose(.hour, 0...24, .hour, text, afterBlank(text, start), &parts)
    case .looseMinute: return scanLoose(.minute, 0...59, [], text, start, &parts)
    case .looseSecond: return scanLoose(.second, 0...60, [], text, start, &parts)
    case .hourOfHalf: return scanLoose(.hour, 1...12, .hour, text, start, &parts)
    case .half: return scanHalf(text, start, &parts)
    case .dayOfYear:
      let high = digit(text, start)
      let low = twoDigits(text, start + 1)
      guard high <= 9, low <= 99 else { return -1 }
      parts.dayOfYear = UInt16(high) * 100 + UInt16(low)
      parts.presence.insert(.dayOfYear)
      return parts.dayOfYear >= 1 && parts.dayOfYear <= 366 ? start + 3 : -1
    case .looseMilliseconds:
      var milliseconds: Int64 = 0
      let end = scanDigits(text, start, 1...3, &milliseconds)
      parts.nanoseconds = UInt32(milliseconds) * 1_000_000
      parts.fractionDigits = 3
      return end
    case .dayName: return scanDayName(text, start)
    case .zoneName:
      var at = start
      while at < start + 5, at < text.count, text[at] >= ASCII.capitalA, text[at] <= ASCII.capitalZ {
        parts.zone |= UInt64(text[at]) << UInt64(8 * (at - start))
        at += 1
      }
      parts.presence.insert(.zone)
      return at - start < 2 ? -1 : at
    case .epochSeconds:
      parts.presence.insert(.epoch)
      return scanDigits(text, start, 9...11, &parts.epoch)
    case .block: preconditionFailure("read in place")
    }
  }

  /// One digit or two: the longest number that is in the range.
  private static func scanLoose(
    _ place: TimeParts.Place, _ range: ClosedRange<UInt8>, _ presence: TimeParts.Presence, _ text: Span<UInt8>, _ start: Int,
    _ parts: inout TimeParts
  ) -> Int {
    parts.presence.formUnion(presence)
    let two = twoDigits(text, start)
    if range.contains(two) {
      parts[place] = two
      return start + 2
    }
    let one = digit(text, start)
    guard one <= 9, range.contains(one) else { return -1 }
    parts[place] = one
    return start + 1
  }

  private static func afterBlank(_ text: Span<UInt8>, _ at: Int) -> Int {
    at < text.count && text[at] == ASCII.blank ? at + 1 : at
  }

  /// `AM` or `PM`, any case.
  private static func scanHalf(_ text: Span<UInt8>, _ at: Int, _ parts: inout TimeParts) -> Int {
    guard at + 1 < text.count, text[at + 1] | 0x20 == UInt8(ascii: "m") else { return -1 }
    let letter = text[at] | 0x20
    guard letter == ASCII.smallA || letter == UInt8(ascii: "p") else { return -1 }
    parts.isAfternoon = letter != ASCII.smallA
    parts.presence.insert(.half)
    return at + 2
  }

  /// Digits within the limits: as many as there are, up to the greatest number. -1 if they are too few.
  static func scanDigits(_ text: Span<UInt8>, _ start: Int, _ limits: ClosedRange<Int>, _ value: inout Int64) -> Int {
    var at = start
    var number: Int64 = 0
    while at - start < limits.upperBound, digit(text, at) <= 9 {
      number = number &* 10 &+ Int64(digit(text, at))
      at += 1
    }
    value = number
    return at - start < limits.lowerBound ? -1 : at
  }

  /// 1 to 9 digits.
  static func scanFraction(_ text: Span<UInt8>, _ start: Int, _ parts: inout TimeParts) -> Int {
    // A word behind which the text ends soon costs more than its digits one by one.
    guard start &+ 8 <= text.count else { return scanLongFraction(text, start, &parts) }
    // Nearly all are three or six.
    let word = loadWord(text, at: start)
    let count = DigitWord.count(word)
    if count == 8 { return scanLongFraction(text, start, &parts) }
    if count == 0 { return -1 }
    parts.fractionDigits = UInt8(truncatingIfNeeded: count)
    parts.nanoseconds = DigitWord.value(word, count: count) &* DigitWord.powers[9 &- count]
    return start &+ count
  }

  @inline(never)
  private static func scanLongFraction(_ text: Span<UInt8>, _ start: Int, _ parts: inout TimeParts) -> Int {
    let limit = min(text.count, start &+ 9)
    var at = start
    var value: UInt32 = 0
    while at < limit {
      let digit = text[at] &- ASCII.zero
      if digit > 9 { break }
      value = value &* 10 &+ UInt32(digit)
      at &+= 1
    }
    guard at > start else { return -1 }
    let count = at &- start
    parts.fractionDigits = UInt8(truncatingIfNeeded: count)
    parts.nanoseconds = value &* DigitWord.powers[9 &- count]
    return at
  }

  /// `Z`, `UTC`, `GMT`, `±hh:mm`, `±hhmm`, `±hh`.
  static func scanOffset(_ text: Span<UInt8>, _ at: Int, _ parts: inout TimeParts) -> Int {
    guard at < text.count else { return -1 }
    switch text[at] {
    case ASCII.plus, ASCII.minus:
      let hours = twoDigits(text, at + 1)
      guard hours <= 23 else { return -1 }
      let hasColon = at + 3 < text.count && text[at + 3] == ASCII.colon
      let minutes = twoDigits(text, hasColon ? at + 4 : at + 3)
      let seconds = Int32(hours) * 3600 + (minutes <= 59 ? Int32(minutes) * 60 : 0)
      parts.offset = text[at] == ASCII.minus ? -seconds : seconds
      parts.presence.insert(.offset)
      return minutes <= 59 ? at + (hasColon ? 6 : 5) : at + 3
    case ASCII.capitalZ:
      parts.presence.insert(.offset)
      return at + 1
    default:
      let word = loadWord(text, at: at) & 0xff_ffff
      guard word == 0x43_5455 || word == 0x54_4d47 else { return -1 }  // "UTC", "GMT"
      parts.presence.insert(.offset)
      return at + 3
    }
  }
}
