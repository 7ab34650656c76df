internal import CLZ4
import LogBytes

/// One LZ4 frame after the other, in windows: the fence around liblz4's frames (LZ4 frame format 1.6.4).
///
/// The frame is handed to liblz4 in its parts, each as soon as it is there as a whole: header, size of a block, block, checksum. So a block
/// comes out before the next one begins, what stands before a broken one is delivered, and a mistake has the same place however the input
/// was cut. Skippable and legacy frames, of which liblz4 reads the one and not the other, are taken apart here.
@safe
final class LZ4Window {
  private enum Frame { case none, standard, skippable, legacy }
  private enum Part { case header, blockSize, block, contentChecksum }

  private static let legacyMagic: UInt64 = 0x184c_2102
  /// The lowest four bits are free.
  private static let skippableMagic: UInt64 = 0x184d_2a50

  private var context: OpaquePointer?
  private var legacy = LZ4LegacyFrame()
  private var frame = Frame.none
  private var part = Part.header
  /// The bytes of the part, and how many of them were taken. In a skippable frame: of its content.
  private var partBytes = 0
  private var taken = 0
  /// liblz4 filled the room at its last call and may hold more.
  private var mayHoldMore = false
  private var hasBlockChecksums = false

  init() {
    let status = unsafe LZ4F_createDecompressionContext(&context, UInt32(LZ4F_VERSION))
    precondition(LZ4F_isError(status) == 0, "no memory for LZ4")
  }

  deinit {
    unsafe _ = LZ4F_freeDecompressionContext(context)
  }

  /// Writes up to `room` bytes. What stands before a broken block is written too.
  ///
  /// - Parameter isLast: nothing follows `input`: where the end of a legacy frame shows, as it has no mark for it.
  func decode(_ input: Span<UInt8>, into output: inout ByteOutput, room: Int, isLast: Bool) -> WindowStep {
    var begun = 0
    if frame == .none {
      guard let consumed = begin(input) else { return WindowStep(state: .open, consumed: 0) }
      begun = consumed
    }
    let rest = input.extracting(droppingFirst: begun)
    var step =
      switch frame {
      case .legacy: legacy.decode(rest, into: &output, room: room, isLast: isLast)
      case .skippable: skip(rest)
      case .standard, .none: decodePart(rest, &output, room)
      }
    step.consumed += begun
    if step.state == .ended { frame = .none }
    return step
  }

  /// Looks at the magic number, and at what tells how long the first part is. Answers what it has taken; nil if it needs more.
  private func begin(_ input: Span<UInt8>) -> Int? {
    guard input.count >= 4 else { return nil }
    let magic = loadWord(input, at: 0) & 0xffff_ffff
    if magic == Self.legacyMagic {
      frame = .legacy
      legacy.begin()
      return 4
    }
    if magic & 0xffff_fff0 == Self.skippableMagic {
      guard input.count >= 8 else { return nil }
      frame = .skippable
      partBytes = Int(loadWord(input, at: 4) & 0xffff_ffff)
      taken = 0
      return 8
    }
    guard input.count >= 5 else { return nil }
    frame = .standard
    let flags = input[4]
    hasBlockChecksums = flags & 0x10 != 0
    // Magic, flags, block size, checksum of the header; eight bytes of content size and four of a dictionary's id on request.
    startPart(.header, 7 + (flags & 0x08 != 0 ? 8 : 0) + (flags & 0x01 != 0 ? 4 : 0))
    return 0
  }

  private func skip(_ input: Span<UInt8>) -> WindowStep {
    let count = min(input.count, partBytes - taken)
    taken += count
    return WindowStep(state: taken == partBytes ? .ended : .open, consumed: count)
  }

  private func startPart(_ part: Part, _ bytes: Int) {
    self.part = part
    partBytes = bytes
    taken = 0
  }

  private func decodePart(_ input: Span<UInt8>, _ output: inout ByteOutput, _ room: Int) -> WindowStep {
    let isWhole = input.count >= partBytes - taken
    if !isWhole, !mayHoldMore { return WindowStep(state: .open, consumed: 0) }
    let size = part == .blockSize && isWhole ? Int(loadWord(input, at: 0) & 0xffff_ffff) : 0
    var result = 0
    var consumed = isWhole ? partBytes - taken : 0
    var produced = room
    // liblz4 reads from the input's memory and writes into the room of the output, both of which live through this call.
    unsafe input.withUnsafeBufferPointer { source in
      unsafe output.appendUnsafe(room: room) { target in
        result = unsafe LZ4F_decompress(context, target, &produced, source.baseAddress, &consumed, nil)
        return LZ4F_isError(result) != 0 ? 0 : produced
      }
    }
    // The mistake is in this part, of which some may have been taken before.
    if LZ4F_isError(result) != 0 { return WindowStep(state: .corrupt, consumed: -taken) }
    mayHoldMore = produced == room
    taken += consumed
    if result == 0 { return WindowStep(state: .ended, consumed: consumed) }
    if taken == partBytes { startNextPart(size) }
    return WindowStep(state: .open, consumed: consumed)
  }

  private func startNextPart(_ size: Int) {
    switch part {
    case .header, .block: startPart(.blockSize, 4)
    case .blockSize where size == 0: startPart(.contentChecksum, 4)
    case .blockSize:
      // The highest bit says that the block is not compressed; such a one may be empty.
      let bytes = size & 0x7fff_ffff + (hasBlockChecksums ? 4 : 0)
      if bytes == 0 { startPart(.blockSize, 4) } else { startPart(.block, bytes) }
    case .contentChecksum: preconditionFailure("liblz4 goes on behind the end of a frame")
    }
  }
}
