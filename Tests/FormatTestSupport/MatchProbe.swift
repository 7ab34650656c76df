import LogBytes
import LogEntries
package import LogFormats

/// One pattern, compiled in a format: what the compiled matcher takes of texts.
package struct MatchProbe: ~Copyable {
  package let pattern: Pattern
  private let catalog: CompiledCatalog
  private let compiled: CompiledPattern
  private let slots = SlotBuffer(count: Matcher.maximumSlots)
  private var bitmaps = ChunkBitmaps()

  package init(_ pattern: Pattern) throws(FormatDiagnostic) {
    self.pattern = pattern
    var format = LogFormat(name: "probe")
    format.entry = [try Pattern.parse("[{time:%H:%M:%S}] {message}")]
    format.continues = [pattern]
    catalog = try CompiledCatalog([format])
    compiled = catalog.patterns[catalog.formats[0].continues.range.lowerBound]
  }

  /// The fields taken, in the order of the pattern; nil if the text does not match from its first to its last byte.
  package mutating func match(_ text: [UInt8]) -> [ReferenceCapture]? {
    match(text, text.indices)
  }

  /// The same for a part of a chunk; positions count from the start of the part.
  package mutating func match(_ chunk: [UInt8], _ part: Range<Int>) -> [ReferenceCapture]? {
    bitmaps.classify(chunk.span)
    let mayBegin = part.isEmpty ? compiled.canBeEmpty : compiled.firstBytes.contains(chunk[part.lowerBound])
    guard mayBegin else { return nil }
    var items: [TailItem] = []
    var end = part.upperBound
    if !compiled.tail.isEmpty {
      end = TailReading.scan(compiled.tail, catalog.program, chunk.span, from: part.lowerBound, end: end, into: &items)
    }
    var state = MatchState()
    let isMatch = Matcher.match(
      start: compiled.start, straight: compiled.straight, program: catalog.program,
      text: MatchText(bytes: chunk.span, bitmaps: bitmaps.words), from: part.lowerBound, end: end, slots: slots, state: &state)
    guard isMatch else { return nil }
    var taken: [ReferenceCapture] = []
    for slot in 0..<Int(compiled.captureCount) where slots[slot] != SlotBuffer.absent {
      taken.append(capture(catalog.captures[Int(compiled.firstCapture) + slot].name, slots[slot], part))
    }
    return taken + items.map { capture(catalog.program.keys[$0.key].name, $0.value, part) }
  }

  private func capture(_ name: NameID, _ slice: FieldSlice, _ part: Range<Int>) -> ReferenceCapture {
    ReferenceCapture(
      name: catalog.names[Int(name.value)], start: Int(slice.start) - part.lowerBound, end: Int(slice.end) - part.lowerBound)
  }
}

/// What the compiled matcher and the reference made of one text, where they differ.
package struct Difference: CustomStringConvertible {
  package var pattern: String
  package var text: [UInt8]
  package var compiled: [ReferenceCapture]?
  package var reference: [ReferenceCapture]?

  package init(pattern: String, text: [UInt8], compiled: [ReferenceCapture]?, reference: [ReferenceCapture]?) {
    self.pattern = pattern
    self.text = text
    self.compiled = compiled
    self.reference = reference
  }

  package var description: String {
    """
    pattern   \(pattern)
    text      \(String(reflecting: String(decoding: text, as: UTF8.self))) \(text)
    compiled  \(show(compiled))
    reference \(show(reference))
    """
  }

  private func show(_ taken: [ReferenceCapture]?) -> String {
    guard let taken else { return "no match" }
    return taken.map { "\($0.name)=\($0.start)..<\($0.end)" }.joined(separator: " ")
  }
}
