import ArgumentParser

/// `sluice invoke`: what was typed.
struct InvokeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "invoke",
    abstract: "Answers a Firehose transformation event as the Lambda function would.",
    discussion: """
      The response goes to standard output, a table of the records to standard error. Exit status 1 if a record is ProcessingFailed, or \
      the event is none.
      """)

  @Argument(help: ArgumentHelp("The event as JSON; '-' for standard input.", valueName: "event.json"))
  var event: String

  func run() throws {
    var job = try InvokeJob(self)
    try job.run()
  }
}
