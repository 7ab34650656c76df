/// A strict reader of RFC 4180: it takes nothing that the grammar does not have.
struct CSVReader {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  var delimiter = UInt8(ascii: ",")
  var terminator = Array("\n".utf8)

  /// The rows of a file in which each row ends with the terminator.
  func rows(of text: String) throws -> [[String]] {
    let bytes = Array(text.utf8)
    var rows: [[String]] = []
    var row: [String] = []
    var position = 0
    while position < bytes.count {
      let (cell, end) = try cell(bytes, from: position)
      row.append(cell)
      if end < bytes.count, bytes[end] == delimiter {
        position = end + 1
      } else if bytes[end...].starts(with: terminator) {
        rows.append(row)
        row = []
        position = end + terminator.count
        if position == bytes.count { return rows }
      } else {
        throw Failure(description: "byte \(end): neither a delimiter nor the end of a row")
      }
    }
    guard row.isEmpty else { throw Failure(description: "the last row does not end") }
    return rows
  }

  private func cell(_ bytes: [UInt8], from start: Int) throws -> (String, Int) {
    var value: [UInt8] = []
    var position = start
    guard start < bytes.count, bytes[start] == UInt8(ascii: "\"") else {
      while position < bytes.count, bytes[position] != delimiter, bytes[position] != 0x0a, bytes[position] != 0x0d {
        if bytes[position] == UInt8(ascii: "\"") { throw Failure(description: "byte \(position): a quote in a bare cell") }
        value.append(bytes[position])
        position += 1
      }
      return (String(decoding: value, as: UTF8.self), position)
    }
    position += 1
    while true {
      guard position < bytes.count else { throw Failure(description: "byte \(start): a quote that does not end") }
      if bytes[position] == UInt8(ascii: "\"") {
        guard position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "\"") else { break }
        position += 1
      }
      value.append(bytes[position])
      position += 1
    }
    return (String(decoding: value, as: UTF8.self), position + 1)
  }
}
