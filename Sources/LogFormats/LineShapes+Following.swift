import LogBytes
import LogEntries
import LogJSON

/// What a line of a known shape holds; its values stand in slots.
struct ShapedValues {
  /// Of `LineShapes`; 0 if the line has no known shape.
  var shape = 0
  /// A bit a value: it goes out as it stands, escapes and all.
  var raw: UInt64 = 0
  /// It holds escapes.
  var escaped: UInt64 = 0
  /// It is made of what stands there: escapes are read, blanks between tokens left out.
  var made: UInt64 = 0
  /// It is as good as absent.
  var nothing: UInt64 = 0
  /// The words behind the last pair; `SlotBuffer.absent` for none.
  var words = SlotBuffer.absent
}

// Both read a line as the long way does, or not at all. They need `LineShapes.readableBehindLine` bytes behind the line.
extension LineShapes {
  static var readableBehindLine: Int { 48 }

  /// The link behind another one whose text stands at `at`; 0 if there is none. With `isObject`, one that opens a string if one begins there.
  @inline(__always)
  private func follow(_ previous: Int, _ text: borrowing MatchText, _ at: Int, _ end: Int, isObject: Bool) -> Int {
    let (first, second) = (text.wholeWord(at: at), text.wholeWord(at: at &+ 8))
    var number = Int(links[previous].following)
    while number != 0 {
      let difference = (first ^ links[number].first) & links[number].firstMask | (second ^ links[number].second) & links[number].secondMask
      if difference == 0, links[number].count <= 16 || Self.hasRest(bytes, links[number], text, at) {
        // What stands behind the line may go on as a link does.
        if at &+ links[number].count > end { return 0 }
        // The same text may lead to a string or to another value.
        if !isObject || links[number].opensString || text[at &+ links[number].count] != ASCII.quote { return number }
      }
      number = Int(links[number].next)
    }
    return 0
  }

  @inline(never)
  private static func hasRest(_ bytes: borrowing ByteOutput, _ link: Link, _ text: borrowing MatchText, _ at: Int) -> Bool {
    hasPrefix(bytes.span.extracting(Int(link.start) + 16..<Int(link.start) + link.count), in: text.bytes, at: at + 16)
  }

