import LogBytes
import LogEntries

/// Makes an entry of a line of `key=value` pairs (formats/README.md, "Keys and values").
///
/// A pair stands at the start of the line or behind a blank, tab or comma. Linear in the line; allocates nothing but room that stays.
final class KeyValueEntryReader {
  private let declaration: KeyedDeclaration
  /// The names of `require`, as bytes.
  private let required: [[[UInt8]]]
  /// By the last byte of a name: the first groups of `require` of which a name ends with it, a bit each.
  private var groupsByLastByte = [UInt8](repeating: 0, count: 256)
  private let allGroups: UInt8
  private var table: KeyTable
  private var items = ReusedBuffer<ListItem>(capacity: 64)
  private var meanings = KeyMeanings()
  private let hash = KeyHash.shared
  /// What is no pair, cut at blanks.
  private var words = ReusedBuffer<FieldSlice>(capacity: 16)

  init(_ declaration: KeyedDeclaration) {
    self.declaration = declaration
    required = declaration.require.map { group in group.map { Array($0.utf8) } }
    table = KeyTable(declaration)
    allGroups = UInt8(truncatingIfNeeded: (1 << min(required.count, 8)) - 1)
    for (group, names) in required.prefix(8).enumerated() {
      for name in names { groupsByLastByte[Int(name.last ?? 0)] |= 1 << UInt8(group) }
    }
  }

  var isFull: Bool { table.isFull }

  /// Forgets keys that logs brought, when there are too many. No entry may be alive.
  func forgetKeys() {
    table.removeAll()
  }

  /// True if two pairs at least stand in the text from `start` to its end, and those that the format requires.
  func accepts(_ text: Span<UInt8>, from start: Int) -> Bool {
    // Most lines of other formats have no two equals signs.
    let first = firstIndex(of: ASCII.equals, in: text, from: start)
    guard first >= 0, firstIndex(of: ASCII.equals, in: text, from: first + 1) >= 0, mayHaveRequired(text, first) else { return false }
    findItems(text, start, firstEquals: first)
    return items.count >= 2 && required.allSatisfy { group in group.contains { has($0.span, text) } }
  }

  /// False if no key can be one that some group of `require` needs, by the bytes before equals signs.
  private func mayHaveRequired(_ text: Span<UInt8>, _ firstEquals: Int) -> Bool {
    var missing = allGroups
    var equals = firstEquals
    while missing != 0 {
      guard equals >= 0 else { return false }
      if equals > 0 { missing &= ~groupsByLastByte[Int(text[equals - 1])] }
      equals = firstIndex(of: ASCII.equals, in: text, from: equals + 1)
    }
    return true
  }

  private func has(_ key: Span<UInt8>, _ text: Span<UInt8>) -> Bool {
    for index in items.indices where items[index].key.count == key.count && !items[index].value.isEmpty {
      if hasPrefix(key, in: text, at: Int(items[index].key.start)) { return true }
    }
    return false
  }

  private func findItems(_ text: Span<UInt8>, _ start: Int, firstEquals: Int) {
    items.removeAll()
    words.removeAll()
    // Behind the last pair, and behind the last equals sign: keys hold none.
    var wordStart = start
    var at = start
    var equals = firstEquals
    // Where the key before it begins; -1 if that is not known yet.
    var knownKey = -1
    let isOneLine = firstIndex(of: ASCII.lineFeed, in: text, from: start) < 0
    while equals >= 0 {
      var key = knownKey
      if key < 0 {
        key = equals
        while key > at, ListReading.isKeyByte(text[key &- 1]) { key &-= 1 }
      }
      let isBehindSeparator = key == start || Self.isSeparator(text[key - 1])
      if isBehindSeparator, let item = ListReading.keyValue(text, key, equals: equals, isOneLine: isOneLine) {
        addWords(text, wordStart, key)
        items.append(item)
        wordStart = item.end
        at = item.end
      } else {
        at = equals + 1
      }
      // Behind one blank stands the next key most often.
      equals = at + 1
      while equals < text.count, ListReading.isKeyByte(text[equals]) { equals &+= 1 }
      knownKey = at + 1
      if equals >= text.count || text[equals] != ASCII.equals {
        equals = firstIndex(of: ASCII.equals, in: text, from: at)
        knownKey = -1
      }
    }
    addWords(text, wordStart, text.count)
  }

