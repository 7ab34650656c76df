import LogBytes
import LogEntries
import LogJSON

/// Makes an entry of a JSON object (formats/README.md, "JSON").
final class JSONEntryReader {
  private var table: KeyTable
  private let declaration: KeyedDeclaration
  /// What `satisfies` is if all groups of `require` are satisfied.
  let everyGroup: UInt32
  private var meanings = KeyMeanings()
  /// Shapes of objects that lack a key which the format requires, each at a place of its own: most objects of a log have one of few.
  private var refused = [UInt64](repeating: 0, count: 64)
  private let hash = KeyHash.shared

  init(_ declaration: KeyedDeclaration) {
    self.declaration = declaration
    table = KeyTable(declaration)
    everyGroup = declaration.require.count >= 32 ? .max : (1 << UInt32(declaration.require.count)) - 1
  }

  /// Forgets keys that logs brought, when there are too many. No entry may be alive.
  func forgetKeys() {
    table.removeAll()
  }

  var isFull: Bool { table.isFull }

  /// True if the object has the keys that the format requires.
  func accepts(
    _ object: borrowing JSONObject, _ text: Span<UInt8>, catalog: CompiledCatalog, format: Int, _ assembly: inout EntryAssembly,
    _ names: inout FieldNames
  ) -> Bool {
    let place = Int(truncatingIfNeeded: object.shape &>> 58)
    if refused[place] == object.shape, object.shape != 0 { return false }
    meanings.removeAll()
    for index in object.members.indices {
      let member = object.members[index]
      let meaning: KeyMeaning
      if member.keyHasEscapes {
        var key = ByteOutput(capacity: 64)
        key.appendJSONUnescaped(text.extracting(member.key.range))
        let slice = FieldSlice(0, key.count)
        meaning = table.meaning(of: slice, hash: hash(slice, key.span), in: key.span, catalog: catalog, format: format, &assembly, &names)
      } else {
        meaning = table.meaning(of: member.key, hash: member.keyHash, in: text, catalog: catalog, format: format, &assembly, &names)
      }
      meanings.append(meaning, isNothing: member.isNothing)
    }
    let satisfied = meanings.satisfied
    if satisfied == everyGroup { return true }
    guard meanings.hasPathHead else {
      refused[place] = object.shape
      return false
    }
    for (index, group) in declaration.require.enumerated() where satisfied & (1 << UInt32(index)) == 0 {
      let isThere = group.contains { path in
        object.value(at: path, in: text).map { !$0.isNothing } ?? false
      }
      if !isThere { return false }
    }
    return true
  }

  /// False if no object with the keys of this one has what the format requires, whatever their values are. Requires keys without escapes.
  func mayAcceptKeys(of object: borrowing JSONObject, _ text: Span<UInt8>) -> Bool {
    for group in declaration.require {
      var isThere = false
      for path in group {
        let head = path.utf8.firstIndex(of: ASCII.dot).map { path.utf8[..<$0] } ?? path.utf8[...]
        // A key may hold the dot itself.
        isThere = isThere || object.index(of: head, in: text) >= 0 || object.index(of: path.utf8[...], in: text) >= 0
      }
      if !isThere { return false }
    }
    return true
  }

  /// Keeps the shape of the object that was accepted last.
  func learn(_ object: borrowing JSONObject, _ text: Span<UInt8>, from: Int, end: Int, into shapes: inout LineShapes) {
    let count = object.members.count
    guard count > 0, count <= LineShapes.greatestCount else { return }
    var link = 0
    var at = from
    for index in object.members.indices {
      let member = object.members[index]
      let isString = member.kind == .string
      let text = text.extracting(at..<Int(member.value.start))
      guard let next = shapes.link(behind: link, text, opensString: isString) else { return }
      link = next
      at = Int(member.value.end) + (isString ? 1 : 0)
    }
    // Nothing but the brace stands behind the last value.
    guard at == end - 1 else { return }
    // A message inside of another value is looked for elsewhere.
    for path in declaration.message where Self.head(of: path, object, text) >= 0 { return }
    shapes.end(
      at: link, count: count, meanings, declaration, everyGroup: everyGroup, isString: { object.members[$0].kind == .string },
      head: { Self.head(of: $0, object, text) })
  }

  /// The member whose key is the first part of a dotted path; -1 if there is none.
  private static func head(of path: String, _ object: borrowing JSONObject, _ text: Span<UInt8>) -> Int {
    guard let dot = path.utf8.firstIndex(of: ASCII.dot) else { return -1 }
    return object.index(of: path.utf8[..<dot], in: text)
  }

  /// The value at a dotted path inside of the object that begins at `start` and is the value of the path's first part; nil if there is none.
  func timeValue(_ path: Int, _ text: Span<UInt8>, object start: Int) -> JSONMember? {
    JSONObject.value(behindHeadOf: declaration.time[path], in: text, object: start)
  }

  func levelValue(_ path: Int, _ text: Span<UInt8>, object start: Int) -> JSONMember? {
    JSONObject.value(behindHeadOf: declaration.level[path], in: text, object: start)
  }

  /// Puts the members into the entry; `accepts` has been asked for this object.
  func read(
    _ object: borrowing JSONObject, _ text: Span<UInt8>, origin: MatchOrigin, catalog: CompiledCatalog, format: Int,
    clock: inout Clock, into assembly: inout EntryAssembly, names: inout FieldNames
  ) {
    let time = readTime(object, text, catalog, catalog.layouts[format], &clock, &assembly, &names)
    let level = readLevel(object, text, catalog, format, &assembly, &names)
    let message = readMessage(object, text, origin, &assembly, &names)
    for index in object.members.indices where index != time && index != level && index != message {
      let member = object.members[index]
      if member.isNothing { continue }
      if catalog.formats[format].hasAbsent, member.kind == .string, catalog.isAbsent(text, member.value, format) { continue }
      Self.put(meanings[index].name, member, text, origin, &assembly, &names)
    }
  }

