import LogBytes
import LogFormats
import LogOutput
import TestSupport
import Testing

@testable import LogPipeline

/// The samples of all formats in one stream: each entry is what its log gives alone.
@Suite(.enabled(if: !GoldenSample.isUpdating)) struct MixedSampleTests {
  /// The samples of one format each.
  private static let samples = GoldenSample.all.filter { !["mixed", "zeek", "unity"].contains($0.format) }
  /// In a table of Zeek each line of as many cells that begins with a time is a row. Unity's lines are free text: once its engine has
  /// announced itself, it takes what no other format says it knows.
  private static let last = ["zeek", "unity"].flatMap { format in GoldenSample.all.filter { $0.format == format } }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `one log behind the other`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let samples = Self.samples.shuffled(using: &generator) + Self.last
    expect(samples.flatMap { sample in sample.blocks.map { (sample.format, $0) } }, &generator)
  }

  @Test(arguments: [4, 5, 6] as [UInt64])
  func `entry by entry of all logs`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var rest = Self.samples.shuffled(using: &generator).map { (format: $0.format, blocks: $0.blocks[...]) }
    var blocks: [(String, GoldenSample.Block)] = []
    while !rest.isEmpty {
      for index in rest.indices { blocks.append((rest[index].format, rest[index].blocks.removeFirst())) }
      rest.removeAll { $0.blocks.isEmpty }
    }
    for sample in Self.last { blocks += sample.blocks.map { (sample.format, $0) } }
    expect(blocks, &generator)
  }

  private func expect(_ blocks: [(String, GoldenSample.Block)], _ generator: inout SeededGenerator) {
    var text: [UInt8] = []
    var expected: [String] = []
    var last: LogFormat?
    for (_, block) in blocks {
      // Nobody's lines are the preamble of what comes next, or join what is open.
      let formats = block.entries.compactMap(Self.format)
      guard formats.count == block.entries.count, let first = formats.first else { continue }
      if let last, Self.mayTake(last, lineOf: first) {
        text += Self.calm.line
        expected.append(Self.calm.entry)
      }
      text += block.lines.joined()
      expected += block.entries
      last = formats.last
    }
    var stream = EntryStream(
      catalog: allFormats, options: GoldenSample.options, writer: .jsonLines(JSONLinesWriter()), arrival: GoldenSample.arrival)
    var output = ByteOutput()
    for part in randomParts(of: text, largest: 4096, using: &generator) { stream.append(part.span, into: &output) }
    stream.finish(into: &output)
    let actual = String(decoding: bytes(output), as: UTF8.self).split(separator: "\n").map(String.init)
    #expect(actual.count == expected.count)
    for (entry, wanted) in zip(actual, expected) where entry != wanted {
      #expect(entry == wanted)
      // What follows may be a consequence.
      return
    }
  }

  // MARK: - Lines that an open entry would take

  private static let formats: [String: LogFormat] = {
    // The embedded formats are right: their own tests say so.
    Dictionary(uniqueKeysWithValues: try! FormatCatalog.readEmbedded().map { ($0.name, $0) })
  }()

  /// A line that nothing joins, and its entry.
  private static let calm = (
    line: bytes("192.0.2.20 - - [21/Aug/2026:12:00:01 +0000] \"GET / HTTP/1.1\" 200 5\n"),
    entry:
      #"{"time":"2026-08-21T12:00:01Z","format":"http-access","client":"192.0.2.20","method":"GET","path":"/","protocol":"HTTP/1.1","status":200,"bytes":5}"#
  )

  private static func format(of entry: String) -> LogFormat? {
    entry.firstMatch(of: /"format":"([^"]*)"/).flatMap { formats[String($0.1)] }
  }

  /// Whether the rules of detection let the last entry, or its format, take such a line: it says little by itself, or continues by rule.
  private static func mayTake(_ last: LogFormat, lineOf next: LogFormat) -> Bool {
    if !last.continues.isEmpty { return true }
    // Known: the plain format of JSON, once it took a line, is asked before those that ask for more keys.
    if last.name == "json", next.isJSON { return next.name != "json" }
    if last.multiline == .none { return false }
    return next.rank == .general || next.isKeyValue || !next.hints.require.isEmpty
  }
}

extension LogFormat {
  fileprivate var isJSON: Bool { if case .json = structure { true } else { false } }
  fileprivate var isKeyValue: Bool { if case .keyValue = structure { true } else { false } }
}
