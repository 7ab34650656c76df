import Foundation
import Testing

@testable import LogFormats

/// formats/schema.json is for editors; the reader decides. script/check-schema holds it against the files, this against the reader.
struct SchemaTests {
  private func definitions() throws -> [String: Any] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let data = try Data(contentsOf: root.appendingPathComponent("formats/schema.json"))
    let schema = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    return try #require(schema["$defs"] as? [String: Any])
  }

  private func keys(_ definition: Any?) throws -> Set<String> {
    let properties = try #require((definition as? [String: Any])?["properties"] as? [String: Any])
    return Set(properties.keys)
  }

  @Test func `the schema has the keys that the reader takes`() throws {
    #expect(try keys(try definitions()["format"]) == Set(LogFormatReader.keys))
  }

  /// Each key of a map, as the schema has it, is one that the reader knows: it complains of the value, not of the key.
  @Test(arguments: ["clock", "hints", "json", "kv", "delimited"])
  func `the reader takes the keys of maps that the schema has`(map: String) throws {
    let definitions = try definitions()
    let format = try #require((definitions["format"] as? [String: Any])?["properties"] as? [String: Any])
    let inner = map == "json" || map == "kv" ? definitions["keyed"] : format[map]
    let names = try keys(inner)
    #expect(names.count > 2)
    for name in names.union(["nonsense"]) {
      let text = "name: a\n\(map): {\(name): {x: [1]}}\n"
      let failure = #expect(throws: FormatDiagnostic.self) { try LogFormatReader.read(Array(text.utf8), path: "a.yaml") }
      #expect(failure?.message.contains("no key \"\(name)\"") == (name == "nonsense"), "\(map).\(name): \(String(describing: failure))")
    }
  }
}
