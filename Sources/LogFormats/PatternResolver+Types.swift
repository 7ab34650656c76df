import LogBytes
import LogEntries

/// From the name and parameter of a type to the type.
extension PatternResolver {
  static let typeNames = [
    "text", "word", "host", "chars", "int", "number", "hex", "grouped", "ip", "endpoint", "uuid", "level", "priority", "enum", "flag",
    "clock",
    "duration", "size", "quoted", "json", "pairs", "backslash", "kv", "data", "cef", "csv", "tail", "rest", "iso", "epoch", "since",
  ]

  func strictType(_ field: WrittenField) throws(FormatDiagnostic) -> StrictType {
    if case .enumeration(let words)? = context.types[field.typeName] { return .enumeration(sorted(try checked(words, field))) }
    let parameter = field.parameter
    switch (field.typeName, parameter) {
    case ("int", nil): return .int
    case ("number", nil): return .number
    case ("hex", nil): return .hex
    case ("grouped", nil): return .grouped
    case ("ip", nil): return .ip
    case ("endpoint", nil): return .endpoint
    case ("uuid", nil): return .uuid
    case ("priority", nil): return .priority
    case ("clock", nil): return .clock
    case ("duration", nil): return .duration
    case ("size", nil): return .size
    case ("json", nil): return .json
    case ("pairs", nil): return .pairs
    case ("backslash", nil): return .backslash(bare: false)
    case ("backslash", "bare"): return .backslash(bare: true)
    case ("kv", nil): return .keyValue
    case ("data", nil): return .data
    case ("cef", nil): return .cef
    case ("rest", nil): return .rest
    case ("iso", nil): return .iso
    case ("quoted", nil): return .quoted
    case ("quoted", "''"): return .quotedDoubled(ASCII.apostrophe)
    case ("quoted", "\"\""): return .quotedDoubled(ASCII.quote)
    case ("since", "s"): return .since(.seconds)
    case ("since", "ms"): return .since(.milliseconds)
    case ("epoch", nil): return .epoch(.seconds)
    case ("epoch", "ms"): return .epoch(.milliseconds)
    case ("epoch", "us"): return .epoch(.microseconds)
    case ("epoch", "ns"): return .epoch(.nanoseconds)
    case ("epoch", "hex"): return .epoch(.hexadecimal)
    case ("epoch", "any"): return .epoch(.any)
    case ("level", nil): return .level(levelWords())
    case ("level", let words?): return .levelWords(try declaredLevelWords(words, field))
    case ("enum", let words?): return .enumeration(sorted(try checked(split(words).map { EnumerationWord(word: $0, value: $0) }, field)))
    case ("flag", let text?) where !text.isEmpty: return .flag(try oneWord(text, field))
    case ("csv", let keys?): return .csv(try listKeys(keys, field))
    case ("time", let layout?): return .layout(try timeLayout(layout, field))
    default: throw unknownType(field)
    }
  }

  private func unknownType(_ field: WrittenField) -> FormatDiagnostic {
    let written = field.parameter.map { "\(field.typeName)(\($0))" } ?? field.typeName
    if field.typeName == "tail", field.parameter != nil {
      return diagnostic("\"tail\" must be last", field.column, hint: "it is read from the end of the line")
    }
    if Self.typeNames.contains(field.typeName) {
      return diagnostic("no type \"\(written)\"", field.column, hint: "\"\(field.typeName)\" takes other parameters")
    }
    let meant = nearest(field.typeName, among: Self.typeNames + Array(context.types.keys))
    return diagnostic(
      "no type \"\(written)\"", field.column, hint: meant.map { "did you mean \"\($0)\"?" } ?? "a format's own types stand under types:")
  }

  func timeLayout(_ layout: String, _ field: WrittenField) throws(FormatDiagnostic) -> TimeLayout {
    switch TimeLayout.parse(layout, months: context.months) {
    case .success(let parsed): return parsed
    case .failure(let problem): throw diagnostic(problem.message, field.column, hint: problem.hint)
    }
  }

  /// The words of the format and of the common table (there: two letters at least), longest first.
  private func levelWords() -> [LevelWord] {
    let own = Set(context.levels.map(\.word))
    let words = context.levels + CommonLevels.words.filter { $0.word.count > 1 && !own.contains($0.word) }
    return words.sorted { ($1.word.count, $0.word.string) < ($0.word.count, $1.word.string) }
  }

  private func declaredLevelWords(_ words: String, _ field: WrittenField) throws(FormatDiagnostic) -> [LevelWord] {
    var found: [LevelWord] = []
    for word in split(words) {
      guard let level = CommonLevels.level(of: word.span, own: context.levels) else {
        throw diagnostic("no level for \"\(word.string)\"", field.column, hint: "add it to levels:")
      }
      found.append(LevelWord(word: word, level: level))
    }
    return found.sorted { ($1.word.count, $0.word.string) < ($0.word.count, $1.word.string) }
  }

