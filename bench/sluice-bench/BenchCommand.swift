import ArgumentParser
import LogBytes

/// `sluice-bench`: what was typed.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sluice-bench",
    abstract: "Measures the stages of sluice on generated logs, and checks what they answer.",
    discussion: "Exit status 1 if a stage answers something else than its definition says: a wrong answer is never a fast one.")

  @Argument(help: "Files of definitions (bench/definitions/*.json).")
  var definitions: [String]

  @Flag(help: "Small inputs and few runs: for the answers, not for the times.")
  var quick = false

  @Option(help: ArgumentHelp("Only definitions whose name contains this.", valueName: "text"))
  var only: String?

  @Option(help: "How often each is run; the table shows the median.")
  var runs: Int?

  @Flag(help: "Write the answers of this run, in both sizes, into the files of definitions: look at the difference before you commit it.")
  var update = false

  mutating func validate() throws {
    if let runs, runs < 1 { throw ValidationError("--runs is at least 1") }
  }

  mutating func run() throws {
    var table = ResultTable()
    var isRight = true
    var isEmpty = true
    for path in definitions {
      var all = try read(path)
      for index in all.indices where only.map({ all[index].name.contains($0) }) ?? true {
        isEmpty = false
        if update { all[index] = updated(all[index]) }
        let measurement = StageRunner(definition: all[index], isQuick: quick, runs: runs ?? (quick ? 1 : 7)).measure()
        isRight = isRight && measurement.mistake == nil
        table.add(measurement)
      }
      if update { try writeFile(path, definitionFile(all)) }
    }
    guard !isEmpty else { throw ValidationError("no definition has '\(only ?? "")' in its name") }
    guard writeStandardOutput(table.text), isRight else { throw ExitCode(1) }
  }

  /// The definition with what its stage answers now.
  private func updated(_ definition: Definition) -> Definition {
    var updated = definition
    updated.full.output = StageRunner(definition: definition, isQuick: false, runs: 1).measure().result.output
    updated.quick.output = StageRunner(definition: definition, isQuick: true, runs: 1).measure().result.output
    return updated
  }

  private func read(_ path: String) throws -> [Definition] {
    var text = ByteOutput(capacity: 65_536)
    do {
      try readFile(path, into: &text)
      return try DefinitionReader(path: path).definitions(in: text.span)
    } catch let error as FileAccessError {
      throw ValidationError(error.message)
    } catch let error as DefinitionError {
      throw ValidationError(error.message)
    }
  }
}
