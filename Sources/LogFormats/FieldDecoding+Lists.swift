import LogBytes
import LogEntries

/// Values that are seldom, and the keys that lists bring.
extension FieldDecoding {
  @inline(never)
  static func putOther(
    _ capture: Capture, _ taken: FieldSlice, catalog: CompiledCatalog, format: Int, bytes: Span<UInt8>, origin: MatchOrigin,
    clock: inout Clock, into assembly: inout EntryAssembly, names: inout FieldNames
  ) {
    put(
      catalog.program.strict[Int(capture.operand)], capture.name, taken, catalog: catalog, format: format, bytes: bytes, origin: origin,
      clock: &clock, into: &assembly, names: &names)
  }

  static func put(
    _ operand: StrictOperand, _ name: NameID, _ taken: FieldSlice, catalog: CompiledCatalog, format: Int, bytes: Span<UInt8>,
    origin: MatchOrigin, clock: inout Clock, into assembly: inout EntryAssembly, names: inout FieldNames
  ) {
    let raw = bytes.extracting(taken.range)
    let start = assembly.entry.scratch.count
    var isWritten = true
    var kind = ValueKind.number
    switch operand.kind {
    case .int:
      return putInteger(name, taken, bytes, origin, &assembly, &names)
    case .number:
      if ValueWriting.isPlainDecimal(raw) { return assembly.put(name, origin.slice(taken), .number, origin.source, &names) }
      isWritten = ValueWriting.appendNumber(raw, to: &assembly.entry.scratch)
    case .grouped: isWritten = ValueWriting.appendGrouped(raw, to: &assembly.entry.scratch)
    case .clock: ValueWriting.appendClock(raw, to: &assembly.entry.scratch)
    case .duration: ValueWriting.appendDuration(raw, to: &assembly.entry.scratch)
    case .size: isWritten = ValueWriting.appendSize(raw, to: &assembly.entry.scratch)
    case .quoted:
      kind = .string
      ValueWriting.appendUnescaped(raw.extracting(1..<raw.count - 1), to: &assembly.entry.scratch)
    case .quotedDoubled:
      kind = .string
      ValueWriting.appendUndoubled(raw.extracting(1..<raw.count - 1), quote: operand.detail, to: &assembly.entry.scratch)
    case .words:
      kind = .string
      let program = catalog.program
      let view = bytes.extracting(first: Int(taken.end))
      let index = StrictScanning.scanWords(program.words, operand, program.literals, view, Int(taken.start)).index
      if index >= 0 {
        let word = program.words[index]
        for position in Int(word.valueFirst)..<Int(word.valueFirst) + Int(word.valueCount) {
          assembly.entry.scratch.append(program.literals[position])
        }
      }
    case .json:
      kind = .json
      isWritten = JSONEntryReading.appendValue(raw, to: &assembly.entry.scratch)
    case .endpoint: return putEndpoint(name, taken, bytes, origin, &assembly, &names)
    case .layout, .iso, .epoch, .relative:
      return putMoment(operand, name, taken, catalog, bytes, origin, &clock, &assembly, &names)
    case .csv:
      return putCells(
        operand.range, name, taken, catalog: catalog, format: format, bytes: bytes, origin: origin, clock: &clock, into: &assembly,
        names: &names)
    case .pairs, .backslash, .bareBackslash, .keyValue, .data, .cef:
      return putItems(
        operand.kind, name, taken, catalog: catalog, format: format, bytes: bytes, origin: origin, into: &assembly, names: &names)
    default:
      if name == ReservedNames.message { return assembly.putMessage(origin.slice(taken), origin.source, &names) }
      return assembly.put(name, origin.slice(taken), .string, origin.source, &names)
    }
    if isWritten {
      let slice = FieldSlice(start, assembly.entry.scratch.count)
      if slice.isEmpty, name != ReservedNames.message { return }
      if name == ReservedNames.level {
        let known = level(slice, of: assembly, catalog, format)
        if let known { return assembly.putLevel(known, &names) }
        return assembly.put(names.intern("level_text"), slice, .string, .scratch, &names)
      }
      if name == ReservedNames.message, kind == .string {
        assembly.putMessage(slice, .scratch, &names)
      } else {
        assembly.put(name, slice, kind, .scratch, &names)
      }
    } else {
      assembly.entry.scratch.truncate(to: start)
      assembly.put(name, origin.slice(taken), .string, origin.source, &names)
    }
  }

