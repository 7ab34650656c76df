import LogBytes
import LogEntries
import LogOutput
import TestSupport

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
    written(by: WriterBox(.jsonLines(JSONLinesWriter(sourceLines: sourceLines))))
  }

  func written(by box: WriterBox) -> String {
    var output = ByteOutput()
    let bytes = EntryBytes(text: text.span, envelope: envelope.span, sourceFile: sourceFile.span)
    box.writer.append(entry, bytes: bytes, names: names, to: &output)
    return TestSupport.text(output)
  }

  func header(of box: WriterBox) -> String {
    var output = ByteOutput()
    box.writer.appendHeader(names: names, to: &output)
    return TestSupport.text(output)
  }
}

/// A writer that an expectation can mention.
final class WriterBox {
  var writer: EntryWriter

  init(_ writer: consuming EntryWriter) { self.writer = writer }
}
