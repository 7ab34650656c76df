import LogBytes

/// What the compiler refuses in a pattern that can be read (formats/README.md, "What is refused").
enum PatternChecks {
  static let greatestGroups = 16

  /// What is checked together: the pattern, the names that it has so far, and where the columns of its elements count from.
  struct Scope {
    var position: SourcePosition
    var isFind: Bool
    var isInComposite = false
    var names: Set<String> = []
    var groups = 0
    /// Where an option `all` stands.
    var allColumn: Int?

    func diagnostic(_ column: Int, _ message: String, hint: String) -> FormatDiagnostic {
      FormatDiagnostic(
        position: SourcePosition(line: position.line, column: position.column + column - 1), message: "column \(column): \(message)",
        hint: hint)
    }
  }

  /// - Parameters:
  ///   - isFind: it is searched in a text (`find`).
  ///   - takesTail: a tail may stand at its end: only a dialect is matched against a text of which one can be cut off.
  static func check(_ pattern: Pattern, isFind: Bool, takesTail: Bool = true) throws(FormatDiagnostic) {
    var scope = Scope(position: pattern.position, isFind: isFind)
    try check(pattern.elements, behind: [], &scope)
    guard scope.groups <= greatestGroups else {
      throw scope.diagnostic(1, "more than \(greatestGroups) groups", hint: "write dialects instead")
    }
    if let column = scope.allColumn, scope.names.count != 1 || pattern.collectsAll == false {
      throw scope.diagnostic(column, "\"all\" stands on the only field of a find", hint: "write a find for each field")
    }
    guard let tail = pattern.tail else { return }
    guard takesTail else { throw scope.diagnostic(1, "\"tail\" is for dialects only", hint: "put it in the entry's pattern") }
    for key in tail { try claim(key, 1, &scope) }
  }

  private static func check(_ elements: [PatternElement], behind: [PatternElement], _ scope: inout Scope) throws(FormatDiagnostic) {
    for (index, element) in elements.enumerated() {
      let rest = Array(elements[(index + 1)...]) + behind
      switch element {
      case .literal, .blanks: break
      case .group(let inner):
        scope.groups += 1
        try check(inner, behind: rest, &scope)
      case .run(let run):
        try claim(run.name, run.column, isTime: false, isWord: true, isText: true, &scope)
        if run.all { try claimAll(run.column, &scope) }
        try check(run, rest, scope)
      case .strict(let field):
        if case .csv(let keys) = field.type { for key in keys { try claim(key, field.column, &scope) } }
        if !field.name.isEmpty {
          try claim(
            field.name, field.column, isTime: field.type.isTime, isWord: field.type.isWord, isText: field.type.isText, &scope)
        }
        if field.all { try claimAll(field.column, &scope) }
        try check(field, rest, scope)
      case .composite(let field):
        guard case .literal? = field.elements.last.map(lastOf) else {
          throw scope.diagnostic(
            field.column, "\"\(field.typeName)\" must end in text or in a type with an end of its own",
            hint: "what follows a unit takes no part in its end")
        }
        // Columns inside of the type count from its own pattern.
        if !endsItself(field.elements[...]) {
          throw scope.diagnostic(
            field.column, "\"\(field.typeName)\" must end in text or in a type with an end of its own",
            hint: "what follows a unit takes no part in its end")
        }
        let outer = scope
        scope.position = field.position
        scope.isInComposite = true
        try check(field.elements, behind: [], &scope)
        scope.position = outer.position
        scope.isInComposite = outer.isInComposite
      }
    }
  }

  /// Behind each run stands something in the type that cannot be absent, which ends it.
  private static func endsItself(_ elements: ArraySlice<PatternElement>) -> Bool {
    for (index, element) in elements.enumerated() {
      let rest = elements.dropFirst(index + 1)
      switch element {
      case .run: if PatternAnalysis.firstBytes(of: rest).canBeEmpty { return false }
      case .group(let inner): if !endsItself(inner + rest) { return false }
      case .literal, .blanks, .strict, .composite: break
      }
    }
    return true
  }

  /// The last element as far as ends are concerned: a strict type is as good as a literal.
  private static func lastOf(_ element: PatternElement) -> PatternElement {
    switch element {
    case .strict, .group, .composite: .literal([])
    default: element
    }
  }

  /// A small letter, then small letters, digits and underscores.
  static func isFieldName(_ name: String) -> Bool {
    guard let first = name.utf8.first, (ASCII.smallA...ASCII.smallZ).contains(first) else { return false }
    return name.utf8.allSatisfy { $0 == ASCII.underscore || ASCII.isDigit($0) || (ASCII.smallA...ASCII.smallZ).contains($0) }
  }

