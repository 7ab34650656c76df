// The fence around rows of bits that detection narrows: places come from tables that our own compiler wrote.

/// Words of bits, owned by who needs them and reused.
@safe
struct WordBuffer: ~Copyable {
  private var base: UnsafeMutablePointer<UInt64>
  private var room: Int
  private(set) var count = 0

  init() {
    room = 16
    unsafe base = .allocate(capacity: room)
  }

  deinit {
    unsafe base.deallocate()
  }

  /// Keeps the first words up to `newCount`, or adds copies of a word.
  mutating func resize(to newCount: Int, with word: UInt64) {
    if newCount > room {
      let larger = max(newCount, 2 * room)
      let moved = UnsafeMutablePointer<UInt64>.allocate(capacity: larger)
      unsafe moved.update(from: base, count: count)
      unsafe base.deallocate()
      unsafe base = moved
      room = larger
    }
    for index in count..<max(count, newCount) { unsafe base[index] = word }
    count = newCount
  }

  /// Adds all words of a row.
  mutating func append(_ words: Pool<UInt64>) {
    let first = count
    resize(to: count + words.count, with: 0)
    for index in 0..<words.count { self[first + index] = words[index] }
  }

  /// Requires `index` to be below `count`.
  @inline(__always)
  subscript(index: Int) -> UInt64 {
    get {
      assert(UInt(bitPattern: index) < UInt(bitPattern: count), "no such word")
      return unsafe base[index]
    }
    nonmutating set {
      assert(UInt(bitPattern: index) < UInt(bitPattern: count), "no such word")
      unsafe base[index] = newValue
    }
  }

  @inline(__always)
  func contains(_ bit: Int) -> Bool { self[bit &>> 6] &>> UInt64(bit & 63) & 1 != 0 }

  @inline(__always)
  func insert(_ bit: Int) { self[bit &>> 6] |= 1 &<< UInt64(bit & 63) }

  @inline(__always)
  func remove(_ bit: Int) { self[bit &>> 6] &= ~(1 &<< UInt64(bit & 63)) }

  /// Keeps the bits that a row has too, in the lanes that `live` names from `first` on, a bit each; empty ones leave it.
  @inline(__always)
  func formIntersection(_ rows: Pool<UInt64>, _ row: Int, _ first: Int, _ live: inout UInt64) {
    var lanes = live
    while lanes != 0 {
      let lane = first &+ lanes.trailingZeroBitCount
      let bits = self[lane] & rows[row &+ lane]
      self[lane] = bits
      if bits == 0 { live ^= lanes & (0 &- lanes) }
      lanes &= lanes &- 1
    }
  }

  /// True if a row has bits of these.
  @inline(__always)
  func intersects(_ rows: Pool<UInt64>, _ row: Int, _ first: Int, _ live: UInt64) -> Bool {
    var lanes = live
    var found: UInt64 = 0
    while lanes != 0 {
      let lane = first &+ lanes.trailingZeroBitCount
      found |= self[lane] & rows[row &+ lane]
      lanes &= lanes &- 1
    }
    return found != 0
  }

  /// True if at most so many bits are left.
  @inline(__always)
  func hasAtMost(_ limit: Int, _ first: Int, _ live: UInt64) -> Bool {
    var lanes = live
    var count = 0
    while lanes != 0, count <= limit {
      count &+= self[first &+ lanes.trailingZeroBitCount].nonzeroBitCount
      lanes &= lanes &- 1
    }
    return count <= limit
  }

  /// The same with the bits that the row does not have.
  @inline(__always)
  func subtract(_ rows: Pool<UInt64>, _ row: Int, _ first: Int, _ live: inout UInt64) {
    var lanes = live
    while lanes != 0 {
      let lane = first &+ lanes.trailingZeroBitCount
      let bits = self[lane] & ~rows[row &+ lane]
      self[lane] = bits
      if bits == 0 { live ^= lanes & (0 &- lanes) }
      lanes &= lanes &- 1
    }
  }

  /// Exchanges two ranges of so many words.
  func swap(_ first: Int, _ second: Int, count: Int) {
    for index in 0..<count {
      let word = self[first + index]
      self[first + index] = self[second + index]
      self[second + index] = word
    }
  }
}
