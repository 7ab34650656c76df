import LogBytes

/// What is refused of a format as a whole: keys that do nothing without others (formats/README.md, "What is refused").
enum FormatChecks {
  /// - Parameter position: where the format's document begins.
  static func check(_ format: LogFormat, at position: SourcePosition) throws(FormatDiagnostic) {
    if let line = format.lines.first, format.start.isEmpty {
      throw FormatDiagnostic(
        position: line.position, message: "\"lines\" does nothing without \"start\"", hint: "say with which line an entry starts")
    }
    if format.hints.require.isEmpty, let pattern = (format.start.isEmpty ? format.entry : format.start).first(where: takesAnyLine) {
      throw FormatDiagnostic(
        position: pattern.position, message: "every line matches this",
        hint: "say what such a stream begins with (hints.require)")
    }
    if let start = format.start.first {
      guard case .patterns = format.structure else {
        throw FormatDiagnostic(position: start.position, message: "\"start\" stands with \"entry\" only", hint: "remove it")
      }
      if format.wrap != nil {
        throw FormatDiagnostic(
          position: start.position, message: "a format with \"start\" wraps nothing: its fields are known when the entry is complete",
          hint: "remove wrap")
      }
    }
    for pattern in format.clock.set + format.clock.file where !hasBase(pattern.elements) {
      throw FormatDiagnostic(
        position: pattern.position, message: "a pattern of a clock needs a time named \"base\"", hint: "such as {base:%Y-%m-%d}")
    }
    if case .delimited(let declaration) = format.structure { try check(declaration, at: position) }
  }

  /// The pattern pins nothing down: no text of two bytes and no strict type must stand in the line.
  private static func takesAnyLine(_ pattern: Pattern) -> Bool {
    !pinsDown(pattern.elements)
  }

  private static func pinsDown(_ elements: [PatternElement]) -> Bool {
    var literal = 0
    for element in elements {
      switch element {
      case .literal(let bytes):
        literal += bytes.count
      // Blanks belong to the text around them.
      case .blanks: break
      case .group: literal = 0
      // A run of few different bytes is as good as a text.
      case .run(let run): literal = run.bytes.count > 32 ? 0 : literal + run.least
      case .strict(let field): if !field.type.canBeEmpty { return true }
      case .composite(let field): if pinsDown(field.elements) { return true }
      }
      if literal >= 2 { return true }
    }
    return false
  }

  private static func hasBase(_ elements: [PatternElement]) -> Bool {
    elements.contains { element in
      switch element {
      case .literal, .blanks, .run: false
      case .group(let inner): hasBase(inner)
      case .strict(let field): field.name == "base" && field.type.isTime
      case .composite(let field): hasBase(field.elements)
      }
    }
  }

  private static func check(_ declaration: DelimitedDeclaration, at position: SourcePosition) throws(FormatDiagnostic) {
    func problem(_ message: String, _ hint: String) -> FormatDiagnostic {
      FormatDiagnostic(position: position, message: message, hint: hint)
    }
    if let group = declaration.time.first(where: { $0.isEmpty || $0.count > 2 }) {
      throw problem("\"\(group.joined(separator: " "))\" are not one column or two", "time: ['date time', timestamp]")
    }
    guard declaration.declare == nil else { return }
    if declaration.columns.isEmpty { throw problem("\"delimited\" does not say what its columns are", "columns, or declare") }
    if declaration.separator == nil { throw problem("\"delimited\" does not say what separates its columns", "separator: ','") }
    let names = Set(declaration.columns.map(\.name))
    if let missing = declaration.time.joined().first(where: { !names.contains($0) }) {
      let meant = nearest(missing, among: names).map { "did you mean \"\($0)\"?" }
      throw problem("no column \"\(missing)\"", meant ?? "name the columns of the time as columns does")
    }
  }
}
