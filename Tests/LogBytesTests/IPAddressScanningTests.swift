import LogBytes
import TestSupport
import Testing

@Suite struct IPAddressScanningTests {
  private func scanned(_ text: String, _ scan: (Span<UInt8>, Int) -> Int) -> String? {
    let whole = bytes(text)
    let end = scan(whole.span, 0)
    // Behind other text the address is the same.
    let moved = bytes("x:1.") + whole
    let movedEnd = scan(moved.span, 4)
    #expect(movedEnd == (end < 0 ? -1 : end + 4))
    return end < 0 ? nil : String(decoding: whole[..<end], as: UTF8.self)
  }

  @Test(arguments: [
    ("192.0.2.1", "192.0.2.1" as String?), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"), ("192.0.2.1:27015", "192.0.2.1"),
    ("192.0.2.1.", "192.0.2.1"), ("192.0.2.1.5", "192.0.2.1"), ("192.0.2.1abc", "192.0.2.1"), ("192.0.2.1/24", "192.0.2.1"),
    ("010.001.000.009", "010.001.000.009"), ("192.0.2.256", nil), ("256.0.2.1", nil), ("192.0.2.1234", nil), ("192.0.2.0001", nil),
    ("0192.0.2.1", nil), ("192.0.2", nil), ("192.0.2.", nil), ("192..2.1", nil), (".192.0.2.1", nil), ("192.0.2.x", nil), ("", nil),
    ("1", nil),
    ("-1.2.3.4", nil), ("1 .2.3.4", nil), ("299.1.1.1", nil), ("1.2.3.300", nil), ("1.2.3.4\u{0}", "1.2.3.4"),
  ])
  func `IPv4`(text: String, expected: String?) {
    #expect(scanned(text, scanIPv4Address) == expected)
    #expect(scanned(text, scanIPAddress) == expected)
  }

  @Test(arguments: [
    ("::", "::" as String?), ("::1", "::1"), ("1::", "1::"), ("2001:db8::7", "2001:db8::7"),
    ("2001:DB8:0:0:8:800:200C:417A", "2001:DB8:0:0:8:800:200C:417A"),
    ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7::"), ("::2:3:4:5:6:7:8", "::2:3:4:5:6:7:8"),
    ("1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8"), ("1:2:3:4:5:6:7:8::", "1:2:3:4:5:6:7:8"), ("1:2:3:4:5:6:7:8:", "1:2:3:4:5:6:7:8"),
    // With a gap, eight groups are too many: the longest prefix that is an address.
    ("::1:2:3:4:5:6:7:8", "::1:2:3:4:5:6:7"), ("1:2:3:4:5:6:7::8", nil), ("1:2:3:4:5:6::7:8", "1:2:3:4:5:6::7"), ("1::2::3", "1::2"),
    (":::", "::"), (":::1", "::"),
    ("::1::", "::1"), ("1::2:", "1::2"), ("2001:db8::", "2001:db8::"), ("2001:db8::]", "2001:db8::"), ("2001:db8::1]:80", "2001:db8::1"),
    // Longer groups.
    ("12345::", nil), ("::12345", nil), ("::1:12345", "::1"), ("1::12345", nil), ("1::2:12345", "1::2"), ("2001:db8::g", "2001:db8::"),
    ("::abcdg", "::abcd"),
    ("fe80::1ffff", nil),
    // Not addresses.
    ("12:34:56", nil), ("1:2:3:4:5:6:7", nil), ("1:2:3:4:5:6:7:", nil), (":", nil), (":1", nil), ("1", nil), ("1:", nil), ("", nil),
    ("g::", nil), ("abcd", nil),
    // With an IPv4 address in it.
    ("::ffff:192.0.2.1", "::ffff:192.0.2.1"), ("::192.0.2.1", "::192.0.2.1"), ("1:2:3:4:5:6:192.0.2.1", "1:2:3:4:5:6:192.0.2.1"),
    ("1:2:3:4:5::192.0.2.1", "1:2:3:4:5::192.0.2.1"), ("1:2:3:4::5:192.0.2.1", "1:2:3:4::5:192.0.2.1"),
    ("::ffff:192.0.2.1:27015", "::ffff:192.0.2.1"),
    // Where the IPv4 address does not fit, its first number can still be a group.
    ("1:2:3:4:5:192.0.2.1", nil), ("1:2:3:4:5:6:7:192.0.2.1", "1:2:3:4:5:6:7:192"), ("::1:2:3:4:5:6:192.0.2.1", "::1:2:3:4:5:6:192"),
    ("::192.0.2.256", "::192"), ("::192.0.2.1a", "::192"), ("::192.0.2", "::192"), ("::1.2.3.4444", "::1"),
    // Zones.
    ("fe80::1%eth0", "fe80::1%eth0"), ("fe80::%1", "fe80::%1"), ("fe80::1%", "fe80::1"), ("fe80::1% x", "fe80::1"),
    ("fe80::1%abcdefghijklmno", "fe80::1%abcdefghijklmno"),
    ("fe80::1%abcdefghijklmnop", "fe80::1%abcdefghijklmno"), ("fe80::1%eth-0", "fe80::1%eth"), ("::192.0.2.1%lo", "::192.0.2.1%lo"),
    ("1:2:3:4:5:6:7:8%a", "1:2:3:4:5:6:7:8%a"),
  ])
  func `IPv6`(text: String, expected: String?) {
    #expect(scanned(text, scanIPv6Address) == expected)
    #expect(scanned(text, scanIPAddress) == expected)
  }

