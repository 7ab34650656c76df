import LogBytes
import LogEntries

/// Entries of one line, straight from the slots of their matches.
extension JSONLinesWriter {
  /// Where so many bytes behind a line can be read, values are copied in whole blocks.
  public static var readableBehindLine: Int { 48 }

  /// Appends one line for a planned entry; false, and nothing appended, if a value is not what stands in the line.
  ///
  /// The same bytes as `append` for the entry that has these fields. Linear in them.
  mutating func append(
    planned entry: borrowing PlannedEntry, _ plans: borrowing ReusedBuffer<PlannedField>, slots: borrowing SlotBuffer,
    eventSlots: borrowing SlotBuffer, text: Span<UInt8>, envelope: borrowing ByteOutput, names: borrowing FieldNames,
    to output: inout ByteOutput
  ) -> Bool {
    // Each byte of the line stands in a field of the dialect, and once more in one of the event; a byte becomes six at most.
    let members = Int(entry.fields.count) &+ Int(entry.eventFields.count) &+ 2
    let roomForMember = 2 &* (max(names.longestKey, 16) &+ ByteCursor.slack)
    let room = roomForHead(names: names) &+ members &* roomForMember &+ 12 &* entry.lineBytes &+ envelope.count
    let start = output.count
    var isWritten = true
    let source = ByteSource(text)
    let isFarFromEnd = entry.isFarFromEnd
    output.appendThroughCursor(room: room) { cursor in
      appendHead(entry.time, entry.level, entry.format, entry.event, names: names, to: &cursor)
      if entry.message.start != .max {
        cursor.append(",\"message\":")
        append(source, entry.message, isFarFromEnd, to: &cursor)
      }
      isWritten = appendFields(entry.fields, plans, slots, source, isFarFromEnd, names, to: &cursor)
      if isWritten, entry.event != nil {
        isWritten = appendFields(entry.eventFields, plans, eventSlots, source, isFarFromEnd, names, to: &cursor)
      }
      if !envelope.isEmpty { cursor.appendShort(ByteSource(envelope), 0, count: envelope.count) }
      cursor.append("}\n")
    }
    if !isWritten { output.truncate(to: start) }
    return isWritten
  }

  @inline(__always)
  private func appendFields(
    _ fields: PlannedFields, _ plans: borrowing ReusedBuffer<PlannedField>, _ slots: borrowing SlotBuffer, _ source: ByteSource,
    _ isFarFromEnd: Bool, _ names: borrowing FieldNames, to cursor: inout ByteCursor
  ) -> Bool {
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
      guard appendOther(field, slice, source, isFarFromEnd, names, to: &cursor) else { return false }
    }
    return true
  }

  /// Any form but a string.
  @inline(__always)
  private func appendOther(
    _ field: PlannedField, _ slice: FieldSlice, _ source: ByteSource, _ isFarFromEnd: Bool, _ names: borrowing FieldNames,
    to cursor: inout ByteCursor
  ) -> Bool {
    let start = Int(slice.start)
    switch field.form {
    case .string, .verbatim: break
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
      append(source, FieldSlice(start, start &+ colon), isFarFromEnd, to: &cursor)
      names.appendKey(field.portName, to: &cursor)
      cursor.appendShort(source, start &+ colon &+ 1, count: slice.count &- colon &- 1)
      return true
    }
    names.appendKey(field.name, to: &cursor)
    cursor.appendShort(source, start, count: slice.count)
    return true
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
