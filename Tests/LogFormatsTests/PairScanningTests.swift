import LogBytes
import LogEntries
import TestSupport
import Testing

@testable import LogFormats

/// Pairs that are read with what is remembered of others are those that are read without.
struct PairScanningTests {
  private struct Pair: Equatable {
    var key: [UInt8]
    var value: [UInt8]
    var isBare: Bool
  }

  /// What `scan` answers, and the pairs that it found; nil if it does not know all of them.
  private func scan(_ scanning: inout PairScanning, _ text: [UInt8], at: Int, end: Int, counter: Int = 0) -> (end: Int, pairs: [Pair]?) {
    var bitmaps = ChunkBitmaps()
    bitmaps.classify(text.span)
    let behind = scanning.scan(counter, MatchText(bytes: text.span, bitmaps: bitmaps.words), at, end)
    guard scanning.isKnown else { return (behind, nil) }
    #expect(scanning.start == at)
    var pairs: [Pair] = []
    for index in scanning.items.indices {
      let item = scanning.items[index]
      let head = scanning.heads[Int(item.head)]
      let start = Int(item.value.start) - Int(head.count)
      pairs.append(
        Pair(
          key: Array(text[start + head.key.lowerBound..<start + head.key.upperBound]), value: Array(text[item.value.range]),
          isBare: head.isBare))
    }
    return (behind, pairs)
  }

  private func expected(_ text: [UInt8], at: Int, end: Int) -> (end: Int, pairs: [Pair]) {
    let view = text.span.extracting(first: end)
    var pairs: [Pair] = []
    var place = at
    while let item = ListReading.pair(view, place) {
      pairs.append(Pair(key: Array(text[item.key.range]), value: Array(text[item.value.range]), isBare: item.isBare))
      place = item.end
    }
    return (StrictScanning.scanPairs(view, at), pairs)
  }

  @Test func `random lists`() {
    var random = SeededGenerator(seed: 20_261_130)
    let pieces = [
      " (a \"1\")", " (bc \"\")", " (d)", " (damage_armor \"17\")", " (a_key_that_is_longer_than_others \"x\")", " ", "(", ")", "\"", "a",
      "\n", "\t",
      " (a \"x\n\")", " (a  \"1\")", " (a\"1\")", " ()", " (a \"1\"", " (a \")\")",
    ]
    var scanning = PairScanning()
    var (known, some) = (0, 0)
    for _ in 0..<4_000 {
      let count = Int.random(in: 0...8, using: &random)
      // Mostly lists, else anything.
      let limit = Bool.random(using: &random) ? 5 : pieces.count
      let text = bytes((0..<count).map { _ in pieces[Int.random(in: 0..<limit, using: &random)] }.joined())
      let at = Int.random(in: 0...3, using: &random) > 0 ? 0 : Int.random(in: 0...min(3, text.count), using: &random)
      let end = Bool.random(using: &random) ? text.count : Int.random(in: at...text.count, using: &random)
      let (behind, pairs) = expected(text, at: at, end: end)
      let found = scan(&scanning, text, at: at, end: end, counter: Int.random(in: 0...40, using: &random))
      if found.end != behind { Issue.record("\(text) from \(at) to \(end): \(found.end), not \(behind)") }
      guard let taken = found.pairs else { continue }
      known += 1
      if !pairs.isEmpty { some += 1 }
      if taken != pairs { Issue.record("\(text) from \(at) to \(end): \(taken), not \(pairs)") }
    }
    #expect(known > 2_000 && some > 800)
  }

  @Test func `keys without end are forgotten`() {
    var scanning = PairScanning()
    for number in 0..<1000 {
      let text = bytes(" (k\(number) \"v\") (l\(number))")
      #expect(scan(&scanning, text, at: 0, end: text.count).end == text.count)
    }
    #expect(scanning.generation > 0 && scanning.heads.count <= PairScanning.greatestHeads)
    // The heads that were forgotten are those of the keys of now.
    let text = bytes(" (k0 \"v\") (l0)")
    for _ in 0..<600 { _ = scan(&scanning, text, at: 0, end: text.count) }
    #expect(scan(&scanning, text, at: 0, end: text.count).pairs == expected(text, at: 0, end: text.count).pairs)
  }
}
