package import LogEntries

/// Names that logs bring: keys of JSON and pairs, columns of tables.
extension FormatDetector {
  /// Logs brought so many names that they should be forgotten.
  package func hasTooManyNames(_ names: borrowing FieldNames) -> Bool {
    names.learned > KeyTable.greatestCount || readers.contains(where: \.isFull)
  }

  /// Forgets names that logs brought. No entry may be alive, or its fields get their names again (`EntryAssembly.renameFields`).
  package mutating func forgetLearnedNames(_ names: inout FieldNames) {
    let columns = tables.map { table in table.columns.map { names.string($0.name) } }
    names.forgetLearned()
    plans.itemNames.forget()
    for (index, columns) in columns.enumerated() {
      for (place, name) in columns.enumerated() { tables[index].columns[place].name = names.intern(name) }
    }
    for reader in readers { reader.forgetKeys() }
    shapes.removeAll()
    otherShapes.removeAll()
  }
}
