import LogBytes

/// Whether a type accepts just these bytes: the table of formats/README.md, "Types", told once more for the reference.
enum ReferenceTypes {
  static func accepts(_ type: StrictType, _ piece: [UInt8], following: UInt8?) -> Bool {
    let text = piece.map { Character(UnicodeScalar($0)) }
    let next = following.map { Character(UnicodeScalar($0)) }
    switch type {
    case .int: return digits(withoutSign(text)[...], 1...39)
    case .number: return number(text)
    case .hex: return hexadecimal(text)
    case .grouped: return grouped(text, next)
    case .ip: return address4(text, next) || address6(text, next)
    case .endpoint: return endpoint(text, next)
    case .uuid:
      let parts = text.split(separator: "-", omittingEmptySubsequences: false)
      return parts.map(\.count) == [8, 4, 4, 4, 12] && parts.allSatisfy { $0.allSatisfy(isHex) }
    case .priority:
      guard digits(text[...], 1...3), let value = Int(String(text)), value <= 191 else { return false }
      return String(value) == String(text) && !isDigit(next)
    case .clock: return clock(text)
    case .duration: return duration(text, next)
    case .size: return size(text, next)
    case .level(let words):
      let folded = piece.map(ASCII.lowercased)
      return words.contains { $0.word == folded } && !(following.map(ASCII.isLetterOrDigit) ?? false)
    case .levelWords(let words): return words.contains { $0.word == piece }
    case .enumeration(let words): return words.contains { $0.word == piece }
    case .flag(let word): return piece == word
    case .quoted: return quoted(text)
    case .quotedDoubled(let quote): return quotedDoubled(text, Character(UnicodeScalar(quote)), next)
    case .rest, .csv: return following == nil
    case .cef: return !piece.contains(ASCII.lineFeed) && (following == nil || following == ASCII.lineFeed)
    case .iso, .epoch, .since, .layout: return ReferenceTimes.accepts(type, piece, following: following)
    case .json, .pairs, .backslash, .keyValue, .data: return ReferenceLists.accepts(type, piece, following: following)
    }
  }

  /// The bytes that such a type can hold: a longer piece need not be looked at. Nil if nearly all may stand in it.
  static func alphabet(of type: StrictType) -> ByteSet? {
    switch type {
    case .int: ByteSet("+-0123456789")
    case .number: ByteSet("+-.eE0123456789")
    case .hex: ByteSet("xX0123456789abcdefABCDEF")
    case .grouped: ByteSet("0123456789., ").union(ByteSet([0xc2, 0xa0]))
    case .priority: ByteSet("0123456789")
    case .clock: ByteSet("0123456789:.")
    case .duration, .size:
      ByteSet((UInt8.min...UInt8.max).filter(ASCII.isLetterOrDigit)).union(ByteSet(" .:")).union(ByteSet([0xc2, 0xb5]))
    case .uuid: ByteSet("-0123456789abcdefABCDEF")
    case .ip, .endpoint: ByteSet((UInt8.min...UInt8.max).filter(ASCII.isLetterOrDigit)).union(ByteSet(":.%[]"))
    case .epoch, .since: ByteSet("0123456789abcdefABCDEF.")
    default: nil
    }
  }

  // MARK: Characters

  private static func isDigit(_ character: Character?) -> Bool { character.map { ("0"..."9").contains($0) } ?? false }
  private static func isHex(_ character: Character) -> Bool {
    isDigit(character) || ("a"..."f").contains(character) || ("A"..."F").contains(character)
  }
  private static func isSmall(_ character: Character?) -> Bool { character.map { ("a"..."z").contains($0) } ?? false }
  private static func isLetter(_ character: Character?) -> Bool {
    isSmall(character) || character.map { ("A"..."Z").contains($0) } ?? false
  }

  private static func digits(_ text: ArraySlice<Character>, _ count: ClosedRange<Int>) -> Bool {
    count.contains(text.count) && text.allSatisfy { isDigit($0) }
  }

  private static func withoutSign(_ text: [Character]) -> [Character] {
    text.first == "+" || text.first == "-" ? Array(text.dropFirst()) : text
  }

  // MARK: Numbers

