/// Appends moments as `ByteOutput.append(timestamp:)` does, and remembers the last one: entries of a log are of one day and often of one
/// second, and the calendar costs more than the time of day.
@frozen
public struct TimestampWriter: Sendable {
  /// The day whose date is remembered, in days since 1970-01-01.
  @usableFromInline var day = Int.min
  /// `YYYY-MM-DD` of that day.
  @usableFromInline var date: [10 of UInt8] = [10 of UInt8](repeating: 0)
  /// The second of the last moment, and its text without a fraction: 20 bytes in three words.
  @usableFromInline var second = Int64.min
  @usableFromInline var words: (UInt64, UInt64, UInt32) = (0, 0, 0)

  public init() {}

  /// Appends `2026-12-31T12:00:01.250Z`, with as many digits of the fraction as the log had. Constant time.
  public mutating func append(_ timestamp: Timestamp, to output: inout ByteOutput) {
    // The longest moment, as `write` asks for.
    unsafe output.appendUnsafe(room: ByteCursor.timestampRoom) { out in unsafe write(timestamp, to: out) }
  }

  /// Writes the moment and answers its length. Requires room for `ByteCursor.timestampRoom` bytes.
  @inlinable
  @inline(__always)
  mutating func write(_ timestamp: Timestamp, to out: UnsafeMutablePointer<UInt8>) -> Int {
    if timestamp.seconds == second {
      let raw = UnsafeMutableRawPointer(out)
      unsafe raw.storeBytes(of: words.0, as: UInt64.self)
      unsafe raw.storeBytes(of: words.1, toByteOffset: 8, as: UInt64.self)
      unsafe raw.storeBytes(of: words.2, toByteOffset: 16, as: UInt32.self)
      return timestamp.fractionDigits == 0 ? 20 : unsafe writeFraction(of: timestamp, to: out)
    }
    return unsafe writeAnew(timestamp, to: out)
  }

  @usableFromInline
  @inline(never)
  mutating func writeAnew(_ timestamp: Timestamp, to out: UnsafeMutablePointer<UInt8>) -> Int {
    let (timestampDay, secondOfDay) = dayAndSecond(timestamp.seconds)
    if timestampDay != day, !remember(timestampDay) { return unsafe writeLong(timestamp, to: out) }
    for index in date.indices { unsafe out[index] = date[index] }
    let count = unsafe 10 &+ writeTimeOfDay(secondOfDay, of: timestamp, to: out + 10)
    let raw = UnsafeRawPointer(out)
    words = unsafe (
      raw.loadUnaligned(as: UInt64.self), raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
      // Behind the second stands a `Z`, or the dot of a fraction.
      raw.loadUnaligned(fromByteOffset: 16, as: UInt32.self) & UInt32(0xff_ffff).littleEndian | UInt32(0x5a00_0000).littleEndian
    )
    second = timestamp.seconds
    return count
  }

  /// Writes the fraction and the `Z` of a moment behind its second, and answers the length of all.
  @usableFromInline
  @inline(never)
  func writeFraction(of timestamp: Timestamp, to out: UnsafeMutablePointer<UInt8>) -> Int {
    unsafe 19 &+ LogBytes.writeFraction(of: timestamp, to: out + 19)
  }

  /// A moment outside of the years 0 to 9999: seldom, so it may take a detour.
  @inline(never)
  private func writeLong(_ timestamp: Timestamp, to out: UnsafeMutablePointer<UInt8>) -> Int {
    var text = ByteOutput(capacity: ByteCursor.timestampRoom)
    text.append(timestamp: timestamp)
    let span = text.span
    precondition(span.count <= ByteCursor.timestampRoom, "a longer moment than there can be")
    for index in span.indices { unsafe out[index] = span[index] }
    return span.count
  }

  /// False for a day outside of the years 0 to 9999, whose date is longer.
  private mutating func remember(_ newDay: Int) -> Bool {
    let civil = civilFromDays(newDay)
    guard civil.year >= 0, civil.year <= 9999 else { return false }
    var year = civil.year
    for index in [3, 2, 1, 0] {
      date[index] = ASCII.zero + UInt8(year % 10)
      year /= 10
    }
    date[4] = ASCII.minus
    date[5] = ASCII.zero + UInt8(civil.month / 10)
    date[6] = ASCII.zero + UInt8(civil.month % 10)
    date[7] = ASCII.minus
    date[8] = ASCII.zero + UInt8(civil.day / 10)
    date[9] = ASCII.zero + UInt8(civil.day % 10)
    day = newDay
    return true
  }
}
