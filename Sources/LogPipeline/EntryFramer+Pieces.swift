import LogBytes
import LogEntries
import LogFormats

/// A wrapped text that goes on in a further line of its stream: Docker cuts at 16 KB, the container runtime marks pieces with `P`.
final class WrappedPieces {
  /// The wrapper's entry of the first piece, and what is around it.
  fileprivate var assembly = EntryAssembly()
  fileprivate var outer = OuterEntry()
  fileprivate var text = ByteOutput(capacity: 1024)
  fileprivate var state = EntryFramer.UnwrappingState(found: .none, line: 0, lastLine: 0)

  /// The names of the fields of both entries, for the time in which names are forgotten.
  func fieldNames(_ names: borrowing FieldNames) -> (inner: [String], outer: [String]) {
    (assembly.fieldNames(names), outer.isThere ? outer.assembly.fieldNames(names) : [])
  }

  func renameFields(_ fieldNames: (inner: [String], outer: [String]), _ names: inout FieldNames) {
    assembly.renameFields(fieldNames.inner, &names)
    if outer.isThere { outer.assembly.renameFields(fieldNames.outer, &names) }
  }
}

/// Pieces are joined before anything looks at their text (formats/README.md, "Wrappers").
extension EntryFramer {
  /// Texts that wait for their end at most; a further one is complete as it is.
  static let greatestPieces = 64

  /// Adds the text of `next`, a wrapper's entry, to the pieces before it. True if the text goes on; else `next` is the entry of its first
  /// piece, with all of the text.
  mutating func gather(_ state: inout UnwrappingState, _ key: UInt64, _ main: borrowing MatchText) -> Bool {
    let goesOn = textGoesOn(state.found.format, main)
    guard let piece = pieces[key] else {
      guard goesOn, pieces.count < Self.greatestPieces else { return false }
      let fresh = sparePieces.popLast() ?? WrappedPieces()
      fresh.text.removeAll()
      fresh.state = state
      pieces[key] = fresh
      delayed.begin()
      plannedLimit = 0
      append(to: fresh, state.found.format, main)
      next.ownText(main.bytes)
      if nextOuter.isThere { nextOuter.assembly.ownText(main.bytes) }
      swap(&next, &fresh.assembly)
      swap(&nextOuter, &fresh.outer)
      return true
    }
    append(to: piece, state.found.format, main)
    piece.state.lastLine = lineNumber
    // A text that is as long as an entry may be is complete; what follows it begins another.
    if goesOn, piece.text.count < options.maximumEntryBytes { return true }
    keepLastPart(in: piece, state.found.format, main)
    pieces[key] = nil
    take(piece, &state)
    return false
  }

  /// The end of the stream completes what waits, in the order of the first lines.
  mutating func completePieces(_ main: borrowing MatchText, _ output: inout ByteOutput) {
    if pieces.isEmpty { return }
    let waiting = pieces.values.sorted { $0.state.line < $1.state.line }
    pieces.removeAll(keepingCapacity: true)
    for piece in waiting { complete(piece, main, &output) }
  }

  private mutating func complete(_ piece: WrappedPieces, _ main: borrowing MatchText, _ output: inout ByteOutput) {
    var state = piece.state
    take(piece, &state)
    foundEnds = false
    unwrapNext(state, isJoined: true, start: position, main: main, &output)
  }

  /// A text behind which more is written than an entry may hold is complete as it is.
  mutating func limitDelayed(_ main: borrowing MatchText, _ output: inout ByteOutput) {
    guard delayed.count > options.maximumEntryBytes, !isHolding,
      let oldest = pieces.min(by: { $0.value.state.line < $1.value.state.line })
    else { return }
    pieces[oldest.key] = nil
    complete(oldest.value, main, &output)
  }

  /// Lets entries go out that no text which waits for pieces stands before.
  mutating func releaseDelayed(into output: inout ByteOutput) {
    var first = joinedLine ?? .max
    for piece in pieces.values { first = min(first, piece.state.line) }
    delayed.release(before: first, into: &output)
  }

  mutating func forgetPieces() {
    delayed.removeAll()
    if pieces.isEmpty { return }
    sparePieces += pieces.values
    pieces.removeAll(keepingCapacity: true)
  }

  /// Makes the first piece's entry `next`, with all of the text in the wrapped field.
  private mutating func take(_ piece: WrappedPieces, _ state: inout UnwrappingState) {
    state.line = piece.state.line
    joinedLine = state.line
    state.lastLine = piece.state.lastLine
    swap(&next, &piece.assembly)
    swap(&nextOuter, &piece.outer)
    sparePieces.append(piece)
    guard let wrapped = detector.catalog.formats[state.found.format].wrap else { return }
    let begin = next.entry.scratch.count
    Self.append(piece.text, to: &next)
    let slice = FieldSlice(begin, next.entry.scratch.count)
    if next.field(wrapped) != nil {
      next.replace(wrapped, slice, .scratch)
    } else if wrapped == ReservedNames.message {
      next.putMessage(slice, .scratch, &names)
    } else {
      next.put(wrapped, slice, .string, .scratch, &names)
    }
  }

  private static func append(_ text: borrowing ByteOutput, to entry: inout EntryAssembly) {
    entry.entry.scratch.append(text.span)
  }

  private func textGoesOn(_ format: Int, _ main: borrowing MatchText) -> Bool {
    if let name = detector.catalog.formats[format].partField {
      guard let field = next.field(name) else { return false }
      let isThere = field.kind == .string || field.kind == .number
      return isThere && isEqual(field, detector.catalog.partValue(of: format), main)
    }
    guard let field = detector.catalog.formats[format].wrap.flatMap({ next.field($0) }), field.kind == .string else { return false }
    return field.slice.isEmpty || byte(of: field, at: field.slice.count - 1, main) != ASCII.lineFeed
  }

  private func isEqual(_ field: EntryField, _ value: String, _ main: borrowing MatchText) -> Bool {
    guard field.slice.count == value.utf8.count else { return false }
    for (index, expected) in value.utf8.enumerated() where byte(of: field, at: index, main) != expected { return false }
    return true
  }

  private func byte(of field: EntryField, at index: Int, _ main: borrowing MatchText) -> UInt8 {
    let place = Int(field.slice.start) + index
    return field.source == .text ? main.bytes[place] : next.entry.scratch.span[place]
  }

  private func append(to piece: WrappedPieces, _ format: Int, _ main: borrowing MatchText) {
    guard let field = detector.catalog.formats[format].wrap.flatMap({ next.field($0) }), field.kind == .string else { return }
    append(field, to: &piece.text, main)
  }

  private func append(_ field: EntryField, to output: inout ByteOutput, _ main: borrowing MatchText) {
    if field.source == .text {
      output.append(main.bytes.extracting(field.slice.range))
    } else {
      output.append(next.entry.scratch.span.extracting(field.slice.range))
    }
  }

  /// The field that says whether a text goes on has the value of its last piece.
  private mutating func keepLastPart(in piece: WrappedPieces, _ format: Int, _ main: borrowing MatchText) {
    guard let name = detector.catalog.formats[format].partField, let last = next.field(name), last.kind.hasBytes else { return }
    let start = piece.assembly.entry.scratch.count
    append(last, to: &piece.assembly.entry.scratch, main)
    piece.assembly.replace(name, FieldSlice(start, piece.assembly.entry.scratch.count), .scratch)
  }
}
