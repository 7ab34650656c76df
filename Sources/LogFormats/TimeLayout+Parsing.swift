public import LogBytes

/// Why a text is no time layout.
public struct TimeLayoutProblem: Error, Sendable, Hashable {
  public var message: String
  public var hint: String
  /// Where in the layout, in characters from 0.
  public var offset: Int
}

extension TimeLayout {
  /// Reads a layout such as `%Y-%m-%d %H:%M:%S`; `months` are the format's own names.
  public static func parse(_ text: String, months: [MonthName]) -> Result<TimeLayout, TimeLayoutProblem> {
    var parts: [TimePart] = []
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      guard bytes[index] == ASCII.percent else {
        parts.append(.literal(bytes[index]))
        index += 1
        continue
      }
      let isLoose = index + 1 < bytes.count && bytes[index + 1] == ASCII.minus
      let end = min(index + (isLoose ? 3 : 2), bytes.count)
      let letter = String(decoding: bytes[index + 1..<end], as: UTF8.self)
      guard let part = letter == "b" ? .monthName(months) : letters[letter] else {
        return .failure(
          TimeLayoutProblem(
            message: "no time letter \"%\(letter)\"", hint: "letters are \(letters.keys.sorted().joined(separator: " ")) b", offset: index))
      }
      parts.append(part)
      index = end
    }
    let layout = TimeLayout(parts: parts)
    if let problem = layout.missingPart ?? layout.partThatTakesTheNext { return .failure(problem) }
    return .success(layout)
  }

  fileprivate static let letters: [String: TimePart] = [
    "Y": .year, "y": .shortYear, "m": .month, "-m": .looseMonth, "d": .day, "-d": .looseDay, "e": .paddedDay, "H": .hour, "-H": .looseHour,
    "k": .paddedHour, "I": .hourOfHalf, "p": .half, "M": .minute, "-M": .looseMinute, "S": .second, "-S": .looseSecond, "f": .fraction,
    "-f": .looseMilliseconds, ".": .optionalFraction, "j": .dayOfYear, "s": .epochSeconds, "a": .dayName, "z": .offset, "Z": .zoneName,
    "%": .literal(ASCII.percent),
  ]

  /// The layout as it stands in a pattern.
  var written: String {
    parts.map { part in
      switch part {
      case .literal(ASCII.percent): return "%%"
      case .literal(let byte): return PatternWords.visible([byte])
      case .monthName: return "%b"
      default: return "%" + (Self.letters.first { $0.value == part }?.key ?? "")
      }
    }.joined()
  }

  /// Parts that make no time.
  private var missingPart: TimeLayoutProblem? {
    func has(_ wanted: TimePart...) -> Bool { parts.contains { wanted.contains($0) } }
    let hasMonth = has(.month, .looseMonth) || parts.contains { if case .monthName = $0 { true } else { false } }
    if has(.hourOfHalf) != has(.half) {
      return TimeLayoutProblem(message: has(.half) ? "%p needs %I" : "%I needs %p", hint: "%H is the hour of 24", offset: 0)
    }
    if has(.day, .looseDay, .paddedDay), !hasMonth {
      return TimeLayoutProblem(message: "%d needs %m", hint: "a day without a month is no date", offset: 0)
    }
    if hasMonth, !has(.day, .looseDay, .paddedDay) {
      return TimeLayoutProblem(message: "%m needs %d", hint: "a month without a day is no date", offset: 0)
    }
    if has(.dayOfYear), !has(.year, .shortYear) {
      return TimeLayoutProblem(message: "%j needs %Y", hint: "a day of the year needs its year", offset: 0)
    }
    let hasDate = hasMonth || has(.dayOfYear)
    if has(.year, .shortYear), !hasDate {
      return TimeLayoutProblem(message: "%Y needs %m and %d", hint: "a year alone is no date", offset: 0)
    }
    let hasHour = has(.hour, .looseHour, .paddedHour, .hourOfHalf)
    if has(.minute, .looseMinute, .second, .looseSecond), !hasHour {
      return TimeLayoutProblem(message: "%M needs %H", hint: "a time that passed is a clock: {x:clock}", offset: 0)
    }
    return nil
  }

  /// A clock, a date or seconds stand in it; without, it matches a zone or the like and makes no value.
  var statesTime: Bool {
    parts.contains { part in
      switch part {
      case .hour, .looseHour, .paddedHour, .hourOfHalf, .day, .looseDay, .paddedDay, .dayOfYear, .epochSeconds: true
      default: false
      }
    }
  }

  /// A part whose width varies and that takes the first byte of what stands behind it: where it ends nobody could say.
  private var partThatTakesTheNext: TimeLayoutProblem? {
    for (index, part) in parts.enumerated() where part.widths.lowerBound < part.widths.upperBound {
      for next in parts[(index + 1)...] {
        guard part.furtherBytes.isDisjoint(with: next.firstBytes) else {
          return TimeLayoutProblem(
            message: "\(part.letter) takes what \(next.letter) begins with", hint: "put text between them", offset: 0)
        }
        // Behind a fraction that may be absent the next part may follow at once.
        if next.widths.lowerBound > 0 { break }
      }
    }
    return nil
  }

  /// The least width of what it accepts, in bytes.
  public var leastWidth: Int { parts.reduce(0) { $0 + $1.widths.lowerBound } }

  /// The greatest width, in bytes.
  public var greatestWidth: Int { parts.reduce(0) { $0 + $1.widths.upperBound } }

  /// The bytes with which it can begin.
  public var firstBytes: ByteSet {
    var bytes = ByteSet()
    for part in parts {
      bytes.formUnion(part.firstBytes)
      if part.widths.lowerBound > 0 { break }
    }
    return bytes
  }

  static let englishMonths = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
  ]
}

