package import LogBytes
import LogEntries

/// A strict type as the matcher sees it: what it does, and where its tables stand in the pools. Trivial, so that reading one costs a copy.
package struct StrictOperand: Sendable, BitwiseCopyable {
  package enum Kind: UInt8, Sendable, BitwiseCopyable {
    case int, number, hex, grouped, ip, endpoint, uuid, level, words, priority, clock, duration, size, quoted, quotedDoubled, json, pairs,
      backslash, bareBackslash, keyValue, data, cef, csv, rest, layout, iso, epoch, relative
  }

  package var kind: Kind
  /// The quote of `quotedDoubled`; the scale of `epoch` and `relative`; 1 for `words` that are levels.
  package var detail: UInt8 = 0
  /// The type is a choice of level words.
  var isLevel: Bool { kind == .words && detail == 1 }
  /// The type is a time.
  package var isTime: Bool { kind.rawValue >= Kind.layout.rawValue }
  // In an order without gaps (`ImageCoder`).
  /// Limits of `int` and `hex`; see `most`.
  package var least: UInt16 = 0
  /// Words, steps of a layout, or keys of a list: a range of their pool.
  package var first: UInt32 = 0
  package var count: UInt32 = 0
  /// `level`: the words stand in a table of cells too (`MatchPrograms.levelCells`), since all of them are letters and digits.
  package var firstCell: UInt32 = .max
  /// The bytes with which it can begin.
  package var beginnings: ByteSet
  package var most: UInt16 = .max

  package var range: Range<Int> { Int(first)..<Int(first) + Int(count) }

  static let epochScales: [EpochScale] = [.seconds, .milliseconds, .microseconds, .nanoseconds, .hexadecimal, .any]
}

/// A cell of the table in which level words are looked up: open addressing over the first eight bytes.
package struct LevelCell: Sendable, BitwiseCopyable {
  package var word: UInt64
  /// The word's length; 0 for a free cell.
  package var count: UInt32
  /// Its number in the words' pool.
  package var index: UInt32

  /// Twice the greatest number of words.
  static let tableSize = 256

  @inline(__always)
  static func place(of word: UInt64) -> Int {
    Int(truncatingIfNeeded: (word &* 0x9e37_79b9_7f4a_7c15) >> 56)
  }
}

/// A word of an enumeration or of levels: its bytes stand in the literals' pool.
package struct Word: Sendable, BitwiseCopyable {
  /// The first eight bytes, and which of their bits count.
  package var word: UInt64
  package var mask: UInt64
  package var first: UInt32
  package var count: UInt32
  /// What goes out for it: a range of the literals' pool, or the level's number in `valueFirst`.
  package var valueFirst: UInt32
  package var valueCount: UInt32
}
