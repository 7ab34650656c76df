import LogBytes

/// Reads an object that is printed over several lines, line by line, and says at once when it is no JSON (RFC 8259).
///
/// A string cannot go on in another line, so between two lines only the open brackets and what is expected next have to be remembered.
/// Linear; allocates nothing.
public struct JSONPrefix: Sendable {
  public enum State: Sendable {
    /// The text goes on.
    case open
    /// The object ended, and nothing stands behind it.
    case complete
    /// This is no JSON.
    case broken
  }

  private enum Expectation {
    case value, firstValue, key, firstKey, colon, commaOrEnd
  }

  /// One bit a bracket: whether it is a brace.
  private var isObject: UInt128 = 0
  private var depth = 0
  private var expectation = Expectation.value

  public init() {}

  /// Reads the first line, which must begin with a brace.
  public mutating func begin(_ line: Span<UInt8>) -> State {
    self = JSONPrefix()
    guard !line.isEmpty, line[0] == ASCII.leftBrace else { return .broken }
    return append(line)
  }

  /// Reads a further line.
  public mutating func append(_ line: Span<UInt8>) -> State {
    var at = JSONScanning.skipBlanks(line, from: 0)
    while at < line.count {
      at = readToken(line, at)
      if at < 0 { return .broken }
      at = JSONScanning.skipBlanks(line, from: at)
      if depth == 0 { return at == line.count ? .complete : .broken }
    }
    return .open
  }

  /// The place behind the token at `at`, -1 if none may stand there.
  private mutating func readToken(_ line: Span<UInt8>, _ at: Int) -> Int {
    switch line[at] {
    case ASCII.rightBrace, ASCII.rightBracket: return close(isBrace: line[at] == ASCII.rightBrace) ? at + 1 : -1
    case ASCII.comma:
      guard expectation == .commaOrEnd else { return -1 }
      expectation = isObject & 1 == 1 ? .key : .value
      return at + 1
    case ASCII.colon:
      guard expectation == .colon else { return -1 }
      expectation = .value
      return at + 1
    case ASCII.leftBrace, ASCII.leftBracket:
      guard expectation == .value || expectation == .firstValue, depth < JSONScanning.greatestDepth else { return -1 }
      let isBrace = line[at] == ASCII.leftBrace
      isObject = isObject << 1 | (isBrace ? 1 : 0)
      depth += 1
      expectation = isBrace ? .firstKey : .firstValue
      return at + 1
    default:
      if expectation == .key || expectation == .firstKey {
        expectation = .colon
        var hasEscapes = false
        return JSONScanning.scanString(line, from: at, hasEscapes: &hasEscapes)
      }
      guard expectation == .value || expectation == .firstValue else { return -1 }
      expectation = .commaOrEnd
      return JSONScanning.scanValue(line, from: at)
    }
  }

  private mutating func close(isBrace: Bool) -> Bool {
    guard depth > 0, (isObject & 1 == 1) == isBrace else { return false }
    guard expectation == .commaOrEnd || expectation == (isBrace ? .firstKey : .firstValue) else { return false }
    isObject >>= 1
    depth -= 1
    expectation = .commaOrEnd
    return true
  }
}
