import LogBytes
import TestSupport
import Testing

@Suite struct ByteSetTests {
  @Test(arguments: 0..<20 as Range<UInt64>)
  func `a set of bytes is a set`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let left = Set(generator.bytes(count: Int.random(in: 0...300, using: &generator)))
    let right = Set(generator.bytes(count: Int.random(in: 0...300, using: &generator)))
    let (first, second) = (ByteSet(left), ByteSet(right))
    #expect(Set(first.members) == left)
    #expect(first.members == left.sorted())
    #expect(first.count == left.count)
    var rest = first
    var popped: [UInt8] = []
    while let least = rest.popFirst() { popped.append(least) }
    #expect(popped == left.sorted())
    for byte in UInt8.min...UInt8.max { #expect(first.contains(byte) == left.contains(byte)) }
    #expect(Set(first.union(second).members) == left.union(right))
    #expect(Set(first.intersection(second).members) == left.intersection(right))
    #expect(Set(first.subtracting(second).members) == left.subtracting(right))
    #expect(first.isDisjoint(with: second) == left.isDisjoint(with: right))
    #expect(first.inverted.inverted == first)
    #expect(first.isDisjoint(with: first.inverted) && first.union(first.inverted) == .all)
    #expect((first == second) == (left == right))
    #expect(first.isEmpty == left.isEmpty)
    #expect(first.hashValue == ByteSet(left.shuffled(using: &generator)).hashValue)
  }

  @Test func `a range holds all from one byte to another`() {
    for lower in stride(from: 0, through: 255, by: 3) {
      for upper in stride(from: lower, through: 255, by: 7) {
        let range = UInt8(lower)...UInt8(upper)
        #expect(ByteSet(range).members == Array(range))
      }
    }
  }

  @Test func `bytes come and go one at a time`() {
    var set = ByteSet("ab")
    #expect(set.members == bytes("ab"))
    set.insert(0xff)
    set.insert(0)
    set.remove(UInt8(ascii: "a"))
    set.remove(UInt8(ascii: "z"))
    #expect(set.members == [0, UInt8(ascii: "b"), 0xff])
    #expect(ByteSet().isEmpty && ByteSet.all.count == 256)
  }
}
