import LogBytes

/// A compression that wraps bytes, found by its magic number.
public enum Codec: String, Sendable, CaseIterable {
  case gzip, zlib, lz4

  /// More codecs around each other are refused.
  public static let greatestDepth = 3
  /// So many bytes decide which codec it is.
  static let magicBytes = 6

  /// The codec whose magic number stands at the start; nil for none that can be decoded.
  ///
  /// gzip: RFC 1952, section 2.3.1, with the one method there is. zlib: RFC 1950, section 2.2, the four headers that compressors write.
  /// LZ4: frame format 1.6.4, with the skippable frames that may stand before one.
  static func detect(_ bytes: Span<UInt8>) -> Codec? {
    guard bytes.count >= 4 else { return nil }
    switch (bytes[0], bytes[1], bytes[2], bytes[3]) {
    case (0x1f, 0x8b, 0x08, _): return .gzip
    case (0x78, 0x01, _, _), (0x78, 0x5e, _, _), (0x78, 0x9c, _, _), (0x78, 0xda, _, _): return .zlib
    case (0x04, 0x22, 0x4d, 0x18): return .lz4
    default: return nil
    }
  }

  /// The name of a compression that is known and not supported; nil for none.
  static func unsupported(_ bytes: Span<UInt8>) -> String? {
    guard bytes.count >= 6 else { return nil }
    switch (bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5]) {
    case (0x28, 0xb5, 0x2f, 0xfd, _, _): return "zstd"
    case (0xff, 0x06, 0x00, 0x00, 0x73, 0x4e): return "snappy"
    case (0x42, 0x5a, 0x68, 0x31...0x39, 0x31, 0x41): return "bzip2"
    case (0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00): return "xz"
    default: return nil
    }
  }

  /// `x^` and `x\u{1}` may begin a text: a zlib header alone proves nothing where the rest is text.
  static func looksLikeText(_ bytes: Span<UInt8>) -> Bool {
    countControlBytes(bytes) * 20 <= bytes.count && validateUTF8(bytes) < 0
  }
}

/// Why bytes could not be decoded, and where.
public struct CodecError: Error, Sendable, Hashable {
  public enum Code: Sendable, Hashable {
    /// The data contradict themselves: a checksum, a length, a block.
    case corrupt
    /// The data end in the middle.
    case truncated
    /// Something else stands behind the end of the compressed data.
    case trailing
    /// More decoded bytes than the limit.
    case tooLarge
    case tooDeep
    /// A compression that is known and not supported.
    case unsupported
  }

  public var code: Code
  public var codec: Codec?
  /// The compressed byte at which it showed, from 0.
  public var offset: Int
  /// What to say: one sentence without the place.
  public var message: String

  public var description: String { "\(message) (byte \(offset + 1))" }

  init(_ code: Code, _ codec: Codec?, offset: Int, _ message: String) {
    self.code = code
    self.codec = codec
    self.offset = offset
    self.message = message
  }

  static func corrupt(_ codec: Codec, _ offset: Int) -> CodecError {
    CodecError(.corrupt, codec, offset: offset, "corrupt \(codec.rawValue) data")
  }

  static func truncated(_ codec: Codec, _ offset: Int) -> CodecError {
    CodecError(.truncated, codec, offset: offset, "\(codec.rawValue) data end in the middle")
  }

  static func trailing(_ codec: Codec, _ offset: Int) -> CodecError {
    CodecError(.trailing, codec, offset: offset, "bytes that are no \(codec.rawValue) stand behind the \(codec.rawValue) data")
  }

  static func tooLarge(_ codec: Codec, limit: Int, _ offset: Int) -> CodecError {
    CodecError(.tooLarge, codec, offset: offset, "\(codec.rawValue) data of more than \(limit) bytes when decoded")
  }

  static func tooDeep(_ codec: Codec) -> CodecError {
    CodecError(.tooDeep, codec, offset: 0, "more than \(Codec.greatestDepth) compressions inside of each other")
  }

  static func unsupported(_ name: String) -> CodecError {
    CodecError(.unsupported, nil, offset: 0, "\(name) is not supported: send gzip, zlib, LZ4 frames or plain text")
  }
}
