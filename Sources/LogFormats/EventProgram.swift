package import LogBytes
package import LogEntries

// Events are a second stage of patterns on one field, often many: all lines of a game share a few beginnings (`{player:name} `, a player's
// token) and differ in a word behind. So patterns with an equal first element, a closed run or a composite type, form a group: the element
// is matched once, and the byte that stands behind it, at the place where the members differ most, says which patterns are left. Members
// that go on alike, with the same optional element (`{? [{position:pos}]}`), are a group inside of the group.
// A set of patterns is a `ByteSet`, whose members are numbers of patterns below 256; the lowest that matches wins, as the file orders them.

/// The events of one field.
package struct EventField: Sendable, BitwiseCopyable {
  package var field: NameID
  package var events: PoolRange
  package var groups: PoolRange
  /// Rows of 256 in `eventTables`: by the first byte, the events that stand in no group.
  package var table: UInt32
  /// Four bytes, which may repeat: the patterns in `searching`, which begin with an open run, match no text without one of them. 0 for none.
  package var searched: UInt32 = 0
  /// Nothing: it fills a gap.
  var padding: UInt32 = 0
  /// Those that can match the empty text.
  package var onEmpty: ByteSet
  package var searching = ByteSet()
}

/// Events that begin alike.
package struct EventGroup: Sendable, BitwiseCopyable {
  // In an order without gaps (`ImageCoder`).
  package var prefix: UInt32
  /// Rows of 256: by the byte `offset` behind the prefix.
  package var table: UInt32
  package var offset: UInt32
  /// The prefix is one run through a set, `runInSet`; 0 for no.
  package var isRun: UInt16
  /// Where in `EventScratch.prefixSlots` its slots stand.
  package var room: UInt16
  /// The group, among those of its field, whose prefix stands before this one, which is an optional element; -1 for none.
  package var parent: Int32
  /// The slots of the parent's prefix, which come first, if they must be copied: an only child has the room of its parent.
  package var parentSlots: UInt32
  package var firstBytes: ByteSet
  /// Those that may match where no such byte stands.
  package var beyondEnd: ByteSet
}

package struct Event: Sendable, BitwiseCopyable {
  // In an order without gaps (`ImageCoder`).
  package var name: NameID
  package var pattern: UInt32
  /// The first eight bytes of the literal behind the prefix, or at the start; the mask is 0 if there is none.
  package var word: UInt64
  package var mask: UInt64
  /// The group's place among those of its field, -1 for none.
  package var group: Int16
  package var prefixSlots: UInt16
}

/// What a match of events needs room for; reused.
package struct EventScratch: ~Copyable {
  static let maximumGroups = 16
  /// Slots of the prefixes, `prefixRoom` a group.
  static let prefixRoom = 16
  let prefixSlots = SlotBuffer(count: maximumGroups * prefixRoom)
  var prefixEnds = ReusedBuffer<Int>(capacity: maximumGroups)
  package let slots = SlotBuffer(count: Matcher.maximumSlots)
  package var state = MatchState()

  package init() {
    prefixEnds.extend(to: EventScratch.maximumGroups, with: -1)
  }
}

