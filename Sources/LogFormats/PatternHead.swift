import LogBytes

/// What the first 16 bytes of a text must be for a pattern to match: literals, the digits of times.
///
/// Most patterns that are tried on a line fail in their first bytes, so that two comparisons save the way into the matcher. A head is
/// necessary, never sufficient.
struct PatternHead: Sendable, BitwiseCopyable {
  private var words: (UInt64, UInt64) = (0, 0)
  private var masks: (UInt64, UInt64) = (0, 0)

  init(_ elements: [PatternElement]) {
    var builder = Builder()
    builder.append(elements)
    words = (builder.word(0), builder.word(8))
    masks = (builder.mask(0), builder.mask(8))
  }

  /// False if the text at `from` cannot match. Bytes behind the text's end may be looked at: where they decide, the text is too short.
  @inline(__always)
  func allows(_ text: borrowing MatchText, _ from: Int) -> Bool {
    if text.word(at: from) & masks.0 != words.0 { return false }
    if masks.1 == 0 { return true }
    return from &+ 8 <= text.count && text.word(at: from &+ 8) & masks.1 == words.1
  }

  private struct Builder {
    private var expected: [UInt8] = []
    private var masks: [UInt8] = []

    /// Appends elements as far as their width is fixed; false if what follows stands nowhere certain.
    @discardableResult
    mutating func append(_ elements: [PatternElement]) -> Bool {
      for element in elements {
        if expected.count >= 16 { return false }
        switch element {
        case .literal(let bytes): for byte in bytes { append(byte, mask: 0xff) }
        case .strict(let field): if !append(field) { return false }
        case .composite(let field): if !append(field.elements) { return false }
        case .run, .group, .blanks: return false
        }
      }
      return true
    }

    private mutating func append(_ field: StrictField) -> Bool {
      switch field.type {
      case .flag(let bytes):
        for byte in bytes { append(byte, mask: 0xff) }
        return true
      case .layout(let layout):
        for operation in TimeScanning.operations(of: layout, firstName: 0) {
          guard operation.code == .block else { return false }
          let digits = operation.pairs | operation.pairs << 8
          for index in 0..<UInt64(operation.width) {
            let byte = UInt8(truncatingIfNeeded: operation.expected >> (8 * index))
            append(byte, mask: digits >> (8 * index) & 0xff != 0 ? 0xf0 : 0xff)
          }
        }
        return true
      case .iso:
        // A date, one of three bytes, hours and minutes; what follows may be absent.
        for byte in "0000-00-00?00:00".utf8 {
          append(byte == ASCII.questionMark ? 0 : byte, mask: byte == ASCII.questionMark ? 0 : byte == ASCII.zero ? 0xf0 : 0xff)
        }
        return false
      default: return false
      }
    }

    private mutating func append(_ byte: UInt8, mask: UInt8) {
      expected.append(byte & mask)
      masks.append(mask)
    }

    func word(_ first: Int) -> UInt64 { Self.word(expected, first) }
    func mask(_ first: Int) -> UInt64 { Self.word(masks, first) }

    private static func word(_ bytes: [UInt8], _ first: Int) -> UInt64 {
      bytes.dropFirst(first).prefix(8).enumerated().reduce(0) { $0 | UInt64($1.element) << UInt64(8 * $1.offset) }
    }
  }
}

/// Which bytes may stand at the first few places of a text that a pattern matches: every byte that some element may have there.
enum PositionSets {
  static func sets(of elements: [PatternElement], count: Int) -> [ByteSet] {
    var sets = [ByteSet](repeating: ByteSet(), count: count)
    // Where the next element may begin: from the least to the greatest place.
    var start = 0...0
    add(elements, &start, &sets)
    // Behind the shortest text anything may stand.
    for place in start.lowerBound..<max(count, start.lowerBound) { sets[place] = .all }
    return sets
  }

  private static func add(_ elements: [PatternElement], _ start: inout ClosedRange<Int>, _ sets: inout [ByteSet]) {
    for element in elements where start.lowerBound < sets.count {
      switch element {
      case .literal(let bytes):
        if start.lowerBound == start.upperBound {
          for (index, byte) in bytes.enumerated() { add(ByteSet([byte]), at: start.lowerBound + index, 1, &sets) }
        } else {
          add(ByteSet(bytes), at: start.lowerBound, start.upperBound - start.lowerBound + bytes.count, &sets)
        }
        start = start.lowerBound + bytes.count...start.upperBound + bytes.count
      case .blanks: add(ByteSet([ASCII.blank, ASCII.tab]), first: nil, width: 0...sets.count, &start, &sets)
      case .run(let run): add(run.bytes, first: nil, width: run.least...max(run.most ?? sets.count, run.least), &start, &sets)
      case .strict(let field):
        if case .layout(let layout) = field.type, add(layout, &start, &sets) { break }
        let (bytes, least) = content(of: field.type)
        add(bytes, first: field.type.canBeEmpty ? nil : field.type.firstBytes, width: least...max(sets.count, least), &start, &sets)
      case .composite(let field): add(field.elements, &start, &sets)
      case .group(let inner):
        var inside = start
        add(inner, &inside, &sets)
        start = start.lowerBound...max(start.upperBound, inside.upperBound)
      }
    }
  }

