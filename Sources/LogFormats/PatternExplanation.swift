import LogBytes

/// What a pattern makes of a text, for people: slow, by the reference, outside of every hot path.
package struct PatternExplanation: Sendable {
  /// A field that was taken.
  package struct Field: Sendable {
    /// Empty for a list whose keys the log brings.
    package var name: String
    /// As it stands in the pattern.
    package var type: String
    /// The bytes taken.
    package var range: Range<Int>
    /// How its end is found; empty for a type with an end of its own.
    package var end: String
  }

  /// Where the text stops to match.
  package struct Stop: Sendable {
    /// The byte, from 0, that does not fit; the text's count for its end.
    package var at: Int
    /// What had to stand there.
    package var wanted: String
    /// The run that found no end, and where it begins; nil if something else does not match.
    package var run: (name: String, start: Int, anchor: String)?
    /// The bytes that the elements before it pin down: how near the pattern came.
    package var evidence: Int
  }

  package let pattern: Pattern
  package let fields: [Field]
  /// nil if the pattern takes the text.
  package let stop: Stop?

  /// - Parameter text: one line or value. Bytes beyond 16 KiB are left out where the reason of a failure is looked for.
  package init(_ pattern: Pattern, _ text: [UInt8]) {
    self.pattern = pattern
    var reference = ReferenceMatcher(pattern)
    let ends = PatternEnds(pattern)
    let captures = reference.match(text)
    fields = (captures ?? reference.partial).map { capture in
      let (type, end) = ends.byName[capture.name] ?? ("", "")
      return Field(name: capture.name, type: type, range: capture.start..<capture.end, end: end)
    }
    stop = captures == nil ? reference.stop.map { Self.stop($0, pattern, &reference) } : nil
  }

  private static func stop(
    _ stop: ReferenceStop, _ pattern: Pattern, _ reference: inout ReferenceMatcher
  ) -> Stop {
    // Without the tail, which was read first.
    let text = reference.text
    let evidence = PatternAnalysis.evidence(of: pattern.elements.prefix(stop.index))
    switch stop.element {
    case nil: return Stop(at: stop.at, wanted: "the end", evidence: evidence)
    case .literal(let bytes):
      let same = zip(bytes, text[min(stop.at, text.count)...]).prefix { $0 == $1 }.count
      return Stop(at: stop.at + same, wanted: PatternWords.quoted(bytes.dropFirst(same)), evidence: evidence + same)
    case .strict(let field): return Stop(at: stop.at, wanted: field.type.written + limits(field.least, field.most), evidence: evidence)
    case .run(let run):
      if PatternAnalysis.isClosed(run, followedBy: stop.rest, inComposite: stop.inUnit) || stop.rest.isEmpty && !stop.inUnit {
        return Stop(at: stop.at, wanted: PatternWords.set(run.bytes) + limits(run.least, run.most), evidence: evidence)
      }
      return openStop(run, stop, text, evidence, &reference)
    case .blanks, .group, .composite:
      // These match anything, or what is in them stops.
      return Stop(at: stop.at, wanted: "", evidence: evidence)
    }
  }

  private static func limits(_ least: Int?, _ most: Int?) -> String {
    guard let most else { return (least ?? 0) > 1 ? " \(least ?? 0).." : "" }
    return " \(least ?? 0)..\(most)"
  }

  /// An open run found no end: where its anchor came furthest.
  private static func openStop(
    _ run: RunField, _ stop: ReferenceStop, _ text: [UInt8], _ evidence: Int, _ reference: inout ReferenceMatcher
  ) -> Stop {
    let anchor = Anchor(followedBy: stop.rest, inComposite: stop.inUnit)
    var best: (at: Int, wanted: String, progress: Int) = (stop.at, anchor.branches.first?.first.map(PatternWords.words) ?? "", -1)
    var end = stop.at
    let limit = min(text.count, stop.at + min(run.most ?? 16_384, 16_384))
    while true {
      if end - stop.at >= run.least {
        for branch in anchor.branches {
          let (at, wanted) = furthest(branch, text, end, &reference)
          if at - end > best.progress { best = (at, wanted, at - end) }
        }
      }
      guard end < limit, run.bytes.contains(text[end]) else { break }
      end += 1
    }
    // No part of the anchor stands anywhere: the run is where to look.
    if best.progress <= 0 { best.at = stop.at }
    return Stop(
      at: best.at, wanted: best.wanted, run: (run.name, stop.at, PatternWords.words(anchor)), evidence: evidence + max(best.progress, 0))
  }

  /// How far a branch of an anchor matches, and what it wants there.
  private static func furthest(
    _ branch: [AnchorElement], _ text: [UInt8], _ start: Int, _ reference: inout ReferenceMatcher
  ) -> (at: Int, wanted: String) {
    var at = start
    for element in branch {
      switch element {
      case .literal(let bytes):
        let same = zip(bytes, text[min(at, text.count)...]).prefix { $0 == $1 }.count
        at += same
        if same < bytes.count { return (at, PatternWords.quoted(bytes.dropFirst(same))) }
      case .blanks: while at < text.count, text[at] == ASCII.blank || text[at] == ASCII.tab { at += 1 }
      case .strict(let field):
        guard let end = reference.strictEnd(field, at) else { return (at, field.type.written) }
        at = end
      case .closedRun(let bytes, let least, let most):
        let begin = at
        while at < text.count, at - begin < most, bytes.contains(text[at]) { at += 1 }
        if at - begin < least { return (at, PatternWords.set(bytes)) }
      case .firstByte(let bytes):
        if at == text.count || !bytes.contains(text[at]) { return (at, "a byte of \(PatternWords.set(bytes))") }
      case .end: if at < text.count { return (at, "the end") }
      }
    }
    return (at, "")
  }
}

