/// Eight bytes as one little-endian word: the first byte is the lowest. The fence around the one unaligned load of the project.
///
/// Requires `offset >= 0`; bytes beyond the end of `bytes` read as zero. Constant time.
@inlinable
@inline(__always)
public func loadWord(_ bytes: Span<UInt8>, at offset: Int) -> UInt64 {
  if offset >= 0, offset &+ 8 <= bytes.count {
    // The eight bytes lie inside the span: checked on the line above.
    return unsafe UInt64(littleEndian: bytes.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
  }
  return loadPartialWord(bytes, at: offset)
}

@usableFromInline
@inline(never)
func loadPartialWord(_ bytes: Span<UInt8>, at offset: Int) -> UInt64 {
  var word: UInt64 = 0
  for index in 0..<max(0, min(8, bytes.count - offset)) {
    word |= UInt64(bytes[offset + index]) << UInt64(8 * index)
  }
  return word
}
