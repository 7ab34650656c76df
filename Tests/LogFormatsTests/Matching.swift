import FormatTestSupport
import LogFormats
import TestSupport
import Testing

/// A pattern, a text, and what the pattern takes of it: checked on the compiled matcher and on the reference.
struct Matching: Sendable, CustomTestStringConvertible {
  var pattern: String
  var text: [UInt8]
  /// `name=value` in the order of the pattern; nil for no match.
  var fields: [String]?
  /// Own types, by name.
  var types: [String: String]

  init(_ pattern: String, _ text: String, _ fields: [String]?, types: [String: String] = [:]) {
    self.init(pattern, bytes(text), fields, types: types)
  }

  init(_ pattern: String, _ text: [UInt8], _ fields: [String]?, types: [String: String] = [:]) {
    self.pattern = pattern
    self.text = text
    self.fields = fields
    self.types = types
  }

  var testDescription: String {
    let text = String(decoding: text, as: UTF8.self)
    return "\(pattern) | \(text.count > 60 ? text.prefix(60) + "…" : text)"
  }

  var context: PatternContext {
    PatternContext(
      types: types.mapValues { source in
        // Words with bars are an enumeration, everything else a pattern.
        if source.contains("{") { return .pattern(source, position: SourcePosition()) }
        return .enumeration(source.split(separator: "|").map { EnumerationWord(word: bytes(String($0)), value: bytes(String($0))) })
      })
  }

  func check(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let pattern = try Pattern.parse(pattern, context: context)
    var probe = try MatchProbe(pattern)
    #expect(show(probe.match(text)) == fields, "compiled", sourceLocation: sourceLocation)
    // The same inside of a chunk: what stands around the text must not be looked at.
    let before = bytes(" \"a]")
    let chunk = before + text + bytes("a\" ]1")
    #expect(show(probe.match(chunk, before.count..<before.count + text.count)) == fields, "in a chunk", sourceLocation: sourceLocation)
    var reference = ReferenceMatcher(pattern)
    #expect(show(reference.match(text)) == fields, "reference", sourceLocation: sourceLocation)
  }

  private func show(_ taken: [ReferenceCapture]?) -> [String]? {
    taken?.map { "\($0.name)=\(String(decoding: text[$0.start..<$0.end], as: UTF8.self))" }
  }
}
