public import LogBytes
public import LogEntries
import LogJSON

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
public struct CSVWriter: ~Copyable {
  /// The columns behind the five that every entry has.
  public enum FieldColumns: Sendable {
    /// One column `fields` with all fields as a JSON object; an entry without any has an empty cell.
    case together
    /// A column for each of these names; with `others`, a last column `fields` that holds the fields of other names as a JSON object.
    /// Without it they are left out, so it is for entries that can have no others, or where the user chose the columns.
    case each([NameID], others: Bool)
  }

  public let sourceLines: Bool
  private let names: [NameID]
  private let others: Bool
  /// The column of each name by its number, from 1; 0 for a name without.
  private let columns: [UInt16]
  /// The field of each column, by its index from 1; 0 for none. Kept, so that rows allocate nothing.
  private var fieldOfColumn: [UInt32]
  /// The members of the JSON object of the last column.
  private var members = ByteOutput(capacity: 1024)
  /// A string of a JSON log without its escapes.
  private var unescaped = ByteOutput(capacity: 256)
  private var cells: CSVCellWriter

  public init(dialect: CSVDialect = CSVDialect(), fields: FieldColumns = .together, sourceLines: Bool = false) {
    self.sourceLines = sourceLines
    cells = CSVCellWriter(dialect: dialect)
    switch fields {
    case .together:
      names = []
      others = true
      columns = []
    case .each(let names, let others):
      precondition(names.count < UInt16.max, "too many columns")
      self.names = names
      self.others = others
      var columns = [UInt16](repeating: 0, count: Int(names.map(\.value).max() ?? 0) + 1)
      for (index, name) in names.enumerated() { columns[Int(name.value)] = UInt16(index + 1) }
      self.columns = columns
    }
    fieldOfColumn = [UInt32](repeating: 0, count: names.count)
  }

  /// Appends the row of column names, if the dialect has one.
  public mutating func appendHeader(names fieldNames: borrowing FieldNames, to output: inout ByteOutput) {
    guard cells.dialect.header else { return }
    appendName("time", isFirst: true, to: &output)
    for name in ["level", "format", "event", "message"] { appendName(name, to: &output) }
    for name in names { appendName(fieldNames.string(name), to: &output) }
    if others { appendName("fields", to: &output) }
    if sourceLines {
      for name in ["source_file", "source_line", "source_lines"] { appendName(name, to: &output) }
    }
    appendTerminator(to: &output)
  }

  /// Appends one row for `entry`. Linear in its bytes and the number of columns; allocates only when a buffer grows.
  public mutating func append(
    _ entry: borrowing LogEntry, bytes: EntryBytes, names fieldNames: borrowing FieldNames, to output: inout ByteOutput
  ) {
    appendHead(entry, names: fieldNames, to: &output)
    appendDelimiter(to: &output)
    if let message = entry.message {
      appendCell(message, entry: entry, bytes: bytes, to: &output)
    } else {
      cells.appendAbsent(to: &output)
    }
    appendFields(entry, bytes: bytes, names: fieldNames, to: &output)
    if sourceLines { appendSource(entry, file: bytes.sourceFile, to: &output) }
    appendTerminator(to: &output)
  }
}

// MARK: - Columns

extension CSVWriter {
  private mutating func appendHead(_ entry: borrowing LogEntry, names: borrowing FieldNames, to output: inout ByteOutput) {
    if let time = entry.time { cells.appendTime(time, to: &output) } else { cells.appendAbsent(to: &output) }
    appendDelimiter(to: &output)
    if let level = entry.level { cells.appendLevel(level, to: &output) } else { cells.appendAbsent(to: &output) }
    appendDelimiter(to: &output)
    if let format = entry.format { cells.appendText(names.name(format), to: &output) } else { cells.appendAbsent(to: &output) }
    appendDelimiter(to: &output)
    if let event = entry.event { cells.appendText(names.name(event), to: &output) } else { cells.appendAbsent(to: &output) }
  }

  private mutating func appendFields(
    _ entry: borrowing LogEntry, bytes: EntryBytes, names fieldNames: borrowing FieldNames, to output: inout ByteOutput
  ) {
    members.removeAll()
    let fields = entry.fields.span
    for index in fields.indices {
      let column = column(of: fields[index].name)
      if column > 0, fieldOfColumn[column - 1] == 0 {
        fieldOfColumn[column - 1] = UInt32(index + 1)
      } else if others {
        appendJSONMember(key: fieldNames.key(fields[index].name), fields[index], entry: entry, bytes: bytes, to: &members)
      }
    }
    for column in fieldOfColumn.indices {
      appendDelimiter(to: &output)
      let field = Int(fieldOfColumn[column])
      fieldOfColumn[column] = 0
      if field > 0 {
        appendCell(fields[field - 1], entry: entry, bytes: bytes, to: &output)
      } else {
        cells.appendAbsent(to: &output)
      }
    }
    if others {
      appendDelimiter(to: &output)
      cells.appendObject(ofMembers: members.span, to: &output)
    }
  }

  private mutating func appendSource(_ entry: borrowing LogEntry, file: Span<UInt8>, to output: inout ByteOutput) {
    appendDelimiter(to: &output)
    if file.isEmpty { cells.appendAbsent(to: &output) } else { cells.appendText(file, to: &output) }
    appendDelimiter(to: &output)
    cells.appendNumber(entry.sourceLine, to: &output)
    appendDelimiter(to: &output)
    cells.appendNumber(entry.sourceLines, to: &output)
  }

  private mutating func appendCell(_ field: EntryField, entry: borrowing LogEntry, bytes: EntryBytes, to output: inout ByteOutput) {
    switch field.kind {
    case .yes: cells.appendConstant("true".utf8.span, to: &output)
    case .no: cells.appendConstant("false".utf8.span, to: &output)
    case .time: cells.appendTime(entry.times[Int(field.slice.start)], to: &output)
    case .string, .number, .json, .jsonString:
      switch field.source {
      case .text: appendCell(bytes.text.extracting(field.slice.range), as: field.kind, to: &output)
      case .scratch: appendCell(entry.scratch.span.extracting(field.slice.range), as: field.kind, to: &output)
      case .envelope: appendCell(bytes.envelope.extracting(field.slice.range), as: field.kind, to: &output)
      }
    }
  }

  private mutating func appendCell(_ value: Span<UInt8>, as kind: ValueKind, to output: inout ByteOutput) {
    switch kind {
    case .string, .json: cells.appendText(value, to: &output)
    case .number: cells.appendConstant(value, to: &output)
    case .jsonString:
      if firstIndex(of: ASCII.backslash, in: value, from: 0) < 0 { return cells.appendText(value, to: &output) }
      unescaped.removeAll()
      unescaped.appendJSONUnescaped(value)
      cells.appendText(in: unescaped, to: &output)
    case .yes, .no, .time: preconditionFailure("a kind without bytes")
    }
  }

  private func column(of name: NameID) -> Int {
    let number = Int(name.value)
    return number < columns.count ? Int(columns[number]) : 0
  }

  private mutating func appendName(_ name: String, isFirst: Bool = false, to output: inout ByteOutput) {
    if !isFirst { appendDelimiter(to: &output) }
    cells.appendText(name.utf8.span, to: &output)
  }

  private func appendDelimiter(to output: inout ByteOutput) {
    output.append(cells.dialect.delimiter)
  }

  private func appendTerminator(to output: inout ByteOutput) {
    switch cells.dialect.terminator {
    case .lineFeed: output.append(ASCII.lineFeed)
    case .carriageReturnLineFeed: output.append("\r\n")
    }
  }
}
