public import LogBytes

/// What a JSON value is, by its first byte.
@frozen
public enum JSONKind: UInt8, Sendable {
  case object, array, string, number, yes, no, null
}

/// Finds where JSON values end (RFC 8259, strictly). Linear; nothing is allocated, copied or converted.
///
/// Every function takes a position and answers the position behind what it read, or -1 if what stands there is none; `JSONError` finds
/// out what is wrong, seldom.
public enum JSONScanning {
  /// Deeper nesting is refused.
  public static let greatestDepth = 128

  /// Behind blanks, tabs and line ends.
  @inlinable
  public static func skipBlanks(_ text: Span<UInt8>, from start: Int) -> Int {
    var at = start
    while at < text.count {
      let byte = text[at]
      guard byte == ASCII.blank || byte == ASCII.lineFeed || byte == ASCII.tab || byte == ASCII.carriageReturn else { break }
      at += 1
    }
    return at
  }

  /// The kind of the value that begins with this byte.
  @inlinable
  public static func kind(of byte: UInt8) -> JSONKind? {
    switch byte {
    case ASCII.leftBrace: .object
    case ASCII.leftBracket: .array
    case ASCII.quote: .string
    case ASCII.minus, ASCII.zero...ASCII.nine: .number
    case UInt8(ascii: "t"): .yes
    case UInt8(ascii: "f"): .no
    case UInt8(ascii: "n"): .null
    default: nil
    }
  }

  /// A string from its quote; `hasEscapes` says whether it holds a backslash. Control bytes and bad escapes make it none.
  public static func scanString(_ text: Span<UInt8>, from start: Int, hasEscapes: inout Bool) -> Int {
    guard start < text.count, text[start] == ASCII.quote else { return -1 }
    hasEscapes = false
    var at = start + 1
    while true {
      // Eight bytes at once while none of them is a quote, a backslash or a control byte.
      while at &+ 8 <= text.count {
        let word = loadWord(text, at: at)
        if specialBytes(word) != 0 {
          at += specialBytes(word).trailingZeroBitCount >> 3
          break
        }
        at += 8
      }
      guard at < text.count else { return -1 }
      let byte = text[at]
      if byte == ASCII.quote { return at + 1 }
      if byte < 0x20 { return -1 }
      at += 1
      if byte == ASCII.backslash {
        hasEscapes = true
        at = scanEscape(text, from: at)
        if at < 0 { return -1 }
      }
    }
  }

  /// The top bit of each byte that is a quote, a backslash or below 0x20; bytes above the first such one may be marked wrongly.
  @inline(__always)
  private static func specialBytes(_ word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops: UInt64 = 0x8080_8080_8080_8080
    let quote = word ^ (ones &* 0x22)
    let backslash = word ^ (ones &* 0x5c)
    let isControl = (word &- ones &* 0x20) & ~word
    let isQuote = (quote &- ones) & ~quote
    let isBackslash = (backslash &- ones) & ~backslash
    return (isControl | isQuote | isBackslash) & tops
  }

  /// What stands behind a backslash.
  private static func scanEscape(_ text: Span<UInt8>, from at: Int) -> Int {
    guard at < text.count else { return -1 }
    switch text[at] {
    case ASCII.quote, ASCII.backslash, ASCII.slash, UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"),
      UInt8(ascii: "t"):
      return at + 1
    case UInt8(ascii: "u"):
      guard at + 4 < text.count else { return -1 }
      for index in at + 1...at + 4 where !ASCII.isHexDigit(text[index]) { return -1 }
      return at + 5
    default: return -1
    }
  }

