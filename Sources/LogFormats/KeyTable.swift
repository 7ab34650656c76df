import LogBytes
import LogEntries

/// What a JSON format makes of a key.
struct KeyMeaning: Sendable {
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

  private struct Cell {
    var hash: UInt64
    var key: FieldSlice
    var meaning: KeyMeaning
  }

  private var cells: [Cell?] = Array(repeating: nil, count: 256)
  private var bytes: [UInt8] = []
  private var count = 0
  private let declaration: KeyedDeclaration

  init(_ declaration: KeyedDeclaration) {
    self.declaration = declaration
  }

  var isFull: Bool { count >= Self.greatestCount }

  mutating func removeAll() {
    cells = Array(repeating: nil, count: 256)
    bytes.removeAll(keepingCapacity: true)
    count = 0
  }

  /// What the format makes of a key as it stands in the log; `hash` is its `KeyHash`.
  mutating func meaning(
    of slice: FieldSlice, hash: UInt64, in text: Span<UInt8>, catalog: CompiledCatalog, format: Int, _ assembly: inout EntryAssembly,
    _ names: inout FieldNames
  ) -> KeyMeaning {
    let key = text.extracting(slice.range)
    var index = Int(truncatingIfNeeded: hash) & (cells.count - 1)
    while let cell = cells[index] {
      if cell.hash == hash, cell.key.count == key.count, hasPrefix(key, in: bytes.span, at: Int(cell.key.start)) { return cell.meaning }
      index = (index + 1) & (cells.count - 1)
    }
    let meaning = learn(key, catalog, format, &assembly, &names)
    let start = bytes.count
    for position in key.indices { bytes.append(key[position]) }
    cells[index] = Cell(hash: hash, key: FieldSlice(start, bytes.count), meaning: meaning)
    count += 1
    if count * 2 > cells.count { grow() }
    return meaning
  }

  @inline(never)
  private mutating func grow() {
    let old = cells
    cells = Array(repeating: nil, count: old.count * 2)
    for case let cell? in old {
      var index = Int(truncatingIfNeeded: cell.hash) & (cells.count - 1)
      while cells[index] != nil { index = (index + 1) & (cells.count - 1) }
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
