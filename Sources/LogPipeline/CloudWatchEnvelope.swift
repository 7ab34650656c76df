import LogBytes
import LogJSON

/// What CloudWatch Logs wraps around log events when a subscription filter sends them on (FIREHOSE: one JSON object a record).
struct CloudWatchEnvelope: ~Copyable {
  /// The messages, one LF behind each.
  var text = ByteOutput(capacity: 4096)
  /// For each log event where its text ends, and its own timestamp in milliseconds since 1970.
  var events: [(end: Int, timestamp: Int64)] = []
  var logGroup = ByteOutput(capacity: 64)
  var logStream = ByteOutput(capacity: 64)

  enum Outcome: Equatable {
    /// Something else.
    case other
    /// A health check: nothing to deliver.
    case control
    case data
    /// It begins as an envelope and is none.
    case broken
  }

  /// True if the text looks like one: an object whose front names the keys of the envelope.
  static func isLikely(_ text: Span<UInt8>) -> Bool {
    let start = JSONScanning.skipBlanks(text, from: 0)
    guard start < text.count, text[start] == ASCII.leftBrace else { return false }
    // The keys may stand in any order, so `messageType` may stand behind all log events.
    return holds(messageType, text) && holds(logEvents, text)
  }

  private static let messageType = Array("\"messageType\"".utf8)
  private static let logEvents = Array("\"logEvents\"".utf8)

  private static func holds(_ needle: [UInt8], _ text: Span<UInt8>) -> Bool {
    var at = 0
    while true {
      at = firstIndex(of: ASCII.quote, in: text, from: at)
      if at < 0 { return false }
      if hasPrefix(needle.span, in: text, at: at) { return true }
      at += 1
    }
  }

  /// Reads an object at `start`; answers what it is and where it ends.
  mutating func read(_ record: Span<UInt8>, from start: Int) -> (outcome: Outcome, end: Int) {
    var fields = Fields()
    let end = scanObject(record, from: start) { key, value, kind, text in
      switch key {
      case "messageType": fields.messageType = value
      case "logEvents": fields.logEvents = kind == .array ? value : nil
      case "logGroup": fields.logGroup = kind == .string ? value : nil
      case "logStream": fields.logStream = kind == .string ? value : nil
      default: break
      }
    }
    guard end >= 0 else { return (.broken, -1) }
    guard let type = fields.messageType, let list = fields.logEvents else { return (.other, end) }
    if isString("CONTROL_MESSAGE", record, type) { return (.control, end) }
    guard isString("DATA_MESSAGE", record, type) else { return (.other, end) }
    logGroup.removeAll()
    logStream.removeAll()
    if let group = fields.logGroup { logGroup.appendJSONUnescaped(record.extracting(group.lowerBound + 1..<group.upperBound - 1)) }
    if let stream = fields.logStream { logStream.appendJSONUnescaped(record.extracting(stream.lowerBound + 1..<stream.upperBound - 1)) }
    readEvents(record, list)
    return (.data, end)
  }

  private struct Fields {
    var messageType: Range<Int>?
    var logEvents: Range<Int>?
    var logGroup: Range<Int>?
    var logStream: Range<Int>?
  }

  private func isString(_ word: String, _ record: Span<UInt8>, _ value: Range<Int>) -> Bool {
    let bytes = Array(word.utf8)
    return value.count == bytes.count + 2 && hasPrefix(bytes.span, in: record, at: value.lowerBound + 1)
  }

  private mutating func readEvents(_ record: Span<UInt8>, _ list: Range<Int>) {
    var at = JSONScanning.skipBlanks(record, from: list.lowerBound + 1)
    while at < list.upperBound - 1 {
      var message: Range<Int>?
      var timestamp: Int64 = 0
      let end =
        record[at] == ASCII.leftBrace
        ? scanObject(record, from: at) { key, value, kind, text in
          if key == "message", kind == .string { message = value }
          if key == "timestamp", kind == .number { timestamp = Int64(parseUnsigned(text.extracting(value)) ?? 0) }
        } : JSONScanning.scanValue(record, from: at)
      if let message {
        text.appendJSONUnescaped(record.extracting(message.lowerBound + 1..<message.upperBound - 1))
        if text.count == (events.last?.end ?? 0) || text.span[text.count - 1] != ASCII.lineFeed { text.append(ASCII.lineFeed) }
        events.append((text.count, timestamp))
      }
      at = JSONScanning.skipBlanks(record, from: end)
      if at < list.upperBound, record[at] == ASCII.comma { at = JSONScanning.skipBlanks(record, from: at + 1) }
    }
  }

  mutating func removeAll() {
    text.removeAll()
    events.removeAll(keepingCapacity: true)
  }
}

/// Visits the members of an object whose keys have no escapes; answers where the object ends, -1 if it is none.
private func scanObject(
  _ text: Span<UInt8>, from start: Int, _ visit: (_ key: String, _ value: Range<Int>, JSONKind, _ text: Span<UInt8>) -> Void
) -> Int {
  guard start < text.count, text[start] == ASCII.leftBrace else { return -1 }
  var at = JSONScanning.skipBlanks(text, from: start + 1)
  if at < text.count, text[at] == ASCII.rightBrace { return at + 1 }
  while true {
    var hasEscapes = false
    let keyEnd = JSONScanning.scanString(text, from: at, hasEscapes: &hasEscapes)
    guard keyEnd >= 0 else { return -1 }
    let keyStart = at + 1
    at = JSONScanning.skipBlanks(text, from: keyEnd)
    guard at < text.count, text[at] == ASCII.colon else { return -1 }
    at = JSONScanning.skipBlanks(text, from: at + 1)
    guard at < text.count, let kind = JSONScanning.kind(of: text[at]) else { return -1 }
    let end = JSONScanning.scanValue(text, from: at, depth: 1)
    guard end >= 0 else { return -1 }
    if !hasEscapes, keyEnd - keyStart <= 16 {
      var key = ""
      for index in keyStart..<keyEnd - 1 { key.unicodeScalars.append(Unicode.Scalar(text[index])) }
      visit(key, at..<end, kind, text)
    }
    at = JSONScanning.skipBlanks(text, from: end)
    guard at < text.count else { return -1 }
    if text[at] == ASCII.rightBrace { return at + 1 }
    guard text[at] == ASCII.comma else { return -1 }
    at = JSONScanning.skipBlanks(text, from: at + 1)
  }
}
