/// One family of log entries, as its file declares it: patterns parsed and checked, not yet compiled.
public struct LogFormat: Sendable {
  /// kebab-case; the value of `format`.
  public var name: String
  public var title = ""
  public var from = ""
  /// The file it came from, for diagnostics.
  public var path = ""
  public var rank = Rank.normal
  /// Dialects in order.
  public var entry: [Pattern] = []
  public var start: [Pattern] = []
  public var continues: [Pattern] = []
  public var end: [Pattern] = []
  public var multiline = Multiline.any
  public var lines: [Pattern] = []
  public var preamble = false
  public var clock = ClockDeclaration()
  /// Level words of this format, in small letters.
  public var levels: [LevelWord] = []
  /// Values that mean null.
  public var absent: [[UInt8]] = []
  /// Names for keys that lists, JSON and `kv` bring (in snake_case).
  public var rename: [String: String] = [:]
  /// By field, in file order.
  public var events: [FieldEvents] = []
  public var parts: [FieldPatterns] = []
  public var find: [FieldPatterns] = []
  public var hints = FormatHints()
  public var wrap: WrapDeclaration?
  public var colours: [Colour] = [.ansi]
  /// What stands instead of `entry`.
  public var structure = Structure.patterns
  /// The names that the compiler of patterns resolved; kept for `sluice formats show`.
  public var types: [String] = []

  public init(name: String) {
    self.name = name
  }

  public enum Rank: String, Sendable, BitwiseCopyable, CaseIterable {
    case specific, normal, common, general
  }

  /// Which unknown lines continue an entry.
  public enum Multiline: String, Sendable, BitwiseCopyable, CaseIterable {
    case any, indented, none
  }

  public enum Colour: String, Sendable, CaseIterable {
    case ansi, quake, minecraft
  }

  public enum Structure: Sendable {
    case patterns
    case json(KeyedDeclaration)
    case keyValue(KeyedDeclaration)
    case delimited(DelimitedDeclaration)

    /// What `json` and `kv` say.
    var keyed: KeyedDeclaration? {
      switch self {
      case .json(let declaration), .keyValue(let declaration): declaration
      case .patterns, .delimited: nil
      }
    }
  }
}

/// The events of one field: name and pattern, in order.
public struct FieldEvents: Sendable {
  public var field: String
  public var events: [(event: String, pattern: Pattern)]

  public init(field: String, events: [(event: String, pattern: Pattern)]) {
    self.field = field
    self.events = events
  }
}

public struct FieldPatterns: Sendable {
  public var field: String
  public var patterns: [Pattern]

  public init(field: String, patterns: [Pattern]) {
    self.field = field
    self.patterns = patterns
  }
}

public struct FormatHints: Sendable {
  public var require: [Pattern] = []
  public var forbid: [Pattern] = []
  public var file: [Pattern] = []

  public init() {}
}

public struct ClockDeclaration: Sendable {
  /// Patterns on every line and on the file's name; their field `base` is a time.
  public var set: [Pattern] = []
  public var file: [Pattern] = []
  public var months: [MonthName] = []
  /// nil for `local` (none of its own).
  public var zone: Zone?
  /// Zone names of the format's own, in seconds east of UTC.
  public var names: [String: Int] = [:]

  public init() {}
}

/// `wrap`: the field goes to detection again.
public struct WrapDeclaration: Sendable {
  public var field: String
  /// The field whose value names the inner stream.
  public var key: String?
  public var part: Part?

  public init(field: String, key: String? = nil, part: Part? = nil) {
    self.field = field
    self.key = key
    self.part = part
  }

  public enum Part: Sendable {
    /// The text goes on in the next line of this key until `field` has another value than `value`.
    case field(String, value: String)
    /// The text goes on until it ends with LF.
    case newline
  }
}

/// `json:` and `kv:`.
public struct KeyedDeclaration: Sendable {
  /// Each one of these groups of names must be there: `c|d` is a group of two.
  public var require: [[String]] = []
  public var time: [String] = []
  public var level: [String] = []
  public var message: [String] = []
  public var layouts: [TimeLayout] = []

  public init() {}
}

/// `delimited:`.
public struct DelimitedDeclaration: Sendable {
  public var separator: UInt8?
  public var quote: UInt8 = UInt8(ascii: "\"")
  public var columns: [ListKey] = []
  public var declare: [UInt8]?
  public var comment: [[UInt8]] = []
  public var slack = 0
  /// Each is one column, or two to be joined with a blank.
  public var time: [[String]] = []

  public init() {}
}
