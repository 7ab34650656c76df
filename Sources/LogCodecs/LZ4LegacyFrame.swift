internal import CLZ4
import LogBytes

/// The blocks of a legacy LZ4 frame (frame format 1.6.4, "Legacy frame"): four bytes of size and as many compressed ones, until the input
/// ends or what stands there can be no size. There are no checksums.
@safe
struct LZ4LegacyFrame: ~Copyable {
  /// The most bytes that a block stands for: all but the last have so many.
  private static let greatestBlock = 8 << 20
  /// A greater size is none: the magic number of the next frame.
  private static let greatestCompressed = Int(LZ4_compressBound(Int32(greatestBlock)))

  /// The decoded block, and how much of it was handed out.
  private var block = ByteOutput(capacity: 0)
  private var handedOut = 0

  init() {}

  /// Behind the magic number.
  mutating func begin() {
    block.removeAll()
    handedOut = 0
  }

  /// Writes up to `room` bytes of a block.
  mutating func decode(_ input: Span<UInt8>, into output: inout ByteOutput, room: Int, isLast: Bool) -> WindowStep {
    var consumed = 0
    if handedOut == block.count {
      if input.isEmpty, isLast { return WindowStep(state: .ended, consumed: 0) }
      if input.count < 4 { return WindowStep(state: .open, consumed: 0) }
      let size = Int(loadWord(input, at: 0) & 0xffff_ffff)
      if size > Self.greatestCompressed { return WindowStep(state: .ended, consumed: 0) }
      if input.count < 4 + size { return WindowStep(state: .open, consumed: 0) }
      guard decodeBlock(input.extracting(4..<4 + size)) else { return WindowStep(state: .corrupt, consumed: 0) }
      consumed = 4 + size
    }
    let end = min(handedOut + room, block.count)
    output.append(block.span.extracting(handedOut..<end))
    handedOut = end
    return WindowStep(state: .open, consumed: consumed)
  }

  /// One block into `block`; false if it is broken.
  private mutating func decodeBlock(_ compressed: Span<UInt8>) -> Bool {
    begin()
    // One byte of LZ4 stands for 255 at most: lengths grow by 255 a byte (block format).
    let room = min(Self.greatestBlock, compressed.count * 255)
    var decoded = -1
    // liblz4 reads the span and writes into the room of the block, both of which live through this call.
    unsafe compressed.withUnsafeBytes { source in
      unsafe block.appendUnsafe(room: room) { target in
        decoded = unsafe Int(
          LZ4_decompress_safe(
            source.baseAddress?.assumingMemoryBound(to: CChar.self),
            UnsafeMutableRawPointer(target).assumingMemoryBound(to: CChar.self), Int32(source.count), Int32(room)))
        return max(decoded, 0)
      }
    }
    return decoded >= 0
  }
}
