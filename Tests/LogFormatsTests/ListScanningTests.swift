import LogBytes
import LogEntries
import TestSupport
import Testing

@testable import LogFormats

/// Lists that are read with what is remembered of others are those that are read without.
struct ListScanningTests {
  private struct Item: Equatable {
    var key: [UInt8]
    var value: [UInt8]
    var isBare: Bool
  }

  private enum Kind: Equatable {
    case pairs, data
  }

  /// What the scan answers, and the items that it found; nil if it does not know all of them.
  private func scan(
    _ kind: Kind, _ scanning: inout ListScanning, _ text: [UInt8], at: Int, end: Int, counter: Int = 0
  ) -> (end: Int, items: [Item]?) {
    var bitmaps = ChunkBitmaps()
    bitmaps.classify(text.span)
    let view = MatchText(bytes: text.span, bitmaps: bitmaps.words)
    let behind = kind == .pairs ? scanning.scanPairs(counter, view, at, end) : scanning.scanData(view, at, end)
    guard scanning.isKnown, behind >= 0 else { return (behind, nil) }
    #expect(scanning.list.range == at..<behind)
    var items: [Item] = []
    for index in scanning.items.indices {
      let item = scanning.items[index]
      let head = scanning.heads[Int(item.head)]
      let start = Int(item.slice.start) - Int(head.count)
      let value = Array(text[item.slice.range])
      checkForm(of: item, value, kind)
      items.append(
        Item(key: Array(text[start + Int(head.keyStart)..<start + Int(head.keyEnd)]), value: value, isBare: item.value == .none))
    }
    return (behind, items)
  }

  /// What is said to be the inside of a JSON string is that of the value, and what has no escapes holds none.
  private func checkForm(of item: ScannedItem, _ value: [UInt8], _ kind: Kind) {
    var unescaped = ByteOutput()
    if kind == .data { ListReading.appendUnescaped(value.span, of: .data, to: &unescaped) } else { unescaped.append(value.span) }
    var escaped = ByteOutput()
    escaped.appendJSONEscaped(unescaped.span)
    let string = escaped.span.indices.map { escaped.span[$0] }
    switch item.value {
    case .raw: if string != value { Issue.record("\(value) is no string as it stands") }
    case .text: if unescaped.count != value.count { Issue.record("\(value) has escapes") }
    case .escaped: if kind == .pairs || !value.contains(ASCII.backslash) { Issue.record("\(value) has no escapes") }
    case .none: if !value.isEmpty { Issue.record("a value of an item without one") }
    }
  }

  private func expected(_ kind: Kind, _ text: [UInt8], at: Int, end: Int) -> (end: Int, items: [Item]) {
    let view = text.span.extracting(first: end)
    let behind = kind == .pairs ? StrictScanning.scanPairs(view, at) : StrictScanning.scanStructuredData(view, at)
    var items: [Item] = []
    if behind < 0 { return (behind, items) }
    var reader = ListItems(kind: kind == .pairs ? .pairs : .data, at: at)
    while let item = reader.next(text.span.extracting(first: behind)) {
      items.append(Item(key: Array(text[item.key.range]), value: Array(text[item.value.range]), isBare: item.isBare))
    }
    return (behind, items)
  }

  /// - Parameters:
  ///   - known: how many lists must be known at least.
  ///   - good: so many of the pieces, the first ones, make lists.
  private func compare(_ kind: Kind, _ pieces: [String], good: Int, front: String = "", back: String = "", known: Int) {
    var random = SeededGenerator(seed: 20_261_130)
    var scanning = ListScanning()
    var (all, some) = (0, 0)
    for _ in 0..<6_000 {
      let count = Int.random(in: 0...8, using: &random)
      // Mostly lists, else anything.
      let isGood = Bool.random(using: &random)
      let inner = (0..<count).map { _ in pieces[Int.random(in: 0..<(isGood ? good : pieces.count), using: &random)] }.joined()
      let text = bytes(Int.random(in: 0...9, using: &random) > 0 ? front + inner + back : inner)
      let at = Int.random(in: 0...3, using: &random) > 0 ? 0 : Int.random(in: 0...min(3, text.count), using: &random)
      let end = Int.random(in: 0...3, using: &random) > 0 ? text.count : Int.random(in: at...text.count, using: &random)
      let (behind, items) = expected(kind, text, at: at, end: end)
      let found = scan(kind, &scanning, text, at: at, end: end, counter: Int.random(in: 0...40, using: &random))
      if found.end != behind { Issue.record("\(text) from \(at) to \(end): \(found.end), not \(behind)") }
      guard let taken = found.items else { continue }
      all += 1
      if !items.isEmpty { some += 1 }
      if taken != items { Issue.record("\(text) from \(at) to \(end): \(taken), not \(items)") }
    }
    #expect(all > known && some > known / 2)
  }