enum EventMatching {
  /// The first event of the field that matches `text.bytes[from..<end]`, its slots in `scratch.slots`; -1 if none does.
  static func match(
    _ number: Int, _ view: EventView, program: ProgramView, text: borrowing MatchText, from: Int, end: Int,
    wholeEnd: Int, scratch: inout EventScratch
  ) -> Int {
    let fields = view.fields
    let groups = view.groups
    let tables = view.tables
    var candidates: ByteSet
    if from < end {
      let first = text[from]
      candidates = tables[Int(fields[number].table) &+ Int(first)]
      var index = 0
      while index < Int(fields[number].groups.count) {
        let group = Int(fields[number].groups.first) &+ index
        let parent = Int(groups[group].parent)
        var behind = -1
        if parent >= 0 {
          if scratch.prefixEnds[parent] >= 0 { behind = matchFurther(group, parent, fields[number], groups, program, text, end, &scratch) }
        } else if groups[group].firstBytes.contains(first) {
          behind = matchPrefix(group, groups, program, text, from, end, &scratch)
        }
        scratch.prefixEnds[index] = behind
        if behind >= 0 {
          let place = behind &+ Int(groups[group].offset)
          candidates.formUnion(place < end ? tables[Int(groups[group].table) &+ Int(text[place])] : groups[group].beyondEnd)
        }
        index &+= 1
      }
    } else {
      candidates = fields[number].onEmpty
      // The first line is blank, but a pattern that takes line feeds sees what stands behind it.
      if from < wholeEnd { candidates.formUnion(tables[Int(fields[number].table) &+ Int(text[from])]) }
    }
    let events = view.events
    let patterns = view.patterns
    let firstEvent = Int(fields[number].events.first)
    var isSearched = fields[number].searched == 0
    while let candidate = candidates.popFirst() {
      if !isSearched, fields[number].searching.contains(candidate) {
        // One look at the text for all of them.
        isSearched = true
        if text.firstIndex(ofAny: fields[number].searched, from: from, limit: end) == end {
          candidates = candidates.subtracting(fields[number].searching)
          continue
        }
      }
      let event = firstEvent &+ Int(candidate)
      let group = Int(events[event].group)
      let start = group >= 0 ? scratch.prefixEnds[group] : from
      // Most candidates fall here: their literal does not stand behind the prefix.
      if text.word(at: start) & events[event].mask != events[event].word { continue }
      let pattern = Int(events[event].pattern)
      if events[event].prefixSlots > 0 {
        let room = Int(groups[Int(fields[number].groups.first) &+ group].room)
        scratch.slots.copyBlocks(of: scratch.prefixSlots, from: room, count: Int(events[event].prefixSlots))
      }
      let last = patterns[pattern].takesLineFeeds ? wholeEnd : end
      let isMatched = Matcher.match(
        start: patterns[pattern].start, straight: patterns[pattern].straight, program: program, text: text, from: start, end: last,
        slots: scratch.slots, state: &scratch.state)
      if isMatched { return event }
    }
    return -1
  }

  /// Where the prefix of a group inside of a group ends, which may be absent.
  @inline(__always)
  private static func matchFurther(
    _ group: Int, _ parent: Int, _ field: EventField, _ groups: Pool<EventGroup>, _ program: ProgramView, _ text: borrowing MatchText,
    _ end: Int, _ scratch: inout EventScratch
  ) -> Int {
    let room = Int(groups[group].room)
    let parentRoom = Int(groups[Int(field.groups.first) &+ parent].room)
    for slot in 0..<Int(groups[group].parentSlots) { scratch.prefixSlots[room &+ slot] = scratch.prefixSlots[parentRoom &+ slot] }
    let start = Int(groups[group].prefix)
    let from = scratch.prefixEnds[parent]
    let instructions = program.instructions
    if instructions[start].detail == GroupLook.literal, text.word(at: from) & instructions[start].mask != instructions[start].word {
      // The element is not there.
      for slot in Int(instructions[start].slot)..<Int(instructions[start].least) {
        scratch.prefixSlots[room &+ slot] = SlotBuffer.absent
      }
      return from
    }
    return Matcher.run(
      start: start, slotOffset: room, program: program, text: text, from: from, end: end, slots: scratch.prefixSlots,
      state: &scratch.state)
  }

  /// Where a group's prefix ends; -1 if it does not stand at `from`.
  @inline(__always)
  private static func matchPrefix(
    _ group: Int, _ groups: Pool<EventGroup>, _ program: ProgramView, _ text: borrowing MatchText, _ from: Int, _ end: Int,
    _ scratch: inout EventScratch
  ) -> Int {
    let start = Int(groups[group].prefix)
    let room = Int(groups[group].room)
    let instructions = program.instructions
    if groups[group].isRun != 0 {
      let behind = Matcher.scanSet(program, start, text, from, end)
      if behind >= 0, instructions[start].slot != Instruction.noSlot { scratch.prefixSlots[room] = FieldSlice(from, behind) }
      return behind
    }
    return Matcher.run(
      start: start, slotOffset: room, program: program, text: text, from: from, end: end, slots: scratch.prefixSlots,
      state: &scratch.state)
  }
}
