import LogBytes

/// What layouts and the other times accept, told once more for the reference: every way to read each part is tried.
enum ReferenceTimes {
  static func accepts(_ type: StrictType, _ piece: [UInt8], following: UInt8?) -> Bool {
    let text = piece.map { Character(UnicodeScalar($0)) }
    let isDigitBehind = following.map { (ASCII.zero...ASCII.nine).contains($0) } ?? false
    switch type {
    case .layout(let layout): return reads(layout.parts[...], text[...])
    case .iso: return iso(text, isDigitBehind)
    case .epoch(let scale): return epoch(scale, text)
    case .since:
      let (whole, fraction) = split(text)
      return digits(whole, 1...12) && (fraction.map { digits($0, 1...9) } ?? true)
    default: return false
    }
  }

  // MARK: Layouts

  /// Do the parts take just these characters?
  private static func reads(_ parts: ArraySlice<TimePart>, _ text: ArraySlice<Character>) -> Bool {
    guard let part = parts.first else { return text.isEmpty }
    return part.widths.contains { width in
      width <= text.count && accepts(part, text.prefix(width)) && reads(parts.dropFirst(), text.dropFirst(width))
    }
  }

  private static func accepts(_ part: TimePart, _ piece: ArraySlice<Character>) -> Bool {
    switch part {
    case .literal(let byte): return piece.count == 1 && piece.first == Character(UnicodeScalar(byte))
    case .year: return digits(piece, 4...4)
    case .shortYear: return digits(piece, 2...2)
    case .month: return number(piece, 2...2, in: 1...12)
    case .day: return number(piece, 2...2, in: 1...31)
    case .hour: return number(piece, 2...2, in: 0...24)
    case .minute: return number(piece, 2...2, in: 0...59)
    case .second: return number(piece, 2...2, in: 0...60)
    case .looseMonth: return number(piece, 1...2, in: 1...12)
    case .looseDay: return number(piece, 1...2, in: 1...31)
    case .looseHour: return number(piece, 1...2, in: 0...24)
    case .looseMinute: return number(piece, 1...2, in: 0...59)
    case .looseSecond: return number(piece, 1...2, in: 0...60)
    case .paddedDay: return number(withoutBlank(piece), 1...2, in: 1...31)
    case .paddedHour: return number(withoutBlank(piece), 1...2, in: 0...24)
    case .monthName(let own):
      let word = String(piece).lowercased()
      return TimeLayout.englishMonths.contains { $0 == word || $0.prefix(3) == word }
        || own.contains { $0.name.map { Character(UnicodeScalar($0)) } == piece.map { lowercased($0) } }
    case .dayName: return dayName(piece)
    case .hourOfHalf: return number(piece, 1...2, in: 1...12)
    case .half: return ["AM", "PM"].contains(String(piece).uppercased())
    case .dayOfYear: return number(piece, 3...3, in: 1...366)
    case .fraction: return digits(piece, 1...9)
    case .looseMilliseconds: return digits(piece, 1...3)
    case .optionalFraction: return piece.isEmpty || (piece.first == "." || piece.first == ",") && digits(piece.dropFirst(), 1...9)
    case .offset: return offset(piece)
    case .zoneName: return (2...5).contains(piece.count) && piece.allSatisfy { ("A"..."Z").contains($0) }
    case .epochSeconds: return digits(piece, 9...11)
    }
  }

  /// Full, or three letters and small ones that make it another short form ("Thurs").
  private static func dayName(_ piece: ArraySlice<Character>) -> Bool {
    let word = String(piece).lowercased()
    return ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].contains { name in
      name == word || word.hasPrefix(name.prefix(3)) && piece.count <= 9 && piece.dropFirst(3).allSatisfy { ("a"..."z").contains($0) }
    }
  }

  private static func offset(_ piece: ArraySlice<Character>) -> Bool {
    if ["Z", "UTC", "GMT"].contains(String(piece)) { return true }
    guard piece.first == "+" || piece.first == "-" else { return false }
    let hours = piece.dropFirst().prefix(2)
    let rest = piece.dropFirst(3)
    guard number(hours, 2...2, in: 0...23) else { return false }
    return rest.isEmpty || number(rest.first == ":" ? rest.dropFirst() : rest, 2...2, in: 0...59)
  }

  // MARK: Other times

  private static func iso(_ text: [Character], _ isDigitBehind: Bool) -> Bool {
    let date: [TimePart] = [.year, .literal(ASCII.minus), .month, .literal(ASCII.minus), .day]
    let clock: [TimePart] = [.hour, .literal(ASCII.colon), .minute]
    guard text.count >= 16, ["T", "t", " "].contains(text[10]), reads(date[...], text[..<10]), reads(clock[...], text[11..<16]) else {
      return false
    }
    var rest = text[16...]
    if rest.first == ":", number(rest.dropFirst().prefix(2), 2...2, in: 0...60) { rest = rest.dropFirst(3) }
    if rest.first == "." || rest.first == "," {
      let fraction = rest.dropFirst().prefix { digits([$0], 1...1) }.prefix(9)
      if !fraction.isEmpty { rest = rest.dropFirst(1 + fraction.count) }
    }
    if rest.isEmpty { return true }
    if rest.first == " " { rest = rest.dropFirst() }
    return rest == ["z"] || offset(rest) && !(rest.count == 3 && rest.first != "U" && rest.first != "G" && isDigitBehind)
  }

  private static func epoch(_ scale: EpochScale, _ text: [Character]) -> Bool {
    let (whole, fraction) = split(text)
    let isSeconds = fraction == nil || digits(whole, 9...11) && digits(fraction ?? [], 1...9)
    switch scale {
    case .seconds: return digits(whole, 9...11) && isSeconds
    case .milliseconds: return digits(text[...], 12...14)
    case .microseconds: return digits(text[...], 15...17)
    case .nanoseconds: return digits(text[...], 18...20)
    case .any: return digits(whole, 9...20) && isSeconds
    case .hexadecimal: return text.count == 8 && text.allSatisfy { $0.isHexDigit && $0.isASCII }
    }
  }

  // MARK: Characters

  private static func split(_ text: [Character]) -> (whole: ArraySlice<Character>, fraction: ArraySlice<Character>?) {
    guard let dot = text.firstIndex(of: ".") else { return (text[...], nil) }
    return (text[..<dot], text[(dot + 1)...])
  }

  private static func withoutBlank(_ text: ArraySlice<Character>) -> ArraySlice<Character> {
    text.first == " " ? text.dropFirst() : text
  }

  private static func lowercased(_ character: Character) -> Character {
    ("A"..."Z").contains(character) ? Character(character.lowercased()) : character
  }

  private static func digits(_ text: ArraySlice<Character>, _ count: ClosedRange<Int>) -> Bool {
    count.contains(text.count) && text.allSatisfy { ("0"..."9").contains($0) }
  }

  private static func number(_ text: ArraySlice<Character>, _ count: ClosedRange<Int>, in range: ClosedRange<Int>) -> Bool {
    digits(text, count) && range.contains(Int(String(text)) ?? -1)
  }
}
