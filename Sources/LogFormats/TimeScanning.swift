import LogBytes

/// Reads times: where one ends and what it states, in one pass. Linear in the time's width; allocates nothing.
enum TimeScanning {
  /// One step of a layout, 8 bytes.
  struct Operation: Sendable, BitwiseCopyable {
    enum Code: UInt8, Sendable {
      case literal, year, shortYear, month, day, hour, minute, second, looseMonth, looseDay, looseHour, looseMinute, looseSecond, paddedDay,
        paddedHour, monthName, dayName, hourOfHalf, half, dayOfYear, fraction, looseMilliseconds, optionalFraction, offset, zoneName,
        epochSeconds
    }
    var code: Code
    var byte: UInt8 = 0
    /// Month names of the format's own: a range of the words' pool.
    var nameCount: UInt16 = 0
    var firstName: UInt32 = 0
  }

  /// - Parameter firstName: where the layout's own month names stand in the words' pool.
  static func operations(of layout: TimeLayout, firstName: Int) -> [Operation] {
    layout.parts.map { part in
      switch part {
      case .literal(let byte): return Operation(code: .literal, byte: byte)
      case .monthName(let own):
        return Operation(code: .monthName, nameCount: UInt16(own.count), firstName: UInt32(firstName))
      case .year: return Operation(code: .year)
      case .shortYear: return Operation(code: .shortYear)
      case .month: return Operation(code: .month)
      case .day: return Operation(code: .day)
      case .hour: return Operation(code: .hour)
      case .minute: return Operation(code: .minute)
      case .second: return Operation(code: .second)
      case .looseMonth: return Operation(code: .looseMonth)
      case .looseDay: return Operation(code: .looseDay)
      case .looseHour: return Operation(code: .looseHour)
      case .looseMinute: return Operation(code: .looseMinute)
      case .looseSecond: return Operation(code: .looseSecond)
      case .paddedDay: return Operation(code: .paddedDay)
      case .paddedHour: return Operation(code: .paddedHour)
      case .dayName: return Operation(code: .dayName)
      case .hourOfHalf: return Operation(code: .hourOfHalf)
      case .half: return Operation(code: .half)
      case .dayOfYear: return Operation(code: .dayOfYear)
      case .fraction: return Operation(code: .fraction)
      case .looseMilliseconds: return Operation(code: .looseMilliseconds)
      case .optionalFraction: return Operation(code: .optionalFraction)
      case .offset: return Operation(code: .offset)
      case .zoneName: return Operation(code: .zoneName)
      case .epochSeconds: return Operation(code: .epochSeconds)
      }
    }
  }

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

  /// One digit or two: the longest that is in the range. The width is 0 if there is none.
  @inline(__always)
  static func loose(_ text: Span<UInt8>, _ at: Int, _ range: ClosedRange<UInt8>) -> (value: UInt8, width: Int) {
    let two = twoDigits(text, at)
    if range.contains(two) { return (two, 2) }
    let one = digit(text, at)
    return one <= 9 && range.contains(one) ? (one, 1) : (0, 0)
  }

  /// Reads the layout at `start`; answers where it ends, or -1.
  static func scan(
    _ steps: Range<Int>, _ program: ProgramView, _ text: Span<UInt8>, from start: Int, into parts: inout TimeParts
  ) -> Int {
    parts = TimeParts()
    var at = start
    for index in steps {
      let operation = program.times[index]
      switch operation.code {
      case .literal:
        guard at < text.count, text[at] == operation.byte else { return -1 }
        at += 1
      case .hour:
        let value = twoDigits(text, at)
        guard value <= 24 else { return -1 }
        parts.hour = value
        parts.presence.insert(.hour)
        at += 2
      case .minute:
        let value = twoDigits(text, at)
        guard value <= 59 else { return -1 }
        parts.minute = value
        at += 2
      case .second:
        let value = twoDigits(text, at)
        guard value <= 60 else { return -1 }
        parts.second = value
        at += 2
      case .day:
        let value = twoDigits(text, at)
        guard value >= 1, value <= 31 else { return -1 }
        parts.day = value
        parts.presence.insert(.day)
        at += 2
      case .month:
        let value = twoDigits(text, at)
        guard value >= 1, value <= 12 else { return -1 }
        parts.month = value
        parts.presence.insert(.month)
        at += 2
      case .year:
        let high = twoDigits(text, at)
        let low = twoDigits(text, at + 2)
        guard high <= 99, low <= 99 else { return -1 }
        parts.year = Int32(high) * 100 + Int32(low)
        parts.presence.insert(.year)
        at += 4
      case .monthName:
        at = scanMonthName(text, at, program, operation, &parts)
        guard at >= 0 else { return -1 }
      case .fraction:
        at = scanFraction(text, at, &parts)
        guard at >= 0 else { return -1 }
      case .optionalFraction:
        if at < text.count, text[at] == ASCII.dot || text[at] == ASCII.comma {
          let end = scanFraction(text, at + 1, &parts)
          if end >= 0 { at = end }
        }
      case .offset:
        at = scanOffset(text, at, &parts)
        guard at >= 0 else { return -1 }
      default:
        at = scanSeldom(operation, text, at, &parts)
        guard at >= 0 else { return -1 }
      }
    }
    return at
  }

