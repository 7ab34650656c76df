import LogBytes
import LogEntries
import LogJSON

/// One key of an object and where its value stands.
struct JSONMember: Sendable, BitwiseCopyable {
  /// Inside of its quotes.
  var key: FieldSlice
  var keyHasEscapes: Bool
  /// `KeyHash` of the key as it stands in the text.
  var keyHash: UInt64 = 0
  /// Strings: inside of the quotes.
  var value: FieldSlice
  var kind: JSONKind
  var hasEscapes: Bool

  /// `null` and `""` are as good as absent.
  var isNothing: Bool { kind == .null || kind == .string && value.isEmpty }
}

/// The members of one JSON object; reused from line to line.
struct JSONObject: ~Copyable {
  private(set) var members = ReusedBuffer<JSONMember>(capacity: 64)
  /// A hash of all keys in order, and of which of them have nothing: objects of one shape have the same.
  private(set) var shape: UInt64 = 0
  private let hash = KeyHash.shared

  /// Reads the object that is all of `text.[start..<text.count]` but blanks at its end. False if it is none.
  mutating func parse(_ text: Span<UInt8>, from start: Int) -> Bool {
    members.removeAll()
    shape = 0
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
      let member = JSONMember(
        key: key, keyHasEscapes: keyHasEscapes, keyHash: hash(key, text), value: value, kind: kind, hasEscapes: hasEscapes)
      members.append(member)
      shape = (shape ^ member.keyHash ^ (member.isNothing ? 1 : 0)) &* 0x9e37_79b9_7f4a_7c15
      shape ^= shape &>> 32
      at = JSONScanning.skipBlanks(text, from: end)
      guard at < text.count else { return false }
      if text[at] == ASCII.rightBrace { return JSONScanning.skipBlanks(text, from: at + 1) == text.count }
      guard text[at] == ASCII.comma else { return false }
      at = JSONScanning.skipBlanks(text, from: at + 1)
    }
  }

  /// The value at a dotted path whose first part is no key of its own; nil if there is none. It reads nested values again, allocates nothing.
  func value(at path: String, in text: Span<UInt8>) -> JSONMember? {
    let path = path.utf8[...]
    for index in members.indices where Self.isEqual(text, members[index].key, path) { return members[index] }
    guard let dot = path.firstIndex(of: ASCII.dot) else { return nil }
    for index in members.indices where members[index].kind == .object && Self.isEqual(text, members[index].key, path[..<dot]) {
      return Self.value(at: path[path.index(after: dot)...], in: text, object: Int(members[index].value.start))
    }
    return nil
  }

  /// The same inside of the object that begins at `start`, which was found to be well-formed.
  private static func value(at path: Substring.UTF8View, in text: Span<UInt8>, object start: Int) -> JSONMember? {
    let dot = path.firstIndex(of: ASCII.dot)
    var inner = -1
    var members = JSONMembers(object: start)
    var end = start
    while case .value = members.next(in: text, after: end) {
      end = JSONScanning.scanValue(text, from: members.value)
      guard end >= 0, let kind = JSONScanning.kind(of: text[members.value]) else { return nil }
      let key = FieldSlice(members.key.lowerBound, members.key.upperBound)
      if isEqual(text, key, path) {
        var hasEscapes = false
        if kind == .string { _ = JSONScanning.scanString(text, from: members.value, hasEscapes: &hasEscapes) }
        let value = kind == .string ? FieldSlice(members.value + 1, end - 1) : FieldSlice(members.value, end)
        return JSONMember(key: key, keyHasEscapes: members.keyHasEscapes, value: value, kind: kind, hasEscapes: hasEscapes)
      }
      if inner < 0, kind == .object, let dot, isEqual(text, key, path[..<dot]) { inner = members.value }
    }
    guard inner >= 0, let dot else { return nil }
    return value(at: path[path.index(after: dot)...], in: text, object: inner)
  }

  /// The member with a key, as it stands in the text; -1 if there is none.
  func index(of key: Substring.UTF8View, in text: Span<UInt8>) -> Int {
    for index in members.indices where Self.isEqual(text, members[index].key, key) { return index }
    return -1
  }

  /// The value at what follows the first dot of a path, inside of the object that begins at `start`.
  static func value(behindHeadOf path: String, in text: Span<UInt8>, object start: Int) -> JSONMember? {
    guard let dot = path.utf8.firstIndex(of: ASCII.dot) else { return nil }
    return value(at: path.utf8[path.utf8.index(after: dot)...], in: text, object: start)
  }

  @inline(never)
  private static func isEqual(_ text: Span<UInt8>, _ key: FieldSlice, _ path: Substring.UTF8View) -> Bool {
    guard key.count == path.count else { return false }
    var at = Int(key.start)
    for byte in path {
      if text[at] != byte { return false }
      at += 1
    }
    return true
  }
}
