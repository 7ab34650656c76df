/// Digits of a number, eight bytes at a time: where a number ends nobody can predict, so no loop asks.
enum DigitWord {
  /// How many bytes of a word are digits, from its first on.
  @inline(__always)
  static func count(_ word: UInt64) -> Int {
    let values = word ^ 0x3030_3030_3030_3030
    // A byte that is no digit may carry into those behind it, which do not count any more.
    let others = (values | (values &+ 0x0606_0606_0606_0606)) & 0xf0f0_f0f0_f0f0_f0f0
    return others.trailingZeroBitCount &>> 3
  }

  /// The number that the first `count` bytes of a word are, all of them digits. Requires a count of 1 to 8.
  @inline(__always)
  static func value(_ word: UInt64, count: Int) -> UInt32 {
    // Zeros in front make eight digits of it: pairs are added up, then fours, then all.
    var value = (word & 0x0f0f_0f0f_0f0f_0f0f) &<< UInt64(truncatingIfNeeded: 64 &- 8 &* count)
    value = (value &* 2561) &>> 8 & 0x00ff_00ff_00ff_00ff
    value = (value &* 6_553_601) &>> 16 & 0x0000_ffff_0000_ffff
    return UInt32(truncatingIfNeeded: (value &* 42_949_672_960_001) &>> 32)
  }

  /// Powers of ten by their exponent.
  static let powers: [10 of UInt32] = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000]
}
