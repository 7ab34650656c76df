import LogBytes
package import LogFormats
package import TestSupport

/// Random texts that a pattern takes, or almost takes: made of its own pieces, then damaged.
package struct TextGenerator {
  package var random: SeededGenerator
  private let pattern: Pattern
  /// Literals of the pattern and texts of its types, of which runs and damages are made.
  private var stock: [[UInt8]] = [bytes("a"), bytes("ab"), bytes(" "), bytes("1"), bytes("\""), bytes("x y"), bytes("<A>")]

  package init(_ pattern: Pattern, seed: UInt64) {
    self.pattern = pattern
    random = SeededGenerator(seed: seed)
    collect(pattern.elements)
    for key in pattern.tail ?? [] { stock.append(bytes(", \(key.name): ")) }
  }

  private mutating func collect(_ elements: [PatternElement]) {
    for element in elements {
      switch element {
      case .literal(let literal): stock.append(literal)
      case .blanks: stock.append(bytes(" \t"))
      case .group(let inner): collect(inner)
      case .composite(let field): collect(field.elements)
      case .strict(let field): stock.append(bytes(StrictSamples.texts(of: field.type)[0]))
      case .run: break
      }
    }
  }

  package mutating func text() -> [UInt8] {
    var text = made(pattern.elements)
    for key in pattern.tail ?? [] where chance(2) { text += bytes(", \(key.name): ") + value(of: key) }
    for _ in 0..<PatternGenerator.pick([0, 0, 0, 1, 1, 2], &random) { damage(&text) }
    // Line feeds stand only in texts of several lines.
    if !pattern.isOfSeveralLines { text.removeAll { $0 == ASCII.lineFeed } }
    return text
  }

  /// A text made to hurt: a piece of one that the pattern likes, over and over.
  package mutating func repeated(to count: Int) -> [UInt8] {
    let text = made(pattern.elements)
    let start = Int.random(in: 0...text.count, using: &random)
    let end = min(text.count, start + Int.random(in: 1...40, using: &random))
    let piece = start < end ? Array(text[start..<end]) : PatternGenerator.pick(stock, &random)
    var whole = Array(text[..<start])
    while whole.count < count { whole += piece }
    return pattern.isOfSeveralLines ? whole : whole.filter { $0 != ASCII.lineFeed }
  }

  /// A text with blanks and further lines behind it, such as fields have.
  package mutating func value() -> [UInt8] {
    let more = [[], [], bytes(" "), bytes("\n"), bytes(" \t\nx"), bytes("\na by b")]
    return PatternGenerator.pick([[], [], [], [], bytes(" "), bytes(" \n")], &random) + text() + PatternGenerator.pick(more, &random)
  }

  /// A text among others of its kind, such as a find looks for.
  package mutating func embedded() -> [UInt8] {
    let separators = [[], bytes(" "), bytes(": "), bytes("a"), bytes("\n"), bytes("(")]
    var whole: [UInt8] = []
    for _ in 0..<Int.random(in: 1...3, using: &random) { whole += PatternGenerator.pick(separators, &random) + text() }
    return whole + PatternGenerator.pick(separators, &random)
  }

  /// The text as a part of a chunk: what stands around it must not be looked at.
  package mutating func surrounded(_ text: [UInt8]) -> (chunk: [UInt8], part: Range<Int>) {
    let before = PatternGenerator.pick(stock, &random) + PatternGenerator.pick(stock, &random)
    return (before + text + PatternGenerator.pick(stock, &random), before.count..<before.count + text.count)
  }

  private mutating func made(_ elements: [PatternElement]) -> [UInt8] {
    var text: [UInt8] = []
    for element in elements {
      switch element {
      case .literal(let literal): text += literal
      case .blanks:
        text += repeatElement(
          ASCII.blank, count: chance(12) ? Int.random(in: 63...66, using: &random) : Int.random(in: 0...2, using: &random))
      case .group(let inner): if chance(2) { text += made(inner) }
      case .composite(let field): text += made(field.elements)
      case .strict(let field): text += bytes(PatternGenerator.pick(StrictSamples.texts(of: field.type), &random))
      case .run(let run): text += content(of: run)
      }
    }
    return text
  }

  /// What a run may hold, mostly.
  private mutating func content(of run: RunField) -> [UInt8] {
    var text: [UInt8] = []
    for _ in 0..<Int.random(in: 0...3, using: &random) { text += PatternGenerator.pick(stock, &random) }
    if chance(40) {
      // Beyond what an anchor looks at.
      let piece = text.isEmpty ? bytes("a") : text
      while text.count < 300 { text += piece }
      text.removeLast(text.count - Int.random(in: 253...258, using: &random))
    }
    if !chance(8) { text.removeAll { !run.bytes.contains($0) } }
    if let most = run.most, !chance(8) { text.removeLast(max(0, text.count - most)) }
    return text
  }

  private mutating func value(of key: ListKey) -> [UInt8] {
    if let type = key.type { return bytes(PatternGenerator.pick(StrictSamples.texts(of: type), &random)) }
    let value = PatternGenerator.pick(stock, &random)
    return chance(2) ? [ASCII.quote] + value + [ASCII.quote] : value
  }

  /// Removes, doubles, inserts or replaces a piece.
  private mutating func damage(_ text: inout [UInt8]) {
    let start = Int.random(in: 0...text.count, using: &random)
    let end = min(text.count, start + Int.random(in: 0...12, using: &random))
    switch Int.random(in: 0..<7, using: &random) {
    case 0: text.removeSubrange(start..<min(end, start + 2))
    case 1: text.insert(contentsOf: Array(text[start..<end]), at: start)
    case 2, 3: text.insert(contentsOf: PatternGenerator.pick(stock, &random), at: start)
    case 4: text.replaceSubrange(start..<min(end, start + 1), with: PatternGenerator.pick(stock, &random))
    case 5: text.removeSubrange(start...)
    default: text.insert(UInt8.random(in: 0...255, using: &random), at: start)
    }
  }

  private mutating func chance(_ oneIn: Int) -> Bool { Int.random(in: 0..<oneIn, using: &random) == 0 }
}

extension Pattern {
  /// The pattern ends in a type that takes line feeds, so it is tried on texts of several lines.
  package var isOfSeveralLines: Bool {
    guard case .strict(let field)? = elements.last else { return false }
    switch field.type {
    case .rest, .csv: return true
    default: return false
    }
  }
}
