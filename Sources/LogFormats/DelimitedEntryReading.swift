import LogBytes
import LogEntries

/// The columns of a delimited format in one stream: those that the format declares, or what the last declaring line said.
struct DelimitedTable {
  struct Column {
    var name: NameID
    /// In the keys' pool; -1 if the format says nothing of the column.
    var key = -1
  }

  var columns: [Column] = []
  /// The separator of the declaring line; 0 for none.
  var separator: UInt8 = 0
  /// By the format's `time`: the columns that make a time, the second -1 if one does alone.
  var times: [(first: Int, second: Int)] = []
  /// What the declaring line said; most say the same again and again.
  var declaringLine: [UInt8] = []
}

/// Makes entries of rows of cells (formats/README.md, "Columns").
///
/// Linear in the line; allocates nothing but room that stays. What a declaring line said stands in the stream's table.
final class DelimitedEntryReader {
  private let declaration: DelimitedDeclaration
  /// The table of a new stream.
  let declared: DelimitedTable
  private var cells: [Cell] = []
  private var kind = LineKind.row
  /// Two cells that make a time.
  private var joined = ByteOutput(capacity: 64)
  /// A cell without its quotes.
  private var unquoted = ByteOutput(capacity: 256)
  private var list = ByteOutput(capacity: 64)

  private enum LineKind {
    /// It names the columns.
    case declaring
    case comment, row
  }

  fileprivate struct Cell {
    /// Without quotes around it.
    var slice: FieldSlice
    /// It stood in quotes and holds some, doubled.
    var hasQuotes = false
  }

  init(_ declaration: DelimitedDeclaration, catalog: CompiledCatalog, format: Int) {
    self.declaration = declaration
    var table = DelimitedTable()
    if declaration.declare == nil {
      for key in catalog.formats[format].columns.range {
        table.columns.append(DelimitedTable.Column(name: catalog.program.keys[key].name, key: key))
      }
      let names = declaration.columns.map(\.name)
      table.times = declaration.time.compactMap { group in
        guard let first = group.first.flatMap(names.firstIndex(of:)) else { return nil }
        guard group.count > 1 else { return (first, -1) }
        return names.firstIndex(of: group[1]).map { (first, $0) }
      }
    }
    declared = table
  }

  /// True if the text from `start` to its end is a declaring line, a comment, or a row with as many cells as the table, a time where the
  /// table has one, and, if a line of the stream declared it, a cell of its column's type.
  func accepts(_ text: Span<UInt8>, from start: Int, _ table: DelimitedTable, _ catalog: CompiledCatalog) -> Bool {
    if let declare = declaration.declare, hasPrefix(declare.span, in: text, at: start) {
      kind = .declaring
      return true
    }
    for comment in declaration.comment where hasPrefix(comment.span, in: text, at: start) {
      kind = .comment
      return true
    }
    if table.columns.isEmpty { return false }
    kind = .row
    split(text, start, separator(text, start, table))
    return abs(cells.count - table.columns.count) <= declaration.slack && hasTime(text, table, catalog)
      && (declaration.declare == nil || hasTypes(text, table, catalog))
  }

  /// Lines of other programs have as many words as a row now and then, but no time where the row has it.
  private func hasTime(_ text: Span<UInt8>, _ table: DelimitedTable, _ catalog: CompiledCatalog) -> Bool {
    guard let (first, second) = table.times.first, max(first, second) < cells.count else { return true }
    if isEmpty(cells[first], text), second < 0 || isEmpty(cells[second], text) { return true }
    var parts = TimeParts()
    return scanTime(text, first, second, catalog, &parts)
      || second < 0 && isOfItsType(cells[first].slice, text, table.columns[first].key, catalog)
  }

  /// Not every cell with something in it, beside those of the time, is of another type than its column.
  private func hasTypes(_ text: Span<UInt8>, _ table: DelimitedTable, _ catalog: CompiledCatalog) -> Bool {
    var hasOthers = false
    let time = table.times.first ?? (-1, -1)
    for index in 0..<min(cells.count, table.columns.count) where index != time.first && index != time.second {
      let key = table.columns[index].key
      if key < 0 || catalog.program.keys[key].operand < 0 || isEmpty(cells[index], text) { continue }
      if isOfItsType(cells[index].slice, text, key, catalog) { return true }
      hasOthers = true
    }
    return !hasOthers
  }

