/// What a field is in JSON.
public enum FieldKind: String, Sendable {
  case string, number, boolean, time, list
  /// A value of JSON with values inside.
  case object
}

/// A field that patterns declare, and what it is.
public struct DeclaredField: Sendable, Hashable {
  public let name: String
  public let kind: FieldKind
}

extension LogFormat {
  /// The fields of its entries beside those that events bring, in the order of the patterns, each once. A name may stand there with two
  /// kinds: that is a mistake, and a test's to find.
  public var entryFields: [DeclaredField] {
    var collector = FieldKindCollector()
    for pattern in entry + lines + (parts + find).flatMap(\.patterns) { collector.add(pattern) }
    if case .delimited(let declaration) = structure {
      for column in declaration.columns where column.type != nil {
        collector.add(String(column.name.map { $0 == "-" ? "_" : $0 }), column.type)
      }
    }
    return collector.fields
  }

  /// The events in the order of the file, each once, with the fields that any of its patterns declares.
  public var declaredEvents: [(event: String, fields: [DeclaredField])] {
    var names: [String] = []
    var collectors: [String: FieldKindCollector] = [:]
    for (event, pattern) in events.flatMap(\.events) {
      if collectors[event] == nil { names.append(event) }
      collectors[event, default: FieldKindCollector()].add(pattern)
    }
    return names.map { ($0, collectors[$0]?.fields ?? []) }
  }
}

private struct FieldKindCollector {
  var fields: [DeclaredField] = []

  mutating func add(_ pattern: Pattern) {
    add(pattern.elements)
    for key in pattern.tail ?? [] { add(key.name, key.type) }
  }

  private mutating func add(_ elements: [PatternElement]) {
    for element in elements {
      switch element {
      case .literal, .blanks: break
      case .group(let inner): add(inner)
      case .composite(let field): add(field.elements)
      case .run(let run): add(run.name, nil)
      case .strict(let field): add(field)
      }
    }
  }

  private mutating func add(_ field: StrictField) {
    if case .csv(let keys) = field.type {
      for key in keys { add(key.name, key.type) }
      put(field.name.isEmpty ? "more" : field.name, .list)
    } else if field.all {
      put(field.name, .list)
    } else {
      add(field.name, field.type)
    }
  }

  mutating func add(_ name: String, _ type: StrictType?) {
    switch type {
    case nil, .hex, .ip, .uuid, .level, .levelWords, .enumeration, .quoted, .quotedDoubled, .rest: put(name, .string)
    case .int, .number, .grouped, .priority, .clock, .duration, .size: put(name, .number)
    case .flag: put(name, .boolean)
    case .layout, .iso, .epoch, .since: put(name, .time)
    case .json: put(name, .object)
    case .endpoint:
      put(name, .string)
      if !name.isEmpty { put(name + "_port", .number) }
    case .data: put(name, .list)
    // The keys are the log's.
    case .pairs, .backslash, .keyValue, .cef, .csv: break
    }
  }

  private mutating func put(_ name: String, _ kind: FieldKind) {
    let field = DeclaredField(name: name, kind: kind)
    if !name.isEmpty, !fields.contains(field) { fields.append(field) }
  }
}
