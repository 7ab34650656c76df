import LogBytes
import LogEntries

/// Makes values that do not stand in the log as they go out.
enum ValueWriting {
  /// The greatest integer that a double holds with all below it, 2^53 − 1 (RFC 8259, section 6).
  static let greatestInteger: UInt64 = 9_007_199_254_740_991

  /// An integer without plus and leading zeros. False, and nothing written, if it is beyond ±(2^53 − 1).
  ///
  /// Like all functions here: linear in the text, and the output's growth is the only allocation.
  static func appendInteger(_ text: Span<UInt8>, to output: inout ByteOutput) -> Bool {
    let isNegative = text[0] == ASCII.minus
    let start = isNegative || text[0] == ASCII.plus ? 1 : 0
    guard let value = parseUnsigned(text.extracting(droppingFirst: start)), value <= greatestInteger else { return false }
    if isNegative, value > 0 { output.append(ASCII.minus) }
    output.append(decimal: value)
    return true
  }

  /// A number in JSON's grammar: no plus, no leading zeros, digits on both sides of the dot. False if no double holds it.
  static func appendNumber(_ text: Span<UInt8>, to output: inout ByteOutput) -> Bool {
    var at = 0
    let isNegative = text[0] == ASCII.minus
    if isNegative || text[0] == ASCII.plus { at = 1 }
    let wholeEnd = StrictScanning.scanDigits(text, at, atMost: 64)
    if wholeEnd == text.count, appendInteger(text, to: &output) { return true }
    // At most 30 digits stand before a dot, so only an exponent of three digits can leave a double's range.
    let exponent = lastIndex(of: ASCII.smallE, in: text, before: text.count)
    let capital = lastIndex(of: ASCII.capitalE, in: text, before: text.count)
    if text.count - max(exponent, capital) > 3, max(exponent, capital) >= 0 {
      guard let value = parseDouble(text), value.isFinite else { return false }
    }
    if isNegative { output.append(ASCII.minus) }
    while at + 1 < wholeEnd, text[at] == ASCII.zero { at += 1 }
    if at == wholeEnd {
      output.append(ASCII.zero)
    } else {
      output.append(text.extracting(at..<wholeEnd))
    }
    at = wholeEnd
    if at < text.count, text[at] == ASCII.dot {
      let fractionEnd = StrictScanning.scanDigits(text, at + 1, atMost: 64)
      if fractionEnd > at + 1 { output.append(text.extracting(at..<fractionEnd)) }
      at = fractionEnd
    }
    if at < text.count { output.append(text.extracting(droppingFirst: at)) }
    return true
  }

  /// True for a decimal number that JSON takes as it is: no plus, no leading zero, a digit behind the dot, no exponent.
  static func isPlainDecimal(_ text: Span<UInt8>) -> Bool {
    var at = text[0] == ASCII.minus ? 1 : 0
    let start = at
    while at < text.count, ASCII.isDigit(text[at]) { at += 1 }
    if at == start || text[start] == ASCII.zero && at > start + 1 { return false }
    if at == text.count { return at - start <= 15 }
    guard text[at] == ASCII.dot, at + 1 < text.count else { return false }
    at += 1
    while at < text.count, ASCII.isDigit(text[at]) { at += 1 }
    return at == text.count
  }

  /// Digits without what stands between their groups. False, and nothing written, if they are beyond 2^53 − 1.
  static func appendGrouped(_ text: Span<UInt8>, to output: inout ByteOutput) -> Bool {
    var value: UInt64 = 0
    for index in text.indices where ASCII.isDigit(text[index]) {
      value = value * 10 + UInt64(text[index] - ASCII.zero)
      if value > greatestInteger { return false }
    }
    output.append(decimal: value)
    return true
  }

