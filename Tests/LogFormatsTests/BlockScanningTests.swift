import LogBytes
import TestSupport
import Testing

@testable import LogFormats

/// Numbers are read eight bytes at a time and runs sixteen: what stands behind them, and behind the end, must not count.
struct BlockScanningTests {
  @Test(arguments: 1...20)
  func `a number ends at the first byte that is no digit, or at the end`(count: Int) {
    let digits = (0..<count).map { ASCII.zero + UInt8($0 % 10) }
    for byte in UInt8.min...UInt8.max where !ASCII.isDigit(byte) {
      for rest in ["", "1", "99999999", "999999999999999999"] {
        let text = [ASCII.blank] + digits + [byte] + bytes(rest)
        #expect(scanInteger(text, end: text.count) == 1 + count, "byte \(byte), \(rest)")
        #expect(scanInteger(text, end: 1 + count) == 1 + count, "byte \(byte), \(rest)")
      }
    }
    let longer = [ASCII.blank] + digits + bytes("1234567890")
    #expect(scanInteger(longer, end: 1 + count) == 1 + count)
  }

  private func scanInteger(_ text: [UInt8], end: Int) -> Int {
    var bitmaps = ChunkBitmaps()
    bitmaps.classify(text.span)
    return Matcher.scanInteger(MatchText(bytes: text.span, bitmaps: bitmaps.words), 1, end)
  }

  @Test func `sixteen bytes are in a set as far as they are one by one`() {
    var generator = SeededGenerator(seed: 5)
    var tried = 0
    for number in 0..<400 {
      var set = ByteSet()
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let first = UInt8.random(in: .min ... .max, using: &generator)
        set.formUnion(ByteSet(first...UInt8(min(255, Int(first) + Int.random(in: 0...90, using: &generator)))))
      }
      // Half of them lack a few bytes.
      if number & 1 == 1 { set = ByteSet(set.members.prefix(Int.random(in: 1...4, using: &generator))).inverted }
      let ranges = SetRanges(set)
      let use = ranges.use(isMultiline: number % 4 == 3)
      guard use != .none else { continue }
      tried += 1
      let members = set.members
      for length in 0...16 {
        var text = (0..<16).map { _ in members.randomElement(using: &generator)! }
        // A text of one line holds no LF.
        let outside = set.inverted.members.filter { use == .inside || $0 != ASCII.lineFeed }
        if use == .outside { text = text.map { $0 == ASCII.lineFeed ? ASCII.blank : $0 }.map { set.contains($0) ? $0 : members.last! } }
        if length < 16, !outside.isEmpty { text[length] = outside.randomElement(using: &generator)! }
        let expected = text.firstIndex { !set.contains($0) } ?? 16
        #expect(countInside(ranges, use, text) == expected, "\(number)")
      }
    }
    #expect(tried > 300)
  }

  private func countInside(_ ranges: SetRanges, _ use: SetRanges.Use, _ text: [UInt8]) -> Int {
    var bitmaps = ChunkBitmaps()
    bitmaps.classify(text.span)
    let pool = Pool(ranges.bytes.map { SIMD16<UInt8>(repeating: $0) })
    defer { pool.deallocate() }
    return MatchText(bytes: text.span, bitmaps: bitmaps.words).countInside(pool, 0, use: use.rawValue, from: 0)
  }

  @Test func `a set of more than four ranges has none`() {
    #expect(SetRanges(ByteSet("acegi")).use(isMultiline: false) == .none)
    #expect(SetRanges(ByteSet()).use(isMultiline: false) == .none)
    #expect(SetRanges(ByteSet("aceg")).use(isMultiline: false) == .inside)
    #expect(SetRanges(.all).use(isMultiline: true) == .inside)
    // Four bytes beside LF that a set lacks are looked for where no LF is.
    let set = ByteSet("<> \"\n").inverted
    #expect(SetRanges(set).use(isMultiline: false) == .outside)
    #expect(SetRanges(set).use(isMultiline: true) == .none)
    #expect(SetRanges(ByteSet("]\n").inverted).use(isMultiline: true) == .inside)
  }
}
