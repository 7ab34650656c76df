import Foundation
import LogBytes
import LogFormats
import LogOutput
import TestSupport
import Testing

@testable import LogPipeline

/// Everything that formats/README.md claims is executed: each row of pattern, text and result, each format with its samples.
struct FormatGuideTests {
  /// A row of a table whose columns are pattern, text and result.
  struct Example: Sendable, CustomTestStringConvertible {
    var line: Int
    var pattern: String
    var text: String
    /// The fields as JSON; nil for no match.
    var result: String?

    var testDescription: String { "line \(line): \(pattern)" }
  }

  /// A fenced block with a format file in it.
  struct File: Sendable, CustomTestStringConvertible {
    var line: Int
    var text: String

    var testDescription: String { "line \(line): \(text.prefix { $0 != "\n" })" }
  }

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  static let lines =
    ((try? String(contentsOf: root.appendingPathComponent("formats/README.md"), encoding: .utf8)) ?? "")
    .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)

  static let examples = rows(["pattern", "text", "result"]).map { line, cells in
    Example(line: line, pattern: code(cells[0]), text: code(cells[1]), result: cells[2] == "no match" ? nil : code(cells[2]))
  }

  /// Patterns that are refused, with the message.
  static let refusals = rows(["refused", "message"]).map { line, cells in
    Example(line: line, pattern: code(cells[0]), text: "", result: cells[1])
  }

  /// The rows of the tables with these heads, each with its line in the guide.
  private static func rows(_ heads: [String]) -> [(line: Int, cells: [String])] {
    var rows: [(line: Int, cells: [String])] = []
    var isTable = false
    for (index, line) in lines.enumerated() {
      let cells = line.hasPrefix("|") ? cells(of: line) : []
      if cells == heads {
        isTable = true
      } else if cells.isEmpty {
        isTable = false
      } else if isTable, !cells[0].hasPrefix("---") {
        rows.append((index + 1, cells))
      }
    }
    return rows
  }

  static let files: [File] = {
    var files: [File] = []
    var open: (line: Int, text: String)?
    for (index, line) in lines.enumerated() {
      if let block = open {
        if line == "```" {
          if block.text.hasPrefix("name:") { files.append(File(line: block.line, text: block.text)) }
          open = nil
        } else {
          open = (block.line, block.text + line + "\n")
        }
      } else if line.hasPrefix("```yaml") {
        open = (index + 2, "")
      }
    }
    return files
  }()

  /// The cells of a row; `\|` is a bar inside of one.
  private static func cells(of row: String) -> [String] {
    let bar = "\u{1}"
    return row.replacingOccurrences(of: "\\|", with: bar).split(separator: "|").map {
      $0.trimmingCharacters(in: .init(charactersIn: " ")).replacingOccurrences(of: bar, with: "|")
    }
  }

  /// What stands between backquotes; one blank inside of them is there for a backquote at the edge, and not meant.
  private static func code(_ cell: String) -> String {
    var text = Substring(cell)
    while text.hasPrefix("`"), text.hasSuffix("`"), text.count > 1 { text = text.dropFirst().dropLast() }
    return String(text)
  }

  @Test func `the guide is there, with its examples`() {
    #expect(Self.examples.count > 80)
    #expect(Self.refusals.count > 20)
    #expect(Self.files.count > 8)
    #expect((Self.examples + Self.refusals).allSatisfy { $0.result?.isEmpty != true })
  }

  @Test(arguments: examples)
  func `a pattern gives what its row says`(example: Example) throws {
    let pattern = try Pattern.parse(example.pattern)
    var format = LogFormat(name: "example")
    format.entry = [pattern]
    // Rows are shorter than formats may be: it is said that such lines are to be expected.
    format.hints.require = [try Pattern.parse("{}")]
    #expect(try entry(of: example.text, format) == example.result)
    guard pattern.tail == nil else { return }
    var reference = ReferenceMatcher(pattern)
    #expect((reference.match(bytes(example.text)) != nil) == (example.result != nil), "the reference disagrees")
  }

  @Test(arguments: refusals)
  func `what is refused is refused with its message`(example: Example) throws {
    let pattern = example.pattern.replacingOccurrences(of: "'", with: "''")
    let found = FormatCheck.diagnostics(
      of: bytes("name: example\nhints: {require: ['{}']}\nentry: ['\(pattern)']\n"), path: "example.yaml")
    let diagnostic = try #require(found.first)
    #expect(diagnostic.message.replacing(#/^column [0-9]+: /#, with: "") == example.result)
    #expect(!diagnostic.isWarning)
    #expect(diagnostic.position.line == 3)
  }

  /// The fields of the entry that a line makes, without `format`, as JSON; nil if the format does not take it.
  private func entry(of line: String, _ format: LogFormat) throws -> String? {
    let catalog = try CompiledCatalog([format])
    var stream = EntryStream(catalog: catalog, writer: .jsonLines(JSONLinesWriter()), arrival: 1_798_675_200)
    let output = written {
      stream.append(bytes(line).span, into: &$0)
      stream.finish(into: &$0)
    }
    let text = String(decoding: output, as: UTF8.self).trimmingCharacters(in: .newlines)
    if text.contains("\"format\":null") { return nil }
    return text.replacingOccurrences(of: "\"format\":\"example\",", with: "").replacingOccurrences(of: ",\"format\":\"example\"", with: "")
      .replacingOccurrences(of: "\"format\":\"example\"", with: "")
  }

  @Test(arguments: files)
  func `a format takes its samples`(file: File) {
    let found = FormatCheck.diagnostics(of: bytes(file.text), path: "README.md").filter { !$0.isWarning }
    // The guide describes the language as a whole; what the reader says it cannot do yet is known, and nothing else.
    let isKnown = found.allSatisfy { $0.message.hasSuffix(" is not supported yet") } && !found.isEmpty
    withKnownIssue("the language is not whole yet") {
      #expect(found.isEmpty, "line \(file.line) of the guide: \(found)")
    } when: {
      isKnown
    }
  }

  /// Comments name sections of the guide: each must exist.
  @Test func `every section that the sources name is there`() throws {
    let sections = Set(
      Self.lines.filter { $0.hasPrefix("#") }.map { $0.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces) })
    let sources = try #require(FileManager.default.enumerator(atPath: Self.root.appendingPathComponent("Sources").path))
    var named = 0
    for case let path as String in sources where path.hasSuffix(".swift") {
      let text = try String(contentsOf: Self.root.appendingPathComponent("Sources/\(path)"), encoding: .utf8)
      for citation in text.matches(of: /formats\/README\.md, (?:section )?((?:"[^"]+"(?: and )?)+)/) {
        for section in citation.1.matches(of: /"([^"]+)"/) {
          named += 1
          #expect(sections.contains(String(section.1)), "Sources/\(path) names a section that formats/README.md has not")
        }
      }
    }
    #expect(named > 10)
  }
}
