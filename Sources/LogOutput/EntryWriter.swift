public import LogBytes
public import LogEntries

/// The writer of an output, chosen once: it switches once an entry, without an existential.
public enum EntryWriter {
  case jsonLines(JSONLinesWriter)
  case csv(CSVWriter)

  /// Appends what stands before the first entry of a file: the names of the columns, for CSV with a header.
  public func appendHeader(names: borrowing FieldNames, to output: inout ByteOutput) {
    switch self {
    case .jsonLines: break
    case .csv(let writer): writer.appendHeader(names: names, to: &output)
    }
  }

  /// Appends one entry; ends with one line end.
  public func append(_ entry: borrowing LogEntry, bytes: EntryBytes, names: borrowing FieldNames, to output: inout ByteOutput) {
    switch self {
    case .jsonLines(let writer): writer.append(entry, bytes: bytes, names: names, to: &output)
    case .csv(let writer): writer.append(entry, bytes: bytes, names: names, to: &output)
    }
  }
}
