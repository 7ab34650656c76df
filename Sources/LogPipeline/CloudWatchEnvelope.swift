import LogBytes
import LogJSON

/// What CloudWatch Logs wraps around log events when a subscription filter sends them on: one JSON object, compressed or not.
///
/// Source: Amazon CloudWatch Logs user guide, "Real-time processing of log data with subscriptions". Keys may stand in any order, and there
/// may be others. Reused for all envelopes of a function's life.
struct CloudWatchEnvelope: ~Copyable {
  /// The messages, one LF behind each.
  private(set) var text = ByteOutput(capacity: 4096)
  /// For each log event where its text ends, and its own timestamp in milliseconds since 1970.
  private(set) var events: [(end: Int, timestamp: Int64)] = []
  private(set) var logGroup = ByteOutput(capacity: 64)
  private(set) var logStream = ByteOutput(capacity: 64)

  enum Outcome: Equatable {
    /// An object of another kind.
    case other
    /// No JSON object.
    case malformed
    /// A health check: nothing to deliver.
    case control
    case data
    /// An envelope, but one of its log events has no message.
    case incomplete(event: Int)
  }

  init() {}

  /// Reads an object at `start`; answers what it is and where it ends. Linear, once over the text.
  ///
  /// - Parameter arrival: milliseconds since 1970, for log events that do not say when they were.
  mutating func read(_ record: Span<UInt8>, from start: Int, arrival: Int64) -> (outcome: Outcome, end: Int) {
    removeAll()
    var type = MessageType.none
    var incomplete = 0
    var hasEvents = false
    var members = JSONMembers(object: start)
    var end = -1
    while true {
      switch members.next(in: record, after: end) {
      case .malformed: return (.malformed, -1)
      case .ended:
        switch type {
        case .control: return (.control, members.end)
        case .data where hasEvents: return (incomplete > 0 ? .incomplete(event: incomplete) : .data, members.end)
        case .data, .none: return (.other, members.end)
        }
      case .value: break
      }
      let value = members.value
      switch Key(members, record) {
      case .logEvents:
        hasEvents = record[value] == ASCII.leftBracket
        end = hasEvents ? readEvents(record, value, arrival, &incomplete) : JSONScanning.scanValue(record, from: value, depth: 1)
      case .messageType:
        end = JSONScanning.scanValue(record, from: value, depth: 1)
        if end >= 0 { type = MessageType(record.extracting(value..<end)) }
      case .logGroup: end = Self.readString(record, value, into: &logGroup)
      case .logStream: end = Self.readString(record, value, into: &logStream)
      case .other: end = JSONScanning.scanValue(record, from: value, depth: 1)
      }
    }
  }

  private mutating func readEvents(_ record: Span<UInt8>, _ start: Int, _ arrival: Int64, _ incomplete: inout Int) -> Int {
    text.removeAll()
    events.removeAll(keepingCapacity: true)
    incomplete = 0
    var number = 0
    var elements = JSONElements(array: start)
    var end = -1
    while true {
      switch elements.next(in: record, after: end) {
      case .malformed: return -1
      case .ended: return elements.end
      case .value: break
      }
      number += 1
      let before = events.count
      end =
        record[elements.value] == ASCII.leftBrace
        ? readEvent(record, elements.value, arrival) : JSONScanning.scanValue(record, from: elements.value, depth: 2)
      if events.count == before, incomplete == 0 { incomplete = number }
    }
  }

