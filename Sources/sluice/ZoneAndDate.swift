import ArgumentParser
import LogBytes
import LogFormats

/// What `--zone` says.
func parseZone(_ text: String) throws -> Zone {
  guard let zone = Zone(text) else { throw ValidationError("'\(text)' is no zone; \(Zone.hint(for: text))") }
  return zone
}

/// `YYYY-MM-DD`.
func parseDate(_ text: String) throws -> CivilDate {
  let bytes = Array(text.utf8)
  let isDate = bytes.count == 10 && bytes.indices.allSatisfy { $0 == 4 || $0 == 7 ? bytes[$0] == ASCII.minus : ASCII.isDigit(bytes[$0]) }
  guard isDate else { throw ValidationError("'\(text)' is no date: write it as 2026-12-31") }
  let date = CivilDate(year: number(bytes[0...3]), month: number(bytes[5...6]), day: number(bytes[8...9]))
  guard (1...12).contains(date.month), date.day >= 1, date.day <= daysInMonth(year: date.year, month: date.month) else {
    throw ValidationError("'\(text)' is no day of the calendar")
  }
  return date
}

private func number(_ digits: ArraySlice<UInt8>) -> Int {
  digits.reduce(0) { $0 * 10 + Int($1 - ASCII.zero) }
}
