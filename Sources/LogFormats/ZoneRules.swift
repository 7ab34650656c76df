import LogBytes

/// A time in which a zone's clock does not change: what it shows, and from when until when, in seconds since 1970.
package struct ZoneSpan: Sendable, Hashable {
  /// Seconds east of UTC.
  package var offset: Int64
  /// The first moment; `Int64.min` for no beginning.
  package var from: Int64
  /// The moment of the next change; `Int64.max` for no end.
  package var until: Int64
}

/// The rules of a named zone: read where they lie in the program's data, a TZif file (RFC 9636) of which the last version's block and the
/// footer count. Only a place is kept, so that clocks stay small and trivial; each question costs some hundred nanoseconds.
///
/// What the database knows before 2000 is left out: the offset of 1 January 2000 holds for all time before.
package struct ZoneRules: Sendable, Hashable, BitwiseCopyable {
  private let place: Int32

  /// nil for a name that the database does not have.
  package init?(named name: String) {
    guard let place = ZoneFile.place(ofZone: name) else { return nil }
    self.place = Int32(place)
  }

  // MARK: The file

  /// The parts of the block with numbers of eight bytes, as places in the file.
  private struct Block {
    var count: Int
    var times: Int
    var kinds: Int
    var types: Int
    var footer: Int

    /// The block behind the header at `place`, with times of so many bytes.
    init(_ place: Int, width: Int) {
      let isUTCCount = ZoneFile.word(place + 20)
      let isStandardCount = ZoneFile.word(place + 24)
      let leapCount = ZoneFile.word(place + 28)
      count = ZoneFile.word(place + 32)
      let typeCount = ZoneFile.word(place + 36)
      let nameBytes = ZoneFile.word(place + 40)
      times = place + 44
      kinds = times + count * width
      types = kinds + count
      footer = types + typeCount * 6 + nameBytes + leapCount * (width + 4) + isStandardCount + isUTCCount
    }

    /// The moment of a stated change.
    func time(_ index: Int) -> Int64 { ZoneFile.longWord(times + 8 * index) }

    func offset(after index: Int) -> Int64 { ZoneFile.signedWord(types + 6 * Int(ZoneFile.byte(kinds + index))) }

    /// How many changes are not after a moment; logarithmic.
    func changes(notAfter moment: Int64) -> Int {
      var range = 0..<count
      while !range.isEmpty {
        let middle = (range.lowerBound + range.upperBound) / 2
        if time(middle) <= moment { range = middle + 1..<range.upperBound } else { range = range.lowerBound..<middle }
      }
      return range.lowerBound
    }

    /// Of a zone that never changed.
    var onlySpan: ZoneSpan { ZoneSpan(offset: ZoneFile.signedWord(types), from: .min, until: .max) }
  }

  private var block: Block { Block(Block(Int(place), width: 4).footer, width: 8) }

  // MARK: Moments

  /// The span in which a moment lies.
  package func span(at moment: Int64) -> ZoneSpan {
    let block = block
    guard block.count > 0 else { return PosixRule(at: block.footer)?.span(at: moment) ?? block.onlySpan }
    // The first stated change is where the file's knowledge begins, and no change.
    let index = max(block.changes(notAfter: moment) - 1, 0)
    let from = index == 0 ? Int64.min : block.time(index)
    if index < block.count - 1 { return ZoneSpan(offset: block.offset(after: index), from: from, until: block.time(index + 1)) }
    // Behind the last stated change the footer's rule holds.
    guard let rule = PosixRule(at: block.footer) else { return ZoneSpan(offset: block.offset(after: index), from: from, until: .max) }
    var span = rule.span(at: max(moment, block.time(index)))
    if span.from <= block.time(index) { span.from = from }
    return span
  }

  /// The moment that a local time means, in seconds since 1970 on the zone's own clock. Of a time that exists twice the first, unless
  /// `previous` is later than it; one that does not exist is moved on by the gap.
  package func moment(ofLocal local: Int64, previous: Int64) -> Int64 {
    // No clock is a whole day from UTC: only spans of these two days can hold the time.
    var span = span(at: local - Self.day)
    var first: Int64?
    var byClockBefore = local
    while true {
      let moment = local - span.offset
      if moment < span.from { return first ?? byClockBefore }
      if moment < span.until {
        if first != nil || previous <= moment { return moment }
        first = moment
      }
      if span.until > local + Self.day { return first ?? moment }
      byClockBefore = moment
      span = self.span(at: span.until)
    }
  }

  /// The offset of a local day on which each time exists once; nil for a day on which, or some hours beside which, the clock changes.
  ///
  /// - Parameter midnight: the beginning of the day on the zone's own clock, in seconds since 1970.
  package func offset(ofQuietDay midnight: Int64) -> Int64? {
    let span = span(at: midnight)
    let start = midnight - span.offset
    // Clocks have gone back by three hours at most, and a day may go on with hour 24.
    return span.from <= start - 4 * 3600 && span.until >= start + Self.day + 5 * 3600 ? span.offset : nil
  }

  private static let day: Int64 = 86_400
}
