import LogBytes

/// Why a text is no JSON: the place is a byte offset; line and column are found when the error is printed.
public struct JSONError: Error, Sendable, Hashable {
  public var message: String
  /// From 0.
  public var offset: Int

  public init(message: String, offset: Int) {
    self.message = message
    self.offset = offset
  }

  /// `MESSAGE at line L, column C (byte B)`, all from 1.
  public func description(in text: Span<UInt8>) -> String {
    let place = textPosition(of: offset, in: text)
    return "\(message) at line \(place.line), column \(place.column) (byte \(offset + 1))"
  }
}

/// The line and column of a byte, from 1; a column counts bytes. Linear.
public func textPosition(of offset: Int, in text: Span<UInt8>) -> (line: Int, column: Int) {
  var line = 1
  var start = 0
  for index in 0..<min(offset, text.count) where text[index] == ASCII.lineFeed {
    line += 1
    start = index + 1
  }
  return (line, min(offset, text.count) - start + 1)
}
