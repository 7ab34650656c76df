/// Which fields the entries of a format can have: the columns of its table.
extension LogFormat {
  /// The names of the fields that patterns declare, each once, in their order: those of the entry, then those of the second stage.
  /// Without `time`, `level`, `message` and the keys that a log brings itself.
  public var fieldNames: [String] {
    var collector = FieldNameCollector()
    for pattern in allPatterns { collector.add(pattern) }
    return collector.names
  }

  /// Whether its entries can have fields that no pattern names: keys of a log, and those of what it wraps.
  public var hasFreeFields: Bool {
    if wrap != nil { return true }
    guard case .patterns = structure else { return true }
    var collector = FieldNameCollector()
    for pattern in allPatterns { collector.add(pattern) }
    return collector.hasFreeFields
  }

  private var allPatterns: [Pattern] {
    entry + lines + events.flatMap { $0.events.map(\.pattern) } + (parts + find).flatMap(\.patterns)
  }
}

private struct FieldNameCollector {
  var names: [String] = []
  var hasFreeFields = false

  mutating func add(_ pattern: Pattern) {
    add(pattern.elements)
    for key in pattern.tail ?? [] { add(key) }
  }

  private mutating func add(_ elements: [PatternElement]) {
    for element in elements {
      switch element {
      case .literal, .blanks: break
      case .group(let inner): add(inner)
      case .composite(let composite): add(composite.elements)
      case .run(let run): add(run.name)
      case .strict(let field): add(field)
      }
    }
  }

  private mutating func add(_ field: StrictField) {
    switch field.type {
    case .pairs, .backslash, .keyValue, .data, .cef, .json:
      hasFreeFields = true
    case .csv(let keys):
      for key in keys {
        add(key)
        // A cell that is not wholly of its type.
        if key.type != nil { add(key.name + "_text") }
      }
      // Cells beyond the keys are a list.
      add(field.name.isEmpty ? "more" : field.name)
    case .endpoint:
      add(field.name)
      if !field.name.isEmpty { add(field.name + "_port") }
    default:
      add(field.name)
    }
  }

  private mutating func add(_ key: ListKey) {
    add(key.name)
    if case .endpoint? = key.type { add(key.name + "_port") }
  }

  private mutating func add(_ name: String) {
    guard !name.isEmpty, !["time", "level", "message"].contains(name), !names.contains(name) else { return }
    names.append(name)
  }
}
