import LogBytes
import LogEntries

/// The level words that every format knows, in any case (formats/README.md, "Level words").
public enum CommonLevels {
  static let table: [(Level, String)] = [
    (.trace, "trace trc finest finer verbose vrb v all"),
    (.debug, "debug dbg fine config d debug1 debug2 debug3 debug4 debug5"),
    (.info, "info information informational inform inf notice i log message note statement display none system always okay"),
    (.warn, "warn warning wrn w"),
    (.error, "error err eror e severe failure exception exc"),
    (.fatal, "fatal critical crit alert emergency emerg panic f ftl"),
  ]

  /// All words in small letters, with one-letter words.
  public static let words: [LevelWord] = table.flatMap { level, words in
    words.split(separator: " ").map { LevelWord(word: Array($0.utf8), level: level) }
  }

  /// A place of `cells`; one without a count is free.
  private struct Cell {
    /// The first eight bytes of the word.
    var head: UInt64 = 0
    var count = 0
    /// Its place in `words`.
    var index = 0
  }

  private static let cellCount = 128

  /// The words by their first eight bytes: open addressing, at most half full.
  private static let cells: [Cell] = {
    var cells = [Cell](repeating: Cell(), count: cellCount)
    for (index, word) in words.enumerated() {
      let head = StrictScanning.foldedWord(word.word.span, 0)
      var place = place(of: head)
      while cells[place].count > 0 { place = (place + 1) & (cellCount - 1) }
      cells[place] = Cell(head: head, count: word.word.count, index: index)
    }
    return cells
  }()

  @inline(__always)
  private static func place(of head: UInt64) -> Int {
    Int(truncatingIfNeeded: (head &* 0x9e37_79b9_7f4a_7c15) &>> 57)
  }

  /// The level of a word in any case; a format's own words, which stand in small letters, go before the common ones.
  static func level(of word: Span<UInt8>, own: [LevelWord]) -> Level? {
    for index in own.indices where isSame(own[index].word, word) { return own[index].level }
    let head = StrictScanning.foldedWord(word, 0)
    var place = place(of: head)
    while cells[place].count > 0 {
      let cell = cells[place]
      if cell.head == head, cell.count == word.count, cell.count <= 8 || isSame(words[cell.index].word, word) {
        return words[cell.index].level
      }
      place = (place + 1) & (cellCount - 1)
    }
    return nil
  }

  private static func isSame(_ known: [UInt8], _ word: Span<UInt8>) -> Bool {
    guard known.count == word.count else { return false }
    for index in word.indices where known[index] != ASCII.lowercased(word[index]) { return false }
    return true
  }
}
