import LogBytes
import LogEntries

/// Entries of one line whose values were read by its shape.
extension JSONLinesWriter {
  /// Appends one line for an entry whose values stand in `slots`, of its line or of `scratch`, with `readableBehindLine` bytes behind the line.
  ///
  /// The same bytes as `append` for the entry that has these fields. Linear in them.
  mutating func append(
    shaped entry: borrowing PlannedEntry, _ fields: borrowing ReusedBuffer<PlannedField>, slots: borrowing SlotBuffer, text: Span<UInt8>,
    scratch: borrowing ByteOutput,
    envelope: borrowing ByteOutput, names: borrowing FieldNames, to output: inout ByteOutput
  ) {
    // Each byte of the line stands in one value, and becomes six at most.
    let members = Int(entry.fields.count) &+ 2
    let roomForMember = max(names.longestKey, 16) &+ 2 &* ByteCursor.slack
    let room = roomForHead(names: names) &+ members &* roomForMember &+ 6 &* entry.lineBytes &+ envelope.count
    let source = ByteSource(text)
    let made = ByteSource(scratch)
    output.appendThroughCursor(room: room) { cursor in
      appendHead(entry.time, entry.level, entry.format, nil, names: names, to: &cursor)
      if entry.message.start != .max {
        cursor.append(",\"message\":")
        append(entry.message, entry, 63, source, made, to: &cursor)
      }
      var index = Int(entry.fields.first)
      let end = index &+ Int(entry.fields.count)
      while index < end {
        let field = fields[index]
        let slice = slots[Int(field.slot)]
        index &+= 1
        if slice.isEmpty { continue }
        names.appendKey(field.name, to: &cursor)
        if field.form == .string {
          append(slice, entry, UInt64(field.slot), source, made, to: &cursor)
        } else {
          let isMade = entry.made &>> UInt64(field.slot) & 1 != 0
          cursor.appendShort(isMade ? made : source, Int(slice.start), count: slice.count)
        }
      }
      if !envelope.isEmpty { cursor.appendShort(ByteSource(envelope), 0, count: envelope.count) }
      cursor.append("}\n")
    }
  }

  /// - Parameter bit: what the entry says of the string.
  @inline(__always)
  private func append(
    _ slice: FieldSlice, _ entry: borrowing PlannedEntry, _ bit: UInt64, _ source: ByteSource, _ made: ByteSource,
    to cursor: inout ByteCursor
  ) {
    if entry.raw &>> bit & 1 != 0 {
      cursor.appendQuotedInBlocks(source, Int(slice.start), count: slice.count)
    } else {
      cursor.appendJSONStringInBlocks(entry.made &>> bit & 1 != 0 ? made : source, Int(slice.start), count: slice.count)
    }
  }
}
