import LogBytes

/// Where the longest prefix ends that a type accepts; -1 if there is none. The table of formats/README.md, "Types".
///
/// Each reads the bytes that it takes and at most a few more; none allocates.
enum StrictScanning {
  @inline(__always)
  static func isDigit(_ text: Span<UInt8>, _ at: Int) -> Bool {
    at < text.count && text[at] &- ASCII.zero <= 9
  }

  @inline(__always)
  static func scanDigits(_ text: Span<UInt8>, _ from: Int, atMost: Int) -> Int {
    let limit = min(text.count, from &+ atMost)
    var at = from
    while at < limit, text[at] &- ASCII.zero <= 9 { at &+= 1 }
    return at
  }

  /// `[+-]?` and 1 to 39 digits; with limits the longest such prefix must have such a length, sign included.
  @inline(__always)
  static func scanInteger(_ text: Span<UInt8>, _ start: Int, least: Int, most: Int) -> Int {
    guard start < text.count else { return -1 }
    let first = text[start]
    let digits = first == ASCII.plus || first == ASCII.minus ? start + 1 : start
    let end = scanDigits(text, digits, atMost: 39)
    if end == digits { return -1 }
    if least > 0 || most < Int(UInt16.max) {
      let length = end - start
      if length < least || length > most { return -1 }
    }
    return end
  }

  /// `[+-]?`, digits with a dot before, within or behind, and an exponent; at most 64 bytes.
  static func scanNumber(_ bytes: Span<UInt8>, _ start: Int) -> Int {
    guard start < bytes.count else { return -1 }
    let text = bytes.count - start > 64 ? bytes.extracting(first: start + 64) : bytes
    var at = start
    if text[at] == ASCII.plus || text[at] == ASCII.minus { at += 1 }
    let whole = scanDigits(text, at, atMost: 30)
    var end = whole
    if whole < text.count, text[whole] == ASCII.dot {
      let fraction = scanDigits(text, whole + 1, atMost: 30)
      if whole > at || fraction > whole + 1 { end = fraction }
    }
    if end == at { return -1 }
    if end < text.count, text[end] | 0x20 == ASCII.smallE {
      var exponent = end + 1
      if exponent < text.count, text[exponent] == ASCII.plus || text[exponent] == ASCII.minus { exponent += 1 }
      let after = scanDigits(text, exponent, atMost: 3)
      if after > exponent { return after }
    }
    return end
  }

  /// `0x`? and 1 to 128 hex digits.
  static func scanHexadecimal(_ text: Span<UInt8>, _ start: Int, least: Int, most: Int) -> Int {
    var digits = start
    if start + 2 < text.count, text[start] == ASCII.zero, text[start + 1] | 0x20 == ASCII.smallX, ASCII.isHexDigit(text[start + 2]) {
      digits += 2
    }
    let limit = min(text.count, digits + 128)
    var end = digits
    while end < limit, ASCII.isHexDigit(text[end]) { end += 1 }
    if end == digits { return -1 }
    if least > 0 || most < Int(UInt16.max) {
      let length = end - start
      if length < least || length > most { return -1 }
    }
    return end
  }

  /// Digits with `.` `,` blank or NBSP between groups of three, no digit behind; or 1 to 19 plain digits.
  static func scanGrouped(_ text: Span<UInt8>, _ start: Int) -> Int {
    let head = scanDigits(text, start, atMost: 4)
    if head == start { return -1 }
    if head - start <= 3 {
      var end = head
      while true {
        var next = end
        if next < text.count, text[next] == ASCII.dot || text[next] == ASCII.comma || text[next] == ASCII.blank {
          next += 1
        } else if next + 1 < text.count, text[next] == 0xc2, text[next + 1] == 0xa0 {
          next += 2
        } else {
          break
        }
        let group = scanDigits(text, next, atMost: 4)
        if group != next + 3 || group - start > 32 { break }
        end = group
      }
      if end > head { return end }
    }
    return scanDigits(text, start, atMost: 19)
  }

