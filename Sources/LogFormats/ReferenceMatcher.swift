import LogBytes

/// What the reference took for a field.
package struct ReferenceCapture: Sendable, Hashable {
  package var name: String
  package var start: Int
  package var end: Int

  package init(name: String, start: Int, end: Int) {
    self.name = name
    self.start = start
    self.end = end
  }
}

/// Where a text stopped to match, and what had to stand there.
package struct ReferenceStop: Sendable {
  package var at: Int
  /// The element that does not match; nil if the text goes on behind the last one.
  package var element: PatternElement?
  /// What stands behind the element, up to the end of the composite type in which it stands, else of the pattern.
  package var rest: [PatternElement]
  /// The element stands in a composite type.
  package var inUnit: Bool
  /// The number of the pattern's element, from 0, in which it stands.
  package var index: Int
}

/// The matching rule of formats/README.md, word by word: slow and obvious, the oracle of the compiled matcher's tests.
///
/// It shares only the parsed pattern with the matcher: closed runs, anchors and strict types are found anew from the document's words.
package struct ReferenceMatcher {
  private let pattern: Pattern
  var text: [UInt8] = []
  /// Bytes read, for the bound of "What a match costs".
  package internal(set) var steps = 0
  /// In a find a closed run without a limit takes at most so many bytes.
  private var greatestRun: Int?
  /// Where the last match failed; nil if it did not.
  package private(set) var stop: ReferenceStop?
  /// The fields that the last match took before it failed.
  package private(set) var partial: [ReferenceCapture] = []
  /// Inside of a group nothing stops a match.
  private var groupDepth = 0

  package init(_ pattern: Pattern) {
    self.pattern = pattern
  }

  /// The fields taken, in the order of the pattern; nil if the text does not match from its first to its last byte.
  package mutating func match(_ text: [UInt8]) -> [ReferenceCapture]? {
    self.text = text
    steps = 0
    stop = nil
    partial = []
    var items: [ReferenceCapture] = []
    if let keys = pattern.tail {
      // What stands before the tail is matched as if the text ended there.
      items = readTail(keys)
    }
    var taken: [ReferenceCapture] = []
    if let end = sequence(pattern.elements, behind: [], inUnit: false, at: 0, &taken) {
      if end == self.text.count { return taken + items }
      stop = ReferenceStop(at: end, element: nil, rest: [], inUnit: false, index: pattern.elements.count)
    }
    partial = taken
    return nil
  }

  /// The first place between word boundaries from which the elements match up to a word boundary, for a `find`.
  package mutating func find(_ text: [UInt8]) -> [ReferenceCapture]? {
    self.text = text
    steps = 0
    greatestRun = 255
    defer { greatestRun = nil }
    for start in text.indices where start == 0 || !ASCII.isLetterOrDigit(text[start - 1]) {
      var taken: [ReferenceCapture] = []
      guard let end = sequence(pattern.elements, behind: [], inUnit: false, at: start, &taken) else { continue }
      if end == text.count || !ASCII.isLetterOrDigit(text[end]) { return taken }
    }
    return nil
  }

  /// Elements are tried in order, each once.
  private mutating func sequence(
    _ elements: [PatternElement], behind: [PatternElement], inUnit: Bool, at start: Int, _ taken: inout [ReferenceCapture]
  ) -> Int? {
    var at = start
    for (index, element) in elements.enumerated() {
      let rest = Array(elements[(index + 1)...]) + behind
      switch element {
      case .literal(let bytes):
        guard stands(bytes, at) else { return fail(element, index, at, rest, inUnit) }
        at += bytes.count
      case .blanks:
        while at < text.count, isBlank(text[at]) { at += 1 }
      case .group(let inner):
        var insideTaken: [ReferenceCapture] = []
        groupDepth += 1
        defer { groupDepth -= 1 }
        if let end = sequence(inner, behind: rest, inUnit: inUnit, at: at, &insideTaken) {
          taken += insideTaken
          at = end
        }
      case .run(let run):
        guard let end = runEnd(run, rest, inUnit: inUnit, at) else { return fail(element, index, at, rest, inUnit) }
        if !run.name.isEmpty { taken.append(ReferenceCapture(name: run.name, start: at, end: end)) }
        at = end
      case .strict(let field):
        guard let end = strictEnd(field, at) else { return fail(element, index, at, rest, inUnit) }
        // A list without a name brings the log's keys.
        if !field.name.isEmpty || field.type.isList { taken.append(ReferenceCapture(name: field.name, start: at, end: end)) }
        at = end
      case .composite(let field):
        guard let end = sequence(field.elements, behind: [], inUnit: true, at: at, &taken) else {
          return fail(element, index, at, rest, inUnit)
        }
        at = end
      }
    }
    return at
  }

  /// Notes where a match ends without success: the innermost element, and the outermost number. Answers nil.
  private mutating func fail(_ element: PatternElement, _ index: Int, _ at: Int, _ rest: [PatternElement], _ inUnit: Bool) -> Int? {
    guard groupDepth == 0 else { return nil }
    if stop == nil { stop = ReferenceStop(at: at, element: element, rest: rest, inUnit: inUnit, index: index) }
    stop?.index = index
    return nil
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == ASCII.blank || byte == ASCII.tab }

  private mutating func stands(_ bytes: [UInt8], _ at: Int) -> Bool {
    var same = 0
    while same < bytes.count, at + same < text.count, text[at + same] == bytes[same] { same += 1 }
    steps += min(same + 1, bytes.count)
    return same == bytes.count
  }

  // MARK: Runs

  /// The first place (`longest`: the last) where every byte is in the class, the length is within the limits and the anchor matches.
  private mutating func runEnd(_ run: RunField, _ rest: [PatternElement], inUnit: Bool, _ start: Int) -> Int? {
    if isClosed(run, rest, inUnit: inUnit) || rest.isEmpty && !inUnit { return closedEnd(run, start, most: run.most ?? greatestRun) }
    var last: Int?
    for end in start...text.count {
      if end > start {
        steps += 1
        guard run.bytes.contains(text[end - 1]) else { break }
      }
      if let most = run.most, end - start > most { break }
      if end - start >= run.least, anchor(rest, inUnit: inUnit, end, width: 0) {
        if !run.longest { return end }
        last = end
      }
    }
    return last
  }

  /// A closed run ends at the first byte outside of its class, or at its greatest length.
  private mutating func closedEnd(_ run: RunField, _ start: Int, most: Int?) -> Int? {
    var end = start
    while end < text.count, run.bytes.contains(text[end]), most.map({ end - start < $0 }) ?? true { end += 1 }
    steps += end - start + 1
    return end - start >= run.least ? end : nil
  }

  /// No byte with which anything behind the run can begin is in its class.
  private func isClosed(_ run: RunField, _ rest: [PatternElement], inUnit: Bool) -> Bool {
    for element in rest {
      switch element {
      case .literal(let bytes): return !run.bytes.contains(bytes[0])
      case .blanks:
        if run.bytes.contains(ASCII.blank) || run.bytes.contains(ASCII.tab) { return false }
      case .group(let inner):
        if !isClosed(run, inner + [.literal([beyond(run)])], inUnit: false) { return false }
      case .run(let next):
        if !next.bytes.isDisjoint(with: run.bytes) { return false }
        if next.least > 0 { return true }
      case .strict(let field):
        if !field.type.firstBytes.isDisjoint(with: run.bytes) { return false }
        if !field.type.canBeEmpty { return true }
      case .composite(let field): return isClosed(run, field.elements, inUnit: true)
      }
    }
    // Everything behind may be absent: open in a unit, and for a text.
    return !inUnit && !run.isText
  }

  /// A byte that the run cannot hold: LF is in no run.
  private func beyond(_ run: RunField) -> UInt8 { ASCII.lineFeed }

  /// Does what follows an open run stand at `start`, read until something whose end is open?
  private mutating func anchor(_ elements: [PatternElement], inUnit: Bool, _ start: Int, width: Int) -> Bool {
    guard let element = elements.first else { return inUnit || start == text.count }
    let rest = Array(elements.dropFirst())
    switch element {
    case .literal(let bytes):
      if width + bytes.count > 512 { return true }
      return stands(bytes, start) && anchor(rest, inUnit: inUnit, start + bytes.count, width: width + bytes.count)
    case .blanks:
      if width + 64 > 512 { return true }
      var end = start
      while end < text.count, end - start < 64, isBlank(text[end]) { end += 1 }
      steps += end - start + 1
      return anchor(rest, inUnit: inUnit, end, width: width + 64)
    case .group(let inner):
      return anchor(inner + rest, inUnit: inUnit, start, width: width) || anchor(rest, inUnit: inUnit, start, width: width)
    case .run(let run):
      if isClosed(run, rest, inUnit: inUnit) {
        let most = run.most ?? 255
        if width + most > 512 { return true }
        guard let end = closedEnd(run, start, most: most) else { return false }
        return anchor(rest, inUnit: inUnit, end, width: width + most)
      }
      if width + 1 > 512 || run.least == 0 { return true }
      steps += 1
      return start < text.count && run.bytes.contains(text[start])
    case .strict(let field):
      guard let widest = field.type.greatestWidth else {
        if width + 1 > 512 || field.type.canBeEmpty { return true }
        steps += 1
        return start < text.count && field.type.firstBytes.contains(text[start])
      }
      let wide = field.most ?? widest
      if width + wide > 512 { return true }
      guard let end = strictEnd(field, start) else { return false }
      return anchor(rest, inUnit: inUnit, end, width: width + wide)
    case .composite(let field):
      return anchor(field.elements, inUnit: true, start, width: width)
    }
  }

  // MARK: Strict types

  /// The longest prefix that the type accepts; with limits it must have such a length.
  mutating func strictEnd(_ field: StrictField, _ start: Int) -> Int? {
    var widest = min(field.type.greatestWidth ?? text.count, text.count - start)
    if let alphabet = ReferenceTypes.alphabet(of: field.type) {
      widest = text[start..<start + widest].firstIndex { !alphabet.contains($0) }.map { $0 - start } ?? widest
    }
    for width in stride(from: widest, through: 0, by: -1) {
      let piece = Array(text[start..<start + width])
      let following = start + width < text.count ? text[start + width] : nil
      guard ReferenceTypes.accepts(field.type, piece, following: following) else { continue }
      steps += width + 1
      if let least = field.least, width < least { return nil }
      if let most = field.most, width > most { return nil }
      return start + width
    }
    steps += 1
    return nil
  }
}
