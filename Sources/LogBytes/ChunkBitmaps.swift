internal import CByteKernels

/// Where the bytes that matter stand in a chunk of text: one bit a byte and class, made by one call a chunk and walked by `nextBit`.
///
/// The words of the classes are interleaved, so that what a matcher asks about one place of the text lies on one cache line: the
/// word of class `c` for the 64-byte block `b` is `words[b * ChunkBitmaps.classes + c]`, its bit `i` stands for byte `64 * b + i`.
/// Bits behind the end of the text are 0. The room is kept from one chunk to the next.
public struct ChunkBitmaps: ~Copyable {
  /// The number of classes.
  public static let classes = 4
  /// The class of the line feed.
  public static let lineFeed = 0
  /// The class of blank and tab.
  public static let blank = 1
  /// The class of `"`.
  public static let quote = 2
  /// The class of what a JSON string cannot hold as it is, or what is not ASCII: below 0x20, from 0x80, `"` and `\`.
  public static let special = 3

  private var storage: [UInt64] = []
  private var used = 0
  /// The text that was classified last holds an ESC.
  public private(set) var hasEscapes = false

  public init() {}

  /// Replaces the bitmaps by those of `text`; a span of them counts from its first byte.
  ///
  /// Linear; allocates only if no earlier text was as long. Takes half a byte of memory for each byte of text.
  public mutating func classify(_ text: Span<UInt8>) {
    let blocks = (text.count + 63) / 64
    used = blocks * Self.classes
    if storage.count < used {
      storage = Array(repeating: 0, count: max(used, storage.count * 2))
    }
    // The kernel writes `used` words, and storage has as many.
    hasEscapes = unsafe storage.withUnsafeMutableBufferPointer { words in
      unsafe text.withUnsafeBufferPointer { bytes in
        unsafe sluice_classify(bytes.baseAddress, bytes.count, words.baseAddress)
      }
    }
  }

  /// The words of the text that was classified last.
  public var words: Span<UInt64> {
    @_lifetime(borrow self)
    get { storage.span.extracting(first: used) }
  }
}

/// The first marked position of a class in `start ..< limit`, or `limit` if there is none.
///
/// Linear in the distance, 64 positions at a time. `words` are those of a `ChunkBitmaps`; requires `start >= 0` and `limit` to be
/// within the text.
@inlinable
public func nextBit(class index: Int, in words: Span<UInt64>, from start: Int, limit: Int) -> Int {
  if start >= limit { return limit }
  precondition(start >= 0 && index >= 0 && index < 4, "no such position or class")
  precondition((limit &- 1) &>> 6 &* 4 &+ 3 < words.count, "limit outside of the classified text")
  var block = start &>> 6
  let lastBlock = (limit &- 1) &>> 6
  // Every block up to lastBlock is within words, as the preconditions say.
  var word = unsafe words[unchecked: block &* 4 &+ index] & (~0 &<< UInt64(truncatingIfNeeded: start))
  while word == 0 {
    if block == lastBlock { return limit }
    block &+= 1
    word = unsafe words[unchecked: block &* 4 &+ index]
  }
  let position = block &<< 6 &+ word.trailingZeroBitCount
  return position < limit ? position : limit
}
