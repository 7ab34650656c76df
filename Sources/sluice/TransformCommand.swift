import ArgumentParser
import LogBytes
import LogFormats

/// `sluice transform`: what was typed.
struct TransformCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "transform",
    abstract: "Transforms log files or a stream (the default command).",
    discussion: """
      Formats are recognised by themselves, several in one stream too. Input that is compressed with gzip, zlib or LZ4 is decompressed. \
      On a slow pipe (tail -f) each entry appears at once.
      """)

  @Argument(help: ArgumentHelp("Log files; standard input for none and for '-'.", valueName: "file"))
  var files: [String] = []

  @Option(help: "What to write: JSON Lines, or CSV with a header.")
  var to = OutputForm.jsonl

  @Option(help: ArgumentHelp("The formats to look for, separated by commas, instead of all.", valueName: "names"))
  var format: [String] = []

  @Option(
    help: ArgumentHelp(
      "A folder of format files (*.yaml) that add to the built-in ones, or replace those of the same name.", valueName: "folder"))
  var formats: String?

  @Option(
    help: ArgumentHelp("The zone of times that name none: UTC, an offset such as +09:00, or a name such as Asia/Seoul.", valueName: "zone"),
    transform: parseZone)
  var zone = Zone.utc

  @Option(
    help: ArgumentHelp("The date of times that have none, and the year of dates without: YYYY-MM-DD (default: today).", valueName: "date"),
    transform: parseDate)
  var date: CivilDate?

  @Flag(help: "Exit status 1 if an entry matched no format.")
  var strict = false

  @Flag(help: "Add source_file, source_line and source_lines to each entry.")
  var sourceLines = false

  @Option(name: .shortAndLong, help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"))
  var output: String?

  mutating func run() throws {
    var job = try TransformJob(self)
    try job.run()
  }
}

/// The names of `--format`, given at once or one by one.
func formatNames(_ given: [String]) -> [String] {
  given.flatMap { $0.split(separator: ",").map { $0.trimmed } }.filter { !$0.isEmpty }
}

/// What the transformation writes.
enum OutputForm: String, ExpressibleByArgument, CaseIterable {
  case jsonl, csv
}

extension Substring {
  /// Without blanks at its ends.
  fileprivate var trimmed: String {
    var rest = self
    while rest.first == " " { rest.removeFirst() }
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }
}
