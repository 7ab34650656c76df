// What the tests decode: made by the compressors of zlib and liblz4, or by hand where these write no such thing. Pointers live as long as
// the calls that they are handed to.

import CLZ4
import CZlib
import LogBytes
import TestSupport
import Testing

@testable import LogCodecs

/// The front of a text that compresses like a log: lines that repeat their front.
func logText(bytes count: Int) -> [UInt8] {
  var text: [UInt8] = []
  text.reserveCapacity(count)
  while text.count < count { text += logLines.prefix(count - text.count) }
  return text
}

private let logLines: [UInt8] = {
  var generator = SeededGenerator(seed: 1)
  return (0..<8000).flatMap { _ in
    let number = Int.random(in: 0..<100_000, using: &generator)
    return bytes("[12:00:01] [Server thread/INFO]: Robin\(number) moved to \(number % 97), \(number % 89)\n")
  }
}()

/// - Parameter codec: gzip or zlib.
func deflated(_ text: [UInt8], as codec: Codec, level: Int32 = 6) -> [UInt8] {
  var stream = unsafe z_stream()
  let bits: Int32 = codec == .gzip ? 15 + 16 : 15
  unsafe deflateInit2_(&stream, level, Z_DEFLATED, bits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
  defer { unsafe _ = deflateEnd(&stream) }
  let room = unsafe Int(deflateBound(&stream, UInt(text.count)))
  var status = Z_OK
  let compressed = unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, used in
    unsafe text.withUnsafeBufferPointer { source in
      unsafe stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
      unsafe stream.avail_in = UInt32(source.count)
      unsafe stream.next_out = buffer.baseAddress
      unsafe stream.avail_out = UInt32(room)
      status = unsafe deflate(&stream, Z_FINISH)
      used = unsafe room - Int(stream.avail_out)
    }
  }
  precondition(status == Z_STREAM_END, "the text was not compressed")
  return compressed
}

func gzip(_ text: [UInt8], level: Int32 = 6) -> [UInt8] { deflated(text, as: .gzip, level: level) }

/// How an LZ4 frame is made.
struct LZ4Choice: Sendable, CustomTestStringConvertible {
  /// 4 to 7: 64 KB, 256 KB, 1 MB, 4 MB.
  var blockSize: UInt32
  var isLinked: Bool
  var hasContentChecksum: Bool
  var hasBlockChecksums: Bool
  var hasContentSize: Bool

  static let all: [LZ4Choice] = (4...7).flatMap { size in (0..<16).map { LZ4Choice(blockSize: UInt32(size), flags: $0) } }

  init(
    blockSize: UInt32 = 4, isLinked: Bool = true, hasContentChecksum: Bool = true, hasBlockChecksums: Bool = false,
    hasContentSize: Bool = false
  ) {
    self.blockSize = blockSize
    self.isLinked = isLinked
    self.hasContentChecksum = hasContentChecksum
    self.hasBlockChecksums = hasBlockChecksums
    self.hasContentSize = hasContentSize
  }

  private init(blockSize: UInt32, flags: Int) {
    self.init(
      blockSize: blockSize, isLinked: flags & 1 != 0, hasContentChecksum: flags & 2 != 0, hasBlockChecksums: flags & 4 != 0,
      hasContentSize: flags & 8 != 0)
  }

  var testDescription: String {
    "size \(blockSize), \(isLinked ? "linked" : "independent"), content checksum \(hasContentChecksum), block checksums \(hasBlockChecksums), "
      + "content size \(hasContentSize)"
  }
}

