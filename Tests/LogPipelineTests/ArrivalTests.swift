import LogBytes
import LogFormats
import LogOutput
import LogPipeline
import TestSupport
import Testing

/// Records say when they arrived, and entries without a date take theirs from that.
struct ArrivalTests {
  /// 2026-08-21T12:00:00Z, in milliseconds.
  static let arrival: Int64 = 1_787_313_600_000

  /// What the record says of a line in the middle of its first day.
  static let line = "[11:59:01] [Server thread/INFO]: Robin joined the game"

  @Test(
    "An entry without a date takes the day of its record's arrival, wrapped or not",
    arguments: [
      "\(line)\n",
      #"{"log":"\#(line)\n","stream":"stdout","container_id":"c1"}"# + "\n",
    ])
  func withoutDate(_ record: String) throws {
    try check(record, dates: ["2026-08-21", "2026-08-22", "2026-08-21"])
  }

  @Test("Inside of a wrapper that states a time the day is the wrapper's, whenever the record arrived")
  func wrapperWithTime() throws {
    let record = #"{"log":"\#(Self.line)\n","stream":"stdout","time":"2026-08-19T11:59:01.250Z"}"# + "\n"
    try check(record, dates: ["2026-08-19", "2026-08-19", "2026-08-19"])
  }

  /// Puts the record through one pipeline with arrivals on the first day, the second, and the first again: the second record of a day
  /// later must not remember the first.
  private func check(_ record: String, dates: [String]) throws {
    let catalog = try CompiledCatalog(try FormatCatalog.readEmbedded())
    var pipeline = RecordPipeline(catalog: catalog, writer: .jsonLines(JSONLinesWriter()))
    for (day, date) in zip([0, 1, 0] as [Int64], dates) {
      var output = ByteOutput()
      _ = pipeline.transform(record: bytes(record).span, arrival: Self.arrival + day * 86_400_000, into: &output)
      let line = text(output)
      #expect(line.contains(#""time":"\#(date)T11:59:01Z","level":"info","format":"minecraft-java","event":"player.join""#), "\(line)")
    }
  }
}
