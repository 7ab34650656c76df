import LogBytes

/// Elements of patterns in words, as a person would write them in a pattern.
enum PatternWords {
  /// Bytes between quotes, single ones if there is a double one in them; what cannot be seen as an escape.
  static func quoted(_ bytes: some Collection<UInt8>) -> String {
    let quote = bytes.contains(ASCII.quote) ? "'" : "\""
    return quote + visible(bytes) + quote
  }

  /// Bytes as text; control bytes as escapes.
  static func visible(_ bytes: some Collection<UInt8>) -> String {
    var text = ""
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar {
      case "\t": text += "\\t"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case _ where scalar.value < 0x20 || scalar.value == 0x7f:
        text += "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// A set of bytes: a run's type by its name, else `chars(…)`.
  static func set(_ bytes: ByteSet) -> String {
    if bytes == PatternResolver.text { return "text" }
    if bytes == PatternResolver.word { return "word" }
    if bytes == PatternResolver.host { return "host" }
    let excluded = PatternResolver.text.subtracting(bytes)
    return bytes.contains(0xff) ? "chars(^\(ranges(excluded)))" : "chars(\(ranges(bytes)))"
  }

  /// The bytes that end a run over `bytes`, if they are few enough to be named.
  static func enders(of bytes: ByteSet) -> [UInt8]? {
    let excluded = PatternResolver.text.subtracting(bytes).members
    return excluded.count <= 4 && !excluded.isEmpty ? excluded : nil
  }

  private static func ranges(_ bytes: ByteSet) -> String {
    // A hyphen is itself at the end.
    let members = bytes.members.filter { $0 < 0x80 && $0 != ASCII.minus }
    var text = ""
    var index = 0
    while index < members.count {
      var last = index
      while last + 1 < members.count, members[last + 1] == members[last] + 1, isAlike(members[last], members[last + 1]) { last += 1 }
      if last - index >= 2 {
        text += visible([members[index]]) + "-" + visible([members[last]])
      } else {
        for byte in members[index...last] {
          let needsEscape = byte == ASCII.backslash || byte == ASCII.rightParenthesis
          text += (needsEscape ? "\\" : "") + visible([byte])
        }
      }
      index = last + 1
    }
    return text + (bytes.contains(ASCII.minus) ? "-" : "")
  }

  /// Ranges go over digits or letters of one case, as people write them.
  private static func isAlike(_ left: UInt8, _ right: UInt8) -> Bool {
    ASCII.isDigit(left) && ASCII.isDigit(right) || ASCII.isLetter(left) && ASCII.isLetter(right)
  }

  /// An element of an anchor.
  static func words(_ element: AnchorElement) -> String {
    switch element {
    case .literal(let bytes): quoted(bytes)
    case .blanks: "blanks"
    case .strict(let field): field.type.written
    case .closedRun(let bytes, let least, _): (least == 0 ? "maybe " : "") + set(bytes)
    case .firstByte(let bytes): "a byte of \(set(bytes))"
    case .end: "the end"
    }
  }

  /// The ways to go on of an anchor; of many, or of long ones, the first.
  static func words(_ anchor: Anchor) -> String {
    var branches: [String] = []
    for branch in anchor.branches {
      let words = branch.isEmpty ? "anything" : branch.map(words).joined(separator: " ")
      if !branches.contains(words) { branches.append(words) }
    }
    var shown = branches.prefix(1)
    while shown.count < branches.count, shown.joined().count + branches[shown.count].count <= 60 {
      shown = branches.prefix(shown.count + 1)
    }
    let more = branches.count - shown.count
    return shown.joined(separator: " or ") + (more > 0 ? " or \(more) more ways" : "")
  }
}

extension StrictType {
  /// The type as it stands in a pattern.
  var written: String {
    switch self {
    case .int: "int"
    case .number: "number"
    case .hex: "hex"
    case .grouped: "grouped"
    case .ip: "ip"
    case .endpoint: "endpoint"
    case .uuid: "uuid"
    case .priority: "priority"
    case .clock: "clock"
    case .duration: "duration"
    case .size: "size"
    case .level: "level"
    case .levelWords(let words): "level(\(Self.list(words.map(\.word))))"
    case .enumeration(let words): "enum(\(Self.list(words.map(\.word))))"
    case .flag(let text): "flag(\(PatternWords.visible(text)))"
    case .quoted: "quoted"
    case .quotedDoubled(let quote): quote == ASCII.quote ? "quoted(\"\")" : "quoted('')"
    case .json: "json"
    case .pairs: "pairs"
    case .backslash(let bare): bare ? "backslash(bare)" : "backslash"
    case .keyValue: "kv"
    case .data: "data"
    case .cef: "cef"
    case .csv: "csv"
    case .rest: "rest"
    case .layout(let layout): layout.written
    case .iso: "iso"
    case .epoch(.seconds): "epoch"
    case .epoch(.milliseconds): "epoch(ms)"
    case .epoch(.microseconds): "epoch(us)"
    case .epoch(.nanoseconds): "epoch(ns)"
    case .epoch(.hexadecimal): "epoch(hex)"
    case .epoch(.any): "epoch(any)"
    case .since(.seconds): "since(s)"
    case .since(.milliseconds): "since(ms)"
    }
  }

  /// Words of an enumeration, the first few of a long one.
  private static func list(_ words: [[UInt8]]) -> String {
    let shown = words.prefix(6).map { PatternWords.visible($0) }
    return shown.joined(separator: "|") + (words.count > 6 ? "|…" : "")
  }
}
