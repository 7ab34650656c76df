public import LogBytes
public import LogEntries

/// The writer of an output, chosen once: it switches once an entry, without an existential.
public struct EntryWriter: ~Copyable {
  private enum Form { case jsonLines, csv }

  private let form: Form
  private var jsonLines: JSONLinesWriter
  private var csv: CSVWriter

  private init(form: Form, jsonLines: JSONLinesWriter, csv: consuming CSVWriter) {
    self.form = form
    self.jsonLines = jsonLines
    self.csv = csv
  }

  public static func jsonLines(_ writer: JSONLinesWriter) -> EntryWriter {
    EntryWriter(form: .jsonLines, jsonLines: writer, csv: CSVWriter())
  }

  public static func csv(_ writer: consuming CSVWriter) -> EntryWriter {
    EntryWriter(form: .csv, jsonLines: JSONLinesWriter(), csv: writer)
  }

  /// Appends what stands before the first entry of a file: the names of the columns, for CSV with a header.
  public mutating func appendHeader(names: borrowing FieldNames, to output: inout ByteOutput) {
    switch form {
    case .jsonLines: break
    case .csv: csv.appendHeader(names: names, to: &output)
    }
  }

  /// Appends one entry; ends with one line end.
  public mutating func append(_ entry: borrowing LogEntry, bytes: EntryBytes, names: borrowing FieldNames, to output: inout ByteOutput) {
    switch form {
    case .jsonLines: jsonLines.append(entry, bytes: bytes, names: names, to: &output)
    case .csv: csv.append(entry, bytes: bytes, names: names, to: &output)
    }
  }

  /// Whether `append(planned:)` can be used: JSON Lines without positions in the input.
  public var takesPlannedEntries: Bool { form == .jsonLines && !jsonLines.sourceLines }

  /// Appends an entry of one line by its plan; false, and nothing appended, if a value is not what stands in the line.
  ///
  /// Requires `takesPlannedEntries`. `envelope` holds members of the object that stand behind all others; `bitmaps` are those of `text`.
  @inline(__always)
  public mutating func append(
    planned entry: inout PlannedEntry, _ plans: borrowing ReusedBuffer<PlannedField>, slots: borrowing SlotBuffer,
    eventSlots: borrowing SlotBuffer, text: Span<UInt8>, bitmaps: Span<UInt64>, envelope: borrowing ByteOutput, names: inout FieldNames,
    to output: inout ByteOutput
  ) -> Bool {
    jsonLines.append(
      planned: &entry, plans, slots: slots, eventSlots: eventSlots, text: text, bitmaps: bitmaps, envelope: envelope, names: &names,
      to: &output)
  }
  /// Appends an entry of one line by the shape of the line. Requires `takesPlannedEntries`, and bytes behind the line that can be read.
  @inline(__always)
  public mutating func append(
    shaped entry: borrowing PlannedEntry, _ fields: borrowing ReusedBuffer<PlannedField>, slots: borrowing SlotBuffer, text: Span<UInt8>,
    scratch: borrowing ByteOutput,
    envelope: borrowing ByteOutput, names: borrowing FieldNames, to output: inout ByteOutput
  ) {
    jsonLines.append(shaped: entry, fields, slots: slots, text: text, scratch: scratch, envelope: envelope, names: names, to: &output)
  }
}
