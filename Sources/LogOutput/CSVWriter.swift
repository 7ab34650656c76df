public import LogBytes
public import LogEntries

/// Writes entries as CSV: one row each.
///
/// The columns are `time`, `level`, `format`, `event` and `message`, then those of `FieldColumns`, then `source_file`, `source_line` and
/// `source_lines` if they are asked for. What an entry lacks is an empty cell.
///
/// It writes what RFC 4180 describes, with these differences:
/// - rows end in a line feed unless the dialect says otherwise (the RFC: carriage return and line feed);
/// - cells are UTF-8, where the RFC's grammar has printable ASCII; bytes of the log that are no UTF-8 become U+FFFD, and control bytes
///   stand in the cell as they are, in quotes only if they end lines;
/// - the delimiter can be another byte than the comma;
/// - the header row is optional (as in the RFC), and no `header` parameter tells of it.
public struct CSVWriter {
  /// The columns behind the five that every entry has.
  public enum FieldColumns: Sendable {
    /// One column `fields` with all fields as a JSON object; an entry without any has an empty cell.
    case together
    /// A column for each of these names; with `others`, a last column `fields` that holds the fields of other names as a JSON object.
    /// Without it they are left out, so it is for entries that can have no others, or where the user chose the columns.
    case each([NameID], others: Bool)
  }

  public let dialect: CSVDialect
  public let sourceLines: Bool
  private let names: [NameID]
  private let others: Bool
  /// The column of each name by its number, from 1; 0 for a name without.
  private let columns: [UInt16]
  private let workspace = Workspace()

  /// What one row needs while it is written; kept, so that rows allocate nothing.
  private final class Workspace {
    /// The field of each column, by its index from 1; 0 for none.
    var fieldOfColumn: [UInt32] = []
    /// A cell before it is quoted.
    var cell = ByteOutput(capacity: 1024)
  }

  public init(dialect: CSVDialect = CSVDialect(), fields: FieldColumns = .together, sourceLines: Bool = false) {
    self.dialect = dialect
    self.sourceLines = sourceLines
    switch fields {
    case .together:
      names = []
      others = true
      columns = []
    case .each(let names, let others):
      precondition(names.count < UInt16.max, "too many columns")
      self.names = names
      self.others = others
      var columns = [UInt16](repeating: 0, count: Int((names.map(\.value).max() ?? 0) + 1))
      for (index, name) in names.enumerated() { columns[Int(name.value)] = UInt16(index + 1) }
      self.columns = columns
    }
    workspace.fieldOfColumn = [UInt32](repeating: 0, count: names.count)
  }

  /// Appends the row of column names, if the dialect has one.
  public func appendHeader(names fieldNames: borrowing FieldNames, to output: inout ByteOutput) {
    guard dialect.header else { return }
    appendText("time".utf8.span, to: &output)
    for name in ["level", "format", "event", "message"] { appendNext(name.utf8.span, to: &output) }
    for name in names { appendNext(fieldNames.name(name), to: &output) }
    if others { appendNext("fields".utf8.span, to: &output) }
    if sourceLines {
      for name in ["source_file", "source_line", "source_lines"] { appendNext(name.utf8.span, to: &output) }
    }
    appendTerminator(to: &output)
  }

  /// Appends one row for `entry`. Linear in its bytes and the number of columns; allocates only when a buffer grows.
  public func append(_ entry: borrowing LogEntry, bytes: EntryBytes, names fieldNames: borrowing FieldNames, to output: inout ByteOutput) {
    appendHead(entry, names: fieldNames, to: &output)
    output.append(dialect.delimiter)
    if let message = entry.message {
      appendCell(message, entry: entry, bytes: bytes, to: &output)
    } else {
      appendAbsent(to: &output)
    }
    appendFields(entry, bytes: bytes, names: fieldNames, to: &output)
    if sourceLines {
      output.append(dialect.delimiter)
      if bytes.sourceFile.isEmpty { appendAbsent(to: &output) } else { appendText(bytes.sourceFile, to: &output) }
      output.append(dialect.delimiter)
      appendNumber(entry.sourceLine, to: &output)
      output.append(dialect.delimiter)
      appendNumber(entry.sourceLines, to: &output)
    }
    appendTerminator(to: &output)
  }
}

// MARK: - Columns

extension CSVWriter {
  private func appendHead(_ entry: borrowing LogEntry, names: borrowing FieldNames, to output: inout ByteOutput) {
    if let time = entry.time { appendTime(time, to: &output) } else { appendAbsent(to: &output) }
    output.append(dialect.delimiter)
    if let level = entry.level { appendSafe(level.name, to: &output) } else { appendAbsent(to: &output) }
    output.append(dialect.delimiter)
    if let format = entry.format { appendText(names.name(format), to: &output) } else { appendAbsent(to: &output) }
    output.append(dialect.delimiter)
    if let event = entry.event { appendText(names.name(event), to: &output) } else { appendAbsent(to: &output) }
  }

  private func appendFields(
    _ entry: borrowing LogEntry, bytes: EntryBytes, names fieldNames: borrowing FieldNames, to output: inout ByteOutput
  ) {
    let workspace = workspace
    workspace.cell.removeAll()
    let fields = entry.fields.span
    for index in fields.indices {
      let column = column(of: fields[index].name)
      if column > 0, workspace.fieldOfColumn[column - 1] == 0 {
        workspace.fieldOfColumn[column - 1] = UInt32(index + 1)
      } else if others {
        workspace.cell.append(fieldNames.key(fields[index].name))
        appendJSONValue(fields[index], entry: entry, bytes: bytes, to: &workspace.cell)
      }
    }
    for column in workspace.fieldOfColumn.indices {
      output.append(dialect.delimiter)
      let field = Int(workspace.fieldOfColumn[column])
      workspace.fieldOfColumn[column] = 0
      if field > 0 { appendCell(fields[field - 1], entry: entry, bytes: bytes, to: &output) } else { appendAbsent(to: &output) }
    }
    if others {
      output.append(dialect.delimiter)
      appendOthers(workspace.cell.span, to: &output)
    }
  }

