import LogBytes

/// Tails (formats/README.md, "Tails from the right"), word by word.
extension ReferenceMatcher {
  /// The items of the tail in the order of the keys; the text then ends before them.
  mutating func readTail(_ keys: [ListKey]) -> [ReferenceCapture] {
    var found: [Int: ReferenceCapture] = [:]
    var end = text.count
    for comma in text.indices.reversed() {
      for (index, key) in keys.enumerated() {
        guard let value = valueStart(of: key, comma), value <= end, isItem(Array(text[value..<end]), key) else { continue }
        // Of a key that stands twice the leftmost wins.
        let isQuoted = end - value > 1 && text[value] == ASCII.quote
        found[index] = ReferenceCapture(name: key.name, start: isQuoted ? value + 1 : value, end: isQuoted ? end - 1 : end)
        end = comma
        break
      }
    }
    text.removeSubrange(end...)
    return found.sorted { $0.key < $1.key }.map(\.value).filter { $0.start < $0.end }
  }

  /// Behind `, key: `, or behind `, key:` at the end of the text.
  private func valueStart(of key: ListKey, _ comma: Int) -> Int? {
    let mark = bytes(", \(key.name):")
    let end = comma + mark.count
    guard end <= text.count, Array(text[comma..<end]) == mark else { return nil }
    if end == text.count { return end }
    return text[end] == ASCII.blank ? end + 1 : nil
  }

  /// Empty, or between quotes, or without quotes and `, `; and wholly of the key's type, if it has one.
  private func isItem(_ piece: [UInt8], _ key: ListKey) -> Bool {
    if piece.isEmpty { return true }
    let isQuoted = piece.count > 1 && piece.first == ASCII.quote && piece.last == ASCII.quote
    let holdsEnd = piece.contains(ASCII.quote) || (1..<piece.count).contains { piece[$0 - 1] == ASCII.comma && piece[$0] == ASCII.blank }
    guard isQuoted || !holdsEnd else { return false }
    guard let type = key.type else { return true }
    return piece.count <= type.greatestWidth ?? .max && ReferenceTypes.accepts(type, piece, following: nil)
  }

  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
}
