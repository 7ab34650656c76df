import LogBytes
import LogEntries

// Patterns that begin with a word or two take nearly any beginning: a walk through all dialects would keep them for as long as it may go
// on. But each of them needs something that few lines have, a bracket before a date or a quote behind one. So a walk pauses where those are
// left alone, and all their needs are looked for at once.

/// For states of a walk where nearly all dialects that are left need some sequence: which of them a line leaves.
struct PausedWalks: ~Copyable {
  /// So many dialects without a sequence may be left: they are tried whatever the line holds.
  private static let greatestUnneeding = 1
  /// Beyond so many sequences those that share a bit would have little in common.
  private static let greatestCount = 3 * SequenceTables.greatestCount
  /// So many formats may be left by one bit: a longer walk tells more of them apart.
  private static let greatestFormats = 4
  private static let always: UInt32 = 0xff
  private static let room = 1 << 12

  private(set) var tables = SequenceTables()
  /// By number of a table: where its dialects begin; one more at the end.
  private var firsts = ReusedBuffer<Int32>(capacity: 16)
  /// Numbers of dialects, with the bit of the sequence that each needs in the top byte.
  private var members = ReusedBuffer<UInt32>(capacity: 64)
  /// Numbers of `CandidateLists` by hash, behind what they were made for.
  private var lists = ReusedBuffer<UInt64>(capacity: 1)
  private var listCount = 0

  mutating func removeAll() {
    tables.removeAll()
    firsts.removeAll()
    members.removeAll()
    for index in lists.indices { lists[index] = 0 }
    listCount = 0
  }

  /// Adds a table for dialects that are left, given in order; nil if a walk should rather go on.
  ///
  /// - Parameters:
  ///   - format: of a dialect.
  ///   - isLast: whether a dialect is tried only where no other takes the line.
  mutating func add(_ dialects: [Int], _ automaton: LineAutomaton, format: (Int) -> Int, isLast: (Int) -> Bool) -> Int? {
    var sequences: [Int] = []
    var unneeding = 0
    for dialect in dialects {
      let sequence = automaton.sequence(of: dialect)
      if sequence == 0, automaton.isVague[dialect] == 0, !isLast(dialect) { unneeding += 1 }
      if sequence != 0, !sequences.contains(sequence) { sequences.append(sequence) }
    }
    guard unneeding <= Self.greatestUnneeding, !sequences.isEmpty, sequences.count <= Self.greatestCount,
      tables.count < Int(UInt16.max) - 2
    else { return nil }
    let groups = SequenceTables.groups(sequences, automaton)
    for group in groups {
      let formats = Set(dialects.filter { group.contains(automaton.sequence(of: $0)) && !isLast($0) }.map(format))
      if formats.count > Self.greatestFormats { return nil }
    }
    if firsts.isEmpty { firsts.append(0) }
    for dialect in dialects {
      let sequence = automaton.sequence(of: dialect)
      let bit = groups.firstIndex { $0.contains(sequence) }.map { UInt32($0) } ?? Self.always
      members.append(UInt32(dialect) | bit << 24)
    }
    firsts.append(Int32(members.count))
    return tables.add(groups, automaton)
  }

  /// The dialects of a table that the sequences in a line leave.
  func visit(_ number: Int, _ sequences: UInt8, _ visitor: (Int) -> Void) {
    for index in Int(firsts[number])..<Int(firsts[number + 1]) {
      let bit = members[index] >> 24
      if bit == Self.always || sequences >> UInt8(bit) & 1 != 0 { visitor(Int(members[index] & 0xff_ffff)) }
    }
  }

  /// The list that is remembered for a table, the first byte of a line and its sequences; 0 for none.
  @inline(__always)
  func list(_ number: Int, _ first: UInt8, _ sequences: UInt8) -> UInt16 {
    if lists.isEmpty { return 0 }
    let key = Self.key(number, first, sequences)
    var place = Self.place(of: key)
    while lists[place] != 0 {
      if lists[place] &>> 16 == key { return UInt16(truncatingIfNeeded: lists[place]) }
      place = (place &+ 1) & (Self.room &- 1)
    }
    return 0
  }

  /// Remembers a list, if there is room.
  mutating func remember(_ list: UInt16, _ number: Int, _ first: UInt8, _ sequences: UInt8) {
    guard listCount < Self.room / 2 else { return }
    listCount += 1
    lists.extend(to: Self.room, with: 0)
    let key = Self.key(number, first, sequences)
    var place = Self.place(of: key)
    while lists[place] != 0 { place = (place + 1) & (Self.room - 1) }
    lists[place] = key << 16 | UInt64(list)
  }

  @inline(__always)
  private static func key(_ number: Int, _ first: UInt8, _ sequences: UInt8) -> UInt64 {
    UInt64(truncatingIfNeeded: number &+ 1) &<< 16 | UInt64(first) &<< 8 | UInt64(sequences)
  }

  @inline(__always)
  private static func place(of key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) &>> 52)
  }
}
