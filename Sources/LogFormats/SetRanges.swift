import LogBytes

/// A set of bytes as a few ranges, so that 16 bytes of a text are looked at together: most sets of patterns are letters, digits and two or
/// three signs.
struct SetRanges {
  /// More do not pay.
  static let greatestCount = 4
  /// Two blocks a range: its first byte, and how far its last is from that, in every place.
  static let blocks = 2 * greatestCount

  /// nil for a set of more ranges.
  private let ranges: [ClosedRange<UInt8>]?

  init(_ set: ByteSet) {
    var ranges: [ClosedRange<UInt8>] = []
    for byte in set.members {
      if let last = ranges.last, last.upperBound < .max, last.upperBound + 1 == byte {
        ranges[ranges.count - 1] = last.lowerBound...byte
      } else {
        ranges.append(byte...byte)
      }
    }
    self.ranges = ranges.isEmpty || ranges.count > Self.greatestCount ? nil : ranges
  }

  var isThere: Bool { ranges != nil }

  /// As `MatchText.countInside` reads them; the last range stands in for those that are not there.
  var vectors: [SIMD16<UInt8>] {
    guard let ranges, let last = ranges.last else { return [SIMD16<UInt8>](repeating: SIMD16(repeating: 0), count: Self.blocks) }
    let all = ranges + [ClosedRange<UInt8>](repeating: last, count: Self.greatestCount - ranges.count)
    return all.flatMap { [SIMD16(repeating: $0.lowerBound), SIMD16(repeating: $0.upperBound - $0.lowerBound)] }
  }
}

extension MatchText {
  /// How many of the 16 bytes from `index` on are in a set, up to the first that is not. `ranges[first...]` are the set's. Requires 16 bytes.
  @inline(__always)
  func countInside(_ ranges: Pool<SIMD16<UInt8>>, _ first: Int, from index: Int) -> Int {
    let block = block(at: index)
    let inside =
      (block &- ranges[first] .<= ranges[first &+ 1]) .| (block &- ranges[first &+ 2] .<= ranges[first &+ 3])
      .| (block &- ranges[first &+ 4] .<= ranges[first &+ 5]) .| (block &- ranges[first &+ 6] .<= ranges[first &+ 7])
    let halves = unsafe unsafeBitCast(inside, to: SIMD2<UInt64>.self)
    let low = ~halves[0]
    if low != 0 { return low.trailingZeroBitCount &>> 3 }
    return 8 &+ (~halves[1]).trailingZeroBitCount &>> 3
  }
}
