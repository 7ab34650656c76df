import FormatTestSupport
import LogBytes
import TestSupport
import Testing

@testable import LogFormats

/// Lines are told apart by walking states of all patterns at once; what is left must hold every pattern that matches.
struct LineStatesTests {
  private func automaton(_ patterns: [Pattern]) -> LineAutomaton {
    LineAutomaton(
      patterns.map {
        LineAutomaton.Source(
          automaton: PatternAutomaton($0.elements, endsOpen: $0.tail != nil), sequence: NeededSequence($0.elements),
          rarest: NeededSequence.rarest($0.elements)?.sequence, isVague: false)
      })
  }

  /// The numbers of the patterns that are left for a line inside of a chunk; nil if nothing is known of it.
  private func left(_ states: inout LineStates, _ automaton: LineAutomaton, _ chunk: [UInt8], _ part: Range<Int>) -> Set<Int>? {
    var bitmaps = ChunkBitmaps()
    bitmaps.classify(chunk.span)
    let text = MatchText(bytes: chunk.span, bitmaps: bitmaps.words)
    let state = states.find(text, from: part.lowerBound, end: part.upperBound)
    if state < 0 { return nil }
    var numbers: Set<Int> = []
    for index in states.numbers(of: state) {
      let number = states.number(at: index)
      let sequence = Int(automaton.needed[number])
      if sequence == 0 || automaton.hasSequence(sequence, text, from: part.lowerBound, end: part.upperBound) { numbers.insert(number) }
    }
    return numbers
  }

  private func left(_ patterns: [String], _ line: String) throws -> Set<Int>? {
    let patterns = try patterns.map { try Pattern.parse($0) }
    let automaton = automaton(patterns)
    var states = LineStates(automaton)
    let chunk = bytes("x\n" + line + "\ny")
    return left(&states, automaton, chunk, 2..<chunk.count - 2)
  }

  @Test func `a line leaves the patterns that it can be of`() throws {
    let patterns = [
      "[{t:%H:%M:%S}] [{thread}/{l:level}]: {m}", "[{t:%H:%M:%S}] {m}", "{t:iso} {l:level} {m}", "{a:word} {b:word} {u} [{t:%d/%b/%Y}] {m}",
      "{p:priority}", #"{q:quoted} {m}"#, "{t:%b %e %H:%M:%S} {h:word} {m}", "{t:%b %e %H:%M:%S} {h:word} {g:word}[{p:int}]: {m}",
    ]
    #expect(try left(patterns, "[12:00:00] [Server thread/INFO]: hi") == [0, 1])
    #expect(try left(patterns, "[12:00:00] hi")! == [1])
    #expect(try left(patterns, "2026-01-02T12:00:00Z INFO hi") == [2])
    #expect(try left(patterns, "a b c [02/Jan/2026] d") == [3])
    #expect(try left(patterns, "a b c [x] d")!.isEmpty)
    #expect(try left(patterns, "134") == [4])
    #expect(try left(patterns, #""a \" b" c"#) == [5])
    #expect(try left(patterns, "Jan  2 12:00:00 host app[12]: hi")!.isSuperset(of: [6, 7]))
    #expect(try left(patterns, "Jan  2 12:00:00 host app: hi")!.isSuperset(of: [6]))
    #expect(try left(patterns, "[12:00")!.isEmpty)
  }

