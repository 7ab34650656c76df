/// A range of bytes, 8 bytes wide: where a field stands in its buffer. Buffers hold less than 4 GiB.
@frozen
public struct FieldSlice: Sendable, Hashable {
  public var start: UInt32
  public var end: UInt32

  /// Requires `0 <= start <= end < 2^32`.
  @inlinable
  public init(_ start: Int, _ end: Int) {
    self.start = UInt32(truncatingIfNeeded: start)
    self.end = UInt32(truncatingIfNeeded: end)
  }

  @inlinable
  @inline(__always)
  public var count: Int { Int(end) &- Int(start) }

  @inlinable
  @inline(__always)
  public var isEmpty: Bool { start == end }

  @inlinable
  @inline(__always)
  public var range: Range<Int> {
    // `init` requires the order.
    unsafe Range(uncheckedBounds: (Int(start), Int(end)))
  }
}
