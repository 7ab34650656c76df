import LogBytes
import LogEntries

/// Values that are seldom, and the keys that lists bring.
extension FieldDecoding {
  @inline(never)
  static func putOther(
    _ capture: Capture, _ taken: FieldSlice, catalog: CompiledCatalog, format: FormatTraits, bytes: Span<UInt8>, origin: MatchOrigin,
    clock: inout Clock, into assembly: inout EntryAssembly, names: inout FieldNames
  ) {
    let operand = catalog.programs.strict[Int(capture.operand)]
    put(
      catalog.programs.types[Int(operand.type)], capture.name, taken, catalog: catalog, format: format, bytes: bytes, origin: origin,
      clock: &clock, into: &assembly, names: &names)
  }

  static func put(
    _ type: StrictType, _ name: NameID, _ taken: FieldSlice, catalog: CompiledCatalog, format: FormatTraits, bytes: Span<UInt8>,
    origin: MatchOrigin, clock: inout Clock, into assembly: inout EntryAssembly, names: inout FieldNames
  ) {
    let raw = bytes.extracting(taken.range)
    let start = assembly.entry.scratch.count
    var isWritten = true
    var kind = ValueKind.number
    switch type {
    case .int:
      return putInteger(name, taken, bytes, origin, &assembly, &names)
    case .number: isWritten = ValueWriting.appendNumber(raw, to: &assembly.entry.scratch)
    case .grouped: isWritten = ValueWriting.appendGrouped(raw, to: &assembly.entry.scratch)
    case .clock: ValueWriting.appendClock(raw, to: &assembly.entry.scratch)
    case .duration: ValueWriting.appendDuration(raw, to: &assembly.entry.scratch)
    case .size: ValueWriting.appendSize(raw, to: &assembly.entry.scratch)
    case .quoted:
      kind = .string
      ValueWriting.appendUnescaped(raw.extracting(1..<raw.count - 1), to: &assembly.entry.scratch)
    case .quotedDoubled(let quote):
      kind = .string
      ValueWriting.appendUndoubled(raw.extracting(1..<raw.count - 1), quote: quote, to: &assembly.entry.scratch)
    case .enumeration(let words):
      kind = .string
      for word in words where word.word.count == raw.count && hasPrefix(word.word.span, in: raw, at: 0) {
        assembly.entry.scratch.append(contentsOf: word.value)
        break
      }
    case .flag: return assembly.put(name, FieldSlice(0, 0), .yes, origin.source, &names)
    case .json:
      kind = .json
      isWritten = JSONEntryReading.appendValue(raw, to: &assembly.entry.scratch)
    case .endpoint: return putEndpoint(name, taken, bytes, origin, &assembly, &names)
    case .layout, .iso, .epoch, .since:
      return putMoment(type, name, taken, catalog, bytes, origin, &clock, &assembly, &names)
    case .csv(let keys):
      return putCells(
        keys, name, taken, catalog: catalog, format: format, bytes: bytes, origin: origin, clock: &clock, into: &assembly, names: &names)
    case .pairs, .backslash, .keyValue, .data, .cef:
      return putItems(type, name, taken, catalog: catalog, format: format, bytes: bytes, origin: origin, into: &assembly, names: &names)
    default:
      return assembly.put(name, origin.slice(taken), .string, origin.source, &names)
    }
    if isWritten {
      let slice = FieldSlice(start, assembly.entry.scratch.count)
      if slice.isEmpty, name != ReservedNames.message { return }
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
      let portName = names.intern(names.string(name) + "_port")
      putInteger(portName, FieldSlice(port, Int(taken.end)), bytes, origin, &assembly, &names)
    }
  }

  private static func putMoment(
    _ type: StrictType, _ name: NameID, _ taken: FieldSlice, _ catalog: CompiledCatalog, _ bytes: Span<UInt8>, _ origin: MatchOrigin,
    _ clock: inout Clock, _ assembly: inout EntryAssembly, _ names: inout FieldNames
  ) {
    var parts = TimeParts()
    let view = bytes.extracting(first: Int(taken.end))
    let end = TimeScanning.scan(type, view, from: Int(taken.start), into: &parts)
    let isTime = name == ReservedNames.time
    if end == Int(taken.end), let moment = clock.resolve(parts, movesPrevious: isTime) {
      if isTime {
        assembly.putTime(moment, &names)
      } else {
        assembly.putMoment(name, moment, &names)
      }
    } else {
      let textName = names.intern(names.string(name) + "_text")
      assembly.put(textName, origin.slice(trimmed(taken, bytes)), .string, origin.source, &names)
    }
  }

