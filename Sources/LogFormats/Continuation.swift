import LogBytes

/// Which unknown lines may join the entry above them (formats/README.md, "Entries of several lines").
package enum Continuation {
  package static func canJoin(_ multiline: LogFormat.Multiline, _ text: Span<UInt8>, from: Int, end: Int) -> Bool {
    switch multiline {
    case .any: true
    case .none: false
    case .indented: isIndented(text.extracting(first: end), from: from)
    }
  }

  /// A line that begins with a blank, a tab, a closing bracket, or as stack traces do.
  static func isIndented(_ text: Span<UInt8>, from: Int) -> Bool {
    guard from < text.count else { return false }
    switch text[from] {
    case ASCII.blank, ASCII.tab, ASCII.rightParenthesis, ASCII.rightBracket, ASCII.rightBrace: return true
    default: break
    }
    for beginning in beginnings where hasPrefix(beginning.span, in: text, at: from) { return true }
    // A word of `A-Za-z0-9_.$` that ends in `Exception` or `Error`.
    var end = from
    while end < text.count,
      ASCII.isLetterOrDigit(text[end]) || text[end] == ASCII.underscore || text[end] == ASCII.dot || text[end] == ASCII.dollarSign
    {
      end += 1
    }
    // The word may be followed by a dot that ends a sentence, so its last letters count.
    for ending in endings {
      var last = end
      while last - from >= ending.count {
        if hasPrefix(ending.span, in: text, at: last - ending.count),
          last == text.count || !(ASCII.isLetterOrDigit(text[last]) || text[last] == ASCII.underscore)
        {
          return true
        }
        last -= 1
      }
    }
    return false
  }

  private static let beginnings = ["Caused by:", "... ", "Traceback "].map { Array($0.utf8) }
  private static let endings = ["Exception", "Error"].map { Array($0.utf8) }
}
