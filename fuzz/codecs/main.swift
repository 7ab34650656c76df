import Fuzzing
import LogBytes
import LogCodecs

/// Any bytes as a record and as a stream in pieces: the same bytes come out, or both refuse them; never more than the limit.
final class CodecFuzzing: FuzzTarget {
  private static let limit = 1 << 20
  private var decoder = RecordDecoder()

  func run(_ bytes: [UInt8]) {
    var left = Self.limit
    var record = ByteOutput(capacity: 64)
    var refusal: CodecError?
    var codecs: [Codec] = []
    do throws(CodecError) {
      codecs = try decoder.decode(bytes.span, limit: &left, into: &record)
    } catch {
      refusal = error
    }
    Fuzzer.expect(record.count <= Self.limit && left >= 0, "more than the limit was decoded")
    if let refusal { Fuzzer.expect(!refusal.description.isEmpty && refusal.offset >= 0, "a refusal without words") }
    if refusal?.code == .tooLarge { return }
    var stream = ByteOutput(capacity: 64)
    let streamRefusal = decode(bytes, into: &stream)
    Fuzzer.expect(
      (refusal == nil) == (streamRefusal == nil),
      "as a record: \(refusal?.description ?? "decoded"), as a stream: \(streamRefusal?.description ?? "decoded")")
    guard refusal == nil else { return }
    // Plain bytes stay where they are.
    let same = codecs.isEmpty ? isSame(bytes.span, stream.span) : isSame(record.span, stream.span)
    Fuzzer.expect(same, "a stream gives other bytes than a record")
  }

  /// In pieces whose size hangs on the bytes.
  private func decode(_ bytes: [UInt8], into output: inout ByteOutput) -> CodecError? {
    var decoder = StreamDecoder()
    let piece = 1 + bytes.reduce(0) { ($0 &* 31 &+ Int($1)) & 0x3f }
    var start = 0
    do throws(CodecError) {
      while start < bytes.count {
        decoder.append(bytes[start..<min(start + piece, bytes.count)].span)
        start += piece
        while output.count <= Self.limit, try decoder.decode(into: &output) {}
      }
      decoder.finish()
      while output.count <= Self.limit, try decoder.decode(into: &output) {}
    } catch {
      return error
    }
    return nil
  }

  private func isSame(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
    left.count == right.count && left.indices.allSatisfy { left[$0] == right[$0] }
  }
}

Fuzzer.run(CodecFuzzing.self)