  @Test func `one pattern need not be told apart`() throws {
    #expect(try left(["a{m}"], "b") == [0])
    #expect(try left([], "b") == [])
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func `every pattern that matches is left`(seed: UInt64) throws {
    var generator = PatternGenerator(seed: seed &+ 77)
    let patterns = (0..<40).map { _ in generator.accepted() }
    let automaton = automaton(patterns)
    // Few states: they are forgotten and made again many times, and some lines are told that nothing is known.
    for greatestCount in [4096, 24] {
      var states = LineStates(automaton, greatestCount: greatestCount, missesBeforeReset: 20)
      var (known, unknown, tried) = (0, 0, 0)
      for (number, pattern) in patterns.enumerated() {
        guard var probe = try? MatchProbe(pattern) else { continue }
        var texts = TextGenerator(pattern, seed: seed ^ UInt64(number) << 32)
        for _ in 0..<30 {
          let (chunk, part) = texts.surrounded(texts.text())
          if part.isEmpty { continue }
          guard let left = left(&states, automaton, chunk, part) else {
            unknown += 1
            continue
          }
          known += 1
          tried += left.count
          if probe.match(chunk, part) != nil {
            #expect(left.contains(number), "\(pattern.source) on \(String(decoding: chunk[part], as: UTF8.self))")
          }
        }
      }
      #expect(known > 0)
      #expect((unknown > 0) == (greatestCount == 24))
      #expect((states.generation > 0) == (greatestCount == 24))
      // Most patterns fall for most lines.
      #expect(tried < known * patterns.count / 2)
    }
  }

  // MARK: Walks that pause

  /// The same where walks pause as soon as they may, whatever is left then.
  private func leftPausing(
    _ states: inout LineStates, _ walks: inout PausedWalks, _ automaton: LineAutomaton, _ chunk: [UInt8], _ part: Range<Int>
  ) -> (left: Set<Int>, hasPaused: Bool)? {
    var bitmaps = ChunkBitmaps()
    bitmaps.classify(chunk.span)
    let text = MatchText(bytes: chunk.span, bitmaps: bitmaps.words)
    var state = states.find(text, from: part.lowerBound, end: part.upperBound, pauses: true)
    while state >= LineStates.paused, states[pauseOf: state - LineStates.paused] == 0 {
      var numbers: [Int] = []
      for index in states.steps(of: state - LineStates.paused) {
        let number = automaton.number(of: states.number(at: index), from: numbers.last ?? 0)
        if number != numbers.last { numbers.append(number) }
      }
      // What has no sequence is always left, so it may be as much as it is.
      let table = walks.add(numbers, automaton, format: { $0 }, isLast: { _ in true })
      states[pauseOf: state - LineStates.paused] = table.map { UInt16($0 + 1) } ?? LineStates.neverPauses
      state = states.find(text, from: part.lowerBound, end: part.upperBound, pauses: true)
    }
    if state < 0 { return nil }
    var left: Set<Int> = []
    if state >= LineStates.paused {
      let table = Int(states[pauseOf: state - LineStates.paused]) - 1
      walks.visit(table, text.sequences(of: walks.tables, table, from: part.lowerBound, end: part.upperBound)) { left.insert($0) }
    } else {
      for index in states.numbers(of: state) { left.insert(states.number(at: index)) }
    }
    return (left, state >= LineStates.paused)
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func `every pattern that matches is left where a walk pauses`(seed: UInt64) throws {
    var generator = PatternGenerator(seed: seed &+ 177)
    // Patterns that begin with words need something behind them.
    let worded = ["{a:word} {b:word} [{t:%d/%b/%Y}] {m}", #"{a:word} "{m}""#, "{a:word} {b:word} = {m}", "{a:word} {t:%Y-%m-%d} {m}"]
    let patterns = try (0..<12).map { _ in generator.accepted() } + worded.map { try Pattern.parse($0) }
    let automaton = automaton(patterns)
    var states = LineStates(automaton)
    var walks = PausedWalks()
    var (paused, matched, left, lines) = (0, 0, 0, 0)
    for (number, pattern) in patterns.enumerated() {
      guard var probe = try? MatchProbe(pattern) else { continue }
      var texts = TextGenerator(pattern, seed: seed ^ UInt64(number) << 32)
      for _ in 0..<120 {
        var (chunk, part) = texts.surrounded(texts.text())
        if part.isEmpty { continue }
        // Room behind the line, as in a window.
        chunk += repeatElement(ASCII.lineFeed, count: sequenceSlack)
        guard let found = leftPausing(&states, &walks, automaton, chunk, part) else { continue }
        lines += 1
        left += found.left.count
        paused += found.hasPaused ? 1 : 0
        if probe.match(chunk, part) != nil {
          matched += 1
          #expect(found.left.contains(number), "\(pattern.source) on \(String(decoding: chunk[part], as: UTF8.self))")
        }
      }
    }
    #expect(paused > 0 && matched > 0)
    #expect(left < lines * patterns.count / 2)
  }

  @Test func `a walk goes on where many formats need the same`() throws {
    // All need a bracket before a date; only bytes behind the first word tell them apart.
    let patterns = try (0..<9).map { try Pattern.parse("{a:word} x\($0) [{t:%d/%b/%Y}] {m}") }
    let automaton = automaton(patterns)
    var walks = PausedWalks()
    #expect(walks.add([0, 1, 2, 3], automaton, format: { $0 }, isLast: { _ in false }) != nil)
    #expect(walks.add(Array(0..<9), automaton, format: { $0 }, isLast: { _ in false }) == nil)
    // Dialects of one format, and general formats, are as good as one.
    #expect(walks.add(Array(0..<9), automaton, format: { _ in 0 }, isLast: { _ in false }) != nil)
    #expect(walks.add(Array(0..<9), automaton, format: { $0 }, isLast: { $0 > 3 }) != nil)
  }

  // MARK: Rivals

  @Test(arguments: 0..<4 as Range<UInt64>)
  func `no text is of two patterns that cannot meet`(seed: UInt64) throws {
    var generator = PatternGenerator(seed: seed &+ 277)
    let patterns = (0..<24).map { _ in generator.accepted() }
    let automaton = automaton(patterns)
    var rivals = DialectRivals()
    var proven = 0
    for (one, pattern) in patterns.enumerated() {
      guard var probe = try? MatchProbe(pattern) else { continue }
      var texts = TextGenerator(pattern, seed: seed ^ UInt64(one) << 32)
      var taken: [(chunk: [UInt8], part: Range<Int>)] = []
      for _ in 0..<40 {
        let (chunk, part) = texts.surrounded(texts.text())
        if probe.match(chunk, part) != nil { taken.append((chunk, part)) }
      }
      for (other, otherPattern) in patterns.enumerated() where other != one && !rivals.meets(one, other, automaton) {
        guard var otherProbe = try? MatchProbe(otherPattern) else { continue }
        proven += 1
        for (chunk, part) in taken {
          #expect(otherProbe.match(chunk, part) == nil, "\(pattern.source) and \(otherPattern.source)")
        }
      }
    }
    #expect(proven > 0)
  }
}
