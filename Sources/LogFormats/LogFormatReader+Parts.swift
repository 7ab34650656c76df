import LogBytes
import LogEntries

/// The maps inside of a format file.
extension LogFormatReader {
  static func clock(_ fields: inout YAMLFields, _ context: PatternContext) throws(FormatDiagnostic) -> ClockDeclaration {
    var clock = ClockDeclaration()
    clock.months = context.months
    clock.set = try patterns(fields.take("set"), "clock.set", context)
    clock.file = try patterns(fields.take("file"), "clock.file", context)
    if let node = fields.take("zone") {
      let name = try node.string("zone")
      if name != "local" {
        guard let zone = Zone(name) else {
          throw FormatDiagnostic(position: node.position, message: "no zone \"\(name)\"", hint: Zone.hint(for: name) + ", or local")
        }
        clock.zone = zone
      }
    }
    if let node = fields.take("names") {
      var names = try YAMLFields(node, what: "clock.names")
      for member in names.takeAll() {
        guard ZoneNames.isName(member.key) else {
          throw FormatDiagnostic(position: member.position, message: "\"\(member.key)\" is no name of a zone", hint: "two to five capitals")
        }
        guard let seconds = Zone.offset(try member.value.string("clock.names")) else {
          throw FormatDiagnostic(position: member.value.position, message: "no offset", hint: "±hh:mm")
        }
        clock.names[member.key] = seconds
      }
    }
    try fields.refuseRest(known: ["set", "file", "zone", "months", "names"])
    return clock
  }

  static func hints(_ node: YAMLNode, _ context: PatternContext) throws(FormatDiagnostic) -> FormatHints {
    var fields = try YAMLFields(node, what: "hints")
    var hints = FormatHints()
    hints.require = try patterns(fields.take("require"), "hints.require", context)
    hints.forbid = try patterns(fields.take("forbid"), "hints.forbid", context)
    hints.file = try patterns(fields.take("file"), "hints.file", context)
    try fields.refuseRest(known: ["require", "forbid", "file"])
    return hints
  }

  static func wrap(_ node: YAMLNode) throws(FormatDiagnostic) -> WrapDeclaration {
    if case .scalar = node { return WrapDeclaration(field: try node.string("wrap")) }
    var fields = try YAMLFields(node, what: "wrap")
    guard let field = fields.take("field") else {
      throw FormatDiagnostic(position: node.position, message: "wrap has no field", hint: "{field: message}")
    }
    var wrap = WrapDeclaration(field: try field.string("wrap.field"))
    if let key = fields.take("key") { wrap.key = try key.string("wrap.key") }
    if let part = fields.take("part") {
      if case .scalar("newline", _, _) = part {
        wrap.part = .newline
      } else {
        var parts = try YAMLFields(part, what: "wrap.part")
        guard let name = parts.take("field"), let value = parts.take("is") else {
          throw FormatDiagnostic(position: part.position, message: "wrap.part needs field and is", hint: "{field: partial, is: P}")
        }
        wrap.part = .field(try name.string("wrap.part.field"), value: try value.string("wrap.part.is"))
        try parts.refuseRest(known: ["field", "is"])
      }
    }
    try fields.refuseRest(known: ["field", "key", "part"])
    return wrap
  }

  /// `json`, `kv` or `delimited`, which stand instead of `entry`.
  static func readStructure(_ fields: inout YAMLFields, _ format: inout LogFormat, _ context: PatternContext) throws(FormatDiagnostic) {
    if let node = fields.take("json") { format.structure = .json(try keyed(node, "json", context)) }
    if let node = fields.take("kv") { format.structure = .keyValue(try keyed(node, "kv", context)) }
    if let node = fields.take("delimited") { format.structure = .delimited(try delimited(node, context)) }
    if case .patterns = format.structure { return }
    guard format.entry.isEmpty else {
      throw FormatDiagnostic(position: fields.position, message: "json, kv and delimited stand instead of entry", hint: "keep one of them")
    }
  }

  private static func keyed(_ node: YAMLNode, _ what: String, _ context: PatternContext) throws(FormatDiagnostic) -> KeyedDeclaration {
    var fields = try YAMLFields(node, what: what)
    var keyed = KeyedDeclaration()
    if let list = fields.take("require") {
      keyed.require = try list.strings("require").map { $0.split(separator: "|").map(String.init) }
    }
    if let list = fields.take("time") { keyed.time = try list.strings("time") }
    if let list = fields.take("level") { keyed.level = try list.strings("level") }
    if let list = fields.take("message") { keyed.message = try list.strings("message") }
    if let list = fields.take("layouts") {
      for item in try list.list("layouts") {
        switch TimeLayout.parse(try item.string("layouts"), months: context.months) {
        case .success(let layout): keyed.layouts.append(layout)
        case .failure(let problem): throw FormatDiagnostic(position: item.position, message: problem.message, hint: problem.hint)
        }
      }
    }
    try fields.refuseRest(known: ["require", "time", "level", "message", "layouts"])
    return keyed
  }

  private static func delimited(_ node: YAMLNode, _ context: PatternContext) throws(FormatDiagnostic) -> DelimitedDeclaration {
    var fields = try YAMLFields(node, what: "delimited")
    var delimited = DelimitedDeclaration()
    if let item = fields.take("separator") { delimited.separator = try item.string("separator").utf8.first }
    if let item = fields.take("quote") { delimited.quote = try item.string("quote").utf8.first ?? ASCII.quote }
    if let item = fields.take("declare") { delimited.declare = Array(try item.string("declare").utf8) }
    if let item = fields.take("comment") { delimited.comment = try item.strings("comment").map { Array($0.utf8) } }
    if let item = fields.take("slack") { delimited.slack = try item.integer("slack", in: 0...1000) }
    if let item = fields.take("time") { delimited.time = try item.strings("time").map { $0.split(separator: " ").map(String.init) } }
    if let item = fields.take("columns") {
      for column in try item.list("columns") {
        let text = try column.string("columns")
        let source = "{:csv(\(text))}"
        let pattern = try Pattern.parse(source, at: column.textPosition, context: context)
        if case .strict(let field)? = pattern.elements.first, case .csv(let keys) = field.type { delimited.columns += keys }
      }
    }
    try fields.refuseRest(known: ["separator", "quote", "columns", "declare", "comment", "slack", "time"])
    return delimited
  }
}