extension TimePart {
  var widths: ClosedRange<Int> {
    switch self {
    case .literal: 1...1
    case .year: 4...4
    case .shortYear, .month, .day, .hour, .minute, .second, .half: 2...2
    case .looseMonth, .looseDay, .looseHour, .looseMinute, .looseSecond, .hourOfHalf: 1...2
    case .paddedDay, .paddedHour: 1...3
    case .monthName(let own): (own.map(\.name.count).min().map { min($0, 3) } ?? 3)...max(9, own.map(\.name.count).max() ?? 0)
    case .dayName: 3...9
    case .dayOfYear: 3...3
    case .fraction: 1...9
    case .looseMilliseconds: 1...3
    case .optionalFraction: 0...10
    case .offset: 1...6
    case .zoneName: 2...5
    case .epochSeconds: 9...11
    }
  }

  /// The part as it is written.
  fileprivate var letter: String {
    switch self {
    case .literal(let byte): "\"\(String(decoding: [byte], as: UTF8.self))\""
    case .monthName: "%b"
    default: "%" + (TimeLayout.letters.first { $0.value == self }?.key ?? "")
    }
  }

  /// The bytes with which a part of varying width may go on.
  fileprivate var furtherBytes: ByteSet {
    switch self {
    case .monthName(let own):
      return own.reduce(into: TimePart.letterBytes) { bytes, name in for byte in name.name { bytes.insertBothCases(byte) } }
    case .dayName: return TimePart.letterBytes
    case .zoneName: return firstBytes
    case .offset: return StrictType.digits.union(ByteSet(":TCMU"))
    case .optionalFraction: return StrictType.digits.union(firstBytes)
    default: return StrictType.digits
    }
  }

  private static let letterBytes = ByteSet((UInt8.min...UInt8.max).filter(ASCII.isLetter))

  var firstBytes: ByteSet {
    switch self {
    case .literal(let byte): return ByteSet([byte])
    case .paddedDay, .paddedHour: return StrictType.digits.union(ByteSet(" "))
    case .monthName(let own):
      var bytes = ByteSet("jfmasondJFMASOND")
      for month in own { bytes.insertBothCases(month.name[0]) }
      return bytes
    case .dayName: return ByteSet("mtwfsMTWFS")
    case .half: return ByteSet("aApP")
    case .optionalFraction: return ByteSet(".,")
    case .offset: return ByteSet("ZUG+-")
    case .zoneName: return ByteSet(UInt8(ascii: "A")...UInt8(ascii: "Z"))
    default: return StrictType.digits
    }
  }
}
