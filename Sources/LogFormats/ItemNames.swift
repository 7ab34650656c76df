import LogBytes
import LogEntries

/// The names of the keys of lists that plans write, by the head in which a key stands (`ListScanning`).
struct ItemNames: ~Copyable {
  /// The number of a name, or one of these.
  private static let unknown = UInt32.max
  /// Another field may have the name.
  private static let taken = UInt32.max - 1

  struct KeyName: BitwiseCopyable {
    var name: UInt32
    /// The first head whose key has this name.
    var first: UInt32
  }

  /// A list of a pattern.
  private struct List {
    /// Its name, which stands before those of its keys.
    var prefix: NameID
    /// The names that other fields have.
    var others: Set<NameID>
  }

  /// Rows of `ListScanning.greatestHeads`, one a list.
  private var names = ReusedBuffer<KeyName>(capacity: 2 * ListScanning.greatestHeads)
  private var lists: [List] = []
  /// By list: of the heads for which names are known.
  private var generations = ReusedBuffer<Int>(capacity: 16)
  private var room = ByteOutput(capacity: 64)

  init() {}

  /// Adds a list; answers its number.
  mutating func add(prefix: NameID, _ taken: Set<NameID>) -> Int32 {
    lists.append(List(prefix: prefix, others: taken))
    generations.append(0)
    names.extend(to: lists.count * ListScanning.greatestHeads, with: KeyName(name: Self.unknown, first: 0))
    return Int32(lists.count - 1)
  }

  /// Names that logs brought are gone.
  mutating func forget() {
    for index in names.indices { names[index].name = Self.unknown }
  }

  @inline(never)
  private mutating func forget(_ list: Int, generation: Int) {
    generations[list] = generation
    let row = list * ListScanning.greatestHeads
    for index in row..<row + ListScanning.greatestHeads { names[index].name = Self.unknown }
  }

  /// Adds the items of a list to an entry, under the names of their keys; false if one of them would get another, or if the list was not the
  /// last one that was read.
  ///
  /// - Parameter slice: where the list stands.
  @inline(never)
  mutating func gather(
    _ list: Int32, _ slice: FieldSlice, _ scanning: inout ListScanning, format: Int, _ catalog: CompiledCatalog,
    _ text: borrowing MatchText, _ entry: inout PlannedEntry, _ table: inout FieldNames
  ) -> Bool {
    guard scanning.isKnown, scanning.list.start == slice.start, scanning.list.end == slice.end else { return false }
    let list = Int(list)
    if generations[list] != scanning.generation { forget(list, generation: scanning.generation) }
    let row = list &* ListScanning.greatestHeads
    let sole = catalog.soleAbsents[format]
    let longestAbsent = Int(catalog.formats[format].longestAbsent)
    var seen: UInt64 = 0
    var index = 0
    while index < scanning.items.count {
      let item = scanning.items[index]
      index &+= 1
      // As with all fields: what is empty or means null is not there.
      if item.value != .none, item.slice.count <= longestAbsent {
        if item.slice.isEmpty { continue }
        let isAbsent =
          sole.count > 0
          ? item.slice.count == Int(sole.count) && text.word(at: Int(item.slice.start)) & sole.mask == sole.head
          : catalog.isAbsent(text.bytes, item.slice, format)
        if isAbsent { continue }
      }
      var name = names[row &+ Int(item.head)]
      if name.name == Self.unknown { name = learn(list, item, &scanning, text, format: format, catalog, &table) }
      // One that stands twice is numbered.
      let bit = 1 &<< UInt64(name.first)
      guard name.name != Self.taken, seen & bit == 0 else { return false }
      seen |= bit
      Self.add(item, NameID(name.name), text, &entry)
    }
    return true
  }

  @inline(__always)
  private static func add(_ item: ScannedItem, _ name: NameID, _ text: borrowing MatchText, _ entry: inout PlannedEntry) {
    switch item.value {
    case .text: entry.items.append(PlannedItem(name: name, value: item.slice, form: .text))
    case .raw: entry.items.append(PlannedItem(name: name, value: item.slice, form: .raw))
    case .none: entry.items.append(PlannedItem(name: name, value: SlotBuffer.absent, form: .yes))
    case .escaped:
      let start = entry.scratch.count
      ListReading.appendUnescaped(text.bytes.extracting(item.slice.range), of: .data, to: &entry.scratch)
      entry.items.append(PlannedItem(name: name, value: FieldSlice(start, entry.scratch.count), form: .made))
    }
  }

  /// The name of the key of an item in whose row nothing stands yet.
  @inline(never)
  private mutating func learn(
    _ list: Int, _ item: ScannedItem, _ scanning: inout ListScanning, _ text: borrowing MatchText, format: Int,
    _ catalog: CompiledCatalog, _ table: inout FieldNames
  ) -> KeyName {
    let head = scanning.heads[Int(item.head)]
    let place = Int(item.slice.start) - Int(head.count)
    let key = text.bytes.extracting(place + Int(head.keyStart)..<place + Int(head.keyEnd))
    let name = catalog.name(ofKey: key, prefix: lists[list].prefix, format: format, room: &room, &table)
    var known = KeyName(name: lists[list].others.contains(name) ? Self.taken : name.value, first: UInt32(item.head))
    let row = list * ListScanning.greatestHeads
    if known.name != Self.taken {
      for head in 0..<ListScanning.greatestHeads where names[row + head].name == name.value { known.first = names[row + head].first }
    }
    names[row + Int(item.head)] = known
    return known
  }
}
