// Text into an output: JSON string bodies and repaired UTF-8. This file hands pointers to C: the output reserves the room that the
// kernels ask for, and the input lives as long as the call.

internal import CByteKernels

/// Longer texts go piece by piece, so that an output never reserves the worst case of a whole text (six bytes for one).
private let pieceLength = 4096

extension ByteOutput {
  /// Appends the body of a JSON string, without quotes: `"`, `\` and bytes below 0x20 are escaped, text beyond ASCII stays as it is,
  /// and each maximal part that is not UTF-8 becomes one U+FFFD (Unicode's recommendation, as browsers and Python decode).
  ///
  /// Linear; 16 bytes at a time while there is nothing to escape.
  public mutating func appendJSONEscaped(_ bytes: Span<UInt8>) {
    if bytes.count > pieceLength {
      appendJSONEscapedPieces(bytes)
    } else {
      appendJSONEscapedPiece(bytes)
    }
  }

  @inline(never)
  private mutating func appendJSONEscapedPieces(_ bytes: Span<UInt8>) {
    var start = 0
    while start < bytes.count {
      let end = pieceEnd(bytes, from: start)
      appendJSONEscapedPiece(bytes.extracting(start..<end))
      start = end
    }
  }

  @inline(always)
  private mutating func appendJSONEscapedPiece(_ piece: Span<UInt8>) {
    // Six bytes for each, and what the kernel may write too much behind the last.
    unsafe appendUnsafe(room: piece.count &* 6 &+ 16) { out in
      unsafe piece.withUnsafeBufferPointer { buffer in
        unsafe Int(sluice_escape_json(out, buffer.baseAddress, buffer.count))
      }
    }
  }

  /// Appends `key`, which is `,"name":` with what a JSON string needs already escaped, and `string` as a JSON string behind it: a member
  /// of an object in one call, for the writers of entries.
  ///
  /// Linear; 16 bytes at a time while there is nothing to escape.
  public mutating func appendJSONMember(key: Span<UInt8>, string: Span<UInt8>) {
    guard string.count <= pieceLength else {
      append(key)
      append(ASCII.quote)
      appendJSONEscaped(string)
      append(ASCII.quote)
      return
    }
    // The key, two quotes, six bytes for each of the string, and what the kernels may write too much behind the last.
    unsafe appendUnsafe(room: key.count + string.count * 6 + 2 + 16) { out in
      let afterKey = unsafe key.withUnsafeBufferPointer { buffer in unsafe copyShort(out, buffer) }
      unsafe afterKey[0] = ASCII.quote
      let count = unsafe string.withUnsafeBufferPointer { buffer in
        unsafe Int(sluice_escape_json(afterKey + 1, buffer.baseAddress, buffer.count))
      }
      unsafe afterKey[count + 1] = ASCII.quote
      return unsafe afterKey - out + count + 2
    }
  }

  /// Appends bytes as they are, but each quote twice: the inside of a quoted CSV cell. Linear.
  public mutating func appendDoublingQuotes(_ bytes: Span<UInt8>) {
    // Two bytes for each at most: both are written each time, and the second one stays only behind a quote.
    unsafe appendUnsafe(room: bytes.count * 2) { out in
      var position = 0
      for index in bytes.indices {
        let byte = bytes[index]
        unsafe out[position] = byte
        unsafe out[position &+ 1] = ASCII.quote
        position &+= byte == ASCII.quote ? 2 : 1
      }
      return position
    }
  }

  /// Appends text as it is, but each maximal part that is not UTF-8 as one U+FFFD.
  ///
  /// Linear; 16 bytes at a time while the text is ASCII.
  public mutating func appendRepairingUTF8(_ bytes: Span<UInt8>) {
    var start = 0
    while start < bytes.count {
      let end = pieceEnd(bytes, from: start)
      let piece = bytes.extracting(start..<end)
      // Three bytes for each, and what the kernel may write too much behind the last.
      unsafe appendUnsafe(room: piece.count * 3 + 16) { out in
        unsafe piece.withUnsafeBufferPointer { buffer in
          unsafe Int(sluice_repair_utf8(out, buffer.baseAddress, buffer.count))
        }
      }
      start = end
    }
  }
}

/// Requires room for 15 bytes more.
@inline(__always)
private func copyShort(_ out: UnsafeMutablePointer<UInt8>, _ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
  // The kernel answers a pointer into `out`, never none.
  unsafe sluice_copy_short(out, bytes.baseAddress, bytes.count)
}

/// The end of a piece that begins at `start` and divides no UTF-8 sequence, nor a maximal bad part.
private func pieceEnd(_ bytes: Span<UInt8>, from start: Int) -> Int {
  let end = start + pieceLength
  if end >= bytes.count { return bytes.count }
  // A sequence has at most three continuation bytes: with four before the end, the last one belongs to none.
  for candidate in [end, end - 1, end - 2, end - 3] where bytes[candidate] & 0xc0 != 0x80 { return candidate }
  return end
}

/// The position of the first byte that is not part of well-formed UTF-8, or -1 if all are.
///
/// Linear; 16 bytes at a time while the text is ASCII. Allocates nothing.
public func validateUTF8(_ bytes: Span<UInt8>) -> Int {
  unsafe bytes.withUnsafeBufferPointer { buffer in
    unsafe sluice_validate_utf8(buffer.baseAddress, buffer.count)
  }
}
