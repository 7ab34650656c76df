import LogBytes
import LogEntries

/// The names of the keys of pairs that plans write, by the head in which a key stands (`PairScanning`).
struct PairNames: ~Copyable {
  static let unknown = UInt32.max
  /// Another field may have the name, or another key.
  static let taken = UInt32.max - 1

  /// Rows of `PairScanning.greatestHeads`, one a list.
  private var names = ReusedBuffer<UInt32>(capacity: 8 * PairScanning.greatestHeads)
  /// By list: the prefix of its keys, and the names that other fields have.
  private var prefixes: [NameID] = []
  private var others: [Set<NameID>] = []
  private var generation = 0
  private var room = ByteOutput(capacity: 64)

  init() {}

  /// Adds a list; answers its number.
  mutating func add(prefix: NameID, _ taken: Set<NameID>) -> Int32 {
    prefixes.append(prefix)
    others.append(taken)
    names.extend(to: prefixes.count * PairScanning.greatestHeads, with: Self.unknown)
    return Int32(prefixes.count - 1)
  }

  /// Makes ready for the heads of a generation.
  @inline(__always)
  mutating func prepare(_ generation: Int) {
    if generation != self.generation { forget() }
    self.generation = generation
  }

  /// Names that logs brought are gone.
  @inline(never)
  mutating func forget() {
    for index in names.indices { names[index] = Self.unknown }
  }

  /// The number of the name of a head's key; `unknown` or `taken`.
  @inline(__always)
  subscript(list: Int32, head: UInt32) -> UInt32 { names[Int(list) &* PairScanning.greatestHeads &+ Int(head)] }

  /// The same for a head of which nothing is known yet.
  @inline(never)
  mutating func learn(
    _ list: Int32, _ head: UInt32, _ key: Span<UInt8>, format: Int, _ catalog: CompiledCatalog, _ table: inout FieldNames
  ) -> UInt32 {
    let name = catalog.name(ofKey: key, prefix: prefixes[Int(list)], format: format, room: &room, &table)
    let row = Int(list) * PairScanning.greatestHeads
    var isTaken = others[Int(list)].contains(name)
    for index in row..<row + PairScanning.greatestHeads where names[index] == name.value { isTaken = true }
    names[row + Int(head)] = isTaken ? Self.taken : name.value
    return names[row + Int(head)]
  }
}
