import LogBytes
import LogFormats
import LogOutput
import TestSupport
import Testing

@testable import LogPipeline

/// `samples/FORMAT/CASE.log` with the `.jsonl` and `.csv` that must come out; `UPDATE_GOLDEN=1` writes them anew, and the change shows
/// in the diff. In one process: a run of the program compiles all formats.
struct GoldenSampleTests {
  @Test func `each format has samples`() {
    let formats = Set(GoldenSample.all.map(\.format))
    for name in FormatCatalog.embeddedNames where !formats.contains(name) {
      Issue.record("samples/\(name) has no CASE.log; write one, then run this with UPDATE_GOLDEN=1")
    }
    for sample in GoldenSample.all {
      if sample.format == "mixed" { continue }
      #expect(sample.expected("jsonl").contains(#""format":""#), "\(sample.testDescription): no golden file, or no entry of a format")
    }
  }

  @Test(arguments: GoldenSample.all)
  func `a log gives its JSON Lines`(sample: GoldenSample) throws {
    let actual = try sample.stream([sample.log])
    try sample.update("jsonl", actual)
    #expect(actual == sample.expected("jsonl"))
  }

  @Test(arguments: GoldenSample.all)
  func `a log gives its CSV`(sample: GoldenSample) throws {
    let actual = try sample.table()
    try sample.update("csv", actual)
    #expect(actual == sample.expected("csv"))
  }

  @Test(.enabled(if: !GoldenSample.isUpdating), arguments: GoldenSample.all)
  func `cut at every byte, a log gives the same`(sample: GoldenSample) {
    let (log, expected) = (sample.log, bytes(sample.expected("jsonl")))
    var stream = EntryStream(
      catalog: allFormats, options: GoldenSample.options, writer: GoldenSample.jsonLines, arrival: GoldenSample.arrival, name: sample.file)
    var output = ByteOutput()
    for cut in 0...log.count {
      stream.reset(arrival: GoldenSample.arrival)
      output.removeAll()
      stream.append(log.span.extracting(..<cut), into: &output)
      stream.append(log.span.extracting(cut...), into: &output)
      stream.finish(into: &output)
      if bytes(output) != expected {
        Issue.record("cut at byte \(cut) it gives something else")
        return
      }
    }
    stream.reset(arrival: GoldenSample.arrival)
    output.removeAll()
    for at in log.indices { stream.append(log.span.extracting(at..<at + 1), into: &output) }
    stream.finish(into: &output)
    #expect(bytes(output) == expected, "byte by byte")
  }

  @Test(.enabled(if: !GoldenSample.isUpdating), arguments: GoldenSample.all)
  func `as a record, a log gives the same`(sample: GoldenSample) {
    var pipeline = RecordPipeline(
      catalog: allFormats, options: GoldenSample.options, writer: GoldenSample.jsonLines, name: sample.file)
    // Twice: records know nothing of each other.
    for _ in 0..<2 {
      var output = ByteOutput()
      let report = pipeline.transform(record: sample.log.span, arrival: GoldenSample.arrival * 1000, into: &output)
      #expect(report.outcome == .ok)
      #expect(text(output) == sample.expected("jsonl"))
    }
  }
}
