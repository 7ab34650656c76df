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
    appendHead(entry, names: names, to: &output)
    if let message = entry.message {
      appendJSONMember(key: messageKey.span, message, entry: entry, bytes: bytes, to: &output)
    }
    let fields = entry.fields.span
    for index in fields.indices {
      appendJSONMember(key: names.key(fields[index].name), fields[index], entry: entry, bytes: bytes, to: &output)
    }
    if sourceLines { appendSource(entry, file: bytes.sourceFile, to: &output) }
    output.append("}\n")
  }

  /// `{` and what stands before the message.
  @inline(__always)
  private mutating func appendHead(_ entry: borrowing LogEntry, names: borrowing FieldNames, to output: inout ByteOutput) {
    output.append(ASCII.leftBrace)
    if let time = entry.time {
      output.append("\"time\":\"")
      times.append(time, to: &output)
      output.append("\",")
    }
    if let level = entry.level { appendLevel(level, to: &output) }
    if let format = entry.format {
      output.append("\"format\":")
      output.append(names.quoted(format))
    } else {
      output.append("\"format\":null")
    }
    if let event = entry.event {
      output.append(",\"event\":")
      output.append(names.quoted(event))
    }
  }

  private func appendLevel(_ level: Level, to output: inout ByteOutput) {
    switch level {
    case .trace: output.append("\"level\":\"trace\",")
    case .debug: output.append("\"level\":\"debug\",")
    case .info: output.append("\"level\":\"info\",")
    case .warn: output.append("\"level\":\"warn\",")
    case .error: output.append("\"level\":\"error\",")
    case .fatal: output.append("\"level\":\"fatal\",")
    }
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
