import LogBytes

/// Names of zones in logs with their commonest meaning: an abbreviation such as IST belongs to several zones.
enum ZoneNames {
  /// Name and minutes east of UTC.
  private static let minutes: KeyValuePairs<String, Int64> = [
    "UTC": 0, "GMT": 0, "WET": 0, "WEST": 60, "BST": 60, "CET": 60, "CEST": 120, "MET": 60, "MEST": 120, "MEZ": 60, "MESZ": 120,
    "EET": 120, "EEST": 180, "SAST": 120, "MSK": 180, "IST": 330, "SGT": 480, "HKT": 480, "AWST": 480, "JST": 540, "KST": 540,
    "ACST": 570, "ACDT": 630, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780, "NST": -210, "NDT": -150, "AST": -240, "ADT": -180,
    "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420, "AKST": -540, "AKDT": -480,
    "HST": -600, "BRT": -180, "BRST": -120, "ART": -180,
  ]

  private static let seconds: [UInt64: Int64] = {
    var table: [UInt64: Int64] = [:]
    for (name, minutes) in minutes { table[word(of: name)] = minutes * 60 }
    return table
  }()

  /// A name as `TimeParts` has it: the first letter in the lowest byte.
  static func word(of name: String) -> UInt64 {
    name.utf8.enumerated().reduce(0) { word, letter in word | UInt64(letter.element) << UInt64(8 * letter.offset) }
  }

  /// Two to five capitals, which `%Z` accepts.
  static func isName(_ name: String) -> Bool {
    (2...5).contains(name.utf8.count) && name.utf8.allSatisfy { ASCII.isLetter($0) && $0 < ASCII.smallA }
  }

  /// What a format says of names: they go before the common ones.
  struct Own: Sendable {
    private let seconds: [UInt64: Int64]

    init(_ names: [(name: String, seconds: Int)] = []) {
      var seconds: [UInt64: Int64] = [:]
      for (name, offset) in names { seconds[word(of: name)] = Int64(offset) }
      self.seconds = seconds
    }

    func offset(of name: UInt64) -> Int64? { seconds.isEmpty ? nil : seconds[name] }
  }

  /// Seconds east of UTC; nil for an unknown name.
  ///
  /// - Parameter name: up to five capitals, the first in the lowest byte.
  static func offset(of name: UInt64) -> Int64? { seconds[name] }
}
