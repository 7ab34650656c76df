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

  var count: Int { observers.count }

  init() {}

  init(_ formats: [FormatTraits], _ declarations: [LogFormat]) {
    // Those of a format that set its clock stay in their order: the last one counts.
    var groups: [[(observer: Observer, needs: LineFilter.Needs)]] = []
    for (format, declaration) in zip(formats, declarations) {
      for (range, patterns, setsClock) in [
        (format.require, declaration.hints.require, false), (format.clockSet, declaration.clock.set, true),
      ] {
        let group = zip(range.range, patterns).map { number, pattern in
          (
            Observer(pattern: UInt32(number), format: UInt16(format.number), setsClock: setsClock),
            LineFilter.Needs(pattern.elements)
          )
        }
        groups += setsClock ? [group] : group.map { [$0] }
      }
    }
    groups = groups.filter { !$0.isEmpty }.sorted { PositionSets.precedes($0[0].needs.start, $1[0].needs.start) }
    let all = groups.flatMap { $0 }
    observers = Pool(all.map(\.observer))
    filter = LineFilter(all.map(\.needs))
  }

  mutating func code(_ coder: inout ImageCoder) {
    coder.code(&observers)
    filter.code(&coder)
  }

  @inline(__always)
  subscript(index: Int) -> Observer { observers[index] }
}
