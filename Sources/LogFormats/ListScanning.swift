import LogBytes
import LogEntries

/// What stands before the value of an item: ` (key "` in a list of pairs (or all of one without a value, ` (key)`), `[id key="`, ` key="`
/// or `][id key="` in structured data. Items come in a few kinds, and those of a list mostly in the same order.
struct ItemHead: BitwiseCopyable {
  /// Longer ones are not remembered.
  static let maximumCount = 48

  var words: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0)
  /// Which bits of the last word with bytes of the head count.
  var lastMask: UInt64 = 0
  /// Its bytes.
  var count: Int32 = 0
  /// The head that stood behind it last; -1 for none.
  var next: Int32 = -1
  /// Where the key stands in it.
  var keyStart: Int32 = 0
  var keyEnd: Int32 = 0
  /// There is no value.
  var isBare = false

  /// Requires a head of at most `maximumCount` bytes in the text, and of at least one.
  init(_ text: borrowing MatchText, from: Int, count: Int, key: Range<Int>, isBare: Bool) {
    let bytes = (count - 1) & 7 + 1
    lastMask = bytes == 8 ? ~0 : (1 << UInt64(8 * bytes)) - 1
    func word(_ number: Int) -> UInt64 {
      let first = 8 * number
      return first >= count ? 0 : first + 8 >= count ? text.word(at: from + first) & lastMask : text.word(at: from + first)
    }
    words = (word(0), word(1), word(2), word(3), word(4), word(5))
    self.count = Int32(count)
    keyStart = Int32(key.lowerBound - from)
    keyEnd = Int32(key.upperBound - from)
    self.isBare = isBare
  }
}

/// An item of the list that was read last.
struct ScannedItem: BitwiseCopyable {
  enum Value: UInt8, BitwiseCopyable {
    /// Bytes that a JSON string may have to escape or repair.
    case text
    /// Bytes that are the inside of a JSON string as they stand.
    case raw
    /// Bytes with escapes of the list's type.
    case escaped
    /// None: the item is `true`.
    case none
  }

  /// Without quotes; where the item ends if there is none.
  var slice: FieldSlice
  /// The number of its head.
  var head: UInt16
  var value: Value
}

