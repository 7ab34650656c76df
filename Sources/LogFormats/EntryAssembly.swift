package import LogBytes
package import LogEntries

/// An entry in the making: fields are put into it under names that it does not have yet.
///
/// Constant time a field, without a search: for each name the number of the last entry that had it is kept.
package struct EntryAssembly: ~Copyable {
  package var entry = LogEntry()
  private var lastEntryWith = ReusedBuffer<UInt32>(capacity: 256)
  /// By name: the last entry that numbered it, and the last number; so that a key that stands a thousand times costs a thousand steps.
  private var lastEntryNumbering = ReusedBuffer<UInt32>(capacity: 16)
  private var lastSuffix = ReusedBuffer<UInt32>(capacity: 16)
  /// Room for a name that is made of others.
  package var nameRoom = ByteOutput(capacity: 64)
  /// Room for a cell without its quotes; who uses it takes it out.
  var cellRoom: ByteOutput? = ByteOutput(capacity: 64)
  private var number: UInt32 = 0

  package init() {}

  /// Makes it empty for the next entry.
  package mutating func begin() {
    entry.removeAll()
    number &+= 1
    if number == 0 {
      for index in lastEntryWith.indices { lastEntryWith[index] = 0 }
      for index in lastEntryNumbering.indices { lastEntryNumbering[index] = 0 }
      number = 1
    }
  }

  /// The names of its fields, for the time in which names are forgotten.
  package func fieldNames(_ names: borrowing FieldNames) -> [String] {
    entry.fields.indices.map { names.string(entry.fields[$0].name) }
  }

  /// Gives the fields the numbers that their names have now.
  package mutating func renameFields(_ fieldNames: [String], _ names: inout FieldNames) {
    number &+= 1
    if number == 0 { number = 1 }
    for index in lastEntryWith.indices { lastEntryWith[index] = 0 }
    if entry.time != nil { _ = claim(ReservedNames.time) }
    if entry.level != nil { _ = claim(ReservedNames.level) }
    if entry.message != nil { _ = claim(ReservedNames.message) }
    for (index, name) in fieldNames.enumerated() {
      let name = names.intern(name)
      _ = claim(name)
      entry.fields[index].name = name
    }
  }

  /// True if the entry has a field of this name.
  package func has(_ name: NameID) -> Bool {
    let index = Int(name.value)
    return index < lastEntryWith.count && lastEntryWith[index] == number
  }

  /// Claims a name; false if the entry has it.
  @inline(__always)
  private mutating func claim(_ name: NameID) -> Bool {
    let index = Int(name.value)
    if index >= lastEntryWith.count { growNames(to: index + 1) }
    if lastEntryWith[index] == number { return false }
    lastEntryWith[index] = number
    return true
  }

  @inline(never)
  private mutating func growNames(to count: Int) {
    lastEntryWith.extend(to: max(count, 256), with: 0)
  }

  /// The name, or the first of `name_2`, `name_3`, … that the entry does not have.
  @inline(__always)
  package mutating func claimFree(_ name: NameID, _ names: inout FieldNames) -> NameID {
    claim(name) ? name : claimNumbered(name, &names)
  }

  @inline(never)
  private mutating func claimNumbered(_ name: NameID, _ names: inout FieldNames) -> NameID {
    let index = Int(name.value)
    if index >= lastEntryNumbering.count {
      lastEntryNumbering.extend(to: index + 1, with: 0)
      lastSuffix.extend(to: index + 1, with: 0)
    }
    var suffix = lastEntryNumbering[index] == number ? lastSuffix[index] + 1 : 2
    while true {
      nameRoom.removeAll()
      nameRoom.append(names.name(name))
      nameRoom.append(ASCII.underscore)
      nameRoom.append(decimal: UInt64(suffix))
      let numbered = names.intern(nameRoom.span)
      if claim(numbered) {
        lastEntryNumbering[index] = number
        lastSuffix[index] = suffix
        return numbered
      }
      suffix += 1
    }
  }

  /// A name that is made of another: `x_port`, `x_text`, `_level`. Allocates only for a name that is new.
  package mutating func name(
    before: StaticString = "", _ name: NameID, behind suffix: StaticString = "", _ names: inout FieldNames
  ) -> NameID {
    nameRoom.removeAll()
    nameRoom.append(before)
    nameRoom.append(names.name(name))
    nameRoom.append(suffix)
    return names.intern(nameRoom.span)
  }

  @inline(__always)
  package mutating func put(
    _ name: NameID, _ slice: FieldSlice, _ kind: ValueKind, _ source: ValueSource, _ names: inout FieldNames
  ) {
    entry.fields.append(EntryField(name: claimFree(name, &names), slice: slice, kind: kind, source: source))
  }

  /// The time of the entry, or a further one under `time_2`.
  package mutating func putTime(_ moment: Timestamp, _ names: inout FieldNames) {
    if claim(ReservedNames.time) {
      entry.time = moment
    } else {
      putMoment(ReservedNames.time, moment, &names)
    }
  }

  /// A moment that is not the entry's time.
  package mutating func putMoment(_ name: NameID, _ moment: Timestamp, _ names: inout FieldNames) {
    entry.times.append(moment)
    put(name, FieldSlice(entry.times.count - 1, entry.times.count), .time, .scratch, &names)
  }

  package mutating func putLevel(_ level: Level, _ names: inout FieldNames) {
    if claim(ReservedNames.level) {
      entry.level = level
    } else {
      let start = entry.scratch.count
      entry.scratch.append(level.name)
      put(ReservedNames.level, FieldSlice(start, entry.scratch.count), .string, .scratch, &names)
    }
  }

  package mutating func putMessage(_ slice: FieldSlice, _ source: ValueSource, _ names: inout FieldNames) {
    let field = EntryField(name: ReservedNames.message, slice: slice, kind: .string, source: source)
    if claim(ReservedNames.message) {
      entry.message = field
    } else {
      put(ReservedNames.message, slice, .string, source, &names)
    }
  }

  /// Takes the message out: the name is free again. nil if there is none.
  package mutating func takeMessage() -> EntryField? {
    guard let message = entry.message else { return nil }
    entry.message = nil
    lastEntryWith[Int(ReservedNames.message.value)] = number &- 1
    return message
  }

  /// The value of a field by name; nil if the entry has none. Linear in the fields.
  package func field(_ name: NameID) -> EntryField? {
    if name == ReservedNames.message { return entry.message }
    guard has(name) else { return nil }
    for index in entry.fields.indices where entry.fields[index].name == name { return entry.fields[index] }
    return nil
  }

  /// Another value for the field of this name, if there is one.
  package mutating func replace(_ name: NameID, _ slice: FieldSlice, _ source: ValueSource) {
    if name == ReservedNames.message {
      entry.message?.slice = slice
      entry.message?.source = source
      return
    }
    for index in entry.fields.indices where entry.fields[index].name == name {
      entry.fields[index].slice = slice
      entry.fields[index].source = source
      return
    }
  }

  /// Copies what stands in the stream's text into the entry, which then needs that text no more.
  package mutating func ownText(_ text: Span<UInt8>) {
    if let message = entry.message, message.source == .text {
      let slice = own(text.extracting(message.slice.range))
      entry.message?.slice = slice
      entry.message?.source = .scratch
    }
    for index in entry.fields.indices where entry.fields[index].source == .text && entry.fields[index].kind.hasBytes {
      let slice = own(text.extracting(entry.fields[index].slice.range))
      entry.fields[index].slice = slice
      entry.fields[index].source = .scratch
    }
  }

  /// Appends bytes to the entry's own; answers where they stand.
  package mutating func own(_ bytes: Span<UInt8>) -> FieldSlice {
    let start = entry.scratch.count
    entry.scratch.append(bytes)
    return FieldSlice(start, entry.scratch.count)
  }

  /// Moves all positions in the stream's text back by `distance`: the text before them was thrown away.
  package mutating func shiftText(by distance: Int) {
    let distance = UInt32(distance)
    if let message = entry.message, message.source == .text {
      entry.message?.slice.start = message.slice.start - distance
      entry.message?.slice.end = message.slice.end - distance
    }
    for index in entry.fields.indices where entry.fields[index].source == .text && entry.fields[index].kind.hasBytes {
      entry.fields[index].slice.start -= distance
      entry.fields[index].slice.end -= distance
    }
  }
}
