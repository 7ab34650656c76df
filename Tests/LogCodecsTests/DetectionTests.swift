import LogBytes
import TestSupport
import Testing

@testable import LogCodecs

/// Magic numbers say what bytes are.
struct DetectionTests {
  @Test(arguments: [
    ("28b52ffd 2400010000", "zstd"), ("ff060000 734e61507059", "snappy"), ("425a6839 314159265359", "bzip2"),
    ("fd377a585a00 0004", "xz"),
  ])
  func `a compression that is known and not supported is named`(hex: String, name: String) {
    for input in [bytes(hex: hex), gzip(bytes(hex: hex)), bytes(hex: hex) + logText(bytes: 2000)] {
      let result = decodedEveryWay(input)
      #expect(result.error?.code == .unsupported)
      #expect(result.error?.message == "\(name) is not supported: send gzip, zlib, LZ4 frames or plain text")
      #expect(result.bytes.isEmpty)
    }
  }

  @Test(arguments: [
    "", "a", "\n", "plain\n", "PK\u{3}\u{4}", "P*M", "xyz", "BZh9 is a name\n", "\u{1f}", "BZ", "(", "{\"a\":1}\n", "x", "xx",
    "H4sIAAAAAAAA",
  ])
  func `what has no magic number is plain`(text: String) {
    #expect(decodedEveryWay(bytes(text)) == Decoded([], bytes(text)))
    let long = bytes(text + String(repeating: "a line of a log\n", count: 100))
    #expect(decodedEveryWay(long) == Decoded([], long))
  }

  @Test func `other methods than deflate are no gzip`() {
    let input = bytes(hex: "1f8b07 00000000000003")
    #expect(decodedEveryWay(input) == Decoded([], input))
  }

  @Test func `all bytes of a plain stream pass, and it says so`() throws {
    var decoder = StreamDecoder()
    var output = ByteOutput()
    let before = decoder.passesThrough
    let line = bytes("a line")
    decoder.append(line.span)
    let (first, passes) = (try decoder.decode(into: &output), decoder.passesThrough)
    let second = try decoder.decode(into: &output)
    #expect([before, first, passes, second] == [false, true, true, false])
    #expect(bytes(output) == line)
  }

  @Test func `a compressed stream is not passed through`() throws {
    var decoder = StreamDecoder()
    var output = ByteOutput()
    let input = gzip(bytes("a line"))
    decoder.append(input.span)
    while try decoder.decode(into: &output) {}
    let (passes, codecs) = (decoder.passesThrough, decoder.codecs)
    #expect(!passes)
    #expect(codecs == [.gzip])
  }
}