  private static func claimAll(_ column: Int, _ scope: inout Scope) throws(FormatDiagnostic) {
    guard scope.isFind else { throw scope.diagnostic(column, "\"all\" is for find only", hint: "remove it") }
    scope.allColumn = column
  }

  private static func claim(_ key: ListKey, _ column: Int, _ scope: inout Scope) throws(FormatDiagnostic) {
    guard isFieldName(key.name) else {
      throw scope.diagnostic(column, "\"\(key.name)\" is no name of a field", hint: "small letters, digits and _")
    }
    try claim(
      key.name, column, isTime: key.type?.isTime ?? false, isWord: key.type?.isWord ?? true, isText: key.type?.isText ?? true, &scope)
  }

  /// A name stands once in a pattern; those that every entry has hold what their columns hold.
  private static func claim(
    _ name: String, _ column: Int, isTime: Bool, isWord: Bool, isText: Bool, _ scope: inout Scope
  ) throws(FormatDiagnostic) {
    if name.isEmpty { return }
    guard scope.names.insert(name).inserted else { throw scope.diagnostic(column, "\"\(name)\" stands twice", hint: "keep one of them") }
    switch name {
    case "format", "event", "source_file", "source_line", "source_lines":
      throw scope.diagnostic(column, "\"\(name)\" is reserved", hint: "choose another name")
    case "time" where !isTime:
      throw scope.diagnostic(column, "\"time\" must be a time", hint: "give it a layout, iso or epoch, or another name")
    case "level" where !isWord:
      throw scope.diagnostic(column, "\"level\" must be a word", hint: "choose another name")
    case "message" where !isText:
      throw scope.diagnostic(column, "\"message\" must be a text", hint: "choose another name")
    default: break
    }
  }

  private static func check(_ run: RunField, _ rest: [PatternElement], _ scope: Scope) throws(FormatDiagnostic) {
    let label = run.name.isEmpty ? "{}" : run.name
    if PatternAnalysis.isClosed(run, followedBy: rest, inComposite: scope.isInComposite) {
      if run.longest {
        throw scope.diagnostic(run.column, "\"longest\" changes nothing: \"\(label)\" ends by itself", hint: "remove it")
      }
      return
    }
    if scope.isFind {
      throw scope.diagnostic(run.column, "\"\(label)\" is open: a find needs an end for it", hint: "a class, or text behind it")
    }
    switch rest.first {
    case .run(let following) where !PatternAnalysis.isClosed(following, followedBy: rest.dropFirst(), inComposite: scope.isInComposite):
      throw scope.diagnostic(
        run.column, "nothing separates \"\(label)\" from \"\(following.name)\"",
        hint: "put text between them, or give \"\(label)\" a type")
    case .strict(let following) where following.type.greatestWidth == nil && following.type.canBeEmpty:
      throw scope.diagnostic(
        run.column, "\"\(label)\" has no end: \"\(following.type.label)\" can begin anywhere", hint: "put text between them")
    default: try checkOpen(run, rest, label, scope)
    }
  }

  private static func check(_ field: StrictField, _ rest: [PatternElement], _ scope: Scope) throws(FormatDiagnostic) {
    switch field.type {
    case .rest, .csv, .cef:
      if !rest.isEmpty {
        throw scope.diagnostic(field.column, "\"\(field.type.label)\" must be last", hint: "it takes all that stands there")
      }
    default: break
    }
    if scope.isFind, field.type.greatestWidth == nil {
      throw scope.diagnostic(field.column, "\"\(field.type.label)\" has no place in a find", hint: "it has no greatest width")
    }
    if case .layout(let layout) = field.type, !field.name.isEmpty, !layout.statesTime {
      throw scope.diagnostic(field.column, "no time is in this layout", hint: "%H:%M:%S, or a date")
    }
    if let text = impossible(behind: field, rest) {
      throw scope.diagnostic(
        field.column, "\"\(field.type.label)\" takes \"\(text)\" too: nothing is left for it", hint: "put text between them")
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

extension StrictType {
  /// It may fill a field named `level`: a level, or a text that is looked up as one.
  fileprivate var isWord: Bool {
    switch self {
    case .level, .levelWords: true
    default: isText
    }
  }

  /// Its value is a string.
  fileprivate var isText: Bool {
    switch self {
    case .hex, .ip, .uuid, .enumeration, .quoted, .quotedDoubled, .rest: true
    default: false
    }
  }
}
