import LogBytes
import LogEntries

// The fence around memory that the matcher reads and writes in its inner loops. Reading an element of a pool, a slot or a text costs a
// load: no reference is counted and no borrow is passed on. Places come from programs that our own compiler wrote and from loops that
// compare with the end, so they are checked in debug builds only: the tests and fuzz targets run with the checks.

/// Elements that never change and mostly never go away: the programs of a catalogue, which a process compiles once and keeps.
@frozen
@usableFromInline
@safe
package struct Pool<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  @usableFromInline let base: UnsafePointer<Element>
  @usableFromInline package let count: Int

  /// No elements.
  init() {
    count = 0
    unsafe base = UnsafePointer(bitPattern: 16)!
  }

  /// Copies the elements into memory that only `deallocate` frees. What lies between their fields is zero, so that images are the same.
  init(_ elements: [Element]) {
    count = elements.count
    let size = max(count, 1) * MemoryLayout<Element>.stride
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    unsafe bytes.initializeMemory(as: UInt8.self, repeating: 0, count: size)
    let memory = unsafe bytes.bindMemory(to: Element.self, capacity: max(count, 1))
    for (index, element) in elements.enumerated() { unsafe (memory + index).initialize(to: element) }
    unsafe base = UnsafePointer(memory)
  }

  /// Elements that lie in an image. Requires memory that is aligned to 16 bytes, holds such elements, and never changes or goes away.
  init(_ image: UnsafeRawBufferPointer) {
    count = image.count / MemoryLayout<Element>.stride
    unsafe base = image.baseAddress!.assumingMemoryBound(to: Element.self)
  }

  /// A range of the elements, which stay where they are.
  @_lifetime(immortal)
  func span(_ range: PoolRange) -> Span<Element> {
    assert(range.range.upperBound <= count, "outside of the pool")
    // The memory of a pool does not go away.
    return unsafe _overrideLifetime(Span(_unsafeStart: base + range.range.lowerBound, count: range.range.count), copying: ())
  }

  /// The elements as bytes.
  var rawBytes: [UInt8] {
    unsafe Array(UnsafeRawBufferPointer(start: base, count: count * MemoryLayout<Element>.stride))
  }

  /// A copy of all elements.
  var elements: [Element] { (0..<count).map { self[$0] } }

  /// Gives the memory back. Nobody may read the pool any more.
  func deallocate() {
    unsafe base.deallocate()
  }

  /// Requires `index` to be below `count`.
  @inlinable
  @inline(__always)
  package subscript(index: Int) -> Element {
    unsafeAddress {
      assert(UInt(bitPattern: index) < UInt(bitPattern: count), "outside of the pool")
      return unsafe base + index
    }
  }
}

/// The pools of a catalogue's programs; see `ProgramView`.
struct ProgramPools: Sendable {
  var instructions = Pool<Instruction>()
  var literals = Pool<UInt8>()
  var anchors = Pool<AnchorProgram>()
  var strict = Pool<StrictOperand>()
  var words = Pool<Word>()
  var times = Pool<TimeScanning.Operation>()
  var keys = Pool<CompiledKey>()
  var levelCells = Pool<LevelCell>()
  /// For eight sets together 256 bytes: bit `set & 7` of byte `(set >> 3) · 256 + b` says whether `b` is in the set.
  var setTables = Pool<UInt8>()
  /// `SetRanges.blocks` bytes a set, for those that `SetRanges` can tell.
  var setBytes = Pool<UInt8>()
  /// Each of them as a block; not in the image, which would be large with them.
  var setRanges = Pool<SIMD16<UInt8>>()

  init() {}

  init(_ programs: MatchPrograms) {
    var tables = [UInt8](repeating: 0, count: (programs.sets.count + 7) / 8 * 256)
    for (number, set) in programs.sets.enumerated() {
      for byte in set.members { tables[(number >> 3) * 256 + Int(byte)] |= 1 << UInt8(number & 7) }
    }
    instructions = Pool(programs.instructions)
    literals = Pool(programs.literals)
    anchors = Pool(programs.anchors)
    strict = Pool(programs.strict)
    words = Pool(programs.words)
    times = Pool(programs.times)
    keys = Pool(programs.keys)
    levelCells = Pool(programs.levelCells)
    setTables = Pool(tables)
    setBytes = Pool(programs.sets.flatMap { SetRanges($0).bytes })
    setRanges = Self.blocks(of: setBytes)
  }

