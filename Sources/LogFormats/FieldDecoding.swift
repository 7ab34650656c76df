import LogBytes
public import LogEntries

/// Where a match was made: which buffer its positions mean.
@frozen
@usableFromInline
package struct MatchOrigin: Sendable {
  @usableFromInline package var source: ValueSource
  /// Added to every position: the text that was matched was a copy of a part of the buffer.
  @usableFromInline package var offset: Int

  @inlinable
  @inline(__always)
  package init(source: ValueSource, offset: Int = 0) {
    self.source = source
    self.offset = offset
  }

  @inline(__always)
  func slice(_ taken: FieldSlice) -> FieldSlice {
    FieldSlice(Int(taken.start) &+ offset, Int(taken.end) &+ offset)
  }
}

/// Turns what a pattern took into fields of an entry.
enum FieldDecoding {
  /// Puts each slot that was taken into the entry, in the order of the pattern.
  static func decode(
    _ number: Int, catalog: CompiledCatalog, format: Int, bytes: Span<UInt8>, origin: MatchOrigin,
    slots: borrowing SlotBuffer, state: inout MatchState, clock: inout Clock, into assembly: inout EntryAssembly, names: inout FieldNames
  ) {
    let captures = catalog.captures
    let program = catalog.program
    let first = Int(catalog.patterns[number].firstCapture)
    let longestAbsent = Int(catalog.formats[format].longestAbsent)
    for slot in 0..<Int(catalog.patterns[number].captureCount) {
      let taken = slots[slot]
      if taken.start == .max { continue }
      let capture = captures[first + slot]
      if taken.isEmpty {
        // Nothing was taken: no field, but a message is then the empty string.
        if capture.role == .message { assembly.putMessage(origin.slice(taken), origin.source, &names) }
        continue
      }
      if taken.count <= longestAbsent, catalog.isAbsent(bytes, taken, format) { continue }
      switch capture.kind {
      case .string:
        if capture.role == .message {
          assembly.putMessage(origin.slice(taken), origin.source, &names)
        } else {
          assembly.put(capture.name, origin.slice(taken), .string, origin.source, &names)
        }
      case .time:
        var parts = state.time
        if slot != state.timeSlot {
          _ = Matcher.scanTime(
            program.strict[Int(capture.operand)], program, bytes.extracting(first: Int(taken.end)), Int(taken.start), &parts)
        }
        putTime(parts, capture, taken, origin, catalog, bytes, &clock, &assembly, &names)
      case .level:
        let operand = program.strict[Int(capture.operand)]
        let view = bytes.extracting(first: Int(taken.end))
        let index =
          state.levelStart == Int(taken.start) && state.levelOperand == Int(capture.operand)
          ? state.levelWord
          : operand.kind == .level
            ? StrictScanning.scanLevel(operand, program, view, Int(taken.start)).index
            : StrictScanning.scanWords(program.words, operand, program.literals, view, Int(taken.start)).index
        if index >= 0, let level = Level(rawValue: UInt8(program.words[index].valueFirst)) {
          put(level, capture, &assembly, &names)
        }
      case .integer:
        putInteger(capture.name, taken, bytes, origin, &assembly, &names)
      case .levelText: putLevelText(taken, bytes, origin, format, catalog, &assembly, &names)
      case .yes: assembly.put(capture.name, FieldSlice(0, 0), .yes, origin.source, &names)
      case .priority: putPriority(capture.name, taken, bytes, origin, &assembly, &names)
      case .word, .other:
        FieldDecoding.putOther(
          capture, taken, catalog: catalog, format: format, bytes: bytes, origin: origin, clock: &clock, into: &assembly, names: &names)
      }
    }
  }

  private static func put(_ level: Level, _ capture: Capture, _ assembly: inout EntryAssembly, _ names: inout FieldNames) {
    if capture.role == .level {
      assembly.putLevel(level, &names)
    } else {
      let start = assembly.entry.scratch.count
      assembly.entry.scratch.append(level.name)
      assembly.put(capture.name, FieldSlice(start, assembly.entry.scratch.count), .string, .scratch, &names)
    }
  }

