import LogBytes
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
    /// All of its bytes, in `bytes`.
    var text: FieldSlice
    /// Another text for the same place, and one for the place behind the value; 0 for none.
    var next: Int32 = 0
    var following: Int32 = 0
    /// The shape of lines that end behind the value; 0 for none.
    var shape: Int32 = 0
    /// It ends with the quote of a JSON string.
    var opensString: Bool
    /// A dotted path begins with its key: values that are objects are looked into elsewhere.
    var mayBePath: Bool

    var count: Int { text.count }
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
    /// A key has the name of the words that are no pair.
    var hasText = false
  }

  /// A value that may be the time, the level or the message.
  struct Candidate: BitwiseCopyable {
    var slot: UInt16
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
  private var forbidden: Set<NameID> = []
  var links = ReusedBuffer<Link>(capacity: 64)
  var bytes = ByteOutput(capacity: 1024)
  private var shapes = ReusedBuffer<Shape>(capacity: 16)
  package var fields = ReusedBuffer<PlannedField>(capacity: 256)
  private(set) var candidates = ReusedBuffer<Candidate>(capacity: 64)
  private var satisfying = ReusedBuffer<UInt32>(capacity: 256)
  private var misses = 0
  /// A line of no known shape is read the long way: its shape may be learned.
  var isWanted = false
  var times = ISOTimeMemo()
  var levels = LevelMemo()

  init() {
    removeAll()
  }

  /// Begins with another format.
  mutating func reset(to format: Int, isAllowed: Bool, isObject: Bool, forbidden: Set<NameID>) {
    self.format = format
    self.isAllowed = isAllowed
    self.isObject = isObject
    self.forbidden = forbidden
    times = ISOTimeMemo()
    levels = LevelMemo()
    removeAll()
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
      Link(first: 0, firstMask: 0, second: 0, secondMask: 0, text: FieldSlice(0, 0), opensString: false, mayBePath: false))
    shapes.append(Shape())
  }

  @inline(__always)
  subscript(shape: Int) -> Shape { shapes[shape] }

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
  mutating func miss() {
    isWanted = true
    misses += 1
    if misses > Self.missesBeforeReset, links.count >= Self.greatestLinks { removeAll() }
  }

  /// The link for a text behind that of another value (0 at the beginning of a line), known or new; nil if there is no room for it.
  mutating func link(behind previous: Int, _ text: Span<UInt8>, opensString: Bool, mayBePath: Bool) -> Int? {
    var choice = 0
    var last = 0
    var number = Int(links[previous].following)
    while number != 0 {
      let link = links[number]
      if link.opensString == opensString, link.count == text.count, hasPrefix(text, in: bytes.span, at: Int(link.text.start)) {
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
        secondMask: Self.mask(text.count - 8), text: FieldSlice(start, bytes.count), opensString: opensString, mayBePath: mayBePath))
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
  ///   - isString: of a value.
  ///   - everyGroup: what `satisfies` is if all groups of `require` are satisfied.
  mutating func end(
    at link: Int, count: Int, _ meanings: borrowing KeyMeanings, everyGroup: UInt32, isString: (Int) -> Bool
  ) {
    guard links[link].shape == 0, count <= Self.greatestCount else { return }
    var shape = Shape()
    var names: Set<NameID> = forbidden
    for index in 0..<count {
      // What stands twice is numbered.
      guard names.insert(meanings[index].name).inserted else { return }
    }
    shape.hasText = names.contains(ReservedNames.text)
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
    shape.times = appendCandidates(meanings, from: meanings.time, rank: { $0.timeRank }, isString)
    shape.levels = appendCandidates(meanings, from: meanings.level, rank: { $0.levelRank }, isString)
    shape.messages = appendCandidates(meanings, from: meanings.message, rank: { $0.messageRank }, isString)
    shapes.append(shape)
    links[link].shape = Int32(shapes.count - 1)
  }

  private mutating func appendCandidates(
    _ meanings: borrowing KeyMeanings, from best: Int, rank: (KeyMeaning) -> UInt8, _ isString: (Int) -> Bool
  ) -> PlannedFields {
    let first = candidates.count
    var next = best
    while next >= 0 {
      candidates.append(Candidate(slot: UInt16(next), isString: isString(next)))
      next = meanings.next(after: Int(rank(meanings[next])), rank: rank)
    }
    return PlannedFields(first, candidates.count - first)
  }
}

/// The date and time of day of the last ISO time, up to its second: lines of one second differ behind it.
struct ISOTimeMemo: Sendable {
  private static let width = 19
  private var words: (UInt64, UInt64, UInt64) = (0, 0, 0)
  private var parts = TimeParts()
  private var isThere = false

  /// As `TimeScanning.scanISO` for a text of which eight bytes behind its end can be read.
  mutating func scan(_ text: borrowing MatchText, _ value: FieldSlice, into result: inout TimeParts) -> Bool {
    let start = Int(value.start)
    let view = text.bytes.extracting(first: Int(value.end))
    guard value.count >= Self.width else { return TimeScanning.scanISO(view, from: start, into: &result) == view.count }
    let words = (text.wholeWord(at: start), text.wholeWord(at: start &+ 8), text.wholeWord(at: start &+ 16) & 0xff_ffff)
    if isThere, (words.0 ^ self.words.0) | (words.1 ^ self.words.1) | (words.2 ^ self.words.2) == 0 {
      result = parts
      return TimeScanning.scanRestOfISO(view, start &+ Self.width, &result) == view.count
    }
    guard TimeScanning.scanISO(view, from: start, into: &result) == view.count else { return false }
    if text[start + 16] == ASCII.colon, TimeScanning.twoDigits(view, start + 17) <= 60 {
      self.words = words
      parts = TimeParts()
      parts.digits = result.digits
      parts.presence = [.year, .month, .day, .hour]
      isThere = true
    }
    return true
  }
}

/// Levels of short words that were looked up lately.
struct LevelMemo: Sendable {
  private static let count = 8
  private var words: [8 of UInt64] = [8 of UInt64](repeating: 0)
  /// The length of each word, and the number of its level; 0 for none.
  private var answers: [8 of UInt16] = [8 of UInt16](repeating: 0)

  @inline(__always)
  mutating func level(_ text: borrowing MatchText, _ value: FieldSlice, _ catalog: CompiledCatalog, _ format: Int) -> Level? {
    let count = value.count
    guard count <= 8, count > 0 else { return KeyedLevel.level(text.bytes.extracting(value.range), catalog, format) }
    let word = text.wholeWord(at: Int(value.start)) & ~0 &>> UInt64(64 &- 8 &* count)
    let place = Int(truncatingIfNeeded: (word &* 0x9e37_79b9_7f4a_7c15) &>> 61)
    if words[place] == word, answers[place] &>> 8 == UInt16(truncatingIfNeeded: count) {
      return Level(rawValue: UInt8(truncatingIfNeeded: answers[place]))
    }
    guard let level = KeyedLevel.level(text.bytes.extracting(value.range), catalog, format) else { return nil }
    words[place] = word
    answers[place] = UInt16(count) << 8 | UInt16(level.rawValue)
    return level
  }
}
