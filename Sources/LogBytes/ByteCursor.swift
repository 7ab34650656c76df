// A place in room that was reserved: the position of the next byte stays in a register while an entry is written, where the fields of a
// `ByteOutput` would go through memory with each value. Pointers stay inside. Each append is checked against the end of the room in debug
// builds, in which tests and fuzz targets run, and all of them together when the cursor is closed.

// Public, so that a block's look at its bytes is inlined into the writers' loops: callgrind showed as many instructions for calls as for
// the strings.
public import CByteKernels

/// Where the next byte goes, in room that a `ByteOutput` reserved (`appendThroughCursor`).
///
/// Appending beyond the room is a trap.
@frozen
@safe
public struct ByteCursor: ~Copyable {
  @usableFromInline var next: UnsafeMutablePointer<UInt8>
  @usableFromInline let end: UnsafeMutablePointer<UInt8>

  @inlinable
  @inline(__always)
  init(_ next: UnsafeMutablePointer<UInt8>, room: Int) {
    unsafe self.next = next
    unsafe end = next + room
  }

  @inlinable
  @inline(__always)
  public mutating func append(_ byte: UInt8) {
    unsafe assert(next < end, "beyond the room")
    unsafe next[0] = byte
    unsafe next += 1
  }

  /// A literal's length is known where this is inlined: it becomes a few stores.
  @inlinable
  @inline(__always)
  public mutating func append(_ text: StaticString) {
    let count = text.utf8CodeUnitCount
    unsafe assert(end - next >= count, "beyond the room")
    unsafe next.update(from: text.utf8Start, count: count)
    unsafe next += count
  }

  /// Appends `count` bytes of a text at `start`. Needs room for them and `slack`.
  ///
  /// Where `shortCount` bytes can be read, and no more are asked for, they are copied at once: the next value overwrites what is too much.
  @inlinable
  @inline(__always)
  public mutating func appendShort(_ text: ByteSource, _ start: Int, count: Int) {
    assert(start >= 0 && count >= 0 && start &+ count <= text.count, "beyond the bytes")
    unsafe assert(end - next >= count + ByteCursor.slack, "beyond the room")
    if count <= ByteCursor.shortCount, text.readable &- start >= ByteCursor.shortCount {
      unsafe copyBlock(text.base + start, next)
    } else {
      unsafe writeShort(text.base + start, count, to: next)
    }
    unsafe next += count
  }

  /// The same where `shortCount` bytes can be read at `start`.
  @inlinable
  @inline(__always)
  public mutating func appendReadable(_ text: ByteSource, _ start: Int, count: Int) {
    assert(start >= 0 && count >= 0 && start &+ count <= text.count && start &+ ByteCursor.shortCount <= text.readable, "beyond the bytes")
    unsafe assert(end - next >= count + ByteCursor.slack, "beyond the room")
    if count <= ByteCursor.shortCount {
      unsafe copyBlock(text.base + start, next)
    } else {
      unsafe writeShort(text.base + start, count, to: next)
    }
    unsafe next += count
  }

  /// Appends `count` bytes of a text at `start` as a JSON string, in quotes. Needs room for six bytes for each, two quotes and `slack`.
  @inlinable
  @inline(__always)
  public mutating func appendJSONString(_ text: ByteSource, _ start: Int, count: Int) {
    assert(start >= 0 && count >= 0 && start &+ count <= text.count, "beyond the bytes")
    unsafe assert(end - next >= 6 * count + 2 + ByteCursor.slack, "beyond the room")
    if count < 16, text.readable &- start >= 16 {
      let block = unsafe sluice_load(text.base + start)
      if Int(sluice_first_special(block)) >= count {
        unsafe next[0] = ASCII.quote
        unsafe sluice_store(next + 1, block)
        unsafe next[count &+ 1] = ASCII.quote
        unsafe next += count &+ 2
        return
      }
    }
    unsafe next = writeString(text.base + start, count, readable: text.readable &- start, to: next)
  }

  /// The same, where 32 bytes behind the value can be read: it is looked at and copied block by block, without a look at its length. Where
  /// a block stands hangs on nothing that the one before held, so the processor works at several of them at once.
  @inlinable
  @inline(__always)
  public mutating func appendJSONStringInBlocks(_ text: ByteSource, _ start: Int, count: Int) {
    assert(start >= 0 && count >= 0 && start &+ count &+ 32 <= text.readable, "beyond the bytes")
    unsafe assert(end - next >= 6 * count + 2 + ByteCursor.slack, "beyond the room")
    unsafe next[0] = ASCII.quote
    let out = unsafe next + 1
    let value = unsafe text.base + start
    let block = unsafe sluice_load(value)
    unsafe sluice_store(out, block)
    if Int(sluice_first_special(block)) < min(16, count) {
      unsafe next = writeString(value, count, readable: text.readable &- start, to: next)
      return
    }
    var done = 16
    while done < count {
      let (first, second) = unsafe (sluice_load(value + done), sluice_load(value + done + 16))
      unsafe sluice_store(out + done, first)
      unsafe sluice_store(out + done + 16, second)
      if sluice_has_special(first, second), done &+ Int(sluice_first_special_of_two(first, second)) < count {
        unsafe next = writeString(value, count, readable: text.readable &- start, to: next)
        return
      }
      done &+= 32
    }
    unsafe out[count] = ASCII.quote
    unsafe next = out + (count &+ 1)
  }