  /// Appends the members of a JSON object, each with a comma in front, as one cell.
  private func appendOthers(_ members: Span<UInt8>, to output: inout ByteOutput) {
    guard !members.isEmpty else { return appendAbsent(to: &output) }
    // Keys have quotes, so the cell has to be quoted in every style.
    output.append("\"{")
    appendDoublingQuotes(members.extracting(1..<members.count), to: &output)
    output.append("}\"")
  }

  private func column(of name: NameID) -> Int {
    let number = Int(name.value)
    return number < columns.count ? Int(columns[number]) : 0
  }

  private func appendNext(_ text: Span<UInt8>, to output: inout ByteOutput) {
    output.append(dialect.delimiter)
    appendText(text, to: &output)
  }

  private func appendTerminator(to output: inout ByteOutput) {
    switch dialect.terminator {
    case .lineFeed: output.append(ASCII.lineFeed)
    case .carriageReturnLineFeed: output.append("\r\n")
    }
  }
}

// MARK: - Cells

extension CSVWriter {
  private func appendCell(_ field: EntryField, entry: borrowing LogEntry, bytes: EntryBytes, to output: inout ByteOutput) {
    switch field.kind {
    case .yes: appendConstant("true", to: &output)
    case .no: appendConstant("false", to: &output)
    case .time: appendTime(entry.times[Int(field.slice.start)], to: &output)
    case .string, .number, .json, .jsonString:
      switch field.source {
      case .text: appendCell(bytes.text.extracting(field.slice.range), as: field.kind, to: &output)
      case .scratch: appendCell(entry.scratch.span.extracting(field.slice.range), as: field.kind, to: &output)
      case .envelope: appendCell(bytes.envelope.extracting(field.slice.range), as: field.kind, to: &output)
      }
    }
  }

  private func appendCell(_ value: Span<UInt8>, as kind: ValueKind, to output: inout ByteOutput) {
    switch kind {
    case .string, .json:
      appendText(value, to: &output)
    case .number:
      if dialect.quoteStyle == .always { appendQuoted(value, to: &output) } else { output.append(value) }
    case .jsonString:
      if firstIndex(of: ASCII.backslash, in: value, from: 0) < 0 { return appendText(value, to: &output) }
      let workspace = workspace
      // The cell's room may hold the members of `fields` meanwhile, so the value goes behind them.
      let start = workspace.cell.count
      appendUnescaped(value, to: &workspace.cell)
      appendText(endOf: workspace.cell, from: start, to: &output)
      workspace.cell.truncate(to: start)
    case .yes, .no, .time:
      preconditionFailure("a kind without bytes")
    }
  }

  private func appendText(_ value: Span<UInt8>, to output: inout ByteOutput) {
    if dialect.quoteStyle != .necessary || needsQuotes(value) {
      appendQuoted(value, to: &output)
    } else {
      output.appendRepairingUTF8(value)
    }
  }

  private func appendText(endOf buffer: borrowing ByteOutput, from start: Int, to output: inout ByteOutput) {
    appendText(buffer.span.extracting(start..<buffer.count), to: &output)
  }

  private func needsQuotes(_ value: Span<UInt8>) -> Bool {
    firstIndex(of: dialect.delimiter, or: ASCII.quote, in: value, from: 0) >= 0
      || firstIndex(of: ASCII.lineFeed, or: ASCII.carriageReturn, in: value, from: 0) >= 0
  }

  private func appendQuoted(_ value: Span<UInt8>, to output: inout ByteOutput) {
    output.append(ASCII.quote)
    appendDoublingQuotes(value, to: &output)
    output.append(ASCII.quote)
  }

  private func appendDoublingQuotes(_ value: Span<UInt8>, to output: inout ByteOutput) {
    var start = 0
    while true {
      let quote = firstIndex(of: ASCII.quote, in: value, from: start)
      guard quote >= 0 else { break }
      output.appendRepairingUTF8(value.extracting(start..<quote + 1))
      output.append(ASCII.quote)
      start = quote + 1
    }
    output.appendRepairingUTF8(value.extracting(start..<value.count))
  }

  /// A word of JSON.
  private func appendConstant(_ word: StaticString, to output: inout ByteOutput) {
    if dialect.quoteStyle == .always {
      appendSafe(word, to: &output)
    } else {
      output.append(word)
    }
  }

  /// A text that holds nothing to be quoted.
  private func appendSafe(_ word: StaticString, to output: inout ByteOutput) {
    let quoted = dialect.quoteStyle != .necessary
    if quoted { output.append(ASCII.quote) }
    output.append(word)
    if quoted { output.append(ASCII.quote) }
  }

  private func appendTime(_ time: Timestamp, to output: inout ByteOutput) {
    let quoted = dialect.quoteStyle != .necessary
    if quoted { output.append(ASCII.quote) }
    output.append(timestamp: time)
    if quoted { output.append(ASCII.quote) }
  }

  private func appendNumber(_ number: Int, to output: inout ByteOutput) {
    let quoted = dialect.quoteStyle == .always
    if quoted { output.append(ASCII.quote) }
    output.append(decimal: number)
    if quoted { output.append(ASCII.quote) }
  }

  private func appendAbsent(to output: inout ByteOutput) {
    if dialect.quoteStyle == .always { output.append("\"\"") }
  }
}