  private func isOfItsType(_ slice: FieldSlice, _ text: Span<UInt8>, _ key: Int, _ catalog: CompiledCatalog) -> Bool {
    guard key >= 0, catalog.program.keys[key].operand >= 0 else { return false }
    let operand = catalog.program.strict[Int(catalog.program.keys[key].operand)]
    return Matcher.scanAny(operand, catalog.program, text.extracting(first: Int(slice.end)), Int(slice.start)) == Int(slice.end)
  }

  private func isEmpty(_ cell: Cell, _ text: Span<UInt8>) -> Bool {
    cell.slice.isEmpty || cell.slice.count == 1 && text[Int(cell.slice.start)] == UInt8(ascii: "-")
  }

  /// Whether one cell, or two with a blank between them, are a time.
  private func scanTime(
    _ text: Span<UInt8>, _ first: Int, _ second: Int, _ catalog: CompiledCatalog, _ parts: inout TimeParts
  ) -> Bool {
    joined.removeAll()
    joined.append(text.extracting(cells[first].slice.range))
    if second >= 0 {
      joined.append(ASCII.blank)
      joined.append(text.extracting(cells[second].slice.range))
    }
    return Self.scanTime(joined, catalog, &parts)
  }

  /// The room is lent to a parameter: a span of a class's property does not live long enough.
  private static func scanTime(_ text: borrowing ByteOutput, _ catalog: CompiledCatalog, _ parts: inout TimeParts) -> Bool {
    !text.isEmpty && KeyedTime.scan(text.span, FieldSlice(0, text.count), catalog, [], &parts)
  }

  /// The format's own, that of the declaring line, or for blanks the tab of a row that holds one.
  private func separator(_ text: Span<UInt8>, _ start: Int, _ table: DelimitedTable) -> UInt8 {
    if let separator = declaration.separator { return separator }
    guard table.separator == ASCII.blank else { return table.separator }
    return firstIndex(of: ASCII.tab, in: text, from: start) >= 0 ? ASCII.tab : ASCII.blank
  }

  private func split(_ text: Span<UInt8>, _ start: Int, _ separator: UInt8) {
    cells.removeAll(keepingCapacity: true)
    let quote = declaration.quote
    var mayHaveQuotes = firstIndex(of: quote, in: text, from: start) >= 0
    var at = start
    while true {
      let cell = at
      if mayHaveQuotes {
        while at < text.count, text[at] != separator {
          guard text[at] == quote, mayHaveQuotes else {
            at += 1
            continue
          }
          // A separator between quotes is a byte like others; a quote that nothing closes is one too, and so are all behind it.
          let end = closingQuote(text, at)
          mayHaveQuotes = end >= 0
          at = end >= 0 ? end : at + 1
        }
      } else {
        let end = firstIndex(of: separator, in: text, from: at)
        at = end < 0 ? text.count : end
      }
      // Runs of blanks separate once.
      if at > cell || separator != ASCII.blank { cells.append(Cell(text, cell, at, quote)) }
      if at == text.count { return }
      at += 1
    }
  }

  /// Behind the quote that closes the one at `start`; doubled ones stand for themselves. -1 if none does.
  private func closingQuote(_ text: Span<UInt8>, _ start: Int) -> Int {
    var at = start + 1
    while true {
      let quote = firstIndex(of: declaration.quote, in: text, from: at)
      if quote < 0 { return -1 }
      guard quote + 1 < text.count, text[quote + 1] == declaration.quote else { return quote + 1 }
      at = quote + 2
    }
  }
}

extension DelimitedEntryReader.Cell {
  fileprivate init(_ text: Span<UInt8>, _ start: Int, _ end: Int, _ quote: UInt8) {
    guard end - start > 1, text[start] == quote, text[end - 1] == quote else {
      self.init(slice: FieldSlice(start, end))
      return
    }
    let inside = FieldSlice(start + 1, end - 1)
    self.init(slice: inside, hasQuotes: firstIndex(of: quote, in: text.extracting(first: end - 1), from: start + 1) >= 0)
  }
}

