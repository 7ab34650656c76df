import LogBytes

/// Appends what the inside of a valid JSON string means. Half of a surrogate pair becomes U+FFFD.
func appendUnescaped(_ string: Span<UInt8>, to output: inout ByteOutput) {
  var start = 0
  while true {
    let escape = firstIndex(of: ASCII.backslash, in: string, from: start)
    guard escape >= 0, escape + 1 < string.count else { break }
    output.append(string.extracting(start..<escape))
    start = escape + 2
    switch string[escape + 1] {
    case UInt8(ascii: "b"): output.append(0x08)
    case UInt8(ascii: "f"): output.append(0x0c)
    case UInt8(ascii: "n"): output.append(ASCII.lineFeed)
    case UInt8(ascii: "r"): output.append(ASCII.carriageReturn)
    case UInt8(ascii: "t"): output.append(ASCII.tab)
    case UInt8(ascii: "u"): start = appendScalar(string, from: escape, to: &output)
    case let other: output.append(other)
    }
  }
  output.append(string.extracting(start..<string.count))
}

/// Appends the scalar whose `\u` stands at `start`; answers the position behind it, or behind the pair of surrogates.
private func appendScalar(_ string: Span<UInt8>, from start: Int, to output: inout ByteOutput) -> Int {
  guard let first = parseUnit(string, at: start) else {
    output.append("\u{fffd}")
    return start + 2
  }
  if (0xd800..<0xdc00).contains(first), let second = parseUnit(string, at: start + 6), (0xdc00..<0xe000).contains(second) {
    append(scalar: 0x10000 + (first - 0xd800) << 10 + (second - 0xdc00), to: &output)
    return start + 12
  }
  append(scalar: first, to: &output)
  return start + 6
}

/// The four hexadecimal digits of `\uXXXX` at `start`.
private func parseUnit(_ string: Span<UInt8>, at start: Int) -> UInt32? {
  guard start + 6 <= string.count, string[start] == ASCII.backslash, string[start + 1] == UInt8(ascii: "u") else { return nil }
  var unit: UInt32 = 0
  for index in start + 2..<start + 6 {
    guard let digit = ASCII.hexValue(string[index]) else { return nil }
    unit = unit << 4 | UInt32(digit)
  }
  return unit
}

private func append(scalar value: UInt32, to output: inout ByteOutput) {
  output.append(String(Unicode.Scalar(value) ?? "\u{fffd}"))
}
