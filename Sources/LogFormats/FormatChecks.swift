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
  }
}