// MARK: - The entry

extension DelimitedEntryReader {
  /// Puts the line into the entry; `accepts` has been asked for this text.
  func read(
    _ text: Span<UInt8>, from start: Int, origin: MatchOrigin, table: inout DelimitedTable, catalog: CompiledCatalog, format: Int,
    clock: inout Clock, into assembly: inout EntryAssembly, names: inout FieldNames
  ) {
    guard kind == .row else {
      assembly.putMessage(origin.slice(FieldSlice(start, text.count)), origin.source, &names)
      if kind == .declaring { declare(text, start + (declaration.declare?.count ?? 0), &table, catalog, format, &assembly, &names) }
      return
    }
    let time = readTime(text, table, catalog, format, &clock, &assembly, &names)
    for index in 0..<min(cells.count, table.columns.count) where index != time.first && index != time.second {
      let cell = cells[index]
      if cell.slice.isEmpty { continue }
      if cell.hasQuotes {
        unquoted.removeAll()
        ValueWriting.appendUndoubled(text.extracting(cell.slice.range), quote: declaration.quote, to: &unquoted)
        let start = assembly.entry.scratch.count
        assembly.entry.scratch.append(unquoted.span)
        let slice = FieldSlice(0, unquoted.count)
        put(
          table.columns[index], slice, unquoted.span, MatchOrigin(source: .scratch, offset: start), catalog, format,
          &clock, &assembly, &names)
      } else {
        put(table.columns[index], cell.slice, text, origin, catalog, format, &clock, &assembly, &names)
      }
    }
    if cells.count > table.columns.count { putRest(text, from: table.columns.count, &assembly, &names) }
  }

  private func put(
    _ column: DelimitedTable.Column, _ taken: FieldSlice, _ bytes: Span<UInt8>, _ origin: MatchOrigin, _ catalog: CompiledCatalog,
    _ format: Int, _ clock: inout Clock, _ assembly: inout EntryAssembly, _ names: inout FieldNames
  ) {
    if column.key >= 0 {
      FieldDecoding.putTyped(
        catalog.program.keys[column.key], taken, catalog: catalog, format: format, bytes: bytes, origin: origin, clock: &clock,
        into: &assembly, names: &names)
    } else if catalog.formats[format].hasAbsent && catalog.isAbsent(bytes, taken, format) {
      return
    } else if column.name == ReservedNames.message {
      assembly.putMessage(origin.slice(taken), origin.source, &names)
    } else {
      assembly.put(column.name, origin.slice(taken), .string, origin.source, &names)
    }
  }

  /// The columns that gave the time; -1 for none.
  private func readTime(
    _ text: Span<UInt8>, _ table: DelimitedTable, _ catalog: CompiledCatalog, _ format: Int, _ clock: inout Clock,
    _ assembly: inout EntryAssembly, _ names: inout FieldNames
  ) -> (first: Int, second: Int) {
    for (first, second) in table.times where max(first, second) < cells.count {
      var parts = TimeParts()
      guard scanTime(text, first, second, catalog, &parts) else { continue }
      guard let moment = clock.resolve(parts, movesPrevious: true) else { continue }
      assembly.putTime(moment, &names)
      return (first, second)
    }
    return (-1, -1)
  }

  /// Cells beyond the columns, as a list.
  private func putRest(_ text: Span<UInt8>, from column: Int, _ assembly: inout EntryAssembly, _ names: inout FieldNames) {
    let start = assembly.entry.scratch.count
    for cell in cells[column...] {
      unquoted.removeAll()
      if cell.hasQuotes {
        ValueWriting.appendUndoubled(text.extracting(cell.slice.range), quote: declaration.quote, to: &unquoted)
      } else {
        unquoted.append(text.extracting(cell.slice.range))
      }
      assembly.entry.scratch.append(assembly.entry.scratch.count == start ? ASCII.leftBracket : ASCII.comma)
      assembly.entry.scratch.append(ASCII.quote)
      assembly.entry.scratch.appendJSONEscaped(unquoted.span)
      assembly.entry.scratch.append(ASCII.quote)
    }
    assembly.entry.scratch.append(ASCII.rightBracket)
    assembly.put(ReservedNames.more, FieldSlice(start, assembly.entry.scratch.count), .json, .scratch, &names)
  }

