import LogBytes

/// For each of the first places of a text and each byte, which of many patterns allow it there, a bit each: what a line costs hardly grows
/// with the number of patterns, most of which fall in the first few bytes.
///
/// Sixty-four patterns are a lane. A row holds one bit a pattern; different bytes at different places share rows.
struct PositionTable: Sendable {
  private var lanes = 0
  /// By place and byte: where the row begins.
  private var rowOf = Pool<UInt32>()
  private var rows = Pool<UInt64>()
  /// By first byte: the places at which the patterns that begin with it differ most, 0 behind the last.
  private var order = Pool<UInt8>()
  /// So many places are looked at behind the first.
  private var lookedAt = 0

  init() {}

  /// - Parameter sets: by pattern, the bytes that it allows at each place.
  init(_ sets: [[ByteSet]], lookedAt: Int) {
    lanes = (sets.count + 63) / 64
    self.lookedAt = lookedAt
    let places = sets.first?.count ?? 0
    var all = [UInt64](repeating: 0, count: places * 256 * lanes)
    for place in 0..<places {
      // Most sets hold few bytes or lack few.
      var usual = [UInt64](repeating: 0, count: lanes)
      for (number, sets) in sets.enumerated() where sets[place].count > 128 { usual[number / 64] |= 1 << UInt64(number % 64) }
      for byte in 0..<256 {
        for lane in 0..<lanes { all[(place * 256 + byte) * lanes + lane] = usual[lane] }
      }
      for (number, sets) in sets.enumerated() {
        var others = sets[place].count > 128 ? sets[place].inverted : sets[place]
        while let byte = others.popFirst() { all[(place * 256 + Int(byte)) * lanes + number / 64] ^= 1 << UInt64(number % 64) }
      }
    }
    var known: [ArraySlice<UInt64>: UInt32] = [:]
    var rowOf: [UInt32] = []
    var rows: [UInt64] = []
    for cell in 0..<places * 256 {
      let row = all[cell * lanes..<(cell + 1) * lanes]
      if let place = known[row] {
        rowOf.append(place)
      } else {
        known[row] = UInt32(rows.count)
        rowOf.append(UInt32(rows.count))
        rows += row
      }
    }
    self.rowOf = Pool(rowOf)
    self.rows = Pool(rows)
    order = Pool(Self.order(sets, lookedAt, rowOf))
  }

  /// Bytes of which texts consist.
  private static let usual = ByteSet(0x20...0x7e)

  /// Place by place the one that most of the patterns still left refuse, as if all bytes came equally often.
  private static func order(_ sets: [[ByteSet]], _ lookedAt: Int, _ rowOf: [UInt32]) -> [UInt8] {
    let shares = sets.map { $0.map { $0.intersection(usual).count } }
    // Those that refuse nothing behind their first byte do not count.
    let choosy = sets.indices.filter { number in shares[number].dropFirst().contains { $0 < usual.count } }
    let places = sets.first?.count ?? 1
    var known: [UInt32: [UInt8]] = [:]
    var order: [UInt8] = []
    for byte in UInt8.min...UInt8.max {
      if rowOf.isEmpty {
        order += [UInt8](repeating: 0, count: lookedAt)
        continue
      }
      if let same = known[rowOf[Int(byte)]] {
        order += same
        continue
      }
      let beginning = choosy.filter { sets[$0][0].contains(byte) }
      // Of a million.
      var left = [Int](repeating: 1_000_000, count: beginning.count)
      var chosen: [UInt8] = []
      while chosen.count < lookedAt {
        var best = (place: 0, refused: 0)
        for place in 1..<places where !chosen.contains(UInt8(place)) {
          var refused = 0
          for (index, number) in beginning.enumerated() { refused += left[index] / usual.count * (usual.count - shares[number][place]) }
          if refused > best.refused { best = (place, refused) }
        }
        chosen.append(UInt8(best.place))
        if best.place == 0 { continue }
        for (index, number) in beginning.enumerated() { left[index] = left[index] / usual.count * shares[number][best.place] }
      }
      known[rowOf[Int(byte)]] = chosen
      order += chosen
    }
    return order
  }

  mutating func code(_ coder: inout ImageCoder) {
    coder.code(&lanes)
    coder.code(&lookedAt)
    coder.code(&rowOf)
    coder.code(&rows)
    coder.code(&order)
  }

  /// Takes the bits of patterns that do not allow a byte at a place out of `alive`; `live` as below.
  @inline(__always)
  func filter(_ byte: UInt8, _ place: Int, _ alive: borrowing WordBuffer, _ first: Int, _ live: inout UInt64) {
    alive.formIntersection(rows, Int(rowOf[256 &* place &+ Int(byte)]), first, &live)
  }

  /// Takes the bits of patterns that do not allow some of the first bytes at `at` out of `alive`. Bytes behind the line's end may be looked
  /// at: where they decide, the line is too short. Requires `at` to be in the text.
  ///
  /// - Parameter live: of the 64 lanes from `first` on those with bits, a bit each.
  @inline(__always)
  func filter(_ text: borrowing MatchText, _ at: Int, _ alive: borrowing WordBuffer, _ first: Int, _ live: inout UInt64) {
    let begin = Int(text[at])
    var place = 0
    var step = lookedAt &* begin
    let last = step &+ lookedAt
    while true {
      alive.formIntersection(rows, Int(rowOf[256 &* place &+ Int(text[at &+ place])]), first, &live)
      if live == 0 || step == last { return }
      place = Int(order[step])
      if place == 0 || at &+ place >= text.count { return }
      step &+= 1
    }
  }
}

extension PositionSets {
  /// The order in which patterns stand in a table, so that those that begin alike share lanes.
  static func precedes(_ left: [ByteSet], _ right: [ByteSet]) -> Bool {
    for (var one, var other) in zip(left, right) where one != other {
      let (first, second) = (one.popFirst() ?? 0, other.popFirst() ?? 0)
      if first != second { return first < second }
      if one.count != other.count { return one.count < other.count }
    }
    return false
  }
}