  /// A declared key with its type: the value, or `KEY_text` if it is not wholly of the type.
  static func putTyped(
    _ key: ListKey, _ taken: FieldSlice, catalog: CompiledCatalog, format: FormatTraits, bytes: Span<UInt8>, origin: MatchOrigin,
    clock: inout Clock, into assembly: inout EntryAssembly, names: inout FieldNames
  ) {
    if taken.isEmpty || format.hasAbsent && catalog.isAbsent(bytes, taken, format) { return }
    let name = names.intern(key.name)
    guard let type = key.type else {
      switch key.name {
      case "message": return assembly.putMessage(origin.slice(taken), origin.source, &names)
      case "level": return putLevelText(taken, bytes, origin, format, catalog, &assembly, &names)
      default: return assembly.put(name, origin.slice(taken), .string, origin.source, &names)
      }
    }
    let view = bytes.extracting(first: Int(taken.end))
    guard TypeScanning.scan(type, view, from: Int(taken.start)) == Int(taken.end) else {
      let textName = names.intern(key.name + "_text")
      return assembly.put(textName, origin.slice(taken), .string, origin.source, &names)
    }
    if case .level = type, key.name == "level" {
      return putLevelText(taken, bytes, origin, format, catalog, &assembly, &names)
    }
    put(type, name, taken, catalog: catalog, format: format, bytes: bytes, origin: origin, clock: &clock, into: &assembly, names: &names)
  }

  /// Cells between commas, `"` quotes with `""` inside, brackets balanced.
  private static func putCells(
    _ keys: [ListKey], _ name: NameID, _ taken: FieldSlice, catalog: CompiledCatalog, format: FormatTraits, bytes: Span<UInt8>,
    origin: MatchOrigin, clock: inout Clock, into assembly: inout EntryAssembly, names: inout FieldNames
  ) {
    var at = Int(taken.start)
    let end = Int(taken.end)
    var index = 0
    var list = ByteOutput(capacity: 16)
    while at <= end {
      let cell = ListReading.cell(bytes.extracting(first: end), at)
      if index < keys.count {
        if cell.hasQuotes {
          // The cell without its quotes is made beside the text, so its positions are those of the scratch.
          var unquoted = ByteOutput(capacity: cell.slice.count + 1)
          ListReading.appendCell(bytes.extracting(cell.slice.range), to: &unquoted)
          let start = assembly.entry.scratch.count
          assembly.entry.scratch.append(unquoted.span)
          putTyped(
            keys[index], FieldSlice(0, unquoted.count), catalog: catalog, format: format, bytes: unquoted.span,
            origin: MatchOrigin(source: .scratch, offset: start), clock: &clock, into: &assembly, names: &names)
        } else {
          putTyped(
            keys[index], cell.slice, catalog: catalog, format: format, bytes: bytes, origin: origin, clock: &clock, into: &assembly,
            names: &names)
        }
      } else {
        list.append(list.isEmpty ? ASCII.leftBracket : ASCII.comma)
        list.append(ASCII.quote)
        var unquoted = ByteOutput(capacity: cell.slice.count + 1)
        ListReading.appendCell(bytes.extracting(cell.slice.range), to: &unquoted)
        list.appendJSONEscaped(unquoted.span)
        list.append(ASCII.quote)
      }
      index += 1
      at = Int(cell.slice.end) + 1
    }
    if !list.isEmpty {
      list.append(ASCII.rightBracket)
      let start = assembly.entry.scratch.count
      assembly.entry.scratch.append(list.span)
      assembly.put(
        name == ReservedNames.none ? names.intern("more") : name, FieldSlice(start, assembly.entry.scratch.count), .json, .scratch, &names)
    }
  }

  /// The items of `pairs`, `backslash`, `kv`, `data`, `cef`.
  private static func putItems(
    _ type: StrictType, _ prefix: NameID, _ taken: FieldSlice, catalog: CompiledCatalog, format: FormatTraits, bytes: Span<UInt8>,
    origin: MatchOrigin, into assembly: inout EntryAssembly, names: inout FieldNames
  ) {
    let view = bytes.extracting(first: Int(taken.end))
    if case .data = type, prefix != ReservedNames.none {
      putIdentifiers(prefix, taken, bytes, &assembly, &names)
    }
    var reader = ListItems(type: type, at: Int(taken.start))
    while let item = reader.next(view) {
      if item.isBare {
        let name = catalog.name(ofKey: bytes.extracting(item.key.range), prefix: prefix, format: format, &assembly, &names)
        assembly.put(name, FieldSlice(0, 0), .yes, origin.source, &names)
        continue
      }
      if item.value.isEmpty || format.hasAbsent && catalog.isAbsent(bytes, item.value, format) { continue }
      let name = catalog.name(ofKey: bytes.extracting(item.key.range), prefix: prefix, format: format, &assembly, &names)
      guard item.hasEscapes else {
        assembly.put(name, origin.slice(item.value), .string, origin.source, &names)
        continue
      }
      let start = assembly.entry.scratch.count
      ListReading.appendUnescaped(bytes.extracting(item.value.range), of: type, to: &assembly.entry.scratch)
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
