import LogBytes

/// The MD5 digest of bytes (RFC 1321): what KPL aggregates carry as their checksum. It protects from chance, not from malice.
///
/// Linear; allocates nothing.
func md5(_ bytes: Span<UInt8>) -> MD5Digest {
  var state = MD5State()
  var at = 0
  while at + 64 <= bytes.count {
    state.add(bytes, at: at)
    at += 64
  }
  // The rest, a bit, zeros, and the length in bits: one block or two.
  var tail = [UInt8](repeating: 0, count: bytes.count - at < 56 ? 64 : 128)
  for index in at..<bytes.count { tail[index - at] = bytes[index] }
  tail[bytes.count - at] = 0x80
  let bits = UInt64(bytes.count) &* 8
  for index in 0..<8 { tail[tail.count - 8 + index] = UInt8(truncatingIfNeeded: bits >> UInt64(index * 8)) }
  for block in stride(from: 0, to: tail.count, by: 64) { state.add(tail.span, at: block) }
  return state.digest
}

/// 16 bytes as two words, the first byte the lowest.
struct MD5Digest: Equatable {
  var low: UInt64
  var high: UInt64
}

private struct MD5State {
  private var a: UInt32 = 0x6745_2301
  private var b: UInt32 = 0xefcd_ab89
  private var c: UInt32 = 0x98ba_dcfe
  private var d: UInt32 = 0x1032_5476

  var digest: MD5Digest {
    MD5Digest(low: UInt64(a) | UInt64(b) << 32, high: UInt64(c) | UInt64(d) << 32)
  }

  /// Adds the 64 bytes at `start`.
  mutating func add(_ bytes: Span<UInt8>, at start: Int) {
    var (a, b, c, d) = (a, b, c, d)
    for step in 0..<64 {
      let mixed: UInt32
      let word: Int
      switch step / 16 {
      case 0: (mixed, word) = (b & c | ~b & d, step)
      case 1: (mixed, word) = (d & b | ~d & c, (5 * step + 1) % 16)
      case 2: (mixed, word) = (b ^ c ^ d, (3 * step + 5) % 16)
      default: (mixed, word) = (c ^ (b | ~d), 7 * step % 16)
      }
      let message = UInt32(truncatingIfNeeded: loadWord(bytes, at: start + word * 4))
      let sum = a &+ mixed &+ md5Constants[step] &+ message
      let shift = md5Shifts[step / 16 * 4 + step % 4]
      (a, d, c) = (d, c, b)
      b = b &+ (sum << shift | sum >> (32 - shift))
    }
    self.a = self.a &+ a
    self.b = self.b &+ b
    self.c = self.c &+ c
    self.d = self.d &+ d
  }
}

/// Four for each round (RFC 1321, section 3.4).
private let md5Shifts: [UInt32] = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]

/// The whole part of 2^32 times the absolute sine of 1 to 64 radians (RFC 1321, section 3.4).
private let md5Constants: [UInt32] = [
  0xd76a_a478, 0xe8c7_b756, 0x2420_70db, 0xc1bd_ceee, 0xf57c_0faf, 0x4787_c62a, 0xa830_4613, 0xfd46_9501,
  0x6980_98d8, 0x8b44_f7af, 0xffff_5bb1, 0x895c_d7be, 0x6b90_1122, 0xfd98_7193, 0xa679_438e, 0x49b4_0821,
  0xf61e_2562, 0xc040_b340, 0x265e_5a51, 0xe9b6_c7aa, 0xd62f_105d, 0x0244_1453, 0xd8a1_e681, 0xe7d3_fbc8,
  0x21e1_cde6, 0xc337_07d6, 0xf4d5_0d87, 0x455a_14ed, 0xa9e3_e905, 0xfcef_a3f8, 0x676f_02d9, 0x8d2a_4c8a,
  0xfffa_3942, 0x8771_f681, 0x6d9d_6122, 0xfde5_380c, 0xa4be_ea44, 0x4bde_cfa9, 0xf6bb_4b60, 0xbebf_bc70,
  0x289b_7ec6, 0xeaa1_27fa, 0xd4ef_3085, 0x0488_1d05, 0xd9d4_d039, 0xe6db_99e5, 0x1fa2_7cf8, 0xc4ac_5665,
  0xf429_2244, 0x432a_ff97, 0xab94_23a7, 0xfc93_a039, 0x655b_59c3, 0x8f0c_cc92, 0xffef_f47d, 0x8584_5dd1,
  0x6fa8_7e4f, 0xfe2c_e6e0, 0xa301_4314, 0x4e08_11a1, 0xf753_7e82, 0xbd3a_f235, 0x2ad7_d2bb, 0xeb86_d391,
]
