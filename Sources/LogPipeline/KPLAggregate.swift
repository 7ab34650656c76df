import LogBytes

/// What the Kinesis Producer Library makes of many records: a magic number, a protobuf message, and the MD5 digest of that.
///
/// Source: amazon-kinesis-producer, "KPL Aggregated Record Format" (proto2: `AggregatedRecord` has `records` as field 3, each of which has
/// `data` as field 3). Firehose takes aggregates of a data stream apart itself; those that were put into a delivery stream come as they are.
struct KPLAggregate {
  private static let magic: [UInt8] = [0xf3, 0x89, 0x9a, 0xc2]
  private static let digestBytes = 16
  private static let recordsField = 3
  private static let dataField = 3

  /// Where the data of the records stand in the aggregate, in order.
  private(set) var records: [Range<Int>] = []

  static func beginsLikeOne(_ bytes: Span<UInt8>) -> Bool {
    hasPrefix(magic.span, in: bytes, at: 0)
  }

  /// Nil for bytes that are no aggregate: another magic number, another digest, or a message that cannot be read. Linear.
  init?(_ bytes: Span<UInt8>) {
    let end = bytes.count - Self.digestBytes
    guard Self.beginsLikeOne(bytes), end >= Self.magic.count else { return nil }
    let digest = MD5Digest(low: loadWord(bytes, at: end), high: loadWord(bytes, at: end + 8))
    guard md5(bytes.extracting(Self.magic.count..<end)) == digest else { return nil }
    var fields = ProtobufFields(Self.magic.count..<end)
    while let field = fields.next(in: bytes) {
      guard field.number == Self.recordsField, let message = field.content else { continue }
      guard let data = Self.data(of: message, in: bytes) else { return nil }
      records.append(data)
    }
    if fields.isBroken { return nil }
  }

  /// The data of one record, which it must have; of several the last holds, as in other readers of protobuf.
  private static func data(of message: Range<Int>, in bytes: Span<UInt8>) -> Range<Int>? {
    var data: Range<Int>?
    var fields = ProtobufFields(message)
    while let field = fields.next(in: bytes) {
      if field.number == dataField, let content = field.content { data = content }
    }
    return fields.isBroken ? nil : data
  }
}

/// A walk over the fields of a protobuf message (protobuf.dev, "Encoding").
private struct ProtobufFields {
  struct Field {
    var number: Int
    /// Where the bytes of a string, of bytes or of a message stand; nil for a number.
    var content: Range<Int>?
  }

  private var at: Int
  private let end: Int
  /// What stands there is no message.
  private(set) var isBroken = false

  init(_ message: Range<Int>) {
    at = message.lowerBound
    end = message.upperBound
  }

  /// The next field; nil at the end, or where the message is broken.
  mutating func next(in bytes: Span<UInt8>) -> Field? {
    if at == end || isBroken { return nil }
    guard let key = variableInteger(bytes), key >> 3 > 0, key >> 3 < 1 << 29 else { return fail() }
    let number = Int(key >> 3)
    switch key & 7 {
    case 0: return variableInteger(bytes) == nil ? fail() : Field(number: number)
    case 1: return skip(8) ? Field(number: number) : fail()
    case 2:
      guard let count = variableInteger(bytes), count <= UInt64(end - at) else { return fail() }
      let content = at..<at + Int(count)
      at = content.upperBound
      return Field(number: number, content: content)
    case 5: return skip(4) ? Field(number: number) : fail()
    // Groups, which proto2 once had, and what is no type.
    default: return fail()
    }
  }

  private mutating func fail() -> Field? {
    isBroken = true
    return nil
  }

  private mutating func skip(_ count: Int) -> Bool {
    at += count
    return at <= end
  }

  /// Seven bits a byte, the lowest first, up to ten bytes; nil where it is cut or too long.
  private mutating func variableInteger(_ bytes: Span<UInt8>) -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: 0 as UInt64, to: 70, by: 7) {
      guard at < end else { return nil }
      let byte = bytes[at]
      at += 1
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
    }
    return nil
  }
}