  private func oneWord(_ text: String, _ field: WrittenField) throws(FormatDiagnostic) -> [UInt8] {
    let words = split(text)
    guard words.count == 1 else { throw diagnostic("\"flag\" takes one text", field.column, hint: #"write \| for a bar, or enum(a|b)"#) }
    return words[0]
  }

  /// A word that is empty would match everywhere.
  private func checked(_ words: [EnumerationWord], _ field: WrittenField) throws(FormatDiagnostic) -> [EnumerationWord] {
    guard !words.isEmpty, words.allSatisfy({ !$0.word.isEmpty }) else {
      throw diagnostic("an empty word in \"\(field.typeName)\"", field.column, hint: "remove it; a group {? …} is what may be absent")
    }
    return words
  }

  private func sorted(_ words: [EnumerationWord]) -> [EnumerationWord] {
    words.sorted { ($1.word.count, $0.word.string) < ($0.word.count, $1.word.string) }
  }

  /// `a|b`: the words; a backslash takes the next character as it is.
  func split(_ parameter: String) -> [[UInt8]] {
    var words: [[UInt8]] = [[]]
    var isEscaped = false
    for byte in parameter.utf8 {
      if isEscaped || (byte != ASCII.backslash && byte != ASCII.verticalBar) {
        words[words.count - 1].append(byte)
        isEscaped = false
      } else if byte == ASCII.backslash {
        isEscaped = true
      } else {
        words.append([])
      }
    }
    return words
  }

  func listKeys(_ field: WrittenField) throws(FormatDiagnostic) -> [ListKey] {
    guard let keys = field.parameter else {
      throw diagnostic("\"\(field.typeName)\" needs its keys", field.column, hint: "tail(client:ip|server)")
    }
    return try listKeys(keys, field)
  }

  private func listKeys(_ parameter: String, _ field: WrittenField) throws(FormatDiagnostic) -> [ListKey] {
    var keys: [ListKey] = []
    for key in split(parameter) {
      let text = key.string
      guard let colon = text.firstIndex(of: ":") else {
        keys.append(ListKey(name: text))
        continue
      }
      // `pid:int`, `time:%H:%M`, `at:epoch(ms)`: what stands behind the first colon is a type as in a field.
      var inner = PatternParser(source: "{:" + text[text.index(after: colon)...] + "}", position: parser.position, context: context)
      guard case .field(let written)? = try inner.parseAll().first else { throw unknownType(field) }
      let typed = try keyAlias(written)
      if typed.least != nil || typed.most != nil || typed.longest || typed.all {
        throw diagnostic("the type of a key takes no options", field.column, hint: "a cell has its end already")
      }
      keys.append(ListKey(name: String(text[..<colon]), type: try strictType(typed)))
    }
    return keys
  }

  private func keyAlias(_ written: WrittenField) throws(FormatDiagnostic) -> WrittenField {
    guard case .pattern(let source, let position)? = context.types[written.typeName] else { return written }
    var inner = PatternParser(source: source, position: position, context: context)
    guard case .field(let field)? = try inner.parseAll().first else { return written }
    return field
  }

  /// `chars(set)`: ranges, a backslash before what is meant as it is, `^` first negates.
  func set(_ field: WrittenField) throws(FormatDiagnostic) -> ByteSet {
    guard var parameter = field.parameter.map({ Array($0.utf8) }), !parameter.isEmpty else {
      throw diagnostic("chars needs its set", field.column, hint: "chars(A-Za-z0-9_)")
    }
    let isNegated = parameter[0] == ASCII.caret
    if isNegated { parameter.removeFirst() }
    var units: [(byte: UInt8, isEscaped: Bool)] = []
    var index = 0
    while index < parameter.count {
      let isEscaped = parameter[index] == ASCII.backslash && index + 1 < parameter.count
      if isEscaped { index += 1 }
      guard parameter[index] < 0x80 else {
        throw diagnostic("a set names ASCII only", field.column, hint: "other bytes are in text, word and negated sets")
      }
      units.append((parameter[index], isEscaped))
      index += 1
    }
    var set = ByteSet()
    index = 0
    while index < units.count {
      if index + 2 < units.count, units[index + 1].byte == ASCII.minus, !units[index + 1].isEscaped {
        guard units[index].byte <= units[index + 2].byte else {
          throw diagnostic("a range of chars runs backwards", field.column, hint: "the smaller one first: a-z")
        }
        for byte in units[index].byte...units[index + 2].byte { set.insert(byte) }
        index += 3
      } else {
        set.insert(units[index].byte)
        index += 1
      }
    }
    return (isNegated ? set.inverted : set).subtracting(ByteSet([ASCII.lineFeed]))
  }
}

extension [UInt8] {
  var string: String { String(decoding: self, as: UTF8.self) }
}
