/// The results as a table of aligned columns.
struct ResultTable {
  private var rows: [[String]] = [["name", "input MB", "entries", "output", "median ms", "fastest ms", "MB/s", "ns/entry", ""]]

  mutating func add(_ measurement: Measurement) {
    rows.append([
      measurement.definition.name, fixed(Double(measurement.inputBytes) / 1_000_000, digits: 1), "\(measurement.result.entries)",
      "\(measurement.result.output)", fixed(measurement.median.seconds * 1000, digits: 2),
      fixed(measurement.fastest.seconds * 1000, digits: 2), fixed(measurement.megabytesPerSecond, digits: 0),
      fixed(measurement.nanosecondsPerEntry, digits: 0), measurement.mistake.map { "WRONG: \($0)" } ?? "ok",
    ])
  }

  var text: String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let blanks = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 || column == row.count - 1 ? cell + blanks : blanks + cell
      }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}

/// A number with that many digits behind the point.
private func fixed(_ number: Double, digits: Int) -> String {
  var scale = 1.0
  for _ in 0..<digits { scale *= 10 }
  let scaled = Int((number * scale).rounded())
  if digits == 0 { return "\(scaled)" }
  let fraction = "\(scaled % Int(scale))"
  return "\(scaled / Int(scale))." + String(repeating: "0", count: digits - fraction.count) + fraction
}
