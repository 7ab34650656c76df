import LogBytes
import LogEntries

/// Gives names their meaning: aliases and composite types are put in, sets and words are read, tight runs get the bytes they may hold.
struct PatternResolver {
  let parser: PatternParser
  let context: PatternContext

  /// Sets of the runs that are types by name. LF is in none.
  static let text = ByteSet.all.subtracting(ByteSet([ASCII.lineFeed]))
  static let word = text.subtracting(ByteSet([ASCII.blank, ASCII.tab]))
  static let host = ByteSet(
    (UInt8.min...UInt8.max).filter { ASCII.isLetterOrDigit($0) || $0 == ASCII.underscore || $0 == ASCII.dot || $0 == ASCII.minus })

  /// - Parameters:
  ///   - prefix: what stands before the names inside of a composite type, with its underscore.
  ///   - insideOf: the composite types in which these elements stand, to refuse a type that uses itself.
  func resolve(_ written: [WrittenElement], prefix: String, insideOf types: [String]) throws(FormatDiagnostic) -> [PatternElement] {
    let tidied = tidy(written)
    var elements: [PatternElement] = []
    for (index, element) in tidied.enumerated() {
      switch element {
      case .literal(let bytes, _): elements.append(.literal(bytes))
      case .blanks: elements.append(.blanks)
      case .group(let inner, let column):
        let resolved = try resolve(inner, prefix: prefix, insideOf: types)
        guard !PatternAnalysis.firstBytes(of: resolved).canBeEmpty else {
          throw diagnostic("this group can be empty", column, hint: "give it a text that must stand there")
        }
        elements.append(.group(resolved))
      case .field(let field):
        elements.append(try resolve(field, behind: tidied[(index + 1)...], prefix: prefix, insideOf: types))
      }
    }
    return elements
  }

  func diagnostic(_ message: String, _ column: Int, hint: String = "") -> FormatDiagnostic {
    parser.diagnostic(message, at: column - 1, hint: hint)
  }

  /// Blanks next to `{~}` belong to it: they stand before it, and two in a row are one.
  private func tidy(_ written: [WrittenElement]) -> [WrittenElement] {
    var elements: [WrittenElement] = []
    for element in written {
      if case .literal(let bytes, let column) = element, bytes.first == ASCII.blank, case .blanks? = elements.last {
        let rest = bytes.drop { $0 == ASCII.blank }
        elements.removeLast()
        elements.append(.literal(Array(bytes.prefix(bytes.count - rest.count)), column: column))
        elements.append(.blanks)
        if !rest.isEmpty { elements.append(.literal(Array(rest), column: column)) }
      } else if case .blanks = element, case .blanks? = elements.last {
        continue
      } else {
        elements.append(element)
      }
    }
    return elements
  }

  private func resolve(
    _ written: WrittenField, behind: ArraySlice<WrittenElement>, prefix: String, insideOf types: [String]
  ) throws(FormatDiagnostic) -> PatternElement {
    let field = try alias(written, depth: 0)
    let name = fullName(field, prefix: prefix)
    if field.isTight {
      return .run(
        RunField(
          name: name, bytes: Self.text.subtracting(try excluded(field, behind)), isText: false, least: field.least ?? 0, most: field.most,
          longest: field.longest, all: field.all, column: field.column))
    }
    let run: (bytes: ByteSet, least: Int)? =
      switch field.typeName {
      case "text": (Self.text, 0)
      case "word": (Self.word, 1)
      case "host": (Self.host, 1)
      case "chars": (try set(field), 1)
      default: nil
      }
    if let run {
      return .run(
        RunField(
          name: name, bytes: run.bytes, isText: field.typeName == "text", least: field.least ?? run.least, most: field.most,
          longest: field.longest, all: field.all, column: field.column))
    }
    if case .pattern(let source, let position)? = context.types[field.typeName] {
      guard !types.contains(field.typeName) else {
        throw diagnostic("\"\(field.typeName)\" uses itself", field.column, hint: "a unit has no end of its own then")
      }
      if field.longest || field.least != nil || field.most != nil || field.all {
        throw diagnostic("\"\(field.typeName)\" takes no options", field.column, hint: "limit the fields in the type")
      }
      var inner = PatternParser(source: source, position: position, context: context)
      let resolver = PatternResolver(parser: inner, context: context)
      let elements = try inner.parseAll()
      let innerPrefix = field.name.isEmpty ? prefix : name + "_"
      return .composite(
        CompositeField(
          typeName: field.typeName, elements: try resolver.resolve(elements, prefix: innerPrefix, insideOf: types + [field.typeName]),
          column: field.column, position: position))
    }
    if field.longest {
      throw diagnostic("\"longest\" changes nothing: \"\(field.typeName)\" has an end of its own", field.column, hint: "remove it")
    }
    let type = try strictType(field)
    if field.least != nil || field.most != nil {
      guard type == .int || type == .hex else {
        throw diagnostic("\"\(field.typeName)\" takes no limits", field.column, hint: "int and hex do")
      }
    }
    return .strict(StrictField(name: name, type: type, least: field.least, most: field.most, all: field.all, column: field.column))
  }

  /// A type that is one field without a name is another name for that field's type; options add up.
  private func alias(_ written: WrittenField, depth: Int) throws(FormatDiagnostic) -> WrittenField {
    guard !written.isTight, case .pattern(let source, let position)? = context.types[written.typeName] else { return written }
    guard depth < 16 else {
      throw diagnostic("\"\(written.typeName)\" uses itself", written.column, hint: "name a type that is none of the format's own")
    }
    var inner = PatternParser(source: source, position: position, context: context)
    let elements = try inner.parseAll()
    guard elements.count == 1, case .field(var field)? = elements.first, field.name.isEmpty else { return written }
    field.column = written.column
    field = try alias(field, depth: depth + 1)
    field.name = written.name
    field.longest = field.longest || written.longest
    field.least = written.least ?? field.least
    field.most = written.most ?? field.most
    field.all = written.all
    return field
  }

  /// In a composite type `self` is the name of the use, and a use without a name leaves the inner names as they are.
  private func fullName(_ field: WrittenField, prefix: String) -> String {
    if field.name == "self", !prefix.isEmpty { return String(prefix.dropLast()) }
    if field.name.isEmpty { return Self.listTypes.contains(field.typeName) ? String(prefix.dropLast()) : "" }
    return prefix + field.name
  }

  static let listTypes: Set<String> = ["pairs", "backslash", "kv", "data", "cef", "csv"]

  /// The bytes that must follow a tight run: the first of the next literal, and of each group before it.
  private func excluded(_ field: WrittenField, _ behind: ArraySlice<WrittenElement>) throws(FormatDiagnostic) -> ByteSet {
    var bytes = ByteSet()
    for element in behind {
      switch element {
      case .literal(let literal, _):
        bytes.insert(literal[0])
        return bytes
      case .blanks:
        bytes.insert(ASCII.blank)
        bytes.insert(ASCII.tab)
      case .group(let inner, _):
        guard case .literal(let literal, _)? = inner.first else { throw needsText(field) }
        bytes.insert(literal[0])
      case .field:
        throw needsText(field)
      }
    }
    if bytes.isEmpty { throw needsText(field) }
    return bytes
  }

  private func needsText(_ field: WrittenField) -> FormatDiagnostic {
    diagnostic(
      "\"\(field.name)!\" needs text behind it", field.column,
      hint: "a tight run may not hold the next byte of the pattern, so there must be one")
  }
}
