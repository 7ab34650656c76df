import LogBytes

/// What can be said of a format beyond its mistakes: dialects that no sample reaches, samples that another format claims too, what its
/// patterns cost. For `sluice check`: by the reference, outside of every hot path.
package struct FormatReview: Sendable {
  private let explainer: LineExplainer
  private let formats: [LogFormat]

  /// - Parameter formats: all that are loaded beside each other.
  package init(_ formats: [LogFormat]) {
    self.formats = formats
    explainer = LineExplainer(formats)
  }

  // MARK: One format

  /// More events of a field than this that begin with free text are too many.
  static let greatestFreeEvents = 8

  /// Fields with many events that begin with an open run: each of them is searched for at every value.
  package func freeEvents(of format: LogFormat) -> [FormatDiagnostic] {
    format.events.compactMap { field in
      let free = field.events.filter { Self.beginsFree($0.pattern) }
      guard free.count > Self.greatestFreeEvents else { return nil }
      return FormatDiagnostic(
        path: format.path, position: free[0].pattern.position,
        message: "\(free.count) events on \"\(field.field)\" begin with free text: each costs a pass", hint: "give the first field a class",
        isWarning: true)
    }
  }

  private static func beginsFree(_ pattern: Pattern) -> Bool {
    guard case .run(let run)? = pattern.elements.first else { return false }
    return !PatternAnalysis.isClosed(run, followedBy: pattern.elements.dropFirst(), inComposite: false)
  }

  /// Dialects and events that no sample reaches; where one fits a sample that an earlier one takes, that is said.
  ///
  /// - Parameter samples: each with the values of its entry's fields, as text.
  package func unreached(
    of format: LogFormat, samples: [(sample: FormatSample, value: (String) -> [UInt8]?)]
  ) -> [FormatDiagnostic] {
    guard case .patterns = format.structure else { return [] }
    var reached: Set<SourcePosition> = []
    var shadowed: [SourcePosition: (sample: FormatSample, by: Int)] = [:]
    func mark(_ patterns: [Pattern], _ text: [UInt8], _ sample: FormatSample) {
      var first: Int?
      for pattern in patterns where Self.mayTake(pattern, text) && PatternExplanation(pattern, text).stop == nil {
        if let first {
          if shadowed[pattern.position] == nil { shadowed[pattern.position] = (sample, first) }
        } else {
          first = pattern.position.line
          reached.insert(pattern.position)
        }
      }
    }
    for (sample, value) in samples {
      let texts = format.start.isEmpty ? sample.lines : [Array(sample.lines.joined(separator: [ASCII.lineFeed]))]
      for text in texts { mark(format.entry, text, sample) }
      for field in format.events {
        guard let text = value(field.field) else { continue }
        mark(field.events.map(\.pattern), LineExplainer.firstLine(text), sample)
      }
    }
    let all = (format.entry + format.events.flatMap { $0.events.map(\.pattern) }).filter { !reached.contains($0.position) }
    var findings = all.compactMap { pattern -> FormatDiagnostic? in
      shadowed[pattern.position].map { sample, taker in
        let line = pattern.position.line
        let place = "\(sample.position.line):\(sample.position.column)"
        return FormatDiagnostic(
          path: format.path, position: pattern.position,
          message: "no sample reaches line \(line): the one at \(place) fits it, but line \(taker) takes that",
          hint: "add a sample of its own, or move it up", isWarning: true)
      }
    }
    let others = all.filter { shadowed[$0.position] == nil }
    if let first = others.first {
      let lines = others.prefix(8).map { "\($0.position.line)" }.joined(separator: ", ")
      let more = others.count > 8 ? " and \(others.count - 8) more" : ""
      findings.append(
        FormatDiagnostic(
          path: format.path, position: first.position, message: "no sample reaches line\(others.count > 1 ? "s" : "") \(lines)\(more)",
          hint: "add samples", isWarning: true))
    }
    return findings
  }

  // MARK: Beside other formats

  /// How strongly a format claims a line.
  package struct Claim: Sendable, Equatable {
    var rankClass: Candidate.RankClass
    /// With what the rank adds.
    package var evidence: Int
  }

  /// The claim of a format on a line; nil if none of its patterns takes it.
  package func claim(of format: LogFormat, on line: [UInt8]) -> Claim? {
    let isGeneral = format.rank == .general
    if let keyed = format.structure.keyed {
      // Whether the keys are there is not asked again: only formats of patterns tie with others.
      return Claim(rankClass: .strong, evidence: 2 + 8 * keyed.require.count + format.rank.bonus)
    }
    guard case .patterns = format.structure, format.start.isEmpty else { return nil }
    for isStrong in [true, false] {
      let chosen = format.entry.filter {
        (PatternAnalysis.evidence(of: $0.elements) >= CatalogBuilder.strongEvidence) == isStrong && Self.mayTake($0, line)
      }
      guard chosen.contains(where: { PatternExplanation($0, line).stop == nil }) else { continue }
      let best = chosen.map { PatternAnalysis.evidence(of: $0.elements) }.max() ?? 0
      return Claim(rankClass: isGeneral ? .general : isStrong ? .strong : .weak, evidence: best + format.rank.bonus)
    }
    return nil
  }

  /// The formats that claim a line as strongly as `format` does: which of them gets it hangs on their names.
  package func rivals(of format: LogFormat, on line: [UInt8]) -> [(name: String, evidence: Int)] {
    guard case .patterns = format.structure, let own = claim(of: format, on: line) else { return [] }
    return formats.compactMap { other in
      guard other.name != format.name, case .patterns = other.structure, other.hints.require.isEmpty == format.hints.require.isEmpty,
        claim(of: other, on: line) == own
      else { return nil }
      return (other.name, own.evidence)
    }
  }

  private static func mayTake(_ pattern: Pattern, _ text: [UInt8]) -> Bool {
    let first = PatternAnalysis.firstBytes(of: pattern.elements)
    return text.first.map { first.bytes.contains($0) || first.canBeEmpty } ?? first.canBeEmpty
  }
}

/// What a pattern is worth in detection, and what it costs.
public struct PatternReport: Sendable {
  /// Where it stands: `entry`, `event chat`, …
  public var role: String
  public var source: String
  public var line: Int
  /// The bytes that it pins down.
  public var evidence: Int
  /// A match reads at most so many bytes for each byte of the text.
  public var cost: Int

  init(_ role: String, _ pattern: Pattern) {
    self.role = role
    source = pattern.source
    line = pattern.position.line
    evidence = PatternAnalysis.evidence(of: pattern.elements)
    cost = PatternCost(pattern).factor
  }
}

extension LogFormat {
  /// All patterns of the format, in the order in which they are tried.
  public var patternReports: [PatternReport] {
    var reports: [PatternReport] = []
    func add(_ role: String, _ patterns: [Pattern]) { reports += patterns.map { PatternReport(role, $0) } }
    add("clock.set", clock.set)
    add("clock.file", clock.file)
    add("require", hints.require)
    add("forbid", hints.forbid)
    add("file", hints.file)
    add("start", start)
    add("entry", entry)
    add("continue", continues)
    add("end", end)
    add("lines", lines)
    for field in events { for event in field.events { add(event.event, [event.pattern]) } }
    for field in parts { add("part of \(field.field)", field.patterns) }
    for field in find { add("in \(field.field)", field.patterns) }
    return reports
  }
}
