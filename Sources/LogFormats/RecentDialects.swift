import LogBytes
import LogEntries

/// By the first byte of a line: the dialects that took lines last, as far as their match alone says which format takes a line
/// (DialectRivals.swift).
struct RecentDialects: ~Copyable {
  /// So many lines on the long way pay for the proof of their dialect.
  private static let linesBeforeProof: UInt8 = 32
  private static let isTold: UInt8 = 255
  static let ways = 4
  /// Beyond so many the long way is no longer one.
  static let greatestChecks = 16

  /// Dialects of one candidate that are tried in order.
  struct Entry: BitwiseCopyable {
    // In an order without gaps.
    /// Which of the candidate's dialects are tried, a bit each, the first one lowest.
    var tried: UInt64 = 0
    /// -1 for none.
    var format: Int32 = -1
    /// The first of the candidate's dialects: a place in `CandidateTable.dialects`.
    var first: Int32 = 0
    /// How many checks there are, and how many of them are dialects.
    var checkCount: Int32 = 0
    var rivalCount: Int32 = 0
    /// The sequences of the others, in `tables`; -1 for none.
    var table: Int32 = -1
  }

  /// What says that a rival cannot take a line.
  struct Check: BitwiseCopyable, Equatable {
    /// A sequence of `LineAutomaton.rarest` that the line lacks; 0 for none.
    var sequence: UInt16
    /// The format that goes first only if it is locked; -1 for those that always do.
    var format: Int16
    /// The rival's dialect, which does not match a line that has the sequence, or any, if there is none; -1 where a line with the sequence
    /// goes the long way. Those without a sequence stand first.
    var pattern: Int32
    /// The bit of the sequence in the entry's table.
    var bit: Int32 = 0
  }

  private var entries = ReusedBuffer<Entry>(capacity: 256 * ways)
  /// By entry.
  private var checks = ReusedBuffer<Check>(capacity: 16)
  private(set) var tables = SequenceTables()
  /// By the hash of a line's first bytes: the way of the dialect that took one of them last.
  private var guesses = ReusedBuffer<UInt8>(capacity: 256)
  /// By pattern: how many lines it took on the long way since that was told last; `isTold` if nothing more is to be asked.
  private var counts = ReusedBuffer<UInt8>(capacity: 16)
  private var isEmpty = true

  init(patterns: Int) {
    entries.extend(to: 256 * Self.ways, with: Entry())
    counts.extend(to: patterns, with: 0)
    guesses.extend(to: 256, with: 0)
  }

  /// The way that is tried first for a line with these first bytes.
  @inline(__always)
  subscript(guessFor word: UInt64) -> Int {
    get { Int(guesses[Self.hash(word)]) }
    set { guesses[Self.hash(word)] = UInt8(truncatingIfNeeded: newValue) }
  }

  @inline(__always)
  private static func hash(_ word: UInt64) -> Int { Int(truncatingIfNeeded: (word &* 0x9e37_79b9_7f4a_7c15) &>> 56) }

  /// Forgets what hangs on hints, on the order of candidates and on observers.
  mutating func forget() {
    if isEmpty { return }
    isEmpty = true
    for index in entries.indices { entries[index] = Entry() }
    tables.removeAll()
    for index in counts.indices where counts[index] == Self.isTold { counts[index] = 0 }
  }

  @inline(__always)
  func entry(_ byte: UInt8, _ way: Int) -> Entry { entries[Self.place(byte, way)] }

  @inline(__always)
  func check(_ byte: UInt8, _ way: Int, _ index: Int) -> Check { checks[Self.greatestChecks &* Self.place(byte, way) &+ index] }

  /// Counts a line that a dialect took on the long way; true if it is time to ask whether there is a shorter one.
  @inline(__always)
  mutating func count(_ pattern: Int) -> Bool {
    let count = counts[pattern]
    if count == Self.isTold { return false }
    counts[pattern] = count &+ 1
    return count == Self.linesBeforeProof
  }

  /// Nothing more is to be asked of a dialect until all is forgotten.
  mutating func setTold(_ pattern: Int) {
    counts[pattern] = Self.isTold
    isEmpty = false
  }

