import LogBytes
import TestSupport
import Testing

@testable import LogCodecs

/// The LZ4 frame format 1.6.4, with all its choices.
struct LZ4Tests {
  private let small = bytes("one line\nanother line\n")

  @Test(arguments: LZ4Choice.all)
  func `every choice is decoded`(choice: LZ4Choice) {
    var generator = SeededGenerator(seed: 3)
    // What cannot be compressed goes into blocks as it is.
    let random = generator.bytes(count: 150_000)
    for text in [[], small, logText(bytes: 200_000), random, logText(bytes: 70_000) + random] {
      let frame = lz4(text, choice)
      #expect(decodedWhole(frame) == Decoded([.lz4], text))
      #expect(decodedInParts([frame]) == Decoded([.lz4], text))
      #expect(decodedInParts(randomParts(of: frame, largest: 9000, using: &generator)) == Decoded([.lz4], text))
    }
  }

  @Test func `blocks of the greatest size go through windows`() {
    let text = logText(bytes: 9_000_000)
    let frame = lz4(text, LZ4Choice(blockSize: 7, isLinked: true, hasBlockChecksums: true))
    #expect(decodedWhole(frame) == Decoded([.lz4], text))
    #expect(decodedInParts([frame]) == Decoded([.lz4], text))
  }

  @Test(arguments: LZ4Choice.all.filter { $0.blockSize == 4 })
  func `a cut at any byte is found`(choice: LZ4Choice) {
    let text = logText(bytes: 300)
    let frame = lz4(text, choice)
    for end in 4..<frame.count {
      let result = decodedEveryWay(Array(frame[..<end]))
      #expect(result.error?.code == .truncated, "cut to \(end) of \(frame.count) bytes")
      #expect(result.error?.offset == end)
      #expect(text.starts(with: result.bytes))
    }
    #expect(decodedEveryWay(frame) == Decoded([.lz4], text))
  }

  @Test(arguments: [true, false])
  func `a changed byte is found`(hasBlockChecksums: Bool) {
    let text = logText(bytes: 250)
    let frame = lz4(text, LZ4Choice(hasBlockChecksums: hasBlockChecksums))
    for index in 4..<frame.count {
      for bit in 0..<8 as Range<UInt8> {
        let result = decodedEveryWay(flipped(frame, at: index, bit: bit))
        // Without checksums of blocks a change is found if it changes the text: some lengths may be written in several ways.
        #expect(result.error != nil || !hasBlockChecksums && result.bytes == text, "byte \(index), bit \(bit)")
      }
    }
  }

  @Test func `a changed block is found by its checksum`() {
    let frame = lz4(logText(bytes: 250), LZ4Choice(hasContentChecksum: false, hasBlockChecksums: true))
    // Behind seven bytes of header and four of the block's size; four bytes mark the end.
    for index in 11..<frame.count - 4 {
      let result = decodedEveryWay(flipped(frame, at: index, bit: UInt8(index % 8)))
      #expect(result.error?.code == .corrupt)
      #expect(result.error?.offset == 11)
    }
  }

  @Test func `a block that is not compressed may be empty`() {
    for hasBlockChecksums in [false, true] {
      let frame = lz4(small, LZ4Choice(hasBlockChecksums: hasBlockChecksums))
      // Four zeros mark the end; the checksum of nothing is XXH32's.
      let empty = bytes(hex: "00000080") + (hasBlockChecksums ? bytes(hex: "055dcc02") : [])
      let end = frame.count - 8
      #expect(decodedEveryWay(Array(frame[..<end]) + empty + empty + frame[end...]) == Decoded([.lz4], small))
    }
  }

  @Test func `the content's checksum is compared`() {
    let frame = lz4(small)
    for index in frame.count - 4..<frame.count {
      let result = decodedEveryWay(flipped(frame, at: index))
      #expect(result.error?.code == .corrupt)
      #expect(result.bytes == small)
    }
  }