  mutating func code(_ coder: inout ImageCoder) {
    coder.code(&instructions)
    coder.code(&literals)
    coder.code(&anchors)
    coder.code(&strict)
    coder.code(&words)
    coder.code(&times)
    coder.code(&keys)
    coder.code(&levelCells)
    coder.code(&setTables)
    coder.code(&setBytes)
    if setRanges.count != setBytes.count { setRanges = Self.blocks(of: setBytes) }
  }

  private static func blocks(of bytes: Pool<UInt8>) -> Pool<SIMD16<UInt8>> {
    Pool(bytes.elements.map { SIMD16(repeating: $0) })
  }
}

/// The programs of a catalogue as the matcher reads them: one pointer to pools that never change and never go away, so that handing it
/// on costs a register and counts no reference.
@safe
package struct ProgramView: @unchecked Sendable {
  private let pools: UnsafePointer<ProgramPools>

  init(_ programs: ProgramPools) {
    let memory = UnsafeMutablePointer<ProgramPools>.allocate(capacity: 1)
    unsafe memory.initialize(to: programs)
    unsafe pools = UnsafePointer(memory)
  }

  @inline(__always) package var instructions: Pool<Instruction> { unsafe pools.pointee.instructions }
  @inline(__always) package var literals: Pool<UInt8> { unsafe pools.pointee.literals }
  @inline(__always) package var anchors: Pool<AnchorProgram> { unsafe pools.pointee.anchors }
  @inline(__always) package var strict: Pool<StrictOperand> { unsafe pools.pointee.strict }
  @inline(__always) package var words: Pool<Word> { unsafe pools.pointee.words }
  @inline(__always) var times: Pool<TimeScanning.Operation> { unsafe pools.pointee.times }
  @inline(__always) package var keys: Pool<CompiledKey> { unsafe pools.pointee.keys }
  @inline(__always) package var levelCells: Pool<LevelCell> { unsafe pools.pointee.levelCells }
  @inline(__always) package var setTables: Pool<UInt8> { unsafe pools.pointee.setTables }
  @inline(__always) var setRanges: Pool<SIMD16<UInt8>> { unsafe pools.pointee.setRanges }
}