  // MARK: A declaring line

  /// The columns that a line names from `start` on.
  private func declare(
    _ text: Span<UInt8>, _ start: Int, _ table: inout DelimitedTable, _ catalog: CompiledCatalog, _ format: Int,
    _ assembly: inout EntryAssembly, _ names: inout FieldNames
  ) {
    let body = trimmed(text, FieldSlice(start, text.count), of: ByteSet(" \t"))
    if body.count == table.declaringLine.count, hasPrefix(table.declaringLine.span, in: text, at: Int(body.start)) { return }
    table.declaringLine.removeAll(keepingCapacity: true)
    for index in body.range { table.declaringLine.append(text[index]) }
    let view = text.extracting(first: Int(body.end))
    table.separator =
      firstIndex(of: ASCII.tab, in: view, from: Int(body.start)) >= 0
      ? ASCII.tab : firstIndex(of: ASCII.comma, in: view, from: Int(body.start)) >= 0 ? ASCII.comma : ASCII.blank
    table.columns.removeAll(keepingCapacity: true)
    table.times.removeAll(keepingCapacity: true)
    for _ in declaration.time { table.times.append((-1, -1)) }
    split(view, Int(body.start), table.separator)
    for cell in cells {
      let name = trimmed(text, cell.slice, of: ByteSet(" "))
      for (group, columns) in declaration.time.enumerated() {
        if isEqual(text, name, columns[0]) { table.times[group].first = table.columns.count }
        if columns.count > 1, isEqual(text, name, columns[1]) { table.times[group].second = table.columns.count }
      }
      table.columns.append(column(text.extracting(name.range), catalog, format, &assembly, &names))
    }
    // A group that lacks a column makes no time.
    for group in table.times.indices.reversed() {
      if table.times[group].first < 0 || declaration.time[group].count > 1 && table.times[group].second < 0 {
        table.times.remove(at: group)
      }
    }
  }

  private func column(
    _ name: Span<UInt8>, _ catalog: CompiledCatalog, _ format: Int, _ assembly: inout EntryAssembly, _ names: inout FieldNames
  ) -> DelimitedTable.Column {
    for number in catalog.formats[format].columns.range {
      let key = catalog.program.keys[number]
      if key.count == name.count, name.indices.allSatisfy({ name[$0] == catalog.program.literals[Int(key.first) + $0] }) {
        return DelimitedTable.Column(name: key.name, key: number)
      }
    }
    unquoted.removeAll()
    ValueWriting.appendSnakeCase(name, to: &unquoted)
    if Self.intern(unquoted, &names) == ReservedNames.message { return DelimitedTable.Column(name: ReservedNames.message) }
    return DelimitedTable.Column(
      name: catalog.name(ofKey: name, prefix: ReservedNames.none, format: format, &assembly, &names))
  }

  /// The room is lent to a parameter: a span of a class's property does not live long enough.
  private static func intern(_ name: borrowing ByteOutput, _ names: inout FieldNames) -> NameID {
    names.intern(name.span)
  }

  private func trimmed(_ text: Span<UInt8>, _ slice: FieldSlice, of bytes: ByteSet) -> FieldSlice {
    var start = Int(slice.start)
    var end = Int(slice.end)
    while start < end, bytes.contains(text[start]) { start += 1 }
    while end > start, bytes.contains(text[end - 1]) { end -= 1 }
    return FieldSlice(start, end)
  }

  private func isEqual(_ text: Span<UInt8>, _ slice: FieldSlice, _ name: String) -> Bool {
    guard slice.count == name.utf8.count else { return false }
    for (index, byte) in name.utf8.enumerated() where text[Int(slice.start) + index] != byte { return false }
    return true
  }
}
