public import LogBytes
public import LogEntries

/// A pattern, parsed and resolved against its format's own types: what the matchers compile and interpret.
///
/// Own types that are one field without a name are replaced by that field; composite types are `composite` elements whose inner fields
/// already have the names of the entry (`killer`, `killer_slot`); `{name!}` is a run over the set that it may hold; blanks next to `{~}`
/// stand in the literal before it.
public struct Pattern: Sendable {
  /// The pattern as it was written.
  public var source: String
  /// The elements in order, without the tail.
  public var elements: [PatternElement]
  /// A `{…:tail(…)}` at the end, which is read first and from the right.
  public var tail: [ListKey]?
  /// Where the pattern stands in its file; line and column of its first character, from 1.
  public var position: SourcePosition

  public init(source: String, elements: [PatternElement], tail: [ListKey]? = nil, position: SourcePosition = SourcePosition()) {
    self.source = source
    self.elements = elements
    self.tail = tail
    self.position = position
  }
}

/// A place in a file, from 1; column counts characters.
public struct SourcePosition: Sendable, Hashable, BitwiseCopyable {
  public var line: Int
  public var column: Int

  public init(line: Int = 1, column: Int = 1) {
    self.line = line
    self.column = column
  }
}

public indirect enum PatternElement: Sendable, Hashable {
  /// These bytes.
  case literal([UInt8])
  /// `{~}`: any number of blanks and tabs.
  case blanks
  /// `{? …}`: may be absent.
  case group([PatternElement])
  case run(RunField)
  case strict(StrictField)
  case composite(CompositeField)
}

/// A run: its end is where its anchor says.
public struct RunField: Sendable, Hashable {
  /// The name in the entry; empty if the bytes are not kept.
  public var name: String
  /// The bytes that it may hold; never LF.
  public var bytes: ByteSet
  /// True for the type `text`: at the very end of a pattern such a run is open.
  public var isText: Bool
  /// The least length in bytes.
  public var least: Int
  /// The greatest length in bytes, nil if there is none.
  public var most: Int?
  public var longest: Bool
  /// `all`, in `find` only.
  public var all: Bool
  /// Column of the brace in the pattern, from 1.
  public var column: Int

  public init(
    name: String, bytes: ByteSet, isText: Bool, least: Int, most: Int? = nil, longest: Bool = false, all: Bool = false, column: Int = 1
  ) {
    self.name = name
    self.bytes = bytes
    self.isText = isText
    self.least = least
    self.most = most
    self.longest = longest
    self.all = all
    self.column = column
  }
}

/// A type with an end of its own.
public struct StrictField: Sendable, Hashable {
  /// The name in the entry, or the prefix of a list's keys; empty if there is none (a list's keys are kept all the same).
  public var name: String
  public var type: StrictType
  /// Limits in bytes, of `int` and `hex` only.
  public var least: Int?
  public var most: Int?
  /// `all`, in `find` only.
  public var all: Bool
  public var column: Int

  public init(name: String, type: StrictType, least: Int? = nil, most: Int? = nil, all: Bool = false, column: Int = 1) {
    self.name = name
    self.type = type
    self.least = least
    self.most = most
    self.all = all
    self.column = column
  }
}

/// A use of a composite type, which is matched as a unit: what follows it takes no part in its inner ends.
public struct CompositeField: Sendable, Hashable {
  public var typeName: String
  public var elements: [PatternElement]
  public var column: Int
  /// Where the type's own pattern stands: columns of its elements count from there.
  public var position: SourcePosition

  public init(typeName: String, elements: [PatternElement], column: Int = 1, position: SourcePosition = SourcePosition()) {
    self.typeName = typeName
    self.elements = elements
    self.column = column
    self.position = position
  }
}

/// A level word and the level that it means.
public struct LevelWord: Sendable, Hashable {
  public var word: [UInt8]
  public var level: Level

  public init(word: [UInt8], level: Level) {
    self.word = word
    self.level = level
  }
}

/// A word of an enumeration and the value that goes out for it (the word itself unless a map says otherwise).
public struct EnumerationWord: Sendable, Hashable {
  public var word: [UInt8]
  public var value: [UInt8]

  public init(word: [UInt8], value: [UInt8]) {
    self.word = word
    self.value = value
  }
}

/// A declared key of `csv(…)` or `tail(…)`, with its strict type if it has one.
public struct ListKey: Sendable, Hashable {
  public var name: String
  public var type: StrictType?

  public init(name: String, type: StrictType? = nil) {
    self.name = name
    self.type = type
  }
}

public enum EpochScale: Sendable, Hashable {
  case seconds, milliseconds, microseconds, nanoseconds, hexadecimal, any
}

public enum RelativeScale: Sendable, Hashable {
  case seconds, milliseconds
}

/// The strict types of formats/README.md; what each accepts stands in `StrictScanning`.
public indirect enum StrictType: Sendable, Hashable {
  case int, number, hex, grouped, ip, endpoint, uuid, priority, clock, duration, size
  /// Any level word of the format or of the common table, in any case, not followed by a letter or digit. Longest words first.
  case level([LevelWord])
  /// `level(A|B)`: these words, in this case. Longest first.
  case levelWords([LevelWord])
  /// `enum(a|b)` and own enumerations. Longest first.
  case enumeration([EnumerationWord])
  case flag([UInt8])
  /// `quoted`: backslash escapes.
  case quoted
  /// `quoted('')`, `quoted("")`: this quote, doubled inside.
  case quotedDoubled(UInt8)
  case json
  case pairs
  case backslash(bare: Bool)
  case keyValue
  case data
  case cef
  case csv([ListKey])
  case rest
  case layout(TimeLayout)
  case iso
  case epoch(EpochScale)
  case since(RelativeScale)
}
