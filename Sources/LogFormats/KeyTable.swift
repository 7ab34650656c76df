import LogBytes
import LogEntries

/// What a JSON format makes of a key.
struct KeyMeaning: Sendable, BitwiseCopyable {
  /// The field's name.
  var name: NameID
  /// The place of the key in the format's lists for time, level and message; `none` if it is not there.
  var timeRank = KeyMeaning.none
  var levelRank = KeyMeaning.none
  var messageRank = KeyMeaning.none
  /// The groups of `require` that the key satisfies, one bit each.
  var satisfies: UInt32 = 0
  /// A dotted path of the format begins with this key.
  var isPathHead = false

  static let none = UInt8.max
}

/// The keys that a JSON format has met, with what it makes of them: one look-up a key instead of one a role.
///
/// Open addressing, at most half full. When a log brings more than `greatestCount` different keys the table is emptied.
struct KeyTable: ~Copyable {
  static let greatestCount = 4096

  struct Cell: BitwiseCopyable {
    var hash: UInt64
    /// The first eight bytes of the key.
    var head: UInt64
    /// Where the key stands in `bytes`; a cell whose key is empty and begins at 1 is free.
    var key: FieldSlice
    var meaning: KeyMeaning

    static let free = Cell(hash: 0, head: 0, key: FieldSlice(1, 1), meaning: KeyMeaning(name: ReservedNames.none))
    var isFree: Bool { key.start == 1 && key.end == 1 }
  }

  private static let firstCount = 256
  private var cells = ReusedBuffer<Cell>(capacity: firstCount)
  private var bytes: [UInt8] = []
  private var count = 0
  private let declaration: KeyedDeclaration

  init(_ declaration: KeyedDeclaration) {
    self.declaration = declaration
    cells.extend(to: Self.firstCount, with: .free)
  }

  var isFull: Bool { count >= Self.greatestCount }

  mutating func removeAll() {
    cells.removeAll()
    cells.extend(to: Self.firstCount, with: .free)
    bytes.removeAll(keepingCapacity: true)
    count = 0
  }

  /// What the format makes of a key as it stands in the log; `hash` is its `KeyHash`.
  mutating func meaning(
    of slice: FieldSlice, hash: UInt64, in text: Span<UInt8>, catalog: CompiledCatalog, format: Int, _ assembly: inout EntryAssembly,
    _ names: inout FieldNames
  ) -> KeyMeaning {
    let count = slice.count
    let head = loadWord(text, at: Int(slice.start)) & (count >= 8 ? ~0 : (1 &<< UInt64(8 &* count)) &- 1)
    var index = Int(truncatingIfNeeded: hash) & (cells.count &- 1)
    while !cells[index].isFree {
      let isLike = cells[index].hash == hash && cells[index].head == head && cells[index].key.count == count
      if isLike, count <= 8 || hasPrefix(text.extracting(slice.range), in: bytes.span, at: Int(cells[index].key.start)) {
        return cells[index].meaning
      }
      index = (index &+ 1) & (cells.count &- 1)
    }
    return add(slice, hash, head, text, at: index, catalog, format, &assembly, &names)
  }

  @inline(never)
  private mutating func add(
    _ slice: FieldSlice, _ hash: UInt64, _ head: UInt64, _ text: Span<UInt8>, at index: Int, _ catalog: CompiledCatalog, _ format: Int,
    _ assembly: inout EntryAssembly, _ names: inout FieldNames
  ) -> KeyMeaning {
    let key = text.extracting(slice.range)
    let meaning = learn(key, catalog, format, &assembly, &names)
    // Two bytes stand for nothing, so that no key begins and ends at 1, as that of a free cell does.
    if bytes.isEmpty { bytes = [0, 0] }
    let start = bytes.count
    for position in key.indices { bytes.append(key[position]) }
    cells[index] = Cell(hash: hash, head: head, key: FieldSlice(start, bytes.count), meaning: meaning)
    count += 1
    if count * 2 > cells.count { grow() }
    return meaning
  }

  @inline(never)
  private mutating func grow() {
    let old = cells.indices.map { cells[$0] }.filter { !$0.isFree }
    let count = 2 * cells.count
    cells.removeAll()
    cells.extend(to: count, with: .free)
    for cell in old {
      var index = Int(truncatingIfNeeded: cell.hash) & (cells.count - 1)
      while !cells[index].isFree { index = (index + 1) & (cells.count - 1) }
      cells[index] = cell
    }
  }

