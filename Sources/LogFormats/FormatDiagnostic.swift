/// What is wrong with a format file: where, what, and what to do about it.
public struct FormatDiagnostic: Error, Sendable, Hashable, CustomStringConvertible {
  public var path: String
  public var position: SourcePosition
  public var message: String
  public var hint: String
  public var isWarning: Bool

  public init(path: String = "", position: SourcePosition = SourcePosition(), message: String, hint: String = "", isWarning: Bool = false) {
    self.path = path
    self.position = position
    self.message = message
    self.hint = hint
    self.isWarning = isWarning
  }

  /// `PATH:LINE:COLUMN: MESSAGE (HINT)`, one line.
  public var description: String {
    let place = path.isEmpty ? "\(position.line):\(position.column)" : "\(path):\(position.line):\(position.column)"
    return "\(place): \(isWarning ? "warning: " : "")\(message)" + (hint.isEmpty ? "" : " (\(hint))")
  }
}

/// The word of `words` that is nearest to `word`, if it is near enough to be meant: at most a third of its letters differ, or one is the
/// other's beginning.
public func nearest(_ word: String, among words: some Sequence<String>) -> String? {
  var best: (distance: Int, word: String)?
  for candidate in words {
    let isBeginning = min(word.utf8.count, candidate.utf8.count) >= 3 && (word.hasPrefix(candidate) || candidate.hasPrefix(word))
    let distance = min(editDistance(Array(word.utf8), Array(candidate.utf8)), isBeginning ? 1 : .max)
    if distance < best?.distance ?? .max { best = (distance, candidate) }
  }
  guard let best, best.distance <= max(1, max(word.utf8.count, best.word.utf8.count) / 3) else { return nil }
  return best.word
}

/// The least number of letters to insert, remove or replace; quadratic.
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var row = Array(0...right.count)
  for (i, a) in left.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, b) in right.enumerated() {
      let replaced = diagonal + (a == b ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
    }
  }
  return row[right.count]
}
