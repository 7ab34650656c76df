import LogBytes

/// Decodes one layer of compression in windows: any size in constant memory.
///
/// A layer is a row of members (gzip) or frames (LZ4), or one stream (zlib). Append input, then decode until it says that it needs more.
final class WindowDecoder {
  enum Progress: Equatable {
    /// Bytes were written, or may be at the next call.
    case produced
    /// More input is needed.
    case needsInput
    /// The compressed data are complete.
    case ended
  }

  private enum Engine {
    case inflate(InflateWindow)
    case lz4(LZ4Window)
  }

  let codec: Codec
  private let engine: Engine
  /// Input that was not yet used.
  private var input = ByteOutput(capacity: 1 << 12)
  private var used = 0
  /// Bytes of input that were thrown away before.
  private var offset = 0
  /// A member or frame has ended, and the next has not begun.
  private var isBetween = false
  private(set) var hasEnded = false
  /// Bytes decoded up to now.
  private(set) var decodedBytes = 0
  /// Said again at every further call.
  private var failure: CodecError?

  init(_ codec: Codec) {
    self.codec = codec
    engine = codec == .lz4 ? .lz4(LZ4Window()) : .inflate(InflateWindow(codec))
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
  ///
  /// What stands before a mistake is written before the error is thrown.
  func decode(into output: inout ByteOutput, room: Int, isLast: Bool) throws(CodecError) -> Progress {
    if let failure { throw failure }
    do throws(CodecError) {
      return try decodeNext(into: &output, room, isLast: isLast)
    } catch {
      failure = error
      throw error
    }
  }

  private func decodeNext(into output: inout ByteOutput, _ room: Int, isLast: Bool) throws(CodecError) -> Progress {
    if hasEnded { return .ended }
    if isBetween, let progress = try beginNext(isLast: isLast) { return progress }
    let before = output.count
    let step = decodeWindow(&output, room, isLast: isLast)
    used += step.consumed
    decodedBytes += output.count - before
    switch step.state {
    case .corrupt: throw .corrupt(codec, position)
    case .ended:
      isBetween = true
      return .produced
    case .open: break
    }
    if output.count > before || step.consumed > 0 && used < input.count { return .produced }
    if isLast, step.consumed == 0 { throw .truncated(codec, offset + input.count) }
    return isLast ? .produced : .needsInput
  }

  private func decodeWindow(_ output: inout ByteOutput, _ room: Int, isLast: Bool) -> WindowStep {
    // The input is lent out for this call, so it is taken out of the object for that time.
    var lent = ByteOutput(capacity: 0)
    swap(&lent, &input)
    defer { swap(&lent, &input) }
    let rest = lent.span.extracting(droppingFirst: used)
    return switch engine {
    case .inflate(let inflate): inflate.decode(rest, into: &output, room: room)
    case .lz4(let lz4): lz4.decode(rest, into: &output, room: room, isLast: isLast)
    }
  }

  /// Between members: another one, zeros that pad the last, the end, or something that does not belong there.
  private func beginNext(isLast: Bool) throws(CodecError) -> Progress? {
    if codec == .gzip { used += Self.countZeros(input, from: used) }
    let left = input.count - used
    if left == 0 {
      guard isLast else { return .needsInput }
      hasEnded = true
      return .ended
    }
    if left < 4, !isLast { return .needsInput }
    guard codec != .zlib, Self.codec(of: input, at: used) == codec else { throw .trailing(codec, position) }
    if case .inflate(let inflate) = engine { inflate.reset() }
    isBetween = false
    return nil
  }

  private static func countZeros(_ input: borrowing ByteOutput, from start: Int) -> Int {
    var at = start
    while at < input.count, input.span[at] == 0 { at += 1 }
    return at - start
  }

  private static func codec(of input: borrowing ByteOutput, at offset: Int) -> Codec? {
    Codec.detect(input.span.extracting(droppingFirst: offset))
  }
}
