import LogBytes
import LogEntries

/// Tables that tell of eight sequences at once whether they may stand in a text (`sequencesMet`).
struct SequenceTables: ~Copyable {
  /// Sequences a table tells apart.
  static let greatestCount = 8

  private var bytes = ReusedBuffer<UInt8>(capacity: 16)

  /// How many tables there are.
  var count: Int { bytes.count / sequenceTablesBytes }

  mutating func removeAll() { bytes.removeAll() }

  /// Adds a table, with the same bit for all sequences of a group; answers its number. Requires at most `greatestCount` groups.
  mutating func add(_ groups: [[Int]], _ automaton: LineAutomaton) -> Int {
    let number = count
    bytes.extend(to: (number + 1) * sequenceTablesBytes, with: 0)
    set(number, groups, automaton)
    return number
  }

  /// Replaces a table that is there.
  mutating func set(_ number: Int, _ groups: [[Int]], _ automaton: LineAutomaton) {
    precondition(groups.count <= Self.greatestCount, "too many groups of sequences")
    let first = number * sequenceTablesBytes
    for index in first..<first + sequenceTablesBytes { bytes[index] = 0 }
    for (group, sequences) in groups.enumerated() {
      let bit: UInt8 = 1 << UInt8(group)
      for sequence in sequences {
        for (place, set) in automaton.sets(ofSequence: sequence).enumerated() {
          for byte in set.members {
            bytes[first + 32 * place + Int(byte & 15)] |= bit
            bytes[first + 32 * place + 16 + Int(byte >> 4)] |= bit
          }
        }
      }
    }
  }

  /// Puts sequences into as many groups as a table has bits, those that are most alike into the same.
  static func groups(_ sequences: [Int], _ automaton: LineAutomaton) -> [[Int]] {
    var groups = sequences.map { (members: [$0], sets: automaton.sets(ofSequence: $0)) }
    while groups.count > greatestCount {
      var best = (weight: Int.max, one: 0, other: 0)
      for one in groups.indices {
        for other in groups.indices where other > one {
          let weight = zip(groups[one].sets, groups[other].sets).reduce(1) { $0 * $1.0.union($1.1).count }
          if weight < best.weight { best = (weight, one, other) }
        }
      }
      groups[best.one].members += groups[best.other].members
      groups[best.one].sets = zip(groups[best.one].sets, groups[best.other].sets).map { $0.union($1) }
      groups.remove(at: best.other)
    }
    return groups.map(\.members)
  }

  /// Lends a table to `sequencesMet`.
  @inline(__always)
  func withTable<Result>(_ number: Int, _ body: (UnsafePointer<UInt8>) -> Result) -> Result {
    assert(number < count, "no such table")
    return unsafe bytes.span.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { preconditionFailure("no table") }
      return unsafe body(base + number &* sequenceTablesBytes)
    }
  }
}
