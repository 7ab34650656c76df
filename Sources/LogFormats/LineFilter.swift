import LogBytes

/// What many patterns need of a line, a bit each: a few steps over all of them say which ones a line can be of, before any is matched.
///
/// Necessary, never sufficient: the bytes at the beginning, and punctuation that must stand somewhere. For lines of which `LineStates` knows
/// nothing.
struct LineFilter: Sendable {
  /// What a pattern needs.
  struct Needs {
    var start: [ByteSet]
    var bytes = ByteSet()

    init(_ elements: [PatternElement]) {
      start = PositionSets.sets(of: elements, count: LineFilter.places)
      NeededBytes.add(elements, to: &bytes)
    }

    /// True if no line has both. False says nothing.
    func excludes(_ other: Needs) -> Bool {
      zip(start, other.start).contains { $0.isDisjoint(with: $1) }
    }

    /// Nothing but the first byte.
    init(firstByte: ByteSet) {
      start = [firstByte] + [ByteSet](repeating: .all, count: LineFilter.places - 1)
    }
  }

  static let places = 16

  private(set) var lanes = 0
  /// By block and first byte: the lanes with patterns that allow it, a bit each.
  private var beginning = Pool<UInt64>()
  private var start = PositionTable()
  /// Punctuation that patterns need, and for each a row of those that do.
  private var bytes = Pool<UInt8>()
  private var needingByte = Pool<UInt64>()

  init() {}

  init(_ needs: [Needs]) {
    lanes = (needs.count + 63) / 64
    var beginning = [UInt64](repeating: 0, count: (lanes + 63) / 64 * 256)
    for (number, need) in needs.enumerated() {
      var first = need.start[0]
      while let byte = first.popFirst() { beginning[number / 4096 * 256 + Int(byte)] |= 1 << UInt64(number / 64 % 64) }
    }
    self.beginning = Pool(beginning)
    start = PositionTable(needs.map(\.start), lookedAt: 6)
    // Those that most patterns need go first.
    let counted = NeededBytes.punctuation.map { byte in (byte, needs.count { $0.bytes.contains(byte) }) }.filter { $0.1 > 0 }
    let sorted = counted.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.map(\.0)
    bytes = Pool(sorted)
    needingByte = Pool(sorted.flatMap { byte in row(needs) { $0.bytes.contains(byte) } })
  }

  private func row(_ needs: [Needs], _ isNeeding: (Needs) -> Bool) -> [UInt64] {
    var row = [UInt64](repeating: 0, count: lanes)
    for (number, need) in needs.enumerated() where isNeeding(need) { row[number / 64] |= 1 << UInt64(number % 64) }
    return row
  }

  mutating func code(_ coder: inout ImageCoder) {
    coder.code(&lanes)
    coder.code(&beginning)
    start.code(&coder)
    coder.code(&bytes)
    coder.code(&needingByte)
  }

  /// Lanes are looked at in blocks of 64.
  var blocks: Int { (lanes &+ 63) &>> 6 }

  /// Leaves in `alive` the bits of the patterns of a block, out of those of `wanted` from `first` on, that a line can be of; answers the
  /// lanes of the block that have some, a bit each. Requires a line that is not empty.
  @inline(__always)
  func filter(
    _ block: Int, _ text: borrowing MatchText, _ from: Int, _ end: Int, _ wanted: borrowing WordBuffer, _ first: Int,
    into alive: borrowing WordBuffer
  ) -> UInt64 {
    var live = beginning[block &<< 8 &+ Int(text[from])]
    var lane = block &<< 6
    let last = min(lane &+ 64, lanes)
    while lane < last {
      alive[lane] = live &>> UInt64(lane & 63) & 1 != 0 ? wanted[first &+ lane] : 0
      lane &+= 1
    }
    if live != 0 { start.filter(text, from, alive, block &<< 6, &live) }
    if live != 0 { filterFurther(block &<< 6, text, from, end, alive, &live) }
    return live
  }

  /// How many bytes at the beginning of a line `filterStart` looks at.
  static let startBytes = 8

  /// As `filter`, by the first bytes alone.
  func filterStart(
    _ block: Int, _ text: borrowing MatchText, _ from: Int, _ wanted: borrowing WordBuffer, _ first: Int, into alive: borrowing WordBuffer
  ) -> UInt64 {
    var live = beginning[block &<< 8 &+ Int(text[from])]
    for lane in block &<< 6..<min(block &<< 6 &+ 64, lanes) {
      alive[lane] = live &>> UInt64(lane & 63) & 1 != 0 ? wanted[first &+ lane] : 0
    }
    for place in 0..<Self.startBytes where live != 0 { start.filter(text[from &+ place], place, alive, block &<< 6, &live) }
    return live
  }

  @inline(never)
  private func filterFurther(
    _ first: Int, _ text: borrowing MatchText, _ from: Int, _ end: Int, _ alive: borrowing WordBuffer, _ live: inout UInt64
  ) {
    if alive.hasAtMost(Self.several, first, live) { return }
    var number = 0
    while number < bytes.count {
      let row = number &* lanes
      if alive.intersects(needingByte, row, first, live),
        text.firstIndex(ofAny: 0x0101_0101 &* UInt32(bytes[number]), from: from, limit: end) >= end
      {
        alive.subtract(needingByte, row, first, &live)
        if alive.hasAtMost(Self.several, first, live) { return }
      }
      number &+= 1
    }
  }

  /// Trying so many patterns costs less than a look for punctuation.
  private static let several = 6
}

/// Punctuation that must stand somewhere in a text that a pattern matches. What most lines have anyhow says too little: `:`, `-`, `.`, `,`.
enum NeededBytes {
  static let punctuation = Array(#"[]()"|=/{}<>#;@*%&"#.utf8)
  private static let set = ByteSet(punctuation)

  static func add(_ elements: [PatternElement], to bytes: inout ByteSet) {
    for element in elements {
      switch element {
      case .literal(let literal): bytes.formUnion(ByteSet(literal).intersection(set))
      case .composite(let field): add(field.elements, to: &bytes)
      case .strict(let field): bytes.formUnion(needed(by: field.type).intersection(set))
      case .blanks, .group, .run: break
      }
    }
  }

  private static func needed(by type: StrictType) -> ByteSet {
    switch type {
    case .flag(let text): return ByteSet(text)
    case .uuid: return ByteSet("-")
    case .clock: return ByteSet(":")
    case .quoted: return ByteSet("\"")
    case .quotedDoubled(let quote): return ByteSet(CollectionOfOne(quote))
    case .iso: return ByteSet("-:")
    case .layout(let layout):
      var bytes = ByteSet()
      for case .literal(let byte) in layout.parts { bytes.insert(byte) }
      return bytes
    case .enumeration(let words):
      return words.dropFirst().reduce(words.first.map { ByteSet($0.word) } ?? ByteSet()) { $0.intersection(ByteSet($1.word)) }
    default: return ByteSet()
    }
  }
}
