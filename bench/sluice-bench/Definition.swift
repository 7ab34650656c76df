/// One measurement, as its file in `bench/definitions` says: what is done to which input, and what must come out.
struct Definition: Sendable {
  /// What is measured.
  enum Stage: String, CaseIterable {
    /// A copy of the input: the limit of the memory.
    case memcpy
    /// Counting line feeds: the limit of anything that reads each byte.
    case newlines
    /// The classification of the bytes into bitmaps, on which matching rests.
    case scan
    /// File to JSON Lines.
    case jsonLines = "jsonl"
    /// File to CSV.
    case csv
    /// Firehose event to response, records of plain text and of gzip.
    case event
    case eventGzip = "event-gzip"

    var needsFormats: Bool {
      switch self {
      case .memcpy, .newlines, .scan: false
      case .jsonLines, .csv, .event, .eventGzip: true
      }
    }
  }

  /// The size of a run and its right answer.
  struct Expectation {
    /// How many entries the generator makes.
    var entries: Int
    /// How many bytes the stage answers; for `newlines` and `scan` how many line feeds.
    var output: Int
  }

  var name: String
  var stage: Stage
  var family: LineGenerator.Family
  var seed: UInt64
  var full: Expectation
  /// For `--quick`.
  var quick: Expectation
}

/// A file of definitions: one a line, as `DefinitionReader` reads it.
func definitionFile(_ definitions: [Definition]) -> String {
  let lines = definitions.map { definition in
    "  {\"name\": \"\(definition.name)\", \"stage\": \"\(definition.stage.rawValue)\", \"generator\": \"\(definition.family.rawValue)\", "
      + "\"seed\": \(definition.seed), \"entries\": \(definition.full.entries), \"output\": \(definition.full.output), "
      + "\"quick_entries\": \(definition.quick.entries), \"quick_output\": \(definition.quick.output)}"
  }
  return "[\n" + lines.joined(separator: ",\n") + "\n]\n"
}
