import LogBytes
import LogFormats
import LogOutput
import LogPipeline
import Testing

/// Records say when they arrived, and entries without a date take theirs from that.
struct ArrivalTests {
  /// 2026-08-21T12:00:00Z, in milliseconds.
  static let arrival: Int64 = 1_787_313_600_000

  @Test(
    "An entry without a date takes the day of its record's arrival, wrapped or not",
    arguments: [
      "[11:59:01] [Server thread/INFO]: Robin joined the game\n",
      #"{"log":"[11:59:01] [Server thread/INFO]: Robin joined the game\n","stream":"stdout","time":"2026-08-21T11:59:01.250Z"}"# + "\n",
    ])
  func wrapped(_ record: String) throws {
    let catalog = try CompiledCatalog(try FormatCatalog.readEmbedded())
    var pipeline = RecordPipeline(catalog: catalog, writer: .jsonLines(JSONLinesWriter()))
    // The second record of a day later must not remember the first.
    for (days, date) in [(0, "2026-08-21"), (1, "2026-08-22"), (0, "2026-08-21")] {
      var output = ByteOutput()
      _ = pipeline.transform(record: Array(record.utf8).span, arrival: Self.arrival + Int64(days) * 86_400_000, into: &output)
      let bytes = output.span.indices.map { output.span[$0] }
      let line = String(decoding: bytes, as: UTF8.self)
      #expect(line.contains(#""time":"\#(date)T11:59:01Z","level":"info","format":"minecraft-java","event":"player.join""#), "\(line)")
    }
  }
}
