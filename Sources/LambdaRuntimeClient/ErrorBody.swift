extension InvocationFailure {
  /// The body that the Runtime API wants with an error: `{"errorMessage":…,"errorType":…,"stackTrace":[]}`.
  func write(into body: inout ResponseBody) {
    body.removeAll()
    body.append("{\"errorMessage\":\(jsonString(message)),\"errorType\":\(jsonString(errorType)),\"stackTrace\":[]}")
  }
}

/// `text` as a JSON string, in its quotes. For messages, not for data: it costs an allocation or two.
func jsonString(_ text: String) -> String {
  var quoted: [UInt8] = [UInt8(ascii: "\"")]
  quoted.reserveCapacity(text.utf8.count + 2)
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): quoted += [UInt8(ascii: "\\"), byte]
    case UInt8(ascii: "\n"): quoted += "\\n".utf8
    case UInt8(ascii: "\r"): quoted += "\\r".utf8
    case UInt8(ascii: "\t"): quoted += "\\t".utf8
    case 0..<0x20: quoted += [UInt8(ascii: "\\"), UInt8(ascii: "u"), UInt8(ascii: "0"), UInt8(ascii: "0")] + hexadecimalDigits(of: byte)
    default: quoted.append(byte)
    }
  }
  quoted.append(UInt8(ascii: "\""))
  return String(decoding: quoted, as: UTF8.self)
}

private func hexadecimalDigits(of byte: UInt8) -> [UInt8] {
  [byte >> 4, byte & 15].map { $0 < 10 ? UInt8(ascii: "0") + $0 : UInt8(ascii: "a") + $0 - 10 }
}