  /// Adds an entry for a first byte: in place of that of the same format, or of the first one if there are too many.
  mutating func add(_ entry: Entry, _ byte: UInt8, _ entryChecks: [Check], _ automaton: LineAutomaton) {
    isEmpty = false
    checks.extend(to: entries.count * Self.greatestChecks, with: Check(sequence: 0, format: -1, pattern: -1))
    let places = Self.place(byte, 0)..<Self.place(byte, Self.ways)
    let place =
      places.first { entries[$0].format == entry.format } ?? places.first { entries[$0].format < 0 } ?? places.lowerBound
    var sequences: [Int] = []
    for check in entryChecks where check.sequence != 0 && !sequences.contains(Int(check.sequence)) { sequences.append(Int(check.sequence)) }
    let groups = SequenceTables.groups(sequences, automaton)
    var table = Int(entries[place].table)
    if table >= 0 { tables.set(table, groups, automaton) } else { table = tables.add(groups, automaton) }
    entries[place] = entry
    entries[place].table = Int32(table)
    entries[place].checkCount = Int32(entryChecks.count)
    entries[place].rivalCount = Int32(entryChecks.count { $0.sequence == 0 })
    let ordered = entryChecks.filter { $0.sequence == 0 } + entryChecks.filter { $0.sequence != 0 }
    for (index, check) in ordered.enumerated() {
      checks[Self.greatestChecks * place + index] = check
      checks[Self.greatestChecks * place + index].bit = Int32(groups.firstIndex { $0.contains(Int(check.sequence)) } ?? 0)
    }
  }

  @inline(__always)
  private static func place(_ byte: UInt8, _ way: Int) -> Int { ways &* Int(byte) &+ way }
}

extension FormatDetector {
  /// The dialect that took lines before and takes this line of the first stream, where no other may, as `recognise` would find it, and
  /// nothing else needs to see the line; none says nothing. An object is none of its lines.
  @inline(__always)
  package mutating func recogniseRecent(_ text: borrowing MatchText, from: Int, end: Int) -> Recognition {
    // A line with codes of colours is another one for formats that do not see them, and each may be a row of a table.
    guard text.isColourless, !streams[0].hasTables else { return .none }
    let byte = text[from]
    let locked = streams[0].locked
    if recents.entry(byte, 0).format < 0 { return .none }
    let word = text.word(at: from)
    let guess = recents[guessFor: word]
    var count = 0
    while count < RecentDialects.ways {
      // The guess, and the others in order.
      let way = count == 0 ? guess : count <= guess ? count &- 1 : count
      count &+= 1
      let entry = recents.entry(byte, way)
      if entry.format < 0 { continue }
      if let pattern = matchRecent(entry, byte, way, locked, text, from, end) {
        guard lacksRivals(entry, pattern, byte, way, locked, text, from, end) else { return .none }
        if way != guess { recents[guessFor: word] = way }
        let format = Int(entry.format)
        streams[0].isRepeated = format == locked
        streams[0].locked = format
        isObjectRead = false
        return Recognition(format: format, pattern: pattern)
      }
    }
    return .none
  }

  @inline(__always)
  private mutating func matchRecent(
    _ entry: RecentDialects.Entry, _ byte: UInt8, _ way: Int, _ locked: Int, _ text: borrowing MatchText, _ from: Int, _ end: Int
  ) -> Int? {
    var tried = entry.tried
    var isAsked = false
    while tried != 0 {
      let offset = tried.trailingZeroBitCount
      tried &= tried &- 1
      let pattern = Int(candidates.dialects[Int(entry.first) &+ offset])
      guard catalog.heads[pattern].allows(text, from) else { continue }
      // What rivals take would stand where the dialect's slots do: they go first.
      if !isAsked, entry.rivalCount > 0, isTakenByRival(entry, byte, way, locked, text, from, end) { return nil }
      isAsked = true
      if isForbidden(pattern, of: Int(entry.format), text, from: from, end: end) { return nil }
      if matchDialect(pattern, isFirst: true, text, from, end) { return pattern }
    }
    return nil
  }

  private mutating func isTakenByRival(
    _ entry: RecentDialects.Entry, _ byte: UInt8, _ way: Int, _ locked: Int, _ text: borrowing MatchText, _ from: Int, _ end: Int
  ) -> Bool {
    for index in 0..<Int(entry.rivalCount) {
      let check = recents.check(byte, way, index)
      if check.format < 0 || Int(check.format) == locked, matchAny(Int(check.pattern), text, from: from, end: end) { return true }
    }
    return false
  }

  /// No other rival that goes first can take the line.
  @inline(__always)
  private mutating func lacksRivals(
    _ entry: RecentDialects.Entry, _ pattern: Int, _ byte: UInt8, _ way: Int, _ locked: Int, _ text: borrowing MatchText, _ from: Int,
    _ end: Int
  ) -> Bool {
    let sequences = text.sequences(of: recents.tables, Int(entry.table), from: from, end: end)
    return sequences == 0 || lacksRivals(entry, pattern, byte, way, locked, text, from, end, sequences)
  }

