import LogEntries
import TestSupport
import Testing

@testable import LogFormats

/// The words of levels that every format knows.
struct CommonLevelsTests {
  @Test func `each word means its level in any case, and nothing with a byte more, less or other`() {
    var generator = SeededGenerator(seed: 1)
    let words = CommonLevels.words
    for known in words {
      #expect(CommonLevels.level(of: known.word.span, own: []) == known.level)
      for _ in 0..<20 {
        var word = known.word.map { byte in
          Bool.random(using: &generator) && byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") ? byte - 0x20 : byte
        }
        #expect(CommonLevels.level(of: word.span, own: []) == known.level)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: word.append([0, UInt8(ascii: "s"), UInt8(ascii: " ")].randomElement(using: &generator)!)
        case 1: word.removeLast()
        case 2: word[Int.random(in: word.indices, using: &generator)] ^= 0x80
        default: word.insert(UInt8(ascii: "x"), at: Int.random(in: 0...word.count, using: &generator))
        }
        let small = word.map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") ? $0 + 0x20 : $0 }
        #expect(CommonLevels.level(of: word.span, own: []) == words.first { $0.word == small }?.level, "\(word)")
      }
    }
  }

  @Test func `own words go first`() {
    let own = [LevelWord(word: Array("info".utf8), level: .warn), LevelWord(word: Array("blue".utf8), level: .error)]
    #expect(CommonLevels.level(of: Array("INFO".utf8).span, own: own) == .warn)
    #expect(CommonLevels.level(of: Array("Blue".utf8).span, own: own) == .error)
    #expect(CommonLevels.level(of: Array("information".utf8).span, own: own) == .info)
    #expect(CommonLevels.level(of: [UInt8]().span, own: own) == nil)
  }
}