  /// The level of a word in the entry's scratch.
  private static func level(
    _ slice: FieldSlice, of assembly: borrowing EntryAssembly, _ catalog: CompiledCatalog, _ format: Int
  ) -> Level? {
    let scratch = assembly.entry.scratch.span
    return catalog.level(scratch.extracting(trimmed(slice, scratch).range), of: format)
  }

  /// `x` without brackets and `x_port`.
  private static func putEndpoint(
    _ name: NameID, _ taken: FieldSlice, _ bytes: Span<UInt8>, _ origin: MatchOrigin, _ assembly: inout EntryAssembly,
    _ names: inout FieldNames
  ) {
    var start = Int(taken.start)
    var end = Int(taken.end)
    var port = -1
    if bytes[start] == ASCII.leftBracket {
      start += 1
      end = scanIPAddress(bytes.extracting(first: Int(taken.end)), from: start)
      if end + 2 < Int(taken.end) { port = end + 2 }
    } else {
      let address = scanIPv4Address(bytes.extracting(first: Int(taken.end)), from: start)
      if address >= 0, address < end, bytes[address] == ASCII.colon {
        port = address + 1
        end = address
      }
    }
    assembly.put(name, origin.slice(FieldSlice(start, end)), .string, origin.source, &names)
    if port >= 0 {
      let portName = assembly.name(name, behind: "_port", &names)
      putInteger(portName, FieldSlice(port, Int(taken.end)), bytes, origin, &assembly, &names)
    }
  }

  private static func putMoment(
    _ operand: StrictOperand, _ name: NameID, _ taken: FieldSlice, _ catalog: CompiledCatalog, _ bytes: Span<UInt8>, _ origin: MatchOrigin,
    _ clock: inout Clock, _ assembly: inout EntryAssembly, _ names: inout FieldNames
  ) {
    var parts = TimeParts()
    let view = bytes.extracting(first: Int(taken.end))
    let end = Matcher.scanTime(operand, catalog.program, view, Int(taken.start), &parts)
    let isTime = name == ReservedNames.time
    if end == Int(taken.end), let moment = clock.resolve(parts, movesPrevious: isTime) {
      if isTime {
        assembly.putTime(moment, &names)
      } else {
        assembly.putMoment(name, moment, &names)
      }
    } else {
      let textName = assembly.name(name, behind: "_text", &names)
      assembly.put(textName, origin.slice(trimmed(taken, bytes)), .string, origin.source, &names)
    }
  }

  /// A declared key with its type: the value, or `KEY_text` if it is not wholly of the type.
  static func putTyped(
    _ key: CompiledKey, _ taken: FieldSlice, catalog: CompiledCatalog, format: Int, bytes: Span<UInt8>, origin: MatchOrigin,
    clock: inout Clock, into assembly: inout EntryAssembly, names: inout FieldNames
  ) {
    if taken.isEmpty || catalog.formats[format].hasAbsent && catalog.isAbsent(bytes, taken, format) { return }
    if key.operand < 0 || key.role == .level {
      switch key.role {
      case .message: return assembly.putMessage(origin.slice(taken), origin.source, &names)
      case .level: return putLevelText(taken, bytes, origin, format, catalog, &assembly, &names)
      // A time without a type for it is a text.
      case .time: return assembly.put(key.textName, origin.slice(taken), .string, origin.source, &names)
      case .field: return assembly.put(key.name, origin.slice(taken), .string, origin.source, &names)
      }
    }
    let operand = catalog.program.strict[Int(key.operand)]
    let view = bytes.extracting(first: Int(taken.end))
    guard Matcher.scanAny(operand, catalog.program, view, Int(taken.start)) == Int(taken.end) else {
      return assembly.put(key.textName, origin.slice(taken), .string, origin.source, &names)
    }
    put(
      operand, key.name, taken, catalog: catalog, format: format, bytes: bytes, origin: origin, clock: &clock, into: &assembly,
      names: &names)
  }

