import LogBytes

/// What many patterns need of a line, a bit each: a few steps over all of them say which ones a line can be of, before any is matched.
///
/// Necessary, never sufficient: the bytes at the beginning, the bytes behind the first, the second and the third blank where a pattern
/// says where these stand, and punctuation that must stand somewhere.
struct LineFilter: Sendable {
  /// What a pattern needs.
  struct Needs {
    var start: [ByteSet]
    /// Behind the first, second and third blank that follows the first other byte; nil if the pattern may have blanks before it elsewhere.
    var behindBlanks: [[ByteSet]?]
    var bytes = ByteSet()

    init(_ elements: [PatternElement]) {
      start = PositionSets.sets(of: elements, count: LineFilter.places)
      behindBlanks = (1...LineFilter.blanks).map { number in
        BlankWalk.elements(behind: number, in: elements).map { PositionSets.sets(of: $0, count: LineFilter.placesBehindBlanks) }
      }
      NeededBytes.add(elements, to: &bytes)
    }

    /// True if no line has both. False says nothing.
    func excludes(_ other: Needs) -> Bool {
      if zip(start, other.start).contains(where: { $0.isDisjoint(with: $1) }) { return true }
      return zip(behindBlanks, other.behindBlanks).contains { sets, otherSets in
        guard let sets, let otherSets else { return false }
        return zip(sets, otherSets).contains { $0.isDisjoint(with: $1) }
      }
    }

    /// Nothing but the first byte.
    init(firstByte: ByteSet) {
      start = [firstByte] + [ByteSet](repeating: .all, count: LineFilter.places - 1)
      behindBlanks = [[ByteSet]?](repeating: nil, count: LineFilter.blanks)
    }
  }

  static let places = 24
  private static let blanks = 3
  private static let placesBehindBlanks = 8

  private(set) var lanes = 0
  /// By block and first byte: the lanes with patterns that allow it, a bit each.
  private var beginning = Pool<UInt64>()
  private var start = PositionTable()
  private var behindBlanks = [PositionTable](repeating: PositionTable(), count: LineFilter.blanks)
  /// By blank a row: the patterns that need it.
  private var needingBlank = Pool<UInt64>()
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
    let anything = [ByteSet](repeating: .all, count: Self.placesBehindBlanks)
    var needingBlank: [UInt64] = []
    for blank in 0..<Self.blanks {
      behindBlanks[blank] = PositionTable(needs.map { $0.behindBlanks[blank] ?? anything }, lookedAt: 3)
      needingBlank += row(needs) { $0.behindBlanks[blank] != nil }
    }
    self.needingBlank = Pool(needingBlank)
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
    for blank in 0..<Self.blanks { behindBlanks[blank].code(&coder) }
    coder.code(&needingBlank)
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
    if alive.hasAtMost(Self.few, first, live) { return }
    var at = from
    while at < end, Matcher.isBlank(text[at]) { at &+= 1 }
    var blank = 0
    while blank < Self.blanks {
      at = nextBit(class: ChunkBitmaps.blank, in: text.bitmaps, from: at, limit: end) &+ 1
      if at > end {
        while blank < Self.blanks {
          alive.subtract(needingBlank, blank &* lanes, first, &live)
          blank &+= 1
        }
        break
      }
      if at < text.count { behindBlanks[blank].filter(text, at, alive, first, &live) }
      if alive.hasAtMost(Self.few, first, live) { return }
      blank &+= 1
    }
    if alive.hasAtMost(Self.several, first, live) { return }
    var number = 0
    while number < bytes.count {
      let row = number &* lanes
      if alive.intersects(needingByte, row, first, live),
        text.firstIndex(ofAny: 0x0101_0101 &* UInt32(bytes[number]), from: from, limit: end) >= end
      {
        alive.subtract(needingByte, row, first, &live)
        if alive.hasAtMost(Self.few, first, live) { return }
      }
      number &+= 1
    }
  }

  /// Trying so many patterns costs less than a look at the blanks, or than a look for punctuation.
  private static let few = 2
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

/// Finds what stands behind a pattern's first blanks.
enum BlankWalk {
  private enum Beginning { case none, perhaps, sure }

  /// The elements behind the blank of a number, from 1, that follows the first other byte; nil if blanks may stand elsewhere before it.
  static func elements(behind number: Int, in elements: [PatternElement]) -> [PatternElement]? {
    var left = number
    var begun = Beginning.none
    var rest = elements[...]
    while let element = rest.popFirst() {
      switch element {
      case .blanks:
        if begun != .none { return nil }
      case .literal(let bytes):
        for (index, byte) in bytes.enumerated() {
          guard byte == ASCII.blank || byte == ASCII.tab else {
            begun = .sure
            continue
          }
          if begun == .none { continue }
          if begun == .perhaps { return nil }
          left -= 1
          if left == 0 {
            let behind = Array(bytes[(index + 1)...])
            return (behind.isEmpty ? [] : [.literal(behind)]) + rest
          }
        }
      case .composite(let field): rest = (field.elements + rest)[...]
      case .run(let run):
        guard run.bytes.isDisjoint(with: blanks) else { return nil }
        if run.least > 0 { begun = .sure } else if begun == .none { begun = .perhaps }
      case .group(let inner):
        guard inner.allSatisfy(hasNoBlank) else { return nil }
        if begun == .none { begun = .perhaps }
      case .strict(let field):
        if case .layout(let layout) = field.type {
          guard let parts = parts(of: layout) else { return nil }
          begun = .sure
          for (index, part) in parts.enumerated() where part == .literal(ASCII.blank) || part == .literal(ASCII.tab) {
            left -= 1
            if left == 0 {
              let behind = TimeLayout(parts: Array(parts[(index + 1)...]))
              return (behind.parts.isEmpty ? [] : [.strict(StrictField(name: "", type: .layout(behind)))]) + rest
            }
          }
        } else {
          guard hasNoBlank(element) else { return nil }
          begun = .sure
        }
      }
    }
    return nil
  }

  private static let blanks = ByteSet(" \t")

  /// The parts of a layout; nil if one may hold blanks beside those that it names, or the layout begins with one.
  private static func parts(of layout: TimeLayout) -> [TimePart]? {
    for part in layout.parts {
      switch part {
      case .paddedDay, .paddedHour, .zoneName, .offset, .monthName, .dayName: return nil
      default: break
      }
    }
    return layout.parts.first == .literal(ASCII.blank) ? nil : layout.parts
  }

  private static func hasNoBlank(_ element: PatternElement) -> Bool {
    switch element {
    case .literal(let bytes): return !bytes.contains(ASCII.blank) && !bytes.contains(ASCII.tab)
    case .blanks: return false
    case .group(let inner): return inner.allSatisfy(hasNoBlank)
    case .composite(let field): return field.elements.allSatisfy(hasNoBlank)
    case .run(let run): return run.bytes.isDisjoint(with: blanks)
    case .strict(let field):
      switch field.type {
      case .int, .number, .hex, .ip, .endpoint, .uuid, .priority, .clock, .epoch, .since: return true
      case .level(let words), .levelWords(let words): return words.allSatisfy { hasNoBlank(.literal($0.word)) }
      case .enumeration(let words): return words.allSatisfy { hasNoBlank(.literal($0.word)) }
      case .flag(let text): return hasNoBlank(.literal(text))
      default: return false
      }
    }
  }
}
