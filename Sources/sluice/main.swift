// The flow: arguments become a command (…Command, what was typed), a command becomes a job (…Job, what is built from it), and the job's
// end becomes the exit status.

ignoreBrokenPipes()
exitProcess(SluiceCommand.execute(Array(CommandLine.arguments.dropFirst())))
