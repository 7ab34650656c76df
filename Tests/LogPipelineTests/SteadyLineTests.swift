import LogFormats
import TestSupport
import Testing

/// Lines that are all alike go a shorter way, and what was learned of one is used for the next: each entry must be what it is alone.
struct SteadyLineTests {
  /// Entries of several formats, line by line, with `@` where random digits stand.
  private static let entries: [[String]] = [
    ["[12:00:00] [Server thread/INFO]: Ada joined the game"], ["[12:00:00] [Async Chat Thread - #@/INFO]: <Ada> hi @"],
    ["[12:00:00] [User Authenticator #@/WARN]: UUID of player Ada is 00000000-0000-4000-8000-00000000@@@@"],
    // A thread in which a level could stand, and bytes of the row of the digits.
    ["[12:00:00] [a/@/INFO]: x"], ["[12:00:00] [a/INFO/@/ERROR]: x"], ["[12:00:00] [a:;<=>?@/INFO]: x"], ["[12:00:00] [@/INFO] [b]: y"],
    ["[12:00:00] [Server thread/INFO]: § coded §a@"], ["[12:00:00] [Server thread/INFO]: \u{1b}[3@mred\u{1b}[m"],
    [
      "[12:00:00] [Server thread/ERROR]: failed", "java.lang.Error: @", "\tat com.example.A.b(A.java:@)",
      "\tat com.example.A.c(A.java:@) ~[?:?]", "\tat §acom.example.A.d(A.java:@)", "", "Caused by: java.lang.Error", "\t... @ more",
    ],
    ["[12:00:00] [Server thread/WARN]: x", "\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}@", "\tat com.example.A.b(A.java:@)"],
    ["[12:00:00] [Server thread/ERROR]: x\r", "\tat com.example.A.b(A.java:@)\r"],
    [#"192.0.2.@ - - [02/Jan/2026:12:00:00 +0000] "GET /@ HTTP/1.1" 200 @ "-" "Agent/@""#],
    [#"192.0.2.@ - ada [02/Jan/2026:12:00:00 +0000] "GET /@ HTTP/1.1" 304 - "https://example.org/@" "Agent \"@\"""#],
    [#"2001:db8::@ a:b c:d [02/Jan/2026:12:00:00 +0000] "GET / HTTP/1.1" 200 @"#],
    [#"Host.example.org - - [02/Jan/2026:12:00:00 +0000] "-" 408 0 "-" "-""#],
    ["[2026.01.02-12.00.00:123][ @@]LogNet: Join succeeded: Ada", "\tat @"], ["[2026.01.02-12.00.00:123][ @@]LogTemp: Warning: @"],
    // The second is what a hint forbids: it is another format's.
    ["[2026.01.02-12.00.00:123][ @@]LogTemp: no level @"],
    [#"[2026.01.02-12.00.00:123][  @]Server: "The Island @" has successfully started!"#],
    [#"L 01/02/2026 - 12:00:00: "Ada<@><[U:1:@]><CT>" say "hi @""#], [#"L 01/02/2026 - 12:00:00: World triggered "Round_Start""#],
    [#"L 01/02/2026 - 12:00:01: "Ada<@><BOT><CT>" purchased "ak@""#], [#"L 01/02/2026 - 12:00:01: World triggered "Round_End" (CT "@")"#],
    ["[12:00:01] [Server thread/INFO]: Ada joined the game"], ["[12:00:01] [Server thread/WARN]: x"],
    ["<134>Jan  2 12:00:00 host-@ app[@]: player @ kicked"], ["Jan  2 12:00:00 host-@ kernel: @"],
    ["2026-01-02T12:00:00.123Z stdout F \tat com.example.A.b(A.java:@)"],
  ]

  private func filled(_ line: String, _ generator: inout SeededGenerator) -> String {
    var text = ""
    for character in line {
      // At least one digit, seldom many.
      let count = character == "@" ? 1 + Int.random(in: 0...5, using: &generator) / 3 * Int.random(in: 0...2, using: &generator) : 0
      if count == 0 { text.append(character) }
      for _ in 0..<count { text.append(String(Int.random(in: 0...9, using: &generator))) }
    }
    return text
  }

  @Test(arguments: 0..<6 as Range<UInt64>)
  func `in a stream of its like an entry is what it is alone`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let probe = StreamProbe(catalog: allFormats)
    // A few kinds, so that the format stays the same for a while.
    let kinds = Self.entries.shuffled(using: &generator).prefix(Int.random(in: 1...5, using: &generator)) + Self.entries.prefix(2)
    var lines: [String] = []
    var expected: [String] = []
    for _ in 0..<250 {
      let entry = kinds.randomElement(using: &generator)!.map { filled($0, &generator) }
      lines += entry
      expected += probe.run(entry)
    }
    let text = bytes(lines.map { $0 + "\n" }.joined())
    for largest in [text.count, 700, 40] {
      let actual = probe.run(largest == text.count ? [text] : randomParts(of: text, largest: largest, using: &generator))
      #expect(actual.count == expected.count)
      if let (entry, wanted) = zip(actual, expected).first(where: { $0 != $1 }) { #expect(entry == wanted, "pieces of \(largest)") }
    }
  }
}
