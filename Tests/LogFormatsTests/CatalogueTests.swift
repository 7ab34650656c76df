import Foundation
import LogFormats
import TestSupport
import Testing

/// The formats of the executable as a whole: they are the files of `formats/`, and a field's type is the same in all of them.
struct CatalogueTests {
  private static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent()

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  @Test func `each file of the folder is embedded`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.root.appendingPathComponent("formats").path)
      .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    let embedded = FormatCatalog.embeddedNames
    for name in files where !embedded.contains(name) {
      let isDigitFirst = name.first?.isNumber ?? false
      let identifier = (isDigitFirst ? "format_" : "") + name.replacing("-", with: "_")
      Issue.record("Sources/CFormatFiles/FormatFiles.c lacks the line:   FILE(\(identifier), \"\(name)\") \\")
    }
    #expect(embedded.filter { !files.contains($0) }.isEmpty, "without a file")
    #expect(embedded == embedded.sorted(), "the list is in the order of names")
    #expect(files.count >= 10)
  }

  @Test func `each file has the name of its format, and its bytes are the file's`() throws {
    for name in FormatCatalog.embeddedNames {
      let bytes = try #require(FormatCatalog.embeddedFile(name))
      #expect(bytes == Array(try Data(contentsOf: Self.root.appendingPathComponent("formats/\(name).yaml"))), "\(name): build again")
      #expect(try LogFormatReader.read(bytes, path: FormatCatalog.path(ofEmbedded: name)).name == name)
    }
    #expect(FormatCatalog.embeddedFile("no-such-format") == nil)
    #expect(throws: Never.self) { try CompiledCatalog(try FormatCatalog.readEmbedded()) }
  }

  @Test func `a field has one type in the whole catalogue`() throws {
    var users: [String: [FieldKind: Set<String>]] = [:]
    for format in try FormatCatalog.readEmbedded() {
      for field in format.entryFields + format.declaredEvents.flatMap(\.fields) {
        users[field.name, default: [:]][field.kind, default: []].insert(format.name)
      }
    }
    #expect(users.count > 50)
    for (name, kinds) in users.sorted(by: { $0.key < $1.key }) where kinds.count > 1 {
      let list = kinds.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key) in \($0.value.sorted().joined(separator: ", "))" }
      Issue.record("\"\(name)\" is \(list.joined(separator: "; "))")
    }
  }

  @Test func `two types of one name are found`() throws {
    var one = LogFormat(name: "one")
    one.entry = [try Pattern.parse("{a:int} {b}{? {c:endpoint}}")]
    var two = LogFormat(name: "two")
    two.entry = [try Pattern.parse("{b:flag(x)} {:csv(c_port:int|a)}")]
    #expect(one.entryFields.map { "\($0.name) \($0.kind)" } == ["a number", "b string", "c string", "c_port number"])
    #expect(two.entryFields.map { "\($0.name) \($0.kind)" } == ["b boolean", "c_port number", "a string", "more list"])
    one.events = [FieldEvents(field: "b", events: [("e", try Pattern.parse("{d} {x:int}")), ("e", try Pattern.parse("{d}: {x:ip}"))])]
    let events = one.declaredEvents
    #expect(events.map(\.event) == ["e"])
    #expect(events.first?.fields.map { "\($0.name) \($0.kind)" } == ["d string", "x number", "x string"])
  }

  @Test(arguments: ["docs/architecture.md", "CONTRIBUTING.md", "README.md"])
  func `every file that a document names exists`(document: String) throws {
    let text = try Self.text(document)
    let names = text.matches(of: /`((?:Sources|Tests|script|formats|samples|docs|bench|fuzz|deploy)\/[A-Za-z0-9_.\/+-]*)`/).map {
      String($0.1)
    }
    for name in Set(names) where !name.contains("NAME") && !name.contains("CASE") && !name.contains("FORMAT") {
      #expect(FileManager.default.fileExists(atPath: Self.root.appendingPathComponent(name).path), "\(name)")
    }
    if document == "docs/architecture.md" { #expect(names.count > 20) }
  }
}