/// Reads lists of the types `pairs` and `data`, and remembers the heads that it met: an item that follows another as it did before costs a
/// comparison of its head and a look at the bitmap of bytes that JSON escapes.
package struct ListScanning: ~Copyable {
  /// One bit each in the words of those that ask which heads a list has.
  static let greatestHeads = 64
  /// So many items that are not remembered for want of room let all heads be forgotten.
  private static let greatestMisses = 256
  /// The head that stood first: of pairs by the instruction that reads the list, of structured data by its first bytes.
  private static let firstCount = 16

  var heads = ReusedBuffer<ItemHead>(capacity: greatestHeads)
  private var firsts = ReusedBuffer<Int32>(capacity: 2 * firstCount)
  private var misses = 0
  /// Counts how often all heads were forgotten.
  private(set) var generation = 0
  /// The list that was read last: where it stands, its items, and whether all of them have a head that is remembered.
  private(set) var list = SlotBuffer.absent
  private(set) var items = ReusedBuffer<ScannedItem>(capacity: 16)
  private(set) var isKnown = false

  init() {
    firsts.extend(to: 2 * Self.firstCount, with: -1)
  }

  private mutating func begin() {
    if misses > Self.greatestMisses { forget() }
    items.removeAll()
    isKnown = true
  }

  // MARK: Pairs

  /// Where the list of pairs ends that stands at `at`, as `StrictScanning.scanPairs` says.
  mutating func scanPairs(_ counter: Int, _ text: borrowing MatchText, _ at: Int, _ end: Int) -> Int {
    begin()
    var place = at
    if at < end {
      // No pair holds a line feed.
      let limit = text.nextBit(class: ChunkBitmaps.lineFeed, from: at, limit: end)
      let first = counter & (Self.firstCount &- 1)
      var before = -1
      var head = Int(firsts[first])
      while place &+ 3 < limit {
        if head < 0 || !stands(head, text, place, limit) {
          head = findPairHead(text, place, limit)
          if head == Self.noItem { break }
          if head == Self.unknown {
            isKnown = false
            guard let pair = ListReading.pair(text.bytes.extracting(first: limit), place) else { break }
            place = pair.end
            continue
          }
          if before >= 0 { heads[before].next = Int32(head) } else { firsts[first] = Int32(head) }
        }
        let value = place &+ Int(heads[head].count)
        if heads[head].isBare {
          append(head, FieldSlice(value, value), .none)
          place = value
        } else {
          var quote = text.nextBit(class: ChunkBitmaps.special, from: value, limit: limit)
          let isRaw = quote < limit && text[quote] == ASCII.quote
          if !isRaw { quote = text.nextBit(class: ChunkBitmaps.quote, from: quote, limit: limit) }
          guard quote &+ 1 < limit, text[quote &+ 1] == ASCII.rightParenthesis else { break }
          append(head, FieldSlice(value, quote), isRaw ? .raw : .text)
          place = quote &+ 2
        }
        before = head
        head = Int(heads[head].next)
      }
    }
    var blanks = place
    while blanks < end, Matcher.isBlank(text[blanks]) { blanks &+= 1 }
    if blanks == end { place = blanks }
    list = FieldSlice(at, place)
    return place
  }

  /// The head that stands at `at`, which is remembered from now on; `noItem` if none does, `unknown` if there is no room for it. What follows
  /// the head of a pair with a value was not looked at.
  @inline(never)
  private mutating func findPairHead(_ text: borrowing MatchText, _ at: Int, _ limit: Int) -> Int {
    guard text[at] == ASCII.blank, text[at + 1] == ASCII.leftParenthesis else { return Self.noItem }
    let keyEnd = text.firstIndex(ofAny: Self.pairKeyEnds, from: at + 2, limit: limit)
    guard keyEnd > at + 2, keyEnd < limit else { return Self.noItem }
    let isBare = text[keyEnd] == ASCII.rightParenthesis
    if !isBare {
      guard keyEnd + 1 < limit, text[keyEnd] == ASCII.blank, text[keyEnd + 1] == ASCII.quote else { return Self.noItem }
    }
    return remember(text, at, keyEnd + (isBare ? 1 : 2), key: at + 2..<keyEnd, isBare: isBare)
  }

  /// Blank, parentheses and quote.
  private static let pairKeyEnds: UInt32 = 0x2028_2922

  // MARK: Structured data

  /// Where the structured data ends that stands at `at`, as `StrictScanning.scanStructuredData` says.
  mutating func scanData(_ text: borrowing MatchText, _ at: Int, _ end: Int) -> Int {
    begin()
    var next = at &+ 1
    if at >= end {
      next = -1
    } else if text[at] != ASCII.minus {
      next = scanElements(text, at, end)
      if next < 0 {
        // It is not well formed, or a head is not remembered.
        isKnown = false
        next = StrictScanning.scanStructuredData(text.bytes.extracting(first: end), at)
      }
    }
    list = next < 0 ? SlotBuffer.absent : FieldSlice(at, next)
    return next
  }

  /// The same for elements that all have parameters with heads that are remembered, and are well formed; -1 for any other.
  @inline(__always)
  private mutating func scanElements(_ text: borrowing MatchText, _ at: Int, _ end: Int) -> Int {
    let first = Self.firstCount &+ Int(truncatingIfNeeded: (text.word(at: at) &* 0x9e37_79b9_7f4a_7c15) &>> 60)
    var place = at
    var before = -1
    var head = Int(firsts[first])
    while true {
      if head < 0 || !stands(head, text, place, end) {
        head = findDataHead(text, place, end, isFirst: before < 0)
        if head < 0 { return -1 }
        if before >= 0 { heads[before].next = Int32(head) } else { firsts[first] = Int32(head) }
      }
      let value = place &+ Int(heads[head].count)
      var quote = text.nextBit(class: ChunkBitmaps.special, from: value, limit: end)
      if quote == end { return -1 }
      if text[quote] == ASCII.quote {
        append(head, FieldSlice(value, quote), .raw)
      } else {
        let look = Self.look(text, quote, end)
        quote = look.end
        if quote < 0 { return -1 }
        append(head, FieldSlice(value, quote), look.value)
      }
      place = quote &+ 1
      if place == end { return -1 }
      if text[place] == ASCII.rightBracket, place &+ 1 == end || text[place &+ 1] != ASCII.leftBracket { return place &+ 1 }
      before = head
      head = Int(heads[head].next)
    }
  }

  /// Where a quoted value ends of which the bytes before `at` need no look, as `StrictScanning.scanQuoted` says, and what it is.
  @inline(never)
  private static func look(_ text: borrowing MatchText, _ at: Int, _ end: Int) -> (end: Int, value: ScannedItem.Value) {
    var hasEscapes = false
    var isRaw = true
    var place = at
    while place < end {
      switch text[place] {
      case ASCII.quote: return (place, isRaw ? .raw : hasEscapes ? .escaped : .text)
      case ASCII.lineFeed: return (-1, .text)
      case ASCII.backslash:
        guard place &+ 1 < end, text[place &+ 1] != ASCII.lineFeed else { return (-1, .text) }
        hasEscapes = true
        // JSON writes these two escapes in the same way.
        if text[place &+ 1] != ASCII.quote, text[place &+ 1] != ASCII.backslash { isRaw = false }
        place &+= 2
      default:
        isRaw = false
        place &+= 1
      }
      place = text.nextBit(class: ChunkBitmaps.special, from: place, limit: end)
    }
    return (-1, .text)
  }

  /// The head that stands at `at`, which is remembered from now on; negative if none does, or if there is no room for it.
  @inline(never)
  private mutating func findDataHead(_ text: borrowing MatchText, _ at: Int, _ end: Int, isFirst: Bool) -> Int {
    // The first element begins the data; another stands behind the end of the one before.
    guard isFirst == (text[at] == ASCII.leftBracket) else { return Self.noItem }
    let view = text.bytes.extracting(first: end)
    var place = at
    if text[place] == ASCII.rightBracket { place += 1 }
    if place < end, text[place] == ASCII.leftBracket {
      let name = place + 1
      place = ListReading.structuredNameEnd(view, name)
      if place == name { return Self.noItem }
    } else if place > at {
      return Self.noItem
    }
    guard place < end, text[place] == ASCII.blank else { return Self.noItem }
    let key = place + 1
    let keyEnd = ListReading.structuredNameEnd(view, key)
    guard keyEnd > key, keyEnd + 1 < end, text[keyEnd] == ASCII.equals, text[keyEnd + 1] == ASCII.quote else { return Self.noItem }
    return remember(text, at, keyEnd + 2, key: key..<keyEnd, isBare: false)
  }

  // MARK: Heads

  @inline(__always)
  private mutating func append(_ head: Int, _ slice: FieldSlice, _ value: ScannedItem.Value) {
    items.append(ScannedItem(slice: slice, head: UInt16(truncatingIfNeeded: head), value: value))
  }

  // Mutating, like `standsFromThird`: a struct that is lent to a function that is not would be copied.
  @inline(__always)
  private mutating func stands(_ head: Int, _ text: borrowing MatchText, _ at: Int, _ limit: Int) -> Bool {
    let count = Int(heads[head].count)
    guard at &+ count <= limit else { return false }
    let mask = heads[head].lastMask
    if count <= 8 { return text.word(at: at) & mask == heads[head].words.0 }
    if text.word(at: at) != heads[head].words.0 { return false }
    if count <= 16 { return text.word(at: at &+ 8) & mask == heads[head].words.1 }
    if text.word(at: at &+ 8) != heads[head].words.1 { return false }
    if count <= 24 { return text.word(at: at &+ 16) & mask == heads[head].words.2 }
    return standsFromThird(head, text, at)
  }

  /// The same for a long head, of which the first two words stand there.
  @inline(never)
  private mutating func standsFromThird(_ head: Int, _ text: borrowing MatchText, _ at: Int) -> Bool {
    let count = Int(heads[head].count)
    let mask = heads[head].lastMask
    let words = heads[head].words
    if text.word(at: at &+ 16) != words.2 { return false }
    if count <= 32 { return text.word(at: at &+ 24) & mask == words.3 }
    if text.word(at: at &+ 24) != words.3 { return false }
    if count <= 40 { return text.word(at: at &+ 32) & mask == words.4 }
    return text.word(at: at &+ 32) == words.4 && text.word(at: at &+ 40) & mask == words.5
  }

  private static let noItem = -1
  private static let unknown = -2

  /// The number of a head, which is remembered from now on; `unknown` if there is no room for it.
  private mutating func remember(_ text: borrowing MatchText, _ at: Int, _ end: Int, key: Range<Int>, isBare: Bool) -> Int {
    if end - at > ItemHead.maximumCount { return Self.unknown }
    for head in heads.indices where Int(heads[head].count) == end - at && stands(head, text, at, end) { return head }
    guard heads.count < Self.greatestHeads else {
      misses += 1
      return Self.unknown
    }
    heads.append(ItemHead(text, from: at, count: end - at, key: key, isBare: isBare))
    return heads.count - 1
  }

  private mutating func forget() {
    misses = 0
    generation += 1
    heads.removeAll()
    for index in firsts.indices { firsts[index] = -1 }
  }
}
