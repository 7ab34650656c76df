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
    var isBoundary = true
    var place = from
    while place < end {
      let byte = text[place]
      if isBoundary {
        let found = filter.candidates(list, text, place)
        if found != 0 {
          candidates |= found
          places.append((UInt32(truncatingIfNeeded: place), found))
        }
      }
      isBoundary = !ASCII.isLetterOrDigit(byte)
      place &+= 1
    }
  }
}
