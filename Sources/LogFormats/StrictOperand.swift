package import LogBytes
import LogEntries

/// A strict type as the matcher sees it: what it does, and where its tables stand in the pools. Trivial, so that reading one costs a copy.
package struct StrictOperand: Sendable, BitwiseCopyable {
  package enum Kind: UInt8, Sendable, BitwiseCopyable {
    case int, number, hex, grouped, ip, endpoint, uuid, level, words, priority, clock, duration, size, quoted, quotedDoubled, json, pairs,
      backslash, bareBackslash, keyValue, data, cef, csv, rest, layout, iso, epoch, relative
  }

  package var kind: Kind
  /// The quote of `quotedDoubled`; the scale of `epoch` and `relative`.
  package var detail: UInt8 = 0
  /// The type is a time.
  package var isTime: Bool { kind.rawValue >= Kind.layout.rawValue }
  /// Limits of `int` and `hex`.
  package var least: UInt16 = 0
  package var most: UInt16 = .max
  /// Words, steps of a layout, or keys of a list: a range of their pool.
  package var first: UInt32 = 0
  package var count: UInt32 = 0
  /// The bytes with which it can begin.
  package var beginnings: ByteSet

  package var range: Range<Int> { Int(first)..<Int(first) + Int(count) }

  static let epochScales: [EpochScale] = [.seconds, .milliseconds, .microseconds, .nanoseconds, .hexadecimal, .any]
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
