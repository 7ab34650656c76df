import LogBytes

/// A format with those of its dialects that a line may be, and the class in which it is tried.
package struct Candidate: Sendable, BitwiseCopyable {
  // In an order without gaps (`ImageCoder`).
  package var format: Int32
  /// Of `CandidateTable.dialects`; empty for JSON, `kv` and `delimited`.
  package var dialects: PoolRange
  package var rankClass: RankClass

  /// The order of classes is the order in which candidates are tried.
  package enum RankClass: UInt8, Sendable, BitwiseCopyable {
    case strong, weak, general
  }
}

/// Which formats a line can be of, by its first byte, in the order in which they are tried (formats/README.md, "Detection").
package struct CandidateTable: Sendable {
  package private(set) var candidates = Pool<Candidate>()
  /// For each byte a range of `candidates`.
  package private(set) var byFirstByte = Pool<PoolRange>()
  /// Pattern numbers.
  package private(set) var dialects = Pool<UInt32>()
  /// `[(2 · format + isWeak) · 256 + byte]`: where among those of the byte the candidate with the format's strong or weak dialects stands;
  /// `noPlace` if it has none there.
  private var places = Pool<UInt16>()
  private static let noPlace = UInt16.max

  init() {}

  mutating func code(_ coder: inout ImageCoder) {
    coder.code(&candidates)
    coder.code(&byFirstByte)
    coder.code(&dialects)
    coder.code(&places)
  }

  /// A row that has the cells of a declared table is one (formats/README.md, "Detection").
  private static let delimitedEvidence = 500

  /// What a file's name that a format's `hints.file` knows adds to its evidence.
  private static let fileEvidence = 50

  /// - Parameter hinted: the formats whose `hints.file` knows the name of the file.
  init(_ formats: [FormatTraits], _ patterns: [CompiledPattern], _ details: [FormatDetails], hinted: Set<Int> = []) {
    var candidates: [Candidate] = []
    var ranges: [PoolRange] = []
    var dialects: [UInt32] = []
    var known: [[UInt32]: PoolRange] = [:]
    var places = [UInt16](repeating: Self.noPlace, count: 2 * formats.count * 256)
    for byte in UInt8.min...UInt8.max {
      var found: [(candidate: Candidate, isWeak: Int, order: Order)] = []
      for format in formats {
        for isStrong in [true, false] {
          // Behind a code of a colour stands what the format sees.
          let mayBeColour = format.colours.firstBytes.contains(byte)
          func isAllowed(_ pattern: Int) -> Bool { mayBeColour || patterns[pattern].firstBytes.contains(byte) }
          // Formats with `start` are strong, and their start patterns say which lines begin an entry.
          let chosen =
            format.start.isEmpty
            ? format.entry.range.filter {
              (patterns[$0].evidence >= CatalogBuilder.strongEvidence) == isStrong && isAllowed($0)
            }
            : format.start.range.filter { isStrong && isAllowed($0) }
          var evidence = 0
          var openRuns = 0
          if format.structure != .patterns {
            guard isStrong, format.structure != .json || byte == ASCII.leftBrace || mayBeColour else { continue }
            evidence = details[format.number].keyed.map { 2 + 8 * $0.require.count } ?? Self.delimitedEvidence
          } else {
            guard let best = chosen.max(by: { patterns[$0].evidence < patterns[$1].evidence }) else { continue }
            evidence = patterns[best].evidence
            openRuns = patterns[best].openRuns
          }
          let numbers = chosen.map { UInt32($0) }
          let range = known[numbers] ?? PoolRange(dialects.count, numbers.count)
          if known[numbers] == nil {
            known[numbers] = range
            dialects += numbers
          }
          let rankClass: Candidate.RankClass = format.rank == .general ? .general : isStrong ? .strong : .weak
          found.append(
            (
              Candidate(format: Int32(format.number), dialects: range, rankClass: rankClass), isStrong ? 0 : 1,
              Order(
                rankClass: rankClass, isPlain: format.require.isEmpty,
                evidence: evidence + format.rank.bonus + (hinted.contains(format.number) ? Self.fileEvidence : 0), openRuns: openRuns,
                name: details[format.number].name)
            ))
        }
      }
      found.sort { $0.order < $1.order }
      ranges.append(PoolRange(candidates.count, found.count))
      precondition(found.count < Int(Self.noPlace), "too many formats")
      for (place, (candidate, isWeak, _)) in found.enumerated() {
        places[(2 * Int(candidate.format) + isWeak) * 256 + Int(byte)] = UInt16(place)
        candidates.append(candidate)
      }
    }
    self.candidates = Pool(candidates)
    byFirstByte = Pool(ranges)
    self.dialects = Pool(dialects)
    self.places = Pool(places)
  }

  /// Gives the memory back. Nobody may read the table any more.
  func deallocate() {
    candidates.deallocate()
    byFirstByte.deallocate()
    dialects.deallocate()
    places.deallocate()
  }

  /// The first candidate of a format in a class for a first byte; -1 if there is none.
  @inline(__always)
  func place(of format: Int, _ rankClass: Candidate.RankClass, _ byte: UInt8) -> Int {
    let strong = place(ofPair: 2 &* format, byte)
    let isOfClass = strong >= 0 && candidates[strong].rankClass == rankClass
    if rankClass == .strong { return isOfClass ? strong : -1 }
    let weak = place(ofPair: 2 &* format &+ 1, byte)
    guard weak >= 0, candidates[weak].rankClass == rankClass else { return isOfClass ? strong : -1 }
    return isOfClass ? min(strong, weak) : weak
  }

  /// The candidate with the strong dialects of a format (twice its number), or with the weak ones (and one more); -1 if there is none.
  @inline(__always)
  func place(ofPair pair: Int, _ byte: UInt8) -> Int {
    let place = places[256 &* pair &+ Int(byte)]
    return place == Self.noPlace ? -1 : Int(byFirstByte[Int(byte)].first) &+ Int(place)
  }

  private struct Order: Comparable {
    var rankClass: Candidate.RankClass
    /// Weak formats with `hints.require` go before the others.
    var isPlain: Bool
    var evidence: Int
    var openRuns: Int
    var name: String

    static func < (left: Order, right: Order) -> Bool {
      if left.rankClass != right.rankClass { return left.rankClass.rawValue < right.rankClass.rawValue }
      if left.rankClass == .weak, left.isPlain != right.isPlain { return !left.isPlain }
      if left.evidence != right.evidence { return left.evidence > right.evidence }
      if left.openRuns != right.openRuns { return left.openRuns < right.openRuns }
      return left.name < right.name
    }
  }
}

extension LogFormat.Rank {
  /// What a rank adds to the evidence; it makes nothing strong.
  var bonus: Int {
    switch self {
    case .specific: 100
    case .common: -6
    case .normal, .general: 0
    }
  }
}

/// The table of a file whose name says something of its format; other files have that of the catalogue.
final class FileCandidates {
  let table: CandidateTable

  init(_ catalog: CompiledCatalog, hinted: Set<Int>) {
    table = CandidateTable(catalog.formats.elements, catalog.patterns.elements, catalog.details, hinted: hinted)
  }

  deinit {
    table.deallocate()
  }
}