  /// The same by the bitmaps of the text (`ChunkBitmaps`), where 32 bytes behind the value can be read: no byte is looked at but those that
  /// a string cannot hold.
  @inlinable
  @inline(__always)
  public mutating func appendJSONString(_ text: ByteSource, _ start: Int, count: Int, specials bitmaps: Span<UInt64>) {
    assert(start >= 0 && count >= 0 && start &+ count &+ 32 <= text.readable, "beyond the bytes")
    unsafe assert(end - next >= 6 * count + 2 + ByteCursor.slack, "beyond the room")
    precondition((start &+ count) &>> 6 &* ChunkBitmaps.classes &+ ChunkBitmaps.special < bitmaps.count, "beyond the bitmaps")
    unsafe next = bitmaps.withUnsafeBufferPointer { words in
      unsafe writeMarkedString(text.base, start, count, words.baseAddress! + ChunkBitmaps.special, to: next)
    }
  }

  /// Appends `count` bytes of a text at `start` in quotes, as they stand. Needs room for them, two quotes and `slack`, and 32 bytes behind the
  /// value that can be read.
  @inlinable
  @inline(__always)
  public mutating func appendQuotedInBlocks(_ text: ByteSource, _ start: Int, count: Int) {
    assert(start >= 0 && count >= 0 && start &+ count &+ 32 <= text.readable, "beyond the bytes")
    unsafe assert(end - next >= count + 2 + ByteCursor.slack, "beyond the room")
    unsafe next[0] = ASCII.quote
    let out = unsafe next + 1
    let value = unsafe text.base + start
    var done = 0
    repeat {
      unsafe copyBlock(value + done, out + done)
      done &+= 32
    } while done < count
    unsafe out[count] = ASCII.quote
    unsafe next = out + (count &+ 1)
  }

  /// Appends a moment as `ByteOutput.append(timestamp:)` does. Needs room for `timestampRoom`.
  @inlinable
  @inline(__always)
  public mutating func append(_ timestamp: Timestamp, by writer: inout TimestampWriter) {
    unsafe assert(end - next >= ByteCursor.timestampRoom, "beyond the room")
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
    // The cursor ends before this output changes again.
    let start = unsafe base + written
    var cursor = unsafe ByteCursor(start, room: room)
    body(&cursor)
    unsafe precondition(cursor.next <= cursor.end, "wrote beyond the room")
    written &+= unsafe cursor.next - start
  }
}

/// Copies `ByteCursor.shortCount` bytes.
@inlinable
@inline(__always)
func copyBlock(_ source: UnsafePointer<UInt8>, _ out: UnsafeMutablePointer<UInt8>) {
  let block = unsafe UnsafeRawPointer(source).loadUnaligned(as: (SIMD16<UInt8>, SIMD16<UInt8>).self)
  unsafe UnsafeMutableRawPointer(out).storeBytes(of: block.0, as: SIMD16<UInt8>.self)
  unsafe UnsafeMutableRawPointer(out + 16).storeBytes(of: block.1, as: SIMD16<UInt8>.self)
}

// Requires the room that the cursor's function names.

@usableFromInline
func writeShort(_ source: UnsafePointer<UInt8>, _ count: Int, to out: UnsafeMutablePointer<UInt8>) {
  unsafe _ = sluice_copy_short(out, source, count)
}

@usableFromInline
func writeMarkedString(
  _ text: UnsafePointer<UInt8>, _ start: Int, _ count: Int, _ words: UnsafePointer<UInt64>, to out: UnsafeMutablePointer<UInt8>
) -> UnsafeMutablePointer<UInt8> {
  unsafe out[0] = ASCII.quote
  let written = unsafe Int(sluice_escape_json_marked(out + 1, text, start, count, words))
  unsafe out[written &+ 1] = ASCII.quote
  return unsafe out + (written &+ 2)
}

@usableFromInline
func writeString(
  _ source: UnsafePointer<UInt8>, _ count: Int, readable: Int, to out: UnsafeMutablePointer<UInt8>
) -> UnsafeMutablePointer<UInt8> {
  unsafe out[0] = ASCII.quote
  let written = unsafe Int(sluice_escape_json_within(out + 1, source, count, readable))
  unsafe out[written &+ 1] = ASCII.quote
  return unsafe out + (written &+ 2)
}
