/// A set of byte values, as four words: the class of a run, or the bytes with which something can begin.
@frozen
public struct ByteSet: Sendable, Hashable {
  @usableFromInline var words: (UInt64, UInt64, UInt64, UInt64)

  /// The empty set.
  @inlinable
  public init() {
    words = (0, 0, 0, 0)
  }

  @inlinable
  public init(_ bytes: some Sequence<UInt8>) {
    self.init()
    for byte in bytes { insert(byte) }
  }

  /// All from one byte to another. Constant time: formats are compiled with many of these.
  public init(_ range: ClosedRange<UInt8>) {
    self.init()
    words = (
      Self.word(range, 0), Self.word(range, 64), Self.word(range, 128), Self.word(range, 192)
    )
  }

  /// The bits of a range in the word that begins with a byte.
  private static func word(_ range: ClosedRange<UInt8>, _ first: Int) -> UInt64 {
    let lower = max(0, Int(range.lowerBound) - first)
    let upper = min(63, Int(range.upperBound) - first)
    return lower > upper ? 0 : ~0 << UInt64(lower) & ~0 >> UInt64(63 - upper)
  }

  /// The ASCII characters of a text.
  public init(_ text: StaticString) {
    self.init(String(describing: text).utf8)
  }

  public static let all = ByteSet(UInt8.min...UInt8.max)

  /// Constant time.
  @inlinable
  public func contains(_ byte: UInt8) -> Bool {
    let bit = UInt64(1) &<< UInt64(byte & 63)
    switch byte &>> 6 {
    case 0: return words.0 & bit != 0
    case 1: return words.1 & bit != 0
    case 2: return words.2 & bit != 0
    default: return words.3 & bit != 0
    }
  }

  @inlinable
  public mutating func insert(_ byte: UInt8) {
    let bit = UInt64(1) &<< UInt64(byte & 63)
    switch byte &>> 6 {
    case 0: words.0 |= bit
    case 1: words.1 |= bit
    case 2: words.2 |= bit
    default: words.3 |= bit
    }
  }

  public mutating func remove(_ byte: UInt8) {
    self = subtracting(ByteSet(CollectionOfOne(byte)))
  }

  @inlinable
  public mutating func formUnion(_ other: ByteSet) {
    words.0 |= other.words.0
    words.1 |= other.words.1
    words.2 |= other.words.2
    words.3 |= other.words.3
  }

  @inlinable
  public func union(_ other: ByteSet) -> ByteSet {
    var result = self
    result.formUnion(other)
    return result
  }

  @inlinable
  public func intersection(_ other: ByteSet) -> ByteSet {
    var result = ByteSet()
    result.words.0 = words.0 & other.words.0
    result.words.1 = words.1 & other.words.1
    result.words.2 = words.2 & other.words.2
    result.words.3 = words.3 & other.words.3
    return result
  }

  @inlinable
  public var inverted: ByteSet {
    var result = ByteSet()
    result.words = (~words.0, ~words.1, ~words.2, ~words.3)
    return result
  }

  @inlinable
  public func subtracting(_ other: ByteSet) -> ByteSet {
    intersection(other.inverted)
  }

  @inlinable
  public func isDisjoint(with other: ByteSet) -> Bool {
    intersection(other).isEmpty
  }

  @inlinable
  public var isEmpty: Bool {
    words.0 | words.1 | words.2 | words.3 == 0
  }

  @inlinable
  public var count: Int {
    words.0.nonzeroBitCount + words.1.nonzeroBitCount + words.2.nonzeroBitCount + words.3.nonzeroBitCount
  }

  /// Removes and gives the least member; nil if there is none. Constant time.
  @inlinable
  public mutating func popFirst() -> UInt8? {
    if words.0 != 0 {
      let bit = words.0.trailingZeroBitCount
      words.0 &= words.0 &- 1
      return UInt8(truncatingIfNeeded: bit)
    }
    if words.1 != 0 {
      let bit = words.1.trailingZeroBitCount
      words.1 &= words.1 &- 1
      return UInt8(truncatingIfNeeded: bit &+ 64)
    }
    if words.2 != 0 {
      let bit = words.2.trailingZeroBitCount
      words.2 &= words.2 &- 1
      return UInt8(truncatingIfNeeded: bit &+ 128)
    }
    if words.3 != 0 {
      let bit = words.3.trailingZeroBitCount
      words.3 &= words.3 &- 1
      return UInt8(truncatingIfNeeded: bit &+ 192)
    }
    return nil
  }

  /// The members in ascending order.
  public var members: [UInt8] {
    var found: [UInt8] = []
    found.reserveCapacity(count)
    for (index, word) in [words.0, words.1, words.2, words.3].enumerated() {
      var rest = word
      while rest != 0 {
        found.append(UInt8(64 * index + rest.trailingZeroBitCount))
        rest &= rest - 1
      }
    }
    return found
  }

  @inlinable
  public static func == (left: ByteSet, right: ByteSet) -> Bool {
    left.words.0 == right.words.0 && left.words.1 == right.words.1 && left.words.2 == right.words.2 && left.words.3 == right.words.3
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
    hasher.combine(words.2)
    hasher.combine(words.3)
  }
}
