import LogBytes
import LogEntries

/// Entries of one line, straight from the slots of their matches.
extension JSONLinesWriter {
  /// Where so many bytes behind a line can be read, values are copied in whole blocks.
  public static var readableBehindLine: Int { 48 }

  /// Appends one line for a planned entry; false, and nothing appended, if a value is not what stands in the line.
  ///
  /// The same bytes as `append` for the entry that has these fields. Linear in them. Neither the entry nor the names are changed: to lend
  /// them would be to copy them.
  ///
  /// - Parameter bitmaps: of `ChunkBitmaps`, for all of `text`.
  mutating func append(
    planned entry: inout PlannedEntry, _ plans: borrowing ReusedBuffer<PlannedField>, slots: borrowing SlotBuffer,
    eventSlots: borrowing SlotBuffer, text: Span<UInt8>, bitmaps: Span<UInt64>, envelope: borrowing ByteOutput, names: inout FieldNames,
    to output: inout ByteOutput
  ) -> Bool {
    // Each byte of the line stands in a field of the dialect, and once more in one of the event; a byte becomes six at most.
    let members = Int(entry.fields.count) &+ Int(entry.eventFields.count) &+ entry.items.count &+ entry.added.count &+ 2
    let roomForMember = 2 &* (max(names.longestKey, 16) &+ ByteCursor.slack)
    let room = roomForHead(names: names) &+ members &* roomForMember &+ 12 &* entry.lineBytes &+ 6 &* entry.addedBytes &+ envelope.count
    let start = output.count
    var isWritten = true
    let source = ByteSource(text)
    let isFarFromEnd = entry.isFarFromEnd
    output.appendThroughCursor(room: room) { cursor in
      appendHead(entry.time, entry.level, entry.format, entry.event, names: names, to: &cursor)
      if entry.message.start != .max {
        cursor.append(",\"message\":")
        if isFarFromEnd {
          cursor.appendJSONString(source, Int(entry.message.start), count: entry.message.count, specials: bitmaps)
        } else {
          cursor.appendJSONString(source, Int(entry.message.start), count: entry.message.count)
        }
      }
      isWritten = appendFields(entry.fields, plans, slots, source, entry, names, to: &cursor)
      if isWritten, entry.event != nil {
        isWritten = appendFields(entry.eventFields, plans, eventSlots, source, entry, names, to: &cursor)
      }
      if !entry.added.isEmpty { appendAdded(entry, source, names, to: &cursor) }
      if !envelope.isEmpty { cursor.appendShort(ByteSource(envelope), 0, count: envelope.count) }
      cursor.append("}\n")
    }
    if !isWritten { output.truncate(to: start) }
    return isWritten
  }

  @inline(__always)
  private func appendFields(
    _ fields: PlannedFields, _ plans: borrowing ReusedBuffer<PlannedField>, _ slots: borrowing SlotBuffer, _ source: ByteSource,
    _ entry: borrowing PlannedEntry, _ names: borrowing FieldNames, to cursor: inout ByteCursor
  ) -> Bool {
    let isFarFromEnd = entry.isFarFromEnd
    var index = Int(fields.first)
    let end = index &+ Int(fields.count)
    while index < end {
      let field = plans[index]
      let slice = slots[Int(field.slot)]
      index &+= 1
      if slice.start == .max || slice.isEmpty { continue }
      if field.form == .string {
        names.appendKey(field.name, to: &cursor)
        append(source, slice, isFarFromEnd, to: &cursor)
        continue
      }
      guard appendOther(field, slice, source, entry, names, to: &cursor) else { return false }
    }
    return true
  }

  /// Fields that stand in no slot.
  @inline(never)
  private func appendAdded(
    _ entry: borrowing PlannedEntry, _ source: ByteSource, _ names: borrowing FieldNames, to cursor: inout ByteCursor
  ) {
    for index in entry.added.indices {
      let field = entry.added[index]
      names.appendKey(field.name, to: &cursor)
      if field.source == .text {
        append(source, field.slice, entry.isFarFromEnd, to: &cursor)
      } else {
        cursor.appendShort(ByteSource(entry.scratch), Int(field.slice.start), count: field.slice.count)
      }
    }
  }

  @inline(__always)
  private func appendItems(
    _ entry: borrowing PlannedEntry, _ source: ByteSource, _ names: borrowing FieldNames, to cursor: inout ByteCursor
  ) {
    var index = 0
    while index < entry.items.count {
      let item = entry.items[index]
      index &+= 1
      names.appendKey(item.name, to: &cursor)
      switch item.form {
      case .raw: appendRaw(source, item.value, entry.isFarFromEnd, to: &cursor)
      case .text: append(source, item.value, entry.isFarFromEnd, to: &cursor)
      case .made: cursor.appendJSONString(ByteSource(entry.scratch), Int(item.value.start), count: item.value.count)
      case .yes: cursor.append("true")
      }
    }
  }

  /// Any form but a string.
  @inline(__always)
  private func appendOther(
    _ field: PlannedField, _ slice: FieldSlice, _ source: ByteSource, _ entry: borrowing PlannedEntry, _ names: borrowing FieldNames,
    to cursor: inout ByteCursor
  ) -> Bool {
    let start = Int(slice.start)
    switch field.form {
    case .string, .verbatim: break
    case .items:
      appendItems(entry, source, names, to: &cursor)
      return true
    case .integer: if !source.isPlainInteger(start, count: slice.count) { return false }
    case .decimal: if !source.isPlainDecimal(start, count: slice.count) { return false }
    case .yes:
      names.appendKey(field.name, to: &cursor)
      cursor.append("true")
      return true
    case .endpoint:
      // An address in brackets, or none with a port, is taken apart elsewhere.
      let colon = source.colonBehindAddress(start, count: slice.count)
      guard colon > 0, source.isPlainInteger(start &+ colon &+ 1, count: slice.count &- colon &- 1) else { return false }
      names.appendKey(field.name, to: &cursor)
      append(source, FieldSlice(start, start &+ colon), entry.isFarFromEnd, to: &cursor)
      names.appendKey(field.portName, to: &cursor)
      cursor.appendShort(source, start &+ colon &+ 1, count: slice.count &- colon &- 1)
      return true
    }
    names.appendKey(field.name, to: &cursor)
    cursor.appendShort(source, start, count: slice.count)
    return true
  }

  /// A value that is the inside of a string as it stands.
  @inline(__always)
  private func appendRaw(_ source: ByteSource, _ slice: FieldSlice, _ isFarFromEnd: Bool, to cursor: inout ByteCursor) {
    if isFarFromEnd {
      cursor.appendQuotedInBlocks(source, Int(slice.start), count: slice.count)
    } else {
      cursor.append(ASCII.quote)
      cursor.appendShort(source, Int(slice.start), count: slice.count)
      cursor.append(ASCII.quote)
    }
  }

  @inline(__always)
  private func append(_ source: ByteSource, _ slice: FieldSlice, _ isFarFromEnd: Bool, to cursor: inout ByteCursor) {
    if isFarFromEnd {
      cursor.appendJSONStringInBlocks(source, Int(slice.start), count: slice.count)
    } else {
      cursor.appendJSONString(source, Int(slice.start), count: slice.count)
    }
  }
}
