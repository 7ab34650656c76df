import LogBytes
import LogJSON

/// Why a file of definitions is none.
struct DefinitionError: Error {
  let message: String
}

/// Reads a JSON array of definitions. Every member must be there and known: a misspelt one would measure something else.
struct DefinitionReader {
  let path: String

  func definitions(in text: Span<UInt8>) throws(DefinitionError) -> [Definition] {
    var position = JSONScanning.skipBlanks(text, from: 0)
    guard JSONScanning.scanValue(text, from: position) > 0 else { throw failure("no JSON", at: position, in: text) }
    var definitions: [Definition] = []
    try expect(ASCII.leftBracket, &position, in: text)
    while text[position] != ASCII.rightBracket {
      definitions.append(try definition(text, &position))
      skipComma(text, &position)
    }
    return definitions
  }

  private func definition(_ text: Span<UInt8>, _ position: inout Int) throws(DefinitionError) -> Definition {
    let start = position
    var strings: [String: String] = [:]
    var numbers: [String: Int] = [:]
    try expect(ASCII.leftBrace, &position, in: text)
    while text[position] != ASCII.rightBrace {
      let key = try string(text, &position)
      try expect(ASCII.colon, &position, in: text)
      if text[position] == ASCII.quote {
        strings[key] = try string(text, &position)
      } else {
        numbers[key] = try number(text, &position)
      }
      skipComma(text, &position)
    }
    position = JSONScanning.skipBlanks(text, from: position + 1)
    let known = ["entries", "output", "quick_entries", "quick_output", "seed"]
    if let unknown = numbers.keys.first(where: { !known.contains($0) }) {
      throw failure("unknown member '\(unknown)' (there are \(known.joined(separator: ", ")))", at: start, in: text)
    }
    guard
      let name = strings["name"], let stage = strings["stage"].flatMap(Definition.Stage.init),
      let family = strings["generator"].flatMap(LineGenerator.Family.init), let seed = numbers["seed"], let entries = numbers["entries"],
      let output = numbers["output"], let quickEntries = numbers["quick_entries"], let quickOutput = numbers["quick_output"]
    else {
      let stages = Definition.Stage.allCases.map(\.rawValue).joined(separator: ", ")
      let families = LineGenerator.Family.allCases.map(\.rawValue).joined(separator: ", ")
      throw failure(
        "a definition has name, stage (\(stages)), generator (\(families)), seed, entries, output, quick_entries, quick_output",
        at: start, in: text)
    }
    return Definition(
      name: name, stage: stage, family: family, seed: UInt64(seed), full: .init(entries: entries, output: output),
      quick: .init(entries: quickEntries, output: quickOutput))
  }

  private func string(_ text: Span<UInt8>, _ position: inout Int) throws(DefinitionError) -> String {
    var hasEscapes = false
    let end = JSONScanning.scanString(text, from: position, hasEscapes: &hasEscapes)
    guard end > 0, !hasEscapes else { throw failure("expected a plain string", at: position, in: text) }
    var bytes: [UInt8] = []
    for index in position + 1..<end - 1 { bytes.append(text[index]) }
    position = JSONScanning.skipBlanks(text, from: end)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func number(_ text: Span<UInt8>, _ position: inout Int) throws(DefinitionError) -> Int {
    let end = JSONScanning.scanNumber(text, from: position)
    guard end > 0, let value = parseUnsigned(text.extracting(position..<end)) else {
      throw failure("expected a string or a whole number", at: position, in: text)
    }
    position = JSONScanning.skipBlanks(text, from: end)
    return Int(value)
  }

  private func expect(_ byte: UInt8, _ position: inout Int, in text: Span<UInt8>) throws(DefinitionError) {
    guard position < text.count, text[position] == byte else {
      throw failure("expected '\(Character(Unicode.Scalar(byte)))'", at: position, in: text)
    }
    position = JSONScanning.skipBlanks(text, from: position + 1)
  }

  private func skipComma(_ text: Span<UInt8>, _ position: inout Int) {
    if text[position] == ASCII.comma { position = JSONScanning.skipBlanks(text, from: position + 1) }
  }

  private func failure(_ message: String, at offset: Int, in text: Span<UInt8>) -> DefinitionError {
    let place = textPosition(of: offset, in: text)
    return DefinitionError(message: "\(path):\(place.line):\(place.column): \(message)")
  }
}