/// A text with the bitmaps of its bytes: the whole chunk, of which a match looks at a part.
@safe
package struct MatchText: ~Escapable {
  package let bytes: Span<UInt8>
  /// Of `ChunkBitmaps`, for all of `bytes`.
  package let bitmaps: Span<UInt64>
  /// It is known that no codes of colours stand in the text.
  package let isColourless: Bool
  /// Where the bytes stand: valid as long as the span, whose lifetime this text has.
  private let base: UnsafePointer<UInt8>
  /// The same of the bitmaps.
  private let words: UnsafePointer<UInt64>

  @_lifetime(copy bytes, copy bitmaps)
  package init(bytes: Span<UInt8>, bitmaps: Span<UInt64>, isColourless: Bool = false) {
    self.bytes = bytes
    self.bitmaps = bitmaps
    self.isColourless = isColourless
    unsafe base = bytes.withUnsafeBufferPointer { buffer in unsafe buffer.baseAddress ?? UnsafePointer(bitPattern: 8)! }
    unsafe words = bitmaps.withUnsafeBufferPointer { buffer in unsafe buffer.baseAddress ?? UnsafePointer(bitPattern: 8)! }
  }

  package var count: Int { bytes.count }

  /// Requires `index` to be below `count`.
  @inline(__always)
  package subscript(index: Int) -> UInt8 {
    assert(UInt(bitPattern: index) < UInt(bitPattern: bytes.count), "outside of the text")
    return unsafe base[index]
  }

  /// Eight bytes as one little-endian word, those beyond the end of the text as zeros. Requires `index` to be at most `count`.
  @inline(__always)
  package func word(at index: Int) -> UInt64 {
    assert(index >= 0 && index <= bytes.count, "outside of the text")
    if index &+ 8 <= bytes.count {
      return unsafe UInt64(littleEndian: UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self))
    }
    return loadWord(bytes, at: index)
  }

  /// The same where eight bytes can be read. Requires eight bytes from `index` on.
  @inline(__always)
  func wholeWord(at index: Int) -> UInt64 {
    assert(index >= 0 && index &+ 8 <= bytes.count, "outside of the text")
    return unsafe UInt64(littleEndian: UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self))
  }

  /// Requires 16 bytes from `index` on.
  @inline(__always)
  func block(at index: Int) -> SIMD16<UInt8> {
    assert(index >= 0 && index &+ 16 <= bytes.count, "outside of the text")
    return unsafe UnsafeRawPointer(base + index).loadUnaligned(as: SIMD16<UInt8>.self)
  }

  /// The first of up to four bytes at or behind `from`, or `limit`. Linear in the distance, 16 bytes at a time.
  @inline(__always)
  package func firstIndex(ofAny wanted: UInt32, from: Int, limit: Int) -> Int {
    assert(from >= 0 && from <= limit && limit <= bytes.count, "outside of the text")
    return unsafe LogBytes.firstIndex(ofAny: wanted, in: base, from: from, limit: limit, readable: bytes.count)
  }

  /// The sequences of a table that may begin in a part of the text, a bit each; all where the text ends too soon to say. Linear.
  func sequences(of tables: borrowing SequenceTables, _ number: Int, from: Int, end: Int) -> UInt8 {
    assert(from >= 0 && from <= end && end <= bytes.count, "outside of the text")
    guard end &+ sequenceSlack <= bytes.count else { return .max }
    return unsafe tables.withTable(number) { table in unsafe sequencesMet(table, in: base + from, count: end &- from) }
  }

  /// The last place in `from..<limit` of a byte behind which stands one whose bit is set in the 256 bytes of a table from `first` on; -1 if
  /// there is none. Linear in the distance, 16 bytes at a time. Requires `limit` to be below `count`.
  @inline(__always)
  func lastIndex(of byte: UInt8, before table: Pool<UInt8>, _ first: Int, _ bit: UInt8, in from: Int, _ limit: Int) -> Int {
    assert(from >= 0 && from <= limit && limit < bytes.count && first &+ 256 <= table.count, "outside of the text")
    let found = unsafe lastIndexOfPair(byte, table.base + first, bit, in: base + from, count: limit &- from, before: from)
    return found < 0 ? -1 : from &+ found
  }

  /// A bit for each of `count` bytes from `index` on, 64 at most, that is an ASCII letter or digit; bits behind them may be set too. Requires
  /// so many bytes from `index` on.
  @inline(__always)
  func lettersAndDigits(at index: Int, count: Int) -> UInt64 {
    assert(index >= 0 && count <= 64 && index &+ count <= bytes.count, "outside of the text")
    return unsafe LogBytes.lettersAndDigits(base + index, count: count, readable: bytes.count &- index)
  }

  /// How many bytes from `index` on are none of those that end a word of pairs (blank, tab, comma, quote) or that a JSON string cannot hold as
  /// they are, or that are not ASCII; at most 16. Requires 16 bytes from `index` on.
  @inline(__always)
  func plainBytesOfWord(at index: Int) -> Int {
    assert(index >= 0 && index &+ 16 <= bytes.count, "outside of the text")
    return unsafe LogBytes.plainBytesOfWord(base + index)
  }

  /// As `LogBytes.nextBit` for the text's bitmaps: the first place of a class at or behind `from`, or `limit`.
  @inline(__always)
  package func nextBit(class index: Int, from start: Int, limit: Int) -> Int {
    if start >= limit { return limit }
    assert(start >= 0 && index < ChunkBitmaps.classes && (limit &- 1) &>> 6 &* 4 &+ 3 < bitmaps.count, "outside of the text")
    var block = start &>> 6
    var word = unsafe words[block &* 4 &+ index] & (~0 &<< UInt64(truncatingIfNeeded: start))
    while word == 0 {
      block &+= 1
      if block &<< 6 >= limit { return limit }
      word = unsafe words[block &* 4 &+ index]
    }
    let place = block &<< 6 &+ word.trailingZeroBitCount
    return place < limit ? place : limit
  }
}
