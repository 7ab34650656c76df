// Base64. This file hands pointers to C: the output reserves the room that the kernels ask for, and the input lives as long as the call.

internal import CByteKernels

/// Base64 with the alphabet and padding of RFC 4648, section 4.
public enum Base64 {
  /// Appends what `text` stands for and answers true; false, and nothing appended, if `text` is not strict base64.
  ///
  /// Strict: groups of four characters, padding where the last is short, no blanks or line ends, and zero in the bits that padding
  /// cuts off. `\/` counts as `/`, as JSON may write it. Linear.
  public static func decode(_ text: Span<UInt8>, into output: inout ByteOutput) -> Bool {
    let before = output.count
    var decoded = -1
    unsafe output.appendUnsafe(room: text.count / 4 * 3 + Int(SLUICE_BASE64_SLACK)) { out in
      decoded = unsafe text.withUnsafeBufferPointer { buffer in
        unsafe sluice_base64_decode(out, buffer.baseAddress, buffer.count)
      }
      return max(decoded, 0)
    }
    if decoded < 0 { output.truncate(to: before) }
    return decoded >= 0
  }

  /// Appends the text of `bytes`, padded: `encodedCount(bytes.count)` characters. Linear.
  public static func encode(_ bytes: Span<UInt8>, into output: inout ByteOutput) {
    let length = encodedCount(bytes.count)
    unsafe output.appendUnsafe(room: length) { out in
      unsafe bytes.withUnsafeBufferPointer { buffer in
        unsafe sluice_base64_encode(out, buffer.baseAddress, buffer.count)
      }
      return length
    }
  }

  /// The number of characters that `count` bytes take.
  @inlinable
  public static func encodedCount(_ count: Int) -> Int {
    (count + 2) / 3 * 4
  }
}