  @inline(never)
  private func learn(
    _ key: Span<UInt8>, _ catalog: CompiledCatalog, _ format: Int, _ assembly: inout EntryAssembly, _ names: inout FieldNames
  ) -> KeyMeaning {
    var meaning = KeyMeaning(name: catalog.name(ofKey: key, prefix: ReservedNames.none, format: format, &assembly, &names))
    var plain: [UInt8] = []
    for index in key.indices { plain.append(key[index]) }
    let text = plain.string
    func rank(_ list: [String]) -> UInt8 { list.firstIndex(of: text).map { UInt8(min($0, 254)) } ?? KeyMeaning.none }
    meaning.timeRank = rank(declaration.time)
    meaning.levelRank = rank(declaration.level)
    meaning.messageRank = rank(declaration.message)
    for (index, group) in declaration.require.enumerated() where group.contains(text) { meaning.satisfies |= 1 << UInt32(index) }
    let head = text + "."
    meaning.isPathHead = (declaration.time + declaration.level + declaration.message + declaration.require.flatMap { $0 }).contains {
      $0.hasPrefix(head)
    }
    return meaning
  }
}

/// Hashes of keys, different in each process: no log can be written so that its keys share one.
struct KeyHash {
  private let seed: UInt64
  /// The one that all tables of the process share.
  static let shared = KeyHash(seed: .random(in: 0...UInt64.max))

  /// Eight bytes a step; those behind the key do not count.
  @inline(__always)
  func callAsFunction(_ key: FieldSlice, _ text: Span<UInt8>) -> UInt64 {
    var hash = seed ^ UInt64(key.count)
    var at = Int(key.start)
    repeat {
      let left = Int(key.end) &- at
      let word = loadWord(text, at: at) & (left >= 8 ? ~0 : (1 &<< UInt64(8 &* left)) &- 1)
      hash = (hash ^ word) &* 0x9e37_79b9_7f4a_7c15
      hash ^= hash &>> 32
      at &+= 8
    } while at < Int(key.end)
    return hash
  }
}

/// What a format makes of the keys of one object or line, in their order.
struct KeyMeanings: ~Copyable {
  private var meanings = ReusedBuffer<KeyMeaning>(capacity: 64)
  /// The keys that go first for time, level and message; -1 for none.
  private(set) var time = -1
  private(set) var level = -1
  private(set) var message = -1
  private(set) var hasPathHead = false
  /// The groups of `require` that some key satisfies.
  private(set) var satisfied: UInt32 = 0

  init() {}

  mutating func removeAll() {
    meanings.removeAll()
    time = -1
    level = -1
    message = -1
    hasPathHead = false
    satisfied = 0
  }

  @inline(__always)
  subscript(index: Int) -> KeyMeaning { meanings[index] }

  /// - Parameter isNothing: the key's value is as good as absent.
  @inline(__always)
  mutating func append(_ meaning: KeyMeaning, isNothing: Bool = false) {
    let index = meanings.count
    meanings.append(meaning)
    if !isNothing { satisfied |= meaning.satisfies }
    hasPathHead = hasPathHead || meaning.isPathHead
    // Most keys are none of the three.
    if meaning.timeRank & meaning.levelRank & meaning.messageRank == KeyMeaning.none { return }
    if meaning.timeRank < (time < 0 ? KeyMeaning.none : meanings[time].timeRank) { time = index }
    if meaning.levelRank < (level < 0 ? KeyMeaning.none : meanings[level].levelRank) { level = index }
    if meaning.messageRank < (message < 0 ? KeyMeaning.none : meanings[message].messageRank) { message = index }
  }

  /// The key of the lowest rank above `tried`; -1 if there is none. The first of two with one rank.
  func next(after tried: Int, rank rankOf: (KeyMeaning) -> UInt8) -> Int {
    var best = -1
    for index in meanings.indices where rankOf(meanings[index]) != KeyMeaning.none {
      let rank = Int(rankOf(meanings[index]))
      if rank > tried, best < 0 || rank < Int(rankOf(meanings[best])) { best = index }
    }
    return best
  }
}
