package import LogEntries

/// Which parts of a pattern are kept, and how their values are made.
extension ProgramCompiler {
  /// The slot of a run; `Instruction.noSlot` if it is not kept.
  mutating func slot(_ name: String, _ kind: Capture.Kind, _ scope: inout Scope) -> UInt16 {
    guard !name.isEmpty else { return Instruction.noSlot }
    let role = Capture.Role(name: name)
    return add(Capture(name: number(of: name), operand: 0, role: role, kind: role == .level ? .levelText : kind), &scope)
  }

  /// The slot of a strict field; a list is kept without a name too.
  mutating func slot(_ field: StrictField, _ scope: inout Scope) -> UInt16 {
    guard !field.name.isEmpty || field.type.isList else { return Instruction.noSlot }
    let role = Capture.Role(name: field.name)
    let kind: Capture.Kind =
      switch field.type {
      case .level, .levelWords: .level
      case .int: .integer
      case .layout, .iso, .epoch, .since: .time
      case .flag: .yes
      case .priority: .priority
      case .hex, .ip, .uuid: role == .level ? .levelText : .string
      case .enumeration(let words): words.allSatisfy { $0.word == $0.value } ? (role == .level ? .levelText : .string) : .word
      default: .other
      }
    let name = field.name.isEmpty ? ReservedNames.none : number(of: field.name)
    // The second field of an endpoint is declared too.
    if case .endpoint = field.type, !field.name.isEmpty { _ = number(of: field.name + "_port") }
    return add(Capture(name: name, operand: operand(field), role: role, kind: kind), &scope)
  }

  /// Slots for an element that a shared prefix matches: the same number in the same order.
  mutating func reserveSlots(of element: PatternElement, _ scope: inout Scope) {
    switch element {
    case .literal, .blanks: break
    case .group(let inner): for element in inner { reserveSlots(of: element, &scope) }
    case .run(let run): _ = slot(run.name, .string, &scope)
    case .strict(let field): _ = slot(field, &scope)
    case .composite(let field): for element in field.elements { reserveSlots(of: element, &scope) }
    }
  }

  private func add(_ capture: Capture, _ scope: inout Scope) -> UInt16 {
    scope.captures.append(capture)
    scope.slotCount += 1
    return UInt16(scope.slotCount - 1)
  }
}

extension Capture.Role {
  init(name: String) {
    switch name {
    case "time": self = .time
    case "level": self = .level
    case "message": self = .message
    default: self = .field
    }
  }
}

/// Names that every catalogue has, with fixed numbers.
package enum ReservedNames {
  /// In the order of their numbers.
  static let all = [
    "", "time", "level", "format", "event", "message", "source_file", "source_line", "source_lines", "uptime", "log_group", "log_stream",
    "text", "more", "base",
  ]
  package static let none = NameID(0)
  package static let time = NameID(1)
  package static let level = NameID(2)
  package static let format = NameID(3)
  package static let event = NameID(4)
  package static let message = NameID(5)
  package static let uptime = NameID(9)
  /// What an envelope adds.
  static let logGroup = NameID(10)
  static let logStream = NameID(11)
  /// The words beside the pairs of a `kv` line.
  static let text = NameID(12)
  /// Cells beyond the columns.
  static let more = NameID(13)
  /// What a pattern of a clock sets.
  static let base = NameID(14)
  /// Keys of a log that are named so get an underscore in front.
  static let reserved = 1...8

  static func isReserved(_ name: String) -> Bool {
    all[reserved].contains(name)
  }
}

extension StrictType {
  var kind: StrictOperand.Kind {
    switch self {
    case .int: .int
    case .number: .number
    case .hex: .hex
    case .grouped: .grouped
    case .ip: .ip
    case .endpoint: .endpoint
    case .uuid: .uuid
    case .priority: .priority
    case .clock: .clock
    case .duration: .duration
    case .size: .size
    case .level: .level
    case .levelWords, .enumeration, .flag: .words
    case .quoted: .quoted
    case .quotedDoubled: .quotedDoubled
    case .json: .json
    case .pairs: .pairs
    case .backslash(let bare): bare ? .bareBackslash : .backslash
    case .keyValue: .keyValue
    case .data: .data
    case .cef: .cef
    case .csv: .csv
    case .rest: .rest
    case .layout: .layout
    case .iso: .iso
    case .epoch: .epoch
    case .since: .relative
    }
  }
}

extension Pattern {
  /// A find whose field has the option `all`.
  var collectsAll: Bool {
    elements.contains { element in
      switch element {
      case .strict(let field): field.all
      case .run(let run): run.all
      case .literal, .blanks, .group, .composite: false
      }
    }
  }

  /// The pattern ends in `rest` or `csv`, so it sees the whole value.
  var takesLineFeeds: Bool {
    guard case .strict(let field)? = elements.last else { return false }
    switch field.type {
    case .rest, .csv: return true
    default: return false
    }
  }
}
