import ArgumentParser

/// `sluice check`: what was typed.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks format files: reads them, runs their samples, compares them with all other formats.",
    discussion: """
      Each finding is one line: file:line:column, what is wrong and what to do. Exit status 1 if there is one; warnings do not count. \
      A file without mistakes is also tried beside the built-in formats and the others that are given: dialects and events that no sample \
      reaches, samples that another format takes.
      """)

  @Argument(help: ArgumentHelp("Format files (*.yaml), or folders of them.", valueName: "file"))
  var files: [String]

  @Flag(help: "Do not compare with other formats.")
  var alone = false

  @Flag(help: "List each pattern: the bytes that it pins down, and how many bytes a match reads at most for each byte of a line.")
  var patterns = false

  func run() throws {
    var job = CheckJob(self)
    try job.run()
  }
}
