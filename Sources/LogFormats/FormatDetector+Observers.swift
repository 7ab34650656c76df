import LogBytes

/// Formats that look at every line: `clock.set` and `hints.require` (formats/README.md, "Detection").
extension FormatDetector {
  /// Shows a line to formats whose clock or hints it may set; nothing is consumed.
  package mutating func observe(_ text: borrowing MatchText, from: Int, end: Int, stream: Int) {
    let state = observerStates.find(text, from: from, end: end)
    if state >= 0 {
      for index in observerStates.numbers(of: state) {
        let number = observerStates.number(at: index)
        if pending.contains(64 &* stream &* observerLanes &+ number) { observe(catalog.observerTable[number], text, from, end, stream) }
      }
    } else {
      observeFiltered(text, from, end, stream)
    }
    if hasPendingColours(text, from, end, stream) { observeWithoutColours(text, from, end, stream) }
  }

  @inline(never)
  private mutating func observeFiltered(_ text: borrowing MatchText, _ from: Int, _ end: Int, _ stream: Int) {
    let filter = catalog.observerTable.filter
    var block = 0
    while block < filter.blocks {
      var lanes = filter.filter(block, text, from, end, pending, stream &* observerLanes, into: seeing)
      while lanes != 0 {
        let lane = block &<< 6 &+ lanes.trailingZeroBitCount
        var observers = seeing[lane]
        while observers != 0 {
          observe(catalog.observerTable[lane &<< 6 &+ observers.trailingZeroBitCount], text, from, end, stream)
          observers &= observers &- 1
        }
        lanes &= lanes &- 1
      }
      block &+= 1
    }
  }

  @inline(never)
  private mutating func observe(_ observer: Observer, _ text: borrowing MatchText, _ from: Int, _ end: Int, _ stream: Int) {
    let format = Int(observer.format)
    if observer.setsClock {
      if let base = base(Int(observer.pattern), text, from, end) { clocks[clockIndex(format, stream)].setBase(base) }
    } else if !isMet(format, stream), match(Int(observer.pattern), text, from: from, end: end) {
      setMet(format, stream)
    }
  }

  /// A format that does not see codes of colours still looks for something, and the line has some.
  @inline(__always)
  private func hasPendingColours(_ text: borrowing MatchText, _ from: Int, _ end: Int, _ stream: Int) -> Bool {
    !text.isColourless && streams[stream].colouredPending > 0 && catalog.colours.first(in: text.bytes.extracting(from..<end), from: 0) >= 0
  }

  /// Looks through the first lines of a stream for what formats require.
  package mutating func lookAhead(_ text: borrowing MatchText, from: Int, end: Int, stream: Int) {
    let hasColours = hasPendingColours(text, from, end, stream)
    let filter = catalog.observerTable.filter
    for block in 0..<filter.blocks {
      var lanes = filter.filter(block, text, from, end, pending, stream &* observerLanes, into: seeing)
      while lanes != 0 {
        let lane = block &<< 6 &+ lanes.trailingZeroBitCount
        lanes &= lanes &- 1
        var observers = seeing[lane]
        while observers != 0 {
          let observer = catalog.observerTable[lane &<< 6 &+ observers.trailingZeroBitCount]
          observers &= observers &- 1
          if observer.setsClock || hasColours && catalog.formats[Int(observer.format)].removesColours { continue }
          observe(observer, text, from, end, stream)
        }
      }
    }
    if hasColours {
      for number in catalog.colouredObservers { meet(number, text, from, end, stream) }
    }
  }

  @inline(__always)
  func isMet(_ format: Int, _ stream: Int) -> Bool {
    met.contains(64 &* stream &* metLanes &+ format)
  }

  @inline(never)
  mutating func setMet(_ format: Int, _ stream: Int) {
    if isMet(format, stream) { return }
    steady.forget()
    recents.forget()
    met.insert(64 * stream * metLanes + format)
    for number in 0..<catalog.dialects.pairs.count where Int(catalog.dialects.pairs[number]) / 2 == format {
      likely.insert(64 * stream * alive.count + number)
    }
    for number in 0..<catalog.observerTable.count {
      let observer = catalog.observerTable[number]
      if observer.format == format, !observer.setsClock { pending.remove(64 * stream * observerLanes + number) }
    }
    if catalog.formats[format].clockSet.isEmpty, catalog.colouredObservers.contains(format) { streams[stream].colouredPending -= 1 }
  }

  mutating func meet(_ format: Int, _ text: borrowing MatchText, _ from: Int, _ end: Int, _ stream: Int) {
    let require = catalog.formats[format].require
    guard !require.isEmpty, !isMet(format, stream) else { return }
    if matchesAny(require, of: format, text, from: from, end: end) { setMet(format, stream) }
  }
}
