import ArgumentParser
import LogBytes

/// `UTC` or an offset such as `+09:00`, in seconds east of UTC.
func parseZone(_ text: String) throws -> Int {
  if ["utc", "z"].contains(text.lowercased()) { return 0 }
  let bytes = Array(text.utf8)
  let isOffset =
    bytes.count == 6 && (bytes[0] == ASCII.plus || bytes[0] == ASCII.minus) && bytes[3] == ASCII.colon
    && [1, 2, 4, 5].allSatisfy { ASCII.isDigit(bytes[$0]) }
  guard isOffset else { throw ValidationError("'\(text)' is no zone here: write UTC or an offset such as +09:00") }
  let hours = number(bytes[1...2])
  let minutes = number(bytes[4...5])
  guard hours < 24, minutes < 60 else { throw ValidationError("'\(text)' is no offset: hours go to 23, minutes to 59") }
  return (hours * 60 + minutes) * (bytes[0] == ASCII.minus ? -60 : 60)
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
