import LogBytes
package import LogEntries

/// Formats that are no patterns: JSON, `kv` and `delimited` (formats/README.md, "Not text").
enum StructureReader {
  case patterns
  case json(JSONEntryReader)
  case keyValue(KeyValueEntryReader)
  /// With its place among the delimited formats.
  case delimited(DelimitedEntryReader, Int)

  /// A reader a format, in the catalogue's order.
  static func readers(of catalog: CompiledCatalog) -> [StructureReader] {
    var tables = 0
    return catalog.details.enumerated().map { number, details in
      if let delimited = details.delimited {
        tables += 1
        return .delimited(DelimitedEntryReader(delimited, catalog: catalog, format: number), tables - 1)
      }
      guard let keyed = details.keyed else { return .patterns }
      return catalog.formats[number].structure == .json ? .json(JSONEntryReader(keyed)) : .keyValue(KeyValueEntryReader(keyed))
    }
  }

  /// It met more keys than it keeps.
  var isFull: Bool {
    switch self {
    case .json(let reader): reader.isFull
    case .keyValue(let reader): reader.isFull
    case .patterns, .delimited: false
    }
  }

  func forgetKeys() {
    switch self {
    case .json(let reader): reader.forgetKeys()
    case .keyValue(let reader): reader.forgetKeys()
    case .patterns, .delimited: break
    }
  }
}

extension FormatDetector {
  /// Whether a line is an entry of a format that is no pattern.
  @inline(never)
  mutating func acceptsStructure(
    _ format: Int, _ text: borrowing MatchText, _ from: Int, _ end: Int, _ stream: Int, _ open: OpenEntry,
    _ assembly: inout EntryAssembly, _ names: inout FieldNames
  ) -> Bool {
    switch readers[format] {
    case .patterns: return false
    case .json(let reader):
      if isInsideObject { return false }
      if !isObjectRead {
        isObjectRead = true
        isObject = object.parse(text.bytes.extracting(first: end), from: from)
      }
      return isObject && reader.accepts(object, text.bytes, catalog: catalog, format: format, &assembly, &names)
    case .keyValue(let reader):
      if open.isOpen, format != open.format, !isAllowedInside(open, format, text, from, end, stream) { return false }
      return reader.accepts(text.bytes.extracting(first: end), from: from)
    case .delimited(let reader, let place):
      return reader.accepts(text.bytes.extracting(first: end), from: from, tables[tableIndex(place, stream)], catalog)
    }
  }

  /// Puts what was accepted last into the entry.
  mutating func decodeStructure(
    _ format: Int, _ text: borrowing MatchText, _ from: Int, _ end: Int, _ origin: MatchOrigin, _ stream: Int,
    into assembly: inout EntryAssembly, _ names: inout FieldNames
  ) {
    let clock = clockIndex(format, stream)
    switch readers[format] {
    case .patterns: break
    case .json(let reader):
      reader.read(
        object, text.bytes, origin: origin, catalog: catalog, format: format, clock: &clocks[clock], into: &assembly, names: &names)
      if stream == 0 { learnObject(reader, format, text, from, end) }
    case .keyValue(let reader):
      reader.read(text.bytes, origin: origin, catalog: catalog, format: format, clock: &clocks[clock], into: &assembly, names: &names)
      if stream == 0 { learnPairs(reader, format, text, from) }
    case .delimited(let reader, let place):
      reader.read(
        text.bytes.extracting(first: end), from: from, origin: origin, table: &tables[tableIndex(place, stream)], catalog: catalog,
        format: format, clock: &clocks[clock], into: &assembly, names: &names)
      if !streams[stream].hasTables, !tables[tableIndex(place, stream)].columns.isEmpty {
        streams[stream].hasTables = true
        steady.forget()
      }
    }
  }

  private mutating func learnObject(_ reader: JSONEntryReader, _ format: Int, _ text: borrowing MatchText, _ from: Int, _ end: Int) {
    guard beginsLearning(format) else { return }
    reader.learn(object, text.bytes, from: from, end: end, into: &shapes)
    endLearning(format, text.bytes)
  }

  private mutating func learnPairs(_ reader: KeyValueEntryReader, _ format: Int, _ text: borrowing MatchText, _ from: Int) {
    guard beginsLearning(format) else { return }
    reader.learn(text.bytes, from: from, into: &shapes)
  }

