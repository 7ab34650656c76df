import LogBytes

extension JSONError {
  /// What keeps `text` from being one JSON value with blanks around it, and where; nil if nothing does.
  ///
  /// Scanning only says that there is none; this goes over the text again, once a text is known to be none. Linear.
  public static func find(in text: Span<UInt8>) -> JSONError? {
    var finder = ErrorFinder()
    finder.run(text)
    return finder.error
  }
}

/// Reads a JSON text in the obvious way and remembers the first thing that is wrong.
private struct ErrorFinder {
  private(set) var error: JSONError?
  private var at = 0
  /// For each open bracket: whether it is an object's.
  private var open: [Bool] = []

  mutating func run(_ text: Span<UInt8>) {
    skipBlanks(text)
    if at == text.count { return fail("no JSON: nothing but blanks") }
    readValue(text)
    while error == nil, let isObject = open.last {
      skipBlanks(text)
      guard at < text.count else { return fail("the text ends inside of an \(isObject ? "object" : "array")") }
      switch text[at] {
      case isObject ? ASCII.rightBrace : ASCII.rightBracket:
        at += 1
        open.removeLast()
      case ASCII.comma:
        at += 1
        skipBlanks(text)
        if isObject { readKey(text) }
        if error == nil { readValue(text) }
      default:
        fail("expected ',' or '\(isObject ? "}" : "]")'")
      }
    }
    guard error == nil else { return }
    skipBlanks(text)
    if at < text.count { fail("something stands behind the JSON value") }
  }

  private mutating func fail(_ message: String, at place: Int? = nil) {
    if error == nil { error = JSONError(message: message, offset: place ?? at) }
  }

  private mutating func skipBlanks(_ text: Span<UInt8>) {
    at = JSONScanning.skipBlanks(text, from: at)
  }

  /// A value without nesting, or the front of one up to its first inner value.
  private mutating func readValue(_ text: Span<UInt8>) {
    skipBlanks(text)
    guard at < text.count else { return fail("the text ends where a value is expected") }
    switch JSONScanning.kind(of: text[at]) {
    case .string: readString(text)
    case .number: readNumber(text)
    case .object, .array: readFront(text)
    case .yes, .no, .null:
      let end = JSONScanning.scanValue(text, from: at)
      if end < 0 { fail("expected true, false or null") } else { at = end }
    case nil: fail("expected a value")
    }
  }

  private mutating func readFront(_ text: Span<UInt8>) {
    let isObject = text[at] == ASCII.leftBrace
    if open.count == JSONScanning.greatestDepth { return fail("nested more than \(JSONScanning.greatestDepth) deep") }
    open.append(isObject)
    at += 1
    skipBlanks(text)
    // An empty one is closed by the caller, as is one that the text ends in.
    if at == text.count || text[at] == (isObject ? ASCII.rightBrace : ASCII.rightBracket) { return }
    if isObject { readKey(text) }
    if error == nil { readValue(text) }
  }

  private mutating func readKey(_ text: Span<UInt8>) {
    guard at < text.count else { return fail("the text ends where a key is expected") }
    guard text[at] == ASCII.quote else { return fail("expected a key in quotes") }
    readString(text)
    skipBlanks(text)
    guard error == nil else { return }
    guard at < text.count else { return fail("the text ends where ':' is expected") }
    guard text[at] == ASCII.colon else { return fail("expected ':'") }
    at += 1
  }

  private mutating func readString(_ text: Span<UInt8>) {
    let start = at
    at += 1
    while at < text.count {
      let byte = text[at]
      if byte == ASCII.quote {
        at += 1
        return
      }
      if byte < 0x20 { return fail("a control byte in a string: it must be written as an escape") }
      guard byte == ASCII.backslash else {
        at += 1
        continue
      }
      guard at + 1 < text.count else { break }
      switch text[at + 1] {
      case ASCII.quote, ASCII.backslash, ASCII.slash, UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"),
        UInt8(ascii: "t"):
        at += 2
      case UInt8(ascii: "u"):
        for index in at + 2..<min(at + 6, text.count) where !ASCII.isHexDigit(text[index]) {
          return fail("\\u needs four hexadecimal digits")
        }
        guard at + 6 <= text.count else { return fail("the text ends inside of a string", at: start) }
        at += 6
      default: return fail("no escape of JSON")
      }
    }
    fail("the text ends inside of a string", at: start)
  }

  private mutating func readNumber(_ text: Span<UInt8>) {
    let end = JSONScanning.scanNumber(text, from: at)
    if end < 0 { return fail("no number of JSON") }
    if end < text.count, ASCII.isLetterOrDigit(text[end]) || text[end] == ASCII.dot { return fail("no number of JSON") }
    at = end
  }
}