  private static func put(
    _ name: NameID, _ member: JSONMember, _ text: Span<UInt8>, _ origin: MatchOrigin, _ assembly: inout EntryAssembly,
    _ names: inout FieldNames
  ) {
    switch member.kind {
    case .string:
      if member.hasEscapes {
        let start = assembly.entry.scratch.count
        assembly.entry.scratch.appendJSONUnescaped(text.extracting(member.value.range))
        assembly.put(name, FieldSlice(start, assembly.entry.scratch.count), .string, .scratch, &names)
      } else {
        assembly.put(name, origin.slice(member.value), .string, origin.source, &names)
      }
    case .number:
      let kind: ValueKind = member.value.count > 15 && integerExceedsDouble(text.extracting(member.value.range)) ? .string : .number
      assembly.put(name, origin.slice(member.value), kind, origin.source, &names)
    case .yes: assembly.put(name, FieldSlice(0, 0), .yes, origin.source, &names)
    case .no: assembly.put(name, FieldSlice(0, 0), .no, origin.source, &names)
    case .object, .array:
      let start = assembly.entry.scratch.count
      assembly.entry.scratch.appendMinified(text.extracting(member.value.range))
      assembly.put(name, FieldSlice(start, assembly.entry.scratch.count), .json, .scratch, &names)
    case .null: break
    }
  }

  /// The key of the lowest rank whose value `reads`, `best` if it does; -1 if none does, `object.members.count` if a nested one did.
  private func first(
    _ best: Int, _ object: borrowing JSONObject, _ text: Span<UInt8>, rank rankOf: (KeyMeaning) -> UInt8, paths: [String],
    reads: (JSONMember) -> Bool
  ) -> Int {
    var best = best
    var tried = -1
    while true {
      let rank = best < 0 ? paths.count : Int(rankOf(meanings[best]))
      if meanings.hasPathHead, tried + 1 < rank {
        for path in paths[(tried + 1)..<rank] where path.utf8.contains(ASCII.dot) {
          if let member = object.value(at: path, in: text), reads(member) { return object.members.count }
        }
      }
      if best < 0 { return -1 }
      if reads(object.members[best]) { return best }
      tried = rank
      best = meanings.next(after: tried, rank: rankOf)
    }
  }

  private func readTime(
    _ object: borrowing JSONObject, _ text: Span<UInt8>, _ catalog: CompiledCatalog, _ layouts: [StrictOperand], _ clock: inout Clock,
    _ assembly: inout EntryAssembly, _ names: inout FieldNames
  ) -> Int {
    var parts = TimeParts()
    let index = first(meanings.time, object, text, rank: { $0.timeRank }, paths: declaration.time) { member in
      Self.scanTime(member, text, catalog, layouts, &parts)
    }
    guard index >= 0, let moment = clock.resolve(parts, movesPrevious: true) else { return -1 }
    assembly.putTime(moment, &names)
    return index
  }

  static func scanTime(
    _ member: JSONMember, _ text: Span<UInt8>, _ catalog: CompiledCatalog, _ layouts: [StrictOperand], _ parts: inout TimeParts
  ) -> Bool {
    guard member.kind == .string && !member.hasEscapes || member.kind == .number, !member.value.isEmpty else { return false }
    return KeyedTime.scan(text, member.value, catalog, layouts, &parts)
  }

  private func readLevel(
    _ object: borrowing JSONObject, _ text: Span<UInt8>, _ catalog: CompiledCatalog, _ format: Int,
    _ assembly: inout EntryAssembly, _ names: inout FieldNames
  ) -> Int {
    var level = Level.info
    let index = first(meanings.level, object, text, rank: { $0.levelRank }, paths: declaration.level) { member in
      guard let known = Self.level(member, text, catalog, format) else { return false }
      level = known
      return true
    }
    if index >= 0 { assembly.putLevel(level, &names) }
    return index
  }

  static func level(_ member: JSONMember, _ text: Span<UInt8>, _ catalog: CompiledCatalog, _ format: Int) -> Level? {
    guard member.kind == .string || member.kind == .number else { return nil }
    return KeyedLevel.level(text.extracting(member.value.range), catalog, format)
  }

  private func readMessage(
    _ object: borrowing JSONObject, _ text: Span<UInt8>, _ origin: MatchOrigin, _ assembly: inout EntryAssembly,
    _ names: inout FieldNames
  ) -> Int {
    var found: JSONMember?
    let index = first(meanings.message, object, text, rank: { $0.messageRank }, paths: declaration.message) { member in
      guard member.kind == .string else { return false }
      found = member
      return true
    }
    guard let found else { return -1 }
    if found.hasEscapes {
      let start = assembly.entry.scratch.count
      assembly.entry.scratch.appendJSONUnescaped(text.extracting(found.value.range))
      assembly.putMessage(FieldSlice(start, assembly.entry.scratch.count), .scratch, &names)
    } else {
      assembly.putMessage(origin.slice(found.value), origin.source, &names)
    }
    return index
  }
}

/// JSON that is a part of a line.
enum JSONEntryReading {
  /// A JSON value that a pattern took; false if it is none.
  static func appendValue(_ raw: Span<UInt8>, to output: inout ByteOutput) -> Bool {
    guard JSONScanning.scanValue(raw, from: 0) == raw.count else { return false }
    output.appendMinified(raw)
    return true
  }
}
