package import LogBytes

/// Where the missing parts of a time come from: one for each stream and format (formats/README.md, "Times").
///
/// A moment is kept on the log's own clock (seconds since 1970 as if that clock were UTC); the zone is taken off at the end. Constant time.
package struct Clock: Sendable {
  /// The arrival of the lines that are read now, in seconds since 1970.
  package var arrival: Int64
  /// Seconds east of UTC for times that state no zone.
  package var zone: Int64
  /// The last time of this stream and format, on the log's clock; nil before the first, or if a base was set since.
  private var previous: Int64?
  /// A moment stated elsewhere, on the log's clock.
  private var base: Int64?
  private var baseIsDay = false
  /// The date that was converted last: year, month and day as one number, and its day since 1970.
  private var cachedDate: Int32 = -1
  private var cachedDay: Int64 = 0

  static let hour: Int64 = 3600
  static let day: Int64 = 86_400

  package init(arrival: Int64, zone: Int64 = 0, day: Int64? = nil) {
    self.arrival = arrival
    self.zone = zone
    base = day.map { $0 * Self.day }
    baseIsDay = day != nil
  }

  /// Makes a stated moment the base and forgets the last time.
  package mutating func setBase(_ parts: TimeParts) {
    guard let moment = localMoment(parts, standsAlone: true) else { return }
    base = moment.seconds
    baseIsDay = !parts.presence.contains(.hour) && !parts.presence.contains(.epoch)
    previous = nil
  }

  /// The moment that the parts mean, or nil if they mean none (30 February; a relative time without base).
  ///
  /// - Parameter movesPrevious: true for the field `time`, from which later times take what they miss.
  package mutating func resolve(_ parts: TimeParts, movesPrevious: Bool) -> Timestamp? {
    guard let moment = localMoment(parts, standsAlone: false) else { return nil }
    if movesPrevious { previous = moment.seconds }
    let offset = moment.isUTC ? 0 : offset(of: parts)
    return Timestamp(seconds: moment.seconds - offset, nanoseconds: parts.nanoseconds, fractionDigits: parts.fractionDigits)
  }

  private func offset(of parts: TimeParts) -> Int64 {
    if parts.presence.contains(.offset) { return Int64(parts.offset) }
    if parts.presence.contains(.zone), let offset = ZoneNames.offset(of: parts.zone) { return offset }
    return zone
  }

  /// Seconds on the log's clock, or of UTC for epochs.
  private mutating func localMoment(_ parts: TimeParts, standsAlone: Bool) -> (seconds: Int64, isUTC: Bool)? {
    if parts.presence.contains(.epoch) { return (parts.epoch, true) }
    if parts.presence.contains(.relative) {
      guard let base, !baseIsDay else { return nil }
      return (base + parts.epoch, false)
    }
    var hour = Int64(parts.hour)
    if parts.presence.contains(.half) { hour = hour % 12 + (parts.isAfternoon ? 12 : 0) }
    // Hour 24 is the next day, second 60 the next minute: plain arithmetic gives both.
    let time = hour * Self.hour + Int64(parts.minute) * 60 + Int64(parts.second)
    if parts.presence.contains(.dayOfYear) {
      guard parts.dayOfYear >= 1, parts.dayOfYear <= (isLeapYear(Int(parts.year)) ? 366 : 365) else { return nil }
      return ((Int64(daysFromCivil(year: Int(parts.year), month: 1, day: 1)) + Int64(parts.dayOfYear) - 1) * Self.day + time, false)
    }
    guard parts.presence.contains(.month) else { return (momentWithoutDate(time, standsAlone: standsAlone), false) }
    guard parts.presence.contains(.year) else { return momentWithoutYear(parts, time, standsAlone: standsAlone).map { ($0, false) } }
    let date = parts.year << 9 | Int32(parts.month) << 5 | Int32(parts.day)
    if date != cachedDate {
      guard Int(parts.day) <= daysInMonth(year: Int(parts.year), month: Int(parts.month)) else { return nil }
      cachedDate = date
      cachedDay = Int64(daysFromCivil(year: Int(parts.year), month: Int(parts.month), day: Int(parts.day)))
    }
    return (cachedDay * Self.day + time, false)
  }

  private static func midnight(_ moment: Int64) -> Int64 {
    moment - ((moment % day) + day) % day
  }

  /// The one moment with this time of day in [previous − 1 h, previous + 23 h); without a previous the latest not after arrival + 1 h.
  private func momentWithoutDate(_ time: Int64, standsAlone: Bool) -> Int64 {
    let known = standsAlone ? nil : previous ?? (baseIsDay ? nil : base)
    if let known {
      var moment = Self.midnight(known) + time
      while moment < known - Self.hour { moment += Self.day }
      while moment >= known + 23 * Self.hour { moment -= Self.day }
      return moment
    }
    if let base { return Self.midnight(base) + time }
    let arrived = arrival + zone
    let moment = Self.midnight(arrived) + time
    return moment <= arrived + Self.hour ? moment : moment - Self.day
  }

  /// The year that brings the time nearest to the previous one; else the latest in which it is not after arrival + 24 h.
  private func momentWithoutYear(_ parts: TimeParts, _ time: Int64, standsAlone: Bool) -> Int64? {
    let known = standsAlone ? nil : previous
    let arrived = arrival + zone
    let near = civilFromDays(Int(Self.midnight(known ?? arrived) / Self.day)).year
    var best: Int64?
    for year in stride(from: near + 1, through: near - 8, by: -1) {
      guard Int(parts.day) <= daysInMonth(year: year, month: Int(parts.month)) else { continue }
      let moment = Int64(daysFromCivil(year: year, month: Int(parts.month), day: Int(parts.day))) * Self.day + time
      guard let known else {
        if moment <= arrived + Self.day { return moment }
        continue
      }
      // Years run downwards, so of two that are equally near the later one stays.
      if best == nil || abs(moment - known) < abs(best! - known) { best = moment }
    }
    return best
  }
}

/// Zone names in logs with their commonest meaning, in seconds east of UTC.
enum ZoneNames {
  static let offsets: [(name: StaticString, hours: Double)] = [
    ("UTC", 0), ("GMT", 0), ("WET", 0), ("WEST", 1), ("BST", 1), ("CET", 1), ("CEST", 2), ("EET", 2), ("EEST", 3), ("MSK", 3), ("IST", 5.5),
    ("SGT", 8), ("HKT", 8), ("JST", 9), ("KST", 9), ("AEST", 10), ("AEDT", 11), ("NZST", 12), ("NZDT", 13), ("EST", -5), ("EDT", -4),
    ("CST", -6), ("CDT", -5), ("MST", -7), ("MDT", -6), ("PST", -8), ("PDT", -7), ("AKST", -9), ("AKDT", -8), ("HST", -10), ("BRT", -3),
    ("ART", -3),
  ]

  private static let table: [UInt64: Int64] = {
    var table: [UInt64: Int64] = [:]
    for (name, hours) in offsets {
      var word: UInt64 = 0
      for (index, byte) in String(describing: name).utf8.enumerated() { word |= UInt64(byte) << UInt64(8 * index) }
      table[word] = Int64(hours * 3600)
    }
    return table
  }()

  /// - Parameter name: up to five capitals, the first in the lowest byte.
  static func offset(of name: UInt64) -> Int64? { table[name] }
}
