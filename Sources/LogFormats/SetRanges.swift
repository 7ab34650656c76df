import LogBytes

/// A set of bytes as a few ranges, or as a few bytes that it lacks, so that 16 bytes of a text are looked at together: most sets of patterns
/// are letters, digits and two or three signs, or all but a few signs.
struct SetRanges {
  /// More do not pay.
  static let greatestCount = 4
  /// Two blocks a range: its first byte, and how far its last is from that, in every place; and a block for each byte that the set lacks.
  static let blocks = 3 * greatestCount

  /// How a set's blocks are to be used: not at all, as the ranges of what is inside, or as all that is outside but for LF, which a text of
  /// one line does not hold.
  enum Use: UInt8 {
    case none, inside, outside
  }

  /// nil for a set of more ranges.
  private let ranges: [ClosedRange<UInt8>]?
  /// nil for a set that lacks more bytes.
  private let others: [UInt8]?

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
    let others = set.inverted.subtracting(ByteSet([ASCII.lineFeed])).members
    self.others = others.isEmpty || others.count > Self.greatestCount ? nil : others
  }

  func use(isMultiline: Bool) -> Use {
    !isMultiline && others != nil ? .outside : ranges != nil ? .inside : .none
  }

  /// The blocks, of which each is one byte sixteen times; the last stands in for those that are not there.
  var bytes: [UInt8] {
    let ranges = Self.filled(self.ranges, or: 0...0)
    return ranges.flatMap { [$0.lowerBound, $0.upperBound - $0.lowerBound] } + Self.filled(others, or: 0)
  }

  private static func filled<Element>(_ some: [Element]?, or nothing: Element) -> [Element] {
    let some = some ?? [nothing]
    return some + [Element](repeating: some[some.count - 1], count: greatestCount - some.count)
  }
}

extension MatchText {
  /// How many of the 16 bytes from `index` on are in a set, up to the first that is not. `ranges[first...]` are the set's, to be used as
  /// `SetRanges.Use` says. Requires 16 bytes.
  @inline(__always)
  func countInside(_ ranges: Pool<SIMD16<UInt8>>, _ first: Int, use: UInt8, from index: Int) -> Int {
    let block = block(at: index)
    if use == SetRanges.Use.outside.rawValue {
      let outside =
        (block .== ranges[first &+ 8]) .| (block .== ranges[first &+ 9]) .| (block .== ranges[first &+ 10])
        .| (block .== ranges[first &+ 11])
      let halves = unsafe unsafeBitCast(outside, to: SIMD2<UInt64>.self)
      return halves[0] != 0 ? halves[0].trailingZeroBitCount &>> 3 : 8 &+ halves[1].trailingZeroBitCount &>> 3
    }
    let inside =
      (block &- ranges[first] .<= ranges[first &+ 1]) .| (block &- ranges[first &+ 2] .<= ranges[first &+ 3])
      .| (block &- ranges[first &+ 4] .<= ranges[first &+ 5]) .| (block &- ranges[first &+ 6] .<= ranges[first &+ 7])
    let halves = unsafe unsafeBitCast(inside, to: SIMD2<UInt64>.self)
    let low = ~halves[0]
    if low != 0 { return low.trailingZeroBitCount &>> 3 }
    return 8 &+ (~halves[1]).trailingZeroBitCount &>> 3
  }
}
