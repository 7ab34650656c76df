import LogBytes

/// An arrival time in milliseconds since 1970, from the JSON text of a value: a number, a number in quotes, or ISO 8601 text. Nil for
/// anything else.
func parseArrival(_ value: Span<UInt8>) -> Int64? {
  guard value.count > 0 else { return nil }
  var text = value
  if value[0] == ASCII.quote { text = value.extracting(1..<value.count - 1) }
  if let milliseconds = parseUnsigned(text) { return Int64(exactly: milliseconds).flatMap { $0 <= greatestArrival ? $0 : nil } }
  if let number = parseDouble(text), number >= 0, number <= Double(greatestArrival) { return Int64(number) }
  return parseISOTime(text)
}

/// The end of the year 9999.
private let greatestArrival: Int64 = 253_402_300_799_999

/// `2026-01-31T12:00:00.123Z`, with or without the fraction, with `Z`, `+00:00`, `+0000` or nothing (UTC) behind it.
private func parseISOTime(_ text: Span<UInt8>) -> Int64? {
  guard text.count >= 19, text[4] == ASCII.minus, text[7] == ASCII.minus, text[10] | 0x20 == UInt8(ascii: "t") || text[10] == ASCII.blank,
    text[13] == ASCII.colon, text[16] == ASCII.colon,
    let year = number(text, 0..<4), let month = number(text, 5..<7), let day = number(text, 8..<10), let hour = number(text, 11..<13),
    let minute = number(text, 14..<16), let second = number(text, 17..<19),
    (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second <= 60
  else { return nil }
  var at = 19
  var milliseconds = 0
  if at < text.count, text[at] == ASCII.dot || text[at] == ASCII.comma {
    at += 1
    var unit = 100
    while at < text.count, ASCII.isDigit(text[at]) {
      milliseconds += Int(text[at] - ASCII.zero) * unit
      unit /= 10
      at += 1
    }
  }
  guard let offset = zoneSeconds(text.extracting(droppingFirst: at)) else { return nil }
  let days = daysFromCivil(year: year, month: month, day: day)
  let seconds = days * 86400 + hour * 3600 + minute * 60 + second - offset
  return seconds >= 0 ? Int64(seconds * 1000 + milliseconds) : nil
}

private func zoneSeconds(_ text: Span<UInt8>) -> Int? {
  if text.isEmpty || text.count == 1 && text[0] | 0x20 == UInt8(ascii: "z") { return 0 }
  guard text[0] == ASCII.plus || text[0] == ASCII.minus, text.count == 5 || text.count == 6 && text[3] == ASCII.colon,
    let hours = number(text, 1..<3), let minutes = number(text, text.count - 2..<text.count), hours < 24, minutes < 60
  else { return nil }
  return (text[0] == ASCII.minus ? -1 : 1) * (hours * 3600 + minutes * 60)
}

private func number(_ text: Span<UInt8>, _ digits: Range<Int>) -> Int? {
  parseUnsigned(text.extracting(digits)).map { Int($0) }
}
