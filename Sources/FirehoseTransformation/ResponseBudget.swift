import LogBytes

/// Counts a response before it is written, so that it never becomes larger than it may, and always has room for a verdict on each record.
///
/// The rule: `ProcessingFailed` for all records that are still to come is set aside; a record is `Ok` only if it fits beside that. As a
/// request costs more for each record than that verdict does, a response of only failures fits wherever the request did.
///
/// The sizes are those of `TransformationResponseWriter`, exactly; ids count as they are written, escapes included.
struct ResponseBudget: ~Copyable {
  /// What a response may take unless configured otherwise, in bytes: the documented 6 MB with a distance to the limit.
  static let usualLimit = 6_000_000
  /// What Lambda takes at most, in bytes: 6 MiB (the emulator allows 100 more).
  static let hardLimit = 6_291_456

  /// `{"records":[]}`
  private static let envelope = 14
  /// `{"recordId":,"result":"Dropped"},` without the id.
  private static let dropped = 33
  /// `{"recordId":,"result":"ProcessingFailed"},` without the id.
  private static let failed = 42
  /// `{"recordId":,"result":"Ok","data":""},` without id and data.
  private static let ok = 38
  /// What `kafkaRecordValue` is longer than `data`.
  private static let kafka = 12

  let limit: Int
  /// The bytes of the response with all verdicts given so far, exactly, once the last one is given.
  private(set) var used: Int
  /// The bytes set aside for the records that are still to come.
  private(set) var reserved: Int

  /// - Parameters:
  ///   - idBytes: the bytes of all ids as they are written, quotes included.
  ///   - limit: what the response may take. Where not even failures fit into it, they may take up to `hardLimit`.
  /// - Returns: nil if they do not fit into that either.
  init?(records: Int, idBytes: Int, limit: Int) {
    // One comma is counted for each record, and the last one has none.
    used = Self.envelope - (records > 0 ? 1 : 0)
    reserved = records * Self.failed + idBytes
    let least = used + reserved
    guard least <= Self.hardLimit else { return nil }
    self.limit = max(min(limit, Self.hardLimit), least)
  }

  /// The greatest number of bytes that the record whose turn it is can deliver.
  func room(id: Int, isKafka: Bool) -> Int {
    let left = limit - used - (reserved - Self.failed - id)
    let characters = left - Self.ok - id - (isKafka ? Self.kafka : 0)
    return characters < 4 ? 0 : characters / 4 * 3
  }

  /// Takes the room of an `Ok` record with `data` bytes; false, and nothing taken, if there is none.
  mutating func takeOk(id: Int, data: Int, isKafka: Bool) -> Bool {
    let size = Self.ok + id + Base64.encodedCount(data) + (isKafka ? Self.kafka : 0)
    let rest = reserved - Self.failed - id
    guard used + size + rest <= limit else { return false }
    used += size
    reserved = rest
    return true
  }

  mutating func takeDropped(id: Int) {
    used += Self.dropped + id
    reserved -= Self.failed + id
  }

  mutating func takeFailed(id: Int) {
    used += Self.failed + id
    reserved -= Self.failed + id
  }
}
