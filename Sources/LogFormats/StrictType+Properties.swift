package import LogBytes
import LogEntries

/// What the compiler knows of a type without a text (formats/README.md, "Types" and "The anchor").
extension StrictType {
  /// The bytes with which it can begin.
  package var firstBytes: ByteSet {
    switch self {
    case .int: return ByteSet("+-0123456789")
    case .number: return ByteSet("+-.0123456789")
    case .hex, .uuid, .epoch(.hexadecimal): return Self.hexDigits
    case .ip: return Self.hexDigits.union(ByteSet(":"))
    case .endpoint: return Self.hexDigits.union(ByteSet(":["))
    case .grouped, .priority, .clock, .duration, .size, .iso, .epoch, .since: return Self.digits
    case .level(let words): return words.reduce(into: ByteSet()) { $0.insertBothCases($1.word[0]) }
    case .levelWords(let words): return ByteSet(words.map { $0.word[0] })
    case .enumeration(let words): return ByteSet(words.map { $0.word[0] })
    case .flag(let text): return ByteSet([text[0]])
    case .layout(let layout): return layout.firstBytes
    case .json: return ByteSet("{[")
    case .quoted: return ByteSet([ASCII.quote])
    case .quotedDoubled(let quote): return ByteSet([quote])
    case .data: return ByteSet("-[")
    case .backslash(bare: true): return ByteSet.all.subtracting(ByteSet([ASCII.backslash, ASCII.lineFeed]))
    case .rest, .csv, .cef, .keyValue, .pairs, .backslash: return .all
    }
  }

  /// The greatest width in bytes; nil if it is unbounded.
  package var greatestWidth: Int? {
    switch self {
    case .int, .iso: 40
    case .number, .duration: 64
    case .hex: 130
    case .grouped, .size, .epoch: 32
    case .ip: 60
    case .endpoint: 70
    case .uuid: 36
    case .priority: 3
    case .clock, .level: 16
    case .levelWords(let words): words.map(\.word.count).max() ?? 0
    case .enumeration(let words): words.map(\.word.count).max() ?? 0
    case .flag(let text): text.count
    case .since: 24
    case .layout(let layout): layout.greatestWidth
    case .quoted, .quotedDoubled, .json, .pairs, .backslash, .keyValue, .data, .cef, .csv, .rest: nil
    }
  }

  package var canBeEmpty: Bool {
    switch self {
    case .rest, .csv, .cef, .keyValue, .pairs, .backslash(bare: false): true
    default: false
    }
  }

  /// The bytes that it pins down (formats/README.md, "Detection").
  package var evidence: Int {
    switch self {
    case .layout(let layout): layout.leastWidth
    case .iso: 16
    case .epoch(.seconds), .epoch(.any): 9
    case .epoch(.milliseconds): 12
    case .epoch(.microseconds): 15
    case .epoch(.nanoseconds): 18
    case .epoch(.hexadecimal): 8
    case .uuid: 36
    case .ip, .endpoint: 7
    case .clock: 4
    case .level: 3
    case .levelWords(let words): words.map(\.word.count).min() ?? 0
    case .enumeration(let words): words.map(\.word.count).min() ?? 0
    case .flag(let text): text.count
    case .quoted, .quotedDoubled: 2
    default: canBeEmpty ? 0 : 1
    }
  }

  /// It brings keys of its own.
  package var isList: Bool {
    switch self {
    case .pairs, .backslash, .keyValue, .data, .cef, .csv: true
    default: false
    }
  }

  /// It may fill a field named `time`.
  package var isTime: Bool {
    switch self {
    case .layout, .iso, .epoch, .since: true
    default: false
    }
  }

  /// It takes LF too.
  package var takesLineFeeds: Bool {
    switch self {
    case .rest, .csv, .json: true
    default: false
    }
  }

  static let digits = ByteSet("0123456789")
  static let hexDigits = ByteSet("0123456789abcdefABCDEF")
}

extension ByteSet {
  mutating func insertBothCases(_ byte: UInt8) {
    insert(byte)
    if ASCII.isLetter(byte) { insert(byte ^ 0x20) }
  }
}
