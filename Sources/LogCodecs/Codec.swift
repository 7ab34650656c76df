import LogBytes

/// A compression that wraps bytes, found by its magic number.
public enum Codec: String, Sendable, CaseIterable {
  case gzip, zlib, lz4

  /// More codecs around each other are refused.
  public static let greatestDepth = 3
  /// So many bytes decide which codec it is; fewer do only where the input ends.
  static let magicBytes = 6
  /// So many bytes tell zlib from a text that begins with the same two bytes.
  static let evidenceBytes = 512

  /// The codec that `front` begins with; nil for plain bytes. The answer depends on the first `evidenceBytes` alone, so that a record and
  /// a stream of the same bytes are read alike.
  ///
  /// - Parameter isComplete: nothing follows `front`; else it has `magicBytes` at least, and `evidenceBytes` if it may be zlib.
  static func find(in front: Span<UInt8>, isComplete: Bool) throws(CodecError) -> Codec? {
    if let name = unsupported(front) { throw .unsupported(name) }
    guard let codec = detect(front) else { return nil }
    if codec != .zlib { return codec }
    let evidence = front.extracting(first: evidenceBytes)
    return isZlib(evidence, isComplete: isComplete && front.count < evidenceBytes) ? codec : nil
  }

  /// Whether the bytes are compressed, by more than two bytes of evidence; also by a codec that is known and not supported.
  public static func isEvident(in bytes: Span<UInt8>) -> Bool {
    guard let codec = detect(bytes) else { return unsupported(bytes) != nil }
    let front = bytes.extracting(first: evidenceBytes)
    return codec != .zlib || canDecodeZlib(front, isComplete: bytes.count < evidenceBytes)
  }

  /// The codec whose magic number stands at the start; nil for none that can be decoded.
  ///
  /// gzip: RFC 1952, section 2.3.1, with the one method there is. zlib: RFC 1950, section 2.2, the four headers that compressors write.
  /// LZ4: frame format 1.6.4, with the skippable frames that may stand before one, and the legacy format of its last section.
  static func detect(_ bytes: Span<UInt8>) -> Codec? {
    guard bytes.count >= 4 else { return nil }
    switch (bytes[0], bytes[1], bytes[2], bytes[3]) {
    case (0x1f, 0x8b, 0x08, _): return .gzip
    case (0x78, 0x01, _, _), (0x78, 0x5e, _, _), (0x78, 0x9c, _, _), (0x78, 0xda, _, _): return .zlib
    case (0x04, 0x22, 0x4d, 0x18), (0x50...0x5f, 0x2a, 0x4d, 0x18), (0x02, 0x21, 0x4c, 0x18): return .lz4
    default: return nil
    }
  }

  /// The name of a compression that is known and not supported; nil for none.
  static func unsupported(_ bytes: Span<UInt8>) -> String? {
    guard bytes.count >= 4 else { return nil }
    if case (0x28, 0xb5, 0x2f, 0xfd) = (bytes[0], bytes[1], bytes[2], bytes[3]) { return "zstd" }
    guard bytes.count >= magicBytes else { return nil }
    switch (bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5]) {
    case (0xff, 0x06, 0x00, 0x00, 0x73, 0x4e): return "snappy"
    case (0x42, 0x5a, 0x68, 0x31...0x39, 0x31, 0x41): return "bzip2"
    case (0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00): return "xz"
    default: return nil
    }
  }

  /// `x^` and `x\u{1}` may begin a text: what can be decoded is zlib, and so is what cannot and is no text.
  private static func isZlib(_ front: Span<UInt8>, isComplete: Bool) -> Bool {
    canDecodeZlib(front, isComplete: isComplete) || !looksLikeText(front, isComplete: isComplete)
  }

  private static func canDecodeZlib(_ front: Span<UInt8>, isComplete: Bool) -> Bool {
    let trial = WindowDecoder(.zlib)
    trial.append(front)
    var output = ByteOutput(capacity: evidenceBytes * 8)
    do throws(CodecError) {
      // Without the end, one window is enough: a text breaks off within a few bytes.
      while try trial.decode(into: &output, room: evidenceBytes * 8, isLast: isComplete) == .produced, isComplete { output.removeAll() }
      return true
    } catch {
      return false
    }
  }

  private static func looksLikeText(_ bytes: Span<UInt8>, isComplete: Bool) -> Bool {
    guard countControlBytes(bytes) * 20 <= bytes.count else { return false }
    let bad = validateUTF8(bytes)
    // A character may be cut where the front ends.
    return bad < 0 || !isComplete && bad > bytes.count - 4
  }
}
