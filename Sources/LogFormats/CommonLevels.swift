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

  /// The level of a word in any case; a format's own words, which stand in small letters, go before the common ones.
  static func level(of word: Span<UInt8>, own: [LevelWord]) -> Level? {
    for index in own.indices where isSame(own[index].word, word) { return own[index].level }
    for index in words.indices where isSame(words[index].word, word) { return words[index].level }
    return nil
  }

  private static func isSame(_ known: [UInt8], _ word: Span<UInt8>) -> Bool {
    guard known.count == word.count else { return false }
    for index in word.indices where known[index] != ASCII.lowercased(word[index]) { return false }
    return true
  }
}