  /// One log event; nothing is added for one without a message.
  private mutating func readEvent(_ record: Span<UInt8>, _ start: Int, _ arrival: Int64) -> Int {
    var message: Range<Int>?
    var timestamp = arrival
    var members = JSONMembers(object: start)
    var end = -1
    reading: while true {
      switch members.next(in: record, after: end) {
      case .malformed: return -1
      case .ended: break reading
      case .value: break
      }
      let value = members.value
      end = JSONScanning.scanValue(record, from: value, depth: 3)
      guard end >= 0, !members.keyHasEscapes else { continue }
      let key = record.extracting(members.key)
      if Self.isEqual(key, "message") {
        message = record[value] == ASCII.quote ? value + 1..<end - 1 : nil
      } else if Self.isEqual(key, "timestamp") {
        timestamp = Self.milliseconds(record.extracting(value..<end)) ?? arrival
      }
    }
    guard let message else { return members.end }
    let before = text.count
    text.appendJSONUnescaped(record.extracting(message))
    if text.count == before || text.span[text.count - 1] != ASCII.lineFeed { text.append(ASCII.lineFeed) }
    events.append((text.count, timestamp))
    return members.end
  }

  /// Nil for what is no number, or no moment from 1970 to 9999.
  private static func milliseconds(_ number: Span<UInt8>) -> Int64? {
    guard let value = parseUnsigned(number).map({ Double($0) }) ?? parseDouble(number), value >= 0, value <= 253_402_300_799_999 else {
      return nil
    }
    return Int64(value)
  }

  private static func readString(_ record: Span<UInt8>, _ start: Int, into output: inout ByteOutput) -> Int {
    output.removeAll()
    let end = JSONScanning.scanValue(record, from: start, depth: 1)
    if end >= 0, record[start] == ASCII.quote { output.appendJSONUnescaped(record.extracting(start + 1..<end - 1)) }
    return end
  }

  private mutating func removeAll() {
    text.removeAll()
    events.removeAll(keepingCapacity: true)
    logGroup.removeAll()
    logStream.removeAll()
  }

  // MARK: Words

  private enum Key {
    case messageType, logEvents, logGroup, logStream, other

    init(_ members: JSONMembers, _ record: Span<UInt8>) {
      let key = record.extracting(members.key)
      switch key.count {
      case 8 where isEqual(key, "logGroup"): self = .logGroup
      case 9 where isEqual(key, "logEvents"): self = .logEvents
      case 9 where isEqual(key, "logStream"): self = .logStream
      case 11 where isEqual(key, "messageType"): self = .messageType
      default: self = .other
      }
    }
  }

  private enum MessageType {
    case none, data, control

    /// - Parameter value: a JSON value.
    init(_ value: Span<UInt8>) {
      if isEqual(value, "\"DATA_MESSAGE\"") {
        self = .data
      } else {
        self = isEqual(value, "\"CONTROL_MESSAGE\"") ? .control : .none
      }
    }
  }

  static func isEqual(_ bytes: Span<UInt8>, _ word: StaticString) -> Bool {
    guard bytes.count == word.utf8CodeUnitCount else { return false }
    // As long as the word: the line above says so.
    for index in bytes.indices where unsafe bytes[index] != word.utf8Start[index] { return false }
    return true
  }
}

// MARK: - Evidence

extension CloudWatchEnvelope {
  /// Where an envelope may begin: behind blanks and a byte order mark.
  static func start(in text: Span<UInt8>) -> Int {
    let mark = text.count >= 3 && text[0] == 0xef && text[1] == 0xbb && text[2] == 0xbf ? 3 : 0
    return JSONScanning.skipBlanks(text, from: mark)
  }

  static func skipBlanks(_ text: Span<UInt8>, _ start: Int) -> Int {
    JSONScanning.skipBlanks(text, from: start)
  }

  /// Whether text that is no JSON was meant as an envelope: it has the names that one cannot do without. Linear.
  static func isMeant(_ text: Span<UInt8>) -> Bool {
    holds("\"messageType\"", text) && (holds("\"logEvents\"", text) || holds("\"CONTROL_MESSAGE\"", text))
  }

  private static func holds(_ word: StaticString, _ text: Span<UInt8>) -> Bool {
    let count = word.utf8CodeUnitCount
    var at = firstIndex(of: ASCII.quote, in: text, from: 0)
    while at >= 0, at + count <= text.count {
      if isEqual(text.extracting(at..<at + count), word) { return true }
      at = firstIndex(of: ASCII.quote, in: text, from: at + 1)
    }
    return false
  }
}