  /// The parts that few layouts have.
  @inline(never)
  static func scanSeldom(_ operation: Operation, _ text: Span<UInt8>, _ start: Int, _ parts: inout TimeParts) -> Int {
    var at = start
    switch operation.code {
    case .shortYear:
      let value = twoDigits(text, at)
      guard value <= 99 else { return -1 }
      parts.year = Int32(value) + (value >= 70 ? 1900 : 2000)
      parts.presence.insert(.year)
      return at + 2
    case .looseMonth:
      let (value, width) = loose(text, at, 1...12)
      parts.month = value
      parts.presence.insert(.month)
      return width == 0 ? -1 : at + width
    case .looseDay, .paddedDay:
      if operation.code == .paddedDay, at < text.count, text[at] == ASCII.blank { at += 1 }
      let (value, width) = loose(text, at, 1...31)
      parts.day = value
      parts.presence.insert(.day)
      return width == 0 ? -1 : at + width
    case .looseHour, .paddedHour:
      if operation.code == .paddedHour, at < text.count, text[at] == ASCII.blank { at += 1 }
      let (value, width) = loose(text, at, 0...24)
      parts.hour = value
      parts.presence.insert(.hour)
      return width == 0 ? -1 : at + width
    case .looseMinute:
      let (value, width) = loose(text, at, 0...59)
      parts.minute = value
      return width == 0 ? -1 : at + width
    case .looseSecond:
      let (value, width) = loose(text, at, 0...60)
      parts.second = value
      return width == 0 ? -1 : at + width
    case .hourOfHalf:
      let (value, width) = loose(text, at, 1...12)
      parts.hour = value
      parts.presence.insert(.hour)
      return width == 0 ? -1 : at + width
    case .half:
      guard at + 1 < text.count, text[at + 1] | 0x20 == UInt8(ascii: "m") else { return -1 }
      let letter = text[at] | 0x20
      guard letter == ASCII.smallA || letter == UInt8(ascii: "p") else { return -1 }
      parts.isAfternoon = letter != ASCII.smallA
      parts.presence.insert(.half)
      return at + 2
    case .dayOfYear:
      let high = digit(text, at)
      let low = twoDigits(text, at + 1)
      guard high <= 9, low <= 99 else { return -1 }
      parts.dayOfYear = UInt16(high) * 100 + UInt16(low)
      parts.presence.insert(.dayOfYear)
      return at + 3
    case .looseMilliseconds:
      var value: UInt32 = 0
      while at < start + 3, digit(text, at) <= 9 {
        value = value * 10 + UInt32(digit(text, at))
        at += 1
      }
      parts.nanoseconds = value * 1_000_000
      parts.fractionDigits = 3
      return at == start ? -1 : at
    case .dayName: return scanDayName(text, at)
    case .zoneName:
      while at < start + 5, at < text.count, text[at] >= ASCII.capitalA, text[at] <= ASCII.capitalZ {
        parts.zone |= UInt64(text[at]) << UInt64(8 * (at - start))
        at += 1
      }
      parts.presence.insert(.zone)
      return at - start < 2 ? -1 : at
    case .epochSeconds:
      let end = scanDigits(text, at, 9...11, &parts.epoch)
      parts.presence.insert(.epoch)
      return end
    default: return -1
    }
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
    var at = start
    var value: UInt32 = 0
    while at - start < 9, digit(text, at) <= 9 {
      value = value * 10 + UInt32(digit(text, at))
      at += 1
    }
    guard at > start else { return -1 }
    parts.fractionDigits = UInt8(at - start)
    for _ in at - start..<9 { value *= 10 }
    parts.nanoseconds = value
    return at
  }

  /// `Z`, `UTC`, `GMT`, `±hh:mm`, `±hhmm`, `±hh`.
  static func scanOffset(_ text: Span<UInt8>, _ at: Int, _ parts: inout TimeParts) -> Int {
    guard at < text.count else { return -1 }
    switch text[at] {
    case ASCII.plus, ASCII.minus:
      let hours = twoDigits(text, at + 1)
      guard hours <= 99 else { return -1 }
      var end = at + 3
      var minutes = twoDigits(text, end)
      if minutes <= 99 {
        end += 2
      } else if end < text.count, text[end] == ASCII.colon {
        minutes = twoDigits(text, end + 1)
        if minutes <= 99 { end += 3 }
      }
      let seconds = Int32(hours) * 3600 + (minutes <= 99 ? Int32(minutes) * 60 : 0)
      parts.offset = text[at] == ASCII.minus ? -seconds : seconds
      parts.presence.insert(.offset)
      return end
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
