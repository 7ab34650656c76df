import LogBytes
import TestSupport
import Testing

@testable import LogCodecs

/// Codecs inside of each other, and the cap on all of them.
struct NestingTests {
  private static let triples: [[Codec]] = Codec.allCases.flatMap { outer in
    Codec.allCases.flatMap { middle in Codec.allCases.map { [outer, middle, $0] } }
  }

  private func nested(_ text: [UInt8], _ codecs: [Codec]) -> [UInt8] {
    codecs.reversed().reduce(text) { compressed($0, as: $1) }
  }

  @Test(arguments: triples)
  func `three inside of each other are decoded, four are refused`(codecs: [Codec]) {
    for text in [bytes("one line\n"), [], logText(bytes: 5000)] {
      #expect(decodedEveryWay(nested(text, codecs)) == Decoded(codecs, text))
    }
    for fourth in Codec.allCases {
      let result = decodedEveryWay(nested(bytes("one line\n"), codecs + [fourth]))
      #expect(result.error?.code == .tooDeep)
      #expect(result.error?.codec == fourth)
      #expect(result.bytes.isEmpty)
    }
  }

  @Test(arguments: triples.filter { $0[2] == .gzip })
  func `what is wrong inside is found, and what stands before it is delivered`(codecs: [Codec]) {
    let text = logText(bytes: 400_000)
    let inner = compressed(text, as: .gzip)
    // The length at the end of the innermost member.
    let result = decodedInParts([nested(flipped(inner, at: inner.count - 2), Array(codecs[..<2]))])
    #expect(result.error?.code == .corrupt)
    #expect(result.error?.codec == .gzip)
    #expect(result.bytes == text)
    #expect(decodedWhole(nested(flipped(inner, at: inner.count - 2), Array(codecs[..<2]))).error == result.error)
  }

  @Test(arguments: triples)
  func `a cut of the outermost delivers what the innermost gives until there`(codecs: [Codec]) {
    var generator = SeededGenerator(seed: 9)
    let letters = bytes("abcdefghijklmnopqrstuvwxyz0123456789 \n")
    let text = generator.bytes(count: 600_000, from: letters)
    let input = nested(text, codecs)
    let result = decodedInParts([Array(input[..<(input.count / 2)])])
    #expect(result.error?.code == .truncated)
    #expect(result.error?.codec == codecs[0])
    #expect(text.starts(with: result.bytes))
    // What compresses little comes out about as far as the cut, less one block of 64 KB for each LZ4 around it.
    #expect(result.bytes.count > 100_000, "\(result.bytes.count) of 300,000 bytes")
  }

  @Test(arguments: Codec.allCases)
  func `what is plain inside of a codec is plain whatever its length`(codec: Codec) {
    for count in [0, 1, 3, 4, 5, 6, 7, 511, 512, 513] {
      let text = logText(bytes: count)
      #expect(decodedEveryWay(compressed(text, as: codec)) == Decoded([codec], text))
    }
  }

  // MARK: The cap

  @Test(arguments: Codec.allCases)
  func `the limit holds to the byte`(codec: Codec) {
    for count in [1, 1000, 300_000] {
      let text = logText(bytes: count)
      let input = compressed(text, as: codec)
      #expect(decodedWhole(input, limit: count) == Decoded([codec], text))
      let result = decodedWhole(input, limit: count - 1)
      #expect(result.error?.code == .tooLarge)
      #expect(result.error?.message == "\(codec.rawValue) data of more than \(count - 1) bytes when decoded")
    }
  }

  @Test func `the limit counts all layers, and says what is left`() throws {
    let text = logText(bytes: 50_000)
    let inner = gzip(text)
    let input = lz4(inner)
    #expect(decodedWhole(input, limit: inner.count + text.count) == Decoded([.lz4, .gzip], text))
    #expect(decodedWhole(input, limit: inner.count + text.count - 1).error?.code == .tooLarge)
    var decoder = RecordDecoder()
    var output = ByteOutput()
    var limit = 1_000_000
    _ = try decoder.decode(input.span, limit: &limit, into: &output)
    #expect(limit == 1_000_000 - inner.count - text.count)
  }

  @Test func `members count together`() {
    let members = Array([[UInt8]](repeating: gzip(logText(bytes: 1000)), count: 10).joined())
    #expect(decodedWhole(members, limit: 10_000).bytes.count == 10_000)
    #expect(decodedWhole(members, limit: 9999).error?.code == .tooLarge)
  }

  @Test(arguments: Codec.allCases)
  func `a bomb ends at the limit`(codec: Codec) throws {
    let limit = 1 << 20
    let bomb = compressed([UInt8](repeating: 0, count: 50_000_000), as: codec)
    for input in [bomb, gzip(bomb)] {
      var decoder = RecordDecoder()
      var output = ByteOutput()
      var left = limit
      var code: CodecError.Code?
      do throws(CodecError) {
        _ = try decoder.decode(input.span, limit: &left, into: &output)
      } catch {
        code = error.code
      }
      #expect(code == .tooLarge)
      let count = output.count
      #expect(count <= limit + StreamDecoder.windowBytes)
    }
  }

  @Test func `layers that are already there count`() {
    var decoder = RecordDecoder()
    var output = ByteOutput()
    for (depth, isRight) in [(0, true), (1, true), (2, false), (3, false)] {
      var limit = 1000
      let input = gzip(gzip(bytes("a")))
      let codecs = try? decoder.decode(input.span, limit: &limit, depth: depth, into: &output)
      #expect(codecs == (isRight ? [.gzip, .gzip] : nil))
    }
    var limit = 1000
    let plain = bytes("a")
    let codecs = try? decoder.decode(plain.span, limit: &limit, depth: 3, into: &output)
    #expect(codecs == [])
  }

  @Test func `a decoder knows nothing of the record before`() {
    var decoder = RecordDecoder()
    var output = ByteOutput()
    let text = logText(bytes: 3000)
    let inputs = [gzip(text), Array(gzip(text).dropLast()), lz4(gzip(text)), [], flipped(lz4(text), at: 20), deflated(text, as: .zlib)]
    var generator = SeededGenerator(seed: 4)
    for round in 0..<3 {
      for index in inputs.indices.shuffled(using: &generator) {
        var limit = 1 << 20
        let input = inputs[index]
        let codecs = try? decoder.decode(input.span, limit: &limit, into: &output)
        #expect(codecs == [[.gzip], nil, [.lz4, .gzip], [], nil, [.zlib]][index], "round \(round), input \(index)")
        if let codecs, !codecs.isEmpty { #expect(bytes(output) == text) }
      }
    }
  }
}
