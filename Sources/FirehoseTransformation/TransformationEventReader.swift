import LogBytes
import LogJSON

extension TransformationEvent {
  /// Reads an event in place of what was there. Linear; allocates nothing once the array of records has grown.
  ///
  /// Later members of one name win over earlier ones, as in other readers of JSON.
  mutating func read(_ event: Span<UInt8>) throws(TransformationError) {
    records.removeAll(keepingCapacity: true)
    source = .directPut
    idBytes = 0
    var hasRecords = false
    var members = JSONMembers(object: Self.start(of: event))
    var end = -1
    reading: while true {
      switch members.next(in: event, after: end) {
      case .value: break
      case .ended: break reading
      case .malformed: throw Self.explain(event)
      }
      switch JSONName(members, event) {
      case .records:
        records.removeAll(keepingCapacity: true)
        idBytes = 0
        hasRecords = event[members.value] == ASCII.leftBracket
        end = hasRecords ? try readRecords(event, from: members.value) : JSONScanning.scanValue(event, from: members.value, depth: 1)
      case .sourceKinesisStreamARN:
        if source == .directPut { source = .kinesis }
        end = JSONScanning.scanValue(event, from: members.value, depth: 1)
      case .sourceMSKARN:
        source = .msk
        end = JSONScanning.scanValue(event, from: members.value, depth: 1)
      default: end = JSONScanning.scanValue(event, from: members.value, depth: 1)
      }
    }
    guard JSONScanning.skipBlanks(event, from: members.end) == event.count else { throw Self.explain(event) }
    guard hasRecords else { throw Self.foreign(event) }
  }

  /// Where the event's object begins: behind blanks and the byte order mark that editors leave.
  private static func start(of event: Span<UInt8>) -> Int {
    let mark = event.count >= 3 && event[0] == 0xef && event[1] == 0xbb && event[2] == 0xbf ? 3 : 0
    return JSONScanning.skipBlanks(event, from: mark)
  }

  /// What is wrong with an event that could not be read.
  private static func explain(_ event: Span<UInt8>) -> TransformationError {
    let start = start(of: event)
    let body = event.extracting(droppingFirst: start)
    if var error = JSONError.find(in: body) {
      error.offset += start
      return TransformationError(.malformedEvent, "the event is no JSON: \(error.description(in: event))")
    }
    return foreign(event)
  }

  private static func foreign(_ event: Span<UInt8>) -> TransformationError {
    TransformationError(.foreignEvent, ForeignEvent(event.extracting(droppingFirst: start(of: event))).explanation)
  }

  // MARK: Records

  private mutating func readRecords(_ event: Span<UInt8>, from start: Int) throws(TransformationError) -> Int {
    var elements = JSONElements(array: start)
    var end = -1
    while true {
      switch elements.next(in: event, after: end) {
      case .value: end = try readRecord(event, from: elements.value)
      case .ended: return elements.end
      case .malformed: throw Self.explain(event)
      }
    }
  }

  private mutating func readRecord(_ event: Span<UInt8>, from start: Int) throws(TransformationError) -> Int {
    var record = TransformationRecord(id: 0..<0, data: 0..<0, arrival: nil, payload: .missing, isKafka: false)
    var metadataArrival: Int64?
    var members = JSONMembers(object: start)
    var end = -1
    reading: while true {
      switch members.next(in: event, after: end) {
      case .value: break
      case .ended: break reading
      case .malformed: throw Self.explain(event)
      }
      let value = members.value
      switch JSONName(members, event) {
      case .recordID:
        end = JSONScanning.scanValue(event, from: value, depth: 3)
        let kind = JSONScanning.kind(of: event[value])
        if end >= 0 { record.id = kind == .string || kind == .number ? value..<end : 0..<0 }
      case .data where record.isKafka: end = JSONScanning.scanValue(event, from: value, depth: 3)
      case .data: end = Self.readPayload(event, from: value, &record)
      case .kafkaRecordValue:
        record.isKafka = true
        end = Self.readPayload(event, from: value, &record)
      case .approximateArrivalTimestamp:
        end = JSONScanning.scanValue(event, from: value, depth: 3)
        if end >= 0 { record.arrival = parseArrival(event.extracting(value..<end)) }
      case .recordMetadata where event[value] == ASCII.leftBrace: end = Self.readMetadata(event, from: value, &metadataArrival)
      default: end = JSONScanning.scanValue(event, from: value, depth: 3)
      }
    }
    guard !record.id.isEmpty else { throw missingID(event, start) }
    if record.arrival == nil { record.arrival = metadataArrival }
    records.append(record)
    idBytes += record.id.count
    return members.end
  }

  /// A record without an id cannot be answered, and Firehose sends none.
  private func missingID(_ event: Span<UInt8>, _ start: Int) -> TransformationError {
    let broken = Self.explain(event)
    if broken.code == .malformedEvent { return broken }
    let place = textPosition(of: start, in: event)
    return TransformationError(
      .foreignEvent,
      "records[\(records.count)] at line \(place.line), column \(place.column) (byte \(start + 1)) has no recordId: "
        + ForeignEvent(event.extracting(droppingFirst: Self.start(of: event))).explanation)
  }

  /// A base64 text. Its end is the next quote: whatever is no base64 in between is found when it is decoded, and fails this record alone.
  private static func readPayload(_ event: Span<UInt8>, from start: Int, _ record: inout TransformationRecord) -> Int {
    guard event[start] == ASCII.quote else {
      record.payload = .malformed
      return JSONScanning.scanValue(event, from: start, depth: 3)
    }
    record.payload = .string
    let found = firstIndex(of: ASCII.quote, or: ASCII.backslash, in: event, from: start + 1)
    guard found >= 0 else { return -1 }
    if event[found] == ASCII.quote {
      record.data = start + 1..<found
      return found + 1
    }
    record.payload = .escapedString
    var hasEscapes = false
    let end = JSONScanning.scanString(event, from: start, hasEscapes: &hasEscapes)
    if end >= 0 { record.data = start + 1..<end - 1 }
    return end
  }

  private static func readMetadata(_ event: Span<UInt8>, from start: Int, _ arrival: inout Int64?) -> Int {
    var members = JSONMembers(object: start)
    var end = -1
    while true {
      switch members.next(in: event, after: end) {
      case .value:
        end = JSONScanning.scanValue(event, from: members.value, depth: 4)
        if end >= 0, JSONName(members, event) == .approximateArrivalTimestamp {
          arrival = parseArrival(event.extracting(members.value..<end))
        }
      case .ended: return members.end
      case .malformed: return -1
      }
    }
  }
}
