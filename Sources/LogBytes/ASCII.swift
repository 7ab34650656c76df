/// The ASCII characters by name.
public enum ASCII {
  @inlinable public static var tab: UInt8 { 0x09 }
  @inlinable public static var lineFeed: UInt8 { 0x0a }
  @inlinable public static var carriageReturn: UInt8 { 0x0d }
  @inlinable public static var escape: UInt8 { 0x1b }
  @inlinable public static var blank: UInt8 { 0x20 }
  @inlinable public static var exclamationMark: UInt8 { 0x21 }
  @inlinable public static var quote: UInt8 { 0x22 }
  @inlinable public static var numberSign: UInt8 { 0x23 }
  @inlinable public static var dollarSign: UInt8 { 0x24 }
  @inlinable public static var percent: UInt8 { 0x25 }
  @inlinable public static var ampersand: UInt8 { 0x26 }
  @inlinable public static var apostrophe: UInt8 { 0x27 }
  @inlinable public static var leftParenthesis: UInt8 { 0x28 }
  @inlinable public static var rightParenthesis: UInt8 { 0x29 }
  @inlinable public static var asterisk: UInt8 { 0x2a }
  @inlinable public static var plus: UInt8 { 0x2b }
  @inlinable public static var comma: UInt8 { 0x2c }
  @inlinable public static var minus: UInt8 { 0x2d }
  @inlinable public static var dot: UInt8 { 0x2e }
  @inlinable public static var slash: UInt8 { 0x2f }
  @inlinable public static var zero: UInt8 { 0x30 }
  @inlinable public static var nine: UInt8 { 0x39 }
  @inlinable public static var colon: UInt8 { 0x3a }
  @inlinable public static var semicolon: UInt8 { 0x3b }
  @inlinable public static var less: UInt8 { 0x3c }
  @inlinable public static var equals: UInt8 { 0x3d }
  @inlinable public static var greater: UInt8 { 0x3e }
  @inlinable public static var questionMark: UInt8 { 0x3f }
  @inlinable public static var at: UInt8 { 0x40 }
  @inlinable public static var capitalA: UInt8 { 0x41 }
  @inlinable public static var capitalE: UInt8 { 0x45 }
  @inlinable public static var capitalF: UInt8 { 0x46 }
  @inlinable public static var capitalT: UInt8 { 0x54 }
  @inlinable public static var capitalZ: UInt8 { 0x5a }
  @inlinable public static var leftBracket: UInt8 { 0x5b }
  @inlinable public static var backslash: UInt8 { 0x5c }
  @inlinable public static var rightBracket: UInt8 { 0x5d }
  @inlinable public static var caret: UInt8 { 0x5e }
  @inlinable public static var underscore: UInt8 { 0x5f }
  @inlinable public static var smallA: UInt8 { 0x61 }
  @inlinable public static var smallE: UInt8 { 0x65 }
  @inlinable public static var smallF: UInt8 { 0x66 }
  @inlinable public static var smallX: UInt8 { 0x78 }
  @inlinable public static var smallZ: UInt8 { 0x7a }
  @inlinable public static var leftBrace: UInt8 { 0x7b }
  @inlinable public static var verticalBar: UInt8 { 0x7c }
  @inlinable public static var rightBrace: UInt8 { 0x7d }
  @inlinable public static var tilde: UInt8 { 0x7e }
  @inlinable public static var delete: UInt8 { 0x7f }

  @inlinable
  public static func isDigit(_ byte: UInt8) -> Bool {
    byte &- zero < 10
  }

  /// `A` to `Z` and `a` to `z`.
  @inlinable
  public static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- smallA < 26
  }

  @inlinable
  public static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || isLetter(byte)
  }

  @inlinable
  public static func isHexDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20) &- smallA < 6
  }

  /// The value of a hexadecimal digit of either case, 0 to 15; nil for any other byte.
  @inlinable
  public static func hexValue(_ byte: UInt8) -> UInt8? {
    if isDigit(byte) { return byte &- zero }
    let letter = (byte | 0x20) &- smallA
    return letter < 6 ? letter &+ 10 : nil
  }

  /// A capital letter becomes a small one; every other byte stays.
  @inlinable
  public static func lowercased(_ byte: UInt8) -> UInt8 {
    byte &- capitalA < 26 ? byte | 0x20 : byte
  }
}