  private static func number(_ signed: [Character]) -> Bool {
    var text = withoutSign(signed)
    if let mark = text.lastIndex(where: { $0 == "e" || $0 == "E" }) {
      guard digits(withoutSign(Array(text[(mark + 1)...]))[...], 1...3) else { return false }
      text = Array(text[..<mark])
    }
    guard let dot = text.firstIndex(of: ".") else { return digits(text[...], 1...30) }
    let whole = text[..<dot]
    let fraction = text[(dot + 1)...]
    return whole.isEmpty ? digits(fraction, 1...30) : digits(whole, 1...30) && digits(fraction, 0...30)
  }

  private static func hexadecimal(_ text: [Character]) -> Bool {
    let hasMark = text.count > 2 && text[0] == "0" && (text[1] == "x" || text[1] == "X")
    let digits = hasMark ? text[2...] : text[...]
    return (1...128).contains(digits.count) && digits.allSatisfy(isHex)
  }

  private static func grouped(_ text: [Character], _ next: Character?) -> Bool {
    if digits(text[...], 1...19) { return true }
    // Bytes of the no-break space stand alone here.
    let plain = String(text).replacingNoBreakSpaces()
    let parts = plain.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," || $0 == " " }
    guard parts.count > 1, digits(ArraySlice(parts[0]), 1...3), parts.dropFirst().allSatisfy({ digits(ArraySlice($0), 3...3) }) else {
      return false
    }
    return !isDigit(next)
  }

  // MARK: Addresses

