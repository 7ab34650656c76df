package import LogBytes
package import LogEntries

// Programs write the same keys in the same orders again and again. What stands between two values of a line of pairs or of an object (a
// comma, a key, what leads to its value) is then the same text each time. So it is kept as it stood, with what may come behind it, and a
// line is read by comparing words of eight bytes: keys are neither cut out nor looked up. A line whose every text is known has a shape,
// which says what its values are; anything else goes the long way, and may be learned from there.

/// The shapes of lines of one format that is JSON or `kv`, as far as it was met.
package struct LineShapes: ~Copyable {
  /// The text that leads to a value, one of those that may stand at its place.
  struct Link: BitwiseCopyable {
    /// The first sixteen bytes, and which of them count.
    var first: UInt64
    var firstMask: UInt64
    var second: UInt64
    var secondMask: UInt64
    /// Where all of its bytes begin in `bytes`, and how many there are.
    var start: UInt32
    var length: UInt32
    /// Another text for the same place, and one for the place behind the value; 0 for none.
    var next: Int32 = 0
    var following: Int32 = 0
    /// The shape of lines that end behind the value; 0 for none.
    var shape: Int32 = 0
    /// It ends with the quote of a JSON string.
    var opensString: Bool

    @inline(__always)
    var count: Int { Int(length) }
  }

  /// What the values of a line are.
  struct Shape: BitwiseCopyable {
    /// All values, in their order; those that become time, level and message too, which is decided line by line.
    var fields = PlannedFields(0, 0)
    /// Values that may be the time, in the order in which they are tried; then those for level and message. Of `candidates`.
    var times = PlannedFields(0, 0)
    var levels = PlannedFields(0, 0)
    var messages = PlannedFields(0, 0)
    /// Which groups of `require` each value satisfies; of `satisfying`.
    var firstSatisfying: UInt32 = 0
    /// The values, without the words that are no pair.
    var valueCount: UInt32 = 0
    /// All groups are satisfied if no value is as good as absent.
    var isComplete = false
    /// No other format takes objects with these keys; or none that goes first where no format of objects is locked.
    var isSole = false
    var isFirst = false
    /// A key has the name of the words that are no pair.
    var hasText = false
  }

  /// A value that may be the time, the level or the message.
  struct Candidate: BitwiseCopyable {
    var slot: UInt16
    /// The place of a dotted path in the format's list: what counts stands inside of the value; -1 for none.
    var path: Int16 = -1
    /// A JSON string, or the value of a pair.
    var isString: Bool
  }

  /// Of longer lines nothing is learned: what is said of values has a bit for each.
  static let greatestCount = 60
  static let greatestLinks = 2048
  /// So many texts may stand at one place.
  static let greatestChoice = 16
  /// So many lines of no known shape let all be learned anew, when there is no room.
  private static let missesBeforeReset = 16384

  /// -1 for none.
  private(set) var format = -1
  /// Lines of the format may be read by their shapes.
  private(set) var isAllowed = false
  private(set) var isObject = false
  /// Names that no field may have.
  private var forbidden = ReusedBuffer<NameID>(capacity: 4)
  var links = ReusedBuffer<Link>(capacity: 64)
  var bytes = ByteOutput(capacity: 1024)
  private var shapes = ReusedBuffer<Shape>(capacity: 16)
  package var fields = ReusedBuffer<PlannedField>(capacity: 256)
  private(set) var candidates = ReusedBuffer<Candidate>(capacity: 64)
  private var satisfying = ReusedBuffer<UInt32>(capacity: 256)
  private var misses = 0
  /// A line of no known shape is read the long way: its shape may be learned.
  var isWanted = false
  /// How many lines of other formats came since the last one that was read by its shape.
  var othersSeen = 0
  /// The shape that was made last; 0 for none.
  var lastLearned = 0
  var times = ISOTimeMemo()
  var levels = LevelMemo()
  /// The values of the line that was read last, and room for the words that are no pair. Observers match before they are written, so these
  /// are not the slots of patterns.
  package let slots = SlotBuffer(count: LineShapes.greatestCount + 1)
  /// Values of the line that was planned last that do not go out as they stand.
  package var scratch = ByteOutput(capacity: 1024)

  init(isObject: Bool = false) {
    self.isObject = isObject
    removeAll()
  }

  /// Begins with another format.
  mutating func reset(to format: Int, isAllowed: Bool, isObject: Bool) {
    self.format = format
    self.isAllowed = isAllowed
    self.isObject = isObject
    othersSeen = 0
    lastLearned = 0
    forbidden.removeAll()
    times = ISOTimeMemo()
    levels = LevelMemo()
    removeAll()
  }

  /// No field may have this name: lines that bring one go the long way.
  mutating func forbid(_ name: NameID) {
    forbidden.append(name)
  }

  /// Forgets all shapes: their names mean nothing any more, or there are too many.
  mutating func removeAll() {
    links.removeAll()
    bytes.removeAll()
    shapes.removeAll()
    fields.removeAll()
    candidates.removeAll()
    satisfying.removeAll()
    misses = 0
    isWanted = false
    // The first of each stands for none; what `following` the first link is begins a line.
    links.append(
      Link(first: 0, firstMask: 0, second: 0, secondMask: 0, start: 0, length: 0, opensString: false))
    shapes.append(Shape())
  }

  @inline(__always)
  subscript(shape: Int) -> Shape { shapes[shape] }

  mutating func setRivals(ofShape shape: Int, isFirst: Bool, isSole: Bool) {
    shapes[shape].isFirst = isFirst
    shapes[shape].isSole = isSole
  }

  /// Whether all groups of `require` are satisfied by values that are there.
  func isSatisfied(_ shape: Shape, nothing: UInt64, _ everyGroup: UInt32) -> Bool {
    var satisfied: UInt32 = 0
    for slot in 0..<Int(shape.valueCount) where nothing >> UInt64(slot) & 1 == 0 {
      satisfied |= satisfying[Int(shape.firstSatisfying) + slot]
    }
    return satisfied == everyGroup
  }

  // MARK: Learning

  /// A line has no known shape.
  mutating func miss() { isWanted = true }

  /// A line of the format had none: its shape is learned now, if there is room.
  mutating func countMiss() {
    lastLearned = 0
    misses += 1
    if misses > Self.missesBeforeReset, links.count >= Self.greatestLinks { removeAll() }
  }

  /// The link for a text behind that of another value (0 at the beginning of a line), known or new; nil if there is no room for it.
  mutating func link(behind previous: Int, _ text: Span<UInt8>, opensString: Bool) -> Int? {
    var choice = 0
    var last = 0
    var number = Int(links[previous].following)
    while number != 0 {
      let link = links[number]
      if link.opensString == opensString, link.count == text.count, hasPrefix(text, in: bytes.span, at: Int(link.start)) {
        return number
      }
      choice += 1
      last = number
      number = Int(link.next)
    }
    guard choice < Self.greatestChoice, links.count < Self.greatestLinks, text.count > 0 else { return nil }
    let start = bytes.count
    bytes.append(text)
    links.append(
      Link(
        first: loadWord(text, at: 0), firstMask: Self.mask(text.count), second: loadWord(text, at: 8),
        secondMask: Self.mask(text.count - 8), start: UInt32(start), length: UInt32(text.count), opensString: opensString))
    number = links.count - 1
    if last == 0 { links[previous].following = Int32(number) } else { links[last].next = Int32(number) }
    return number
  }

  private static func mask(_ count: Int) -> UInt64 {
    count >= 8 ? ~0 : count <= 0 ? 0 : (1 << UInt64(8 * count)) - 1
  }

  /// Makes the shape of lines that end behind the value of a link, if there is none.
  ///
  /// - Parameters:
  ///   - everyGroup: what `satisfies` is if all groups of `require` are satisfied.
  ///   - isString: of a value.
  ///   - head: the value whose key is the first part of a dotted path; -1 if there is none.
  mutating func end(
    at link: Int, count: Int, _ meanings: borrowing KeyMeanings, _ declaration: KeyedDeclaration, everyGroup: UInt32,
    isString: (Int) -> Bool,
    head: (String) -> Int
  ) {
    guard links[link].shape == 0, count <= Self.greatestCount else { return }
    var shape = Shape()
    for index in 0..<count {
      let name = meanings[index].name
      for other in forbidden.indices where forbidden[other] == name { return }
      // What stands twice is numbered.
      for other in 0..<index where meanings[other].name == name { return }
      if name == ReservedNames.text { shape.hasText = true }
    }
    let firstField = fields.count
    for index in 0..<count {
      fields.append(
        PlannedField(
          name: meanings[index].name, portName: ReservedNames.none, slot: UInt16(index), form: isString(index) ? .string : .verbatim))
    }
    if !isObject {
      fields.append(PlannedField(name: ReservedNames.text, portName: ReservedNames.none, slot: UInt16(count), form: .string))
    }
    shape.fields = PlannedFields(firstField, fields.count - firstField)
    shape.valueCount = UInt32(count)
    shape.firstSatisfying = UInt32(satisfying.count)
    var satisfied: UInt32 = 0
    for index in 0..<count {
      satisfying.append(meanings[index].satisfies)
      satisfied |= meanings[index].satisfies
    }
    shape.isComplete = satisfied == everyGroup
    shape.times = appendCandidates(meanings, declaration.time, from: meanings.time, rank: { $0.timeRank }, isString, head)
    shape.levels = appendCandidates(meanings, declaration.level, from: meanings.level, rank: { $0.levelRank }, isString, head)
    shape.messages = appendCandidates(meanings, [], from: meanings.message, rank: { $0.messageRank }, isString, head)
    shapes.append(shape)
    lastLearned = shapes.count - 1
    links[link].shape = Int32(lastLearned)
  }

  private mutating func appendCandidates(
    _ meanings: borrowing KeyMeanings, _ paths: [String], from best: Int, rank rankOf: (KeyMeaning) -> UInt8, _ isString: (Int) -> Bool,
    _ head: (String) -> Int
  ) -> PlannedFields {
    let first = candidates.count
    var next = best
    var tried = -1
    while true {
      let rank = next < 0 ? max(paths.count, tried + 1) : Int(rankOf(meanings[next]))
      for path in tried + 1..<rank where path < paths.count && paths[path].utf8.contains(ASCII.dot) {
        let slot = head(paths[path])
        if slot >= 0 { candidates.append(Candidate(slot: UInt16(slot), path: Int16(path), isString: false)) }
      }
      if next < 0 { break }
      candidates.append(Candidate(slot: UInt16(next), isString: isString(next)))
      tried = rank
      next = meanings.next(after: rank, rank: rankOf)
    }
    return PlannedFields(first, candidates.count - first)
  }
}
