import LogBytes

/// A pattern that looks at every line whose first bytes it allows: `clock.set`, `hints.require`.
struct Observer: Sendable, BitwiseCopyable {
  var pattern: UInt32
  var format: UInt16
  var setsClock: Bool
}

/// The observers of a catalogue, and which of them allow what stands at the beginning of a line.
struct ObserverTable: Sendable {
  private var observers = Pool<Observer>()
  private(set) var filter = LineFilter()
  /// The same patterns as automata.
  private(set) var automaton = LineAutomaton()
  /// Rows of observers, a bit each, for dialects (`CompiledPattern.observing`).
  private(set) var observing = Pool<UInt64>()

  var count: Int { observers.count }

  init() {}

  init(_ formats: [FormatTraits], _ declarations: [LogFormat]) {
    // Those of a format that set its clock stay in their order: the last one counts.
    var groups: [[(observer: Observer, needs: LineFilter.Needs, automaton: PatternAutomaton)]] = []
    for (format, declaration) in zip(formats, declarations) {
      for (range, patterns, setsClock) in [
        (format.require, declaration.hints.require, false), (format.clockSet, declaration.clock.set, true),
      ] {
        let group = zip(range.range, patterns).map { number, pattern in
          (
            Observer(pattern: UInt32(number), format: UInt16(format.number), setsClock: setsClock),
            LineFilter.Needs(pattern.elements),
            PatternAutomaton(pattern.elements, endsOpen: pattern.tail != nil || pattern.takesLineFeeds)
          )
        }
        groups += setsClock ? [group] : group.map { [$0] }
      }
    }
    groups = groups.filter { !$0.isEmpty }.sorted { PositionSets.precedes($0[0].needs.start, $1[0].needs.start) }
    let all = groups.flatMap { $0 }
    observers = Pool(all.map(\.observer))
    filter = LineFilter(all.map(\.needs))
    automaton = LineAutomaton(all.map { LineAutomaton.Source(automaton: $0.automaton) })
  }

  mutating func code(_ coder: inout ImageCoder) {
    coder.code(&observers)
    filter.code(&coder)
    automaton.code(&coder)
    coder.code(&observing)
  }

  @inline(__always)
  subscript(index: Int) -> Observer { observers[index] }
}

extension ObserverTable {
  /// Finds for each dialect which observers may take a line of it: most lines need not be shown to any.
  mutating func setObserving(
    _ patterns: inout [CompiledPattern], _ formats: [FormatTraits], _ declarations: [LogFormat]
  ) {
    var sources: [UInt32: (elements: [PatternElement], needs: LineFilter.Needs, walked: PatternDisjointness.Walked)] = [:]
    for (format, declaration) in zip(formats, declarations) {
      for (range, list) in [(format.require, declaration.hints.require), (format.clockSet, declaration.clock.set)] {
        for (number, pattern) in zip(range.range, list) {
          sources[UInt32(number)] = (
            pattern.elements, LineFilter.Needs(pattern.elements), PatternDisjointness.Walked(pattern.elements)
          )
        }
      }
    }
    var automata: [UInt32: PatternAutomaton] = [:]
    func automaton(of observer: UInt32, _ elements: [PatternElement]) -> PatternAutomaton {
      if let automaton = automata[observer] { return automaton }
      let automaton = PatternAutomaton(elements)
      automata[observer] = automaton
      return automaton
    }
    var rows: [UInt64] = []
    var known: [[UInt64]: Int32] = [:]
    for (format, declaration) in zip(formats, declarations) where format.structure == .patterns && !format.hasStart {
      for (number, source) in zip(format.entry.range, declaration.entry) where source.tail == nil {
        let needs = LineFilter.Needs(source.elements)
        var row = [UInt64](repeating: 0, count: filter.lanes)
        let dialect = PatternAutomaton(source.elements)
        let walked = PatternDisjointness.Walked(source.elements)
        for observer in 0..<count {
          let pattern = observers[observer].pattern
          guard let observing = sources[pattern] else { continue }
          if needs.excludes(observing.needs) || PatternDisjointness.differ(walked, observing.walked)
            || !dialect.meets(automaton(of: pattern, observing.elements))
          {
            continue
          }
          row[observer / 64] |= 1 << UInt64(observer % 64)
        }
        if known[row] == nil {
          known[row] = Int32(rows.count)
          rows += row
        }
        patterns[number].observing = known[row] ?? -1
      }
    }
    observing = Pool(rows)
  }
}
