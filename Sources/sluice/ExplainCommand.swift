import ArgumentParser

/// `sluice explain`: what was typed.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Shows why a line matched, or why none did.",
    discussion: """
      For each entry: its format and the pattern that took it, the fields with their types, values, and what ends them. For a line that \
      no format takes: the nearest formats, the column where each stopped and what had to stand there. In colour on a terminal.
      """)

  @Argument(help: ArgumentHelp("Log files; standard input for none and for '-'.", valueName: "file"))
  var files: [String] = []

  @Option(help: ArgumentHelp("Explain this line instead of files.", valueName: "text"))
  var line: String?

  @Option(help: ArgumentHelp("The formats to look for, separated by commas, instead of all.", valueName: "names"))
  var format: [String] = []

  @Option(
    help: ArgumentHelp(
      "A folder of format files (*.yaml) that add to the built-in ones, or replace those of the same name.", valueName: "folder"))
  var formats: String?

  func validate() throws {
    if line != nil, !files.isEmpty { throw ValidationError("give either files or --line, not both") }
  }

  func run() throws {
    var job = try ExplainJob(self)
    try job.run()
  }
}