  /// Adds a time by its digits and literals; false if its width varies.
  private static func add(_ layout: TimeLayout, _ start: inout ClosedRange<Int>, _ sets: inout [ByteSet]) -> Bool {
    let operations = TimeScanning.operations(of: layout, firstName: 0)
    guard operations.allSatisfy({ $0.code == .block }) else { return false }
    var place = 0
    for operation in operations {
      let digits = operation.pairs | operation.pairs << 8
      for index in 0..<UInt64(operation.width) {
        let isDigit = digits >> (8 * index) & 0xff != 0
        let set = isDigit ? ByteSet(ASCII.zero...ASCII.nine) : ByteSet([UInt8(truncatingIfNeeded: operation.expected >> (8 * index))])
        add(set, at: start.lowerBound + place, start.upperBound - start.lowerBound + 1, &sets)
        place += 1
      }
    }
    start = start.lowerBound + place...start.upperBound + place
    return true
  }

  /// Adds an element of so many bytes of a set, the first of a set of its own.
  private static func add(
    _ bytes: ByteSet, first: ByteSet?, width: ClosedRange<Int>, _ start: inout ClosedRange<Int>, _ sets: inout [ByteSet]
  ) {
    add(first ?? bytes, at: start.lowerBound, start.upperBound - start.lowerBound + 1, &sets)
    add(bytes, at: start.lowerBound + 1, start.upperBound - start.lowerBound + width.upperBound - 1, &sets)
    start = start.lowerBound + width.lowerBound...start.upperBound + width.upperBound
  }

  private static func add(_ bytes: ByteSet, at place: Int, _ count: Int, _ sets: inout [ByteSet]) {
    for index in place..<max(place, min(sets.count, place + count)) { sets[index].formUnion(bytes) }
  }

  /// All bytes that a type may hold; nil if any.
  static func bytes(of type: StrictType) -> ByteSet? {
    switch type {
    case .int, .level, .levelWords, .enumeration: content(of: type).bytes.union(type.firstBytes)
    default: nil
    }
  }

  /// The bytes that a type may hold behind its first, and its least width.
  private static func content(of type: StrictType) -> (bytes: ByteSet, least: Int) {
    let digits = ByteSet(ASCII.zero...ASCII.nine)
    switch type {
    case .int: return (digits, 1)
    case .number: return (digits.union(ByteSet("+-.eE")), 1)
    // A fraction stands behind four bytes at least, and only the first places count.
    case .clock: return (digits.union(ByteSet(":")), 4)
    case .priority: return (digits, 1)
    case .level(let words), .levelWords(let words):
      let letters = words.flatMap {
        $0.word.flatMap { [$0, ASCII.lowercased($0), $0 &- ($0 >= ASCII.smallA && $0 <= ASCII.smallZ ? 0x20 : 0)] }
      }
      return (ByteSet(letters), words.map(\.word.count).min() ?? 1)
    case .ip: return (digits.union(ByteSet("abcdefABCDEF.:")), 2)
    case .enumeration(let words): return (ByteSet(words.flatMap(\.word)), words.map(\.word.count).min() ?? 1)
    default: return (.all, type.canBeEmpty ? 0 : 1)
    }
  }
}

/// A pattern that looks at every line whose first byte it allows: `clock.set`, `hints.require`.
struct Observer: Sendable, BitwiseCopyable {
  var pattern: UInt32
  var format: UInt16
  var setsClock: Bool
}

/// The observers of a catalogue, and for each of the first eight places and each byte those that allow it there, a bit each: what a line
/// costs does not grow with their number.
struct ObserverTable: Sendable {
  private static let places = 8
  private var observers = Pool<Observer>()
  /// By place, byte and lane of 64 observers.
  private var allowed = Pool<UInt64>()
  private(set) var lanes = 0

  init() {}

  mutating func code(_ coder: inout ImageCoder) {
    coder.code(&observers)
    coder.code(&allowed)
    coder.code(&lanes)
  }

  init(_ formats: [FormatTraits], _ declarations: [LogFormat]) {
    var observers: [Observer] = []
    var sets: [[ByteSet]] = []
    for (format, declaration) in zip(formats, declarations) {
      for (range, patterns, setsClock) in [
        (format.require, declaration.hints.require, false), (format.clockSet, declaration.clock.set, true),
      ] {
        for (number, pattern) in zip(range.range, patterns) {
          observers.append(Observer(pattern: UInt32(number), format: UInt16(format.number), setsClock: setsClock))
          sets.append(PositionSets.sets(of: pattern.elements, count: Self.places))
        }
      }
    }
    lanes = (observers.count + 63) / 64
    var allowed = [UInt64](repeating: 0, count: Self.places * 256 * lanes)
    for number in observers.indices {
      for (place, set) in sets[number].enumerated() {
        for byte in set.members { allowed[(place * 256 + Int(byte)) * lanes + number / 64] |= 1 << UInt64(number % 64) }
      }
    }
    self.observers = Pool(observers)
    self.allowed = Pool(allowed)
  }

  /// The observers of a lane that allow the first eight bytes of a text, as bits.
  @inline(__always)
  func candidates(_ lane: Int, _ word: UInt64) -> UInt64 {
    var found = allowed[Int(word & 0xff) &* lanes &+ lane]
    var place = 1
    while found != 0, place < Self.places {
      found &= allowed[(256 &* place &+ Int(word &>> UInt64(8 &* place) & 0xff)) &* lanes &+ lane]
      place &+= 1
    }
    return found
  }

  @inline(__always)
  subscript(index: Int) -> Observer { observers[index] }
}
