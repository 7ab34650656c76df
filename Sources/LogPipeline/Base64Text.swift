import LogBytes
import LogCodecs

/// Records whose text is base64 again: some agents encode what the service's client encodes anyway.
///
/// There is no mark for it, so that evidence decides: the whole record is strict base64, and what it stands for is a compression, an
/// aggregate, clearly text, or base64 of these. A word that happens to have the alphabet of base64 stands for none of these.
enum Base64Text {
  /// Shorter texts prove nothing.
  private static let fewestCharacters = 16

  /// Decodes a text that is base64 by this evidence, with at most one line end behind it; else answers false and appends nothing. Linear,
  /// and done after a few bytes with most texts.
  ///
  /// - Parameter depth: how many times the text may be encoded.
  static func decode(_ text: Span<UInt8>, depth: Int, into output: inout ByteOutput) -> Bool {
    var end = text.count
    if end > 0, text[end - 1] == ASCII.lineFeed { end -= 1 }
    if end > 0, text[end - 1] == ASCII.carriageReturn { end -= 1 }
    guard depth > 0, end >= fewestCharacters, end % 4 == 0 else { return false }
    for index in 0..<fewestCharacters - 2 where !isInAlphabet(text[index]) { return false }
    let start = output.count
    guard Base64.decode(text.extracting(first: end), into: &output) else { return false }
    if isEvident(output.span.extracting(droppingFirst: start), depth: depth - 1) { return true }
    output.truncate(to: start)
    return false
  }

  private static func isInAlphabet(_ byte: UInt8) -> Bool {
    ASCII.isLetterOrDigit(byte) || byte == ASCII.plus || byte == ASCII.slash
  }

  private static func isEvident(_ bytes: Span<UInt8>, depth: Int) -> Bool {
    if Codec.isEvident(in: bytes) || KPLAggregate(bytes) != nil || isClearlyText(bytes) { return true }
    var inner = ByteOutput(capacity: 0)
    return decode(bytes, depth: depth, into: &inner)
  }

  /// UTF-8 without any control byte but tab, line ends and ESC, of several words or in brackets.
  private static func isClearlyText(_ bytes: Span<UInt8>) -> Bool {
    guard countControlBytes(bytes) == 0, validateUTF8(bytes) < 0 else { return false }
    if bytes[0] == ASCII.leftBrace || bytes[0] == ASCII.leftBracket { return true }
    return firstIndex(of: ASCII.blank, or: ASCII.tab, in: bytes, from: 0) >= 0
  }
}
