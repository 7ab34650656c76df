import LogBytes
import LogEntries

/// One key and its value in a list that a log wrote.
struct ListItem {
  var key: FieldSlice
  /// Without quotes.
  var value: FieldSlice
  /// A bare key: the value is `true`.
  var isBare = false
  /// The value holds backslash escapes.
  var hasEscapes = false
  /// Where the item ends.
  var end: Int
}

/// Reads the items of list types one after the other; nothing is copied.
enum ListReading {
  /// ` (key "value")` or ` (key)` at `start`.
  static func pair(_ text: Span<UInt8>, _ start: Int) -> ListItem? {
    guard start + 3 < text.count, text[start] == ASCII.blank, text[start + 1] == ASCII.leftParenthesis else { return nil }
    var at = start + 2
    while at < text.count, !keyEnd.contains(text[at]) { at += 1 }
    guard at > start + 2, at < text.count else { return nil }
    let key = FieldSlice(start + 2, at)
    if text[at] == ASCII.rightParenthesis { return ListItem(key: key, value: FieldSlice(at, at), isBare: true, end: at + 1) }
    guard at + 1 < text.count, text[at] == ASCII.blank, text[at + 1] == ASCII.quote else { return nil }
    let quote = firstIndex(of: ASCII.quote, or: ASCII.lineFeed, in: text, from: at + 2)
    guard quote >= 0, text[quote] == ASCII.quote, quote + 1 < text.count, text[quote + 1] == ASCII.rightParenthesis else { return nil }
    return ListItem(key: key, value: FieldSlice(at + 2, quote), end: quote + 2)
  }

  private static let keyEnd = ByteSet(" ()\"\n")

  /// `\key\value` at `start`; a key without a value is none.
  static func backslashItem(_ text: Span<UInt8>, _ start: Int, bare: Bool) -> ListItem? {
    let key = bare ? start : start + 1
    guard key < text.count, bare || text[start] == ASCII.backslash else { return nil }
    let separator = firstIndex(of: ASCII.backslash, in: text, from: key)
    guard separator >= 0 else { return nil }
    let next = firstIndex(of: ASCII.backslash, in: text, from: separator + 1)
    let end = next < 0 ? text.count : next
    return ListItem(key: FieldSlice(key, separator), value: FieldSlice(separator + 1, end), end: bare ? min(end + 1, text.count) : end)
  }

  /// `key=value` or `key="value"` at `start`.
  static func keyValue(_ text: Span<UInt8>, _ start: Int) -> ListItem? {
    var at = start
    while at < text.count, isKeyByte(text[at]) { at += 1 }
    guard at < text.count, text[at] == ASCII.equals else { return nil }
    return keyValue(text, start, equals: at)
  }

  /// The same where the key is known to hold its bytes, up to its equals sign.
  ///
  /// - Parameter isOneLine: no line feed is in the text.
  static func keyValue(_ text: Span<UInt8>, _ start: Int, equals: Int, isOneLine: Bool = false) -> ListItem? {
    guard start < equals, ASCII.isLetter(text[start]) || text[start] == ASCII.underscore else { return nil }
    let key = FieldSlice(start, equals)
    let value = equals + 1
    if value < text.count, text[value] == ASCII.quote {
      let end = StrictScanning.scanQuoted(text, value)
      if end >= 0 {
        let inner = text.extracting(value + 1..<end - 1)
        return ListItem(
          key: key, value: FieldSlice(value + 1, end - 1), hasEscapes: firstIndex(of: ASCII.backslash, in: inner, from: 0) >= 0, end: end)
      }
    }
    // Blank, tab, comma, quote; and the end of a line.
    let end = firstIndex(ofAny: 0x2009_2c22, in: text, from: value)
    let lineEnd = isOneLine ? -1 : firstIndex(of: ASCII.lineFeed, in: text.extracting(first: end), from: value)
    let last = lineEnd < 0 ? end : lineEnd
    return ListItem(key: key, value: FieldSlice(value, last), end: last)
  }

  /// Letters, digits and `_.@/-`, of which `-./` stand in a row with the digits.
  @inline(__always)
  static func isKeyByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- ASCII.smallA < 26 || byte &- ASCII.minus <= ASCII.nine - ASCII.minus || byte == ASCII.underscore
      || byte == UInt8(ascii: "@")
  }

  /// Where `[id k="v" …]` at `start` ends.
  static func structuredElementEnd(_ text: Span<UInt8>, _ start: Int) -> Int? {
    guard start < text.count, text[start] == ASCII.leftBracket else { return nil }
    var at = structuredNameEnd(text, start + 1)
    guard at > start + 1 else { return nil }
    while let item = structuredItem(text, at) { at = item.end }
    return at < text.count && text[at] == ASCII.rightBracket ? at + 1 : nil
  }

  static func structuredNameEnd(_ text: Span<UInt8>, _ start: Int) -> Int {
    var at = start
    while at < text.count, !nameEnd.contains(text[at]) { at += 1 }
    return at
  }

  private static let nameEnd = ByteSet(" \t\n\r\u{0b}\u{0c}=]\"")

  /// ` key="value"` at `start`, inside of an element.
  static func structuredItem(_ text: Span<UInt8>, _ start: Int) -> ListItem? {
    guard start < text.count, text[start] == ASCII.blank else { return nil }
    let equals = structuredNameEnd(text, start + 1)
    guard equals > start + 1, equals + 1 < text.count, text[equals] == ASCII.equals else { return nil }
    let end = StrictScanning.scanQuoted(text, equals + 1)
    guard end >= 0 else { return nil }
    let inner = text.extracting(equals + 2..<end - 1)
    return ListItem(
      key: FieldSlice(start + 1, equals), value: FieldSlice(equals + 2, end - 1),
      hasEscapes: firstIndex(of: ASCII.backslash, in: inner, from: 0) >= 0, end: end)
  }
}

