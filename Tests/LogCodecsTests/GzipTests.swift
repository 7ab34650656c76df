import LogBytes
import TestSupport
import Testing

@testable import LogCodecs

/// RFC 1952: members, their headers and trailers, whole and in windows.
struct GzipTests {
  private let small = bytes("one line\nanother line\n")

  @Test(arguments: [0, 1, 6, 9] as [Int32])
  func `every level is decoded`(level: Int32) {
    for text in [[], small, logText(bytes: 300_000)] {
      #expect(decodedEveryWay(gzip(text, level: level)) == Decoded([.gzip], text))
    }
  }

  @Test func `members stand one behind the other, empty ones too`() {
    let members = gzip(small) + gzip([]) + gzip(bytes("third\n")) + gzip([])
    #expect(decodedEveryWay(members) == Decoded([.gzip], small + bytes("third\n")))
    #expect(decodedEveryWay(gzip([])) == Decoded([.gzip], []))
  }

  @Test func `many members are as one`() {
    let text = logText(bytes: 20_000)
    let members = stride(from: 0, to: text.count, by: 37).flatMap { gzip(Array(text[$0..<min($0 + 37, text.count)])) }
    #expect(decodedWhole(members) == Decoded([.gzip], text))
    #expect(decodedInParts([members]) == Decoded([.gzip], text))
  }

  @Test func `zeros may pad the last member and stand between members`() {
    #expect(decodedEveryWay(gzip(small) + [UInt8](repeating: 0, count: 512)) == Decoded([.gzip], small))
    #expect(decodedEveryWay(gzip(small) + [0, 0, 0] + gzip(small)) == Decoded([.gzip], small + small))
  }

  @Test(arguments: [
    bytes("more\n"), [0x1f], [0x1f, 0x8b, 0x08], [0, 0, 7], bytes(hex: "04224d18 00000000"), bytes(hex: "1f8b07 0000000000"),
  ])
  func `what else stands behind the members is reported with its place`(garbage: [UInt8]) {
    let member = gzip(small)
    let result = decodedEveryWay(member + garbage)
    #expect(result.bytes == small)
    #expect(result.error?.code == .trailing)
    #expect(result.error?.offset == member.count + garbage.prefix { $0 == 0 }.count)
    #expect(result.error?.description.hasPrefix("bytes that are no gzip stand behind the gzip data (byte ") == true)
  }

  @Test func `a cut at any byte is found`() {
    let member = gzip(logText(bytes: 700))
    for end in 4..<member.count {
      let result = decodedEveryWay(Array(member[..<end]))
      #expect(result.error?.code == .truncated, "cut to \(end) bytes")
      #expect(result.error?.offset == end)
      #expect(logText(bytes: 700).starts(with: result.bytes))
    }
  }

  @Test func `a cut in the second member is found, and the first is delivered`() {
    let first = gzip(small)
    let both = first + gzip(bytes("second\n"))
    for end in first.count + 1..<both.count {
      let result = decodedEveryWay(Array(both[..<end]))
      #expect(result.error?.code == (end < first.count + 4 ? .trailing : .truncated), "cut to \(end) bytes")
      #expect(result.bytes.starts(with: small))
    }
    #expect(decodedEveryWay(Array(both[..<first.count])) == Decoded([.gzip], small))
  }

  @Test func `a changed byte is found wherever it changes the text`() {
    let text = logText(bytes: 300)
    let member = gzip(text)
    // Bytes 4 to 9 are time, extra flags and system: they may be anything.
    for index in Array(3..<4) + Array(10..<member.count) {
      for bit in 0..<8 as Range<UInt8> {
        let result = decodedEveryWay(flipped(member, at: index, bit: bit))
        // The lowest flag says "text" and means nothing, nor do the bits that fill the last byte of the text.
        let isFree = index == 3 && bit == 0 || index == member.count - 9 && result.error == nil
        #expect(isFree ? result == Decoded([.gzip], text) : result.error != nil, "byte \(index), bit \(bit)")
      }
    }
  }

  @Test func `checksum and length are compared`() {
    let member = gzip(small)
    for index in member.count - 8..<member.count {
      let result = decodedEveryWay(flipped(member, at: index, bit: 3))
      #expect(result.error?.code == .corrupt)
      #expect(result.error?.description.hasPrefix("corrupt gzip data (byte ") == true)
      #expect(result.bytes == small)
    }
  }

  @Test func `the fields of a header are passed over`() {
    let extra: [UInt8] = [3, 0, 1, 2, 3]
    let name = bytes("server.log\0")
    let comment = bytes("of the night\0")
    for (flags, fields) in [(4, extra), (8, name), (16, comment), (28, extra + name + comment)] as [(UInt8, [UInt8])] {
      #expect(decodedEveryWay(storedGzip(small, flags: flags, extra: fields)) == Decoded([.gzip], small))
    }
    // Reserved flags announce something that no reader knows.
    for flag in [0x20, 0x40, 0x80] as [UInt8] { #expect(decodedEveryWay(storedGzip(small, flags: flag)).error?.code == .corrupt) }
  }

  @Test func `the checksum of a header is compared`() {
    // The low half of CRC-32 of 1f 8b 08 02 00 00 00 00 00 ff.
    let right = Array(littleEndian(crc32([0x1f, 0x8b, 8, 2, 0, 0, 0, 0, 0, 255]))[..<2])
    #expect(decodedEveryWay(storedGzip(small, flags: 2, extra: right)) == Decoded([.gzip], small))
    #expect(decodedEveryWay(storedGzip(small, flags: 2, extra: [right[0] ^ 1, right[1]])).error?.code == .corrupt)
  }

  @Test func `the size that a member claims is no more than a hint`() {
    // The last member's size is read first: smaller and larger ones before it are decoded all the same.
    let large = logText(bytes: 200_000)
    #expect(decodedWhole(gzip(large) + gzip(bytes("x"))) == Decoded([.gzip], large + bytes("x")))
    #expect(decodedWhole(gzip(bytes("x")) + gzip(large)) == Decoded([.gzip], bytes("x") + large))
    for claim in [0, 1, UInt32.max, 1 << 30] {
      let lying = Array(gzip(small).dropLast(4)) + littleEndian(claim)
      #expect(decodedEveryWay(lying).error?.code == .corrupt)
    }
  }

  @Test func `members beyond the size that is decoded at once go through windows`() {
    let large = [UInt8](repeating: 0x61, count: RecordDecoder.greatestWholeMember + 100_000)
    let member = gzip(large, level: 1)
    #expect(decodedWhole(member) == Decoded([.gzip], large))
    #expect(decodedWhole(gzip(small) + member + gzip(small)) == Decoded([.gzip], small + large + small))
    let trailing = decodedWhole(gzip(small) + member + bytes("more"))
    #expect(trailing.error?.code == .trailing)
    #expect(trailing.error?.offset == gzip(small).count + member.count)
    #expect(decodedWhole(Array(member.dropLast(3))).error?.code == .truncated)
  }
}
