import LogBytes

/// What the compiler refuses in a pattern that can be read (formats/README.md, "What is refused").
enum PatternChecks {
  static let greatestGroups = 16

  static func check(_ pattern: Pattern, isFind: Bool) throws(FormatDiagnostic) {
    var names: Set<String> = []
    var groups = 0
    try check(pattern.elements, behind: [], inComposite: false, pattern, isFind, &names, &groups)
    guard groups <= greatestGroups else {
      throw diagnostic(pattern, 1, "more than \(greatestGroups) groups", hint: "write dialects instead")
    }
  }

  private static func diagnostic(_ pattern: Pattern, _ column: Int, _ message: String, hint: String = "") -> FormatDiagnostic {
    FormatDiagnostic(
      position: SourcePosition(line: pattern.position.line, column: pattern.position.column + column - 1), message: message, hint: hint)
  }

  private static func check(
    _ elements: [PatternElement], behind: [PatternElement], inComposite: Bool, _ pattern: Pattern, _ isFind: Bool,
    _ names: inout Set<String>,
    _ groups: inout Int
  ) throws(FormatDiagnostic) {
    for (index, element) in elements.enumerated() {
      let rest = Array(elements[(index + 1)...]) + behind
      switch element {
      case .literal, .blanks: break
      case .group(let inner):
        groups += 1
        if PatternAnalysis.firstBytes(of: inner).canBeEmpty { throw diagnostic(pattern, 1, "this group can be empty") }
        try check(inner, behind: rest, inComposite: inComposite, pattern, isFind, &names, &groups)
      case .run(let run):
        try claim(run.name, run.column, pattern, &names)
        try check(run, rest, inComposite: inComposite, pattern, isFind)
      case .strict(let field):
        if !field.name.isEmpty { try claim(field.name, field.column, pattern, &names) }
        try check(field, rest, pattern, isFind)
      case .composite(let field):
        guard case .literal? = field.elements.last.map(lastOf) else {
          throw diagnostic(pattern, field.column, "\"\(field.typeName)\" must end in text or in a type with an end of its own")
        }
        try check(field.elements, behind: [], inComposite: true, pattern, isFind, &names, &groups)
      }
    }
  }

  /// The last element as far as ends are concerned: a strict type is as good as a literal.
  private static func lastOf(_ element: PatternElement) -> PatternElement {
    switch element {
    case .strict, .group, .composite: .literal([])
    default: element
    }
  }

  private static func claim(_ name: String, _ column: Int, _ pattern: Pattern, _ names: inout Set<String>) throws(FormatDiagnostic) {
    if name.isEmpty { return }
    guard names.insert(name).inserted else { throw diagnostic(pattern, column, "\"\(name)\" stands twice") }
    if ["format", "event", "source_file", "source_line", "source_lines"].contains(name) {
      throw diagnostic(pattern, column, "\"\(name)\" is reserved", hint: "choose another name")
    }
  }

  private static func check(
    _ run: RunField, _ rest: [PatternElement], inComposite: Bool, _ pattern: Pattern, _ isFind: Bool
  ) throws(FormatDiagnostic) {
    let label = run.name.isEmpty ? "{}" : run.name
    if PatternAnalysis.isClosed(run, followedBy: rest, inComposite: inComposite) {
      if run.longest, !rest.isEmpty { throw diagnostic(pattern, run.column, "\"longest\" changes nothing: \"\(label)\" ends by itself") }
      return
    }
    if isFind {
      throw diagnostic(pattern, run.column, "\"\(label)\" is open: a find needs an end for it", hint: "a class, or text behind it")
    }
    switch rest.first {
    case .run(let following) where !PatternAnalysis.isClosed(following, followedBy: rest.dropFirst(), inComposite: inComposite):
      throw diagnostic(
        pattern, run.column, "nothing separates \"\(label)\" from \"\(following.name)\"",
        hint: "put text between them, or give \"\(label)\" a type")
    case .strict(let following) where following.type.greatestWidth == nil && following.type.canBeEmpty:
      throw diagnostic(pattern, run.column, "\"\(label)\" has no end: \"\(following.type.label)\" can begin anywhere")
    default: break
    }
  }

  private static func check(_ field: StrictField, _ rest: [PatternElement], _ pattern: Pattern, _ isFind: Bool) throws(FormatDiagnostic) {
    switch field.type {
    case .rest, .csv, .cef:
      if !rest.isEmpty { throw diagnostic(pattern, field.column, "\"\(field.type.label)\" must be last") }
    default: break
    }
    if isFind, field.type.greatestWidth == nil { throw diagnostic(pattern, field.column, "\"\(field.type.label)\" has no place in a find") }
    if field.all, !isFind { throw diagnostic(pattern, field.column, "\"all\" is for find only") }
    // Types that take every digit they can leave none for what follows.
    let takesDigits: Bool =
      switch field.type {
      case .int, .hex: true
      default: false
      }
    if takesDigits, field.most == nil, case .literal(let bytes)? = rest.first, ASCII.isDigit(bytes[0]) {
      let text = String(UnicodeScalar(bytes[0]))
      throw diagnostic(pattern, field.column, "\"\(field.type.label)\" takes \"\(text)\" too: nothing is left for it")
    }
  }
}

extension StrictType {
  /// The type's name in a pattern.
  var label: String {
    switch self {
    case .int: "int"
    case .hex: "hex"
    case .rest: "rest"
    case .csv: "csv"
    case .cef: "cef"
    case .pairs: "pairs"
    case .keyValue: "kv"
    case .backslash: "backslash"
    case .json: "json"
    case .quoted, .quotedDoubled: "quoted"
    case .data: "data"
    default: "\(kind)"
    }
  }
}
