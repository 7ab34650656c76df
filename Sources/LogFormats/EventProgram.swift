package import LogBytes
package import LogEntries

// Events are a second stage of patterns on one field, often many: all lines of a game share a few beginnings (`{player:name} `, a player's
// token) and differ in a word behind. So patterns with an equal first element, a closed run or a composite type, form a group: the element
// is matched once, and the byte that stands behind it, at the first place where the group's literals differ, says which patterns are left.
// A set of patterns is a `ByteSet`, whose members are numbers of patterns below 256; the lowest that matches wins, as the file orders them.

/// The events of one field.
package struct EventField: Sendable, BitwiseCopyable {
  package var field: NameID
  package var events: PoolRange
  package var groups: PoolRange
  /// Rows of 256 in `eventTables`: by the first byte, the events that stand in no group.
  package var table: UInt32
  /// Those that can match the empty text.
  package var onEmpty: ByteSet
}

/// Events that begin alike.
package struct EventGroup: Sendable, BitwiseCopyable {
  package var prefix: UInt32
  package var slotCount: UInt16
  package var firstBytes: ByteSet
  /// Rows of 256: by the byte `offset` behind the prefix.
  package var table: UInt32
  package var offset: UInt32
  /// Those that may match where no such byte stands.
  package var beyondEnd: ByteSet
}

package struct Event: Sendable, BitwiseCopyable {
  package var name: NameID
  package var pattern: UInt32
  /// The group's place among those of its field, -1 for none.
  package var group: Int16
  package var prefixSlots: UInt16
  /// The first eight bytes of the literal behind the prefix, or at the start; the mask is 0 if there is none.
  package var word: UInt64
  package var mask: UInt64
}

/// What a match of events needs room for; reused.
package struct EventScratch: ~Copyable {
  static let maximumGroups = 16
  /// Slots of the prefixes, `prefixRoom` a group.
  static let prefixRoom = 16
  let prefixSlots = SlotBuffer(count: maximumGroups * prefixRoom)
  var prefixEnds = [Int](repeating: -1, count: maximumGroups)
  package let slots = SlotBuffer(count: Matcher.maximumSlots)
  package var state = MatchState()

  package init() {}
}

enum EventMatching {
  /// The first event of the field that matches `text.bytes[from..<end]`, its slots in `scratch.slots`; -1 if none does.
  static func match(
    _ field: EventField, catalog: CompiledCatalog, program: ProgramView, text: borrowing MatchText, from: Int, end: Int,
    wholeEnd: Int, scratch: inout EventScratch
  ) -> Int {
    var candidates: ByteSet
    if from < end {
      let first = text.bytes[from]
      candidates = catalog.eventTables[Int(field.table) + Int(first)]
      for index in 0..<Int(field.groups.count) {
        let group = catalog.eventGroups[Int(field.groups.first) + index]
        guard group.firstBytes.contains(first) else { continue }
        let behind = Matcher.run(
          start: Int(group.prefix), slotOffset: index * EventScratch.prefixRoom, program: program, text: text, from: from, end: end,
          slots: scratch.prefixSlots, state: &scratch.state)
        scratch.prefixEnds[index] = behind
        guard behind >= 0 else { continue }
        let place = behind + Int(group.offset)
        candidates.formUnion(place < end ? catalog.eventTables[Int(group.table) + Int(text.bytes[place])] : group.beyondEnd)
      }
    } else {
      candidates = field.onEmpty
      // The first line is blank, but a pattern that takes line feeds sees what stands behind it.
      if from < wholeEnd { candidates.formUnion(catalog.eventTables[Int(field.table) + Int(text.bytes[from])]) }
    }
    while let candidate = candidates.popFirst() {
      let event = catalog.events[Int(field.events.first) + Int(candidate)]
      let start = event.group >= 0 ? scratch.prefixEnds[Int(event.group)] : from
      // Most candidates fall here: their literal does not stand behind the prefix.
      if loadWord(text.bytes, at: start) & event.mask != event.word { continue }
      let pattern = Int(event.pattern)
      if event.group >= 0 {
        for slot in 0..<Int(event.prefixSlots) {
          scratch.slots[slot] = scratch.prefixSlots[Int(event.group) * EventScratch.prefixRoom + slot]
        }
      }
      if Matcher.match(
        start: Int(catalog.patterns[pattern].start), program: program, text: text, from: start,
        end: catalog.patterns[pattern].takesLineFeeds ? wholeEnd : end, slots: scratch.slots, state: &scratch.state)
      {
        return Int(field.events.first) + Int(candidate)
      }
    }
    return -1
  }
}
