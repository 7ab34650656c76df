import LogBytes

/// Types of several parts, and types without a greatest width.
extension StrictScanning {
  /// Number, blank or not, unit, up to eight times; or `m:ss`, `h:mm:ss` with ` min` or ` hours`.
  static func scanDuration(_ text: Span<UInt8>, _ start: Int) -> Int {
    let clock = scanLongClock(text, start)
    var end = start
    for _ in 0..<8 {
      let next = scanAmount(text, end)
      if next < 0 || next - start > 64 { break }
      end = next
    }
    return clock >= 0 ? clock : end > start ? end : -1
  }

  private static func scanLongClock(_ text: Span<UInt8>, _ start: Int) -> Int {
    var end = scanDigits(text, start, atMost: 6)
    guard end > start else { return -1 }
    guard let minutes = colonAndTwoDigits(text, end) else { return -1 }
    end = colonAndTwoDigits(text, minutes) ?? minutes
    if end < text.count, text[end] == ASCII.dot {
      let fraction = scanDigits(text, end + 1, atMost: 9)
      if fraction > end + 1 { end = fraction }
    }
    if hasText(" min", text, end) { return end + 4 }
    if hasText(" hours", text, end) { return end + 6 }
    return end
  }

  private static func hasText(_ word: StaticString, _ text: Span<UInt8>, _ at: Int) -> Bool {
    let count = word.utf8CodeUnitCount
    guard at + count <= text.count else { return false }
    for index in 0..<count {
      // `index` is below the static string's count.
      if unsafe text[at + index] != word.utf8Start[index] { return false }
    }
    return true
  }

  /// A number of up to 9 digits with a fraction, blank or not, and a unit without a small letter behind.
  private static func scanAmount(_ text: Span<UInt8>, _ start: Int) -> Int {
    var end = scanDigits(text, start, atMost: 9)
    guard end > start else { return -1 }
    if end < text.count, text[end] == ASCII.dot {
      let fraction = scanDigits(text, end + 1, atMost: 9)
      if fraction > end + 1 { end = fraction }
    }
    if end < text.count, text[end] == ASCII.blank { end += 1 }
    let unit = durationUnit(text, end)
    return unit.width > 0 ? end + unit.width : -1
  }

  /// The unit that stands here: how many nanoseconds, and its width; 0 for none. No small letter may stand behind it.
  static func durationUnit(_ text: Span<UInt8>, _ at: Int) -> (nanoseconds: UInt64, width: Int) {
    var width = 0
    while at + width < text.count, width < 6, text[at + width] >= ASCII.smallA && text[at + width] <= ASCII.smallZ { width += 1 }
    if width == 0, at + 2 < text.count, text[at] == 0xc2, text[at + 1] == 0xb5, text[at + 2] == UInt8(ascii: "s") {
      let isFollowed = at + 3 < text.count && text[at + 3] >= ASCII.smallA && text[at + 3] <= ASCII.smallZ
      return isFollowed ? (0, 0) : (1000, 3)
    }
    let word = loadWord(text, at: at) & (width >= 8 ? ~0 : (1 << UInt64(8 * width)) - 1)
    switch word {
    case 0x736e: return (1, 2)  // ns
    case 0x7375: return (1000, 2)  // us
    case 0x736d: return (1_000_000, 2)  // ms
    case 0x73, 0x63_6573, 0x7363_6573: return (1_000_000_000, width)  // s sec secs
    case 0x6d, 0x6e_696d, 0x736e_696d: return (60_000_000_000, width)  // m min mins
    case 0x68, 0x7275_6f68, 0x73_7275_6f68: return (3_600_000_000_000, width)  // h hour hours
    case 0x64, 0x79_6164, 0x7379_6164: return (86_400_000_000_000, width)  // d day days
    default: return (0, 0)
    }
  }

  /// Number, blank or not, `B` or a prefix with `B` or `iB` or alone; no letter behind.
  static func scanSize(_ text: Span<UInt8>, _ start: Int) -> Int {
    var end = scanDigits(text, start, atMost: 15)
    guard end > start else { return -1 }
    if end < text.count, text[end] == ASCII.dot {
      let fraction = scanDigits(text, end + 1, atMost: 9)
      if fraction > end + 1 { end = fraction }
    }
    if end < text.count, text[end] == ASCII.blank { end += 1 }
    guard end < text.count else { return -1 }
    switch text[end] {
    case UInt8(ascii: "B"): end += 1
    case UInt8(ascii: "k"), UInt8(ascii: "K"), UInt8(ascii: "M"), UInt8(ascii: "G"), UInt8(ascii: "T"), UInt8(ascii: "P"):
      end += 1
      if end + 1 < text.count, text[end] == UInt8(ascii: "i"), text[end + 1] == UInt8(ascii: "B") {
        end += 2
      } else if end < text.count, text[end] == UInt8(ascii: "B") {
        end += 1
      }
    default: return -1
    }
    return end < text.count && ASCII.isLetter(text[end]) ? -1 : end
  }

