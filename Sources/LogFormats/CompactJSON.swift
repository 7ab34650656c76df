import LogBytes
import LogJSON

/// JSON that goes out as it stands: without blanks, escapes and anything beyond ASCII.
///
/// Each function answers where what it reads ends, or -1 if it is no such JSON. They need eight bytes behind the line.
enum CompactJSON {
  @inline(__always)
  static func isNumber(_ byte: UInt8) -> Bool { ASCII.isDigit(byte) || byte == ASCII.minus }

  /// Any value but a string on the first level.
  @inline(__always)
  static func valueEnd(_ text: borrowing MatchText, _ start: Int, _ end: Int) -> Int {
    let byte = text[start]
    if isNumber(byte) { return numberEnd(text, start, end) }
    if byte == ASCII.leftBrace || byte == ASCII.leftBracket { return nestedEnd(text, start, end) }
    return wordEnd(text, start, end)
  }

  /// `true`, `false` or `null`.
  @inline(__always)
  private static func wordEnd(_ text: borrowing MatchText, _ start: Int, _ end: Int) -> Int {
    let word = text.wholeWord(at: start)
    let four = word & 0xffff_ffff
    // "true", "null"; "false".
    let count = four == 0x6575_7274 || four == 0x6c6c_756e ? 4 : word & 0xff_ffff_ffff == 0x65_736c_6166 ? 5 : -1
    return count > 0 && start &+ count <= end ? start &+ count : -1
  }

  @inline(__always)
  private static func numberEnd(_ text: borrowing MatchText, _ start: Int, _ end: Int) -> Int {
    var at = start
    while at < end, ASCII.isDigit(text[at]) { at &+= 1 }
    // Digits alone, and no zero in front: most numbers.
    if at > start, at < end, text[start] != ASCII.zero || at == start &+ 1 {
      let byte = text[at]
      if byte != ASCII.dot, byte | 0x20 != ASCII.smallE { return at }
    }
    return JSONScanning.scanNumber(text.bytes.extracting(first: end), from: start)
  }

  /// Where a string ends, behind its quote, that begins at `start`, in front of its quote.
  @inline(__always)
  private static func stringEnd(_ text: borrowing MatchText, _ start: Int, _ end: Int) -> Int {
    let at = text.nextBit(class: ChunkBitmaps.special, from: start &+ 1, limit: end)
    return at < end && text[at] == ASCII.quote ? at &+ 1 : -1
  }

  /// A key with its colon.
  @inline(__always)
  private static func keyEnd(_ text: borrowing MatchText, _ start: Int, _ end: Int) -> Int {
    guard start < end, text[start] == ASCII.quote else { return -1 }
    let at = stringEnd(text, start, end)
    return at > 0 && at < end && text[at] == ASCII.colon ? at &+ 1 : -1
  }

  /// An object or array, without recursion: one bit a level says which of the two is open.
  @inline(never)
  private static func nestedEnd(_ text: borrowing MatchText, _ start: Int, _ end: Int) -> Int {
    var isObject: UInt64 = 0
    var depth = 0
    var at = start
    while at < end {
      let byte = text[at]
      if byte == ASCII.leftBrace || byte == ASCII.leftBracket {
        depth &+= 1
        guard depth < 64, at &+ 1 < end else { return -1 }
        isObject = isObject &<< 1 | (byte == ASCII.leftBrace ? 1 : 0)
        at &+= 1
        if text[at] != (byte == ASCII.leftBrace ? ASCII.rightBrace : ASCII.rightBracket) {
          if byte == ASCII.leftBrace { at = keyEnd(text, at, end) }
          if at < 0 { return -1 }
          continue
        }
      } else {
        at =
          byte == ASCII.quote ? stringEnd(text, at, end) : isNumber(byte) ? numberEnd(text, at, end) : wordEnd(text, at, end)
        if at < 0 { return -1 }
      }
      // A value ended, or an empty one is about to be closed.
      while true {
        guard at < end else { return -1 }
        if text[at] == (isObject & 1 == 1 ? ASCII.rightBrace : ASCII.rightBracket) {
          at &+= 1
          depth &-= 1
          isObject &>>= 1
          if depth == 0 { return at }
          continue
        }
        guard text[at] == ASCII.comma else { return -1 }
        at &+= 1
        if isObject & 1 == 1 {
          at = keyEnd(text, at, end)
          if at < 0 { return -1 }
        }
        break
      }
    }
    return -1
  }
}