  private static func address4(_ text: [Character], _ next: Character?) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4, !isDigit(next) else { return false }
    return parts.allSatisfy { digits($0, 1...3) && (Int(String($0)) ?? 256) <= 255 }
  }

  private static func address6(_ whole: [Character], _ next: Character?) -> Bool {
    var text = whole
    if let percent = text.firstIndex(of: "%") {
      let zone = text[(percent + 1)...]
      guard (1...15).contains(zone.count), zone.allSatisfy({ isLetter($0) || isDigit($0) }) else { return false }
      text = Array(text[..<percent])
    } else if let next, isHex(next) {
      return false
    }
    let string = String(text)
    guard let gap = string.range(ofTwoColons: true) else {
      let groups = groupCount(string, mayEndIn4: true, next)
      return groups == 8
    }
    let left = String(string[..<gap.lowerBound])
    let right = String(string[gap.upperBound...])
    guard right.range(ofTwoColons: true) == nil, !right.hasPrefix(":") else { return false }
    let leftCount = left.isEmpty ? 0 : groupCount(left, mayEndIn4: false, nil)
    let rightCount = right.isEmpty ? 0 : groupCount(right, mayEndIn4: true, next)
    guard let leftCount, let rightCount else { return false }
    return leftCount + rightCount <= 7
  }

  /// How many groups of 16 bits; nil if it is no list of groups.
  private static func groupCount(_ text: String, mayEndIn4: Bool, _ next: Character?) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    var count = 0
    for (index, part) in parts.enumerated() {
      if mayEndIn4, index == parts.count - 1, part.contains(".") {
        guard address4(Array(part), next) else { return nil }
        count += 2
      } else {
        guard (1...4).contains(part.count), part.allSatisfy(isHex) else { return nil }
        count += 1
      }
    }
    return count
  }

  private static func endpoint(_ text: [Character], _ next: Character?) -> Bool {
    if address4(text, next) || address6(text, next) { return true }
    func port(_ text: ArraySlice<Character>) -> Bool { digits(text, 1...5) && !isDigit(next) }
    if text.first == "[", let close = text.lastIndex(of: "]") {
      let inner = Array(text[1..<close])
      guard address4(inner, "]") || address6(inner, "]") else { return false }
      let behind = text[(close + 1)...]
      return behind.isEmpty || behind.first == ":" && port(behind.dropFirst())
    }
    guard let colon = text.lastIndex(of: ":") else { return false }
    return address4(Array(text[..<colon]), ":") && port(text[(colon + 1)...])
  }

  // MARK: Amounts

  private static func clock(_ text: [Character]) -> Bool {
    var rest = text
    if let dot = rest.firstIndex(of: ".") {
      guard digits(rest[(dot + 1)...], 1...3) else { return false }
      rest = Array(rest[..<dot])
    }
    let parts = rest.split(separator: ":", omittingEmptySubsequences: false)
    return (2...3).contains(parts.count) && digits(parts[0], 1...6) && parts.dropFirst().allSatisfy { digits($0, 2...2) }
  }

  private static let units: Set<String> = [
    "ns", "us", "\u{c2}\u{b5}s", "ms", "s", "sec", "secs", "m", "min", "mins", "h", "hour", "hours", "d", "day", "days",
  ]

  private static func duration(_ text: [Character], _ next: Character?) -> Bool {
    var clockText = text
    if let word = [" min", " hours"].first(where: { String(text).hasSuffix($0) }) { clockText.removeLast(word.count) }
    if let dot = clockText.firstIndex(of: "."), digits(clockText[(dot + 1)...], 1...9) { clockText = Array(clockText[..<dot]) }
    let parts = clockText.split(separator: ":", omittingEmptySubsequences: false)
    if (2...3).contains(parts.count), digits(parts[0], 1...6), parts.dropFirst().allSatisfy({ digits($0, 2...2) }) { return true }
    // A clock that stands here is read as one, so amounts must not begin like one.
    var rest = text[...]
    for _ in 0..<8 {
      guard let after = amount(rest, next) else { return false }
      if after.isEmpty { return true }
      rest = after
    }
    return false
  }

  /// What stands behind one amount with its unit.
  private static func amount(_ text: ArraySlice<Character>, _ next: Character?) -> ArraySlice<Character>? {
    let whole = text.prefix { isDigit($0) }
    guard (1...9).contains(whole.count) else { return nil }
    var rest = text.dropFirst(whole.count)
    if rest.first == "." {
      let fraction = rest.dropFirst().prefix { isDigit($0) }
      guard (1...9).contains(fraction.count) else { return nil }
      rest = rest.dropFirst(1 + fraction.count)
    }
    if rest.first == " " { rest = rest.dropFirst() }
    let unit = rest.prefix { isSmall($0) || $0 == "\u{c2}" || $0 == "\u{b5}" }
    guard units.contains(String(unit)) else { return nil }
    rest = rest.dropFirst(unit.count)
    return rest.isEmpty && isSmall(next) ? nil : rest
  }

  private static func size(_ text: [Character], _ next: Character?) -> Bool {
    let whole = text.prefix { isDigit($0) }
    guard (1...15).contains(whole.count), !isLetter(next) else { return false }
    var rest = text[whole.count...]
    if rest.first == "." {
      let fraction = rest.dropFirst().prefix { isDigit($0) }
      guard (1...9).contains(fraction.count) else { return false }
      rest = rest.dropFirst(1 + fraction.count)
    }
    if rest.first == " " { rest = rest.dropFirst() }
    let unit = String(rest)
    if unit == "B" { return true }
    guard let first = unit.first, "kKMGTP".contains(first) else { return false }
    return ["", "B", "iB"].contains(String(unit.dropFirst()))
  }

  // MARK: Quotes

  private static func quoted(_ text: [Character]) -> Bool {
    guard text.count >= 2, text.first == "\"", text.last == "\"", !text.contains("\n") else { return false }
    var isEscaped = false
    for character in text.dropFirst().dropLast() {
      if isEscaped {
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "\"" {
        return false
      }
    }
    return !isEscaped
  }

  private static func quotedDoubled(_ text: [Character], _ quote: Character, _ next: Character?) -> Bool {
    guard text.count >= 2, text.first == quote, text.last == quote, !text.contains("\n"), next != quote else { return false }
    var inside = text.dropFirst().dropLast()[...]
    while let place = inside.firstIndex(of: quote) {
      guard inside.dropFirst(place - inside.startIndex + 1).first == quote else { return false }
      inside = inside[(place + 2)...]
    }
    return true
  }
}

extension String {
  fileprivate func replacingNoBreakSpaces() -> [Character] {
    var result: [Character] = []
    for character in self {
      if character == "\u{a0}", result.last == "\u{c2}" {
        result[result.count - 1] = " "
      } else {
        result.append(character)
      }
    }
    return result
  }

  fileprivate func range(ofTwoColons: Bool) -> Range<String.Index>? {
    var index = startIndex
    while index < endIndex {
      let next = self.index(after: index)
      if self[index] == ":", next < endIndex, self[next] == ":" { return index..<self.index(after: next) }
      index = next
    }
    return nil
  }
}
