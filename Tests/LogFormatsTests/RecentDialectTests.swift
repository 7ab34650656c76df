import LogBytes
import LogEntries
import TestSupport
import Testing

@testable import LogFormats

/// Where formats take turns, a line is recognised by the dialects that took lines before: each must be what it is on the long way.
struct RecentDialectTests {
  /// Lines of several formats with `@` where random digits stand, and lines that two formats could take.
  private static let lines = [
    "[12:00:00] [Server thread/INFO]: Ada joined the game @", "[12:00:00] [Async Chat Thread - #@/INFO]: <Ada> a=@ level=info msg=hi",
    #"192.0.2.@ - - [02/Jan/2026:12:00:00 +0000] "GET /@?a=b HTTP/1.1" 200 @ "-" "Agent/@""#,
    #"host - ada [02/Jan/2026:12:00:00 +0000] "GET /@ HTTP/1.1" 304 - "https://example.org/@" "Agent""#,
    "[2026.01.02-12.00.00:123][ @@]LogNet: Join succeeded: Ada@", "[2026.01.02-12.00.00:123][ @@]LogTemp: Warning: a=@",
    #"L 01/02/2026 - 12:00:00: "Ada<@><[U:1:@]><CT>" say "hi @""#,
    #"L 01/02/2026 - 12:00:00: [02/Jan/2026:12:00:00 +0000] "GET / HTTP/1.1" 200 @"#,
    "<134>Jan  2 12:00:00 host-@ app[@]: player @ kicked", "<13>Jan  2 12:00:00 host app[@]: level=info a=@ msg=x",
    // Access logs in what a syslog format would take.
    #"<134>Jan 2 12:00:00 host [02/Jan/2026:12:00:00 +0000] "GET /@ HTTP/1.1" 200 @"#,
    #"<134>1 2026-01-02T12:00:00Z host [02/Jan/2026:12:00:00 +0000] "GET /@ HTTP/1.1" 200 @"#,
    #"<134>1 2026-01-02T12:00:00.@Z host app @ - [origin@1 ip="192.0.2.@"] message @"#,
    "<134>1 2026-01-02T12:00:00.@Z host app @ - - 2026-01-02 12:00:00.@ 1 INFO a [-] b",
    "level=info msg=hello a=@ time=2026-01-02T12:00:00Z", "time=2026-01-02T12:00:00Z level=warn msg=\"[12:00:00] [a/INFO]: x\" b=@",
    "2026-01-02 12:00:00.@ 1 INFO nova.compute [-] message @", "free text @ of nobody", "2026-01-02T12:00:00.123Z stdout F text @",
    "{\"level\":\"info\",\"msg\":\"x@\"}", "#Fields: date time c-ip", "[12:00:00] [a/INFO] [b]: §a@",
    "- 1767355201 2026.01.02 node@ Jan 2 12:00:01 a b[@]: c",
  ]

  private func filled(_ line: String, _ generator: inout SeededGenerator) -> String {
    line.map { $0 == "@" ? String(Int.random(in: 0...300, using: &generator)) : String($0) }.joined()
  }

  private func recognise(_ detector: inout FormatDetector, _ line: [UInt8], usesRecent: Bool, _ names: inout FieldNames) -> Recognition {
    var assembly = EntryAssembly()
    // Room behind the line, as in a window.
    let chunk = line + repeatElement(ASCII.lineFeed, count: 64)
    var bitmaps = ChunkBitmaps()
    bitmaps.classify(chunk.span)
    let isColourless = detector.catalog.colours.first(in: chunk.span, from: 0) < 0
    let text = MatchText(bytes: chunk.span, bitmaps: bitmaps.words, isColourless: isColourless)
    detector.setWindow(text, limit: line.count)
    if usesRecent {
      let found = detector.recogniseRecent(text, from: 0, end: line.count)
      if found.isFound { return found }
    }
    detector.observe(text, from: 0, end: line.count, stream: 0)
    return detector.recognise(text, from: 0, end: line.count, stream: 0, open: .none, wrapper: -1, &assembly, &names)
  }