  private static func putTime(
    _ parts: TimeParts, _ capture: Capture, _ taken: FieldSlice, _ origin: MatchOrigin, _ catalog: CompiledCatalog, _ bytes: Span<UInt8>,
    _ clock: inout Clock, _ assembly: inout EntryAssembly, _ names: inout FieldNames
  ) {
    let isTime = capture.role == .time
    if let moment = clock.resolve(parts, movesPrevious: isTime) {
      if isTime {
        assembly.putTime(moment, &names)
      } else {
        assembly.putMoment(capture.name, moment, &names)
      }
    } else if parts.presence.contains(.relative), isTime {
      let start = assembly.entry.scratch.count
      ValueWriting.appendSeconds(parts, to: &assembly.entry.scratch)
      assembly.put(ReservedNames.uptime, FieldSlice(start, assembly.entry.scratch.count), .number, .scratch, &names)
    } else {
      let name = assembly.name(capture.name, behind: "_text", &names)
      assembly.put(name, origin.slice(trimmed(taken, bytes)), .string, origin.source, &names)
    }
  }

  /// The range without blanks at its ends.
  static func trimmed(_ taken: FieldSlice, _ bytes: Span<UInt8>) -> FieldSlice {
    var start = Int(taken.start)
    var end = Int(taken.end)
    while start < end, bytes[start] == ASCII.blank { start += 1 }
    while end > start, bytes[end - 1] == ASCII.blank { end -= 1 }
    return FieldSlice(start, end)
  }

  /// A number without leading zeros or plus; beyond ±(2^53 − 1) the text as it was written.
  @inline(__always)
  static func putInteger(
    _ name: NameID, _ taken: FieldSlice, _ bytes: Span<UInt8>, _ origin: MatchOrigin, _ assembly: inout EntryAssembly,
    _ names: inout FieldNames
  ) {
    let first = bytes[Int(taken.start)]
    // Up to fifteen digits without a zero or sign in front go out as they stand.
    if taken.count <= 15, first > ASCII.zero && first <= ASCII.nine || taken.count == 1 {
      assembly.put(name, origin.slice(taken), .number, origin.source, &names)
    } else {
      putWideInteger(name, taken, bytes, origin, &assembly, &names)
    }
  }

  @inline(never)
  private static func putWideInteger(
    _ name: NameID, _ taken: FieldSlice, _ bytes: Span<UInt8>, _ origin: MatchOrigin, _ assembly: inout EntryAssembly,
    _ names: inout FieldNames
  ) {
    let start = assembly.entry.scratch.count
    if ValueWriting.appendInteger(bytes.extracting(taken.range), to: &assembly.entry.scratch) {
      assembly.put(name, FieldSlice(start, assembly.entry.scratch.count), .number, .scratch, &names)
    } else {
      assembly.put(name, origin.slice(taken), .string, origin.source, &names)
    }
  }

  /// A field named `level` that is a text: its word's level, else `level_text`.
  static func putLevelText(
    _ taken: FieldSlice, _ bytes: Span<UInt8>, _ origin: MatchOrigin, _ format: Int, _ catalog: CompiledCatalog,
    _ assembly: inout EntryAssembly, _ names: inout FieldNames
  ) {
    if let level = catalog.level(bytes.extracting(trimmed(taken, bytes).range), of: format) {
      assembly.putLevel(level, &names)
    } else {
      let name = names.intern("level_text")
      assembly.put(name, origin.slice(taken), .string, origin.source, &names)
    }
  }

  /// The number, and the level of its severity if the entry has none.
  private static func putPriority(
    _ name: NameID, _ taken: FieldSlice, _ bytes: Span<UInt8>, _ origin: MatchOrigin, _ assembly: inout EntryAssembly,
    _ names: inout FieldNames
  ) {
    assembly.put(name, origin.slice(taken), .number, origin.source, &names)
    if !assembly.has(ReservedNames.level) { assembly.putLevel(level(ofPriority: bytes.extracting(taken.range)), &names) }
  }

  /// The level of a priority's severity.
  static func level(ofPriority digits: Span<UInt8>) -> Level {
    severities[Int(truncatingIfNeeded: parseUnsigned(digits) ?? 0) & 7]
  }

  /// RFC 5424, section 6.2.1.
  private static let severities: [Level] = [.fatal, .fatal, .fatal, .error, .warn, .info, .info, .debug]
}
