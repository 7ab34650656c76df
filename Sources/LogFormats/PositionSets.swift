import LogBytes

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
        if case .iso = field.type {
          addISO(&start, &sets)
          break
        }
        if case .ip = field.type {
          // A zone may follow behind two bytes.
          add(addressBytes, first: field.type.firstBytes, width: 2...2, &start, &sets)
          add(addressBytes.union(zoneBytes), first: nil, width: 0...sets.count, &start, &sets)
          break
        }
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

  /// Adds a time by its digits and literals, as far as their places are certain; false if it begins with something else.
  private static func add(_ layout: TimeLayout, _ start: inout ClosedRange<Int>, _ sets: inout [ByteSet]) -> Bool {
    let certain = certainSets(of: layout)
    guard !certain.isEmpty else { return false }
    for (place, set) in certain.enumerated() {
      add(set, at: start.lowerBound + place, start.upperBound - start.lowerBound + 1, &sets)
    }
    start = start.lowerBound + certain.count...start.upperBound + certain.count
    if !isCertain(layout) { add(.all, first: nil, width: 0...sets.count, &start, &sets) }
    return true
  }

  /// What stands at the first places of a time, as far as its parts have one width: a digit, or one byte.
  static func certainSets(of layout: TimeLayout) -> [ByteSet] {
    var sets: [ByteSet] = []
    for operation in TimeScanning.operations(of: layout, firstName: 0) {
      guard operation.code == .block else { break }
      let digits = operation.pairs | operation.pairs << 8
      for index in 0..<UInt64(operation.width) {
        let isDigit = digits >> (8 * index) & 0xff != 0
        sets.append(isDigit ? ByteSet(ASCII.zero...ASCII.nine) : ByteSet([UInt8(truncatingIfNeeded: operation.expected >> (8 * index))]))
      }
    }
    return sets
  }

  /// All of the time is told by `certainSets`.
  static func isCertain(_ layout: TimeLayout) -> Bool {
    TimeScanning.operations(of: layout, firstName: 0).allSatisfy { $0.code == .block }
  }

  /// A date, one of three bytes, hours and minutes; what follows may be absent.
  /// What may follow it: seconds, a fraction, a zone.
  static let endOfISO = ByteSet("0123456789:.,+-zZ UTCGM")

  static let beginningOfISO: [ByteSet] = "0000-00-00?00:00".utf8.map { byte in
    switch byte {
    case ASCII.questionMark: ByteSet(" Tt")
    case ASCII.zero: ByteSet(ASCII.zero...ASCII.nine)
    default: ByteSet(CollectionOfOne(byte))
    }
  }

  private static func addISO(_ start: inout ClosedRange<Int>, _ sets: inout [ByteSet]) {
    for set in beginningOfISO {
      add(set, at: start.lowerBound, start.upperBound - start.lowerBound + 1, &sets)
      start = start.lowerBound + 1...start.upperBound + 1
    }
    add(.all, first: nil, width: 0...sets.count, &start, &sets)
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

  /// What an address holds behind its first byte, but for a zone.
  static let addressBytes = StrictType.hexDigits.union(ByteSet(".:"))
  private static let zoneBytes = ByteSet("%").union(
    ByteSet(Array(ASCII.zero...ASCII.nine) + Array(ASCII.capitalA...ASCII.capitalZ) + Array(ASCII.smallA...ASCII.smallZ)))

  /// All bytes that a type may hold; nil if any.
  static func bytes(of type: StrictType) -> ByteSet? {
    switch type {
    case .int, .number, .level, .levelWords, .enumeration: content(of: type).bytes.union(type.firstBytes)
    default: nil
    }
  }

  /// The bytes that a type may hold behind its first, and its least width.
  static func content(of type: StrictType) -> (bytes: ByteSet, least: Int) {
    let digits = ByteSet(ASCII.zero...ASCII.nine)
    switch type {
    case .int: return (digits, 1)
    case .number: return (digits.union(ByteSet("+-.eE")), 1)
    case .clock: return (digits.union(ByteSet(":.")), 4)
    case .priority: return (digits, 1)
    case .level(let words), .levelWords(let words):
      let letters = words.flatMap {
        $0.word.flatMap { [$0, ASCII.lowercased($0), $0 &- ($0 >= ASCII.smallA && $0 <= ASCII.smallZ ? 0x20 : 0)] }
      }
      return (ByteSet(letters), words.map(\.word.count).min() ?? 1)
    case .ip: return (addressBytes.union(zoneBytes), 2)
    case .enumeration(let words): return (ByteSet(words.flatMap(\.word)), words.map(\.word.count).min() ?? 1)
    default: return (.all, type.canBeEmpty ? 0 : 1)
    }
  }
}