/// The items of a list type, one after the other.
struct ListItems {
  let kind: StrictOperand.Kind
  var at: Int

  /// The next item; nil at the end of the list.
  mutating func next(_ text: Span<UInt8>) -> ListItem? {
    let item: ListItem?
    switch kind {
    case .pairs: item = ListReading.pair(text, at)
    case .backslash, .bareBackslash: item = ListReading.backslashItem(text, at, bare: kind == .bareBackslash)
    case .keyValue:
      while at < text.count, text[at] == ASCII.blank || text[at] == ASCII.comma { at += 1 }
      item = ListReading.keyValue(text, at)
    case .data:
      if at < text.count, text[at] == ASCII.leftBracket { at = ListReading.structuredNameEnd(text, at + 1) }
      item = ListReading.structuredItem(text, at)
      if let item, item.end < text.count, text[item.end] == ASCII.rightBracket {
        at = item.end + 1
        return item
      }
    case .cef: item = ListReading.cefItem(text, at)
    default: item = nil
    }
    if let item { at = item.end }
    return item
  }
}

extension ListReading {
  /// `key=a value with blanks` up to the next key.
  static func cefItem(_ text: Span<UInt8>, _ start: Int) -> ListItem? {
    var at = start
    while at < text.count, text[at] == ASCII.blank { at += 1 }
    guard let (key, value) = cefKey(text, at) else { return nil }
    // The value goes on to the next key: a word of key bytes behind a blank and before an unescaped "=".
    var end = value
    var hasEscapes = false
    while end < text.count {
      if text[end] == ASCII.backslash {
        hasEscapes = true
        end += 2
        continue
      }
      if text[end] == ASCII.blank, cefKey(text, end + 1) != nil { break }
      end += 1
    }
    end = min(end, text.count)
    var first = value
    var last = end
    while first < last, text[first] == ASCII.blank { first += 1 }
    while last > first, text[last - 1] == ASCII.blank { last -= 1 }
    return ListItem(key: key, value: FieldSlice(first, last), hasEscapes: hasEscapes, end: end)
  }

  private static let cefKeyBytes = ByteSet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-")

  private static func cefKey(_ text: Span<UInt8>, _ start: Int) -> (key: FieldSlice, value: Int)? {
    var at = start
    while at < text.count, cefKeyBytes.contains(text[at]) { at += 1 }
    return at > start && at < text.count && text[at] == ASCII.equals ? (FieldSlice(start, at), at + 1) : nil
  }

  /// The cell of a comma-separated text that begins at `start`, up to its comma or the end.
  static func cell(_ text: Span<UInt8>, _ start: Int) -> (slice: FieldSlice, hasQuotes: Bool) {
    var at = start
    var depth = 0
    var isQuoted = false
    var hasQuotes = false
    while at < text.count {
      let byte = text[at]
      if byte == ASCII.quote {
        hasQuotes = true
        isQuoted.toggle()
      } else if !isQuoted {
        if byte == ASCII.comma, depth == 0 { break }
        switch byte {
        case ASCII.leftParenthesis, ASCII.leftBracket, ASCII.leftBrace: depth += 1
        case ASCII.rightParenthesis, ASCII.rightBracket, ASCII.rightBrace: depth = max(0, depth - 1)
        default: break
        }
      }
      at += 1
    }
    return (FieldSlice(start, at), hasQuotes)
  }

  /// A cell without its quotes; a doubled quote inside of quotes stands for itself.
  static func appendCell(_ cell: Span<UInt8>, to output: inout ByteOutput) {
    var isQuoted = false
    var at = 0
    while at < cell.count {
      if cell[at] == ASCII.quote {
        if isQuoted, at + 1 < cell.count, cell[at + 1] == ASCII.quote {
          output.append(ASCII.quote)
          at += 1
        } else {
          isQuoted.toggle()
        }
      } else {
        output.append(cell[at])
      }
      at += 1
    }
  }

  /// A value with backslash escapes as its list type reads them.
  static func appendUnescaped(_ value: Span<UInt8>, of kind: StrictOperand.Kind, to output: inout ByteOutput) {
    switch kind {
    case .data:
      // RFC 5424, section 6.3.3: only `"`, `\` and `]` are escaped; a backslash before anything else is a backslash.
      var at = 0
      while at < value.count {
        if value[at] == ASCII.backslash, at + 1 < value.count,
          value[at + 1] == ASCII.quote || value[at + 1] == ASCII.backslash || value[at + 1] == ASCII.rightBracket
        {
          at += 1
        }
        output.append(value[at])
        at += 1
      }
    default: ValueWriting.appendUnescaped(value, to: &output)
    }
  }
}
