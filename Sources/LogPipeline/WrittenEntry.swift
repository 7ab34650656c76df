import LogBytes
import LogJSON

/// An entry as JSON, taken apart again: for explanations and checks.
package struct WrittenEntry {
  package struct Member {
    package var name: String
    /// As it was written.
    package var json: [UInt8]

    /// A string without its quotes and escapes.
    package var text: [UInt8]? {
      guard json.first == ASCII.quote, json.count >= 2 else { return nil }
      var output = ByteOutput()
      output.appendJSONUnescaped(json.span.extracting(1..<json.count - 1))
      return output.span.indices.map { output.span[$0] }
    }

    /// What kind of value it is.
    package var kind: String {
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
  package private(set) var members: [Member] = []
  package private(set) var sourceLine = 1
  package private(set) var sourceLines = 1

  /// - Parameter line: a line of JSON, with `source_line` and `source_lines` or without; nil if it is none.
  package init?(_ line: [UInt8]) {
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

  package subscript(name: String) -> Member? { members.first { $0.name == name } }

  /// nil if no format took it.
  package var format: String? { self["format"]?.text.map { String(decoding: $0, as: UTF8.self) } }
  package var event: String? { self["event"]?.text.map { String(decoding: $0, as: UTF8.self) } }
}
