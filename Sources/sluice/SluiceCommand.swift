import ArgumentParser
import LogFormats

/// The root of the command line: names the commands, does nothing itself.
struct SluiceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sluice",
    abstract: "Turns the raw logs of game servers into clean JSON Lines or CSV.",
    discussion: """
      Without a command it transforms: sluice server.log.gz | head
      Data goes to standard output, messages to standard error. Exit status: 0 if every byte is in the output, 1 if an input failed, \
      2 for a mistake in the command or a file that cannot be read or written.
      """,
    version: "0.1.0",
    subcommands: [TransformCommand.self, ExplainCommand.self, CheckCommand.self, FormatsCommand.self, InvokeCommand.self],
    defaultSubcommand: TransformCommand.self)

  static var commandNames: [String] { configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"] }

  /// Does what the arguments say; answers the exit status. Every error has become a line on standard error by then.
  static func execute(_ arguments: [String]) -> ExitStatus {
    do {
      try checkNestedCommand(arguments)
      var command = try parseAsRoot(arguments)
      try command.run()
      return .success
    } catch {
      return report(error)
    }
  }

  /// The parser takes a mistyped command of a command for an unexpected argument; this says what was meant.
  private static func checkNestedCommand(_ arguments: [String]) throws(CommandError) {
    let command = configuration.subcommands.first { $0.configuration.commandName == arguments.first }
    guard let command, arguments.count > 1, !arguments[1].hasPrefix("-") else { return }
    let names = command.configuration.subcommands.compactMap { $0.configuration.commandName }
    guard !names.isEmpty, !names.contains(arguments[1]) else { return }
    let meant = nearest(arguments[1], among: names).map { "did you mean 'sluice \(arguments[0]) \($0)'?" }
    throw CommandError("unknown command '\(arguments[0]) \(arguments[1])'; \(meant ?? "there are: \(names.joined(separator: ", "))")")
  }

  private static func report(_ error: any Error) -> ExitStatus {
    switch error {
    case let error as CommandError:
      if !error.message.isEmpty { Console.report(error.message) }
      return error.status
    case let error as FileError where error.isClosedPipe:
      return .success
    case let error as FileError:
      Console.report(error.message)
      return .usageOrFile
    case let error as FormatDiagnostic:
      Console.report(error.description)
      return .usageOrFile
    default:
      return reportUsage(error)
    }
  }

  /// Help and version were asked for and are data; everything else of the parser is a mistake in the command.
  private static func reportUsage(_ error: any Error) -> ExitStatus {
    guard exitCode(for: error) != .success else {
      return report { try Console.writeOutput(fullMessage(for: error) + "\n") }
    }
    let message = message(for: error)
    Console.report("\(message.prefix(1).lowercased())\(message.dropFirst()) (see 'sluice --help')")
    return .usageOrFile
  }

  private static func report(_ action: () throws -> Void) -> ExitStatus {
    do {
      try action()
      return .success
    } catch {
      return report(error)
    }
  }
}
