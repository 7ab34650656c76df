import LogBytes
import LogEntries
import TestSupport
import Testing

@testable import LogFormats

/// The automaton of a list of finds against the plain definition: each pattern, run at each place between word boundaries.
struct FindFilterTests {
  static let lists = [
    [
      "rhost={client:ip}", #"{:enum(from|From|address|client|by|ip|IP|host)}{?:}{:chars( =[(</'"@) 0..3}{client:ip}"#, "{client:ip}",
      "rhost={client:host}", "{:enum(failure|error|user)} for {:chars(^ )} from {client:host}", "from {client:host} port {:int}",
      "{:enum(User|user)} {:chars(^ )} from {client:host} not", "{addresses:ip all}",
    ],
    ["ip={client:endpoint}", "{a:endpoint} x", "{?[{b:endpoint}] }to {c:ip}/{d:int 1..2}", "({e:ip}{?%{f:chars(a-z0-9)}})"],
    ["{a:int} x", "{a:number}", "{~}-{b:hex}:", "{c:level} at {d:clock}", "{e:uuid}", "-{~}{?x}{g:chars(0-9a-f:.)}>"],
    ["{a:chars(:. )}1", "{b:chars(^x)}x", "{?1}{?::}{?f}", "{c:size}{? }{d:duration}", "{e:grouped};", "{f:iso}"],
  ]

  /// Addresses, their parts, words and what stands between them.
  private static let pieces = [
    "192.0.2.1", "10.0.0.255", "256.1.1.1", "1.2.3.4.5", "1.2.3", "1.2.3.4444", "2001:db8::7", "::1", "::", "1:2:3:4:5:6:7:8",
    "1:2:3:4:5:6:7::",
    "1:2:3:4:5:6:192.0.2.1", "::ffff:192.0.2.1", "fe80::1%eth0", "1:2:3", "12:34:56", "dead", "be", "face", "ad", "failure", "from", "user",
    "User",
    "not", "host", "rhost=", "by", "ip", "client", "port", "for", "22", "1", "f", "0db8", ":", ":", ".", ".", " ", " ", " ", "[", "]", "(",
    "%", "@", "=", "'",
    "\"", "/", "-", ">", ";", "x", "g", "error", "WARN", "at", "1,024", "1.5e3", "5 MB", "3ms", "dd0f59fa-a9c6-4749-224a-760a5fa2725b",
    "2026-08-21T10:00:00Z", "\u{e9}", "\n", "\t", "0123456789012345678901234567890123456789012345678901234567890", "aaaaaaaaaaaaaaaaaaaa",
  ]

  /// What the lists look for most.
  private static let frequent = [
    "192.0.2.1", "::1", "2001:db8::7", "10.1.2.3", " x", "ip=", "to ", "/24", "(", ")", "[", "] ", ":80", " ", "from ", "-", "5", "12:34",
    "at ",
  ]

  private struct Probe: ~Copyable {
    let catalog: CompiledCatalog
    var places = FindPlaces()
    private let slots = SlotBuffer(count: Matcher.maximumSlots)
    private var state = MatchState()

    init(_ patterns: [String]) throws {
      let list = patterns.map { "    - '\($0.replacing("'", with: "''"))'\n" }.joined()
      let source = "name: t\nentry: ['T {message}']\nfind:\n  message:\n\(list)"
      catalog = try CompiledCatalog([try LogFormatReader.read(bytes(source), path: "")])
    }

    /// What the filter says of each place of a part of a text, and what stands there. No candidates at places inside of words.
    mutating func run(_ chunk: [UInt8], _ part: Range<Int>) -> (candidates: [UInt64], standing: [UInt64], all: UInt64) {
      var bitmaps = ChunkBitmaps()
      bitmaps.classify(chunk.span)
      let text = MatchText(bytes: chunk.span, bitmaps: bitmaps.words)
      places.gather(0, catalog.findFilter, text, from: part.lowerBound, end: part.upperBound)
      var candidates = [UInt64](repeating: 0, count: part.count)
      for index in places.places.indices { candidates[places.places[index].place - part.lowerBound] = places.places[index].candidates }
      var standing = [UInt64](repeating: 0, count: part.count)
      for place in part where place == part.lowerBound || !ASCII.isLetterOrDigit(chunk[place - 1]) {
        for (bit, number) in catalog.findFields[0].patterns.range.enumerated() {
          let end = Matcher.run(
            start: Int(catalog.patterns[number].start), program: catalog.program, text: text, from: place, end: part.upperBound,
            slots: slots,
            state: &state)
          if end == part.upperBound || end >= 0 && !ASCII.isLetterOrDigit(chunk[end]) {
            standing[place - part.lowerBound] |= 1 << UInt64(bit)
          }
        }
      }
      return (candidates, standing, places.candidates)
    }
  }

