import LogBytes

/// What is cut from a line before anything looks at it (formats/README.md, "Lines").
enum LineCleaning {
  /// The line without CRs and then NULs at its end, and without a byte order mark at its start.
  @inline(__always)
  static func trimmed(_ text: Span<UInt8>, from: Int, end: Int) -> (from: Int, end: Int) {
    var start = from
    var last = end
    if last > start, text[last - 1] == ASCII.carriageReturn || text[last - 1] == 0 {
      while last > start, text[last - 1] == ASCII.carriageReturn { last -= 1 }
      while last > start, text[last - 1] == 0 { last -= 1 }
    }
    if last - start >= 3, text[start] == 0xef, text[start + 1] == 0xbb, text[start + 2] == 0xbf { start += 3 }
    return (start, last)
  }

  /// True if the line holds nothing but blanks and tabs.
  @inline(__always)
  static func isBlank(_ text: Span<UInt8>, from: Int, end: Int) -> Bool {
    var at = from
    while at < end {
      if text[at] != ASCII.blank, text[at] != ASCII.tab { return false }
      at += 1
    }
    return true
  }

  /// Appends the line without ANSI codes: ESC `[`, parameters, and a final byte (ECMA-48, section 5.4).
  static func appendWithoutColours(_ line: Span<UInt8>, to output: inout ByteOutput) {
    var at = 0
    while at < line.count {
      let escape = firstIndex(of: ASCII.escape, in: line, from: at)
      if escape < 0 {
        output.append(line.extracting(droppingFirst: at))
        return
      }
      output.append(line.extracting(at..<escape))
      at = codeEnd(line, escape)
      if at == escape {
        output.append(ASCII.escape)
        at += 1
      }
    }
  }

  /// Where the code at `start` ends; `start` itself if there is none.
  private static func codeEnd(_ line: Span<UInt8>, _ start: Int) -> Int {
    guard start + 1 < line.count, line[start + 1] == ASCII.leftBracket else { return start }
    var at = start + 2
    while at < line.count, ASCII.isDigit(line[at]) || line[at] == ASCII.semicolon || line[at] == ASCII.questionMark { at += 1 }
    while at < line.count, line[at] >= ASCII.blank, line[at] <= ASCII.slash { at += 1 }
    return at < line.count && line[at] >= ASCII.at && line[at] <= ASCII.tilde ? at + 1 : start
  }
}
