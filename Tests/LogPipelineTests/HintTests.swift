import Testing

/// What streams and file names say of formats (formats/README.md, "Detection").
struct HintTests {
  private func format(_ name: String, _ keys: String = "") -> String {
    "name: \(name)\nmultiline: none\nentry: ['[{time:%H:%M:%S}] {\(name)}']\n" + keys
  }

  private func formats(_ entries: [String]) -> [String] {
    entries.map { entry in
      entry.split(separator: #""format":"#).last.map { String($0.prefix { $0 != "," }) } ?? ""
    }
  }

  @Test(
    "A format whose hints.file knows the file's name goes first",
    arguments: [
      ("", #""alpha""#), ("logs/console.log", #""beta""#), ("/var/log/console.log.gz", #""beta""#), ("console.log/other", #""alpha""#),
      ("console.txt", #""alpha""#), ("chat.log", #""gamma""#),
    ])
  func fileName(_ name: String, _ winner: String) throws {
    let probe = try StreamProbe(
      format("alpha"), format("beta", "hints: {file: ['console.log', '{}-console.log']}"),
      format("gamma", "hints: {file: ['{:word}t.log']}"),
      name: name)
    #expect(formats(probe.run(["[12:00:00] x"])) == [winner])
    // It is no more than 50 bytes of evidence.
    let stronger = try StreamProbe(
      format("alpha", "rank: specific"), format("beta", "hints: {file: ['console.log']}"), name: name)
    #expect(formats(stronger.run(["[12:00:00] x"])) == [#""alpha""#])
  }

  @Test func `hints.forbid keeps a format from a line, hints.require from a stream`() throws {
    let probe = try StreamProbe(
      format("alpha", "hints: {require: ['Alpha {}', 'A.'], forbid: ['{} not alpha']}"), format("beta"))
    #expect(formats(probe.run(["[12:00:00] x", "[12:00:01] y"])) == [#""beta""#, #""beta""#])
    #expect(formats(probe.run(["[12:00:00] x", "A."])) == [#""alpha""#, "null"])
    #expect(formats(probe.run(["[12:00:00] not alpha", "A."])) == [#""beta""#, "null"])
    // Beyond the first 64 KiB it is met by the lines behind it only.
    let long = String(repeating: "z", count: 70_000)
    #expect(formats(probe.run([long, "[12:00:01] y", "A."])) == ["null", #""beta""#, "null"])
    #expect(formats(probe.run([long, "A.", "[12:00:01] y"])) == ["null", "null", #""alpha""#])
  }

  @Test func `a single format needs no hint`() throws {
    #expect(formats(try StreamProbe(format("alpha", "hints: {require: ['Alpha']}")).run(["[12:00:00] x"])) == [#""alpha""#])
  }

  @Test func `weak formats that were required go before other weak ones, general ones last`() throws {
    let probe = try StreamProbe(
      format("alpha", "rank: general"), format("beta", "rank: specific"), format("gamma", "hints: {require: ['Gamma']}"))
    #expect(formats(probe.run(["Gamma", "[12:00:00] x"])) == ["null", #""gamma""#])
    #expect(formats(probe.run(["[12:00:00] x"])) == [#""beta""#])
  }
}
