public import LogBytes

/// How a CSV file separates and quotes its cells.
public struct CSVDialect: Sendable, Hashable {
  /// What ends a row.
  public enum Terminator: String, Sendable, Hashable, CaseIterable {
    case lineFeed = "lf"
    /// Carriage return and line feed, as RFC 4180 has it.
    case carriageReturnLineFeed = "crlf"
  }

  /// Which cells stand in quotes. There is no style without any: a player's words could then make cells and rows of their own.
  public enum QuoteStyle: String, Sendable, Hashable, CaseIterable {
    /// Those that hold the delimiter, a quote, a carriage return or a line feed.
    case necessary
    /// All but numbers, true and false, and absent ones: what is absent is then different from what is empty.
    case nonNumeric = "non-numeric"
    /// All, absent ones included.
    case always
  }

  /// One byte between cells (`isDelimiter`).
  public let delimiter: UInt8
  public let terminator: Terminator
  public let quoteStyle: QuoteStyle
  /// Whether the first row holds the names of the columns.
  public let header: Bool

  /// Requires `isDelimiter(delimiter)`.
  public init(
    delimiter: UInt8 = ASCII.comma, terminator: Terminator = .lineFeed, quoteStyle: QuoteStyle = .necessary, header: Bool = true
  ) {
    precondition(CSVDialect.isDelimiter(delimiter), "no delimiter of cells")
    self.delimiter = delimiter
    self.terminator = terminator
    self.quoteStyle = quoteStyle
    self.header = header
  }

  /// Whether a byte can stand between cells: tab, blank, or ASCII punctuation that neither quotes nor occurs in numbers, times and levels.
  public static func isDelimiter(_ byte: UInt8) -> Bool {
    switch byte {
    case ASCII.tab, ASCII.blank: true
    case ASCII.quote, ASCII.plus, ASCII.minus, ASCII.dot, ASCII.colon: false
    default: byte > ASCII.blank && byte < ASCII.delete && !ASCII.isLetterOrDigit(byte)
    }
  }
}
