/// What a stage answered, to be compared with its definition.
struct StageResult: Equatable {
  var entries: Int
  var output: Int
}

/// The times of the runs of one definition.
struct Measurement {
  let definition: Definition
  let expectation: Definition.Expectation
  let inputBytes: Int
  let result: StageResult
  let runs: [Duration]

  var median: Duration { runs.sorted()[runs.count / 2] }

  var fastest: Duration { runs.min() ?? .zero }

  /// Input bytes per microsecond, which is MB/s.
  var megabytesPerSecond: Double { Double(inputBytes) / (median.seconds * 1_000_000) }

  var nanosecondsPerEntry: Double { median.seconds * 1_000_000_000 / Double(max(1, expectation.entries)) }

  /// What is wrong with the answer; nil if it is right.
  var mistake: String? {
    if result.entries != expectation.entries { return "\(result.entries) entries instead of \(expectation.entries)" }
    if result.output != expectation.output { return "output \(result.output) instead of \(expectation.output)" }
    return nil
  }
}

extension Duration {
  var seconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) + Double(attoseconds) / 1e18
  }
}
