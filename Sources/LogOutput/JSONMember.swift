import LogBytes
import LogEntries

/// Appends `key` (`,"name":`) and the value of `field` as a member of a JSON object.
@inline(__always)
func appendJSONMember(key: Span<UInt8>, _ field: EntryField, entry: borrowing LogEntry, bytes: EntryBytes, to output: inout ByteOutput) {
  switch field.kind {
  case .yes:
    output.append(key)
    output.append("true")
  case .no:
    output.append(key)
    output.append("false")
  case .time:
    output.append(key)
    output.append(ASCII.quote)
    output.append(timestamp: entry.times[Int(field.slice.start)])
    output.append(ASCII.quote)
  case .string, .number, .json, .jsonString:
    switch field.source {
    case .text: appendJSONMember(key: key, value: bytes.text.extracting(field.slice.range), kind: field.kind, to: &output)
    case .scratch: appendJSONMember(key: key, value: entry.scratch.span.extracting(field.slice.range), kind: field.kind, to: &output)
    case .envelope: appendJSONMember(key: key, value: bytes.envelope.extracting(field.slice.range), kind: field.kind, to: &output)
    }
  }
}

private func appendJSONMember(key: Span<UInt8>, value: Span<UInt8>, kind: ValueKind, to output: inout ByteOutput) {
  switch kind {
  case .string:
    output.appendJSONMember(key: key, string: value)
  case .number:
    output.append(key)
    output.append(value)
  case .jsonString:
    output.append(key)
    output.append(ASCII.quote)
    output.appendRepairingUTF8(value)
    output.append(ASCII.quote)
  case .json:
    output.append(key)
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
