import LogBytes
import LogEntries

/// The date and time of day of the last ISO time, up to its second: lines of one second differ behind it.
struct ISOTimeMemo: Sendable {
  private static let width = 19
  private var words: (UInt64, UInt64, UInt64) = (0, 0, 0)
  private var parts = TimeParts()
  private var isThere = false

  /// As `TimeScanning.scanISO` for a text of which eight bytes behind its end can be read.
  mutating func scan(_ text: borrowing MatchText, _ value: FieldSlice, into result: inout TimeParts) -> Bool {
    let start = Int(value.start)
    let view = text.bytes.extracting(first: Int(value.end))
    guard value.count >= Self.width else { return TimeScanning.scanISO(view, from: start, into: &result) == view.count }
    let words = (text.wholeWord(at: start), text.wholeWord(at: start &+ 8), text.wholeWord(at: start &+ 16) & 0xff_ffff)
    if isThere, (words.0 ^ self.words.0) | (words.1 ^ self.words.1) | (words.2 ^ self.words.2) == 0 {
      result = parts
      if value.count == Self.width + 5, Self.readMilliseconds(text.wholeWord(at: start &+ Self.width), &result) { return true }
      return TimeScanning.scanRestOfISO(view, start &+ Self.width, &result) == view.count
    }
    guard TimeScanning.scanISO(view, from: start, into: &result) == view.count else { return false }
    if text[start + 16] == ASCII.colon, TimeScanning.twoDigits(view, start + 17) <= 60 {
      self.words = words
      parts = TimeParts()
      parts.digits = result.digits
      parts.presence = [.year, .month, .day, .hour]
      isThere = true
    }
    return true
  }
}

extension ISOTimeMemo {
  /// `.125Z`, which is what most programs write; false for anything else.
  @inline(__always)
  private static func readMilliseconds(_ word: UInt64, _ parts: inout TimeParts) -> Bool {
    // Now the dot and the Z are 0, and digits 0 to 9, or a top bit is set or gets set.
    let difference = (word ^ 0x5a_3030_302e) & 0xff_ffff_ffff
    guard difference & 0xff_0000_00ff | (difference &+ 0x7676_7600 | difference) & 0x8080_8000 == 0 else { return false }
    let (hundreds, tens, ones) = (difference &>> 8 & 0xff, difference &>> 16 & 0xff, difference &>> 24 & 0xff)
    parts.nanoseconds = UInt32(truncatingIfNeeded: hundreds &* 100 &+ tens &* 10 &+ ones) &* 1_000_000
    parts.fractionDigits = 3
    parts.presence.insert(.offset)
    return true
  }
}

/// Levels of short words that were looked up lately.
struct LevelMemo: Sendable {
  private static let count = 8
  private var words: [8 of UInt64] = [8 of UInt64](repeating: 0)
  /// The length of each word, and the number of its level; 0 for none.
  private var answers: [8 of UInt16] = [8 of UInt16](repeating: 0)

  @inline(__always)
  mutating func level(_ text: borrowing MatchText, _ value: FieldSlice, _ catalog: CompiledCatalog, _ format: Int) -> Level? {
    let count = value.count
    guard count <= 8, count > 0 else { return KeyedLevel.level(text.bytes.extracting(value.range), catalog, format) }
    let word = text.wholeWord(at: Int(value.start)) & ~0 &>> UInt64(64 &- 8 &* count)
    let place = Int(truncatingIfNeeded: (word &* 0x9e37_79b9_7f4a_7c15) &>> 61)
    if words[place] == word, answers[place] &>> 8 == UInt16(truncatingIfNeeded: count) {
      return Level(rawValue: UInt8(truncatingIfNeeded: answers[place]))
    }
    guard let level = KeyedLevel.level(text.bytes.extracting(value.range), catalog, format) else { return nil }
    words[place] = word
    answers[place] = UInt16(count) << 8 | UInt16(level.rawValue)
    return level
  }
}
