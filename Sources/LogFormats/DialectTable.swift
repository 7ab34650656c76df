import LogBytes

/// All patterns with which an entry may begin, and which of them allow what stands at the beginning of a line. A format that is no pattern
/// has one number too.
struct DialectTable: Sendable {
  private(set) var filter = LineFilter()
  /// The same patterns as automata.
  private(set) var automaton = LineAutomaton()
  /// By number: the format and whether the pattern is strong, as `CandidateTable.place(ofPair:)` counts.
  private(set) var pairs = Pool<UInt32>()
  /// By pattern: its number; -1 for patterns of other uses.
  private(set) var numbers = Pool<Int32>()
  /// The dialects of formats that do not see codes of colours, as bits.
  private(set) var coloured = Pool<UInt64>()

  /// The dialects of formats whose columns a line declares.
  private(set) var declaring = Pool<UInt64>()

  /// The dialects of formats that require nothing of their stream.
  private(set) var plain = Pool<UInt64>()

  init() {}

  init(_ formats: [FormatTraits], _ patterns: [CompiledPattern], _ declarations: [LogFormat]) {
    var dialects: [(pattern: Int, pair: Int, isColoured: Bool, needs: LineFilter.Needs, source: LineAutomaton.Source)] = []
    for (format, declaration) in zip(formats, declarations) {
      if format.structure != .patterns {
        for (needs, source) in Self.needs(of: declaration.structure) {
          dialects.append((-1, 2 * format.number, format.removesColours, needs, source))
        }
        continue
      }
      let (range, sources) = format.hasStart ? (format.start, declaration.start) : (format.entry, declaration.entry)
      for (number, source) in zip(range.range, sources) {
        var needs = LineFilter.Needs(source.elements)
        needs.start[0] = patterns[number].firstBytes
        let isStrong = format.hasStart || patterns[number].evidence >= CatalogBuilder.strongEvidence
        let automaton = PatternAutomaton(source.elements, endsOpen: source.tail != nil || source.takesLineFeeds)
        let rarest = NeededSequence.rarest(source.elements)
        dialects.append(
          (
            number, 2 * format.number + (isStrong ? 0 : 1), format.removesColours, needs,
            LineAutomaton.Source(
              automaton: automaton, sequence: NeededSequence(source.elements),
              rarest: rarest?.sequence, isRarestOfTime: rarest?.isOfTime ?? false)
          ))
      }
    }
    Self.mergeSequences(&dialects)
    dialects.sort { PositionSets.precedes($0.needs.start, $1.needs.start) }
    filter = LineFilter(dialects.map(\.needs))
    automaton = LineAutomaton(dialects.map(\.source))
    pairs = Pool(dialects.map { UInt32($0.pair) })
    let isDeclaring = declarations.map { $0.structure.isDeclaring }
    var numbers = [Int32](repeating: -1, count: patterns.count)
    var coloured = [UInt64](repeating: 0, count: filter.lanes)
    var declaring = coloured
    var plain = coloured
    for (number, dialect) in dialects.enumerated() {
      if formats[dialect.pair / 2].require.isEmpty { plain[number / 64] |= 1 << UInt64(number % 64) }
      if isDeclaring[dialect.pair / 2] { declaring[number / 64] |= 1 << UInt64(number % 64) }
      if dialect.pattern >= 0 { numbers[dialect.pattern] = Int32(number) }
      if dialect.isColoured { coloured[number / 64] |= 1 << UInt64(number % 64) }
    }
    self.numbers = Pool(numbers)
    self.coloured = Pool(coloured)
    self.declaring = Pool(declaring)
    self.plain = Pool(plain)
  }

  /// One search is to answer for all dialects of a format that need the same byte.
  private static func mergeSequences(
    _ dialects: inout [(pattern: Int, pair: Int, isColoured: Bool, needs: LineFilter.Needs, source: LineAutomaton.Source)]
  ) {
    var merged: [Int: [UInt8: NeededSequence]] = [:]
    for dialect in dialects {
      guard let sequence = dialect.source.sequence else { continue }
      merged[dialect.pair / 2, default: [:]][sequence.byte, default: sequence].formUnion(sequence)
    }
    for index in dialects.indices {
      guard let sequence = dialects[index].source.sequence else { continue }
      dialects[index].source.sequence = merged[dialects[index].pair / 2]?[sequence.byte]
    }
  }

  /// What lines need of which the format makes entries, before a line declared something.
  private static func needs(of structure: LogFormat.Structure) -> [(LineFilter.Needs, LineAutomaton.Source)] {
    func source(_ literal: [UInt8]) -> LineAutomaton.Source {
      LineAutomaton.Source(automaton: PatternAutomaton([.literal(literal)], endsOpen: true), isVague: true)
    }
    switch structure {
    case .patterns: return []
    case .json:
      return [(LineFilter.Needs(firstByte: ByteSet(CollectionOfOne(ASCII.leftBrace))), source([ASCII.leftBrace]))]
    case .keyValue:
      var needs = LineFilter.Needs(firstByte: .all)
      needs.bytes.insert(ASCII.equals)
      var anything = source([])
      anything.sequence = NeededSequence(ASCII.equals)
      anything.rarest = anything.sequence
      return [(needs, anything)]
    case .delimited(let declaration):
      guard let declare = declaration.declare else { return [(LineFilter.Needs(firstByte: .all), source([]))] }
      return ([declare] + declaration.comment).map { (LineFilter.Needs([.literal($0)]), source($0)) }
    }
  }

  mutating func code(_ coder: inout ImageCoder) {
    filter.code(&coder)
    automaton.code(&coder)
    coder.code(&pairs)
    coder.code(&numbers)
    coder.code(&coloured)
    coder.code(&declaring)
    coder.code(&plain)
  }
}

extension LogFormat.Structure {
  /// A line declares its columns.
  fileprivate var isDeclaring: Bool {
    guard case .delimited(let declaration) = self else { return false }
    return declaration.declare != nil
  }
}
