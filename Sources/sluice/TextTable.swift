/// Rows of cells, printed in aligned columns.
struct TextTable {
  private var rows: [[String]]
  /// Columns of numbers stand at the right.
  private let numbers: Set<Int>

  init(_ header: [String], numbers: Set<Int> = []) {
    rows = [header]
    self.numbers = numbers
  }

  mutating func add(_ row: [String]) {
    rows.append(row)
  }

  var text: String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let blanks = String(repeating: " ", count: widths[column] - cell.count)
        line += numbers.contains(column) ? blanks + cell : column == row.count - 1 ? cell : cell + blanks
        if column < row.count - 1 { line += "  " }
      }
      return line + "\n"
    }.joined()
  }
}