  /// Seconds and a fraction without zeros at its end.
  static func appendSeconds(nanoseconds: UInt64, seconds: UInt64, to output: inout ByteOutput) {
    output.append(decimal: seconds)
    guard nanoseconds > 0 else { return }
    output.append(ASCII.dot)
    var rest = nanoseconds
    var digit: UInt64 = 100_000_000
    while rest > 0 {
      output.append(ASCII.zero + UInt8(rest / digit))
      rest %= digit
      digit /= 10
    }
  }

  static func appendSeconds(_ parts: TimeParts, to output: inout ByteOutput) {
    appendSeconds(nanoseconds: UInt64(parts.nanoseconds), seconds: UInt64(parts.epoch), to: &output)
  }

  /// `m:ss`, `h:mm:ss` in seconds; ` hours` behind `h:mm` makes it hours and minutes.
  static func appendClock(_ text: Span<UInt8>, to output: inout ByteOutput) {
    var total: UInt64 = 0
    var part: UInt64 = 0
    var colons = 0
    var nanoseconds: UInt64 = 0
    var at = 0
    loop: while at < text.count {
      switch text[at] {
      case ASCII.zero...ASCII.nine: part = part * 10 + UInt64(text[at] - ASCII.zero)
      case ASCII.colon:
        total = (total + part) * 60
        part = 0
        colons += 1
      case ASCII.dot:
        var fraction = TimeParts()
        _ = TimeScanning.scanFraction(text, at + 1, &fraction)
        nanoseconds = UInt64(fraction.nanoseconds)
        break loop
      default: break loop
      }
      at += 1
    }
    total += part
    if colons == 1, text[text.count - 1] == UInt8(ascii: "s") {
      nanoseconds *= 60
      total = total * 60 + nanoseconds / 1_000_000_000
      nanoseconds %= 1_000_000_000
    }
    appendSeconds(nanoseconds: nanoseconds, seconds: total, to: &output)
  }

  /// The sum of amounts with units, in seconds.
  static func appendDuration(_ text: Span<UInt8>, to output: inout ByteOutput) {
    if firstIndex(of: ASCII.colon, in: text, from: 0) >= 0 { return appendClock(text, to: &output) }
    var seconds: UInt64 = 0
    var nanoseconds: UInt64 = 0
    var at = 0
    while at < text.count {
      var parts = TimeParts()
      at = TimeScanning.scanDigits(text, at, 1...9, &parts.epoch)
      if at < 0 { break }
      if at < text.count, text[at] == ASCII.dot {
        let end = TimeScanning.scanFraction(text, at + 1, &parts)
        if end >= 0 { at = end }
      }
      if at < text.count, text[at] == ASCII.blank { at += 1 }
      let unit = StrictScanning.durationUnit(text, at)
      at += max(unit.width, 1)
      // Nine digits of the largest unit are 8.64e22 ns: seconds and the rest are counted apart.
      let whole = UInt64(parts.epoch)
      let perSecond: UInt64 = 1_000_000_000
      if unit.nanoseconds >= perSecond {
        let fraction = UInt64(parts.nanoseconds) * (unit.nanoseconds / perSecond)
        seconds += whole * (unit.nanoseconds / perSecond) + fraction / perSecond
        nanoseconds += fraction % perSecond
      } else {
        nanoseconds += whole * unit.nanoseconds + UInt64(parts.nanoseconds) * unit.nanoseconds / perSecond
      }
      seconds += nanoseconds / perSecond
      nanoseconds %= perSecond
    }
    appendSeconds(nanoseconds: nanoseconds, seconds: seconds, to: &output)
  }

