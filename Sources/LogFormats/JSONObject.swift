import LogBytes
import LogEntries
import LogJSON

/// One key of an object and where its value stands.
struct JSONMember: Sendable {
  /// Inside of its quotes.
  var key: FieldSlice
  var keyHasEscapes: Bool
  /// Strings: inside of the quotes.
  var value: FieldSlice
  var kind: JSONKind
  var hasEscapes: Bool

  /// `null` and `""` are as good as absent.
  var isNothing: Bool { kind == .null || kind == .string && value.isEmpty }
}

/// The members of one JSON object; reused from line to line.
struct JSONObject: ~Copyable {
  var members: [JSONMember] = []

  /// Reads the object that is all of `text.[start..<text.count]` but blanks at its end. False if it is none.
  mutating func parse(_ text: Span<UInt8>, from start: Int) -> Bool {
    members.removeAll(keepingCapacity: true)
    guard start < text.count, text[start] == ASCII.leftBrace else { return false }
    var at = JSONScanning.skipBlanks(text, from: start + 1)
    if at < text.count, text[at] == ASCII.rightBrace { return JSONScanning.skipBlanks(text, from: at + 1) == text.count }
    while true {
      var keyHasEscapes = false
      let keyEnd = JSONScanning.scanString(text, from: at, hasEscapes: &keyHasEscapes)
      guard keyEnd >= 0 else { return false }
      let key = FieldSlice(at + 1, keyEnd - 1)
      at = JSONScanning.skipBlanks(text, from: keyEnd)
      guard at < text.count, text[at] == ASCII.colon else { return false }
      at = JSONScanning.skipBlanks(text, from: at + 1)
      guard at < text.count, let kind = JSONScanning.kind(of: text[at]) else { return false }
      var hasEscapes = false
      let end =
        kind == .string
        ? JSONScanning.scanString(text, from: at, hasEscapes: &hasEscapes) : JSONScanning.scanValue(text, from: at, depth: 1)
      guard end >= 0 else { return false }
      let value = kind == .string ? FieldSlice(at + 1, end - 1) : FieldSlice(at, end)
      members.append(JSONMember(key: key, keyHasEscapes: keyHasEscapes, value: value, kind: kind, hasEscapes: hasEscapes))
      at = JSONScanning.skipBlanks(text, from: end)
      guard at < text.count else { return false }
      if text[at] == ASCII.rightBrace { return JSONScanning.skipBlanks(text, from: at + 1) == text.count }
      guard text[at] == ASCII.comma else { return false }
      at = JSONScanning.skipBlanks(text, from: at + 1)
    }
  }

  /// The value at a dotted path whose first part is no key of its own; nil if there is none. Seldom used: it reads nested values again.
  static func value(at path: String, in text: Span<UInt8>, members: [JSONMember]) -> JSONMember? {
    if let member = members.first(where: { isEqual(text, $0, path) }) { return member }
    let parts = path.split(separator: ".", maxSplits: 1)
    guard parts.count == 2, let outer = members.first(where: { isEqual(text, $0, String(parts[0])) }), outer.kind == .object else {
      return nil
    }
    var inner = JSONObject()
    guard inner.parse(text.extracting(first: Int(outer.value.end)), from: Int(outer.value.start)) else { return nil }
    return value(at: String(parts[1]), in: text, members: inner.members)
  }

  private static func isEqual(_ text: Span<UInt8>, _ member: JSONMember, _ key: String) -> Bool {
    let bytes = Array(key.utf8)
    return member.key.count == bytes.count && hasPrefix(bytes.span, in: text, at: Int(member.key.start))
  }
}
