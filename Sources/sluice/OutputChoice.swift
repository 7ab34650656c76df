import LogEntries
import LogFormats
import LogOutput

/// How the entries are to be written: makes the writer of each input.
struct OutputChoice {
  let form: OutputForm
  let sourceLines: Bool
  /// The format, if exactly one was named: its fields are columns of CSV.
  let singleFormat: LogFormat?

  func writer(for catalog: CompiledCatalog) -> EntryWriter {
    switch form {
    case .jsonl: .jsonLines(JSONLinesWriter(sourceLines: sourceLines))
    case .csv: .csv(CSVWriter(fields: columns(in: catalog), sourceLines: sourceLines))
    }
  }

  private func columns(in catalog: CompiledCatalog) -> CSVWriter.FieldColumns {
    guard let singleFormat else { return .together }
    var names = catalog.makeNames()
    let declared = names.count
    let columns = singleFormat.fieldNames.map { names.intern($0) }
    // A name that the catalogue does not declare has another number in each stream: such fields share the last column.
    let known = columns.filter { Int($0.value) < declared }
    return .each(known, others: singleFormat.hasFreeFields || known.count < columns.count)
  }
}