  @inline(__always)
  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == ASCII.blank || byte == ASCII.tab || byte == ASCII.comma
  }

  /// Words of commas alone separate pairs and say nothing.
  private func addWords(_ text: Span<UInt8>, _ start: Int, _ end: Int) {
    var at = start
    while at < end {
      if Matcher.isBlank(text[at]) {
        at += 1
        continue
      }
      let word = at
      var saysSomething = false
      while at < end, !Matcher.isBlank(text[at]) {
        saysSomething = saysSomething || text[at] != ASCII.comma
        at += 1
      }
      if saysSomething { words.append(FieldSlice(word, at)) }
    }
  }

  // MARK: The entry

  /// Puts the pairs into the entry; `accepts` has been asked for this text.
  func read(
    _ text: Span<UInt8>, origin: MatchOrigin, catalog: CompiledCatalog, format: Int, clock: inout Clock,
    into assembly: inout EntryAssembly, names: inout FieldNames
  ) {
    meanings.removeAll()
    for index in items.indices {
      let key = items[index].key
      meanings.append(table.meaning(of: key, hash: hash(key, text), in: text, catalog: catalog, format: format, &assembly, &names))
    }
    let time = readTime(text, catalog, format, &clock, &assembly, &names)
    let level = readLevel(text, catalog, format, &assembly, &names)
    let message = meanings.message
    if message >= 0 {
      let (slice, source) = value(items[message], text, origin, &assembly)
      assembly.putMessage(slice, source, &names)
    }
    for index in items.indices where index != time && index != level && index != message {
      let item = items[index]
      if item.value.isEmpty || catalog.formats[format].hasAbsent && catalog.isAbsent(text, item.value, format) { continue }
      let (slice, source) = value(item, text, origin, &assembly)
      assembly.put(meanings[index].name, slice, .string, source, &names)
    }
    putWords(text, origin, hasMessage: message >= 0, &assembly, &names)
  }

  /// What `satisfies` is if all groups of `require` are satisfied.
  var everyGroup: UInt32 { declaration.require.count >= 32 ? .max : (1 << UInt32(declaration.require.count)) - 1 }

  /// Keeps the shape of the line that was read last; if words that are no pairs stand in it, behind all pairs.
  func learn(_ text: Span<UInt8>, from: Int, into shapes: inout LineShapes) {
    let count = items.count
    guard count >= 2, count <= LineShapes.greatestCount, words.isEmpty || Int(words[0].start) >= items[count - 1].end else { return }
    var link = 0
    var at = from
    for index in items.indices {
      let value = Int(items[index].key.end) + 1
      guard let next = shapes.link(behind: link, text.extracting(at..<value), opensString: false) else { return }
      link = next
      at = items[index].end
    }
    shapes.end(at: link, count: count, meanings, declaration, everyGroup: everyGroup, isString: { _ in true }, head: { _ in -1 })
  }

  /// The item of the lowest rank that `reads` takes, `best` if it does; -1 if there is none.
  private func first(_ best: Int, rank rankOf: (KeyMeaning) -> UInt8, reads: (ListItem) -> Bool) -> Int {
    var best = best
    while best >= 0, !reads(items[best]) { best = meanings.next(after: Int(rankOf(meanings[best])), rank: rankOf) }
    return best
  }

  private func readTime(
    _ text: Span<UInt8>, _ catalog: CompiledCatalog, _ format: Int, _ clock: inout Clock, _ assembly: inout EntryAssembly,
    _ names: inout FieldNames
  ) -> Int {
    var parts = TimeParts()
    let index = first(meanings.time, rank: { $0.timeRank }) { item in
      !item.value.isEmpty && !item.hasEscapes && KeyedTime.scan(text, item.value, catalog, catalog.layouts[format], &parts)
    }
    guard index >= 0, let moment = clock.resolve(parts, movesPrevious: true) else { return -1 }
    assembly.putTime(moment, &names)
    return index
  }

  private func readLevel(
    _ text: Span<UInt8>, _ catalog: CompiledCatalog, _ format: Int, _ assembly: inout EntryAssembly, _ names: inout FieldNames
  ) -> Int {
    var level = Level.info
    let index = first(meanings.level, rank: { $0.levelRank }) { item in
      guard let known = KeyedLevel.level(text.extracting(item.value.range), catalog, format) else { return false }
      level = known
      return true
    }
    if index >= 0 { assembly.putLevel(level, &names) }
    return index
  }

  private func value(
    _ item: ListItem, _ text: Span<UInt8>, _ origin: MatchOrigin, _ assembly: inout EntryAssembly
  ) -> (FieldSlice, ValueSource) {
    guard item.hasEscapes else { return (origin.slice(item.value), origin.source) }
    let start = assembly.entry.scratch.count
    ListReading.appendUnescaped(text.extracting(item.value.range), of: .keyValue, to: &assembly.entry.scratch)
    return (FieldSlice(start, assembly.entry.scratch.count), .scratch)
  }

  /// The words that are no pairs, as `message`, or as `text` if a key gave the message.
  private func putWords(
    _ text: Span<UInt8>, _ origin: MatchOrigin, hasMessage: Bool, _ assembly: inout EntryAssembly, _ names: inout FieldNames
  ) {
    if words.isEmpty { return }
    var slice = origin.slice(words[0])
    var source = origin.source
    if words.count > 1 {
      let start = assembly.entry.scratch.count
      for index in words.indices {
        if assembly.entry.scratch.count > start { assembly.entry.scratch.append(ASCII.blank) }
        assembly.entry.scratch.append(text.extracting(words[index].range))
      }
      slice = FieldSlice(start, assembly.entry.scratch.count)
      source = .scratch
    }
    if hasMessage {
      assembly.put(ReservedNames.text, slice, .string, source, &names)
    } else {
      assembly.putMessage(slice, source, &names)
    }
  }
}