  @Test(arguments: 0..<6 as Range<UInt64>)
  func `a line is what it is on the long way`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let catalog = try CompiledCatalog(FormatCatalog.readEmbedded())
    var names = catalog.makeNames()
    let options = DetectionOptions(arrival: 1_798_675_200)
    var short = FormatDetector(catalog, options: options)
    var long = FormatDetector(catalog, options: options)
    for _ in 0..<2 {
      // What is remembered of one stream holds for no other.
      short.removeAllStreams()
      long.removeAllStreams()
      _ = short.addStream()
      _ = long.addStream()
      let kinds = Self.lines.shuffled(using: &generator).prefix(Int.random(in: 3...12, using: &generator))
      for _ in 0..<1500 {
        let line = bytes(filled(kinds.randomElement(using: &generator)!, &generator))
        let expected = recognise(&long, line, usesRecent: false, &names)
        let actual = recognise(&short, line, usesRecent: true, &names)
        #expect(actual.format == expected.format && actual.pattern == expected.pattern, "\(String(decoding: line, as: UTF8.self))")
        #expect(short.streams[0].locked == long.streams[0].locked && short.streams[0].isRepeated == long.streams[0].isRepeated)
      }
    }
  }

  @Test func `lines of known shapes are found where formats take turns`() throws {
    let catalog = try CompiledCatalog(FormatCatalog.readEmbedded())
    var names = catalog.makeNames()
    var detector = FormatDetector(catalog, options: DetectionOptions(arrival: 1_798_675_200))
    _ = detector.addStream()
    var assembly = EntryAssembly()
    let lines = [
      #"{"time":"2026-01-02T12:00:00Z","level":"info","msg":"x"}"#, "time=2026-01-02T12:00:00Z level=info msg=x",
      "[12:00:00] [Server thread/INFO]: x", "level=info msg=x",
    ]
    var found = [0, 0, 0, 0]
    for _ in 0..<10 {
      for (number, line) in lines.enumerated() {
        let chunk = bytes(line) + repeatElement(ASCII.lineFeed, count: 64)
        var bitmaps = ChunkBitmaps()
        bitmaps.classify(chunk.span)
        let text = MatchText(bytes: chunk.span, bitmaps: bitmaps.words, isColourless: true)
        let end = chunk.count - 64
        let format = detector.recogniseShape(text, from: 0, end: end, open: .none, &assembly, &names)
        let long = detector.recognise(text, from: 0, end: end, stream: 0, open: .none, wrapper: -1, &assembly, &names)
        if format >= 0 {
          found[number] += 1
          #expect(format == long.format)
        }
        assembly.begin()
        detector.decode(long, text, from: 0, end: end, origin: MatchOrigin(source: .text), stream: 0, into: &assembly, names: &names)
      }
    }
    #expect(found[0] >= 7 && found[1] >= 7 && found[2] == 0 && found[3] >= 7, "\(found)")
  }

  /// Where nothing took the short way, the test above would say nothing.
  @Test func `lines do take the short way`() throws {
    var generator = SeededGenerator(seed: 1)
    let catalog = try CompiledCatalog(FormatCatalog.readEmbedded())
    var names = catalog.makeNames()
    var detector = FormatDetector(catalog, options: DetectionOptions(arrival: 1_798_675_200))
    _ = detector.addStream()
    for _ in 0..<60 {
      for number in [0, 2, 4, 6, 8, 12] {
        _ = recognise(&detector, bytes(filled(Self.lines[number], &generator)), usesRecent: false, &names)
      }
    }
    for number in [0, 2, 4, 6, 8, 12] {
      let chunk = bytes(filled(Self.lines[number], &generator)) + repeatElement(ASCII.lineFeed, count: 64)
      var bitmaps = ChunkBitmaps()
      bitmaps.classify(chunk.span)
      let text = MatchText(bytes: chunk.span, bitmaps: bitmaps.words, isColourless: true)
      #expect(detector.recogniseRecent(text, from: 0, end: chunk.count - 64).isFound, "\(Self.lines[number])")
    }
  }
}
