import LogBytes
import LogEntries

/// Reads format files (formats/README.md, "The format file").
public enum LogFormatReader {
  static let keys = [
    "name", "title", "from", "rank", "types", "entry", "start", "continue", "end", "multiline", "lines", "preamble", "clock", "levels",
    "absent", "rename", "events", "parts", "find", "hints", "wrap", "colours", "json", "kv", "delimited",
  ]

  /// The format of a file's first document. Throws the first thing that is wrong, with its place.
  public static func read(_ text: [UInt8], path: String) throws(FormatDiagnostic) -> LogFormat {
    do throws(FormatDiagnostic) {
      guard let document = try YAMLReader.read(text, limit: 1).first else {
        throw FormatDiagnostic(message: "the file is empty", hint: "a format begins with name:")
      }
      var format = try read(document)
      format.path = path
      return format
    } catch {
      var located = error
      located.path = path
      throw located
    }
  }

  private static func read(_ document: YAMLNode) throws(FormatDiagnostic) -> LogFormat {
    var fields = try YAMLFields(document, what: "a format")
    guard let nameNode = fields.take("name") else {
      throw FormatDiagnostic(position: document.position, message: "the format has no name", hint: "name: such-as-this")
    }
    let name = try nameNode.string("name")
    guard name.utf8.allSatisfy({ ASCII.isDigit($0) || $0 == ASCII.minus || ($0 >= ASCII.smallA && $0 <= ASCII.smallZ) }) else {
      throw FormatDiagnostic(position: nameNode.position, message: "\"\(name)\" is no name", hint: "small letters, digits and hyphens")
    }
    var format = LogFormat(name: name)
    if let node = fields.take("title") { format.title = try node.string("title") }
    if let node = fields.take("from") { format.from = try node.string("from") }
    if let node = fields.take("rank") { format.rank = try node.choice("rank") }
    if let node = fields.take("multiline") { format.multiline = try node.choice("multiline") }
    if let node = fields.take("preamble") { format.preamble = try node.boolean("preamble") }
    if let node = fields.take("colours") {
      format.colours = []
      for item in try node.list("colours") { format.colours.append(try item.choice("colours")) }
    }
    var context = PatternContext()
    if let node = fields.take("levels") { context.levels = try levels(node) }
    format.levels = context.levels
    var clock = try fields.take("clock").map { node throws(FormatDiagnostic) in try YAMLFields(node, what: "clock") }
    if let node = clock?.take("months") { context.months = try months(node) }
    if let node = fields.take("types") { context.types = try types(node) }
    format.types = context.types.keys.sorted()
    if clock != nil { format.clock = try self.clock(&clock!, context) }
    if let node = fields.take("absent") {
      format.absent = try node.list("absent").map { item throws(FormatDiagnostic) in Array(try item.string("absent").utf8) }
    }
    if let node = fields.take("rename") {
      var renames = try YAMLFields(node, what: "rename")
      for member in renames.takeAll() {
        let name = try member.value.string("rename")
        guard PatternChecks.isFieldName(name) else {
          throw FormatDiagnostic(
            position: member.value.position, message: "\"\(name)\" is no name of a field", hint: "small letters, digits and _")
        }
        format.rename[member.key] = name
      }
    }
    format.entry = try patterns(fields.take("entry"), "entry", context)
    format.start = try patterns(fields.take("start"), "start", context)
    format.continues = try patterns(fields.take("continue"), "continue", context)
    format.end = try patterns(fields.take("end"), "end", context)
    format.lines = try patterns(fields.take("lines"), "lines", context)
    if let node = fields.take("events") { format.events = try events(node, context) }
    if let node = fields.take("parts") { format.parts = try fieldPatterns(node, "parts", context) }
    if let node = fields.take("find") { format.find = try fieldPatterns(node, "find", context) }
    if let node = fields.take("hints") { format.hints = try hints(node, context) }
    if let node = fields.take("wrap") { format.wrap = try wrap(node) }
    try readStructure(&fields, &format, context)
    try fields.refuseRest(known: keys)
    if case .patterns = format.structure, format.entry.isEmpty {
      throw FormatDiagnostic(
        position: document.position, message: "the format has no entry", hint: "entry: ['[{time:%H:%M:%S}] {message}']")
    }
    try FormatChecks.check(format, at: document.position)
    return format
  }

  static func patterns(_ node: YAMLNode?, _ what: String, _ context: PatternContext) throws(FormatDiagnostic) -> [Pattern] {
    guard let node else { return [] }
    return try node.list(what).map { item throws(FormatDiagnostic) in try pattern(item, what, context) }
  }

