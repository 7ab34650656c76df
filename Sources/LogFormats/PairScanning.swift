import LogBytes
import LogEntries

/// What stands before the value of a pair, ` (key "`, or all of one without a value, ` (key)`: pairs come in a few kinds, and those of a
/// list mostly in the same order.
struct PairHead: BitwiseCopyable {
  /// Longer ones are not remembered.
  static let maximumCount = 32

  var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  var masks: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  /// Its bytes.
  var count: Int32 = 0
  /// The head that stood behind it last; -1 for none.
  var next: Int32 = -1
  /// There is no value.
  var isBare = false

  /// Requires a head of at most `maximumCount` bytes in the text.
  init(_ text: borrowing MatchText, from: Int, count: Int, isBare: Bool) {
    func mask(_ first: Int) -> UInt64 {
      let bytes = count - first
      return bytes >= 8 ? ~0 : bytes <= 0 ? 0 : (1 << UInt64(8 * bytes)) - 1
    }
    masks = (mask(0), mask(8), mask(16), mask(24))
    words.0 = text.word(at: from) & masks.0
    if count > 8 { words.1 = text.word(at: from + 8) & masks.1 }
    if count > 16 { words.2 = text.word(at: from + 16) & masks.2 }
    if count > 24 { words.3 = text.word(at: from + 24) & masks.3 }
    self.count = Int32(count)
    self.isBare = isBare
  }

  /// Where the key stands in the head.
  var key: Range<Int> { 2..<Int(count) - (isBare ? 1 : 2) }
}

/// A pair of the list that was read last.
struct PairItem: BitwiseCopyable {
  /// The number of its head.
  var head: UInt32
  /// Without quotes; where the pair ends if there is none.
  var value: FieldSlice
}

/// Reads lists of the type `pairs`, and remembers the heads that it met: a pair that follows another as it did before costs a comparison of
/// its head and a look at the bitmap of quotes.
package struct PairScanning: ~Copyable {
  static let greatestHeads = 32
  /// So many pairs that are not remembered for want of room let all heads be forgotten.
  private static let greatestMisses = 256
  /// By the instruction that reads the list: the head that stood first.
  private static let firstCount = 16

  var heads = ReusedBuffer<PairHead>(capacity: greatestHeads)
  private var firsts = ReusedBuffer<Int32>(capacity: firstCount)
  private var misses = 0
  /// Counts how often all heads were forgotten.
  private(set) var generation = 0
  /// The list that was read last: where it begins, its pairs, and whether all of them have a head that is remembered.
  private(set) var start = -1
  private(set) var items = ReusedBuffer<PairItem>(capacity: 16)
  private(set) var isKnown = false

  init() {
    firsts.extend(to: Self.firstCount, with: -1)
  }

  /// Where the list ends that stands at `at`, as `StrictScanning.scanPairs` says.
  mutating func scan(_ counter: Int, _ text: borrowing MatchText, _ at: Int, _ end: Int) -> Int {
    if misses > Self.greatestMisses { forget() }
    items.removeAll()
    start = at
    isKnown = true
    var place = at
    if at < end {
      // No pair holds a line feed.
      let limit = text.nextBit(class: ChunkBitmaps.lineFeed, from: at, limit: end)
      var before = -1
      var head = Int(firsts[counter & (Self.firstCount &- 1)])
      while place &+ 3 < limit {
        if head < 0 || !stands(head, text, place, limit) {
          head = findHead(text, place, limit)
          if head == Self.noPair { break }
          if head == Self.unknown {
            isKnown = false
            guard let pair = ListReading.pair(text.bytes.extracting(first: limit), place) else { break }
            place = pair.end
            continue
          }
          if before >= 0 { heads[before].next = Int32(head) } else { firsts[counter & (Self.firstCount &- 1)] = Int32(head) }
        }
        let value = place &+ Int(heads[head].count)
        if heads[head].isBare {
          items.append(PairItem(head: UInt32(truncatingIfNeeded: head), value: FieldSlice(value, value)))
          place = value
        } else {
          let quote = text.nextBit(class: ChunkBitmaps.quote, from: value, limit: limit)
          guard quote &+ 1 < limit, text[quote &+ 1] == ASCII.rightParenthesis else { break }
          items.append(PairItem(head: UInt32(truncatingIfNeeded: head), value: FieldSlice(value, quote)))
          place = quote &+ 2
        }
        before = head
        head = Int(heads[head].next)
      }
    }
    var blanks = place
    while blanks < end, Matcher.isBlank(text[blanks]) { blanks &+= 1 }
    return blanks == end ? blanks : place
  }

  @inline(__always)
  private func stands(_ head: Int, _ text: borrowing MatchText, _ at: Int, _ limit: Int) -> Bool {
    let count = Int(heads[head].count)
    guard at &+ count <= limit else { return false }
    var difference = (text.word(at: at) ^ heads[head].words.0) & heads[head].masks.0
    if count > 8 { difference |= (text.word(at: at &+ 8) ^ heads[head].words.1) & heads[head].masks.1 }
    if count > 16 { difference |= (text.word(at: at &+ 16) ^ heads[head].words.2) & heads[head].masks.2 }
    if count > 24 { difference |= (text.word(at: at &+ 24) ^ heads[head].words.3) & heads[head].masks.3 }
    return difference == 0
  }

  private static let noPair = -1
  private static let unknown = -2

  /// The head that stands at `at`, which is remembered from now on; `noPair` if none does, `unknown` if there is no room for it. What follows
  /// the head of a pair with a value was not looked at.
  @inline(never)
  private mutating func findHead(_ text: borrowing MatchText, _ at: Int, _ limit: Int) -> Int {
    guard text[at] == ASCII.blank, text[at + 1] == ASCII.leftParenthesis else { return Self.noPair }
    let keyEnd = text.firstIndex(ofAny: Self.keyEnds, from: at + 2, limit: limit)
    guard keyEnd > at + 2, keyEnd < limit else { return Self.noPair }
    let isBare = text[keyEnd] == ASCII.rightParenthesis
    if !isBare {
      guard keyEnd + 1 < limit, text[keyEnd] == ASCII.blank, text[keyEnd + 1] == ASCII.quote else { return Self.noPair }
    }
    let count = keyEnd + (isBare ? 1 : 2) - at
    if count > PairHead.maximumCount { return Self.unknown }
    for head in heads.indices where Int(heads[head].count) == count && stands(head, text, at, limit) { return head }
    guard heads.count < Self.greatestHeads else {
      misses += 1
      return Self.unknown
    }
    heads.append(PairHead(text, from: at, count: count, isBare: isBare))
    return heads.count - 1
  }

  /// Blank, parentheses and quote.
  private static let keyEnds: UInt32 = 0x2028_2922

  private mutating func forget() {
    misses = 0
    generation += 1
    heads.removeAll()
    for index in firsts.indices { firsts[index] = -1 }
  }
}
