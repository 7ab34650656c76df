import LogBytes
import LogJSON

/// Says of a line which patterns of a format take it, or how near each format came: for `sluice explain`, slow and outside of every hot path.
public struct LineExplainer: Sendable {
  private let formats: [LogFormat]

  public init(_ formats: [LogFormat]) {
    self.formats = formats
  }

  package func format(named name: String) -> LogFormat? { formats.first { $0.name == name } }

  /// A pattern that takes a text, with its place.
  package struct Taking: Sendable {
    package var format: LogFormat
    package var explanation: PatternExplanation
  }

  /// The dialect of a format that takes an entry's text; nil for formats without patterns, and if none takes it.
  ///
  /// - Parameter text: the entry's first line; all of its lines, joined by LF, for a format with `start`.
  package func dialect(of name: String, taking text: [UInt8]) -> Taking? {
    guard let format = format(named: name) else { return nil }
    return taking(format, format.entry, text)
  }

  /// A format that takes a text and hands a field of it on.
  package struct Wrapping: Sendable {
    package var format: LogFormat
    /// nil for formats without patterns.
    package var explanation: PatternExplanation?
    /// The field's text.
    package var inner: [UInt8]
  }

  /// The wrappers that could have handed on what is in a text.
  package func wrappers(of text: [UInt8]) -> [Wrapping] {
    formats.compactMap { format in
      guard let field = format.wrap?.field else { return nil }
      if case .json(let declaration) = format.structure {
        return Self.string(in: text, keys: field == "message" ? declaration.message : [field]).map {
          Wrapping(format: format, explanation: nil, inner: $0)
        }
      }
      guard let taking = taking(format, format.entry, text),
        let inner = taking.explanation.fields.first(where: { $0.name == field })
      else { return nil }
      return Wrapping(format: format, explanation: taking.explanation, inner: Array(text[inner.range]))
    }
  }

  /// The string of the first of these keys that an object has, without its last line feed.
  private static func string(in text: [UInt8], keys: [String]) -> [UInt8]? {
    var members = JSONMembers(object: 0)
    var end = 0
    while case .value = members.next(in: text.span, after: end) {
      end = JSONScanning.scanValue(text.span, from: members.value)
      guard end >= 0, keys.contains(String(decoding: text[members.key], as: UTF8.self)), text[members.value] == ASCII.quote else {
        continue
      }
      var output = ByteOutput()
      output.appendJSONUnescaped(text.span.extracting(members.value + 1..<end - 1))
      let inner = output.span.indices.map { output.span[$0] }
      return inner.last == ASCII.lineFeed ? Array(inner.dropLast()) : inner
    }
    return nil
  }

  /// The pattern of an event that takes a field's value: its first line, or all of it if the pattern takes line feeds.
  package func event(_ event: String, of name: String, value: (_ field: String) -> [UInt8]?) -> (taking: Taking, field: String)? {
    guard let format = format(named: name) else { return nil }
    for list in format.events {
      guard let text = value(list.field) else { continue }
      for candidate in list.events where candidate.event == event {
        if let taking = taking(format, [candidate.pattern], candidate.pattern.takesLineFeeds ? text : Self.firstLine(text)) {
          return (taking, list.field)
        }
      }
    }
    return nil
  }

  private func taking(_ format: LogFormat, _ patterns: [Pattern], _ text: [UInt8]) -> Taking? {
    for pattern in patterns {
      let explanation = PatternExplanation(pattern, text)
      if explanation.stop == nil { return Taking(format: format, explanation: explanation) }
    }
    return nil
  }

  /// The first line, without blanks at its end.
  package static func firstLine(_ text: [UInt8]) -> [UInt8] {
    var line = Array(text.prefix { $0 != ASCII.lineFeed })
    while let last = line.last, last == ASCII.blank || last == ASCII.tab { line.removeLast() }
    return line
  }

  // MARK: A line that no format takes

  /// Some blanks and a letter are no likeness.
  private static let leastEvidence = 4

  /// A format that does not take a line: why.
  package struct Near: Sendable {
    package var format: LogFormat
    package var reason: Reason

    package enum Reason: Sendable {
      /// Its nearest dialect.
      case pattern(PatternExplanation)
      /// A dialect takes the line, but the format is no candidate for it.
      case hint(PatternExplanation, String)
      /// It wants something else than a line of patterns.
      case structure(String)
    }

    /// How near it came: the bytes that the part which matches pins down.
    package var evidence: Int {
      switch reason {
      case .pattern(let explanation): explanation.stop?.evidence ?? 0
      case .hint(let explanation, _): PatternAnalysis.evidence(of: explanation.pattern.elements) + 1
      case .structure: LineExplainer.leastEvidence
      }
    }
  }

  /// The formats that came nearest to a line which none takes, the nearest first. Formats that share nothing with it are left out.
  package func nearest(to line: [UInt8], count: Int = 3) -> [Near] {
    let all = formats.compactMap { near($0, line) }.filter { $0.evidence >= Self.leastEvidence }
    // Of equal ones the one that reads further, then the catalogue's order.
    let sorted = all.enumerated().sorted { left, right in
      (right.element.evidence, right.element.column, left.offset) < (left.element.evidence, left.element.column, right.offset)
    }
    return sorted.prefix(count).map(\.element)
  }

  private func near(_ format: LogFormat, _ line: [UInt8]) -> Near? {
    switch format.structure {
    case .json(let declaration):
      guard line.first == ASCII.leftBrace else { return nil }
      let keys = declaration.require.map { $0.joined(separator: " or ") }
      return Near(
        format: format, reason: .structure("an object on one line" + (keys.isEmpty ? "" : " with \(keys.joined(separator: ", "))")))
    case .keyValue(let declaration):
      guard line.contains(ASCII.equals), !declaration.require.isEmpty else { return nil }
      let keys = declaration.require.map { $0.joined(separator: " or ") }
      return Near(format: format, reason: .structure("two pairs key=value at least, among them \(keys.joined(separator: ", "))"))
    case .delimited(let declaration):
      guard let declare = declaration.declare, line.starts(with: declare.prefix(1)) else { return nil }
      return Near(format: format, reason: .structure("a line that begins with \(PatternWords.quoted(declare)) and names the columns"))
    case .patterns: break
    }
    var best: PatternExplanation?
    for pattern in format.entry {
      let explanation = PatternExplanation(pattern, line)
      guard let stop = explanation.stop else { return Near(format: format, reason: .hint(explanation, hint(format, line))) }
      if let before = best?.stop, (stop.evidence, stop.at) <= (before.evidence, before.at) { continue }
      best = explanation
    }
    return best.map { Near(format: format, reason: .pattern($0)) }
  }

  /// Why a format whose pattern takes the line did not get it.
  private func hint(_ format: LogFormat, _ line: [UInt8]) -> String {
    for pattern in format.hints.forbid where PatternExplanation(pattern, line).stop == nil {
      return "hints.forbid takes the line too: \(pattern.source)"
    }
    if !format.hints.require.isEmpty {
      return "no line has matched hints.require yet: \(format.hints.require.map(\.source).joined(separator: " or "))"
    }
    if format.rank == .general { return "a general format does not cut an open entry" }
    return "an open entry could go on with it, or it stands in a wrapper"
  }
}

extension LineExplainer.Near {
  fileprivate var column: Int {
    if case .pattern(let explanation) = reason { explanation.stop?.at ?? 0 } else { 0 }
  }
}

/// Bytes as text that a terminal can show: control bytes as escapes.
public func visibleText(_ bytes: some Collection<UInt8>) -> String {
  PatternWords.visible(bytes)
}
