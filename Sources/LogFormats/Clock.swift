package import LogBytes

/// Where the missing parts of a time come from: one for each stream and format (formats/README.md, "Times").
///
/// Moments are kept in seconds since 1970-01-01T00:00:00Z, so that lines which state their zone and lines which state none agree. Each call
/// takes constant time and allocates nothing; the day of the last date is kept, since the next line mostly has the same one.
package struct Clock: Sendable {
  /// The arrival of the lines that are read now, in seconds since 1970.
  package var arrival: Int64
  /// The zone of times that state none.
  private let zone: Zone
  /// Zone names of the format's own.
  private let names: ZoneNames.Own
  /// Its seconds east of UTC: for good, or with rules on the cached date.
  private var zoneOffset: Int64
  /// The last time of this stream and format; `unknown` before the first, or if a base was set since.
  private var previous = Clock.unknown
  /// The midnight before `previous` on a clock without a stated zone; `unknown` if that is not at hand, or if that clock changes near it.
  private var midnight = Clock.unknown
  /// A moment stated elsewhere; if it is a date alone, its midnight on the log's own clock.
  private var base: Int64?
  private var baseIsDay: Bool
  private var baseNanoseconds: UInt32 = 0
  private var baseFractionDigits: UInt8 = 0
  /// The date that was converted last (`TimeParts.date`; month 0 for none), and its midnight of UTC. A day near which the zone's clock
  /// changes is not kept, so that all its times are found by the rules.
  private var cachedDate: UInt32 = 0
  private var cachedMidnight: Int64 = 0
  /// The zone's name that was looked up last, and its offset.
  private var cachedName: UInt64 = 0
  private var cachedOffset: Int64?

  /// Far from every moment, and so that adding a few years does not overflow.
  private static let unknown = Int64.min / 2
  private static let hour: Int64 = 3600
  private static let day: Int64 = 86_400
  /// The seconds that RFC 3339 can write: the years 0 to 9999.
  private static let writable: ClosedRange<Int64> = -62_167_219_200...253_402_300_799

  /// - Parameters:
  ///   - arrival: seconds since 1970.
  ///   - zone: the zone of times that state none.
  ///   - day: days since 1970 of the date on which the first time falls, if it is known.
  package init(arrival: Int64, zone: Zone = .utc, day: Int64? = nil) {
    self.init(arrival: arrival, zone: zone, day: day, names: ZoneNames.Own())
  }

  init(arrival: Int64, zone: Zone, day: Int64?, names: ZoneNames.Own) {
    self.arrival = arrival
    self.zone = zone
    self.names = names
    zoneOffset = zone.offset
    base = day.map { $0 * Self.day }
    baseIsDay = day != nil
  }

  /// Makes a stated moment the base and forgets the last time; a time that is none changes nothing.
  package mutating func setBase(_ parts: TimeParts) {
    let stated = statedOffset(of: parts)
    guard let moment = moment(of: parts, stated: stated, standsAlone: true) else { return }
    baseIsDay = parts.presence.isDisjoint(with: [.hour, .epoch, .relative])
    base = baseIsDay ? Self.latest(0, notAfter: moment + (stated ?? zone.rules?.span(at: moment).offset ?? zone.offset)) : moment
    baseNanoseconds = parts.nanoseconds
    baseFractionDigits = parts.fractionDigits
    previous = Self.unknown
    midnight = Self.unknown
  }

  /// The moment that the parts mean, or nil if they mean none: 30 February, a relative time without base, a year beyond 9999.
  ///
  /// - Parameter movesPrevious: true for the field `time`, from which later times take what they miss.
  @inline(__always)
  package mutating func resolve(_ parts: TimeParts, movesPrevious: Bool) -> Timestamp? {
    // What nearly all lines are: a time of the day of the last one, or a date that was converted before.
    let presence = parts.presence
    if presence == .hour {
      let seconds = midnight &+ parts.secondOfDay
      if isWithinDay(seconds) { return accept(seconds, parts, midnight, movesPrevious) }
    } else if presence.subtracting(.offset) == [.year, .month, .day, .hour] {
      if parts.date == cachedDate {
        let offset = presence.contains(.offset) ? Int64(parts.offset) : zoneOffset
        let start = cachedMidnight &- offset
        return accept(start &+ parts.secondOfDay, parts, offset == zoneOffset ? start : Self.unknown, movesPrevious)
      }
    } else if presence == [.month, .day, .hour], parts.date == cachedDate & 0xffff {
      let start = cachedMidnight &- zoneOffset
      let seconds = start &+ parts.secondOfDay
      if isNear(seconds) { return accept(seconds, parts, start, movesPrevious) }
    }
    return resolveSlowly(parts, movesPrevious: movesPrevious)
  }

  /// In [previous − 1 h, previous + 23 h); false if there is no previous.
  @inline(__always)
  private func isWithinDay(_ seconds: Int64) -> Bool {
    previous != Self.unknown && UInt64(bitPattern: seconds &- previous &+ Self.hour) < UInt64(Self.day)
  }

  /// Less than half a year from the previous time, so that no other year can be nearer; false if there is no previous.
  @inline(__always)
  private func isNear(_ seconds: Int64) -> Bool {
    UInt64(bitPattern: seconds &- previous &+ 180 &* Self.day) < UInt64(360 &* Self.day)
  }

  @inline(__always)
  private mutating func accept(_ seconds: Int64, _ parts: TimeParts, _ midnight: Int64, _ movesPrevious: Bool) -> Timestamp {
    if movesPrevious {
      previous = seconds
      self.midnight = midnight
    }
    return Timestamp(seconds: seconds, nanoseconds: parts.nanoseconds, fractionDigits: parts.fractionDigits)
  }

  @inline(never)
  private mutating func resolveSlowly(_ parts: TimeParts, movesPrevious: Bool) -> Timestamp? {
    guard let seconds = moment(of: parts, stated: statedOffset(of: parts), standsAlone: false) else { return nil }
    var moment = Timestamp(seconds: seconds, nanoseconds: parts.nanoseconds, fractionDigits: parts.fractionDigits)
    if parts.presence.contains(.relative), baseFractionDigits > 0 { addFractionOfBase(to: &moment) }
    guard Self.writable.contains(moment.seconds) else { return nil }
    if movesPrevious {
      previous = moment.seconds
      midnight = midnightBefore(previous)
    }
    return moment
  }

  private func addFractionOfBase(to moment: inout Timestamp) {
    moment.nanoseconds += baseNanoseconds
    moment.fractionDigits = max(moment.fractionDigits, baseFractionDigits)
    if moment.nanoseconds >= 1_000_000_000 {
      moment.nanoseconds -= 1_000_000_000
      moment.seconds += 1
    }
  }

  /// Seconds east of UTC that the line states; nil if it says nothing. An unknown name counts as no zone.
  private mutating func statedOffset(of parts: TimeParts) -> Int64? {
    if parts.presence.contains(.offset) { return Int64(parts.offset) }
    guard parts.presence.contains(.zone) else { return nil }
    if parts.zone != cachedName {
      cachedName = parts.zone
      cachedOffset = names.offset(of: parts.zone) ?? ZoneNames.offset(of: parts.zone)
    }
    return cachedOffset
  }

  /// The moment of a local time, which may be hour 24 or second 60 of its day: the next day, the next minute.
  ///
  /// - Parameters:
  ///   - local: seconds since 1970 on the log's own clock.
  ///   - stated: seconds east of UTC that the line states; nil for the zone of the clock.
  private func moment(ofLocal local: Int64, stated: Int64?) -> Int64 {
    if stated == nil, let rules = zone.rules { return rules.moment(ofLocal: local, previous: previous) }
    return local - (stated ?? zone.offset)
  }

  /// The midnight of the clock's zone before a moment; `unknown` if that clock changes near it.
  private func midnightBefore(_ moment: Int64) -> Int64 {
    guard let rules = zone.rules else { return Self.latest(-zone.offset, notAfter: moment) }
    let midnight = Self.latest(0, notAfter: moment + rules.span(at: moment).offset)
    return rules.offset(ofQuietDay: midnight).map { midnight - $0 } ?? Self.unknown
  }

  /// - Parameter standsAlone: the time is a base, which takes nothing from the times before it.
  private mutating func moment(of parts: TimeParts, stated: Int64?, standsAlone: Bool) -> Int64? {
    if !parts.presence.isDisjoint(with: [.epoch, .relative]) {
      if parts.presence.contains(.epoch) { return parts.epoch }
      guard let base, !baseIsDay else { return nil }
      return base + parts.epoch
    }
    var time = parts.secondOfDay
    if parts.presence.contains(.half) { time += Self.hour * ((parts.isAfternoon ? 12 : 0) - (parts[.hour] == 12 ? 12 : 0)) }
    if parts.presence.contains(.month) {
      guard parts.presence.contains(.year) else { return momentWithoutYear(parts, time, stated: stated, standsAlone: standsAlone) }
      return midnight(of: parts).map { moment(ofLocal: $0 + time, stated: stated) }
    }
    if parts.presence.contains(.dayOfYear) {
      guard parts.dayOfYear <= (isLeapYear(Int(parts.year)) ? 366 : 365) else { return nil }
      let day = Int64(daysFromCivil(year: Int(parts.year), month: 1, day: 1)) + Int64(parts.dayOfYear) - 1
      return moment(ofLocal: day * Self.day + time, stated: stated)
    }
    return momentWithoutDate(time, stated: stated, standsAlone: standsAlone)
  }

  /// The midnight of UTC of a date; nil for a day that its month lacks.
  private mutating func midnight(of parts: TimeParts) -> Int64? {
    if parts.date == cachedDate { return cachedMidnight }
    let midnight = Self.midnight(Int(parts.year), parts)
    // Dates at the ends of the calendar are not kept: a zone may take their moments out of it.
    if let midnight, parts.year > 0, parts.year < 9999 { keep(parts.date, midnight) }
    return midnight
  }

  private mutating func keep(_ date: UInt32, _ midnight: Int64) {
    if let rules = zone.rules {
      guard let offset = rules.offset(ofQuietDay: midnight) else { return }
      zoneOffset = offset
    }
    cachedDate = date
    cachedMidnight = midnight
  }

  private static func midnight(_ year: Int, _ parts: TimeParts) -> Int64? {
    let month = Int(parts[.month])
    let day = Int(parts[.day])
    guard day <= daysInMonth(year: year, month: month) else { return nil }
    return Int64(daysFromCivil(year: year, month: month, day: day)) * Self.day
  }

  /// The latest moment not after `limit` that is `time` seconds after a midnight of UTC.
  @inline(__always)
  private static func latest(_ time: Int64, notAfter limit: Int64) -> Int64 {
    let beyond = (limit - time) % day
    return limit - (beyond < 0 ? beyond + day : beyond)
  }

  /// The one moment with this time of day in [previous − 1 h, previous + 23 h), or the first from previous − 1 h where the clock changes
  /// in between; without a previous the latest not after arrival + 1 h.
  private func momentWithoutDate(_ time: Int64, stated: Int64?, standsAlone: Bool) -> Int64 {
    let isKnown = !standsAlone && previous != Self.unknown
    if !isKnown, let base, baseIsDay { return moment(ofLocal: base + time, stated: stated) }
    guard stated == nil, let rules = zone.rules else {
      let time = time - (stated ?? zone.offset)
      if let since = isKnown ? previous : base { return Self.latest(time, notAfter: since + 23 * Self.hour - 1) }
      return Self.latest(time, notAfter: arrival + Self.hour)
    }
    let since = isKnown ? previous : base
    let limit = since.map { $0 - Self.hour } ?? arrival + Self.hour
    // Days of the zone's own clock around the limit, in the direction in which the moment lies.
    let day = Self.latest(0, notAfter: limit + rules.span(at: limit).offset)
    let days = (-2...2).map { day + (since == nil ? -$0 : $0) * Self.day + time }
    let moments = days.map { rules.moment(ofLocal: $0, previous: isKnown ? previous : Self.unknown) }
    return moments.first { since == nil ? $0 <= limit : $0 >= limit } ?? limit
  }

  /// The year that brings the time nearest to the previous one; else the latest in which it is not after arrival + 24 h.
  private mutating func momentWithoutYear(_ parts: TimeParts, _ time: Int64, stated: Int64?, standsAlone: Bool) -> Int64? {
    let known = standsAlone ? Self.unknown : previous
    let isKnown = known != Self.unknown
    let near = civilFromDays(Int(Self.latest(0, notAfter: isKnown ? known : arrival) / Self.day)).year
    var best: (moment: Int64, midnight: Int64, year: Int)?
    // Eight years reach a leap day in any century. Years run downwards, so of two that are equally near the later one stays.
    for year in stride(from: near + (isKnown ? 8 : 1), through: near - 8, by: -1) {
      guard let midnight = Self.midnight(year, parts) else { continue }
      let moment = moment(ofLocal: midnight + time, stated: stated)
      if let nearest = best, abs(moment - known) >= abs(nearest.moment - known) { break }
      if !isKnown, moment > arrival + Self.day { continue }
      best = (moment, midnight, year)
      if !isKnown { break }
    }
    guard let best else { return nil }
    if (1...9998).contains(best.year) {
      var dated = parts
      dated[.century] = UInt8(best.year / 100)
      dated[.yearOfCentury] = UInt8(best.year % 100)
      keep(dated.date, best.midnight)
    }
    return best.moment
  }
}
