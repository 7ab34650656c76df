public import LogBytes
public import LogEntries

/// Writes entries as JSON Lines: one flat object and one line feed each.
///
/// The keys stand in one order for all formats: `time`, `level`, `format`, `event`, `message`, then the fields as the entry has them,
/// then `source_file`, `source_line` and `source_lines` if they are asked for. What an entry lacks is not there, but for `format`,
/// which is `null` when none knew the entry. Whatever the log held, a line is valid UTF-8 and valid JSON, and has no line feed inside.
public struct JSONLinesWriter: Sendable {
  /// Whether entries tell where they stood in the input.
  public let sourceLines: Bool
  private let messageKey = Array(",\"message\":".utf8)
  private var times = TimestampWriter()

  public init(sourceLines: Bool = false) {
    self.sourceLines = sourceLines
  }

  /// Appends one line for `entry`. Linear in its bytes; allocates only when the output grows.
  public mutating func append(_ entry: borrowing LogEntry, bytes: EntryBytes, names: borrowing FieldNames, to output: inout ByteOutput) {
    let room = roomForShortValues(entry, names: names)
    if room > 0 {
      output.appendThroughCursor(room: room) { cursor in
        appendHead(entry, names: names, to: &cursor)
        if let message = entry.message {
          cursor.append(",\"message\":")
          appendShort(message, entry: entry, bytes: bytes, to: &cursor)
        }
        let fields = entry.fields.span
        for index in fields.indices {
          names.appendKey(fields[index].name, to: &cursor)
          appendShort(fields[index], entry: entry, bytes: bytes, to: &cursor)
        }
      }
    } else {
      output.appendThroughCursor(room: roomForHead(names: names)) { cursor in appendHead(entry, names: names, to: &cursor) }
      if let message = entry.message { appendJSONMember(key: messageKey.span, message, entry: entry, bytes: bytes, to: &output) }
      let fields = entry.fields.span
      for index in fields.indices {
        appendJSONMember(key: names.key(fields[index].name), fields[index], entry: entry, bytes: bytes, to: &output)
      }
    }
    if sourceLines { appendSource(entry, file: bytes.sourceFile, to: &output) }
    output.append("}\n")
  }

  private func appendSource(_ entry: borrowing LogEntry, file: Span<UInt8>, to output: inout ByteOutput) {
    if !file.isEmpty {
      output.append(",\"source_file\":\"")
      output.appendJSONEscaped(file)
      output.append(ASCII.quote)
    }
    output.append(",\"source_line\":")
    output.append(decimal: entry.sourceLine)
    output.append(",\"source_lines\":")
    output.append(decimal: entry.sourceLines)
  }
}

// MARK: - Through a cursor

extension JSONLinesWriter {
  /// Values up to here go through the cursor: the room that is reserved is six times theirs.
  private static var longestShortValue: Int { 4096 }

  /// The room that the whole entry may need, or 0 if some value is long or of a kind that is seldom.
  @inline(__always)
  private func roomForShortValues(_ entry: borrowing LogEntry, names: borrowing FieldNames) -> Int {
    let roomForKey = max(names.longestKey, messageKey.count) + 2 + ByteCursor.slack
    var room = roomForHead(names: names)
    if let message = entry.message {
      guard message.kind == .string, message.slice.count <= JSONLinesWriter.longestShortValue else { return 0 }
      room += roomForKey + 6 * message.slice.count
    }
    let fields = entry.fields.span
    for index in fields.indices {
      guard fields[index].kind.rawValue <= ValueKind.no.rawValue, fields[index].slice.count <= JSONLinesWriter.longestShortValue else {
        return 0
      }
      // `false` needs five, whatever its slice is.
      room += roomForKey + 6 * fields[index].slice.count + 5
    }
    return room
  }

  private func roomForHead(names: borrowing FieldNames) -> Int {
    // The braces, keys and words that stand below, the time, and two names.
    128 + ByteCursor.timestampRoom + 2 * (names.longestKey + ByteCursor.slack)
  }

  /// `{` and what stands before the message.
  @inline(__always)
  private mutating func appendHead(_ entry: borrowing LogEntry, names: borrowing FieldNames, to cursor: inout ByteCursor) {
    if let time = entry.time {
      cursor.append("{\"time\":\"")
      cursor.append(time, by: &times)
      cursor.append("\",")
    } else {
      cursor.append(ASCII.leftBrace)
    }
    if let level = entry.level { appendLevel(level, to: &cursor) }
    if let format = entry.format {
      cursor.append("\"format\":")
      names.appendQuoted(format, to: &cursor)
    } else {
      cursor.append("\"format\":null")
    }
    if let event = entry.event {
      cursor.append(",\"event\":")
      names.appendQuoted(event, to: &cursor)
    }
  }

  @inline(__always)
  private func appendLevel(_ level: Level, to cursor: inout ByteCursor) {
    switch level {
    case .trace: cursor.append("\"level\":\"trace\",")
    case .debug: cursor.append("\"level\":\"debug\",")
    case .info: cursor.append("\"level\":\"info\",")
    case .warn: cursor.append("\"level\":\"warn\",")
    case .error: cursor.append("\"level\":\"error\",")
    case .fatal: cursor.append("\"level\":\"fatal\",")
    }
  }

  @inline(__always)
  private func appendShort(_ field: EntryField, entry: borrowing LogEntry, bytes: EntryBytes, to cursor: inout ByteCursor) {
    switch field.source {
    case .text: appendShort(field, of: bytes.text, to: &cursor)
    case .scratch: appendShort(field, of: entry.scratch.span, to: &cursor)
    case .envelope: appendShort(field, of: bytes.envelope, to: &cursor)
    }
  }

  @inline(__always)
  private func appendShort(_ field: EntryField, of bytes: Span<UInt8>, to cursor: inout ByteCursor) {
    switch field.kind {
    case .string: cursor.appendJSONString(field.slice.range, of: bytes)
    case .number: cursor.appendShort(field.slice.range, of: bytes)
    case .yes: cursor.append("true")
    case .no: cursor.append("false")
    case .json, .jsonString, .time: preconditionFailure("a kind without room")
    }
  }
}
