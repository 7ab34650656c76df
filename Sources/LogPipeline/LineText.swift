import LogBytes

/// Lines as patterns see them.
public enum LineText {
  /// A line without its line feed, cleaned as formats/README.md, "Lines", says: without CRs and NULs at its end, a byte order mark at its
  /// start, and colour codes. Linear.
  public static func cleaned(_ line: Span<UInt8>) -> [UInt8] {
    let whole = LineCleaning.trimmed(line, from: 0, end: line.count)
    var output = ByteOutput(capacity: line.count)
    LineCleaning.appendWithoutColours(line.extracting(whole.from..<whole.end), to: &output)
    let span = output.span
    let (from, end) = LineCleaning.trimmed(span, from: 0, end: span.count)
    return (from..<end).map { span[$0] }
  }
}
