// A place in room that was reserved: the position of the next byte stays in a register while an entry is written, where the fields of a
// `ByteOutput` would go through memory with each value. Pointers stay inside; every append compares with the end of the room.

internal import CByteKernels

/// Where the next byte goes, in room that a `ByteOutput` reserved (`appendThroughCursor`).
///
/// Appending beyond the room is a trap.
@frozen
@safe
public struct ByteCursor: ~Copyable {
  @usableFromInline var next: UnsafeMutablePointer<UInt8>
  @usableFromInline let end: UnsafeMutablePointer<UInt8>

  @inlinable
  init(_ next: UnsafeMutablePointer<UInt8>, room: Int) {
    unsafe self.next = next
    unsafe end = next + room
  }

  @inlinable
  @inline(__always)
  public mutating func append(_ byte: UInt8) {
    unsafe precondition(next < end, "beyond the room")
    unsafe next[0] = byte
    unsafe next += 1
  }

  /// A literal's length is known where this is inlined: it becomes a few stores.
  @inlinable
  @inline(__always)
  public mutating func append(_ text: StaticString) {
    let count = text.utf8CodeUnitCount
    unsafe precondition(end - next >= count, "beyond the room")
    unsafe next.update(from: text.utf8Start, count: count)
    unsafe next += count
  }

  /// Appends a range of `bytes`. Needs room for it and `slack`.
  ///
  /// Where `shortCount` bytes can be read, and no more are asked for, they are copied at once: the next value overwrites what is too much.
  @inlinable
  @inline(__always)
  public mutating func appendShort(_ range: Range<Int>, of bytes: Span<UInt8>) {
    let count = range.count
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "beyond the bytes")
    unsafe precondition(end - next >= count + ByteCursor.slack, "beyond the room")
    if count <= ByteCursor.shortCount, bytes.count - range.lowerBound >= ByteCursor.shortCount {
      unsafe bytes.withUnsafeBufferPointer { buffer in
        unsafe next.update(from: buffer.baseAddress! + range.lowerBound, count: ByteCursor.shortCount)
      }
    } else {
      unsafe writeShort(bytes.extracting(range), to: next)
    }
    unsafe next += count
  }

  /// Appends a range of `bytes` as a JSON string, in quotes. Needs room for six bytes for each byte of it, two quotes and `slack`.
  @inlinable
  @inline(__always)
  public mutating func appendJSONString(_ range: Range<Int>, of bytes: Span<UInt8>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "beyond the bytes")
    unsafe precondition(end - next >= 6 * range.count + 2 + ByteCursor.slack, "beyond the room")
    unsafe next = writeString(range, of: bytes, to: next)
  }

  /// Appends a moment as `ByteOutput.append(timestamp:)` does. Needs room for `timestampRoom`.
  @inlinable
  @inline(__always)
  public mutating func append(_ timestamp: Timestamp, by writer: inout TimestampWriter) {
    unsafe precondition(end - next >= ByteCursor.timestampRoom, "beyond the room")
    unsafe next = next + writer.write(timestamp, to: next)
  }

  /// What may be written too much behind the last byte of a value; the next value overwrites it.
  @inlinable
  public static var slack: Int { 32 }

  /// Values of up to so many bytes are copied in one piece.
  @inlinable
  public static var shortCount: Int { 32 }

  /// The bytes of the longest moment: a year of 13 digits and its sign, nine digits of a fraction.
  @inlinable
  public static var timestampRoom: Int { 48 }
}

extension ByteOutput {
  /// Makes room for `room` bytes and lets `body` fill it through a cursor.
  @inlinable
  @inline(__always)
  public mutating func appendThroughCursor(room: Int, _ body: (inout ByteCursor) -> Void) {
    reserve(room)
    // The cursor ends before this output changes again, and never writes beyond the room that was reserved.
    let start = unsafe base + written
    var cursor = unsafe ByteCursor(start, room: room)
    body(&cursor)
    written += unsafe cursor.next - start
  }
}

// Requires the room that the cursor's function names.

@usableFromInline
func writeShort(_ bytes: Span<UInt8>, to out: UnsafeMutablePointer<UInt8>) {
  unsafe bytes.withUnsafeBufferPointer { buffer in
    unsafe _ = sluice_copy_short(out, buffer.baseAddress, buffer.count)
  }
}

@usableFromInline
func writeString(_ range: Range<Int>, of bytes: Span<UInt8>, to out: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
  unsafe out[0] = ASCII.quote
  // The cursor has compared the range with the bytes.
  let count = unsafe bytes.withUnsafeBufferPointer { buffer in
    let start = unsafe buffer.baseAddress.map { unsafe $0 + range.lowerBound }
    return unsafe Int(sluice_escape_json_within(out + 1, start, range.count, buffer.count - range.lowerBound))
  }
  unsafe out[count + 1] = ASCII.quote
  return unsafe out + (count + 2)
}
