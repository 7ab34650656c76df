/// A gzip member with these flags and what they announce, its text in stored blocks: made without a compressor (RFC 1952, section 2.3;
/// RFC 1951, section 3.2.4).
public func storedGzip(_ text: [UInt8], flags: UInt8 = 0, extra: [UInt8] = []) -> [UInt8] {
  var member: [UInt8] = [0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 255] + extra
  var start = 0
  repeat {
    let block = Array(text[start..<min(start + 65_535, text.count)])
    start += block.count
    let count = UInt16(block.count)
    member += [start == text.count ? 1 : 0] + littleEndian(count) + littleEndian(~count) + block
  } while start < text.count
  return member + littleEndian(crc32(text)) + littleEndian(UInt32(text.count))
}

/// The checksum of gzip (RFC 1952, section 8).
public func crc32(_ bytes: [UInt8]) -> UInt32 {
  var checksum: UInt32 = 0xffff_ffff
  for byte in bytes {
    checksum ^= UInt32(byte)
    for _ in 0..<8 { checksum = checksum & 1 == 1 ? checksum >> 1 ^ 0xedb8_8320 : checksum >> 1 }
  }
  return ~checksum
}

/// An integer's bytes, the lowest first.
public func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
  (0..<value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
}
