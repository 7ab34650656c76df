internal import CLZ4
internal import CZlib
import LogBytes

/// Decodes one layer of compression in windows: any size in constant memory.
///
/// The fence around zlib's and liblz4's streaming interfaces: their state lives as long as the decoder.
@safe
final class WindowDecoder {
  enum Progress: Equatable {
    /// Bytes were written, or may be at the next call.
    case produced
    /// More input is needed.
    case needsInput
    /// The compressed data are complete.
    case ended
  }

  let codec: Codec
  private var zlib = unsafe z_stream()
  private var lz4: OpaquePointer?
  /// Input that was not yet used.
  private var input = ByteOutput(capacity: 1 << 12)
  private var used = 0
  /// Bytes of input that were thrown away before.
  private var offset = 0
  /// A member or frame has ended, and the next has not begun.
  private var isBetween = false
  private(set) var hasEnded = false

  init(_ codec: Codec) {
    self.codec = codec
    switch codec {
    case .gzip: unsafe _ = inflateInit2_(&zlib, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    case .zlib: unsafe _ = inflateInit2_(&zlib, 15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    case .lz4: unsafe _ = LZ4F_createDecompressionContext(&lz4, UInt32(LZ4F_VERSION))
    }
  }

  deinit {
    switch codec {
    case .gzip, .zlib: unsafe _ = inflateEnd(&zlib)
    case .lz4: unsafe _ = LZ4F_freeDecompressionContext(lz4)
    }
  }

  func append(_ bytes: Span<UInt8>) {
    if used > 0 {
      offset += used
      input.removeFirst(used)
      used = 0
    }
    input.append(bytes)
  }

  /// Where in the compressed data the decoder stands.
  var position: Int { offset + used }

  /// Writes up to `room` bytes. With `isLast` no more input comes: then data that end in the middle are an error.
  func decode(into output: inout ByteOutput, room: Int, isLast: Bool) throws(CodecError) -> Progress {
    if hasEnded { return .ended }
    if isBetween, let progress = try beginNext(isLast: isLast) { return progress }
    let progress: Progress
    switch codec {
    case .gzip, .zlib: progress = try inflateWindow(&output, room)
    case .lz4: progress = try lz4Window(&output, room)
    }
    if progress == .needsInput, isLast { throw .truncated(codec, position) }
    return progress
  }

  /// Between members: another one, zeros that pad the last, the end, or something that does not belong there.
  private func beginNext(isLast: Bool) throws(CodecError) -> Progress? {
    if codec == .gzip {
      used += Self.countZeros(input, from: used)
    }
    let left = input.count - used
    if left == 0 {
      guard isLast else { return .needsInput }
      hasEnded = true
      return .ended
    }
    if left < 4, !isLast { return .needsInput }
    let isSame = codec != .zlib && (Self.codec(of: input, at: used) == codec || isSkippableFrame())
    guard isSame else { throw .trailing(codec, position) }
    if codec == .gzip { unsafe _ = inflateReset(&zlib) }
    isBetween = false
    return nil
  }

  /// LZ4 frames with numbers from 0x184D2A50 to 0x184D2A5F hold what a reader passes over.
  private func isSkippableFrame() -> Bool {
    codec == .lz4 && input.count - used >= 4 && Self.beginsSkippableFrame(input, at: used)
  }

  private static func beginsSkippableFrame(_ input: borrowing ByteOutput, at offset: Int) -> Bool {
    loadWord(input.span, at: offset) & 0xffff_fff0 == 0x184d_2a50
  }

  private static func countZeros(_ input: borrowing ByteOutput, from start: Int) -> Int {
    var at = start
    while at < input.count, input.span[at] == 0 { at += 1 }
    return at - start
  }

  private static func codec(of input: borrowing ByteOutput, at offset: Int) -> Codec? {
    Codec.detect(input.span.extracting(droppingFirst: offset))
  }

  private func inflateWindow(_ output: inout ByteOutput, _ room: Int) throws(CodecError) -> Progress {
    var status: Int32 = Z_OK
    var consumed = 0
    var produced = 0
    // zlib reads from the input's memory and writes into the room of the output, both of which live through this call.
    var lent = ByteOutput(capacity: 0)
    swap(&lent, &input)
    defer { swap(&lent, &input) }
    unsafe lent.span.withUnsafeBufferPointer { source in
      unsafe output.appendUnsafe(room: room) { target in
        let available = source.count - used
        unsafe zlib.next_in = UnsafeMutablePointer(mutating: source.baseAddress.map { unsafe $0 + used })
        unsafe zlib.avail_in = UInt32(available)
        unsafe zlib.next_out = target
        unsafe zlib.avail_out = UInt32(room)
        status = unsafe inflate(&zlib, Z_NO_FLUSH)
        consumed = unsafe available - Int(zlib.avail_in)
        produced = unsafe room - Int(zlib.avail_out)
        return produced
      }
    }
    used += consumed
    switch status {
    case Z_STREAM_END:
      isBetween = true
      return .produced
    case Z_OK, Z_BUF_ERROR: return produced > 0 || consumed > 0 && used < lent.count ? .produced : .needsInput
    default: throw .corrupt(codec, position)
    }
  }

  private func lz4Window(_ output: inout ByteOutput, _ room: Int) throws(CodecError) -> Progress {
    var result = 0
    var consumed = 0
    var produced = 0
    // As above, for liblz4.
    var lent = ByteOutput(capacity: 0)
    swap(&lent, &input)
    defer { swap(&lent, &input) }
    unsafe lent.span.withUnsafeBufferPointer { source in
      unsafe output.appendUnsafe(room: room) { target in
        consumed = source.count - used
        produced = room
        result = unsafe LZ4F_decompress(lz4, target, &produced, source.baseAddress.map { unsafe $0 + used }, &consumed, nil)
        return LZ4F_isError(result) != 0 ? 0 : produced
      }
    }
    guard LZ4F_isError(result) == 0 else { throw .corrupt(codec, position) }
    used += consumed
    if result == 0, consumed > 0 {
      isBetween = true
      return .produced
    }
    return produced > 0 || consumed > 0 && used < lent.count ? .produced : .needsInput
  }
}