  @Test(arguments: lists.indices)
  func `what stands at a place is a candidate there`(list: Int) throws {
    var probe = try Probe(Self.lists[list])
    var random = SeededGenerator(seed: UInt64(list) + 11)
    var count = 0
    var excluded = 0
    for _ in 0..<300 {
      var value: [UInt8] = []
      for _ in 0..<Int.random(in: 1...24, using: &random) {
        value += bytes((Bool.random(using: &random) ? Self.pieces : Self.frequent).randomElement(using: &random)!)
      }
      // What stands around the value must not be looked at.
      let before = bytes(Self.pieces.randomElement(using: &random)!)
      let behind = Bool.random(using: &random) ? [] : bytes(Self.pieces.randomElement(using: &random)!)
      let (candidates, standing, all) = probe.run(before + value + behind, before.count..<before.count + value.count)
      let missed = value.indices.filter { standing[$0] & ~candidates[$0] != 0 }
      #expect(missed.isEmpty, "\(String(decoding: value, as: UTF8.self).debugDescription) at \(missed)")
      count += standing.reduce(0) { $0 + $1.nonzeroBitCount }
      excluded += candidates.count { $0 == 0 }
      #expect(all == candidates.reduce(0, |))
    }
    #expect(count > 15)
    #expect(excluded > 1000)
  }

  @Test func `next to no place of a common text is a candidate`() throws {
    var probe = try Probe(Self.lists[0])
    let texts = [
      "allocated gameserver gs-euw1-146 to match dd0f59fa-a9c6-4749-224a-760a5fa2725b", "player Facebad kicked: be a dead bee, by face",
      "health check ok tick=2833373 rss=726MB players=2 at 12:34:56.789", "(root) CMD (/usr/local/bin/rotate-logs --older-than 21d)",
      "Accepted 1.2.3 by 10.0.0 and 1:2:3:4 by abcd:", "failure of error, host forgot; From: ::ffffg 300.",
    ]
    for text in texts {
      let all = probe.run(bytes(text), 0..<text.utf8.count).all
      #expect(all == 0, "\(text)")
    }
    let text = "Accepted publickey for deploy from 39.86.56.160 port 48895 ssh2"
    let found = probe.run(bytes(text), 0..<text.utf8.count).candidates
    #expect(found.indices.filter { found[$0] != 0 } == [30, 35])
    #expect(found[30] == 0b10_0010)
    #expect(found[35] == 0b1000_0100)
  }

  @Test func `a walk that is given up leaves what is possible`() throws {
    var probe = try Probe(["{n:int} x", "{n:int} y", "{~}z"])
    let digits = String(repeating: "1", count: 39)
    for text in [digits + " x", digits + "  x", digits + " y", String(repeating: " ", count: 60) + "z", String(repeating: " ", count: 60)] {
      let (candidates, standing, _) = probe.run(bytes(text), 0..<text.utf8.count)
      #expect(zip(standing, candidates).allSatisfy { $0 & ~$1 == 0 })
      if text.hasPrefix(" ") { #expect(candidates[0] == 0b100) }
    }
  }

  @Test func `an automaton that would grow too large is cut`() throws {
    var random = SeededGenerator(seed: 3)
    let words = (0..<60).map { _ in String(decoding: random.bytes(count: 14, from: bytes("abcde")), as: UTF8.self) }
    var probe = try Probe(words.map { "\($0)={:int 1..3}" })
    var count = 0
    for _ in 0..<200 {
      var value: [UInt8] = []
      for _ in 0..<4 {
        value += bytes(words.randomElement(using: &random)!)
        if Int.random(in: 0..<4, using: &random) == 0 { value[value.count - 2] = UInt8(ascii: "x") }
        value += bytes(["=1 ", "=12345 ", " =1 ", "=a "].randomElement(using: &random)!)
      }
      let (candidates, standing, _) = probe.run(value, 0..<value.count)
      #expect(zip(standing, candidates).allSatisfy { $0 & ~$1 == 0 })
      count += standing.reduce(0) { $0 + $1.nonzeroBitCount }
    }
    #expect(count > 100)
  }

  @Test func `patterns beyond 64 are tried too`() throws {
    let list = (0..<70).map { "k\($0)={f\($0):word}" }.map { "'\($0)'" }.joined(separator: ", ")
    var probe = try SecondStageProbe(
      try LogFormatReader.read(bytes("name: t\nentry: ['T {message}']\nfind: {message: [\(list)]}"), path: ""))
    #expect(probe.run(bytes("k69=a, xk3=b (k64=c) k3=d")).fields.map(\.name) == ["f3", "f64", "f69"])
    #expect(probe.run(bytes("k69=a xk64=b")).fields.map(\.name) == ["f69"])
  }
}