  /// The same of those whose sequences a line may have, a bit each.
  @inline(never)
  private mutating func lacksRivals(
    _ entry: RecentDialects.Entry, _ pattern: Int, _ byte: UInt8, _ way: Int, _ locked: Int, _ text: borrowing MatchText, _ from: Int,
    _ end: Int, _ sequences: UInt8
  ) -> Bool {
    var isMatchedAgain = true
    for index in Int(entry.rivalCount)..<Int(entry.checkCount) {
      let check = recents.check(byte, way, index)
      guard sequences >> UInt8(check.bit) & 1 != 0, check.format < 0 || Int(check.format) == locked,
        catalog.dialects.automaton.hasSequence(Int(check.sequence), text, from: from, end: end)
      else { continue }
      if check.pattern < 0 || match(Int(check.pattern), text, from: from, end: end) { return false }
      isMatchedAgain = false
    }
    return isMatchedAgain || matchAny(pattern, text, from: from, end: end)
  }

  /// A dialect took a line of the first stream on the long way: remembers it for the next, if that can be shorter.
  @inline(__always)
  mutating func countRecent(_ found: Recognition, _ byte: UInt8) {
    if found.pattern >= 0, recents.count(found.pattern) { addRecent(found, byte) }
  }

  @inline(never)
  private mutating func addRecent(_ found: Recognition, _ byte: UInt8) {
    recents.setTold(found.pattern)
    let format = found.format
    let place = candidates.place(of: format, .strong, byte)
    guard place >= 0, byte != ASCII.leftBrace, !flags[format].contains(.requires) || isMet(format, 0) else { return }
    let dialects = candidates.candidates[place].dialects
    let range = dialects.range
    guard let index = range.firstIndex(where: { Int(candidates.dialects[$0]) == found.pattern }), index - range.lowerBound < 64 else {
      return
    }
    let count = index - range.lowerBound
    var tried: UInt64 = 1 << UInt64(count)
    // And those that took lines already.
    for way in 0..<RecentDialects.ways where recents.entry(byte, way).format == format { tried |= recents.entry(byte, way).tried }
    // Those of its format that may take the lines of one of them go first.
    for later in (0..<64).reversed() where tried >> UInt64(later) & 1 != 0 {
      let row = rivals.find(Int(candidates.dialects[range.lowerBound + later]), catalog)
      for earlier in 0..<later {
        let number = Int(catalog.dialects.numbers[Int(candidates.dialects[range.lowerBound + earlier])])
        if rivals.hasDialect(number, at: row) { tried |= 1 << UInt64(earlier) }
      }
    }
    let patterns = (0..<64).filter { tried >> UInt64($0) & 1 != 0 }.map { Int(candidates.dialects[Int(dialects.first) + $0]) }
    guard patterns.allSatisfy({ isUnseen(Int(catalog.patterns[$0].observing)) }) else { return }
    guard let checks = recentChecks(patterns, format, place, byte) else { return }
    recents.add(
      RecentDialects.Entry(tried: tried, format: Int32(format), first: Int32(dialects.first)), byte, checks, catalog.dialects.automaton)
  }

  /// What a line must lack so that no rival of these dialects takes it; nil if that cannot be said so.
  private mutating func recentChecks(_ patterns: [Int], _ format: Int, _ place: Int, _ byte: UInt8) -> [RecentDialects.Check]? {
    var checks: [RecentDialects.Check] = []
    let rows = patterns.map { rivals.find($0, catalog) }
    let automaton = catalog.dialects.automaton
    for other in 0..<catalog.dialects.pairs.count {
      let rival = Int(catalog.dialects.pairs[other] / 2)
      if rival == format || !rows.contains(where: { rivals.hasDialect(other, at: $0) }) { continue }
      // One that requires what was not met takes nothing; all is forgotten when it is met.
      if flags[rival].contains(.requires), !isMet(rival, 0) { continue }
      let rivalPlace = candidates.place(ofPair: 2 * rival, byte)
      if rivalPlace < 0 { continue }
      let sequence = automaton.rarest[other]
      // What stands in a time is not rare enough to give up for it.
      let needsPattern = sequence == 0 || automaton.isRarestOfTime[other] != 0
      let pattern = needsPattern ? (0..<catalog.patterns.count).first { Int(catalog.dialects.numbers[$0]) == other } : -1
      // A format without patterns, and no sequence either.
      guard let pattern else { return nil }
      let check = RecentDialects.Check(sequence: sequence, format: rivalPlace < place ? -1 : Int16(rival), pattern: Int32(pattern))
      if !checks.contains(check) { checks.append(check) }
      if checks.count > RecentDialects.greatestChecks { return nil }
    }
    return checks
  }
}
