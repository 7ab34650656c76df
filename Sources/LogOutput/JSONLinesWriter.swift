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

  public init(sourceLines: Bool = false) {
    self.sourceLines = sourceLines
  }

  /// Appends one line for `entry`. Linear in its bytes; allocates only when the output grows.
  public func append(_ entry: borrowing LogEntry, bytes: EntryBytes, names: borrowing FieldNames, to output: inout ByteOutput) {
    appendHead(entry, names: names, to: &output)
    if let message = entry.message {
      output.append(",\"message\":")
      appendJSONValue(message, entry: entry, bytes: bytes, to: &output)
    }
    let fields = entry.fields.span
    for index in fields.indices {
      output.append(names.key(fields[index].name))
      appendJSONValue(fields[index], entry: entry, bytes: bytes, to: &output)
    }
    if sourceLines { appendSource(entry, file: bytes.sourceFile, to: &output) }
    output.append("}\n")
  }

  /// `{` and what stands before the message.
  @inline(__always)
  private func appendHead(_ entry: borrowing LogEntry, names: borrowing FieldNames, to output: inout ByteOutput) {
    output.append(ASCII.leftBrace)
    if let time = entry.time {
      output.append("\"time\":\"")
      output.append(timestamp: time)
      output.append("\",")
    }
    if let level = entry.level { output.append(member(of: level)) }
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

  private func member(of level: Level) -> StaticString {
    switch level {
    case .trace: "\"level\":\"trace\","
    case .debug: "\"level\":\"debug\","
    case .info: "\"level\":\"info\","
    case .warn: "\"level\":\"warn\","
    case .error: "\"level\":\"error\","
    case .fatal: "\"level\":\"fatal\","
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

/// Appends the value of `field` as JSON.
@inline(__always)
func appendJSONValue(_ field: EntryField, entry: borrowing LogEntry, bytes: EntryBytes, to output: inout ByteOutput) {
  switch field.kind {
  case .yes: output.append("true")
  case .no: output.append("false")
  case .time:
    output.append(ASCII.quote)
    output.append(timestamp: entry.times[Int(field.slice.start)])
    output.append(ASCII.quote)
  case .string, .number, .json, .jsonString:
    switch field.source {
    case .text: appendJSON(bytes.text.extracting(field.slice.range), as: field.kind, to: &output)
    case .scratch: appendJSON(entry.scratch.span.extracting(field.slice.range), as: field.kind, to: &output)
    case .envelope: appendJSON(bytes.envelope.extracting(field.slice.range), as: field.kind, to: &output)
    }
  }
}

@inline(__always)
private func appendJSON(_ value: Span<UInt8>, as kind: ValueKind, to output: inout ByteOutput) {
  switch kind {
  case .string:
    output.append(ASCII.quote)
    output.appendJSONEscaped(value)
    output.append(ASCII.quote)
  case .number:
    output.append(value)
  case .jsonString:
    output.append(ASCII.quote)
    output.appendRepairingUTF8(value)
    output.append(ASCII.quote)
  case .json:
    appendJSONText(value, to: &output)
  case .yes, .no, .time:
    preconditionFailure("a kind without bytes")
  }
}

/// Appends the text of an object or array. Line ends between its tokens become blanks: a line of the output is one entry.
private func appendJSONText(_ text: Span<UInt8>, to output: inout ByteOutput) {
  var start = 0
  while true {
    let end = firstIndex(of: ASCII.lineFeed, or: ASCII.carriageReturn, in: text, from: start)
    guard end >= 0 else { break }
    output.appendRepairingUTF8(text.extracting(start..<end))
    output.append(ASCII.blank)
    start = end + 1
  }
  output.appendRepairingUTF8(text.extracting(start..<text.count))
}
