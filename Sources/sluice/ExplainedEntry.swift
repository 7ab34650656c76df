import LogBytes
import LogJSON

/// An entry as it was written, taken apart again.
struct ExplainedEntry {
  struct Member {
    var name: String
    /// As it was written.
    var json: [UInt8]

    /// A string without its quotes and escapes.
    var text: [UInt8]? {
      guard json.first == ASCII.quote, json.count >= 2 else { return nil }
      var output = ByteOutput()
      output.appendJSONUnescaped(json.span.extracting(1..<json.count - 1))
      return output.span.indices.map { output.span[$0] }
    }

    /// What kind of value it is.
    var kind: String {
      switch json.first.flatMap(JSONScanning.kind) {
      case .string: "string"
      case .number: "number"
      case .yes, .no: "flag"
      case .object, .array: "nested"
      case .null, nil: "null"
      }
    }
  }

  /// Without those that say where it stood.
  private(set) var members: [Member] = []
  private(set) var sourceLine = 1
  private(set) var sourceLines = 1

  /// - Parameter line: a line of JSON with `source_line` and `source_lines`; nil if it is none.
  init?(_ line: [UInt8]) {
    var walk = JSONMembers(object: 0)
    var end = 0
    while true {
      switch walk.next(in: line.span, after: end) {
      case .malformed: return nil
      case .ended: return
      case .value:
        end = JSONScanning.scanValue(line.span, from: walk.value)
        guard end >= 0 else { return nil }
        let member = Member(name: String(decoding: line[walk.key], as: UTF8.self), json: Array(line[walk.value..<end]))
        switch member.name {
        case "source_line": sourceLine = Int(String(decoding: member.json, as: UTF8.self)) ?? 1
        case "source_lines": sourceLines = Int(String(decoding: member.json, as: UTF8.self)) ?? 1
        case "source_file": break
        default: members.append(member)
        }
      }
    }
  }

  subscript(name: String) -> Member? { members.first { $0.name == name } }

  /// nil if no format took it.
  var format: String? { self["format"]?.text.map { String(decoding: $0, as: UTF8.self) } }
  var event: String? { self["event"]?.text.map { String(decoding: $0, as: UTF8.self) } }
}