  /// 8-4-4-4-12 hex digits.
  static func scanUUID(_ text: Span<UInt8>, _ start: Int) -> Int {
    guard start + 36 <= text.count else { return -1 }
    for index in 0..<36 {
      let byte = text[start + index]
      if index == 8 || index == 13 || index == 18 || index == 23 {
        if byte != ASCII.minus { return -1 }
      } else if !ASCII.isHexDigit(byte) {
        return -1
      }
    }
    return start + 36
  }

  /// 0 to 191 without leading zeros, no digit behind.
  static func scanPriority(_ text: Span<UInt8>, _ start: Int) -> Int {
    let end = scanDigits(text, start, atMost: 4)
    let width = end - start
    guard width >= 1, width <= 3, width == 1 || text[start] != ASCII.zero else { return -1 }
    var value = 0
    for index in start..<end { value = value * 10 + Int(text[index] - ASCII.zero) }
    return value <= 191 ? end : -1
  }

  /// An address with a port: `IP`, `IPv4:port`, `[IP]`, `[IP]:port`.
  static func scanEndpoint(_ text: Span<UInt8>, _ start: Int) -> Int {
    guard start < text.count else { return -1 }
    if text[start] == ASCII.leftBracket {
      let inner = scanIPAddress(text, from: start + 1)
      guard inner >= 0, inner < text.count, text[inner] == ASCII.rightBracket else { return -1 }
      return scanPort(text, inner + 1)
    }
    let version4 = scanIPv4Address(text, from: start)
    if version4 >= 0 {
      let end = scanPort(text, version4)
      let version6 = scanIPv6Address(text, from: start)
      return max(end, version6)
    }
    return scanIPv6Address(text, from: start)
  }

  /// `:` and 1 to 5 digits, no digit behind, or nothing.
  private static func scanPort(_ text: Span<UInt8>, _ at: Int) -> Int {
    guard at < text.count, text[at] == ASCII.colon else { return at }
    let end = scanDigits(text, at + 1, atMost: 6)
    return end > at + 1 && end - at <= 6 ? end : at
  }

  /// `m:ss` or `h:mm:ss`, the first number of 1 to 6 digits, a fraction of 1 to 3.
  static func scanClock(_ text: Span<UInt8>, _ start: Int) -> Int {
    let first = scanDigits(text, start, atMost: 6)
    guard first > start, let minutes = colonAndTwoDigits(text, first) else { return -1 }
    var end = colonAndTwoDigits(text, minutes) ?? minutes
    if end < text.count, text[end] == ASCII.dot {
      let fraction = scanDigits(text, end + 1, atMost: 3)
      if fraction > end + 1 { end = fraction }
    }
    return end
  }

  static func colonAndTwoDigits(_ text: Span<UInt8>, _ at: Int) -> Int? {
    at < text.count && text[at] == ASCII.colon && isDigit(text, at + 1) && isDigit(text, at + 2) ? at + 3 : nil
  }

  /// The longest word that stands here; words come longest first.
  static func scanWords(_ words: Pool<Word>, _ operand: StrictOperand, _ literals: Pool<UInt8>, _ text: Span<UInt8>, _ start: Int) -> (
    end: Int, index: Int
  ) {
    guard start < text.count, operand.beginnings.contains(text[start]) else { return (-1, -1) }
    let head = loadWord(text, at: start)
    for index in Int(operand.first)..<Int(operand.first) + Int(operand.count) {
      let word = words[index]
      if head & word.mask == word.word, matchesRest(word, literals, text, start) { return (start + Int(word.count), index) }
    }
    return (-1, -1)
  }

  @inline(__always)
  private static func matchesRest(_ word: Word, _ literals: Pool<UInt8>, _ text: Span<UInt8>, _ start: Int) -> Bool {
    let count = Int(word.count)
    if start + count > text.count { return false }
    var index = 8
    while index < count {
      if text[start + index] != literals[Int(word.first) + index] { return false }
      index += 1
    }
    return true
  }