  /// A number: no plus, no leading zeros, digits on both sides of a dot.
  public static func scanNumber(_ text: Span<UInt8>, from start: Int) -> Int {
    var at = start
    if at < text.count, text[at] == ASCII.minus { at += 1 }
    guard at < text.count, ASCII.isDigit(text[at]) else { return -1 }
    if text[at] == ASCII.zero {
      at += 1
    } else {
      at = skipDigits(text, at)
    }
    if at < text.count, text[at] == ASCII.dot {
      let end = skipDigits(text, at + 1)
      if end == at + 1 { return -1 }
      at = end
    }
    if at < text.count, text[at] | 0x20 == ASCII.smallE {
      at += 1
      if at < text.count, text[at] == ASCII.plus || text[at] == ASCII.minus { at += 1 }
      let end = skipDigits(text, at)
      if end == at { return -1 }
      at = end
    }
    return at
  }

  @inline(__always)
  private static func skipDigits(_ text: Span<UInt8>, _ start: Int) -> Int {
    var at = start
    while at < text.count, ASCII.isDigit(text[at]) { at += 1 }
    return at
  }

  /// Any value from its first byte; nested at most `greatestDepth` deep, counted from `depth`.
  public static func scanValue(_ text: Span<UInt8>, from start: Int, depth: Int = 0) -> Int {
    guard start < text.count, let kind = kind(of: text[start]) else { return -1 }
    var hasEscapes = false
    switch kind {
    case .string: return scanString(text, from: start, hasEscapes: &hasEscapes)
    case .number: return scanNumber(text, from: start)
    case .yes: return scanWord("true", text, start)
    case .no: return scanWord("false", text, start)
    case .null: return scanWord("null", text, start)
    case .object, .array: return scanNested(text, start, depth)
    }
  }

  private static func scanWord(_ word: StaticString, _ text: Span<UInt8>, _ start: Int) -> Int {
    let count = word.utf8CodeUnitCount
    guard start + count <= text.count else { return -1 }
    for index in 0..<count {
      // `index` is below the static string's count.
      if unsafe text[start + index] != word.utf8Start[index] { return -1 }
    }
    return start + count
  }

  /// An object or array, without recursion: one bit a level says which of the two is open.
  private static func scanNested(_ text: Span<UInt8>, _ start: Int, _ outer: Int) -> Int {
    var isObject: UInt128 = 0
    var depth = 0
    var at = start
    var hasEscapes = false
    while true {
      // A value begins at `at`.
      guard at < text.count, let kind = kind(of: text[at]) else { return -1 }
      var isOpened = false
      switch kind {
      case .object, .array:
        depth += 1
        guard depth + outer <= greatestDepth else { return -1 }
        isObject = isObject << 1 | (kind == .object ? 1 : 0)
        at = skipBlanks(text, from: at + 1)
        guard at < text.count else { return -1 }
        if text[at] != (kind == .object ? ASCII.rightBrace : ASCII.rightBracket) {
          if kind == .object {
            at = scanKey(text, at)
            if at < 0 { return -1 }
          }
          isOpened = true
        }
      case .string: at = scanString(text, from: at, hasEscapes: &hasEscapes)
      default: at = scanValue(text, from: at)
      }
      if isOpened { continue }
      if at < 0 { return -1 }
      // A value ended, or an empty one is about to be closed: close what ends here, or go on to the next value.
      while true {
        at = skipBlanks(text, from: at)
        guard at < text.count else { return -1 }
        let byte = text[at]
        if byte == (isObject & 1 == 1 ? ASCII.rightBrace : ASCII.rightBracket) {
          at += 1
          depth -= 1
          isObject >>= 1
          if depth == 0 { return at }
          continue
        }
        guard byte == ASCII.comma else { return -1 }
        at = skipBlanks(text, from: at + 1)
        if isObject & 1 == 1 {
          at = scanKey(text, at)
          if at < 0 { return -1 }
        }
        break
      }
    }
  }

  /// A key with its colon, and the blanks behind it.
  private static func scanKey(_ text: Span<UInt8>, _ start: Int) -> Int {
    var hasEscapes = false
    var at = scanString(text, from: start, hasEscapes: &hasEscapes)
    guard at >= 0 else { return -1 }
    at = skipBlanks(text, from: at)
    guard at < text.count, text[at] == ASCII.colon else { return -1 }
    return skipBlanks(text, from: at + 1)
  }
}
