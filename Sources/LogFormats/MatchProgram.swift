package import LogBytes
package import LogEntries

// How a pattern runs.
//
// A pattern is compiled into instructions of 32 bytes that stand one behind the other in a pool for the whole catalogue. The matcher
// holds a place in the text and a place in the program; each instruction either moves the first on or fails. Nothing is ever tried
// again: an instruction that fails ends the attempt, unless it stands in a group, which is then passed over.
//
// For `[{time:%H:%M:%S}] [{thread:chars(^[\])}/{level}]: {message}` the compiler writes
//
//     literal   "["
//     strict    time layout            -> slot 0
//     literal   "] ["
//     openRun   set ^[], anchor 0      -> slot 1        anchor 0: "/", a level word, "]: "
//     literal   "/"
//     strict    level                  -> slot 2
//     literal   "]: "
//     runToEnd                         -> slot 3
//     end
//
// and on `[12:00:01] [Server thread/INFO]: hi` the run walks from "S" through its class to the first byte with which its anchor can
// begin, "/", tries the anchor there, and ends. A closed run needs no anchor: where its class lacks just the bytes of a bitmap (a quote;
// blank and tab), its end is the next bit of that bitmap, which one call made for the whole chunk; else it is a byte search or a walk
// over a table of 256 bits.
//
// Slots are written into a buffer that the caller owns. What stands in a slot is a range of the text; no value is made before the whole
// pattern has matched.

/// What an instruction does.
package enum Opcode: UInt8, Sendable, BitwiseCopyable {
  /// These bytes stand here.
  case literal
  /// All blanks and tabs that stand here.
  case blanks
  /// A run that is closed by a bit of a bitmap.
  case runToBit
  /// A run that is closed by the first byte outside its set.
  case runInSet
  /// A text at the end of the pattern.
  case runToEnd
  /// A run that ends at the first place where its anchor matches.
  case openRun
  /// A run that ends at the last such place.
  case openRunLongest
  /// A type with an end of its own.
  case strict
  /// A group begins; `first` is the instruction behind it.
  case group
  case groupEnd
  /// The text must end here. The last instruction of every program.
  case end
  /// In anchors only: a byte of the set stands here.
  case byteOf
  /// In programs of finds and shared prefixes: done, wherever the text goes on.
  case done
  /// An open run whose walk stops at four different bytes at most.
  case openRunToAny
  /// A literal of at most eight bytes.
  case shortLiteral
  /// A literal of nine to sixteen bytes.
  case mediumLiteral
  // Frequent strict types have instructions of their own.
  /// An integer without limits.
  case integer
  /// A time by a layout.
  case layout
  /// A level word.
  case level
  /// In anchors only: what follows stands here, or what stands at `first`.
  case choice
  /// A list of the type `pairs`.
  case pairs
  /// In composite types: a run that ends at the last place behind which all that follows in the type stands, up to `tryEnd`. The anchor is
  /// looked at only where that fails, which is seldom.
  case openRunTry
  case tryEnd
  /// A literal of at most eight bytes that may be absent.
  case optional
  /// A list of the type `data`.
  case data
}

/// What must stand where a group begins, or it is passed over.
enum GroupLook {
  static let none: UInt8 = 0
  /// A short literal, its first instruction.
  static let literal: UInt8 = 1
  /// A byte of a set.
  static let byte: UInt8 = 2
}

/// One step of a program: 32 bytes.
package struct Instruction: Sendable, BitwiseCopyable, Equatable {
  package var opcode: Opcode
  /// The bitmap. Runs in sets: whether the set's ranges can be used (`SetRanges.Use`). Groups: which look at the text says that the group
  /// is passed over (`GroupLook`).
  package var detail: UInt8 = 0
  /// Where the taken range goes; `Instruction.noSlot` for nowhere. Groups: the first slot inside.
  package var slot: UInt16 = Instruction.noSlot
  /// Literal: offset in the pool. Runs: set or anchor. Strict: operand. Group: the instruction behind it.
  package var first: UInt32 = 0
  /// Literal: length. Runs: the least length. Group: the slot behind its last.
  package var least: UInt32 = 0
  /// Runs: the greatest length.
  package var most: UInt32 = .max
  /// Literal: its first eight bytes, and which of their bits count; of nine to sixteen bytes, its first and its last eight bytes. Group: the
  /// literal with which it begins, whose length is in `most`, or the set of bytes with which it can begin, in `word`. Longest open runs: the set in the low half of `word`, and if four bytes
  /// at most are outside of it, these in the low half of `mask`. Other open runs: the set in the low half of `word`; in its high half the
  /// set of bytes at which a walk stops, those outside of the set and those with which the anchor begins; and, if these are four at most
  /// (without LF in a text of one line), the same bytes in the low half of `mask`, so that they are searched 16 at a time.
  package var word: UInt64 = 0
  package var mask: UInt64 = 0

  package static let noSlot = UInt16.max

  package init(_ opcode: Opcode) {
    self.opcode = opcode
  }
}

