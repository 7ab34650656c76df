import LogBytes

/// What the first 16 bytes of a text must be for a pattern to match: literals, the digits of times.
///
/// Most patterns that are tried on a line fail in their first bytes, so that two comparisons save the way into the matcher. A head is
/// necessary, never sufficient.
struct PatternHead: Sendable, BitwiseCopyable {
  private var words: (UInt64, UInt64) = (0, 0)
  private var masks: (UInt64, UInt64) = (0, 0)

  init(_ elements: [PatternElement]) {
    var builder = Builder()
    builder.append(elements)
    words = (builder.word(0), builder.word(8))
    masks = (builder.mask(0), builder.mask(8))
  }

  /// False if the text at `from` cannot match. Bytes behind the text's end may be looked at: where they decide, the text is too short.
  @inline(__always)
  func allows(_ text: borrowing MatchText, _ from: Int) -> Bool {
    if text.word(at: from) & masks.0 != words.0 { return false }
    if masks.1 == 0 { return true }
    return from &+ 8 <= text.count && text.word(at: from &+ 8) & masks.1 == words.1
  }

  private struct Builder {
    private var expected: [UInt8] = []
    private var masks: [UInt8] = []

    /// Appends elements as far as their width is fixed; false if what follows stands nowhere certain.
    @discardableResult
    mutating func append(_ elements: [PatternElement]) -> Bool {
      for element in elements {
        if expected.count >= 16 { return false }
        switch element {
        case .literal(let bytes): for byte in bytes { append(byte, mask: 0xff) }
        case .strict(let field): if !append(field) { return false }
        case .composite(let field): if !append(field.elements) { return false }
        case .run, .group, .blanks: return false
        }
      }
      return true
    }

    private mutating func append(_ field: StrictField) -> Bool {
      switch field.type {
      case .flag(let bytes):
        for byte in bytes { append(byte, mask: 0xff) }
        return true
      case .layout(let layout):
        for operation in TimeScanning.operations(of: layout, firstName: 0) {
          guard operation.code == .block else { return false }
          let digits = operation.pairs | operation.pairs << 8
          for index in 0..<UInt64(operation.width) {
            let byte = UInt8(truncatingIfNeeded: operation.expected >> (8 * index))
            append(byte, mask: digits >> (8 * index) & 0xff != 0 ? 0xf0 : 0xff)
          }
        }
        return true
      case .iso:
        // A date, one of three bytes, hours and minutes; what follows may be absent.
        for byte in "0000-00-00?00:00".utf8 {
          append(byte == ASCII.questionMark ? 0 : byte, mask: byte == ASCII.questionMark ? 0 : byte == ASCII.zero ? 0xf0 : 0xff)
        }
        return false
      default: return false
      }
    }

    private mutating func append(_ byte: UInt8, mask: UInt8) {
      expected.append(byte & mask)
      masks.append(mask)
    }

    func word(_ first: Int) -> UInt64 { Self.word(expected, first) }
    func mask(_ first: Int) -> UInt64 { Self.word(masks, first) }

    private static func word(_ bytes: [UInt8], _ first: Int) -> UInt64 {
      bytes.dropFirst(first).prefix(8).enumerated().reduce(0) { $0 | UInt64($1.element) << UInt64(8 * $1.offset) }
    }
  }
}
