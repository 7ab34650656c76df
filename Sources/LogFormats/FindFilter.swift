import LogBytes
import LogEntries

/// For each list of finds the automaton that says which of its patterns can stand at a place of a text, a bit each.
///
/// Finds are tried at every word of a text, and nearly none stands there: how a word begins, how long it is and what stands behind it says
/// so for most words, and a walk over a few bytes for the rest, for all of a list together.
struct FindFilter: Sendable {
  /// Patterns of a list beyond so many are tried everywhere.
  static let greatestCount = 64
  /// A walk looks at no more bytes, so that all walks over a text are linear.
  static let greatestWalk = 48

  /// Where the parts of a list's automaton stand.
  struct List: Sendable, BitwiseCopyable {
    var classes: UInt32
    var rows: UInt32
    var masks: UInt32
    var endClass: UInt32
    var lengths: UInt32
    var lengthsAtEnd: UInt32
  }

  private var lists = Pool<List>()
  private var classes = Pool<UInt8>()
  private var rows = Pool<UInt16>()
  private var masks = Pool<UInt64>()
  /// `FindAutomaton.lengthsByFirst` and `lengthsByNext` of each list.
  private var lengths = Pool<UInt16>()

  init() {}

  mutating func code(_ coder: inout ImageCoder) {
    coder.code(&lists)
    coder.code(&classes)
    coder.code(&rows)
    coder.code(&masks)
    coder.code(&lengths)
  }

  /// - Parameter lists: the patterns of each list, in the order of `CompiledCatalog.findFields`.
  init(_ lists: [[Pattern]]) {
    // Many formats look for the same.
    var known: [(elements: [[PatternElement]], list: List)] = []
    var classes: [UInt8] = []
    var rows: [UInt16] = []
    var masks: [UInt64] = []
    var lengths: [UInt16] = []
    self.lists = Pool(
      lists.map { patterns in
        let elements = patterns.prefix(Self.greatestCount).map(\.elements)
        if let same = known.first(where: { $0.elements == elements }) { return same.list }
        let automaton = FindAutomaton(elements)
        let list = List(
          classes: UInt32(classes.count), rows: UInt32(rows.count), masks: UInt32(masks.count), endClass: UInt32(automaton.endClass),
          lengths: UInt32(lengths.count), lengthsAtEnd: UInt32(automaton.lengthsAtEnd))
        classes += automaton.classes
        rows += automaton.rows
        masks += automaton.masks
        lengths += automaton.lengthsByFirst + automaton.lengthsByNext
        known.append((elements, list))
        return list
      })
    self.classes = Pool(classes)
    self.rows = Pool(rows)
    self.masks = Pool(masks)
    self.lengths = Pool(lengths)
  }

  /// The automaton of a list as a walk reads it.
  func walker(_ number: Int) -> FindWalker { FindWalker(list: lists[number], classes: classes, rows: rows, masks: masks, lengths: lengths) }
}

/// The automaton of one list of finds.
struct FindWalker {
  private let list: FindFilter.List
  private let classes: Pool<UInt8>
  private let rows: Pool<UInt16>
  private let masks: Pool<UInt64>
  private let lengths: Pool<UInt16>

  fileprivate init(list: FindFilter.List, classes: Pool<UInt8>, rows: Pool<UInt16>, masks: Pool<UInt64>, lengths: Pool<UInt16>) {
    self.list = list
    self.classes = classes
    self.rows = rows
    self.masks = masks
    self.lengths = lengths
  }

  /// The lengths of words that begin with a byte at which something can stand, a bit each.
  @inline(__always)
  func lengths(first: UInt8) -> UInt16 { lengths[Int(list.lengths) &+ Int(first)] }

  /// The same behind which a byte stands.
  @inline(__always)
  func lengths(next: UInt8) -> UInt16 { lengths[Int(list.lengths) &+ 256 &+ Int(next)] }

  /// The same at the end of a text.
  @inline(__always)
  var lengthsAtEnd: UInt16 { UInt16(truncatingIfNeeded: list.lengthsAtEnd) }

  /// The patterns that can stand at `place`. Requires a place before `end`.
  @inline(__always)
  func candidates(_ text: borrowing MatchText, at place: Int, end: Int) -> UInt64 {
    let row = Int(list.rows)
    let first = Int(list.classes)
    let limit = min(end, place &+ FindFilter.greatestWalk)
    var next = 0
    var at = place
    repeat {
      next = Int(rows[row &+ next &+ Int(classes[first &+ Int(text[at])])])
      at &+= 1
    } while next < Int(FindAutomaton.settled) && at < limit
    if next < Int(FindAutomaton.settled) { next = Int(rows[row &+ next &+ Int(list.endClass) &+ (at < end ? 1 : 0)]) }
    return masks[Int(list.masks) &+ (next & Int(~FindAutomaton.settled))]
  }
}

