/// What is refused of a format as a whole: keys that do nothing without others (formats/README.md, "What is refused").
enum FormatChecks {
  /// - Parameter position: where the format's document begins.
  static func check(_ format: LogFormat, at position: SourcePosition) throws(FormatDiagnostic) {
    if let line = format.lines.first, format.start.isEmpty {
      throw FormatDiagnostic(
        position: line.position, message: "\"lines\" does nothing without \"start\"", hint: "say with which line an entry starts")
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