  /// Cells between commas, `"` quotes with `""` inside, brackets balanced.
  private static func putCells(
    _ keys: Range<Int>, _ name: NameID, _ taken: FieldSlice, catalog: CompiledCatalog, format: Int, bytes: Span<UInt8>,
    origin: MatchOrigin, clock: inout Clock, into assembly: inout EntryAssembly, names: inout FieldNames
  ) {
    var at = Int(taken.start)
    let end = Int(taken.end)
    var index = 0
    // Cells without quotes are made beside the text, so that their positions are those of the scratch.
    var unquoted = assembly.cellRoom.take() ?? ByteOutput(capacity: 64)
    var listStart = -1
    while at <= end {
      let cell = ListReading.cell(bytes.extracting(first: end), at)
      if index < keys.count, !cell.hasQuotes {
        putTyped(
          catalog.program.keys[keys.lowerBound + index], cell.slice, catalog: catalog, format: format, bytes: bytes, origin: origin,
          clock: &clock, into: &assembly, names: &names)
      } else {
        unquoted.removeAll()
        ListReading.appendCell(bytes.extracting(cell.slice.range), to: &unquoted)
        let start = assembly.entry.scratch.count
        if index < keys.count {
          assembly.entry.scratch.append(unquoted.span)
          putTyped(
            catalog.program.keys[keys.lowerBound + index], FieldSlice(0, unquoted.count), catalog: catalog, format: format,
            bytes: unquoted.span, origin: MatchOrigin(source: .scratch, offset: start), clock: &clock, into: &assembly, names: &names)
        } else {
          // Cells beyond the keys are one list, the last thing that is written.
          if listStart < 0 { listStart = start }
          assembly.entry.scratch.append(start == listStart ? ASCII.leftBracket : ASCII.comma)
          assembly.entry.scratch.append(ASCII.quote)
          assembly.entry.scratch.appendJSONEscaped(unquoted.span)
          assembly.entry.scratch.append(ASCII.quote)
        }
      }
      index += 1
      at = Int(cell.slice.end) + 1
    }
    assembly.cellRoom = consume unquoted
    if listStart >= 0 {
      assembly.entry.scratch.append(ASCII.rightBracket)
      assembly.put(
        name == ReservedNames.none ? ReservedNames.more : name, FieldSlice(listStart, assembly.entry.scratch.count), .json, .scratch,
        &names)
    }
  }

  /// The items of `pairs`, `backslash`, `kv`, `data`, `cef`.
  private static func putItems(
    _ kind: StrictOperand.Kind, _ prefix: NameID, _ taken: FieldSlice, catalog: CompiledCatalog, format: Int, bytes: Span<UInt8>,
    origin: MatchOrigin, into assembly: inout EntryAssembly, names: inout FieldNames
  ) {
    let view = bytes.extracting(first: Int(taken.end))
    if kind == .data, prefix != ReservedNames.none {
      putIdentifiers(prefix, taken, bytes, &assembly, &names)
    }
    var reader = ListItems(kind: kind, at: Int(taken.start))
    while let item = reader.next(view) {
      if item.isBare {
        let name = catalog.name(ofKey: bytes.extracting(item.key.range), prefix: prefix, format: format, &assembly, &names)
        assembly.put(name, FieldSlice(0, 0), .yes, origin.source, &names)
        continue
      }
      if item.value.isEmpty || catalog.formats[format].hasAbsent && catalog.isAbsent(bytes, item.value, format) { continue }
      let name = catalog.name(ofKey: bytes.extracting(item.key.range), prefix: prefix, format: format, &assembly, &names)
      guard item.hasEscapes else {
        assembly.put(name, origin.slice(item.value), .string, origin.source, &names)
        continue
      }
      let start = assembly.entry.scratch.count
      ListReading.appendUnescaped(bytes.extracting(item.value.range), of: kind, to: &assembly.entry.scratch)
      assembly.put(name, FieldSlice(start, assembly.entry.scratch.count), .string, .scratch, &names)
    }
  }

  /// The ids of structured data as a list.
  private static func putIdentifiers(
    _ name: NameID, _ taken: FieldSlice, _ bytes: Span<UInt8>, _ assembly: inout EntryAssembly, _ names: inout FieldNames
  ) {
    let view = bytes.extracting(first: Int(taken.end))
    let start = assembly.entry.scratch.count
    var at = Int(taken.start)
    while let end = ListReading.structuredElementEnd(view, at) {
      assembly.entry.scratch.append(assembly.entry.scratch.count == start ? ASCII.leftBracket : ASCII.comma)
      assembly.entry.scratch.append(ASCII.quote)
      assembly.entry.scratch.appendJSONEscaped(bytes.extracting(at + 1..<ListReading.structuredNameEnd(view, at + 1)))
      assembly.entry.scratch.append(ASCII.quote)
      at = end
    }
    guard assembly.entry.scratch.count > start else { return }
    assembly.entry.scratch.append(ASCII.rightBracket)
    assembly.put(name, FieldSlice(start, assembly.entry.scratch.count), .json, .scratch, &names)
  }
}