  @Test func `the content's size is compared`() {
    let frame = lz4(small, LZ4Choice(hasContentSize: true))
    // FLG and BD, then eight bytes of size, then the checksum of these ten.
    #expect(frame[14] == lz4HeaderChecksum(frame[4..<14]))
    for wrong in [0, 1, small.count - 1, small.count + 1, 1 << 40] {
      var lying = frame
      lying.replaceSubrange(6..<14, with: littleEndian(UInt64(wrong)))
      #expect(decodedEveryWay(lying).error?.code == .corrupt)
      lying[14] = lz4HeaderChecksum(lying[4..<14])
      // A size of 0 is none.
      let result = decodedEveryWay(lying)
      if wrong == 0 { #expect(result.error == nil) } else { #expect(result.error?.code == .corrupt, "size \(wrong)") }
    }
  }

  @Test func `what stands before a broken block is delivered`() {
    let text = logText(bytes: 200_000)
    let frame = lz4(text, LZ4Choice(isLinked: false, hasBlockChecksums: true))
    let result = decodedEveryWay(flipped(frame, at: frame.count - 30))
    #expect(result.error?.code == .corrupt)
    #expect(result.bytes == Array(text[..<(65_536 * 3)]))
  }

  @Test func `frames stand one behind the other, with skippable ones between them`() {
    let skipped = skippableLZ4(bytes("anything"), number: 7)
    let frames = skippableLZ4([]) + lz4(small) + skipped + lz4([]) + lz4(bytes("third\n"), LZ4Choice(blockSize: 6)) + skipped
    #expect(decodedEveryWay(frames) == Decoded([.lz4], small + bytes("third\n")))
    #expect(decodedEveryWay(skipped) == Decoded([.lz4], []))
    for end in 4..<skipped.count { #expect(decodedEveryWay(Array(skipped[..<end])).error?.code == .truncated) }
  }

  @Test(arguments: [bytes("more\n"), [0], [0, 0, 0, 0, 0], [0x04, 0x22, 0x4d], bytes(hex: "1f8b0800")])
  func `what else stands behind a frame is reported`(garbage: [UInt8]) {
    let frame = lz4(small)
    let result = decodedEveryWay(frame + garbage)
    #expect(result.bytes == small)
    #expect(result.error?.code == .trailing)
    #expect(result.error?.offset == frame.count)
  }

  // MARK: Legacy frames

  @Test func `legacy frames are decoded`() {
    var generator = SeededGenerator(seed: 5)
    for text in [small, logText(bytes: 100_000), generator.bytes(count: 5000)] {
      #expect(decodedWhole(legacyLZ4(text)) == Decoded([.lz4], text))
      #expect(decodedInParts([legacyLZ4(text)]) == Decoded([.lz4], text))
      #expect(decodedInParts(randomParts(of: legacyLZ4(text), largest: 4000, using: &generator)) == Decoded([.lz4], text))
    }
    #expect(decodedEveryWay(legacyLZ4(small)) == Decoded([.lz4], small))
    #expect(decodedEveryWay(legacyLZ4([])) == Decoded([.lz4], []))
    let text = logText(bytes: 900)
    #expect(decodedEveryWay(legacyLZ4(text, blockBytes: 100)) == Decoded([.lz4], text))
  }

  @Test func `legacy blocks of the greatest size go through windows`() {
    let text = logText(bytes: (8 << 20) + 100_000)
    #expect(decodedWhole(legacyLZ4(text)) == Decoded([.lz4], text))
    #expect(decodedInParts([legacyLZ4(text)]) == Decoded([.lz4], text))
  }

  @Test func `other frames may stand behind a legacy frame`() {
    let frames = legacyLZ4(small) + lz4(bytes("b\n")) + skippableLZ4([1]) + legacyLZ4(bytes("c\n")) + legacyLZ4(bytes("d\n"))
    #expect(decodedEveryWay(frames) == Decoded([.lz4], small + bytes("b\nc\nd\n")))
    let result = decodedEveryWay(legacyLZ4(small) + bytes("~~~~~~~~"))
    #expect(result.bytes == small)
    #expect(result.error?.code == .trailing)
  }

  @Test func `a legacy frame ends between its blocks only`() {
    let text = logText(bytes: 300)
    let frame = legacyLZ4(text, blockBytes: 100)
    var ends = [4]
    while ends.last! < frame.count { ends.append(ends.last! + 4 + Int(frame[ends.last!])) }
    #expect(ends.count == 4 && ends.last == frame.count)
    for end in 4..<frame.count {
      let result = decodedEveryWay(Array(frame[..<end]))
      // The format has no mark for its end: a cut between blocks cannot be seen.
      if let block = ends.firstIndex(of: end) {
        #expect(result == Decoded([.lz4], Array(text[..<(block * 100)])))
      } else {
        #expect(result.error?.code == .truncated, "cut to \(end) bytes")
        #expect(result.error?.offset == end)
      }
    }
  }

  @Test func `a broken legacy block is found where it breaks the format`() {
    let text = logText(bytes: 300)
    let frame = legacyLZ4(text, blockBytes: 100)
    // A block of no bytes, one whose last match stands before the text, and one that stands for more than 8 MiB.
    let magic: [UInt8] = [0x02, 0x21, 0x4c, 0x18]
    let endless = [UInt8](repeating: 0xff, count: 40_000)
    for block in [[], [0x10, 0x61, 0x05, 0x00], [0x1f, 0x61, 0x01, 0x00] + endless + [0, 0]] as [[UInt8]] {
      let result = decodedEveryWay(frame + littleEndian(UInt32(block.count)) + block)
      #expect(result.bytes == text)
      #expect(result.error?.code == .corrupt)
      #expect(decodedWhole(magic + littleEndian(UInt32(block.count)) + block).error?.code == .corrupt)
    }
  }
}