  /// `"…"` with backslash escapes, no LF.
  static func scanQuoted(_ text: Span<UInt8>, _ start: Int) -> Int {
    guard start < text.count, text[start] == ASCII.quote else { return -1 }
    var at = start + 1
    while at < text.count {
      let found = firstIndex(of: ASCII.quote, or: ASCII.backslash, in: text, from: at)
      guard found >= 0 else { return -1 }
      if text[found] == ASCII.quote { return holdsLineFeed(text, at: start + 1, end: found) ? -1 : found + 1 }
      at = found + 2
    }
    return -1
  }

  /// `'…'` or `"…"` where a doubled quote stands for itself, no LF.
  static func scanQuotedDoubled(_ quote: UInt8, _ text: Span<UInt8>, _ start: Int) -> Int {
    guard start < text.count, text[start] == quote else { return -1 }
    var at = start + 1
    while at < text.count {
      let found = firstIndex(of: quote, in: text, from: at)
      guard found >= 0, !holdsLineFeed(text, at: at, end: found) else { return -1 }
      if found + 1 >= text.count || text[found + 1] != quote { return found + 1 }
      at = found + 2
    }
    return -1
  }

  private static func holdsLineFeed(_ text: Span<UInt8>, at: Int, end: Int) -> Bool {
    let found = firstIndex(of: ASCII.lineFeed, in: text.extracting(first: end), from: at)
    return found >= 0
  }

  /// `{…}` or `[…]`, brackets balanced outside strings, LF too.
  static func scanBalanced(_ text: Span<UInt8>, _ start: Int) -> Int {
    guard start < text.count, text[start] == ASCII.leftBrace || text[start] == ASCII.leftBracket else { return -1 }
    var depth = 0
    var at = start
    while at < text.count {
      switch text[at] {
      case ASCII.leftBrace, ASCII.leftBracket: depth += 1
      case ASCII.rightBrace, ASCII.rightBracket:
        depth -= 1
        if depth == 0 { return at + 1 }
      case ASCII.quote:
        at += 1
        while at < text.count, text[at] != ASCII.quote { at += text[at] == ASCII.backslash ? 2 : 1 }
      default: break
      }
      at += 1
    }
    return -1
  }

  /// ` (key "value")` and ` (key)` repeated; blanks at the end of the text belong to it; may be empty.
  static func scanPairs(_ text: Span<UInt8>, _ start: Int) -> Int {
    var end = start
    while let pair = ListReading.pair(text, end) { end = pair.end }
    var blanks = end
    while blanks < text.count, text[blanks] == ASCII.blank || text[blanks] == ASCII.tab { blanks += 1 }
    return blanks == text.count ? blanks : end
  }

  /// `\k\v\k\v` up to the end of the line, since keys and values may hold anything but the backslash; may be empty. Bare: `k\v\k\v`, not
  /// empty.
  static func scanBackslash(bare: Bool, _ text: Span<UInt8>, _ start: Int) -> Int {
    guard start < text.count, (text[start] == ASCII.backslash) != bare, text[start] != ASCII.lineFeed else { return bare ? -1 : start }
    let end = firstIndex(of: ASCII.lineFeed, in: text, from: start)
    return end < 0 ? text.count : end
  }

  /// `k=v k="v"` repeated with blanks and commas between; may be empty.
  static func scanKeyValues(_ text: Span<UInt8>, _ start: Int) -> Int {
    guard let first = ListReading.keyValue(text, start) else { return start }
    var end = first.end
    while true {
      var next = end
      while next < text.count, text[next] == ASCII.blank || text[next] == ASCII.comma { next += 1 }
      guard next > end, let pair = ListReading.keyValue(text, next) else { return end }
      end = pair.end
    }
  }

  /// `[id k="v" …]` repeated, or `-`.
  static func scanStructuredData(_ text: Span<UInt8>, _ start: Int) -> Int {
    guard start < text.count else { return -1 }
    if text[start] == ASCII.minus { return start + 1 }
    var end = start
    while let element = ListReading.structuredElementEnd(text, end) { end = element }
    return end > start ? end : -1
  }
}