  @Test func `the widest address has 60 bytes`() {
    let text = bytes("1111:2222:3333:4444:5555:6666:255.255.255.255%abcdefghijklmnopqrst")
    let end = scanIPAddress(text.span, from: 0)
    #expect(end == 61)
  }

  /// What an IPv6 address is, said the other way round: all prefixes, judged by splitting.
  private func isIPv6(_ text: ArraySlice<UInt8>) -> Bool {
    let address = text.split(separator: UInt8(ascii: "%"), maxSplits: 1, omittingEmptySubsequences: false)
    if address.count == 2 {
      guard (1...15).contains(address[1].count), address[1].allSatisfy(ASCII.isLetterOrDigit) else { return false }
    }
    let text = String(decoding: address[0], as: UTF8.self)
    let halves = text.split(separator: "::", omittingEmptySubsequences: false)
    if halves.count > 2 || text.contains(":::") { return false }
    var groups = 0
    for (index, half) in halves.enumerated() where !(halves.count == 2 && half.isEmpty) {
      let parts = half.split(separator: ":", omittingEmptySubsequences: false)
      for (place, part) in parts.enumerated() {
        if (1...4).contains(part.count), part.utf8.allSatisfy(ASCII.isHexDigit) {
          groups += 1
        } else if index == halves.count - 1, place == parts.count - 1 {
          let numbers = part.split(separator: ".", omittingEmptySubsequences: false)
          guard numbers.count == 4,
            numbers.allSatisfy({ (1...3).contains($0.count) && $0.utf8.allSatisfy(ASCII.isDigit) && Int($0)! <= 255 })
          else { return false }
          groups += 2
        } else {
          return false
        }
      }
    }
    return halves.count == 2 ? groups <= 7 : groups == 8
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `random texts have the longest prefix that is an address`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let parts = [
      "1", "f", "ab", "0db8", "2001", ":", ":", ":", ":", "::", "::", "192.0.2.1", ".", "%", "%z", "g", "25", "1:2:3:4", "::ffff:", "x",
    ]
    for _ in 0..<60 {
      let text = bytes((0..<Int.random(in: 1...14, using: &generator)).map { _ in parts.randomElement(using: &generator)! }.joined())
      var expected = -1
      for end in 1...text.count {
        let isFollowedByHex = end < text.count && ASCII.isHexDigit(text[end])
        // A zone may be cut off by its width; an address without one must not stand before a digit.
        let hasZone = text[..<end].contains(UInt8(ascii: "%"))
        let isFollowedByDigit = end < text.count && ASCII.isDigit(text[end])
        if isIPv6(text[..<end]), hasZone || !isFollowedByHex, hasZone || !isFollowedByDigit {
          expected = end
        }
      }
      // The part before a zone must be an address that may end there, too.
      let end = scanIPv6Address(text.span, from: 0)
      #expect(end == expected, "\(String(decoding: text, as: UTF8.self))")
    }
  }

  @Test func `a scan at or beyond the end finds nothing`() {
    let text = bytes("192.0.2.1")
    let atEnd = scanIPAddress(text.span, from: 9)
    let empty = scanIPAddress(Span(), from: 0)
    #expect((atEnd, empty) == (-1, -1))
  }
}
