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
  var times = TimestampWriter()

  public init(sourceLines: Bool = false) {
    self.sourceLines = sourceLines
  }

  /// Appends one line for `entry`. Linear in its bytes; allocates only when the output grows.
  public mutating func append(_ entry: borrowing LogEntry, bytes: EntryBytes, names: borrowing FieldNames, to output: inout ByteOutput) {
    let room = roomForShortValues(entry, names: names)
    if room > 0 {
      let sources = ValueSources(text: ByteSource(bytes.text), scratch: ByteSource(entry.scratch), envelope: ByteSource(bytes.envelope))
      output.appendThroughCursor(room: room) { cursor in
        appendHead(entry.time, entry.level, entry.format, entry.event, names: names, to: &cursor)
        if let message = entry.message {
          cursor.append(",\"message\":")
          appendShort(message, sources, to: &cursor)
        }
        var index = 0
        while index < entry.fields.count {
          names.appendKey(entry.fields[index].name, to: &cursor)
          appendShort(entry.fields[index], sources, to: &cursor)
          index &+= 1
        }
        if !sourceLines { cursor.append("}\n") }
      }
      if !sourceLines { return }
    } else {
      output.appendThroughCursor(room: roomForHead(names: names)) { cursor in
        appendHead(entry.time, entry.level, entry.format, entry.event, names: names, to: &cursor)
      }
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
    // A key, its quotes, `false` for a value whose slice means nothing, and what a copy may write too much.
    let roomForKey = max(names.longestKey, 16) &+ 8 &+ ByteCursor.slack
    var values = 0
    if let message = entry.message {
      guard message.kind == .string, message.slice.count <= JSONLinesWriter.longestShortValue else { return 0 }
      values &+= message.slice.count
    }
    var index = 0
    while index < entry.fields.count {
      let field = entry.fields[index]
      let count = field.slice.count
      guard field.kind.rawValue <= ValueKind.no.rawValue, count <= JSONLinesWriter.longestShortValue else { return 0 }
      values &+= count
      index &+= 1
    }
    return roomForHead(names: names) &+ (entry.fields.count &+ 1) &* roomForKey &+ 6 &* values
  }

  func roomForHead(names: borrowing FieldNames) -> Int {
    // The braces, keys and words that stand below, the time, and two names.
    128 + ByteCursor.timestampRoom + 2 * (names.longestKey + ByteCursor.slack)
  }

  /// `{` and what stands before the message.
  @inline(__always)
  mutating func appendHead(
    _ time: Timestamp?, _ level: Level?, _ format: NameID?, _ event: NameID?, names: borrowing FieldNames, to cursor: inout ByteCursor
  ) {
    if let time {
      cursor.append("{\"time\":\"")
      cursor.append(time, by: &times)
      cursor.append("\",")
    } else {
      cursor.append(ASCII.leftBrace)
    }
    if let level { appendLevel(level, to: &cursor) }
    if let format {
      cursor.append("\"format\":")
      names.appendQuoted(format, to: &cursor)
    } else {
      cursor.append("\"format\":null")
    }
    if let event {
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
  private func appendShort(_ field: EntryField, _ sources: borrowing ValueSources, to cursor: inout ByteCursor) {
    switch field.source {
    case .text: appendShort(field, of: sources.text, to: &cursor)
    case .scratch: appendShort(field, of: sources.scratch, to: &cursor)
    case .envelope: appendShort(field, of: sources.envelope, to: &cursor)
    }
  }

  @inline(__always)
  private func appendShort(_ field: EntryField, of bytes: ByteSource, to cursor: inout ByteCursor) {
    switch field.kind {
    case .string: cursor.appendJSONString(bytes, Int(field.slice.start), count: field.slice.count)
    case .number: cursor.appendShort(bytes, Int(field.slice.start), count: field.slice.count)
    case .yes: cursor.append("true")
    case .no: cursor.append("false")
    case .json, .jsonString, .time: preconditionFailure("a kind without room")
    }
  }
}

/// The buffers that an entry's slices mean.
private struct ValueSources: ~Escapable {
  let text: ByteSource
  let scratch: ByteSource
  let envelope: ByteSource

  @_lifetime(copy text, copy scratch, copy envelope)
  init(text: ByteSource, scratch: ByteSource, envelope: ByteSource) {
    self.text = text
    self.scratch = scratch
    self.envelope = envelope
  }
}