/// What must stand behind an open run.
package struct AnchorProgram: Sendable, BitwiseCopyable {
  /// The first instruction of its branches. Those that begin alike share their beginning: where they part stands a choice.
  package var start: UInt32
  /// The set of bytes with which a branch can begin.
  package var beginnings: UInt32
  /// The set of bytes that can stand second; what ends before there is not asked.
  package var seconds: UInt32
  /// A branch can begin at the end of the text.
  package var canBeginAtEnd: Bool
  /// A branch can be empty: every place is tried.
  package var canBeginAnywhere: Bool
  /// The only byte with which a branch can begin; `noByte` if there are several, or none is needed.
  var soleBeginning = AnchorProgram.noByte

  static let noByte = UInt16.max
}

/// The programs of a catalogue while it is compiled.
struct MatchPrograms: Sendable {
  var instructions: [Instruction] = []
  var literals: [UInt8] = []
  var sets: [ByteSet] = []
  var anchors: [AnchorProgram] = []
  var strict: [StrictOperand] = []
  var words: [Word] = []
  var times: [TimeScanning.Operation] = []
  var levelCells: [LevelCell] = []
  /// Keys that `csv` and `tail` declare.
  var keys: [CompiledKey] = []
}

/// A declared key of a list: its name, the name of a text that is not of its type, and its type.
package struct CompiledKey: Sendable, BitwiseCopyable {
  // In an order without gaps (`ImageCoder`).
  package var name: NameID
  var textName: NameID
  /// -1 if the key has no type.
  var operand: Int32
  /// The name's bytes in the literals' pool.
  var first: UInt32
  var count: UInt32
  var role: Capture.Role
}

/// One field that a pattern takes, in the order of its slots.
package struct Capture: Sendable, BitwiseCopyable {
  // In an order without gaps (`ImageCoder`).
  package var name: NameID
  /// The strict type for kinds that need it: an index into `ProgramView.strict`.
  package var operand: UInt32
  package var role: Role
  /// How the value is made; the operand says more where the kind needs it.
  package var kind: Kind

  package enum Role: UInt8, Sendable, BitwiseCopyable {
    case field, time, level, message
  }

  package enum Kind: UInt8, Sendable, BitwiseCopyable {
    /// A string as it stands there.
    case string
    /// A string of a field named `level`: looked up as a level word.
    case levelText
    /// A level word of the type `level`.
    case level
    case time, integer, yes, priority
    /// A word of an enumeration that goes out as another.
    case word
    /// Everything else: the type says.
    case other
  }
}

/// A pattern in the pools.
package struct CompiledPattern: Sendable, BitwiseCopyable {
  // In an order without gaps (`ImageCoder`).
  package var evidence: Int
  package var openRuns: Int
  /// Its place in the file, for diagnostics.
  package var position: SourcePosition
  /// The bytes with which a text can begin; all if the pattern can be empty.
  package var firstBytes: ByteSet
  var head = PatternHead([])
  package var start: UInt32
  /// Into `CompiledCatalog.captures`.
  package var firstCapture: UInt32
  /// The keys of a tail, which is read first; empty for none.
  package var tail: PoolRange
  /// The length of all texts that it takes, if it is nothing but a literal; -1 else.
  var onlyLength: Int32 = -1
  /// `start` once more if its program has the straight form (Matcher+Straight.swift); -1 if not.
  package var straight: Int32 = -1
  /// Of a dialect: the row of `ObserverTable.observing` with the observers that may take a line of it; -1 if that is not known.
  var observing: Int32 = -1
  package var slotCount: UInt16
  package var captureCount: UInt16
  package var canBeEmpty: Bool
  /// See `PrefixMemo`: whether what stands before the last run decides all but that run.
  var hasSteadyPrefix = false
  /// It ends in `rest` or `csv`, so a second-stage match sees the whole value.
  package var takesLineFeeds: Bool
  /// Which patterns of its format's `hints.forbid` may take a line that it takes, a bit each; the top bit stands for the eighth and all
  /// behind it.
  var forbidding: UInt8 = .max
  /// No line that it takes is one with which its format's entries go on (`continue`).
  var isNeverContinuing = false
  /// A find with `all`: every different value.
  package var collectsAll: Bool
  /// See `PrefixMemo`: the slots, a bit each, of runs that end where they end whatever digits they hold.
  var freeDigits: UInt16 = 0

  /// No line that it takes is one that its format forbids.
  var isNeverForbidden: Bool { forbidding == 0 }
}