  /// The longest level word in any case, not followed by a letter or digit.
  static func scanLevel(_ operand: StrictOperand, _ program: ProgramView, _ text: Span<UInt8>, _ start: Int) -> (end: Int, index: Int) {
    guard start < text.count, operand.beginnings.contains(text[start]) else { return (-1, -1) }
    let folded = foldedWord(text, start)
    guard operand.firstCell != .max else { return scanLevelInOrder(operand, program, folded, text, start) }
    // All words are of letters and digits, so the one that stands here is all letters and digits that stand here.
    var end = start &+ lettersInFront(folded)
    if end == start &+ 8 {
      while end < text.count, (text[end] | 0x20) &- ASCII.smallA < 26 || text[end] &- ASCII.zero < 10 { end &+= 1 }
    }
    let count = end - start
    if count > 16 { return (-1, -1) }
    let head = count >= 8 ? folded : folded & ((1 << UInt64(8 * count)) - 1)
    var place = LevelCell.place(of: head)
    while true {
      let cell = program.levelCells[Int(operand.firstCell) + place]
      if cell.count == 0 { return (-1, -1) }
      if cell.word == head, Int(cell.count) == count, hasFoldedRest(program.words[Int(cell.index)], program.literals, text, start) {
        return (end, Int(cell.index))
      }
      place = (place + 1) & (LevelCell.tableSize - 1)
    }
  }

  /// How many of the eight bytes of a folded word are small letters or digits, from the first.
  @inline(__always)
  private static func lettersInFront(_ folded: UInt64) -> Int {
    let low = folded & 0x7f7f_7f7f_7f7f_7f7f
    // Additions that carry into the top bit: from `a`, beyond `z`, from `0`, beyond `9`.
    let letters = (low &+ 0x1f1f_1f1f_1f1f_1f1f) & ~(low &+ 0x0505_0505_0505_0505)
    let digits = (low &+ 0x5050_5050_5050_5050) & ~(low &+ 0x4646_4646_4646_4646)
    let others = ~(letters | digits) & 0x8080_8080_8080_8080 | folded & 0x8080_8080_8080_8080
    return others.trailingZeroBitCount &>> 3
  }

  /// Eight bytes with small letters for capitals, those beyond the end of the text as zeros.
  @inline(__always)
  static func foldedWord(_ text: Span<UInt8>, _ start: Int) -> UInt64 {
    // 0x20 is set in bytes from A to Z, which two additions that carry into the top bit find.
    let head = loadWord(text, at: start)
    let low = head & 0x7f7f_7f7f_7f7f_7f7f
    let fromA = low &+ 0x3f3f_3f3f_3f3f_3f3f
    let beyondZ = low &+ 0x2525_2525_2525_2525
    return head | (fromA & ~beyondZ & ~head & 0x8080_8080_8080_8080) >> 2
  }

  private static func scanLevelInOrder(
    _ operand: StrictOperand, _ program: ProgramView, _ folded: UInt64, _ text: Span<UInt8>, _ start: Int
  ) -> (end: Int, index: Int) {
    for index in operand.range {
      let word = program.words[index]
      guard folded & word.mask == word.word else { continue }
      let end = start + Int(word.count)
      if end > text.count || end < text.count && ASCII.isLetterOrDigit(text[end]) { continue }
      if hasFoldedRest(word, program.literals, text, start) { return (end, index) }
    }
    return (-1, -1)
  }

  private static func hasFoldedRest(_ word: Word, _ literals: Pool<UInt8>, _ text: Span<UInt8>, _ start: Int) -> Bool {
    if word.count <= 8 { return true }
    for index in 8..<Int(word.count) {
      if ASCII.lowercased(text[start + index]) != literals[Int(word.first) + index] { return false }
    }
    return true
  }
}
