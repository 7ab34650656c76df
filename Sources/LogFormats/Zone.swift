import LogBytes

/// The zone of times that state none: an offset from UTC, or a named zone with its rules.
public struct Zone: Sendable, Hashable, BitwiseCopyable {
  /// Seconds east of UTC where there are no rules.
  package let offset: Int64
  package let rules: ZoneRules?

  public static let utc = Zone(secondsEast: 0)

  public init(secondsEast: Int) {
    self.init(offset: Int64(secondsEast), rules: nil)
  }

  private init(offset: Int64, rules: ZoneRules?) {
    self.offset = offset
    self.rules = rules
  }

  /// `UTC`, an offset such as `+09:00`, or a name such as `Asia/Seoul`; nil for anything else.
  public init?(_ text: String) {
    if let seconds = Self.offset(text) {
      self.init(secondsEast: seconds)
    } else if let rules = ZoneRules(named: text) {
      self.init(offset: 0, rules: rules)
    } else {
      return nil
    }
  }

  /// What to write instead of a text that is no zone.
  public static func hint(for text: String) -> String {
    let meant = nearest(text, among: names).map { "did you mean \($0)? " } ?? ""
    return meant + "write UTC, an offset such as +09:00, or a name such as Asia/Seoul"
  }

  /// The names of the time zone database, in the order of their bytes.
  public static var names: [String] { (0..<ZoneFile.count).map(ZoneFile.name) }

  /// Seconds east of UTC of `UTC`, `Z` or `±hh:mm` (up to 18 hours); nil for anything else.
  static func offset(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    if bytes.count <= 3, ["utc", "z"].contains(text.lowercased()) { return 0 }
    guard bytes.count == 6, bytes[3] == ASCII.colon, bytes[0] == ASCII.plus || bytes[0] == ASCII.minus,
      [1, 2, 4, 5].allSatisfy({ ASCII.isDigit(bytes[$0]) })
    else { return nil }
    let hours = TimeScanning.twoDigits(bytes.span, 1)
    let minutes = TimeScanning.twoDigits(bytes.span, 4)
    guard hours <= 18, minutes <= 59 else { return nil }
    let seconds = Int(hours) * 3600 + Int(minutes) * 60
    return bytes[0] == ASCII.minus ? -seconds : seconds
  }
}
