import LogBytes

/// What a walk over an object or array came to.
@frozen
public enum JSONStep: Sendable {
  /// A member or element: its value begins at `value`.
  case value
  /// The bracket was closed: the walk's `end` is the position behind it.
  case ended
  /// What stands there is no JSON.
  case malformed
}

/// Walks over the members of an object, one at a time. It holds positions only, so that it costs nothing to make.
///
/// The caller says where the last value ended, because it may know a faster way over that value than `JSONScanning.scanValue`:
///
///     var members = JSONMembers(object: start)
///     var end = start
///     while case .value = members.next(in: text, after: end) { end = JSONScanning.scanValue(text, from: members.value) }
///
/// A value that ended at -1 makes the next step `malformed`.
@frozen
public struct JSONMembers: Sendable {
  /// The inside of the key's quotes.
  public var key = 0..<0
  public var keyHasEscapes = false
  /// The first byte of the member's value.
  public var value = 0
  /// Behind the closing brace, once ended.
  public var end = -1
  @usableFromInline var start: Int
  @usableFromInline var isFirst = true

  /// - Parameter start: the position of the opening brace.
  @inlinable
  public init(object start: Int) {
    self.start = start
  }

  /// Goes to the next member. Linear in what it passes; allocates nothing.
  ///
  /// - Parameter previous: the position behind the last value; of no meaning in the first step.
  public mutating func next(in text: Span<UInt8>, after previous: Int) -> JSONStep {
    var at: Int
    if isFirst {
      isFirst = false
      guard start >= 0, start < text.count, text[start] == ASCII.leftBrace else { return .malformed }
      at = JSONScanning.skipBlanks(text, from: start + 1)
      if at < text.count, text[at] == ASCII.rightBrace {
        end = at + 1
        return .ended
      }
    } else {
      guard previous >= 0 else { return .malformed }
      at = JSONScanning.skipBlanks(text, from: previous)
      guard at < text.count else { return .malformed }
      if text[at] == ASCII.rightBrace {
        end = at + 1
        return .ended
      }
      guard text[at] == ASCII.comma else { return .malformed }
      at = JSONScanning.skipBlanks(text, from: at + 1)
    }
    let keyEnd = JSONScanning.scanString(text, from: at, hasEscapes: &keyHasEscapes)
    guard keyEnd >= 0 else { return .malformed }
    key = at + 1..<keyEnd - 1
    at = JSONScanning.skipBlanks(text, from: keyEnd)
    guard at < text.count, text[at] == ASCII.colon else { return .malformed }
    value = JSONScanning.skipBlanks(text, from: at + 1)
    return value < text.count ? .value : .malformed
  }
}

/// Walks over the elements of an array, as `JSONMembers` over the members of an object.
@frozen
public struct JSONElements: Sendable {
  /// The first byte of the element.
  public var value = 0
  /// Behind the closing bracket, once ended.
  public var end = -1
  @usableFromInline var start: Int
  @usableFromInline var isFirst = true

  /// - Parameter start: the position of the opening bracket.
  @inlinable
  public init(array start: Int) {
    self.start = start
  }

  /// Goes to the next element. Linear in what it passes; allocates nothing.
  ///
  /// - Parameter previous: the position behind the last element; of no meaning in the first step.
  public mutating func next(in text: Span<UInt8>, after previous: Int) -> JSONStep {
    if isFirst {
      isFirst = false
      guard start >= 0, start < text.count, text[start] == ASCII.leftBracket else { return .malformed }
      value = JSONScanning.skipBlanks(text, from: start + 1)
      guard value < text.count else { return .malformed }
      if text[value] == ASCII.rightBracket {
        end = value + 1
        return .ended
      }
      return .value
    }
    guard previous >= 0 else { return .malformed }
    let at = JSONScanning.skipBlanks(text, from: previous)
    guard at < text.count else { return .malformed }
    if text[at] == ASCII.rightBracket {
      end = at + 1
      return .ended
    }
    guard text[at] == ASCII.comma else { return .malformed }
    value = JSONScanning.skipBlanks(text, from: at + 1)
    return value < text.count ? .value : .malformed
  }
}
