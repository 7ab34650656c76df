import LogBytes
import TestSupport
import Testing

@Suite struct Base64Tests {
  // The vectors of RFC 4648, section 10.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
  ])
  func `the vectors of the standard`(original: String, encoded: String) {
    #expect(written { Base64.encode(bytes(original).span, into: &$0) } == bytes(encoded))
    var output = ByteOutput()
    let isDecoded = Base64.decode(bytes(encoded).span, into: &output)
    #expect(isDecoded)
    #expect(bytes(output) == bytes(original))
  }

  @Test(arguments: [
    // Too short, or padding too short or too long.
    "Z", "Zg", "Zg=", "Zg===", "Zm9", "Zm9vY", "=", "==", "===", "====", "Z===", "A====",
    // Padding inside, behind the end, or between.
    "Zg==Zg==", "Zm8=Zm8=", "Zg=v", "Zg==\n", "Zg== ", "=Zg=", "Zm9v=", "Zm9v====", "Z=g=",
    // Bits that padding cuts off.
    "Zh==", "Zm9=", "ZgA=" + "A", "//==", "///=" + "=", "AB==", "AAB=",
    // Blanks, line ends, the other alphabet.
    "Zm 9v", "Zm9v\n", " Zm9v", "Zm\r\n9v", "-_-_", "Zm9v\u{0}",
    // Escapes of JSON other than of the slash.
    "\\n\\n", "AAA\\", "AAAA\\", "\\", "\\u002f", "AA\\\\/A", "\\AAA", "AAA\\=",
  ])
  func `what is not strict base64 is refused and leaves nothing`(text: String) {
    var output = ByteOutput()
    output.append("kept")
    let isDecoded = Base64.decode(bytes(text).span, into: &output)
    #expect(!isDecoded)
    #expect(bytes(output) == bytes("kept"))
  }

  @Test(arguments: [
    ("\\/\\/\\/\\/", "ffffff"), ("/\\///", "ffffff"), ("AAA\\/", "00003f"), ("\\/w==", "ff"), ("AAAA\\/\\/8=", "000000ffff"),
  ])
  func `an escaped slash counts as a slash`(text: String, hex: String) {
    var output = ByteOutput()
    let isDecoded = Base64.decode(bytes(text).span, into: &output)
    #expect(isDecoded)
    #expect(bytes(output) == bytes(hex: hex))
  }

  @Test func `a bad group far behind good ones leaves nothing`() {
    var output = ByteOutput()
    output.append("kept")
    let text = [UInt8](repeating: UInt8(ascii: "A"), count: 100_000) + bytes("A=AA")
    let isDecoded = Base64.decode(text.span, into: &output)
    #expect(!isDecoded)
    #expect(bytes(output) == bytes("kept"))
  }
}
