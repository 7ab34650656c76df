import LogBytes
import LogOutput
import LogPipeline
import TestSupport
import Testing

/// Entries come out in the order of their first lines, also behind a text that waits for its last piece.
struct PieceOrderTests {
  private func line(_ second: Int, _ stream: String, _ part: String, _ text: String) -> String {
    "2026-01-02T12:00:0\(second)Z \(stream) \(part) \(text)"
  }

  private func entry(_ second: Int, _ stream: String, _ text: String) -> String {
    #"{"time":"2026-01-02T12:00:0\#(second)Z","format":"cri","message":"\#(text)","stream":"\#(stream)""#
  }

  private func expect(_ lines: [String], give entries: [String]) throws {
    let probe = try StreamProbe(WrapperTests.cri, WrapperTests.game)
    probe.expect(lines, give: entries)
    let firstLines = probe.run(lines, lineNumbers: true).compactMap { entry in
      entry.firstMatch(of: /"source_line":(\d+)/).flatMap { Int($0.1) }
    }
    #expect(firstLines.count == entries.count)
    #expect(firstLines == firstLines.sorted())
  }

  @Test func `a text whose end never comes stands where its first piece stood`() throws {
    try expect(
      [line(1, "stdout", "F", "a"), line(2, "stderr", "P", "b"), line(3, "stdout", "F", "c"), "[main] INFO: d", "\te"],
      give: [
        entry(1, "stdout", "a") + #","partial":"F"}"#, entry(2, "stderr", "b") + #","partial":"P"}"#,
        entry(3, "stdout", "c") + #","partial":"F"}"#, #"{"level":"info","format":"game","message":"d\n\te","thread":"main"}"#,
      ])
  }

  @Test func `texts in each other's midst`() throws {
    try expect(
      [
        line(1, "stdout", "P", "a"), line(2, "stderr", "P", "b"), line(3, "stdout", "F", "A"), line(4, "stdout", "P", "c"),
        "[main] INFO: x", line(5, "stderr", "F", "B"), "[main] INFO: y", line(6, "stderr", "F", "d"), line(7, "stdout", "F", "C"),
        line(8, "stdout", "F", "e"),
      ],
      give: [
        entry(1, "stdout", "aA") + #","partial":"F"}"#, entry(2, "stderr", "bB") + #","partial":"F"}"#,
        entry(4, "stdout", "cC") + #","partial":"F"}"#, #"{"level":"info","format":"game","message":"x","thread":"main"}"#,
        #"{"level":"info","format":"game","message":"y","thread":"main"}"#, entry(6, "stderr", "d") + #","partial":"F"}"#,
        entry(8, "stdout", "e") + #","partial":"F"}"#,
      ])
  }

  @Test func `an entry above that lines may still join stands before it`() throws {
    try expect(
      [line(1, "stdout", "F", "[main] INFO: a"), line(2, "stderr", "P", "b"), line(3, "stdout", "F", "\tc"), line(4, "stderr", "F", "B")],
      give: [
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"game","message":"a\n\tc","thread":"main","stream":"stdout","partial":"F"}"#,
        entry(2, "stderr", "bB") + #","partial":"F"}"#,
      ])
  }

  @Test func `a pause completes what waits`() throws {
    let probe = try StreamProbe(WrapperTests.cri)
    let pieces = [line(1, "stderr", "P", "a"), line(2, "stdout", "F", "b")].map { bytes($0 + "\n") }
    let entries = probe.run([pieces[0], pieces[1], nil, bytes(line(3, "stderr", "F", "c"))])
    #expect(
      entries == [
        entry(1, "stderr", "a") + #","partial":"P"}"#, entry(2, "stdout", "b") + #","partial":"F"}"#,
        entry(3, "stderr", "c") + #","partial":"F"}"#,
      ])
  }

  @Test func `what stands behind a waiting text waits up to the limit of an entry`() throws {
    let probe = try StreamProbe(WrapperTests.cri)
    var stream = EntryStream(catalog: probe.catalog, options: probe.options, writer: .jsonLines(JSONLinesWriter()), arrival: 0)
    var output = ByteOutput()
    stream.append(bytes(line(1, "stderr", "P", "a") + "\n").span, into: &output)
    let other = bytes(line(2, "stdout", "F", String(repeating: "b", count: 1000)) + "\n")
    var given = 0
    while output.isEmpty {
      stream.append(other.span, into: &output)
      given += 1
    }
    // About 1 MiB of entries of 1,080 bytes.
    #expect((900...1100).contains(given))
    stream.append(bytes(line(3, "stderr", "F", "c") + "\n").span, into: &output)
    stream.finish(into: &output)
    let entries = String(decoding: bytes(output), as: UTF8.self).split(separator: "\n")
    #expect(entries.count == given + 2)
    #expect(entries.first?.hasPrefix(entry(1, "stderr", "a")) == true)
    #expect(entries.last?.hasPrefix(entry(3, "stderr", "c")) == true)
  }
}
