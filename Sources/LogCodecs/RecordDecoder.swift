internal import CDeflate
public import LogBytes

/// Decodes whole records: codecs by magic number, up to three inside of each other, under a cap on all decoded bytes.
///
/// libdeflate decodes whole gzip and zlib members of up to 8 MiB; larger ones and LZ4 frames go through windows. The size that a member
/// claims is a hint and never an allocation. Reused for all records of a function's life.
@safe
public struct RecordDecoder: ~Copyable {
  /// Members of up to so many decoded bytes are decoded whole.
  static let greatestWholeMember = 8 << 20

  private let deflate: OpaquePointer
  private var spare = ByteOutput(capacity: 1 << 12)

  public init() {
    guard let deflate = unsafe libdeflate_alloc_decompressor() else { preconditionFailure("no memory for a decompressor") }
    unsafe self.deflate = deflate
  }

  deinit {
    unsafe libdeflate_free_decompressor(deflate)
  }

  /// Decodes `bytes` into `output`, which is emptied first; plain bytes leave it empty, and the caller uses `bytes`.
  ///
  /// - Parameters:
  ///   - limit: decoded bytes over all layers; what was decoded is taken off.
  ///   - depth: the layers that are already around `bytes`.
  /// - Returns: the codecs from outside in.
  public mutating func decode(
    _ bytes: Span<UInt8>, limit: inout Int, depth: Int = 0, into output: inout ByteOutput
  ) throws(CodecError) -> [Codec] {
    output.removeAll()
    guard let first = try Codec.find(in: bytes, isComplete: true) else { return [] }
    guard depth < Codec.greatestDepth else { throw .tooDeep(first) }
    try decode(first, bytes, &limit, into: &output)
    var codecs = [first]
    while let next = try Codec.find(in: output.span, isComplete: true) {
      guard depth + codecs.count < Codec.greatestDepth else { throw .tooDeep(next) }
      var input = ByteOutput(capacity: 0)
      swap(&input, &output)
      swap(&output, &spare)
      output.removeAll()
      try decode(next, input.span, &limit, into: &output)
      swap(&input, &spare)
      codecs.append(next)
    }
    return codecs
  }

  private func decode(_ codec: Codec, _ bytes: Span<UInt8>, _ left: inout Int, into output: inout ByteOutput) throws(CodecError) {
    let limit = left
    switch codec {
    case .lz4: try decodeInWindows(codec, bytes, from: 0, limit: limit, into: &output)
    case .gzip: try decodeMembers(bytes, limit: limit, into: &output)
    case .zlib:
      let (outcome, used) = decodeWhole(codec, bytes, limit: limit, into: &output)
      switch outcome {
      case .whole:
        if used < bytes.count { throw .trailing(codec, used) }
      case .noRoom, .bad: try decodeInWindows(codec, bytes, from: 0, limit: limit, into: &output)
      }
    }
    left -= output.count
  }

  /// gzip members one behind the other; zeros may pad the last one.
  private func decodeMembers(_ bytes: Span<UInt8>, limit: Int, into output: inout ByteOutput) throws(CodecError) {
    var at = 0
    repeat {
      let rest = bytes.extracting(droppingFirst: at)
      if at > 0, Codec.detect(rest) != .gzip { throw .trailing(.gzip, at) }
      let (outcome, used) = decodeWhole(.gzip, rest, limit: limit - output.count, into: &output)
      switch outcome {
      case .whole: at += used
      case .noRoom, .bad:
        // The member is large, or something is wrong, of which the windows say more. They know members too.
        return try decodeInWindows(.gzip, bytes, from: at, limit: limit, into: &output)
      }
      while at < bytes.count, bytes[at] == 0 { at += 1 }
    } while at < bytes.count
  }

  private enum WholeOutcome { case whole, noRoom, bad }

  /// One member with libdeflate; nothing is appended unless it is whole. Its size is tried from a hint on, doubled up to the greatest.
  private func decodeWhole(_ codec: Codec, _ bytes: Span<UInt8>, limit: Int, into output: inout ByteOutput) -> (WholeOutcome, used: Int) {
    // libdeflate passes over the checksum of a gzip header, which zlib compares (RFC 1952, section 2.3.1, FHCRC).
    if codec == .gzip, bytes[3] & 2 != 0 { return (.bad, 0) }
    let greatest = min(Self.greatestWholeMember, limit)
    // gzip states its size modulo 2^32 in its last four bytes (RFC 1952, section 2.3.1); deflate expands at most 1032 times.
    var room = bytes.count * 4 + 256
    if codec == .gzip, bytes.count >= 18 {
      let claim = Int(truncatingIfNeeded: loadWord(bytes, at: bytes.count - 8) >> 32)
      if claim <= bytes.count * 1032 { room = max(claim, 1) }
    }
    room = min(room, greatest)
    while true {
      var used = 0
      var produced = 0
      var result = LIBDEFLATE_BAD_DATA
      // libdeflate reads the span and writes into the room of the output, both of which live through this call.
      unsafe bytes.withUnsafeBufferPointer { source in
        unsafe output.appendUnsafe(room: room) { target in
          result =
            codec == .gzip
            ? unsafe libdeflate_gzip_decompress_ex(deflate, source.baseAddress, source.count, target, room, &used, &produced)
            : unsafe libdeflate_zlib_decompress_ex(deflate, source.baseAddress, source.count, target, room, &used, &produced)
          return result == LIBDEFLATE_SUCCESS ? produced : 0
        }
      }
      if result == LIBDEFLATE_SUCCESS { return (.whole, used) }
      guard result == LIBDEFLATE_INSUFFICIENT_SPACE else { return (.bad, 0) }
      if room >= greatest { return (.noRoom, 0) }
      room = min(room * 2, greatest)
    }
  }

  private func decodeInWindows(
    _ codec: Codec, _ bytes: Span<UInt8>, from start: Int, limit: Int, into output: inout ByteOutput
  ) throws(CodecError) {
    let decoder = WindowDecoder(codec)
    decoder.append(bytes.extracting(droppingFirst: start))
    do throws(CodecError) {
      while try decoder.decode(into: &output, room: StreamDecoder.windowBytes, isLast: true) != .ended {
        if output.count > limit { throw .tooLarge(codec, limit: limit, decoder.position) }
      }
    } catch {
      var error = error
      error.offset += start
      throw error
    }
  }
}
