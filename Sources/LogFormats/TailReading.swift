import LogBytes
package import LogEntries

/// An item of a tail: which declared key, and its value without quotes.
package struct TailItem: Sendable {
  /// A number in the keys' pool.
  package var key: Int
  package var value: FieldSlice
}

/// Reads `, key: value` from the right (formats/README.md, "Tails from the right").
///
/// Each byte is read at most three times: once to find the commas, once for its item, once for its type.
package enum TailReading {
  /// Where the tail begins in `bytes[from..<end]`; its items, in the order of the keys, replace those of `items`.
  package static func scan(
    _ keys: PoolRange, _ program: ProgramView, _ bytes: Span<UInt8>, from: Int, end: Int, into items: inout [TailItem]
  ) -> Int {
    items.removeAll(keepingCapacity: true)
    let view = bytes.extracting(first: end)
    let line = view.extracting(droppingFirst: from)
    var tail = end
    var at = end
    while true {
      // Not beyond the line's start: the text may go on for megabytes there.
      let comma = lastIndex(of: ASCII.comma, in: line, before: at - from)
      guard comma >= 0 else { break }
      at = from + comma
      guard let (key, value) = item(keys, program, view, at) else { continue }
      let slice = FieldSlice(value, tail)
      guard value <= tail, isItem(slice, program.keys[key].operand, program, view) else { continue }
      items.removeAll { $0.key == key }
      items.append(TailItem(key: key, value: unquoted(slice, view)))
      tail = at
    }
    items.removeAll { $0.value.isEmpty }
    items.sort { $0.key < $1.key }
    return tail
  }

  /// The key of `, key: ` at `comma` (at the end of the text the blank may be missing), and where its value begins.
  private static func item(_ keys: PoolRange, _ program: ProgramView, _ view: Span<UInt8>, _ comma: Int) -> (key: Int, value: Int)? {
    guard comma + 1 < view.count, view[comma + 1] == ASCII.blank else { return nil }
    for index in keys.range {
      let key = program.keys[index]
      let colon = comma + 2 + Int(key.count)
      guard colon < view.count, view[colon] == ASCII.colon else { continue }
      guard (0..<Int(key.count)).allSatisfy({ view[comma + 2 + $0] == program.literals[Int(key.first) + $0] }) else { continue }
      if colon + 1 == view.count { return (index, colon + 1) }
      if view[colon + 1] == ASCII.blank { return (index, colon + 2) }
    }
    return nil
  }

  /// Empty, or between quotes, or without quotes and `, `; and of the key's type.
  private static func isItem(_ slice: FieldSlice, _ operand: Int32, _ program: ProgramView, _ view: Span<UInt8>) -> Bool {
    if slice.isEmpty { return true }
    let first = Int(slice.start)
    let last = Int(slice.end) - 1
    if last > first, view[first] == ASCII.quote, view[last] == ASCII.quote {
      return isOfType(slice, operand, program, view)
    }
    for index in slice.range {
      if view[index] == ASCII.quote || view[index] == ASCII.comma && index < last && view[index + 1] == ASCII.blank { return false }
    }
    return isOfType(slice, operand, program, view)
  }

  private static func isOfType(_ slice: FieldSlice, _ operand: Int32, _ program: ProgramView, _ view: Span<UInt8>) -> Bool {
    guard operand >= 0 else { return true }
    let end = Int(slice.end)
    return Matcher.scanAny(program.strict[Int(operand)], program, view.extracting(first: end), Int(slice.start)) == end
  }

  private static func unquoted(_ slice: FieldSlice, _ view: Span<UInt8>) -> FieldSlice {
    let isQuoted = slice.count > 1 && view[Int(slice.start)] == ASCII.quote
    return isQuoted ? FieldSlice(Int(slice.start) + 1, Int(slice.end) - 1) : slice
  }
}
