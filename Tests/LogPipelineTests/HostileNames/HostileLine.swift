import LogFormats
import LogPipeline
import Testing

/// A line in which a player's words imitate the log, and the whole entry that it must give: nothing of what he wrote may become an event, a
/// field or an entry of its own.
struct HostileLine: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let line: String
  let entry: String

  init(_ what: String, _ line: String, _ entry: String) {
    testDescription = what
    self.line = line
    self.entry = entry
  }

  /// Expects the entry of a stream of this line alone, of a stream that is in the middle of its family or of others, and of a record.
  ///
  /// - Parameter joins: whether it could as well go on in an open entry of another format, as weak formats with `hints.require` do: then a
  ///   line that nothing can join stands before it.
  func expectItsEntry(joins: Bool = false, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(Self.run([line]) == [entry], "alone", sourceLocation: sourceLocation)
    #expect(Self.run([line, line, line]) == [entry, entry, entry], "after its like", sourceLocation: sourceLocation)
    #expect(Self.probe.run(Array((line + "\n").utf8).map { [$0] }) == [entry], "byte by byte", sourceLocation: sourceLocation)
    let record = piped(Array((line + "\n").utf8), arrival: 1_798_675_200_000, options: Self.probe.options)
    #expect(record.lines == [entry], "as a record", sourceLocation: sourceLocation)
    var lines: [String] = []
    var entries: [String] = []
    for (neighbour, its) in zip(Self.neighbours, Self.entriesOfNeighbours) {
      lines += [neighbour]
      entries += [its]
      if joins {
        lines += [Self.neighbours[0]]
        entries += [Self.entriesOfNeighbours[0]]
      }
      lines += [line, neighbour]
      entries += [entry, its]
    }
    #expect(Self.run(lines) == entries, "among other families", sourceLocation: sourceLocation)
  }

  private static func run(_ lines: [String]) -> [String] { probe.run(lines) }

  private static let probe: StreamProbe = {
    var options = PipelineOptions()
    // 2026-01-02, for logs that state no day.
    options.day = 20_455
    return StreamProbe(catalog: allFormats, options: options)
  }()

  /// Honest lines of many families, so that each hostile line comes behind each of them.
  private static let neighbours = [
    #"192.0.2.20 - ada [02/Jan/2026:12:00:01 +0000] "GET /lobby HTTP/1.1" 200 512 "-" "curl/8.5.0""#,
    #"{"time":"2026-01-02T12:00:01Z","level":"info","msg":"a match was made","players":8}"#,
    "<13>1 2026-01-02T12:00:01Z host.example app 7 - - ready",
    "Jan  2 12:00:01 host sshd[7]: session opened for user ada",
    "[12:00:01] [Server thread/INFO]: Ada joined the game",
    #"L 01/02/2026 - 12:00:01: "Ada<5><[U:1:1]><CT>" entered the game"#,
    "[01/02/2026 12:00:01] 192.0.2.20:27015/76561190000000001/Ada joined [windows/76561190000000001]",
    "2026/01/02 12:00:01 123456 cffb0719 [INFO Client 1234] : You have entered Karui Shores.",
    "[695802c1][chat]: *** 'Ada' entered and joined the game",
    "[2026-01-02] [12:00:01] ClientBegin: 0",
    "[2026.01.02-12.00.01:125][  0]LogNet: Join succeeded: Ada",
    "12:00:01 | a program that nobody knows",
  ]

  private static let entriesOfNeighbours = neighbours.map { run([$0]).joined() }
}
