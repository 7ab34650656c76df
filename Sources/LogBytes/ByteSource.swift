/// Bytes that a cursor copies from: a span, and how many bytes can be read at its start, which may be more.
@frozen
@safe
public struct ByteSource: ~Escapable {
  @usableFromInline let base: UnsafePointer<UInt8>
  @usableFromInline let count: Int
  @usableFromInline let readable: Int

  @_lifetime(copy bytes)
  @inlinable
  @inline(__always)
  public init(_ bytes: Span<UInt8>) {
    // The pointer is used as long as the span lives, whose lifetime this value has.
    unsafe base = bytes.withUnsafeBufferPointer { buffer in unsafe buffer.baseAddress ?? UnsafePointer(bitPattern: 8)! }
    count = bytes.count
    readable = bytes.count
  }

  /// The bytes of an output, behind which its slack can be read.
  @_lifetime(borrow output)
  @inlinable
  @inline(__always)
  public init(_ output: borrowing ByteOutput) {
    unsafe base = UnsafePointer(output.base)
    count = output.count
    readable = output.capacity + ByteOutput.slack
  }

  /// An integer that JSON takes as it stands and a double holds: no plus, no zero in front, at most 15 digits. False for other numbers.
  @inlinable
  @inline(__always)
  public func isPlainInteger(_ start: Int, count length: Int) -> Bool {
    assert(start >= 0 && length > 0 && start &+ length <= count, "beyond the bytes")
    let first = unsafe base[start]
    if first &- (ASCII.zero &+ 1) < 9 { return length <= 15 }
    if length == 1 { return first == ASCII.zero }
    let second = unsafe base[start &+ 1]
    return first == ASCII.minus && length <= 16 && second &- (ASCII.zero &+ 1) < 9
  }

  /// A decimal number, of digits and a dot between them behind a sign or none, that JSON takes as it stands. False for other numbers.
  @inlinable
  public func isPlainDecimal(_ start: Int, count length: Int) -> Bool {
    assert(start >= 0 && length > 0 && start &+ length <= count, "beyond the bytes")
    let end = start &+ length
    let first = unsafe base[start] == ASCII.minus ? start &+ 1 : start
    var at = first
    while at < end, unsafe base[at] &- ASCII.zero < 10 { at &+= 1 }
    if at == first { return false }
    let hasZero = unsafe base[first] == ASCII.zero
    if hasZero, at > first &+ 1 { return false }
    if at == end { return at &- first <= 15 }
    guard unsafe base[at] == ASCII.dot, at &+ 1 < end else { return false }
    at &+= 1
    while at < end, unsafe base[at] &- ASCII.zero < 10 { at &+= 1 }
    return at == end
  }

  /// The distance of the `:` behind an IPv4 address, as far as digits and dots show one; -1 if there is none.
  @inlinable
  public func colonBehindAddress(_ start: Int, count length: Int) -> Int {
    assert(start >= 0 && length > 0 && start &+ length <= count, "beyond the bytes")
    var distance = 0
    while distance < length &- 1 {
      let byte = unsafe base[start &+ distance]
      if byte == ASCII.colon { return distance }
      if byte != ASCII.dot, byte &- ASCII.zero > 9 { return -1 }
      distance &+= 1
    }
    return -1
  }
}
