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
  /// The byte of the compressed data at which it showed, from 0: of the layer that is at fault, not of the record around it.
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
