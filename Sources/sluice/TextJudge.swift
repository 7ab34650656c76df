import LogBytes
import LogPipeline

/// Judges on each 64 KiB of an input whether it is text: over 5 % of control bytes (other than tab, LF, CR and ESC) are none.
struct TextJudge {
  private var bytesInBlock = 0
  private var controlBytesInBlock = 0

  /// How many bytes may come before the block ends.
  var roomInBlock: Int { TextJudgement.pieceBytes - bytesInBlock }

  /// Whether the block may still be text with these bytes, which are at most `roomInBlock`. Linear.
  mutating func accepts(_ bytes: Span<UInt8>) -> Bool {
    precondition(bytes.count <= roomInBlock, "bytes beyond the block")
    bytesInBlock += bytes.count
    controlBytesInBlock += countControlBytes(bytes)
    // Already too many, whatever follows: what follows is not waited for.
    if TextJudgement.isBinary(controlBytes: controlBytesInBlock, bytes: TextJudgement.pieceBytes) { return false }
    if bytesInBlock == TextJudgement.pieceBytes {
      bytesInBlock = 0
      controlBytesInBlock = 0
    }
    return true
  }

  /// Whether the last block, which may be short, is text too.
  var acceptsEnd: Bool { !TextJudgement.isBinary(controlBytes: controlBytesInBlock, bytes: bytesInBlock) }
}
