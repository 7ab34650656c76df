import LogBytes
import LogEntries
import TestSupport
import Testing

@testable import LogFormats

/// A strict type, compiled as a pattern's only field.
struct TypeProbe {
  let operand: StrictOperand
  let program: ProgramView

  /// - Parameter type: as in a pattern, with its limits: `int`, `hex 32..32`, `%H:%M:%S`.
  init(_ type: String, context: PatternContext = PatternContext()) throws {
    let pattern = try Pattern.parse("{x:\(type)}", context: context)
    guard case .strict(let field) = pattern.elements[0] else { preconditionFailure("\(type) is not strict") }
    var compiler = ProgramCompiler()
    let number = compiler.operand(field)
    program = ProgramView(ProgramPools(compiler.programs))
    operand = program.strict[Int(number)]
  }

  /// Where the type ends in a text, -1 if it does not begin there.
  func end(_ text: [UInt8], from: Int = 0) -> Int {
    Matcher.scanAny(operand, program, text.span, from)
  }

  /// What the type takes of a text; nil if nothing.
  func taken(_ text: String) -> String? {
    let text = bytes(text)
    let end = end(text)
    return end < 0 ? nil : String(decoding: text[..<end], as: UTF8.self)
  }

  /// The parts of a time; nil if none stands at the start of the text.
  func parts(_ text: String) -> TimeParts? {
    var parts = TimeParts()
    return Matcher.scanTime(operand, program, bytes(text).span, 0, &parts) < 0 ? nil : parts
  }
}

/// What a type takes of a text: `taken` and what follows it; nothing for a text that does not begin with the type.
///
/// Checked on the scanner, at the start and inside of a text, and on the reference.
struct Taking: Sendable, CustomTestStringConvertible {
  var type: String
  var taken: String?
  var rest: String

  init(_ type: String, _ taken: String?, _ rest: String = "") {
    self.type = type
    self.taken = taken
    self.rest = rest
  }

  var testDescription: String { "\(type): \(taken ?? "nothing") | \(rest)" }

  func check(context: PatternContext = PatternContext(), sourceLocation: SourceLocation = #_sourceLocation) throws {
    let probe = try TypeProbe(type, context: context)
    let whole = (taken ?? "") + rest
    #expect(probe.taken(whole) == taken, "scanner", sourceLocation: sourceLocation)
    let end = probe.end(bytes("[" + whole), from: 1)
    #expect(end == (taken.map { $0.utf8.count + 1 } ?? -1), "inside of a text", sourceLocation: sourceLocation)
    if let taken { #expect(probe.taken(taken) == taken, "alone", sourceLocation: sourceLocation) }
    var reference = ReferenceMatcher(try Pattern.parse("{x:\(type)}{y:rest}", context: context))
    let ofReference = reference.match(bytes(whole))?.first { $0.name == "x" }.map {
      String(decoding: bytes(whole)[..<$0.end], as: UTF8.self)
    }
    #expect(ofReference == taken, "reference", sourceLocation: sourceLocation)
  }
}

/// What fields a type gives for a text: `name=value` as in JSON, strings between single quotes.
struct Valuing: Sendable, CustomTestStringConvertible {
  var type: String
  var text: String
  var fields: [String]

  init(_ type: String, _ text: String, _ fields: String...) {
    self.type = type
    self.text = text
    self.fields = fields
  }

  var testDescription: String { "\(type): \(text)" }

  func check(context: PatternContext = PatternContext(), sourceLocation: SourceLocation = #_sourceLocation) throws {
    let probe = try EntryProbe(["{x:\(type)}"], context: context)
    #expect(probe.fields(text) == fields, sourceLocation: sourceLocation)
  }
}
