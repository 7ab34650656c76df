import LogBytes
import LogEntries

/// Entries of one line whose values were read by its shape.
extension JSONLinesWriter {
  /// Appends one line for an entry whose values stand in `slots`, with `readableBehindLine` bytes behind its line.
  ///
  /// The same bytes as `append` for the entry that has these fields. Linear in them.
  mutating func append(
    shaped entry: borrowing PlannedEntry, _ fields: borrowing ReusedBuffer<PlannedField>, slots: borrowing SlotBuffer, text: Span<UInt8>,
    envelope: borrowing ByteOutput, names: borrowing FieldNames, to output: inout ByteOutput
  ) {
    // Each byte of the line stands in one value, and becomes six at most.
    let members = Int(entry.fields.count) &+ 2
    let roomForMember = max(names.longestKey, 16) &+ 2 &* ByteCursor.slack
    let room = roomForHead(names: names) &+ members &* roomForMember &+ 6 &* entry.lineBytes &+ envelope.count
    let source = ByteSource(text)
    output.appendThroughCursor(room: room) { cursor in
      appendHead(entry.time, entry.level, entry.format, nil, names: names, to: &cursor)
      if entry.message.start != .max {
        cursor.append(",\"message\":")
        Self.append(source, entry.message, isRaw: entry.raw &>> 63 != 0, to: &cursor)
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
          Self.append(source, slice, isRaw: entry.raw &>> UInt64(field.slot) & 1 != 0, to: &cursor)
        } else {
          cursor.appendShort(source, Int(slice.start), count: slice.count)
        }
      }
      if !envelope.isEmpty { cursor.appendShort(ByteSource(envelope), 0, count: envelope.count) }
      cursor.append("}\n")
    }
  }

  @inline(__always)
  private static func append(_ source: ByteSource, _ slice: FieldSlice, isRaw: Bool, to cursor: inout ByteCursor) {
    if isRaw {
      cursor.appendQuotedInBlocks(source, Int(slice.start), count: slice.count)
    } else {
      cursor.appendJSONStringInBlocks(source, Int(slice.start), count: slice.count)
    }
  }
}
