import LogBytes

/// For each list of finds: which of its patterns the next bytes of a text allow, a bit each.
///
/// Finds are tried at every word of a text, and nearly none stands there: four look-ups say so for all of a list together.
struct FindFilter: Sendable {
  /// Patterns of a list beyond so many are tried everywhere.
  static let greatestCount = 64
  private static let places = 4
  /// `[(list · places + place) · 256 + byte]`.
  private var allowed = Pool<UInt64>()

  init() {}

  mutating func code(_ coder: inout ImageCoder) {
    coder.code(&allowed)
  }

  /// - Parameter lists: the patterns of each list, in the order of `CompiledCatalog.findFields`.
  init(_ lists: [[Pattern]]) {
    var allowed = [UInt64](repeating: 0, count: lists.count * Self.places * 256)
    for (list, patterns) in lists.enumerated() {
      for (number, pattern) in patterns.prefix(Self.greatestCount).enumerated() {
        for (place, set) in PositionSets.sets(of: pattern.elements, count: Self.places).enumerated() {
          for byte in set.members { allowed[(list * Self.places + place) * 256 + Int(byte)] |= 1 << UInt64(number) }
        }
      }
    }
    self.allowed = Pool(allowed)
  }

  /// The patterns of a list that the bytes at `at` allow. Bytes behind the end of the text may be looked at: where they decide, the text is
  /// too short.
  @inline(__always)
  func candidates(_ list: Int, _ text: borrowing MatchText, _ at: Int) -> UInt64 {
    let row = list &* Self.places &* 256
    let word = text.word(at: at)
    var found = allowed[row &+ Int(word & 0xff)]
    var place = 1
    while found != 0, place < Self.places {
      found &= allowed[row &+ 256 &* place &+ Int(word &>> UInt64(8 &* place) & 0xff)]
      place &+= 1
    }
    return found
  }
}

/// Where in a text patterns of a list may begin.
struct FindPlaces: ~Copyable {
  private(set) var places: [(place: UInt32, candidates: UInt64)] = []
  /// All patterns that may stand somewhere.
  private(set) var candidates: UInt64 = 0
  /// How often finds looked at a place, since the detector was made: a measure of what they cost.
  private(set) var looks = 0

  /// The place with a number, to be looked at.
  mutating func look(at number: Int) -> (place: UInt32, candidates: UInt64) {
    looks &+= 1
    return places[number]
  }

  /// Looks at every place between word boundaries of `text[slice]`. Linear; allocates only for more places than any text before had.
  mutating func gather(_ list: Int, _ filter: FindFilter, _ text: borrowing MatchText, from: Int, end: Int) {
    places.removeAll(keepingCapacity: true)
    candidates = 0
    // The top bit of a byte says that a letter or digit stands before it.
    var inside: UInt64 = 0
    var place = from
    while place < end {
      let letters = Self.lettersAndDigits(text.word(at: place))
      var boundaries = ~(letters &<< 8 | inside) & Self.topBits
      if end &- place < 8 { boundaries &= (1 &<< UInt64(8 &* (end &- place))) &- 1 }
      while boundaries != 0 {
        let at = place &+ boundaries.trailingZeroBitCount &>> 3
        boundaries &= boundaries &- 1
        let found = filter.candidates(list, text, at)
        if found != 0 {
          candidates |= found
          places.append((UInt32(truncatingIfNeeded: at), found))
        }
      }
      inside = letters &>> 56
      place &+= 8
    }
  }

  private static let topBits: UInt64 = 0x8080_8080_8080_8080

  /// The top bit of each of eight bytes that is an ASCII letter or digit.
  @inline(__always)
  private static func lettersAndDigits(_ word: UInt64) -> UInt64 {
    let low = word & 0x7f7f_7f7f_7f7f_7f7f
    let folded = low | 0x2020_2020_2020_2020
    // Additions that carry into the top bit: from `a`, beyond `z`, from `0`, beyond `9`.
    let letters = (folded &+ 0x1f1f_1f1f_1f1f_1f1f) & ~(folded &+ 0x0505_0505_0505_0505)
    let digits = (low &+ 0x5050_5050_5050_5050) & ~(low &+ 0x4646_4646_4646_4646)
    return (letters | digits) & ~word & topBits
  }
}
