import LogBytes
import TestSupport
import Testing

@Suite struct WordLoadingTests {
  @Test func `a word holds the bytes that are there and zeros`() {
    let whole = (1...20).map { UInt8($0 * 12) }
    for count in 0...20 {
      let text = Array(whole[..<count])
      for offset in 0...25 {
        var expected: UInt64 = 0
        for index in 0..<8 where offset + index < count { expected |= UInt64(text[offset + index]) << UInt64(8 * index) }
        let word = loadWord(text.span, at: offset)
        #expect(word == expected, "\(offset) of \(count)")
      }
    }
  }
}
