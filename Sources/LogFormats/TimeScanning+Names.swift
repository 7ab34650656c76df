import LogBytes

/// Names of months and days, and the times that are no layouts.
extension TimeScanning {
  /// The three letters in small letters as a number: `jan` is 0x6e616a.
  @inline(__always)
  private static func threeLetters(_ text: Span<UInt8>, _ at: Int) -> UInt64 {
    (loadWord(text, at: at) & 0xff_ffff) | 0x20_2020
  }

  static func scanMonthName(
    _ text: Span<UInt8>, _ at: Int, _ program: ProgramView, _ operation: Operation, _ parts: inout TimeParts
  ) -> Int {
    guard at < text.count else { return -1 }
    var longest = 0
    if operation.nameCount > 0 {
      let first = ASCII.lowercased(text[at])
      for index in Int(operation.firstName)..<Int(operation.firstName) + Int(operation.nameCount) {
        let name = program.words[index]
        if program.literals[Int(name.first)] == first, Int(name.count) > longest, hasFolded(name, program.literals, text, at) {
          longest = Int(name.count)
          parts[.month] = UInt8(name.valueFirst)
        }
      }
    }
    let (month, width) = englishMonth(text, at)
    if width > longest {
      longest = width
      parts[.month] = month
    }
    parts.presence.insert(.month)
    return longest == 0 ? -1 : at + longest
  }

  private static func hasFolded(_ name: Word, _ literals: Pool<UInt8>, _ text: Span<UInt8>, _ at: Int) -> Bool {
    guard at + Int(name.count) <= text.count else { return false }
    for index in 0..<Int(name.count) where ASCII.lowercased(text[at + index]) != literals[Int(name.first) + index] { return false }
    return true
  }

  private static func hasFolded(_ name: [UInt8], _ text: Span<UInt8>, _ at: Int) -> Bool {
    guard at + name.count <= text.count else { return false }
    for index in name.indices where ASCII.lowercased(text[at + index]) != name[index] { return false }
    return true
  }

  /// The month whose name stands at `at`, full or three letters; the width is 0 if none does.
  private static func englishMonth(_ text: Span<UInt8>, _ at: Int) -> (month: UInt8, width: Int) {
    guard at + 3 <= text.count else { return (0, 0) }
    let month: UInt8
    switch threeLetters(text, at) {
    case 0x6e616a: month = 1
    case 0x626566: month = 2
    case 0x72616d: month = 3
    case 0x727061: month = 4
    case 0x79616d: month = 5
    case 0x6e756a: month = 6
    case 0x6c756a: month = 7
    case 0x677561: month = 8
    case 0x706573: month = 9
    case 0x74636f: month = 10
    case 0x766f6e: month = 11
    case 0x636564: month = 12
    default: return (0, 0)
    }
    guard at + 3 < text.count, ASCII.isLetter(text[at + 3]), month != 5 else { return (month, 3) }
    let rest = Self.restsOfMonths[Int(month)]
    return hasFolded(rest, text, at + 3) ? (month, 3 + rest.count) : (month, 3)
  }

  private static let restsOfMonths: [[UInt8]] = [
    "", "uary", "ruary", "ch", "il", "", "e", "y", "ust", "tember", "ober", "ember", "ember",
  ].map { Array($0.utf8) }

  /// An English day name in any case, full or three letters; or three letters and up to six small ones behind (`Thurs`). Not checked.
  static func scanDayName(_ text: Span<UInt8>, _ at: Int) -> Int {
    guard at + 3 <= text.count else { return -1 }
    let rest: [UInt8]
    switch threeLetters(text, at) {
    case 0x6e6f6d: rest = restsOfDays[0]
    case 0x657574: rest = restsOfDays[1]
    case 0x646577: rest = restsOfDays[2]
    case 0x756874: rest = restsOfDays[3]
    case 0x697266: rest = restsOfDays[4]
    case 0x746173: rest = restsOfDays[5]
    case 0x6e7573: rest = restsOfDays[6]
    default: return -1
    }
    var end = at + 3
    guard end < text.count, ASCII.isLetter(text[end]) else { return end }
    while end < at + 9, end < text.count, text[end] >= ASCII.smallA, text[end] <= ASCII.smallZ { end += 1 }
    return hasFolded(rest, text, at + 3) ? max(end, at + 3 + rest.count) : end
  }

  /// From Monday.
  private static let restsOfDays: [[UInt8]] = ["day", "sday", "nesday", "rsday", "day", "urday", "day"].map { Array($0.utf8) }

