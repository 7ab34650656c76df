/// The value of a text of decimal digits: no sign, no blanks, leading zeros allowed. Nil if it is empty, holds anything else or is beyond
/// 64 bits.
///
/// Linear; allocates nothing.
@inlinable
public func parseUnsigned(_ digits: Span<UInt8>) -> UInt64? {
  let count = digits.count
  if count == 0 { return nil }
  var value: UInt64 = 0
  // 19 digits always fit.
  let safe = count < 19 ? count : 19
  for index in 0..<safe {
    let digit = digits[index] &- ASCII.zero
    if digit > 9 { return nil }
    value = value &* 10 &+ UInt64(digit)
  }
  for index in safe..<count {
    let digit = digits[index] &- ASCII.zero
    if digit > 9 { return nil }
    let (product, overflow) = value.multipliedReportingOverflow(by: 10)
    let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
    if overflow || carry { return nil }
    value = sum
  }
  return value
}

/// The value of a decimal number, correctly rounded: a sign, digits with at most one `.`, at least one digit on either side of it, and an
/// exponent (`-1.5e3`, `.5`, `5.`). Nil for anything else (blanks, `nan`, `inf`, hexadecimal) and for what is beyond a double.
///
/// Linear. Numbers of up to 19 digits whose value is exact in two doubles, which is nearly all of a log, allocate nothing.
public func parseDouble(_ text: Span<UInt8>) -> Double? {
  var scanner = DecimalScanner()
  guard scanner.scan(text) else { return nil }
  if let exact = scanner.exactValue { return exact }
  guard let value = Double(scanner.normalized(text)), value.isFinite else { return nil }
  return value
}

/// The powers of ten that are exact doubles: 5 to the 22nd has 52 bits.
private let exactPowersOfTen: [23 of Double] = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
]

/// The parts of a decimal number.
private struct DecimalScanner {
  var isNegative = false
  /// The digits without the dot, as long as they fit.
  var digits: UInt64 = 0
  var digitCount = 0
  var isDigitsExact = true
  /// The power of ten that belongs to `digits`.
  var exponent = 0

  /// Whether the whole text is a number.
  mutating func scan(_ text: Span<UInt8>) -> Bool {
    let count = text.count
    var position = 0
    if position < count, text[position] == ASCII.minus || text[position] == ASCII.plus {
      isNegative = text[position] == ASCII.minus
      position += 1
    }
    var hasDot = false
    while position < count {
      let byte = text[position]
      if byte == ASCII.dot {
        if hasDot { return false }
        hasDot = true
      } else if ASCII.isDigit(byte) {
        add(byte &- ASCII.zero)
        if hasDot { exponent -= 1 }
      } else {
        break
      }
      position += 1
    }
    if digitCount == 0 { return false }
    if position == count { return true }
    if text[position] | 0x20 != ASCII.smallE { return false }
    position += 1
    var isExponentNegative = false
    if position < count, text[position] == ASCII.minus || text[position] == ASCII.plus {
      isExponentNegative = text[position] == ASCII.minus
      position += 1
    }
    if position == count { return false }
    var written = 0
    while position < count {
      if !ASCII.isDigit(text[position]) { return false }
      // Beyond this bound the value is 0 or infinite whatever follows; it only must not overflow.
      if written < 1_000_000 { written = written * 10 + Int(text[position] &- ASCII.zero) }
      position += 1
    }
    exponent += isExponentNegative ? -written : written
    return true
  }

  private mutating func add(_ digit: UInt8) {
    digitCount += 1
    let (product, overflow) = digits.multipliedReportingOverflow(by: 10)
    let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
    if overflow || carry { isDigitsExact = false } else { digits = sum }
  }

  /// The value, if digits and power of ten are both exact doubles: then one multiplication or division rounds correctly.
  var exactValue: Double? {
    if !isDigitsExact || digits > 1 << 53 || exponent < -22 || exponent > 22 { return digits == 0 && isDigitsExact ? sign(0) : nil }
    let power = exactPowersOfTen[abs(exponent)]
    let magnitude = Double(digits)
    return sign(exponent < 0 ? magnitude / power : magnitude * power)
  }

  private func sign(_ magnitude: Double) -> Double {
    isNegative ? -magnitude : magnitude
  }

  /// The text with a digit on both sides of the dot, as the standard library wants it.
  func normalized(_ text: Span<UInt8>) -> String {
    var result = ""
    result.reserveCapacity(text.count + 2)
    var previous: UInt8 = 0
    for index in text.indices {
      let byte = text[index]
      if byte == ASCII.dot, !ASCII.isDigit(previous) { result.append("0") }
      if previous == ASCII.dot, !ASCII.isDigit(byte) { result.append("0") }
      result.unicodeScalars.append(Unicode.Scalar(byte))
      previous = byte
    }
    if previous == ASCII.dot { result.append("0") }
    return result
  }
}
