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

  /// The level of a word in small letters; a format's own words go before the common ones.
  static func level(of word: [UInt8], own: [LevelWord]) -> Level? {
    own.first { $0.word == word }?.level ?? words.first { $0.word == word }?.level
  }
}
