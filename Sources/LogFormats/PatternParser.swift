import LogBytes
import LogEntries

/// What a format tells its patterns: types, level words, month names.
public struct PatternContext: Sendable {
  /// The format's own types by name.
  public var types: [String: TypeDefinition]
  /// Its level words, in small letters.
  public var levels: [LevelWord]
  /// Its month names, in small letters.
  public var months: [MonthName]

  public init(types: [String: TypeDefinition] = [:], levels: [LevelWord] = [], months: [MonthName] = []) {
    self.types = types
    self.levels = levels
    self.months = months
  }
}

/// A type of a format's own.
public enum TypeDefinition: Sendable {
  /// A list or map of words.
  case enumeration([EnumerationWord])
  /// Another pattern: one field without a name, or a composite type.
  case pattern(String, position: SourcePosition)
}

extension Pattern {
  /// Reads a pattern; linear in its length.
  ///
  /// - Parameter position: where the pattern's first character stands in its file; columns of diagnostics count from it.
  public static func parse(
    _ source: String, at position: SourcePosition = SourcePosition(), context: PatternContext = PatternContext()
  ) throws(FormatDiagnostic) -> Pattern {
    var parser = PatternParser(source: source, position: position, context: context)
    var elements = try parser.parseAll()
    var tail: [ListKey]?
    if case .field(let field)? = elements.last, field.typeName == "tail" {
      elements.removeLast()
      tail = try PatternResolver(parser: parser, context: context).listKeys(field)
    }
    let resolver = PatternResolver(parser: parser, context: context)
    return Pattern(source: source, elements: try resolver.resolve(elements, prefix: "", insideOf: []), tail: tail, position: position)
  }
}

/// An element as it is written.
indirect enum WrittenElement {
  case literal([UInt8], column: Int)
  case blanks
  case group([WrittenElement], column: Int)
  case field(WrittenField)
}

/// A field as it is written.
struct WrittenField {
  var name = ""
  var isTight = false
  /// The type's name, `time` for a layout.
  var typeName = "text"
  var parameter: String?
  var longest = false
  var least: Int?
  var most: Int?
  var all = false
  var column = 1
}

/// Reads the syntax of formats/README.md, "Patterns", without knowing what types there are.
struct PatternParser {
  let characters: [Character]
  let position: SourcePosition
  let context: PatternContext
  var at = 0

  init(source: String, position: SourcePosition, context: PatternContext) {
    characters = Array(source)
    self.position = position
    self.context = context
  }

  func diagnostic(_ message: String, at index: Int, hint: String = "") -> FormatDiagnostic {
    FormatDiagnostic(
      position: SourcePosition(line: position.line, column: position.column + index), message: "column \(index + 1): \(message)", hint: hint
    )
  }

  mutating func parseAll() throws(FormatDiagnostic) -> [WrittenElement] {
    try parseElements(inside: nil)
  }

  /// The elements up to the end, or up to the brace that ends the group at `group`.
  private mutating func parseElements(inside group: Int?) throws(FormatDiagnostic) -> [WrittenElement] {
    var elements: [WrittenElement] = []
    var literal: [UInt8] = []
    var literalStart = at
    func flushed() -> [WrittenElement] {
      literal.isEmpty ? elements : elements + [.literal(literal, column: literalStart + 1)]
    }
    while at < characters.count {
      let character = characters[at]
      let following = at + 1 < characters.count ? characters[at + 1] : nil
      if character == "{", following == "{" {
        literal.append(ASCII.leftBrace)
        at += 2
      } else if character == "}", group != nil {
        elements = flushed()
        at += 1
        return elements
      } else if character == "}" {
        guard following == "}" else { throw diagnostic("write }} for a brace", at: at, hint: "inside a group, {'}'}") }
        literal.append(ASCII.rightBrace)
        at += 2
      } else if character != "{" {
        literal.append(contentsOf: String(character).utf8)
        at += 1
      } else {
        elements = flushed()
        literal = []
        elements.append(try parseBraced(following))
        literalStart = at
      }
    }
    if let group { throw diagnostic("an unclosed {?", at: group, hint: "a group ends with }") }
    return flushed()
  }

  private mutating func parseBraced(_ following: Character?) throws(FormatDiagnostic) -> WrittenElement {
    let begin = at
    switch following {
    case "?":
      at += 2
      let elements = try parseElements(inside: begin)
      return .group(elements, column: begin + 1)
    case "'":
      at += 2
      return .literal(try parseQuoted(begin), column: begin + 1)
    case "~":
      guard begin + 2 < characters.count, characters[begin + 2] == "}" else {
        throw diagnostic("write {~} for blanks", at: begin, hint: "it has no options")
      }
      at += 3
      return .blanks
    default:
      return .field(try parseField(begin))
    }
  }

