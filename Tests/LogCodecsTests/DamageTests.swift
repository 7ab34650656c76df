import LogBytes
import TestSupport
import Testing

@testable import LogCodecs

/// Damaged input: record and stream say the same of it, and nothing of it is taken for whole.
struct DamageTests {
  private static let inputs: [(name: String, text: [UInt8], input: [UInt8])] = {
    let text = logText(bytes: 1500)
    return [
      ("gzip", text, gzip(text)), ("gzip members", text, gzip(Array(text[..<700])) + gzip(Array(text[700...]))),
      ("zlib", text, deflated(text, as: .zlib)),
      ("stored gzip", text, gzip(text, level: 0)), ("lz4", text, lz4(text)),
      ("lz4 frames", text, lz4(Array(text[..<700]), LZ4Choice(hasBlockChecksums: true)) + skippableLZ4([1, 2]) + lz4(Array(text[700...]))),
      ("gzip in lz4", text, lz4(gzip(text))), ("lz4 in gzip", text, gzip(lz4(text))),
    ]
  }()

  @Test(arguments: inputs.map(\.name))
  func `random damage`(name: String) throws {
    let (_, text, input) = try #require(Self.inputs.first { $0.name == name })
    var generator = SeededGenerator(seed: 11)
    var failures = 0
    for _ in 0..<2000 {
      var damaged = input
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: damaged[Int.random(in: damaged.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      case 1: damaged.remove(at: Int.random(in: damaged.indices, using: &generator))
      case 2: damaged.insert(UInt8.random(in: 0...255, using: &generator), at: Int.random(in: damaged.indices, using: &generator))
      case 3: damaged.removeLast(Int.random(in: 0..<damaged.count, using: &generator))
      default:
        let start = Int.random(in: damaged.indices, using: &generator)
        let end = min(damaged.count, start + Int.random(in: 1...40, using: &generator))
        damaged.replaceSubrange(start..<end, with: generator.bytes(count: Int.random(in: 0...40, using: &generator)))
      }
      let whole = decodedWhole(damaged)
      let stream = decodedInParts([damaged])
      #expect(decodedInParts(randomParts(of: damaged, largest: 50, using: &generator)) == stream)
      // Of two layers that are damaged the stream comes to the inner one first.
      if name.contains(" in ") { #expect((whole.error == nil) == (stream.error == nil)) } else { #expect(whole.error == stream.error) }
      if whole.error == nil {
        #expect(whole == stream)
        // Whole only where a checksum says so, or the damage left no compression at all.
        #expect(whole.bytes == text || whole.codecs.isEmpty || damaged == input || isPartOf(text, whole.bytes), "\(name)")
      } else {
        failures += 1
      }
    }
    #expect(failures > 1500)
  }

  /// Members that are cut out whole, and members of nothing, are right as they are.
  private func isPartOf(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    text.starts(with: part) || text.reversed().starts(with: part.reversed())
  }

  @Test func `random bytes behind a magic number`() {
    var generator = SeededGenerator(seed: 12)
    let magics = [
      bytes(hex: "1f8b0800 0000000000ff"), bytes(hex: "789c"), bytes(hex: "7801"), bytes(hex: "04224d18 6440a7"),
      bytes(hex: "02214c18 10000000"), bytes(hex: "502a4d18 10000000"),
    ]
    for _ in 0..<2000 {
      let magic = magics.randomElement(using: &generator)!
      let input = magic + generator.bytes(count: Int.random(in: 4...900, using: &generator))
      let whole = decodedWhole(input)
      let stream = decodedInParts([input])
      #expect(whole.error == stream.error)
      #expect(decodedInParts(randomParts(of: input, largest: 50, using: &generator)) == stream)
      if whole.error == nil { #expect(whole == stream) }
    }
  }
}
