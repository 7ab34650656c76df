import LogBytes

/// What types without a greatest width accept, told once more for the reference.
enum ReferenceLists {
  static func accepts(_ type: StrictType, _ piece: [UInt8], following: UInt8?) -> Bool {
    let text = piece.map { Character(UnicodeScalar($0)) }[...]
    switch type {
    case .json: return isBalanced(text)
    case .pairs:
      // Blanks behind the last pair belong to it at the end of the text.
      let rest = dropAll(text, pair)
      return rest.isEmpty || following == nil && rest.allSatisfy { $0 == " " || $0 == "\t" }
    case .backslash(let bare):
      // Keys and values may hold anything but the backslash, so the list goes on to the end of the line.
      if text.isEmpty { return !bare && following != ASCII.backslash }
      return (text.first == "\\") != bare && !text.contains("\n") && (following == nil || following == ASCII.lineFeed)
    case .keyValue: return text.isEmpty || keyValues(text, following)
    case .data:
      if text == ["-"] { return true }
      return !text.isEmpty && dropAll(text, structuredElement).isEmpty
    default: return false
    }
  }

  /// What is left behind as many items as there are.
  private static func dropAll(_ text: ArraySlice<Character>, _ item: (ArraySlice<Character>) -> ArraySlice<Character>?)
    -> ArraySlice<Character>
  {
    var rest = text
    while let behind = item(rest) { rest = behind }
    return rest
  }

  private static func drop(_ expected: Character, _ text: ArraySlice<Character>) -> ArraySlice<Character>? {
    text.first == expected ? text.dropFirst() : nil
  }

  /// At least one character that is not among these.
  private static func dropWord(_ text: ArraySlice<Character>, until ends: Set<Character>) -> ArraySlice<Character>? {
    let rest = text.drop { !ends.contains($0) }
    return rest.count < text.count ? rest : nil
  }

  // MARK: json

  private static func isBalanced(_ text: ArraySlice<Character>) -> Bool {
    guard text.first == "{" || text.first == "[" else { return false }
    var depth = 0
    var isInString = false
    var isEscaped = false
    for (index, character) in text.enumerated() {
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if character == "\\" {
          isEscaped = true
        } else if character == "\"" {
          isInString = false
        }
      } else if character == "\"" {
        isInString = true
      } else if character == "{" || character == "[" {
        depth += 1
      } else if character == "}" || character == "]" {
        depth -= 1
        if depth == 0 { return index == text.count - 1 }
      }
    }
    return false
  }

  // MARK: Lists

  /// What stands behind ` (key "value")` or ` (key)`.
  private static func pair(_ text: ArraySlice<Character>) -> ArraySlice<Character>? {
    guard let open = drop(" ", text).flatMap({ drop("(", $0) }), let key = dropWord(open, until: [" ", "(", ")", "\"", "\n"]) else {
      return nil
    }
    if let end = drop(")", key) { return end }
    guard let value = drop(" ", key).flatMap({ drop("\"", $0) }) else { return nil }
    return drop("\"", value.drop { $0 != "\"" && $0 != "\n" }).flatMap { drop(")", $0) }
  }

  private static func keyValues(_ text: ArraySlice<Character>, _ following: UInt8?) -> Bool {
    guard var rest = keyValue(text) else { return false }
    while !rest.isEmpty {
      let next = rest.drop { $0 == " " || $0 == "," }
      guard next.count < rest.count, let behind = keyValue(next) else { return false }
      rest = behind
    }
    return true
  }

  private static func keyValue(_ text: ArraySlice<Character>) -> ArraySlice<Character>? {
    func isWord(_ character: Character) -> Bool { character.isASCII && (character.isLetter || character.isNumber) || character == "_" }
    guard let first = text.first, isWord(first), !first.isNumber else { return nil }
    guard let value = drop("=", text.dropFirst().drop { isWord($0) || ".@/-".contains($0) }) else { return nil }
    if let end = quoted(value) { return end }
    return value.drop { ![" ", "\t", ",", "\"", "\n"].contains($0) }
  }

  /// What stands behind `"…"` with backslash escapes.
  private static func quoted(_ text: ArraySlice<Character>) -> ArraySlice<Character>? {
    guard var rest = drop("\"", text) else { return nil }
    while let character = rest.first, character != "\n" {
      rest = rest.dropFirst()
      if character == "\"" { return rest }
      if character == "\\" {
        guard let escaped = rest.first, escaped != "\n" else { return nil }
        rest = rest.dropFirst()
      }
    }
    return nil
  }

  private static func structuredElement(_ text: ArraySlice<Character>) -> ArraySlice<Character>? {
    let ends: Set<Character> = [" ", "\t", "\n", "\r", "\u{0b}", "\u{0c}", "=", "]", "\""]
    guard let name = drop("[", text).flatMap({ dropWord($0, until: ends) }) else { return nil }
    let rest = dropAll(name) { item in
      drop(" ", item).flatMap { dropWord($0, until: ends) }.flatMap { drop("=", $0) }.flatMap { quoted($0) }
    }
    return drop("]", rest)
  }
}
