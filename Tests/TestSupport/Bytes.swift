public import LogBytes

/// The UTF-8 bytes of a text.
public func bytes(_ text: String) -> [UInt8] {
  Array(text.utf8)
}

/// The bytes of a span.
public func bytes(_ span: Span<UInt8>) -> [UInt8] {
  // The pointer lives as long as the call; a loop would take most of the time of a test of megabytes.
  unsafe span.withUnsafeBufferPointer { unsafe Array($0) }
}

/// What an output holds.
public func bytes(_ output: borrowing ByteOutput) -> [UInt8] {
  bytes(output.span)
}

/// Bytes as text; what is not UTF-8 shows as U+FFFD.
public func text(_ span: Span<UInt8>) -> String {
  String(decoding: bytes(span), as: UTF8.self)
}

/// What an output holds, as text.
public func text(_ output: borrowing ByteOutput) -> String {
  text(output.span)
}

/// What `write` appends to an empty output.
public func written(_ write: (inout ByteOutput) -> Void) -> [UInt8] {
  var output = ByteOutput()
  write(&output)
  return bytes(output)
}

/// Bytes from hexadecimal digits, blanks ignored; a trap on anything else, since tests write them by hand.
public func bytes(hex: String) -> [UInt8] {
  let digits = hex.filter { $0 != " " }.map { UInt8($0.hexDigitValue!) }
  precondition(digits.count % 2 == 0, "half a byte")
  return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}