/// The fields of a pattern: each with its type as it is written, and how its end is found.
package struct PatternEnds: Sendable {
  package private(set) var byName: [String: (type: String, end: String)] = [:]
  /// The runs in order, those without a name too: what stands in the pattern, and how its end is found.
  package private(set) var runs: [(written: String, end: String)] = []

  package init(_ pattern: Pattern) {
    let written = Array(pattern.source)
    add(pattern.elements, behind: [], inUnit: false, written)
    for key in pattern.tail ?? [] { byName[key.name] = (key.type?.written ?? "text", "read from the right") }
  }

  /// - Parameter written: the characters in which columns count; nil inside of a composite type.
  private mutating func add(_ elements: [PatternElement], behind: [PatternElement], inUnit: Bool, _ written: [Character]?) {
    for (index, element) in elements.enumerated() {
      let rest = Array(elements[(index + 1)...]) + behind
      switch element {
      case .literal, .blanks: break
      case .group(let inner): add(inner, behind: rest, inUnit: inUnit, written)
      case .composite(let field): add(field.elements, behind: [], inUnit: true, nil)
      case .strict(let field): byName[field.name] = (written.flatMap { Self.type(in: $0, field.column) } ?? field.type.written, "")
      case .run(let run):
        let end = Self.end(of: run, rest, inUnit: inUnit)
        byName[run.name] = (written.flatMap { Self.type(in: $0, run.column) } ?? PatternWords.set(run.bytes), end)
        runs.append((run.name.isEmpty ? "{}" : run.name, end))
      }
    }
  }

  private static func end(of run: RunField, _ rest: [PatternElement], inUnit: Bool) -> String {
    let isLast = rest.isEmpty && !inUnit
    if isLast { return "to the end" }
    if PatternAnalysis.isClosed(run, followedBy: rest, inComposite: inUnit) {
      guard let enders = PatternWords.enders(of: run.bytes) else { return "while \(PatternWords.set(run.bytes))" }
      return "up to " + enders.map { PatternWords.quoted([$0]) }.joined(separator: " or ")
    }
    let anchor = PatternWords.words(Anchor(followedBy: rest, inComposite: inUnit))
    return (run.longest ? "up to the last " : "up to the first ") + anchor
  }

  /// The type of the field at a column, as it is written there: what stands behind its name.
  private static func type(in pattern: [Character], _ column: Int) -> String? {
    guard column >= 1, column <= pattern.count, pattern[column - 1] == "{" else { return nil }
    var at = column
    var name = ""
    while at < pattern.count, pattern[at].isLetter || pattern[at].isNumber || pattern[at] == "_" {
      name.append(pattern[at])
      at += 1
    }
    guard at < pattern.count else { return nil }
    switch pattern[at] {
    case "!": return "!"
    case ":": break
    default: return name == "level" ? "level" : "text"
    }
    var type = ""
    var isInside = false
    at += 1
    let isLayout = at < pattern.count && pattern[at] == "%"
    while at < pattern.count {
      let character = pattern[at]
      if !isInside, character == "}" || character == " " && !isLayout { break }
      if !isLayout, character == "\\", isInside, at + 1 < pattern.count {
        type.append(character)
        at += 1
      } else if !isLayout, character == "(" {
        isInside = true
      } else if !isLayout, character == ")" {
        isInside = false
      }
      type.append(pattern[at])
      at += 1
    }
    return type
  }
}
