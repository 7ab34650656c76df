import LogBytes
import LogEntries

/// The colour codes of games, which formats declare under `colours`: `^1` of Quake, `§a` of Minecraft.
package struct ColourCodes: Sendable, BitwiseCopyable {
  var quake: Bool
  var minecraft: Bool

  package var isEmpty: Bool { !quake && !minecraft }

  /// The bytes with which a code begins.
  var firstBytes: ByteSet {
    var bytes = ByteSet()
    if quake { bytes.insert(ASCII.caret) }
    if minecraft { bytes.insert(Self.sectionSign.0) }
    return bytes
  }

  /// `§` in UTF-8.
  private static let sectionSign: (UInt8, UInt8) = (0xc2, 0xa7)
  /// Colours, styles, reset and the mark of a colour by its number.
  private static let minecraftCodes = ByteSet("0123456789abcdefABCDEFklmnorxKLMNORX")

  /// The place of the first code at or behind `start`; -1 if there is none.
  package func first(in text: Span<UInt8>, from start: Int) -> Int {
    var at = start
    while true {
      let found = firstMark(text, at)
      if found < 0 || end(of: text, found) > found { return found }
      at = found + 1
    }
  }

  private func firstMark(_ text: Span<UInt8>, _ start: Int) -> Int {
    if quake, minecraft { return firstIndex(of: ASCII.caret, or: Self.sectionSign.0, in: text, from: start) }
    return firstIndex(of: quake ? ASCII.caret : Self.sectionSign.0, in: text, from: start)
  }

  /// Where the code at `start` ends; `start` itself if there is none.
  private func end(of text: Span<UInt8>, _ start: Int) -> Int {
    if quake, text[start] == ASCII.caret {
      return start + 1 < text.count && ASCII.isLetterOrDigit(text[start + 1]) ? start + 2 : start
    }
    guard minecraft, start + 2 < text.count, text[start] == Self.sectionSign.0, text[start + 1] == Self.sectionSign.1 else { return start }
    return Self.minecraftCodes.contains(text[start + 2]) ? start + 3 : start
  }

  /// Appends the text without codes. Linear.
  func appendWithout(_ text: Span<UInt8>, to output: inout ByteOutput) {
    var at = 0
    while at < text.count {
      let code = first(in: text, from: at)
      if code < 0 {
        output.append(text.extracting(droppingFirst: at))
        return
      }
      output.append(text.extracting(at..<code))
      at = end(of: text, code)
    }
  }
}

/// A line without colour codes; reused. A class, so that its text can be lent while its owner changes.
package final class ColourlessLine {
  private var copy = ValueCopy()

  /// Replaces the line by `text.bytes[from..<end]` without codes. False, and nothing happens, if there are none.
  func set(_ codes: ColourCodes, _ text: borrowing MatchText, _ from: Int, _ end: Int) -> Bool {
    let line = text.bytes.extracting(from..<end)
    guard codes.first(in: line, from: 0) >= 0 else { return false }
    copy.set(line, without: codes)
    return true
  }

  package var count: Int { copy.slice.count }

  /// Calls `body` with the line.
  package func withText<Result>(_ body: (borrowing MatchText) -> Result) -> Result {
    Self.call(body, copy)
  }

  private static func call<Result>(_ body: (borrowing MatchText) -> Result, _ copy: borrowing ValueCopy) -> Result {
    body(copy.text)
  }
}