  /// Reads a line of pairs.
  mutating func followPairs(_ text: borrowing MatchText, from: Int, end: Int) -> ShapedValues {
    var values = ShapedValues()
    var at = from
    var last = 0
    var slot = 0
    while at < end {
      let number = follow(last, text, at, end, isObject: false)
      if number == 0 { break }
      last = number
      at &+= links[number].count
      let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: slot)
      var start = at
      var valueEnd: Int
      if at < end, text[at] == ASCII.quote {
        start &+= 1
        valueEnd = Self.stringEnd(text, start, end, isObject: false, bit, &values)
        if valueEnd < 0 { return ShapedValues() }
        at = valueEnd &+ 1
      } else {
        valueEnd = Self.wordEnd(text, at, end, bit, &values)
        at = valueEnd
      }
      if start == valueEnd { values.nothing |= bit }
      slots[slot] = FieldSlice(start, valueEnd)
      slot &+= 1
    }
    values.shape = Int(links[last].shape)
    if values.shape != 0, at < end {
      values.words = Self.words(text, at, end)
      if values.words.start == .max { return ShapedValues() }
    }
    return values
  }

  /// Letters behind a backslash that mean what a writer escapes so.
  private static func isWrittenSo(_ letter: UInt8, isObject: Bool) -> Bool {
    switch letter {
    case ASCII.quote, ASCII.backslash, UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"): true
    case UInt8(ascii: "b"), UInt8(ascii: "f"): isObject
    default: false
    }
  }

  /// Where a string ends that begins at `start`, behind its quote; -1 if it does not, or if it must be read the long way.
  @inline(__always)
  private static func stringEnd(
    _ text: borrowing MatchText, _ start: Int, _ end: Int, isObject: Bool, _ bit: UInt64, _ values: inout ShapedValues
  ) -> Int {
    let at = text.nextBit(class: ChunkBitmaps.special, from: start, limit: end)
    if at < end, text[at] == ASCII.quote {
      values.raw |= bit
      return at
    }
    return specialStringEnd(text, at, end, quote: start &- 1, isObject: isObject, bit, &values)
  }

  @inline(never)
  private static func specialStringEnd(
    _ text: borrowing MatchText, _ start: Int, _ end: Int, quote: Int, isObject: Bool, _ bit: UInt64, _ values: inout ShapedValues
  ) -> Int {
    var at = start
    var isRaw = true
    var hasEscapes = false
    while at < end, text[at] != ASCII.quote {
      if text[at] == ASCII.backslash {
        guard at + 1 < end, isWrittenSo(text[at + 1], isObject: isObject) else {
          return madeStringEnd(text, quote, end, isObject: isObject, bit, &values)
        }
        hasEscapes = true
        at += 1
      } else {
        if text[at] < 0x20, isObject { return -1 }
        isRaw = false
      }
      at = text.nextBit(class: ChunkBitmaps.special, from: at + 1, limit: end)
    }
    if at >= end { return -1 }
    if isRaw { values.raw |= bit }
    if hasEscapes { values.escaped |= bit }
    if hasEscapes, !isRaw { values.made |= bit }
    return at
  }

  private static func madeStringEnd(
    _ text: borrowing MatchText, _ quote: Int, _ end: Int, isObject: Bool, _ bit: UInt64, _ values: inout ShapedValues
  ) -> Int {
    let view = text.bytes.extracting(first: end)
    var hasEscapes = false
    let behind =
      isObject ? JSONScanning.scanString(view, from: quote, hasEscapes: &hasEscapes) : StrictScanning.scanQuoted(view, quote)
    if behind < 0 { return -1 }
    values.escaped |= bit
    values.made |= bit
    return behind - 1
  }

  /// Where the value of a pair ends that has no quotes.
  @inline(__always)
  private static func wordEnd(_ text: borrowing MatchText, _ start: Int, _ end: Int, _ bit: UInt64, _ values: inout ShapedValues) -> Int {
    var at = start
    var count = text.plainBytesOfWord(at: at)
    while count == 16 {
      at &+= 16
      // The end of a line is no plain byte, or the end of the text is near.
      if at >= end { break }
      count = text.plainBytesOfWord(at: at)
    }
    at = min(at &+ count, end)
    if at == end || text[at] == ASCII.blank || text[at] == ASCII.comma || text[at] == ASCII.quote {
      values.raw |= bit
      return at
    }
    return specialWordEnd(text, at, end, bit, &values)
  }

  @inline(never)
  private static func specialWordEnd(_ text: borrowing MatchText, _ start: Int, _ end: Int, _ bit: UInt64, _ values: inout ShapedValues)
    -> Int
  {
    // Blank, tab, comma, quote.
    let at = text.firstIndex(ofAny: 0x2009_2c22, from: start, limit: end)
    if at == start { values.raw |= bit }
    return at
  }

  /// The words from `start` to the end of a line as one text, if they are no pairs and one blank stands between each two of them.
  private static func words(_ text: borrowing MatchText, _ start: Int, _ end: Int) -> FieldSlice {
    var first = start
    while first < end, Matcher.isBlank(text[first]) { first &+= 1 }
    var at = first
    var previous = ASCII.blank
    while at < end {
      let byte = text[at]
      if byte == ASCII.equals || byte == ASCII.comma || byte == ASCII.tab || byte == ASCII.blank && previous == ASCII.blank {
        return SlotBuffer.absent
      }
      previous = byte
      at &+= 1
    }
    return previous == ASCII.blank ? SlotBuffer.absent : FieldSlice(first, end)
  }

  /// Reads a line that is an object and ends with its brace.
  mutating func followObject(_ text: borrowing MatchText, from: Int, end: Int) -> ShapedValues {
    var values = ShapedValues()
    var at = from
    var last = 0
    var slot = 0
    let brace = end &- 1
    repeat {
      let number = follow(last, text, at, end, isObject: true)
      if number == 0 { return ShapedValues() }
      last = number
      at &+= links[number].count
      let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: slot)
      let start = at
      if links[number].opensString {
        let stringEnd = Self.stringEnd(text, at, end, isObject: true, bit, &values)
        if stringEnd < 0 { return ShapedValues() }
        if stringEnd == start { values.nothing |= bit }
        slots[slot] = FieldSlice(start, stringEnd)
        at = stringEnd &+ 1
      } else {
        at = CompactJSON.valueEnd(text, at, end)
        if at < 0 {
          at = JSONScanning.scanValue(text.bytes.extracting(first: end), from: start, depth: 1)
          if at < 0 { return ShapedValues() }
          values.made |= bit
        }
        if text[start] == UInt8(ascii: "n") {
          values.nothing |= bit
          slots[slot] = SlotBuffer.absent
        } else {
          // A number that is beyond what a double holds becomes a text.
          if at &- start > 15, CompactJSON.isNumber(text[start]), integerExceedsDouble(text.bytes.extracting(start..<at)) {
            return ShapedValues()
          }
          slots[slot] = FieldSlice(start, at)
        }
      }
      slot &+= 1
    } while at < brace
    if at == brace { values.shape = Int(links[last].shape) }
    return values
  }
}
