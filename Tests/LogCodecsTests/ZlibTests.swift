import LogBytes
import TestSupport
import Testing

@testable import LogCodecs

/// RFC 1950: one stream, found by the four headers that compressors write.
struct ZlibTests {
  private let small = bytes("one line\nanother line\n")

  @Test(arguments: [0, 1, 5, 6, 9] as [Int32])
  func `every level is decoded`(level: Int32) {
    for text in [[], small, logText(bytes: 200_000)] {
      #expect(decodedEveryWay(deflated(text, as: .zlib, level: level)) == Decoded([.zlib], text))
    }
  }

  @Test func `all four headers are known`() {
    let headers = Set([1, 5, 6, 9].map { deflated(small, as: .zlib, level: $0)[1] })
    #expect(headers == [0x01, 0x5e, 0x9c, 0xda])
  }

  @Test func `a cut at any byte is found`() {
    // Beyond the bytes that tell zlib from text too.
    for text in [small, logText(bytes: 9000)] {
      let stream = deflated(text, as: .zlib)
      for end in 4..<stream.count where end < 80 || end % 41 == 0 || end > stream.count - 5 {
        let result = decodedEveryWay(Array(stream[..<end]))
        #expect(result.error?.code == .truncated, "cut to \(end) of \(stream.count) bytes")
        #expect(text.starts(with: result.bytes))
      }
    }
  }

  @Test func `a changed byte is found`() {
    let text = logText(bytes: 400)
    let stream = deflated(text, as: .zlib)
    for index in 2..<stream.count {
      let result = decodedEveryWay(flipped(stream, at: index, bit: UInt8(index % 8)))
      // Bits that fill the last byte before the checksum mean nothing.
      #expect(index == stream.count - 5 && result.bytes == text || result.error != nil, "byte \(index)")
    }
  }

  @Test func `the checksum is compared`() {
    let stream = deflated(small, as: .zlib)
    for index in stream.count - 4..<stream.count {
      let result = decodedEveryWay(flipped(stream, at: index))
      #expect(result.error?.code == .corrupt)
      #expect(result.error?.codec == .zlib)
    }
  }

  @Test func `what stands behind the stream is reported`() {
    let stream = deflated(small, as: .zlib)
    for garbage in [bytes("more"), [0], stream] {
      let result = decodedEveryWay(stream + garbage)
      #expect(result.bytes == small)
      #expect(result.error?.code == .trailing)
      #expect(result.error?.offset == stream.count)
    }
  }

  @Test(arguments: [
    "x^2 + y^2 = z^2\n", "x^", "x^2+", "x\u{1}marks the spot, said the captain\n", "xڀtext that goes on", "x^é",
    "x^" + String(repeating: "é", count: 600),
  ])
  func `a text that begins like zlib is text`(text: String) {
    #expect(decodedEveryWay(bytes(text)) == Decoded([], bytes(text)))
    let long = bytes(text + String(repeating: "a line of a log\n", count: 100))
    #expect(decodedEveryWay(long) == Decoded([], long))
    // The last layer inside of three codecs may begin so too.
    #expect(decodedEveryWay(gzip(gzip(gzip(long)))) == Decoded([.gzip, .gzip, .gzip], long))
    #expect(decodedEveryWay(gzip(long)) == Decoded([.gzip], long))
  }

  @Test func `stored text is zlib where its frame is right`() {
    // Level 0 leaves the text readable behind `x\u{1}` and a block header.
    let text = logText(bytes: 3000)
    #expect(decodedEveryWay(deflated(text, as: .zlib, level: 0)) == Decoded([.zlib], text))
  }
}
