import LogBytes

/// Ends of runs that can be said without a text to be mistakes (formats/README.md, "What is refused").
extension PatternChecks {
  /// What an anchor that was cut must have pinned down before.
  private static let leastEvidence = 4

  /// A run whose end hangs on what stands behind it.
  static func checkOpen(_ run: RunField, _ rest: [PatternElement], _ label: String, _ scope: Scope) throws(FormatDiagnostic) {
    if case .group(let inner)? = rest.first, isNeverTaken(inner, behind: run, Array(rest.dropFirst()), scope) {
      throw scope.diagnostic(
        run.column, "the text ends the same way with and without the group behind \"\(label)\": it is never taken",
        hint: "write dialects instead")
    }
    for way in ways(rest[...], isUnit: scope.isInComposite) {
      if let cut = way.cutAt, way.evidence < leastEvidence {
        throw scope.diagnostic(run.column, "the end of \"\(label)\" hangs on \"\(cut)\"", hint: "limit it (..64)")
      }
      if way.isEmpty, let open = way.openRun {
        throw scope.diagnostic(
          run.column, "nothing separates \"\(label)\" from \"\(open)\"", hint: "put text between them, or give \"\(label)\" a type")
      }
    }
  }

  /// One way to go on behind a run, as its anchor reads it.
  private struct Way {
    var evidence = 0
    var isEmpty = true
    /// The field that made the anchor too wide.
    var cutAt: String?
    /// The open run at which the anchor stops.
    var openRun: String?
  }

  private static func ways(_ elements: ArraySlice<PatternElement>, isUnit: Bool, width: Int = 0, _ way: Way = Way()) -> [Way] {
    guard let element = elements.first else {
      var ended = way
      ended.isEmpty = false
      return [ended]
    }
    let rest = elements.dropFirst()
    func going(on wide: Int, evidence: Int, _ name: String) -> [Way] {
      var next = way
      if width + wide > Anchor.greatestWidth {
        next.cutAt = "{\(name)}"
        next.isEmpty = false
        return [next]
      }
      next.evidence += evidence
      next.isEmpty = false
      return ways(rest, isUnit: isUnit, width: width + wide, next)
    }
    switch element {
    case .literal(let literal): return going(on: literal.count, evidence: literal.count, "")
    case .blanks: return ways(rest, isUnit: isUnit, width: width + Anchor.greatestBlanks, way)
    case .group(let inner):
      return ways(ArraySlice(inner + rest), isUnit: isUnit, width: width, way) + ways(rest, isUnit: isUnit, width: width, way)
    case .run(let run):
      if PatternAnalysis.isClosed(run, followedBy: rest, inComposite: isUnit) {
        var next = going(on: run.most ?? Anchor.greatestRun, evidence: 0, run.name)
        // A run that may be empty pins nothing down.
        if run.least == 0 { next = next.map { $0.evidence == way.evidence && way.isEmpty && $0.openRun != nil ? emptied($0) : $0 } }
        return next
      }
      var stopped = way
      stopped.openRun = run.name
      stopped.isEmpty = way.isEmpty && run.least == 0
      return [stopped]
    case .strict(let field):
      guard let widest = field.type.greatestWidth else {
        var stopped = way
        stopped.isEmpty = false
        return [stopped]
      }
      return going(on: field.most ?? widest, evidence: field.type.evidence, field.name)
    case .composite(let field): return ways(field.elements[...], isUnit: true, width: width, way)
    }
  }

  private static func emptied(_ way: Way) -> Way {
    var emptied = way
    emptied.isEmpty = true
    return emptied
  }

  /// A longest run that may hold all of the group takes it; and what ends the same way in both cases says nothing of the group.
  private static func isNeverTaken(_ inner: [PatternElement], behind run: RunField, _ rest: [PatternElement], _ scope: Scope) -> Bool {
    if run.longest, run.most == nil, bytes(of: inner).subtracting(run.bytes).isEmpty { return true }
    let with = Anchor(followedBy: inner + rest, inComposite: scope.isInComposite).branches
    let without = Anchor(followedBy: rest, inComposite: scope.isInComposite).branches
    return Set(with) == Set(without)
  }

  /// All bytes that elements may hold, as far as that is known: strict types may hold any.
  private static func bytes(of elements: [PatternElement]) -> ByteSet {
    elements.reduce(into: ByteSet()) { set, element in
      switch element {
      case .literal(let literal): set.formUnion(ByteSet(literal))
      case .blanks: set.formUnion(ByteSet(" \t"))
      case .group(let inner): set.formUnion(bytes(of: inner))
      case .run(let run): set.formUnion(run.bytes)
      case .strict: set.formUnion(PatternResolver.text)
      case .composite(let field): set.formUnion(bytes(of: field.elements))
      }
    }
  }

  /// What stands directly behind a strict type and can never match there, since the type takes it or forbids it; nil if there is no such
  /// thing.
  static func impossible(behind field: StrictField, _ rest: [PatternElement]) -> String? {
    let never = field.type.neverBehind
    switch rest.first {
    case .literal(let bytes)? where never.contains(bytes[0]): return String(UnicodeScalar(bytes[0]))
    case .strict(let following)? where !following.type.canBeEmpty:
      // A sign may stand behind a number, but who writes two numbers side by side does not mean that.
      let first = following.type.firstBytes.subtracting(ByteSet("+-."))
      guard !first.isEmpty, first.subtracting(never).isEmpty else { return nil }
      return following.name.isEmpty ? following.type.label : following.name
    default: return nil
    }
  }
}

extension StrictType {
  /// Bytes that cannot stand behind it: it would have taken them, or it does not end before them.
  fileprivate var neverBehind: ByteSet {
    switch self {
    case .int, .number, .grouped, .priority, .since, .epoch(.seconds), .epoch(.any): Self.digits
    case .hex: Self.hexDigits
    case .ip: Self.digits
    case .level: ByteSet((UInt8.min...UInt8.max).filter(ASCII.isLetterOrDigit))
    case .size: ByteSet((UInt8.min...UInt8.max).filter(ASCII.isLetter))
    default: ByteSet()
    }
  }
}
