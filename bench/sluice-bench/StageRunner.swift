import LogBytes

/// Runs one definition: makes the input, runs the stage, keeps the times.
struct StageRunner {
  let definition: Definition
  let isQuick: Bool
  let runs: Int

  func measure() -> Measurement {
    let expectation = isQuick ? definition.quick : definition.full
    var input = ByteOutput(capacity: expectation.entries * 160)
    var generator = LineGenerator(seed: definition.seed)
    generator.append(expectation.entries, of: definition.family, to: &input)
    let clock = ContinuousClock()
    var durations: [Duration] = []
    var result = StageResult(entries: 0, output: 0)
    var stage = StageState(definition: definition, entries: expectation.entries, input: input)
    for _ in 0..<runs {
      let start = clock.now
      result = stage.run(input)
      durations.append(clock.now - start)
    }
    return Measurement(definition: definition, expectation: expectation, inputBytes: input.count, result: result, runs: durations)
  }
}
