// The `ip` type of the format language: the longest prefix that is an address.

/// The end of the IPv4 or IPv6 address that begins at `start`, or -1. Constant time: an address has at most 60 bytes.
public func scanIPAddress(_ text: Span<UInt8>, from start: Int) -> Int {
  let end = scanIPv4Address(text, from: start)
  return end >= 0 ? end : scanIPv6Address(text, from: start)
}

/// The end of the IPv4 address that begins at `start`, or -1: four numbers of 1 to 3 digits, up to 255, with dots between and no
/// further digit behind.
public func scanIPv4Address(_ text: Span<UInt8>, from start: Int) -> Int {
  precondition(start >= 0, "scan starts before the text")
  // Nearly nothing that is looked at is an address: the first eight bytes say so.
  let low = nonDigits(loadWord(text, at: start))
  let first = low.trailingZeroBitCount &>> 3
  if UInt(bitPattern: first &- 1) > 2 || start &+ first >= text.count || text[start &+ first] != ASCII.dot { return -1 }
  // A bit for each of 16 bytes that is no digit; an address has 15 at most.
  var others = bits(low) | bits(nonDigits(loadWord(text, at: start &+ 8))) &<< 8 | 1 &<< 16
  var position = start
  var numbers = 1
  while true {
    let width = others.trailingZeroBitCount
    if UInt(bitPattern: width &- 1) > 2 { return -1 }
    if width == 3 {
      // Three digits stand at the position, so the text has these bytes.
      let first = unsafe Int(text[unchecked: position])
      let second = unsafe Int(text[unchecked: position &+ 1])
      let third = unsafe Int(text[unchecked: position &+ 2])
      if (first &* 10 &+ second) &* 10 &+ third &- 111 &* Int(ASCII.zero) > 255 { return -1 }
    }
    position &+= width
    if numbers == 4 { return position }
    // Never negative: it is not before the start.
    guard position < text.count, unsafe text[unchecked: position] == ASCII.dot else { return -1 }
    position &+= 1
    others &>>= UInt64(truncatingIfNeeded: width &+ 1)
    numbers &+= 1
  }
}

/// The top bit of each byte of a word that is no digit.
@inline(__always)
private func nonDigits(_ word: UInt64) -> UInt64 {
  let values = word ^ 0x3030_3030_3030_3030
  // An addition that carries into the top bit from ten on.
  return ((values & 0x7f7f_7f7f_7f7f_7f7f) &+ 0x7676_7676_7676_7676 | values) & 0x8080_8080_8080_8080
}

/// The top bits of the bytes of a word as the lowest bits of one.
@inline(__always)
private func bits(_ tops: UInt64) -> UInt64 {
  ((tops &>> 7) &* 0x0102_0408_1020_4080) &>> 56
}

/// The end of the IPv6 address that begins at `start`, or -1: groups of 1 to 4 hexadecimal digits with at most one `::`, an IPv4 address
/// in place of the last two, no hexadecimal digit behind, then `%` and a zone of 1 to 15 letters and digits.
///
/// The longest prefix counts: of `1::2::3` that is `1::2`.
public func scanIPv6Address(_ text: Span<UInt8>, from start: Int) -> Int {
  precondition(start >= 0, "scan starts before the text")
  let count = text.count
  // A colon stands behind four digits at most: nearly no word has one there.
  var position = start
  while position < count, position - start < 4, ASCII.isHexDigit(text[position]) { position += 1 }
  if position >= count || text[position] != ASCII.colon { return -1 }
  position = start
  var groups = 0
  var hasGap = false
  /// The end of the longest address so far.
  var end = -1

  if position + 1 < count, text[position] == ASCII.colon, text[position + 1] == ASCII.colon {
    hasGap = true
    position += 2
    if !isHexDigit(text, position) { end = position }
  }
  while groups < (hasGap ? 7 : 8) {
    // An address of the other kind stands for two groups; with a gap at least one more is left out.
    if hasGap ? groups <= 5 : groups == 6 {
      let embedded = scanIPv4Address(text, from: position)
      if embedded >= 0, !isHexDigit(text, embedded) {
        end = embedded
        break
      }
    }
    let first = position
    while position - first < 4, isHexDigit(text, position) { position += 1 }
    if position == first || isHexDigit(text, position) { break }
    groups += 1
    if hasGap || groups == 8 { end = position }
    guard position < count, text[position] == ASCII.colon else { break }
    position += 1
    if !hasGap, groups < 8, position < count, text[position] == ASCII.colon {
      hasGap = true
      position += 1
      if !isHexDigit(text, position) { end = position }
    }
  }
  return end < 0 ? -1 : scanZone(text, from: end)
}

private func isHexDigit(_ text: Span<UInt8>, _ position: Int) -> Bool {
  position < text.count && ASCII.isHexDigit(text[position])
}

/// The end of `%` and 1 to 15 letters or digits, or `start` if none stand there.
private func scanZone(_ text: Span<UInt8>, from start: Int) -> Int {
  guard start < text.count, text[start] == ASCII.percent else { return start }
  var position = start + 1
  while position < text.count, position - start <= 15, ASCII.isLetterOrDigit(text[position]) { position += 1 }
  return position == start + 1 ? start : position
}
