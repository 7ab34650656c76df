import LogBytes
import LogEntries

/// Writes the cells of a row: what each value is as text, and whether it stands in quotes.
struct CSVCellWriter: ~Copyable {
  let dialect: CSVDialect
  /// A text while it is made ready for quotes; kept, so that cells allocate nothing.
  private var repaired = ByteOutput(capacity: 256)
  private var times = TimestampWriter()

  init(dialect: CSVDialect) {
    self.dialect = dialect
  }

  mutating func appendText(_ value: Span<UInt8>, to output: inout ByteOutput) {
    if dialect.quoteStyle == .necessary, !needsQuotes(value) {
      output.appendRepairingUTF8(value)
      return
    }
    repaired.removeAll()
    repaired.appendRepairingUTF8(value)
    output.append(ASCII.quote)
    output.appendDoublingQuotes(repaired.span)
    output.append(ASCII.quote)
  }

  mutating func appendText(in buffer: borrowing ByteOutput, to output: inout ByteOutput) {
    appendText(buffer.span, to: &output)
  }

  mutating func appendTime(_ time: Timestamp, to output: inout ByteOutput) {
    let quoted = dialect.quoteStyle != .necessary
    if quoted { output.append(ASCII.quote) }
    times.append(time, to: &output)
    if quoted { output.append(ASCII.quote) }
  }

  func appendLevel(_ level: Level, to output: inout ByteOutput) {
    let quoted = dialect.quoteStyle != .necessary
    if quoted { output.append(ASCII.quote) }
    output.append(level.name)
    if quoted { output.append(ASCII.quote) }
  }

  func appendNumber(_ number: Int, to output: inout ByteOutput) {
    let quoted = dialect.quoteStyle == .always
    if quoted { output.append(ASCII.quote) }
    output.append(decimal: number)
    if quoted { output.append(ASCII.quote) }
  }

  /// Appends a number, `true` or `false`.
  func appendConstant(_ value: Span<UInt8>, to output: inout ByteOutput) {
    let quoted = dialect.quoteStyle == .always
    if quoted { output.append(ASCII.quote) }
    output.append(value)
    if quoted { output.append(ASCII.quote) }
  }

  /// Appends the members of a JSON object, valid UTF-8 with a comma in front of each, as one cell; none are an absent cell.
  func appendObject(ofMembers members: Span<UInt8>, to output: inout ByteOutput) {
    guard !members.isEmpty else { return appendAbsent(to: &output) }
    // Keys have quotes, so the cell stands in quotes in every style.
    output.append("\"{")
    output.appendDoublingQuotes(members.extracting(1..<members.count))
    output.append("}\"")
  }

  func appendAbsent(to output: inout ByteOutput) {
    if dialect.quoteStyle == .always { output.append("\"\"") }
  }

  private func needsQuotes(_ value: Span<UInt8>) -> Bool {
    firstIndex(of: dialect.delimiter, or: ASCII.quote, in: value, from: 0) >= 0
      || firstIndex(of: ASCII.lineFeed, or: ASCII.carriageReturn, in: value, from: 0) >= 0
  }
}