  static func pattern(_ node: YAMLNode, _ what: String, _ context: PatternContext) throws(FormatDiagnostic) -> Pattern {
    let source = try node.string(what)
    let pattern = try Pattern.parse(source, at: node.textPosition, context: context)
    try PatternChecks.check(pattern, isFind: what == "find", takesTail: !["event", "parts", "find"].contains(what))
    return pattern
  }

  /// The greatest width of the type `level`.
  private static let greatestLevelWord = 16

  private static func levels(_ node: YAMLNode) throws(FormatDiagnostic) -> [LevelWord] {
    var words: [LevelWord] = []
    var fields = try YAMLFields(node, what: "levels")
    for member in fields.takeAll() {
      let text = try member.value.string("levels")
      guard let level = Level.allCases.first(where: { "\($0)" == text }) else {
        throw FormatDiagnostic(
          position: member.value.position, message: "no level \"\(text)\"", hint: "there are trace, debug, info, warn, error, fatal")
      }
      guard (1...greatestLevelWord).contains(member.key.utf8.count) else {
        throw FormatDiagnostic(
          position: member.position, message: "a level word has 1 to \(greatestLevelWord) bytes", hint: "shorten it, or use an enumeration")
      }
      words.append(LevelWord(word: member.key.utf8.map(ASCII.lowercased), level: level))
    }
    return words
  }

  private static func months(_ node: YAMLNode) throws(FormatDiagnostic) -> [MonthName] {
    var fields = try YAMLFields(node, what: "months")
    return try fields.takeAll().map { member throws(FormatDiagnostic) in
      guard !member.key.isEmpty else {
        throw FormatDiagnostic(position: member.position, message: "a month without a name", hint: "{janv.: 1}")
      }
      return MonthName(name: member.key.utf8.map(ASCII.lowercased), month: try member.value.integer("a month", in: 1...12))
    }
  }

  private static func types(_ node: YAMLNode) throws(FormatDiagnostic) -> [String: TypeDefinition] {
    var types: [String: TypeDefinition] = [:]
    var fields = try YAMLFields(node, what: "types")
    for member in fields.takeAll() {
      guard !PatternResolver.typeNames.contains(member.key), member.key != "time" else {
        throw FormatDiagnostic(position: member.position, message: "\"\(member.key)\" is a type already", hint: "choose another name")
      }
      guard PatternChecks.isFieldName(member.key) else {
        throw FormatDiagnostic(
          position: member.position, message: "\"\(member.key)\" is no name of a type", hint: "small letters, digits and _")
      }
      switch member.value {
      case .scalar(let source, _, _): types[member.key] = .pattern(source, position: member.value.textPosition)
      case .sequence(let items, _):
        types[member.key] = .enumeration(
          try items.map { item throws(FormatDiagnostic) in
            let word = Array(try item.string("types").utf8)
            return EnumerationWord(word: word, value: word)
          })
      case .mapping(let members, _):
        types[member.key] = .enumeration(
          try members.map { inner throws(FormatDiagnostic) in
            EnumerationWord(word: Array(inner.key.utf8), value: Array(try inner.value.string("types").utf8))
          })
      }
    }
    return types
  }

  private static func events(_ node: YAMLNode, _ context: PatternContext) throws(FormatDiagnostic) -> [FieldEvents] {
    var fields = try YAMLFields(node, what: "events")
    var result: [FieldEvents] = []
    for member in fields.takeAll() {
      var list: [(event: String, pattern: Pattern)] = []
      for item in try member.value.list("events") {
        var pair = try YAMLFields(item, what: "an event (name: pattern)")
        for event in pair.takeAll() {
          guard event.key.utf8.allSatisfy({ $0 == ASCII.dot || $0 == ASCII.underscore || ($0 >= ASCII.smallA && $0 <= ASCII.smallZ) })
          else {
            throw FormatDiagnostic(position: event.position, message: "\"\(event.key)\" is no event's name", hint: "such as player.join")
          }
          list.append((event.key, try pattern(event.value, "event", context)))
        }
      }
      result.append(FieldEvents(field: member.key, events: list))
    }
    return result
  }

  private static func fieldPatterns(_ node: YAMLNode, _ what: String, _ context: PatternContext) throws(FormatDiagnostic) -> [FieldPatterns]
  {
    var fields = try YAMLFields(node, what: what)
    return try fields.takeAll().map { member throws(FormatDiagnostic) in
      FieldPatterns(field: member.key, patterns: try patterns(member.value, what, context))
    }
  }
}
