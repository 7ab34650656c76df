import LogBytes
import LogFormats

/// The catalogue as a page of Markdown: of each format what it is, a line of its log, its fields and events.
struct CataloguePage {
  /// Fields that every entry may have are said once.
  private static let common = ["time", "level", "message"]

  private let formats: [LogFormat]
  private let exampleLines: [String: [String]]

  /// - Parameter exampleLines: of a format's name, the lines of its first sample.
  init(_ formats: [LogFormat], exampleLines: [String: [String]]) {
    self.formats = formats.sorted { $0.name < $1.name }
    self.exampleLines = exampleLines
  }

  var text: String {
    var page = """
      # The catalogue

      The \(formats.count) formats that need no configuration. Every entry may have `time`, `level`, `format`, `event` and `message`; below each format stand the
      fields that its patterns name, with what they are in JSON, and its events with theirs. The page is what `sluice formats page` prints.

      | format | what it is | events |
      |---|---|---|

      """
    for format in formats {
      page += "| [\(format.name)](#\(format.name)) | \(Self.cell(format.title)) | \(format.declaredEvents.count) |\n"
    }
    for format in formats { page += section(format) }
    return page
  }

  private func section(_ format: LogFormat) -> String {
    var text = "\n## \(format.name)\n\n\(format.title). "
    if !format.from.isEmpty { text += "From: \(format.from). " }
    text += "[Its file](../formats/\(format.name).yaml).\n\n"
    if let lines = exampleLines[format.name] { text += lines.map { "    \($0)\n" }.joined() + "\n" }
    var kinds = Self.list(format.entryFields)
    if format.hasFreeFields { kinds.append(format.wrap == nil ? "keys of the log" : "the fields of what it wraps") }
    text += "Fields: \(kinds.isEmpty ? "none of its own" : kinds.joined(separator: ", ")).\n"
    let events = format.declaredEvents
    if events.isEmpty { return text }
    text += "\n| event | fields |\n|---|---|\n"
    for (event, fields) in events { text += "| `\(event)` | \(Self.list(fields).joined(separator: ", ")) |\n" }
    return text
  }

  private static func list(_ fields: [DeclaredField]) -> [String] {
    fields.filter { !common.contains($0.name) }.map { "`\($0.name)` \($0.kind.rawValue)" }
  }

  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
