import LogBytes
import TestSupport
import Testing

@testable import LogPipeline

/// RFC 1321, section A.5.
struct MD5Tests {
  private func digest(_ input: [UInt8]) -> [UInt8] {
    let digest = md5(input.span)
    return littleEndian(digest.low) + littleEndian(digest.high)
  }

  @Test(arguments: [
    ("", "d41d8cd98f00b204e9800998ecf8427e"), ("a", "0cc175b9c0f1b6a831c399e269772661"), ("abc", "900150983cd24fb0d6963f7d28e17f72"),
    ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"), ("abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"),
    ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "d174ab98d277d9f5a5611c2c9f419d9f"),
    ("12345678901234567890123456789012345678901234567890123456789012345678901234567890", "57edf4a22be3c955ac49da2e2107b67a"),
  ])
  func `the digests of the standard`(text: String, hex: String) {
    #expect(digest(bytes(text)) == bytes(hex: hex))
  }

  @Test func `every length up to five blocks`() {
    // The digest of all digests, as another program has it.
    let digests = (0..<300).flatMap { count in digest((0..<count).map { UInt8(truncatingIfNeeded: $0 * 7 + count) }) }
    #expect(digest(digests) == bytes(hex: "07078cab541bc45f0a66e2c0213a32f4"))
  }
}
