import LogBytes

/// Judges on each 64 KiB of an input whether it is text: over 5 % of control bytes (other than tab, LF, CR and ESC) are none.
struct TextJudge {
  /// The size of the blocks that are judged, in bytes.
  static let blockSize = 65_536

  private var bytesInBlock = 0
  private var controlBytesInBlock = 0

  /// How many bytes may come before the block ends.
  var roomInBlock: Int { TextJudge.blockSize - bytesInBlock }

  /// Whether the block may still be text with these bytes, which are at most `roomInBlock`. Linear.
  mutating func accepts(_ bytes: Span<UInt8>) -> Bool {
    precondition(bytes.count <= roomInBlock, "bytes beyond the block")
    bytesInBlock += bytes.count
    controlBytesInBlock += countControlBytes(bytes)
    // Already too many, whatever follows: what follows is not waited for.
    if controlBytesInBlock * 20 > TextJudge.blockSize { return false }
    if bytesInBlock == TextJudge.blockSize {
      bytesInBlock = 0
      controlBytesInBlock = 0
    }
    return true
  }

  /// Whether the last block, which may be short, is text too.
  var acceptsEnd: Bool { controlBytesInBlock * 20 <= bytesInBlock }
}