  @Test func `random lists of pairs`() {
    let pieces = [
      " (a \"1\")", " (bc \"\")", " (d)", " (damage_armor \"17\")", " (e \"\\\u{e9}\\\")", " ", "(", ")", "\"", "a",
      " (a_key_that_is_longer_than_all_others_are_it_seems \"x\")", "\n", "\t", " (a \"x\n\")", " (a  \"1\")", " (a\"1\")", " ()",
      " (a \"1\"",
      " (a \")\")",
    ]
    compare(.pairs, pieces, good: 5, known: 2_000)
  }

  @Test func `random structured data`() {
    let pieces = [
      " a=\"1\"", " bc=\"\"", "][meta@1 sequenceId=\"17\"", " d=\"\\\"\\\\\"", " e=\"\\]\\x\u{e9}\"", " f=\"]\u{1}[ =\"",
      " a=\"\u{e9}\\\\\"",
      " a_key_that_is_longer_than_all_others_are_it_seems=\"x\"", "][x", "]", "[", "[y", " ", "\"", "=", "\\", "\n", " a=\"\n\"",
      " a=\"\\\n\"",
      " a=\"x", "  a=\"1\"", " a =\"1\"", " =\"1\"", "[] ", "\t", "a", " [=\"1\"", "][",
    ]
    compare(.data, pieces, good: 7, front: "[id@32473 k=\"v\"", back: "] x", known: 2_000)
  }

  @Test(arguments: [
    (#"[a b="1"][c] x"#, 12), ("-", 1), ("- ", 1), ("", -1), ("[a]", 3), (#"[a b="1"] [c d="2"]"#, 9), (#"[a b="1"][c d="2"#, 9),
    (#"[a b="1"][c d="2"] x"#, 18), (#"[a b="1"]["#, 9), (#"[a b="\"#, -1), (#"[a b="1""#, -1), (#"[a b="1" "#, -1),
  ])
  func `where structured data ends`(row: (text: String, end: Int)) {
    var scanning = ListScanning()
    for _ in 0..<2 {
      let text = bytes(row.text)
      #expect(scan(.data, &scanning, text, at: 0, end: text.count).end == row.end)
      #expect(expected(.data, text, at: 0, end: text.count).end == row.end)
    }
  }

  @Test func `keys without end are forgotten`() {
    var scanning = ListScanning()
    for number in 0..<1000 {
      let pairs = bytes(" (k\(number) \"v\") (l\(number))")
      #expect(scan(.pairs, &scanning, pairs, at: 0, end: pairs.count).end == pairs.count)
      let data = bytes("[k\(number) v=\"\"][l v\(number)=\"\"]")
      #expect(scan(.data, &scanning, data, at: 0, end: data.count).end == data.count)
    }
    #expect(scanning.generation > 0 && scanning.heads.count <= ListScanning.greatestHeads)
    // The heads that were forgotten are those of the keys of now.
    for (kind, list) in [(Kind.pairs, " (k0 \"v\") (l0)"), (.data, "[k0 v=\"\"][l0 w=\"x\"]")] {
      let text = bytes(list)
      for _ in 0..<600 { _ = scan(kind, &scanning, text, at: 0, end: text.count) }
      #expect(scan(kind, &scanning, text, at: 0, end: text.count).items == expected(kind, text, at: 0, end: text.count).items)
    }
  }
}
