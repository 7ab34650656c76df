public import LogBytes

/// JSON text into other text: strings without escapes, values without white space.
extension ByteOutput {
  /// The inside of a valid JSON string without its escapes. A surrogate without its pair becomes U+FFFD; bytes that are not UTF-8 stay.
  public mutating func appendJSONUnescaped(_ inside: Span<UInt8>) {
    var at = 0
    while at < inside.count {
      let backslash = firstIndex(of: ASCII.backslash, in: inside, from: at)
      if backslash < 0 {
        append(inside.extracting(droppingFirst: at))
        return
      }
      append(inside.extracting(at..<backslash))
      at = backslash + 2
      guard backslash + 1 < inside.count else { return }
      switch inside[backslash + 1] {
      case UInt8(ascii: "b"): append(0x08)
      case UInt8(ascii: "f"): append(0x0c)
      case UInt8(ascii: "n"): append(ASCII.lineFeed)
      case UInt8(ascii: "r"): append(ASCII.carriageReturn)
      case UInt8(ascii: "t"): append(ASCII.tab)
      case UInt8(ascii: "u"): at = appendUnicodeEscape(inside, at)
      default: append(inside[backslash + 1])
      }
    }
  }

  /// The character of `\uXXXX` whose digits begin at `at`, with its second half if it is a pair; answers the position behind it.
  private mutating func appendUnicodeEscape(_ text: Span<UInt8>, _ at: Int) -> Int {
    guard let unit = codeUnit(text, at) else { return at }
    if unit & 0xfc00 == 0xd800, at + 5 < text.count, text[at + 4] == ASCII.backslash, text[at + 5] == UInt8(ascii: "u"),
      let second = codeUnit(text, at + 6), second & 0xfc00 == 0xdc00
    {
      append(scalar: 0x10000 + (unit & 0x3ff) << 10 + second & 0x3ff)
      return at + 10
    }
    append(scalar: unit & 0xf800 == 0xd800 ? 0xfffd : unit)
    return at + 4
  }

  private func codeUnit(_ text: Span<UInt8>, _ at: Int) -> UInt32? {
    guard at + 4 <= text.count else { return nil }
    var unit: UInt32 = 0
    for index in at..<at + 4 {
      guard let digit = ASCII.hexValue(text[index]) else { return nil }
      unit = unit << 4 | UInt32(digit)
    }
    return unit
  }

  /// The UTF-8 form of a scalar value below 0x110000.
  private mutating func append(scalar: UInt32) {
    switch scalar {
    case 0..<0x80: append(UInt8(scalar))
    case 0x80..<0x800:
      append(UInt8(0xc0 | scalar >> 6))
      append(UInt8(0x80 | scalar & 0x3f))
    case 0x800..<0x10000:
      append(UInt8(0xe0 | scalar >> 12))
      append(UInt8(0x80 | scalar >> 6 & 0x3f))
      append(UInt8(0x80 | scalar & 0x3f))
    default:
      append(UInt8(0xf0 | scalar >> 18))
      append(UInt8(0x80 | scalar >> 12 & 0x3f))
      append(UInt8(0x80 | scalar >> 6 & 0x3f))
      append(UInt8(0x80 | scalar & 0x3f))
    }
  }

  /// A valid JSON value without white space outside of its strings. Strings are written anew, so that bytes that are not UTF-8 and
  /// surrogates without their pair become U+FFFD; numbers stay as they are. Linear.
  public mutating func appendMinified(_ value: Span<UInt8>) {
    var at = 0
    var hasEscapes = false
    while at < value.count {
      let byte = value[at]
      if byte == ASCII.quote {
        let end = JSONScanning.scanString(value, from: at, hasEscapes: &hasEscapes)
        precondition(end > 0, "not valid JSON")
        append(ASCII.quote)
        let inside = value.extracting(at + 1..<end - 1)
        if hasEscapes {
          var plain = ByteOutput(capacity: inside.count)
          plain.appendJSONUnescaped(inside)
          appendJSONEscaped(plain.span)
        } else {
          appendJSONEscaped(inside)
        }
        append(ASCII.quote)
        at = end
      } else {
        if byte != ASCII.blank, byte != ASCII.lineFeed, byte != ASCII.tab, byte != ASCII.carriageReturn { append(byte) }
        at += 1
      }
    }
  }
}

/// True for an integer (no dot, no exponent) beyond ±(2^53 − 1), which many readers cannot hold: it goes out as a string.
public func integerExceedsDouble(_ number: Span<UInt8>) -> Bool {
  let start = number.count > 0 && number[0] == ASCII.minus ? 1 : 0
  if number.count - start < 16 { return false }
  for index in start..<number.count where !ASCII.isDigit(number[index]) { return false }
  guard let value = parseUnsigned(number.extracting(droppingFirst: start)) else { return true }
  return value > 9_007_199_254_740_991
}
