import LogBytes
import LogEntries
import LogFormats

/// The entry of a wrapper around another entry.
struct OuterEntry: ~Copyable {
  var assembly = EntryAssembly()
  /// The wrapper; -1 for none.
  var format = -1

  var isThere: Bool { format >= 0 }
}

/// What a wrapper says of the entry inside of it (formats/README.md, "Wrappers").
extension EntryFramer {
  /// `next` is the wrapper's entry and `inner` what was found in it: from now on `next` is the inner one, in the wrapper's.
  mutating func nest(in wrapper: Int) {
    if nextOuter.isThere {
      Self.addFields(of: nextOuter.assembly, wrapped: wrappedField(of: nextOuter.format), to: &next, &outerName, &names)
    }
    swap(&nextOuter.assembly, &next)
    nextOuter.format = wrapper
    swap(&next, &inner)
  }

  /// Behind the open entry's fields come the wrapper's.
  mutating func addOuterFields() {
    Self.addFields(of: openOuter.assembly, wrapped: wrappedField(of: openOuter.format), to: &open, &outerName, &names)
    openOuter.format = -1
  }

  private func wrappedField(of wrapper: Int) -> NameID {
    detector.catalog.formats[wrapper].wrap ?? ReservedNames.none
  }

  /// The fields of a wrapper but the wrapped one; those with a name that is taken as `outer_…`.
  private static func addFields(
    of outer: borrowing EntryAssembly, wrapped: NameID, to entry: inout EntryAssembly, _ room: inout ByteOutput,
    _ names: inout FieldNames
  ) {
    if let time = outer.entry.time {
      if entry.entry.time == nil {
        entry.putTime(time, &names)
      } else {
        entry.putMoment(outerName(of: ReservedNames.time, &room, &names), time, &names)
      }
    }
    if let level = outer.entry.level {
      if entry.entry.level == nil {
        entry.putLevel(level, &names)
      } else {
        let start = entry.entry.scratch.count
        entry.entry.scratch.append(level.name)
        entry.put(
          outerName(of: ReservedNames.level, &room, &names), FieldSlice(start, entry.entry.scratch.count), .string, .scratch, &names)
      }
    }
    if wrapped != ReservedNames.message, let message = outer.entry.message {
      if entry.entry.message == nil {
        entry.putMessage(slice(of: message, of: outer, in: &entry), message.source, &names)
      } else {
        put(message, of: outer, as: outerName(of: ReservedNames.message, &room, &names), to: &entry, &names)
      }
    }
    for index in outer.entry.fields.indices {
      let field = outer.entry.fields[index]
      if field.name == wrapped { continue }
      put(field, of: outer, as: entry.has(field.name) ? outerName(of: field.name, &room, &names) : field.name, to: &entry, &names)
    }
  }

  private static func put(
    _ field: EntryField, of outer: borrowing EntryAssembly, as name: NameID, to entry: inout EntryAssembly, _ names: inout FieldNames
  ) {
    if field.kind == .time {
      entry.putMoment(name, outer.entry.times[Int(field.slice.start)], &names)
    } else {
      entry.put(name, slice(of: field, of: outer, in: &entry), field.kind, field.source, &names)
    }
  }

  /// Where the bytes of a field stand in the other entry: those of the entry's own are copied.
  private static func slice(of field: EntryField, of outer: borrowing EntryAssembly, in entry: inout EntryAssembly) -> FieldSlice {
    guard field.source == .scratch, field.kind.hasBytes else { return field.slice }
    let start = entry.entry.scratch.count
    entry.entry.scratch.append(outer.entry.scratch.span.extracting(field.slice.range))
    return FieldSlice(start, entry.entry.scratch.count)
  }

  /// `outer_` and the name. Allocates only for a name that is new.
  private static func outerName(of name: NameID, _ room: inout ByteOutput, _ names: inout FieldNames) -> NameID {
    room.removeAll()
    room.append("outer_")
    room.append(names.name(name))
    return names.intern(room.span)
  }
}
