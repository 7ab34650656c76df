import LogBytes
import LogEntries
import LogOutput

/// An entry as a format would make it: its values stand in one text, each behind a byte that belongs to none.
struct SampleEntry: ~Copyable {
  var names = FieldNames()
  var entry = LogEntry()
  var text: [UInt8] = []
  var envelope: [UInt8] = []
  var sourceFile: [UInt8] = []

  init() {}

  mutating func add(_ name: String, _ value: String, kind: ValueKind = .string, source: ValueSource = .text) {
    add(name, bytes: Array(value.utf8), kind: kind, source: source)
  }

  mutating func add(_ name: String, bytes value: [UInt8], kind: ValueKind = .string, source: ValueSource = .text) {
    let field = field(name, bytes: value, kind: kind, source: source)
    entry.fields.append(field)
  }

  mutating func add(_ name: String, _ time: Timestamp) {
    entry.times.append(time)
    let slice = FieldSlice(entry.times.count - 1, entry.times.count - 1)
    entry.fields.append(EntryField(name: names.intern(name), slice: slice, kind: .time, source: .text))
  }

  mutating func setMessage(_ bytes: [UInt8], kind: ValueKind = .string) {
    entry.message = field("message", bytes: bytes, kind: kind, source: .text)
  }

  mutating func setMessage(_ message: String) { setMessage(Array(message.utf8)) }
  mutating func setFormat(_ name: String) { entry.format = names.intern(name) }
  mutating func setEvent(_ name: String) { entry.event = names.intern(name) }
  mutating func intern(_ name: String) -> NameID { names.intern(name) }

  private mutating func field(_ name: String, bytes value: [UInt8], kind: ValueKind, source: ValueSource) -> EntryField {
    let start: Int
    switch source {
    case .text:
      text.append(UInt8(ascii: "#"))
      start = text.count
      text += value
    case .scratch:
      entry.scratch.append(UInt8(ascii: "#"))
      start = entry.scratch.count
      entry.scratch.append(contentsOf: value)
    case .envelope:
      envelope.append(UInt8(ascii: "#"))
      start = envelope.count
      envelope += value
    }
    return EntryField(name: names.intern(name), slice: FieldSlice(start, start + value.count), kind: kind, source: source)
  }

  func jsonLine(sourceLines: Bool = false) -> String {
    written(by: .jsonLines(JSONLinesWriter(sourceLines: sourceLines)))
  }

  func written(by writer: EntryWriter) -> String {
    var output = ByteOutput()
    write(by: writer, to: &output)
    return string(output)
  }

  func write(by writer: EntryWriter, to output: inout ByteOutput) {
    let bytes = EntryBytes(text: text.span, envelope: envelope.span, sourceFile: sourceFile.span)
    writer.append(entry, bytes: bytes, names: names, to: &output)
  }

  func header(of writer: EntryWriter) -> String {
    var output = ByteOutput()
    writer.appendHeader(names: names, to: &output)
    return string(output)
  }
}

/// The output as text; a test fails on U+FFFD that it did not expect.
func string(_ output: borrowing ByteOutput) -> String {
  var bytes: [UInt8] = []
  let span = output.span
  for index in span.indices { bytes.append(span[index]) }
  return String(decoding: bytes, as: UTF8.self)
}