  /// A size in bytes: `kB` and such are powers of 1000, `k` and `KiB` of 1024; at most nine decimals. False, and nothing written, if it is
  /// beyond 2^53 − 1.
  static func appendSize(_ text: Span<UInt8>, to output: inout ByteOutput) -> Bool {
    var parts = TimeParts()
    var at = TimeScanning.scanDigits(text, 0, 1...15, &parts.epoch)
    if at < text.count, text[at] == ASCII.dot {
      let end = TimeScanning.scanFraction(text, at + 1, &parts)
      if end >= 0 { at = end }
    }
    if at < text.count, text[at] == ASCII.blank { at += 1 }
    let power = at < text.count ? power(ofUnit: text[at]) : 0
    let isDecimal = power > 0 && at + 1 < text.count && text[at + 1] == UInt8(ascii: "B")
    var factor: UInt64 = 1
    for _ in 0..<power { factor *= isDecimal ? 1000 : 1024 }
    // 15 digits by 1024^5 need 100 bits.
    let fraction = UInt128(parts.nanoseconds) * UInt128(factor)
    let whole = UInt128(parts.epoch) * UInt128(factor) + fraction / 1_000_000_000
    guard whole <= UInt128(greatestInteger) else { return false }
    appendSeconds(nanoseconds: UInt64(fraction % 1_000_000_000), seconds: UInt64(whole), to: &output)
    return true
  }

  private static func power(ofUnit letter: UInt8) -> Int {
    switch letter {
    case UInt8(ascii: "k"), UInt8(ascii: "K"): 1
    case UInt8(ascii: "M"): 2
    case UInt8(ascii: "G"): 3
    case UInt8(ascii: "T"): 4
    case UInt8(ascii: "P"): 5
    default: 0
    }
  }

  /// Without quotes; `\n` `\t` `\r` and `\xHH` (a byte) are read, any other `\c` is `c`.
  static func appendUnescaped(_ inside: Span<UInt8>, to output: inout ByteOutput) {
    var at = 0
    while at < inside.count {
      let byte = inside[at]
      guard byte == ASCII.backslash, at + 1 < inside.count else {
        output.append(byte)
        at += 1
        continue
      }
      let escaped = inside[at + 1]
      at += 2
      switch escaped {
      case UInt8(ascii: "n"): output.append(ASCII.lineFeed)
      case UInt8(ascii: "t"): output.append(ASCII.tab)
      case UInt8(ascii: "r"): output.append(ASCII.carriageReturn)
      case UInt8(ascii: "x"):
        if at + 1 < inside.count, let high = ASCII.hexValue(inside[at]), let low = ASCII.hexValue(inside[at + 1]) {
          output.append(high << 4 | low)
          at += 2
        } else {
          output.append(escaped)
        }
      default: output.append(escaped)
      }
    }
  }

  /// A text in which a quote stands doubled for itself.
  static func appendUndoubled(_ inside: Span<UInt8>, quote: UInt8, to output: inout ByteOutput) {
    var at = 0
    while at < inside.count {
      output.append(inside[at])
      at += inside[at] == quote ? 2 : 1
    }
  }

  /// A key of a log as a field name (formats/README.md, "Keys of the log").
  static func appendSnakeCase(_ key: Span<UInt8>, to output: inout ByteOutput) {
    let start = output.count
    var separates = false
    for index in key.indices {
      let byte = key[index]
      let isCapital = byte >= ASCII.capitalA && byte <= ASCII.capitalZ
      let isSmall = byte >= ASCII.smallA && byte <= ASCII.smallZ
      guard isCapital || isSmall || ASCII.isDigit(byte) else {
        separates = true
        continue
      }
      if isCapital, index > 0 {
        let before = key[index - 1]
        let followsSmall = before >= ASCII.smallA && before <= ASCII.smallZ || ASCII.isDigit(before)
        let followsCapital = before >= ASCII.capitalA && before <= ASCII.capitalZ
        let precedesSmall = index + 1 < key.count && key[index + 1] >= ASCII.smallA && key[index + 1] <= ASCII.smallZ
        if followsSmall || followsCapital && precedesSmall { separates = true }
      }
      if output.count == start {
        if ASCII.isDigit(byte) { output.append(ASCII.underscore) }
      } else if separates {
        output.append(ASCII.underscore)
      }
      separates = false
      output.append(isCapital ? byte | 0x20 : byte)
    }
    if output.count == start { output.append("field") }
  }
}