  /// `{'…'}` behind its first two characters.
  private mutating func parseQuoted(_ begin: Int) throws(FormatDiagnostic) -> [UInt8] {
    var bytes: [UInt8] = []
    while at < characters.count {
      let character = characters[at]
      if character == "'", at + 1 < characters.count, characters[at + 1] == "}" {
        at += 2
        return bytes
      }
      guard character == "\\" else {
        bytes.append(contentsOf: String(character).utf8)
        at += 1
        continue
      }
      let escaped = at + 1 < characters.count ? characters[at + 1] : " "
      switch escaped {
      case "t": bytes.append(ASCII.tab)
      case "n": bytes.append(ASCII.lineFeed)
      case "r": bytes.append(ASCII.carriageReturn)
      case "\\", "'": bytes.append(contentsOf: String(escaped).utf8)
      case "x":
        guard at + 3 < characters.count, let byte = UInt8(String(characters[at + 2...at + 3]), radix: 16) else {
          throw diagnostic("\\x needs two hex digits", at: at, hint: #"such as \x1b"#)
        }
        bytes.append(byte)
        at += 2
      default:
        throw diagnostic("no escape \"\\\(escaped)\"", at: at, hint: "there are \\t \\n \\r \\\\ \\' and \\xHH")
      }
      at += 2
    }
    throw diagnostic("{' without '}", at: begin, hint: "a quoted text ends with '}")
  }

  /// A field behind its brace at `begin`.
  private mutating func parseField(_ begin: Int) throws(FormatDiagnostic) -> WrittenField {
    var field = WrittenField()
    field.column = begin + 1
    at = begin + 1
    field.name = takeName()
    switch peek() {
    case "!":
      field.isTight = true
      at += 1
    case ":":
      at += 1
      try parseType(&field, begin)
      if field.typeName == "time" { return field }
    default:
      if field.name == "level" { field.typeName = "level" }
    }
    while peek() == " " {
      at += 1
      try parseOption(&field)
    }
    guard peek() == "}" else {
      let rest = String(characters[begin..<min(begin + 40, characters.count)])
      // Who wrote a set with a parenthesis in it looks for a mistake in the braces in vain.
      if field.typeName == "chars" || field.typeName == "enum" || field.typeName == "flag", characters[at - 1] == ")" {
        throw diagnostic("the type ends at the first \")\": \(rest)", at: begin, hint: "write \\) for one inside of the parentheses")
      }
      throw diagnostic("not a field: \(rest)", at: begin, hint: "write {{ for a brace")
    }
    at += 1
    return field
  }

  private mutating func parseType(_ field: inout WrittenField, _ begin: Int) throws(FormatDiagnostic) {
    if peek() == "%" {
      let start = at
      while let character = peek(), character != "}" { _ = character; at += 1 }
      guard peek() == "}" else { throw diagnostic("a layout without }", at: begin, hint: "a layout ends at the first }") }
      field.typeName = "time"
      field.parameter = String(characters[start..<at])
      at += 1
      return
    }
    let name = takeName()
    guard !name.isEmpty else { throw diagnostic("a type is missing", at: at, hint: "text, word, int, ip, …") }
    field.typeName = name
    guard peek() == "(" else { return }
    at += 1
    var parameter = ""
    while let character = peek(), character != ")" {
      parameter.append(character)
      at += 1
      if character == "\\", let escaped = peek() {
        parameter.append(escaped)
        at += 1
      }
    }
    guard peek() == ")" else { throw diagnostic("( without )", at: begin, hint: "a parameter ends with )") }
    at += 1
    field.parameter = parameter
  }

  private mutating func parseOption(_ field: inout WrittenField) throws(FormatDiagnostic) {
    let start = at
    while let character = peek(), character != " ", character != "}" { _ = character; at += 1 }
    let option = String(characters[start..<at])
    switch option {
    case "longest": field.longest = true
    case "all": field.all = true
    default:
      let limits = option.split(separator: ".", omittingEmptySubsequences: false)
      guard limits.count == 3, limits[1].isEmpty, limits[0].isEmpty || Int(limits[0]) != nil, limits[2].isEmpty || Int(limits[2]) != nil
      else {
        let meant = nearest(option, among: ["longest", "all"])
        throw diagnostic(
          "no option \"\(option)\"", at: start,
          hint: meant.map { "did you mean \"\($0)\"?" } ?? "there are longest, all and limits such as 1..16")
      }
      field.least = Int(limits[0])
      field.most = Int(limits[2])
      if let least = field.least, let most = field.most, least > most {
        throw diagnostic("no length is in \(option)", at: start, hint: "the smaller one first")
      }
    }
  }

  private func peek() -> Character? {
    at < characters.count ? characters[at] : nil
  }

  private mutating func takeName() -> String {
    let start = at
    while let character = peek(), character.isASCII, let value = character.asciiValue,
      value == ASCII.underscore && at > start || (ASCII.smallA...ASCII.smallZ).contains(value) || at > start && ASCII.isDigit(value)
    {
      at += 1
    }
    return String(characters[start..<at])
  }
}
