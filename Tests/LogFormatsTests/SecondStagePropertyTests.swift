import FormatTestSupport
import LogBytes
import LogEntries
import TestSupport
import Testing

@testable import LogFormats

/// Events, parts and finds of random formats against the reference: the first pattern of a list that matches, and what it takes.
struct SecondStagePropertyTests {
  @Test func `the first event that matches is the event`() throws {
    var generator = PatternGenerator(seed: MatcherPropertyTests.seed &+ 7)
    var matched = 0
    var differences: [String] = []
    for number in 0..<MatcherPropertyTests.pairs / 40 {
      let sources = generator.events().filter { (try? LogFormatReader.read(PatternGenerator.format([$0]), path: "")) != nil }
      guard !sources.isEmpty, let format = try? LogFormatReader.read(PatternGenerator.format(sources), path: ""),
        var probe = try? SecondStageProbe(format)
      else { continue }
      let events = format.events[0].events
      for index in 0..<8 {
        let pattern = events[index % events.count].pattern
        var texts = TextGenerator(pattern, seed: UInt64(number * 8 + index))
        let value = texts.value()
        let expected = firstMatch(events.map { $0 }, value)
        if expected != nil { matched += 1 }
        let found = probe.run(value)
        if let problem = difference(expected, found) {
          differences.append(
            "\(sources.joined(separator: "\n"))\nvalue \(String(decoding: value, as: UTF8.self).debugDescription)\n\(problem)")
        }
      }
    }
    let isSame = differences.isEmpty
    #expect(isSame, "\(differences.count) differences\n\(differences.prefix(4).joined(separator: "\n\n"))")
    #expect(matched > MatcherPropertyTests.pairs / 5 / 5)
  }

  @Test func `a find takes the first place between word boundaries`() throws {
    var generator = PatternGenerator(seed: MatcherPropertyTests.seed &+ 9)
    var matched = 0
    var differences: [String] = []
    for number in 0..<MatcherPropertyTests.pairs / 80 {
      let pattern = generator.accepted(under: "find")
      let source = PatternGenerator.format([pattern.source], under: "find")
      guard var probe = try? SecondStageProbe(try LogFormatReader.read(source, path: "")) else { continue }
      var reference = ReferenceMatcher(pattern)
      var texts = TextGenerator(pattern, seed: UInt64(number))
      for _ in 0..<8 {
        let value = texts.embedded()
        let taken = reference.find(value)
        if taken != nil { matched += 1 }
        let expected = taken.map { Expectation(event: nil, pattern: pattern, captures: $0) }
        if let problem = difference(expected, probe.run(value)) {
          differences.append("\(pattern.source)\nvalue \(String(decoding: value, as: UTF8.self).debugDescription)\n\(problem)")
        }
      }
    }
    let isSame = differences.isEmpty
    #expect(isSame, "\(differences.count) differences\n\(differences.prefix(4).joined(separator: "\n\n"))")
    #expect(matched > MatcherPropertyTests.pairs / 10 / 5)
  }

  private struct Expectation {
    var event: String?
    var pattern: Pattern
    var captures: [ReferenceCapture]
  }

  /// The first event that matches the first line without blanks at its end, or the whole value for a pattern that takes line feeds.
  private func firstMatch(_ events: [(event: String, pattern: Pattern)], _ value: [UInt8]) -> Expectation? {
    var line = Array(value.prefix { $0 != ASCII.lineFeed })
    while let last = line.last, last == ASCII.blank || last == ASCII.tab { line.removeLast() }
    for (event, pattern) in events {
      var reference = ReferenceMatcher(pattern)
      if let captures = reference.match(pattern.isOfSeveralLines ? value : line) {
        return Expectation(event: event, pattern: pattern, captures: captures)
      }
    }
    return nil
  }

  /// What is wrong with what was found; nil if nothing is.
  private func difference(_ expected: Expectation?, _ found: SecondStageProbe.Result) -> String? {
    guard let expected else {
      return found.event != nil || !found.fields.isEmpty ? "nothing expected, found \(found)" : nil
    }
    if expected.event != found.event { return "expected \(expected.event ?? "nothing"), found \(found.event ?? "nothing")" }
    // Runs go out as they stand; other fields are converted.
    let runs = expected.pattern.runNames
    let taken = expected.captures.filter { runs.contains($0.name) && $0.start < $0.end }
    let fields = found.fields.filter { runs.contains($0.name) }
    return taken == fields ? nil : "expected \(taken), found \(fields)"
  }
}

/// Runs the second stage of a format over values of `message`.
struct SecondStageProbe: ~Copyable {
  struct Result {
    var event: String?
    /// Fields that stand in the value as they were taken.
    var fields: [ReferenceCapture]
  }

  private var detector: FormatDetector
  private var names: FieldNames
  private var assembly = EntryAssembly()
  private let stream: Int

  /// How often finds looked at a place.
  var looks: Int { detector.findPlaces.looks }

  init(_ format: LogFormat) throws {
    let catalog = try CompiledCatalog([format])
    names = catalog.makeNames()
    detector = FormatDetector(catalog, options: DetectionOptions(arrival: 1_798_675_200))
    stream = detector.addStream()
  }

  mutating func run(_ value: [UInt8]) -> Result {
    // The value stands inside of a text: what is around it must not be looked at.
    let text = bytes("a<1> ") + value + bytes("\nb killed")
    var bitmaps = ChunkBitmaps()
    bitmaps.classify(text.span)
    assembly.begin()
    assembly.putMessage(FieldSlice(5, 5 + value.count), .text, &names)
    detector.complete(0, text: MatchText(bytes: text.span, bitmaps: bitmaps.words), stream: stream, &assembly, names: &names)
    var fields: [ReferenceCapture] = []
    for index in 0..<assembly.entry.fields.count {
      let field = assembly.entry.fields[index]
      guard field.source == .text, field.kind == .string else { continue }
      fields.append(ReferenceCapture(name: names.string(field.name), start: Int(field.slice.start) - 5, end: Int(field.slice.end) - 5))
    }
    return Result(event: assembly.entry.event.map { names.string($0) }, fields: fields)
  }
}

extension Pattern {
  /// The names of its runs, those in own types included.
  var runNames: Set<String> {
    func names(_ elements: [PatternElement]) -> [String] {
      elements.flatMap { element -> [String] in
        switch element {
        case .run(let run): run.name.isEmpty ? [] : [run.name]
        case .group(let inner): names(inner)
        case .composite(let field): names(field.elements)
        case .literal, .blanks, .strict: []
        }
      }
    }
    return Set(names(elements))
  }
}
