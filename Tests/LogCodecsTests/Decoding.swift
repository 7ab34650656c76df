import LogBytes
import TestSupport
import Testing

@testable import LogCodecs

/// What a decoder gave: what it delivered, and why it stopped.
struct Decoded: Equatable {
  var codecs: [Codec] = []
  var bytes: [UInt8] = []
  var error: CodecError?

  init() {}

  init(_ codecs: [Codec], _ bytes: [UInt8]) {
    self.codecs = codecs
    self.bytes = bytes
  }
}

/// Decodes as a record; plain bytes come back as they are, and nothing with an error.
func decodedWhole(_ input: [UInt8], limit: Int = 64 << 20) -> Decoded {
  var result = Decoded()
  var decoder = RecordDecoder()
  var output = ByteOutput()
  var left = limit
  do throws(CodecError) {
    result.codecs = try decoder.decode(input.span, limit: &left, into: &output)
    result.bytes = result.codecs.isEmpty ? input : bytes(output)
  } catch {
    result.error = error
  }
  return result
}

/// Decodes as a stream that comes in parts.
func decodedInParts(_ parts: [[UInt8]]) -> Decoded {
  var result = Decoded()
  var decoder = StreamDecoder()
  var window = ByteOutput()
  do throws(CodecError) {
    for part in parts {
      decoder.append(part.span)
      while try decoder.decode(into: &window) { hand(&window, to: &result) }
    }
    decoder.finish()
    while try decoder.decode(into: &window) { hand(&window, to: &result) }
  } catch {
    result.error = error
  }
  result.codecs = decoder.codecs
  let left = window.count
  #expect(left == 0, "bytes beside an error or behind the end")
  return result
}

private func hand(_ window: inout ByteOutput, to result: inout Decoded) {
  let piece = bytes(window)
  #expect(!piece.isEmpty, "nothing was handed out")
  result.bytes += piece
  window.removeAll()
}

/// The input as a record, as a stream of one part, and as a stream of single bytes: the same, but that streams deliver what stands before
/// a mistake.
func decodedEveryWay(_ input: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) -> Decoded {
  let whole = decodedWhole(input)
  let stream = decodedInParts([input])
  let bytewise = decodedInParts(input.map { [$0] })
  #expect(bytewise == stream, "a stream depends on its cuts", sourceLocation: sourceLocation)
  #expect(stream.error == whole.error, "stream and record differ", sourceLocation: sourceLocation)
  if whole.error == nil { #expect(stream == whole, "stream and record differ", sourceLocation: sourceLocation) }
  return stream
}

/// `input` with one bit changed.
func flipped(_ input: [UInt8], at index: Int, bit: UInt8 = 0) -> [UInt8] {
  var changed = input
  changed[index] ^= 1 << bit
  return changed
}