  // MARK: Objects of several lines

  /// The JSON format that takes an object of several lines, by the order of detection.
  package mutating func recogniseObject(
    _ text: borrowing MatchText, from: Int, end: Int, stream: Int, open: OpenEntry, _ assembly: inout EntryAssembly,
    _ names: inout FieldNames
  ) -> Recognition {
    isObjectRead = false
    let locked = streams[stream].locked
    if locked >= 0, catalog.formats[locked].structure == .json, catalog.formats[locked].rank != .general,
      let found = attemptObject(locked, text, from, end, stream, open, &assembly, &names)
    {
      return found
    }
    for place in candidates.byFirstByte[Int(ASCII.leftBrace)].range {
      let number = Int(candidates.candidates[place].format)
      guard catalog.formats[number].structure == .json else { continue }
      if let found = attemptObject(number, text, from, end, stream, open, &assembly, &names) {
        streams[stream].locked = number
        return found
      }
    }
    return .none
  }

  private mutating func attemptObject(
    _ number: Int, _ text: borrowing MatchText, _ from: Int, _ end: Int, _ stream: Int, _ open: OpenEntry,
    _ assembly: inout EntryAssembly, _ names: inout FieldNames
  ) -> Recognition? {
    if catalog.formats[number].rank == .general, open.isOpen, number != open.format,
      !isAllowedInside(open, number, text, from, end, stream)
    {
      return nil
    }
    if !catalog.formats[number].require.isEmpty, !isMet(number, stream) { return nil }
    guard acceptsStructure(number, text, from, end, stream, open, &assembly, &names) else { return nil }
    return Recognition(format: number, pattern: -1)
  }

  /// The JSON format that an object is most likely of: what other formats may take inside of it depends on its rank. -1 if there is none.
  package func likelyObjectFormat(stream: Int) -> Int {
    let locked = streams[stream].locked
    if locked >= 0, catalog.formats[locked].structure == .json { return locked }
    for place in candidates.byFirstByte[Int(ASCII.leftBrace)].range {
      let number = Int(candidates.candidates[place].format)
      if catalog.formats[number].structure == .json { return number }
    }
    return -1
  }

  // MARK: Tables

  private func tableIndex(_ place: Int, _ stream: Int) -> Int {
    stream * tableCount + place
  }

  /// The tables of a new stream: those with columns that the format declares have them at once.
  mutating func addTables() {
    for case .delimited(let reader, _) in readers { tables.append(reader.declared) }
  }

  /// - Parameter kept: the number that the stream beside the first had; 0 for none.
  mutating func removeInnerTables(but kept: Int) {
    let count = tableCount
    if count == 0 { return }
    if kept > 0 {
      for place in 0..<count { tables.swapAt(count + place, kept * count + place) }
    }
    tables.removeSubrange(((kept > 0 ? 2 : 1) * count)...)
  }
}

/// The times and levels of JSON and `kv` formats, which stand in values.
enum KeyedTime {
  /// ISO times and epochs of any scale need no layout.
  static func scan(
    _ text: Span<UInt8>, _ value: FieldSlice, _ catalog: CompiledCatalog, _ layouts: [StrictOperand], _ parts: inout TimeParts
  ) -> Bool {
    let view = text.extracting(first: Int(value.end))
    let start = Int(value.start)
    if TimeScanning.scanISO(view, from: start, into: &parts) == view.count { return true }
    if TimeScanning.scanEpoch(.any, view, from: start, into: &parts) == view.count { return true }
    for layout in layouts where Matcher.scanTime(layout, catalog.program, view, start, &parts) == view.count { return true }
    return false
  }
}

enum KeyedLevel {
  /// A level word, or 10 to 60 as bunyan and pino count.
  static func level(_ value: Span<UInt8>, _ catalog: CompiledCatalog, _ format: Int) -> Level? {
    if value.count == 2, value[1] == ASCII.zero {
      let tens = Int(value[0]) - Int(ASCII.zero)
      if tens >= 1, tens <= 6 { return Level(rawValue: UInt8(tens - 1)) }
    }
    return catalog.level(value, of: format)
  }
}