func lz4(_ text: [UInt8], _ choice: LZ4Choice = LZ4Choice()) -> [UInt8] {
  var preferences = LZ4F_preferences_t()
  preferences.frameInfo.blockSizeID = LZ4F_blockSizeID_t(rawValue: choice.blockSize)
  preferences.frameInfo.blockMode = choice.isLinked ? LZ4F_blockLinked : LZ4F_blockIndependent
  preferences.frameInfo.contentChecksumFlag = choice.hasContentChecksum ? LZ4F_contentChecksumEnabled : LZ4F_noContentChecksum
  preferences.frameInfo.blockChecksumFlag = choice.hasBlockChecksums ? LZ4F_blockChecksumEnabled : LZ4F_noBlockChecksum
  preferences.frameInfo.contentSize = choice.hasContentSize ? UInt64(text.count) : 0
  var context: OpaquePointer?
  unsafe _ = LZ4F_createCompressionContext(&context, UInt32(LZ4F_VERSION))
  defer { unsafe _ = LZ4F_freeCompressionContext(context) }
  let room = unsafe LZ4F_compressBound(text.count, &preferences) + Int(LZ4F_HEADER_SIZE_MAX)
  return unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, used in
    unsafe text.withUnsafeBufferPointer { source in
      // Not LZ4F_compressFrame: it changes block size and mode where one block is enough.
      let start = buffer.baseAddress!
      used = unsafe LZ4F_compressBegin(context, start, room, &preferences)
      unsafe used += LZ4F_compressUpdate(context, start + used, room - used, source.baseAddress, source.count, nil)
      unsafe used += LZ4F_compressEnd(context, start + used, room - used, nil)
    }
    precondition(used <= room, "the text was not compressed")
  }
}

/// A legacy frame of blocks that stand for `blockBytes` each; the format's own size is 8 MiB.
func legacyLZ4(_ text: [UInt8], blockBytes: Int = 8 << 20) -> [UInt8] {
  var frame: [UInt8] = [0x02, 0x21, 0x4c, 0x18]
  for start in stride(from: 0, to: text.count, by: blockBytes) {
    let block = lz4Block(Array(text[start..<min(start + blockBytes, text.count)]))
    frame += littleEndian(UInt32(block.count)) + block
  }
  return frame
}

private func lz4Block(_ text: [UInt8]) -> [UInt8] {
  let room = Int(LZ4_compressBound(Int32(text.count)))
  return unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, used in
    unsafe text.withUnsafeBytes { source in
      used = unsafe Int(
        LZ4_compress_default(
          source.baseAddress?.assumingMemoryBound(to: CChar.self),
          UnsafeMutableRawPointer(buffer.baseAddress!).assumingMemoryBound(to: CChar.self), Int32(source.count), Int32(room)))
    }
  }
}

/// A frame that readers pass over; its number is 0 to 15.
func skippableLZ4(_ content: [UInt8], number: UInt8 = 0) -> [UInt8] {
  [0x50 | number, 0x2a, 0x4d, 0x18] + littleEndian(UInt32(content.count)) + content
}

/// The header's checksum byte (frame format, "Header Checksum"): XXH32 of fewer than 16 bytes.
func lz4HeaderChecksum(_ descriptor: some Collection<UInt8>) -> UInt8 {
  var rest = Array(descriptor)
  var hash: UInt32 = 374_761_393 &+ UInt32(rest.count)
  func rotated(_ value: UInt32, _ bits: UInt32) -> UInt32 { value << bits | value >> (32 - bits) }
  while rest.count >= 4 {
    let lane = (0..<4).reduce(UInt32(0)) { $0 | UInt32(rest[$1]) << UInt32($1 * 8) }
    hash = rotated(hash &+ lane &* 3_266_489_917, 17) &* 668_265_263
    rest.removeFirst(4)
  }
  for byte in rest { hash = rotated(hash &+ UInt32(byte) &* 374_761_393, 11) &* 2_654_435_761 }
  hash = (hash ^ hash >> 15) &* 2_246_822_519
  hash = (hash ^ hash >> 13) &* 3_266_489_917
  return UInt8(truncatingIfNeeded: (hash ^ hash >> 16) >> 8)
}

/// `text` in any codec, in its plainest form.
func compressed(_ text: [UInt8], as codec: Codec) -> [UInt8] {
  codec == .lz4 ? lz4(text) : deflated(text, as: codec)
}
