import LogEntries

/// What a run needs of a format's declaration beside its patterns and `FormatTraits`: words, keys, columns.
struct FormatDetails: Sendable {
  var name = ""
  /// Level words of its own, in small letters.
  var levels: [LevelWord] = []
  /// Names of zones of its own, in seconds east of UTC, in the order of names.
  var zoneNames: [(name: String, seconds: Int)] = []
  /// The value of the field that says that a wrapped text goes on.
  var partValue = ""
  /// What `json` and `kv` say, without the layouts.
  var keyed: KeyedDeclaration?
  /// What `delimited` says, without the types of columns.
  var delimited: DelimitedDeclaration?

  init() {}

  init(_ format: LogFormat) {
    name = format.name
    levels = format.levels
    zoneNames = format.clock.names.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    if case .field(_, let value)? = format.wrap?.part { partValue = value }
    keyed = format.structure.keyed
    keyed?.layouts = []
    if case .delimited(let declaration) = format.structure {
      delimited = declaration
      delimited?.columns = declaration.columns.map { ListKey(name: $0.name) }
    }
  }

  mutating func code(_ coder: inout ImageCoder) {
    coder.code(&name)
    coder.code(&levels, blank: LevelWord(word: [], level: .info)) { word, coder in
      coder.code(&word.word)
      var level = Int(word.level.rawValue)
      coder.code(&level)
      word.level = Level(rawValue: UInt8(truncatingIfNeeded: level)) ?? .info
    }
    coder.code(&zoneNames, blank: ("", 0)) { zone, coder in
      coder.code(&zone.name)
      coder.code(&zone.seconds)
    }
    coder.code(&partValue)
    Self.code(&keyed, KeyedDeclaration(), &coder) { keyed, coder in keyed.code(&coder) }
    Self.code(&delimited, DelimitedDeclaration(), &coder) { delimited, coder in delimited.code(&coder) }
  }

  private static func code<Value>(
    _ value: inout Value?, _ blank: Value, _ coder: inout ImageCoder, _ codeValue: (inout Value, inout ImageCoder) -> Void
  ) {
    var list = value.map { [$0] } ?? []
    coder.code(&list, blank: blank, codeValue)
    value = list.first
  }
}

extension KeyedDeclaration {
  fileprivate mutating func code(_ coder: inout ImageCoder) {
    coder.code(&require, blank: []) { names, coder in coder.code(&names) }
    coder.code(&time)
    coder.code(&level)
    coder.code(&message)
  }
}

extension DelimitedDeclaration {
  fileprivate mutating func code(_ coder: inout ImageCoder) {
    var numbers = [separator.map { Int($0) } ?? -1, Int(quote), slack, declare == nil ? 0 : 1]
    for index in numbers.indices { coder.code(&numbers[index]) }
    separator = numbers[0] < 0 ? nil : UInt8(truncatingIfNeeded: numbers[0])
    quote = UInt8(truncatingIfNeeded: numbers[1])
    slack = numbers[2]
    var line = declare ?? []
    coder.code(&line)
    declare = numbers[3] == 0 ? nil : line
    coder.code(&columns, blank: ListKey(name: "")) { column, coder in coder.code(&column.name) }
    coder.code(&comment, blank: []) { text, coder in coder.code(&text) }
    coder.code(&time, blank: []) { columns, coder in coder.code(&columns) }
  }
}
