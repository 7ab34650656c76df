package import LogFormats
package import TestSupport

/// Random patterns of the format language, as a person might write them on a bad day.
///
/// Few letters and few literals, so that runs meet the bytes that end them, and everything that stands in formats/README.md: runs with
/// limits, tight ones, `longest`, groups in groups, `{~}`, own types, tails. What comes out may be refused.
package struct PatternGenerator {
  package var random: SeededGenerator
  private var names = 0
  /// No fields with names: inside of a type they are chosen by hand.
  private var depth = 0

  package init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  /// The own types that every pattern may use: other names, enumerations, composite types.
  package static let types = """
    types:
      word_of_name: '{:chars(A-Za-z0-9_) 1..6}'
      number_of_slot: '{:int 1..3}'
      rest_of_path: '{:chars(^ ") longest}'
      team: [Axis, Allies, A]
      side: {T: red, CT: blue}
      player: '"{self:chars(^") longest}<{slot:int}><{id!}>{?<{team!}>}"'
      guest: '"{self:chars(^") longest}<{slot:int}>{?-}<{?{:enum(a|ab|1)}}{id:chars(^<>" ) 0..8}>{?<{?a}{team:chars(^<>") 0..4}>}"'
      spot: '{:chars(^]) 1..9}'
      pair: '({self!},{b:int})'
      tag: '[{self}]'
      token: '{self:word}:{n:int}'
      either: '<{?{self:int}-}{x:tag}>'
      loose: '{self} ({~}{n:hex}{? {o!}})'
    """

  private static let ownTypes = ["word_of_name", "number_of_slot", "rest_of_path", "team", "side"]
  private static let compositeTypes = ["player", "guest", "guest", "pair", "tag", "token", "either", "loose"]
  private static let literals = [
    " ", " ", ": ", ", ", "[", "] ", "(", ")", "\"", "<", ">", "-", "a", "ab", "ba", " by ", " killed ", "/", "=", ".", "x", "1", "{{",
    "\u{e9}",
    "{'\\t'}", "{'\\xff'}", "ERROR", "%", "\\", "|", "'", "{'\\''}", "abcdefgh", "abcdefghijklm", ";", "#",
  ]
  private static let sets = ["a-c", "^\"", "^]", "A-Za-z0-9_", "^ab", "0-9", "^ ", "a-b ", "^<>\"", "x/", "\\-a"]
  private static let limits = ["1..3", "..2", "2..", "0..4", "3..3", "..64", "1..300", "0..0"]

  /// A pattern of one to nine elements.
  package mutating func pattern() -> String {
    names = 0
    depth = 0
    var source = elements(Int.random(in: 1...9, using: &random))
    if chance(8) { source += field(Self.pick(StrictSamples.lastTypes, &random)) }
    if chance(16) { source += "{:tail(client:ip|host|n:int|a)}" }
    return source
  }

  /// A format file with patterns as events of `message`, or as what else stands under a field.
  package static func format(_ patterns: [String], under key: String = "events") -> [UInt8] {
    let list = patterns.enumerated().map { number, pattern in
      let quoted = "'\(pattern.replacing("'", with: "''"))'"
      return key == "events" ? "    - e\(letters(number)): \(quoted)\n" : "    - \(quoted)\n"
    }
    return bytes("name: probe\n\(types)\nentry: ['[{time:%H:%M:%S}] {message}']\n\(key):\n  message:\n\(list.joined())")
  }

  /// A number as letters, since names of events hold no digits.
  private static func letters(_ number: Int) -> String {
    String(String(number).map { Character(UnicodeScalar($0.asciiValue! + 49)) })
  }

  /// Patterns of which many begin alike, as events do.
  package mutating func events() -> [String] {
    let heads = (0..<3).map { _ in Self.pick(Self.heads, &random) }
    return (0..<Int.random(in: 2...12, using: &random)).map { _ in
      names = 0
      depth = 0
      return Self.pick(heads, &random) + (chance(6) ? "" : literal()) + elements(Int.random(in: 0...4, using: &random))
        + (chance(8) ? "{x:rest}" : "")
    }
  }

  private static let heads = [
    "", "{p:player}", "{p:guest}", "{p:guest}", "{p:guest}{? [{s:spot}]}", "{p:word_of_name}", "{:player}", "{p:tag}", "{p:token}",
    "{p:word}", "{:word}", "{p:chars(^:)}", "{p:host}",
    "{p:number_of_slot}",
    "{p:side}", "{p}", "{p:chars(a-c) 2..4}",
  ]

  /// A pattern that is not refused, under one of the keys of a format.
  package mutating func accepted(under key: String = "events") -> Pattern {
    while true {
      guard let format = try? LogFormatReader.read(Self.format([pattern()], under: key), path: "probe.yaml") else { continue }
      return key == "find" ? format.find[0].patterns[0] : format.events[0].events[0].pattern
    }
  }

  private mutating func elements(_ count: Int) -> String {
    var source = ""
    var endsInField = false
    for _ in 0..<count {
      let roll = Int.random(in: 0..<100, using: &random)
      // Two fields side by side are mostly refused, so a literal stands between most of them.
      if endsInField, roll < 70 || roll < 90 && depth > 0 { source += literal() }
      switch roll {
      case ..<20: source += literal()
      case ..<26: source += "{~}"
      case ..<40 where depth < 2: source += group()
      case ..<75: source += run()
      case ..<93: source += strict()
      case ..<97: source += field(Self.pick(Self.ownTypes, &random))
      default: source += field(Self.pick(Self.compositeTypes, &random))
      }
      endsInField = roll >= 40
    }
    return source
  }

  private mutating func group() -> String {
    depth += 1
    defer { depth -= 1 }
    // Mostly with a literal at its start or end, or it could be empty.
    let inner = elements(Int.random(in: 1...3, using: &random))
    return "{?" + (chance(2) ? literal() : "") + inner + (chance(2) ? literal() : "") + "}"
  }

  private mutating func literal() -> String {
    Self.pick(Self.literals, &random)
  }

  private mutating func run() -> String {
    switch Int.random(in: 0..<10, using: &random) {
    case 0...3: return field(nil, options: options(1))
    case 4, 5:
      // A tight run needs a literal behind it.
      return "{\(name())!\(chance(5) ? limit() : "")}" + literal()
    case 6: return field("word", options: options(2))
    case 7: return field("host", options: options(2))
    default: return field("chars(\(Self.pick(Self.sets, &random)))", options: options(2))
    }
  }

  private mutating func strict() -> String {
    field(chance(8) ? Self.pick(StrictSamples.unboundedTypes, &random) : Self.pick(StrictSamples.types, &random))
  }

  private mutating func options(_ limitsIn: Int) -> String {
    (chance(4) ? " longest" : "") + (chance(4 / limitsIn) ? limit() : "")
  }

  private mutating func limit() -> String { " " + Self.pick(Self.limits, &random) }

  private mutating func field(_ type: String?, options: String = "") -> String {
    "{\(name())\(type.map { ":" + $0 } ?? "")\(options)}"
  }

  /// A new name, or none.
  private mutating func name() -> String {
    if chance(5) { return "" }
    names += 1
    return "f\(names)"
  }

  private mutating func chance(_ oneIn: Int) -> Bool { Int.random(in: 0..<oneIn, using: &random) == 0 }

  static func pick<Element>(_ list: [Element], _ random: inout SeededGenerator) -> Element {
    list[Int.random(in: 0..<list.count, using: &random)]
  }
}
