import ArgumentParser
import LogFormats
import LogPipeline

/// `sluice check`: what was typed.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks format files: reads them and runs their samples.",
    discussion:
      "Each finding is one line: file:line:column, what is wrong and what to do. Exit status 1 if there is one; warnings do not count.")

  @Argument(help: ArgumentHelp("Format files (*.yaml).", valueName: "file"))
  var files: [String]

  func run() throws {
    var status = ExitStatus.success
    for path in files {
      let text: [UInt8]
      do {
        text = try readWholeFile(path)
      } catch {
        Console.report(error.message)
        status = .usageOrFile
        continue
      }
      for diagnostic in FormatCheck.diagnostics(of: text, path: path) {
        try Console.writeOutput("\(diagnostic)\n")
        if !diagnostic.isWarning { status = max(status, .inputFailed) }
      }
    }
    if status != .success { throw CommandError("", status: status) }
  }
}