  /// `YYYY-MM-DD`, `T` `t` or blank, `hh:mm`, optional seconds, fraction and zone.
  static func scanISO(_ text: Span<UInt8>, from start: Int, into parts: inout TimeParts) -> Int {
    parts = TimeParts()
    var at = start
    let high = twoDigits(text, at)
    let low = twoDigits(text, at + 2)
    let month = twoDigits(text, at + 5)
    let day = twoDigits(text, at + 8)
    let hour = twoDigits(text, at + 11)
    let minute = twoDigits(text, at + 14)
    guard high <= 99, low <= 99, month >= 1, month <= 12, day >= 1, day <= 31, hour <= 24, minute <= 59 else { return -1 }
    let separator = text[at + 10]
    guard text[at + 4] == ASCII.minus, text[at + 7] == ASCII.minus, text[at + 13] == ASCII.colon,
      separator == ASCII.capitalT || separator == UInt8(ascii: "t") || separator == ASCII.blank
    else { return -1 }
    parts[.century] = high
    parts[.yearOfCentury] = low
    parts[.month] = month
    parts[.day] = day
    parts[.hour] = hour
    parts[.minute] = minute
    parts.presence = [.year, .month, .day, .hour]
    at += 16
    if at < text.count, text[at] == ASCII.colon {
      let second = twoDigits(text, at + 1)
      if second <= 60 {
        parts[.second] = second
        at += 3
      }
    }
    return scanRestOfISO(text, at, &parts)
  }

  /// What may stand behind the time of day: a fraction and a zone.
  @inline(__always)
  static func scanRestOfISO(_ text: Span<UInt8>, _ start: Int, _ parts: inout TimeParts) -> Int {
    var at = start
    if at < text.count, text[at] == ASCII.dot || text[at] == ASCII.comma {
      let end = scanFraction(text, at + 1, &parts)
      if end >= 0 { at = end }
    }
    return scanZoneOfISO(text, at, &parts)
  }

  /// An optional zone, a blank before it allowed. `±hh` must not be followed by a digit.
  @inline(__always)
  private static func scanZoneOfISO(_ text: Span<UInt8>, _ at: Int, _ parts: inout TimeParts) -> Int {
    guard at < text.count else { return at }
    // What most lines have.
    if text[at] == ASCII.capitalZ {
      parts.presence.insert(.offset)
      return at + 1
    }
    let zone = text[at] == ASCII.blank ? at + 1 : at
    guard zone < text.count else { return at }
    if text[zone] == UInt8(ascii: "z") {
      parts.presence.insert(.offset)
      return zone + 1
    }
    let end = scanOffset(text, zone, &parts)
    guard end >= 0 else { return at }
    if end == zone + 3, text[zone] == ASCII.plus || text[zone] == ASCII.minus, digit(text, end) <= 9 {
      parts.presence.remove(.offset)
      parts.offset = 0
      return at
    }
    return end
  }

  static func scanEpoch(_ scale: EpochScale, _ text: Span<UInt8>, from start: Int, into parts: inout TimeParts) -> Int {
    parts = TimeParts()
    parts.presence = .epoch
    if scale == .hexadecimal {
      guard start + 8 <= text.count else { return -1 }
      var value: Int64 = 0
      for index in start..<start + 8 {
        guard let digit = ASCII.hexValue(text[index]) else { return -1 }
        value = value << 4 | Int64(digit)
      }
      parts.epoch = value
      return start + 8
    }
    var end = start
    while end < text.count, end - start < 20, digit(text, end) <= 9 { end += 1 }
    var limits: ClosedRange<Int>
    switch scale {
    case .seconds: limits = 9...11
    case .milliseconds: limits = 12...14
    case .microseconds: limits = 15...17
    case .nanoseconds: limits = 18...20
    default: limits = 9...20
    }
    let width = min(end - start, limits.upperBound)
    guard width >= limits.lowerBound else { return -1 }
    end = start + width
    let digits = width <= 11 ? 0 : width <= 14 ? 3 : width <= 17 ? 6 : 9
    var seconds: Int64 = 0
    for index in start..<end - digits { seconds = seconds &* 10 &+ Int64(text[index] - ASCII.zero) }
    parts.epoch = seconds
    if digits > 0 { _ = scanFraction(text.extracting(first: end), end - digits, &parts) }
    if digits == 0, end < text.count, text[end] == ASCII.dot {
      let after = scanFraction(text, end + 1, &parts)
      if after >= 0 { end = after }
    }
    return end
  }

  /// 1 to 12 digits and a fraction, relative to a base.
  static func scanRelative(_ scale: RelativeScale, _ text: Span<UInt8>, from start: Int, into parts: inout TimeParts) -> Int {
    parts = TimeParts()
    parts.presence = .relative
    var end = scanDigits(text, start, 1...12, &parts.epoch)
    guard end >= 0 else { return -1 }
    if end < text.count, text[end] == ASCII.dot {
      var fraction = TimeParts()
      let after = scanFraction(text, end + 1, &fraction)
      if after >= 0 {
        end = after
        parts.nanoseconds = fraction.nanoseconds
        parts.fractionDigits = fraction.fractionDigits
      }
    }
    if scale == .milliseconds {
      let milliseconds = parts.epoch
      parts.epoch = milliseconds / 1000
      parts.nanoseconds = UInt32(milliseconds % 1000) * 1_000_000 + parts.nanoseconds / 1000
      parts.fractionDigits = min(9, parts.fractionDigits + 3)
    }
    return end
  }
}