/// A place of a text at which patterns of a list may stand, a bit each.
struct FindPlace: BitwiseCopyable {
  var place: Int
  var candidates: UInt64
}

/// Where in a text patterns of a list may begin.
struct FindPlaces: ~Copyable {
  private(set) var places = ReusedBuffer<FindPlace>()
  /// All patterns that may stand somewhere.
  private(set) var candidates: UInt64 = 0
  /// How often finds looked at a place, since the detector was made: a measure of what they cost.
  private(set) var looks = 0

  /// The place with a number, to be looked at.
  @inline(__always)
  mutating func look(at number: Int) -> FindPlace {
    looks &+= 1
    return places[number]
  }

  /// Looks at every place between word boundaries of `text[slice]`. Linear; allocates only for more places than any text before had.
  @inline(never)
  mutating func gather(_ list: Int, _ filter: FindFilter, _ text: borrowing MatchText, from: Int, end: Int) {
    places.removeAll()
    candidates = 0
    let walker = filter.walker(list)
    // A letter or digit stands before the block.
    var inside: UInt64 = 0
    var block = from
    while block < end {
      // 64 bytes are seen, of which the last ones only say how long the words before them are.
      let left = end &- block
      let seen = min(left, 64)
      let own = left <= 64 ? left : 64 &- FindAutomaton.greatestLength &- 1
      let letters = text.lettersAndDigits(at: block, count: seen) & Self.bits(below: seen)
      var boundaries = ~(letters &<< 1 | inside) & Self.bits(below: own)
      // Places of words at which something can stand, by their length.
      var likely: UInt64 = 0
      while boundaries != 0 {
        let offset = UInt64(truncatingIfNeeded: boundaries.trailingZeroBitCount)
        boundaries &= boundaries &- 1
        let at = block &+ Int(offset)
        let lengths = walker.lengths(first: text[at])
        if lengths == 0 { continue }
        let length = (~(letters &>> offset) | 1 &<< UInt64(FindAutomaton.greatestLength)).trailingZeroBitCount
        let next = at &+ length
        let following = next < end ? walker.lengths(next: text[next]) : walker.lengthsAtEnd
        if lengths & following & 1 &<< UInt16(truncatingIfNeeded: length) != 0 { likely |= 1 &<< offset }
      }
      if likely != 0 { gather(likely, at: block, walker, text, end: end) }
      inside = letters &>> UInt64(truncatingIfNeeded: own &- 1) & 1
      block &+= own
    }
  }

  /// Walks from places of a block, a bit each.
  @inline(never)
  private mutating func gather(_ likely: UInt64, at block: Int, _ walker: FindWalker, _ text: borrowing MatchText, end: Int) {
    var likely = likely
    while likely != 0 {
      let at = block &+ likely.trailingZeroBitCount
      likely &= likely &- 1
      let found = walker.candidates(text, at: at, end: end)
      if found != 0 {
        candidates |= found
        places.append(FindPlace(place: at, candidates: found))
      }
    }
  }

  /// Requires a count of 1 to 64.
  @inline(__always)
  private static func bits(below count: Int) -> UInt64 { ~0 &>> UInt64(truncatingIfNeeded: 64 &- count) }
}

/// The patterns of a list that may stand somewhere in a text, in their order, and those that a filter does not know.
struct FindsToTry {
  private let first: Int
  private var candidates: UInt64
  private var further: Int
  private let end: Int

  @inline(__always)
  init(_ patterns: PoolRange, _ candidates: UInt64) {
    first = Int(patterns.first)
    self.candidates = candidates
    further = first &+ FindFilter.greatestCount
    end = first &+ Int(patterns.count)
  }

  /// Nothing is to be tried.
  @inline(__always)
  var isEmpty: Bool { candidates == 0 && further >= end }

  /// The number of the next pattern; -1 if there is none.
  @inline(__always)
  mutating func next() -> Int {
    if candidates != 0 {
      let bit = candidates.trailingZeroBitCount
      candidates &= candidates &- 1
      return first &+ bit
    }
    if further >= end { return -1 }
    further &+= 1
    return further &- 1
  }
}
