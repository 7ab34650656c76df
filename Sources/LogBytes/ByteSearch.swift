// Searches for one or two bytes. This file hands pointers of spans to C: they live as long as the call.
//
// Each search is one real call. Looking at the first few bytes in place, before the call, was measured and is slower: where a field ends
// is what no processor predicts.

// Public, so that the look at one block is inlined into the loops over pairs.
public import CByteKernels

/// The position of the first `byte` at or behind `start`, or -1.
///
/// Linear in the distance; allocates nothing. Requires `0 <= start <= bytes.count`.
public func firstIndex(of byte: UInt8, in bytes: Span<UInt8>, from start: Int) -> Int {
  precondition(start >= 0 && start <= bytes.count, "search starts outside of the bytes")
  return unsafe bytes.withUnsafeBufferPointer { buffer in
    guard let base = buffer.baseAddress else { return -1 }
    // The rest of the span from start on.
    let found = unsafe sluice_find_near(base + start, buffer.count &- start, byte)
    return found < 0 ? -1 : start &+ found
  }
}

/// The position of the first `byte` or `other` at or behind `start`, or -1.
///
/// Linear in the distance; allocates nothing. Requires `0 <= start <= bytes.count`.
public func firstIndex(of byte: UInt8, or other: UInt8, in bytes: Span<UInt8>, from start: Int) -> Int {
  precondition(start >= 0 && start <= bytes.count, "search starts outside of the bytes")
  return unsafe bytes.withUnsafeBufferPointer { buffer in
    guard let base = buffer.baseAddress else { return -1 }
    // The rest of the span from start on.
    let found = unsafe sluice_find_near_of_two(base + start, buffer.count &- start, byte, other)
    return found < 0 ? -1 : start &+ found
  }
}

/// The position of the first of the four bytes in `wanted` (they may repeat) at or behind `start`, or `limit`.
///
/// Linear in the distance, 16 bytes at a time; allocates nothing. Requires `0 <= start <= limit <= readable`, and that `readable` bytes can
/// be read at `base`.
public func firstIndex(ofAny wanted: UInt32, in base: UnsafePointer<UInt8>, from start: Int, limit: Int, readable: Int) -> Int {
  unsafe start &+ Int(sluice_find_of_four(base + start, limit &- start, readable &- start, wanted))
}

/// The position of the first of the four bytes in `wanted` (they may repeat) at or behind `start`, or the end of the bytes.
///
/// Linear in the distance, 16 bytes at a time; allocates nothing. Requires `0 <= start <= bytes.count`.
public func firstIndex(ofAny wanted: UInt32, in bytes: Span<UInt8>, from start: Int) -> Int {
  precondition(start >= 0 && start <= bytes.count, "search starts outside of the bytes")
  return unsafe bytes.withUnsafeBufferPointer { buffer in
    guard let base = buffer.baseAddress else { return start }
    return unsafe start &+ Int(sluice_find_of_four(base + start, buffer.count &- start, buffer.count &- start, wanted))
  }
}

/// The last position below `count` of `byte` behind which stands a byte whose `bit` is set in `table`, or -1.
///
/// Linear in the distance, 16 bytes at a time; allocates nothing. Requires that `before` bytes can be read before `base` and `count + 1` at
/// it, and that `table` has 256 bytes.
public func lastIndexOfPair(
  _ byte: UInt8, _ table: UnsafePointer<UInt8>, _ bit: UInt8, in base: UnsafePointer<UInt8>, count: Int, before: Int
) -> Int {
  unsafe sluice_find_last_pair(base, count, before, byte, table, bit)
}

/// The bytes of the tables of `sequencesMet`, and how many bytes it may read behind those in question.
@inlinable
@inline(__always)
package var sequenceTablesBytes: Int { 128 }
@inlinable
@inline(__always)
package var sequenceSlack: Int { 35 }

/// Which of eight sequences of four bytes may begin in the first `count` bytes, a bit each: those for which each byte has the sequence's bit
/// both in the table of its low half and in that of its high half.
///
/// Linear, 32 bytes at a time; allocates nothing. Requires that `count + sequenceSlack` bytes can be read at `base` and `sequenceTablesBytes`
/// at `tables`.
public func sequencesMet(_ tables: UnsafePointer<UInt8>, in base: UnsafePointer<UInt8>, count: Int) -> UInt8 {
  unsafe sluice_meet_sequences(base, count, tables)
}

/// A bit for each of `count` bytes, 64 at most, that is an ASCII letter or digit. Bits behind them may be set too.
///
/// Requires that `readable` bytes can be read at `start`, `count` at least.
@inlinable
@inline(__always)
public func lettersAndDigits(_ start: UnsafePointer<UInt8>, count: Int, readable: Int) -> UInt64 {
  unsafe sluice_letters_and_digits(start, count, readable)
}

/// How many of the first 16 bytes at `start` are ASCII from 0x21 on and none of comma, quote and backslash. Requires 16 readable bytes.
@inlinable
@inline(__always)
public func plainBytesOfWord(_ start: UnsafePointer<UInt8>) -> Int {
  unsafe Int(sluice_plain_of_word(sluice_load(start)))
}

/// The position of the last `byte` before `end`, or -1.
///
/// Linear in the distance; allocates nothing. Requires `0 <= end <= bytes.count`.
public func lastIndex(of byte: UInt8, in bytes: Span<UInt8>, before end: Int) -> Int {
  precondition(end >= 0 && end <= bytes.count, "search ends outside of the bytes")
  return unsafe bytes.withUnsafeBufferPointer { buffer in
    unsafe sluice_find_last(buffer.baseAddress, end, byte)
  }
}

/// Whether `prefix` stands in `bytes` at `position`. An empty prefix stands everywhere, at the end too.
///
/// Linear in the prefix; allocates nothing. Requires `position >= 0`; beyond the end nothing stands.
@inlinable
public func hasPrefix(_ prefix: Span<UInt8>, in bytes: Span<UInt8>, at position: Int) -> Bool {
  precondition(position >= 0, "position before the bytes")
  let length = prefix.count
  if bytes.count &- position < length { return false }
  var offset = 0
  while offset < length {
    // offset < prefix.count and position + offset < bytes.count.
    if unsafe prefix[unchecked: offset] != bytes[unchecked: position &+ offset] { return false }
    offset &+= 1
  }
  return true
}

/// How many bytes are control bytes (0x00 to 0x1f and 0x7f) other than tab, line feed, carriage return and escape.
///
/// Linear, 16 or 32 bytes at a time; allocates nothing.
public func countControlBytes(_ text: Span<UInt8>) -> Int {
  unsafe text.withUnsafeBufferPointer { buffer in
    unsafe Int(sluice_count_control(buffer.baseAddress, buffer.count))
  }
}
