import LogBytes
import TestSupport
import Testing

/// Every implementation of the kernels against a naive oracle. The choice of the implementation is global: nothing here runs at the same
/// time as another test of this suite, and what runs beside it must be right with every implementation.
@Suite(.serialized) struct KernelTests {
  /// Runs `body` once with each implementation that this processor has, then with the fastest again.
  private func withEachImplementation(_ body: (_ name: String) throws -> Void) rethrows {
    let best = ByteKernels.selected
    defer { ByteKernels.select(best) }
    for (index, name) in ByteKernels.available {
      ByteKernels.select(index)
      try body(name)
    }
  }

  @Test func `the scalar reference is always there and the fastest is chosen`() {
    let available = ByteKernels.available
    #expect(available.first?.name == "scalar")
    #expect(ByteKernels.selected == available.last?.index)
    #expect(available.count >= 2, "no SIMD on this processor")
    #expect(!ByteKernels.select(-1))
    #expect(!ByteKernels.select(99))
    #expect(ByteKernels.selected == available.last?.index)
    withEachImplementation { name in
      #expect(ByteKernels.available.first { $0.index == ByteKernels.selected }?.name == name)
    }
    #expect(ByteKernels.selected == available.last?.index)
  }

  // ------------------------------------------------------------------------------------------------ sequences

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `sequences are met where every byte says so`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    // Few halves, so that some sequences are met and others are not.
    var tables = [UInt8](repeating: 0, count: sequenceTablesBytes)
    for index in tables.indices {
      tables[index] = UInt8.random(in: 0...255, using: &generator) & UInt8.random(in: 0...255, using: &generator)
    }
    let count = Int.random(in: 0...150, using: &generator)
    let alphabet: [UInt8] = [0x00, 0x20, 0x2f, 0x5b, 0x61, 0x80, 0xff]
    let text = generator.bytes(count: count + sequenceSlack, from: alphabet)
    let first = Int.random(in: 0...count, using: &generator)
    var expected: UInt8 = 0
    for start in first..<count {
      var met: UInt8 = 0xff
      for place in 0..<4 {
        let byte = Int(text[start + place])
        met &= tables[32 * place + byte % 16] & tables[32 * place + 16 + byte / 16]
      }
      expected |= met
    }
    withEachImplementation { name in
      let actual = unsafe tables.withUnsafeBufferPointer { table in
        unsafe text.withUnsafeBufferPointer { unsafe sequencesMet(table.baseAddress!, in: $0.baseAddress! + first, count: count - first) }
      }
      #expect(actual == expected, "\(name): \(count - first) bytes from \(first)")
    }
  }

  // ------------------------------------------------------------------------------------------------ searches

  @Test func `a byte is found behind every padding`() {
    withEachImplementation { name in
      for padding in 0...130 {
        for behind in [0, 1, 7, 15, 16, 33, 70] {
          var haystack = [UInt8](repeating: UInt8(ascii: "."), count: padding + behind + 1)
          haystack[padding] = UInt8(ascii: "|")
          for start in [0, padding / 2, padding, padding + 1] {
            let expected = start <= padding ? padding : -1
            let first = firstIndex(of: UInt8(ascii: "|"), in: haystack.span, from: start)
            #expect(first == expected, "\(name) padding \(padding) behind \(behind) from \(start)")
            let either = firstIndex(of: UInt8(ascii: "!"), or: UInt8(ascii: "|"), in: haystack.span, from: start)
            #expect(either == expected, "\(name) padding \(padding) behind \(behind) from \(start)")
            let last = lastIndex(of: UInt8(ascii: "|"), in: haystack.span, before: start)
            #expect(last == (start > padding ? padding : -1), "\(name) padding \(padding) behind \(behind) before \(start)")
          }
          let fromEnd = lastIndex(of: UInt8(ascii: "|"), in: haystack.span, before: haystack.count)
          #expect(fromEnd == padding, "\(name) padding \(padding) behind \(behind)")
          let absent = firstIndex(of: 0, in: haystack.span, from: 0)
          #expect(absent == -1, "\(name): a zero is not what pads a partial block")
          let neither = firstIndex(of: 0, or: 0xff, in: haystack.span, from: 0)
          #expect(neither == -1)
          let before = lastIndex(of: 0, in: haystack.span, before: haystack.count)
          #expect(before == -1)
        }
      }
    }
  }

  @Test func `letters and digits are told byte by byte`() {
    let text = Array(UInt8.min...UInt8.max) + Array("a.Z9@[`{/:".utf8)
    for start in text.indices {
      for count in [1, 2, 15, 16, 17, 40, 64] where start + count <= text.count {
        for readable in [count, min(count + 9, text.count - start), text.count - start] {
          let bits = unsafe text.withUnsafeBufferPointer { buffer in
            unsafe lettersAndDigits(buffer.baseAddress! + start, count: count, readable: readable)
          }
          let isSame = (0..<count).allSatisfy { (bits >> UInt64($0) & 1 != 0) == ASCII.isLetterOrDigit(text[start + $0]) }
          #expect(isSame, "\(count) of \(readable) at \(start)")
        }
      }
    }
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `searches agree with the naive ones on random bytes`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let alphabet: [UInt8] = [0x00, 0x0a, 0x22, 0x61, 0x7f, 0x80, 0xff]
    let haystack = generator.bytes(count: Int.random(in: 0...300, using: &generator), from: alphabet)
    withEachImplementation { name in
      for _ in 0..<40 {
        let one = alphabet[Int.random(in: 0..<7, using: &generator)]
        let other = alphabet[Int.random(in: 0..<7, using: &generator)]
        let position = Int.random(in: 0...haystack.count, using: &generator)
        let first = firstIndex(of: one, in: haystack.span, from: position)
        #expect(first == haystack[position...].firstIndex(of: one) ?? -1, "\(name) \(one) from \(position)")
        let either = firstIndex(of: one, or: other, in: haystack.span, from: position)
        #expect(either == haystack[position...].firstIndex { $0 == one || $0 == other } ?? -1, "\(name) \(one) \(other) from \(position)")
        let last = lastIndex(of: one, in: haystack.span, before: position)
        #expect(last == haystack[..<position].lastIndex(of: one) ?? -1, "\(name) \(one) before \(position)")
      }
    }
  }

  @Test func `all byte values can be searched`() {
    let haystack = Array(UInt8.min...UInt8.max) + Array(UInt8.min...UInt8.max)
    withEachImplementation { name in
      for byte in UInt8.min...UInt8.max {
        let first = firstIndex(of: byte, in: haystack.span, from: 0)
        #expect(first == Int(byte), "\(name)")
        let second = firstIndex(of: byte, in: haystack.span, from: Int(byte) + 1)
        #expect(second == Int(byte) + 256, "\(name)")
        let last = lastIndex(of: byte, in: haystack.span, before: 512)
        #expect(last == Int(byte) + 256, "\(name)")
        let either = firstIndex(of: byte, or: byte &+ 1, in: haystack.span, from: 0)
        #expect(either == min(Int(byte), Int(byte &+ 1)), "\(name)")
      }
    }
  }

  @Test func `plain bytes of a word are counted up to the first other one`() {
    for place in 0..<16 {
      for byte in UInt8.min...UInt8.max {
        var word = [UInt8](repeating: UInt8(ascii: "="), count: 16)
        word[place] = byte
        let isPlain = byte > ASCII.blank && byte < 0x80 && ![ASCII.comma, ASCII.quote, ASCII.backslash].contains(byte)
        // Sixteen bytes are there.
        let count = unsafe word.withUnsafeBufferPointer { unsafe plainBytesOfWord($0.baseAddress!) }
        #expect(count == (isPlain ? 16 : place), "\(byte)")
      }
    }
  }

  @Test func `nothing is found in no bytes`() {
    let empty: [UInt8] = []
    withEachImplementation { _ in
      let first = firstIndex(of: 0, in: empty.span, from: 0)
      let either = firstIndex(of: 0, or: 1, in: empty.span, from: 0)
      let last = lastIndex(of: 0, in: empty.span, before: 0)
      let control = countControlBytes(empty.span)
      let unset = lastIndex(of: 0, in: Span(), before: 0)
      #expect((first, either, last, unset) == (-1, -1, -1, -1))
      #expect(control == 0)
    }
  }

  // ------------------------------------------------------------------------------------------------ control bytes

  private func isCounted(_ byte: UInt8) -> Bool {
    byte == 0x7f || byte < 0x20 && ![0x09, 0x0a, 0x0d, 0x1b].contains(byte)
  }

  @Test func `every byte value is a control byte or not`() {
    withEachImplementation { name in
      for byte in UInt8.min...UInt8.max {
        for count in [1, 16, 32, 37] {
          let text = [UInt8](repeating: byte, count: count)
          let counted = countControlBytes(text.span)
          #expect(counted == (isCounted(byte) ? count : 0), "\(name) \(byte) times \(count)")
        }
      }
    }
  }

  @Test func `control bytes are counted beyond what a lane holds`() {
    withEachImplementation { name in
      for count in [255 * 16, 256 * 16, 255 * 32, 256 * 32 + 3, 20_000] {
        let text = [UInt8](repeating: 1, count: count)
        let counted = countControlBytes(text.span)
        #expect(counted == count, "\(name)")
      }
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `control bytes of random text are counted`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let text = generator.bytes(count: Int.random(in: 0...700, using: &generator))
    let expected = text.count(where: isCounted)
    withEachImplementation { name in
      let counted = countControlBytes(text.span)
      #expect(counted == expected, "\(name)")
    }
  }

  // ------------------------------------------------------------------------------------------------ bitmaps

  private func isMarked(_ byte: UInt8, class index: Int) -> Bool {
    switch index {
    case ChunkBitmaps.lineFeed: byte == 0x0a
    case ChunkBitmaps.blank: byte == 0x20 || byte == 0x09
    case ChunkBitmaps.quote: byte == 0x22
    default: byte < 0x20 || byte >= 0x80 || byte == 0x22 || byte == 0x5c
    }
  }

  private func expectBitmaps(_ bitmaps: borrowing ChunkBitmaps, of text: [UInt8], _ name: String) {
    let words = bitmaps.words
    #expect(words.count == (text.count + 63) / 64 * ChunkBitmaps.classes, "\(name)")
    for index in 0..<ChunkBitmaps.classes {
      for position in 0..<(text.count + 63) / 64 * 64 {
        let isSet = words[position / 64 * ChunkBitmaps.classes + index] >> UInt64(position % 64) & 1 == 1
        let expected = position < text.count && isMarked(text[position], class: index)
        if isSet != expected { Issue.record("\(name) class \(index) position \(position) of \(text.count)") }
      }
    }
  }

  @Test func `all byte values are classified, at every length`() {
    let all = Array(UInt8.min...UInt8.max)
    withEachImplementation { name in
      // One for all: a longer text before a shorter one leaves nothing behind.
      var bitmaps = ChunkBitmaps()
      for start in stride(from: 0, to: 256, by: 17) {
        for count in [0, 1, 15, 16, 31, 63, 64, 65, 127, 128, 130] {
          let text = Array((all + all)[start..<start + count])
          bitmaps.classify(text.span)
          expectBitmaps(bitmaps, of: text, name)
          #expect(bitmaps.hasEscapes == text.contains(0x1b), "\(name) \(start), \(count)")
        }
      }
    }
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func `bitmaps of random text are walked to every marked byte`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let alphabet = bytes("\n\t \"\\abcdefghijklmnopqrstuvwxyz0123456789") + [0, 0x1f, 0x7f, 0x80, 0xff]
    let text = generator.bytes(count: Int.random(in: 1...500, using: &generator), from: alphabet)
    withEachImplementation { name in
      var bitmaps = ChunkBitmaps()
      bitmaps.classify(text.span)
      expectBitmaps(bitmaps, of: text, name)
      for index in 0..<ChunkBitmaps.classes {
        for _ in 0..<40 {
          let start = Int.random(in: 0...text.count, using: &generator)
          let limit = Int.random(in: 0...text.count, using: &generator)
          let found = nextBit(class: index, in: bitmaps.words, from: start, limit: limit)
          let expected = start < limit ? (start..<limit).first { isMarked(text[$0], class: index) } ?? limit : limit
          #expect(found == expected, "\(name) class \(index) \(start)..<\(limit)")
        }
      }
    }
  }

  @Test func `a bit far away is found, and none behind the limit`() {
    for padding in 0...300 {
      var text = [UInt8](repeating: UInt8(ascii: "x"), count: padding + 70)
      text[padding] = 0x0a
      var bitmaps = ChunkBitmaps()
      bitmaps.classify(text.span)
      for start in [0, padding / 2, padding] {
        let found = nextBit(class: ChunkBitmaps.lineFeed, in: bitmaps.words, from: start, limit: text.count)
        #expect(found == padding)
        let limited = nextBit(class: ChunkBitmaps.lineFeed, in: bitmaps.words, from: start, limit: padding)
        #expect(limited == padding)
      }
      let behind = nextBit(class: ChunkBitmaps.lineFeed, in: bitmaps.words, from: padding + 1, limit: text.count)
      #expect(behind == text.count)
    }
  }

  @Test func `a limit outside of the text traps`() async {
    await #expect(processExitsWith: .failure) {
      var bitmaps = ChunkBitmaps()
      let text = [UInt8](repeating: 0x20, count: 64)
      bitmaps.classify(text.span)
      _ = nextBit(class: 0, in: bitmaps.words, from: 0, limit: 65)
    }
    await #expect(processExitsWith: .failure) {
      let text = [UInt8](repeating: 0x20, count: 64)
      _ = firstIndex(of: 0, in: text.span, from: 65)
    }
    await #expect(processExitsWith: .failure) {
      let text = [UInt8](repeating: 0x20, count: 64)
      _ = lastIndex(of: 0, in: text.span, before: 65)
    }
  }

  // ------------------------------------------------------------------------------------------------ base64

  @Test func `base64 of every length reads back`() {
    var generator = SeededGenerator(seed: 64)
    withEachImplementation { name in
      for count in 0...260 {
        let original = generator.bytes(count: count)
        let encoded = written { Base64.encode(original.span, into: &$0) }
        #expect(encoded == naiveBase64(original), "\(name) \(count) bytes")
        #expect(encoded.count == Base64.encodedCount(count))
        var output = ByteOutput()
        let isDecoded = Base64.decode(encoded.span, into: &output)
        #expect(isDecoded, "\(name) \(count) bytes")
        #expect(bytes(output) == original, "\(name) \(count) bytes")
      }
    }
  }

  @Test func `all values of all positions are encoded and decoded`() {
    withEachImplementation { name in
      for byte in UInt8.min...UInt8.max {
        let original = [UInt8](repeating: byte, count: 96) + [byte, ~byte, byte]
        let encoded = written { Base64.encode(original.span, into: &$0) }
        #expect(encoded == naiveBase64(original), "\(name) \(byte)")
        #expect(written { _ = Base64.decode(encoded.span, into: &$0) } == original, "\(name) \(byte)")
      }
    }
  }

  @Test func `a byte that is not of the alphabet is refused at every position`() {
    let alphabet = Set(bytes("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))
    var generator = SeededGenerator(seed: 2)
    let text = generator.bytes(count: 140, from: Array(alphabet).sorted())
    withEachImplementation { name in
      // Every value at some positions, some values at every position.
      for position in [0, 1, 30, 31, 32, 33, 63, 64, 100, 139] {
        for byte in UInt8.min...UInt8.max {
          var corrupt = text
          corrupt[position] = byte
          expectDecoded(corrupt, alphabet.contains(byte), "\(name) byte \(byte) at \(position)")
        }
      }
      for position in text.indices {
        for byte in bytes("=-_ \n\\\"") + [0, 0x7f, 0x80, 0xaf, 0xff] {
          var corrupt = text
          corrupt[position] = byte
          // Padding is right where it cuts off zeros: not here, as the text is checked below to end in other bits.
          expectDecoded(
            corrupt, byte == UInt8(ascii: "=") && position == 139 && naiveBase64Decoded(corrupt) != nil, "\(name) \(byte) at \(position)")
        }
      }
      for count in text.indices {
        expectDecoded(Array(text[..<count]), count % 4 == 0, "\(name) cut to \(count)")
      }
    }
  }

  private func expectDecoded(_ text: [UInt8], _ isBase64: Bool, _ comment: String) {
    var output = ByteOutput()
    output.append("before")
    let isDecoded = Base64.decode(text.span, into: &output)
    if isDecoded != isBase64 { Issue.record("\(comment): \(isDecoded)") }
    let expected = bytes("before") + (isBase64 ? naiveBase64Decoded(text) ?? [] : [])
    if bytes(output) != expected { Issue.record("\(comment): wrong bytes") }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `an escaped slash counts as a slash, wherever it stands`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let original = generator.bytes(count: Int.random(in: 0...200, using: &generator), from: [0xff, 0xfb, 0xf0, 0x3f])
    var escaped: [UInt8] = []
    for byte in naiveBase64(original) {
      if byte == UInt8(ascii: "/"), Bool.random(using: &generator) { escaped.append(UInt8(ascii: "\\")) }
      escaped.append(byte)
    }
    withEachImplementation { name in
      #expect(written { _ = Base64.decode(escaped.span, into: &$0) } == original, "\(name)")
    }
  }
}

/// Base64 by arithmetic on one long number for each group.
private func naiveBase64(_ original: [UInt8]) -> [UInt8] {
  let alphabet = bytes("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  var result: [UInt8] = []
  for start in stride(from: 0, to: original.count, by: 3) {
    let group = original[start..<min(start + 3, original.count)]
    let padded = group + Array(repeating: 0, count: 3 - group.count)
    let number = padded.reduce(0) { $0 * 256 + Int($1) }
    let digits = [number / 262_144, number / 4096 % 64, number / 64 % 64, number % 64].map { alphabet[$0] }
    result += digits[...group.count] + Array(repeating: UInt8(ascii: "="), count: 3 - group.count)
  }
  return result
}

/// The only bytes whose text is `text`, or nil.
private func naiveBase64Decoded(_ text: [UInt8]) -> [UInt8]? {
  let alphabet = bytes("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  var bits: [Bool] = []
  for byte in text where byte != UInt8(ascii: "=") {
    guard let value = alphabet.firstIndex(of: byte) else { return nil }
    for shift in (0..<6).reversed() { bits.append(value >> shift & 1 == 1) }
  }
  let decoded = stride(from: 0, to: bits.count / 8 * 8, by: 8).map { start in
    bits[start..<start + 8].reduce(UInt8(0)) { $0 << 1 | ($1 ? 1 : 0) }
  }
  return naiveBase64(decoded) == text ? decoded : nil
}
