import LogFormats
import LogPipeline

/// A check that is ready to run.
struct CheckJob {
  private let arguments: [String]
  private let alone: Bool
  private let patterns: Bool
  private var status = ExitStatus.success

  private struct File {
    var path: String
    var text: [UInt8]
    /// nil if it cannot be read.
    var format: LogFormat?
  }

  init(_ command: CheckCommand) {
    arguments = command.files
    alone = command.alone
    patterns = command.patterns
  }

  mutating func run() throws {
    let files = readFiles()
    var findings = files.map { FormatCheck.diagnostics(of: $0.text, path: $0.path) }
    if !alone, let comparison = try compare(files, &findings) {
      for (index, file) in files.enumerated() where !findings[index].contains(where: { !$0.isWarning }) && file.format != nil {
        findings[index] += comparison.findings(of: file.text, path: file.path)
      }
    }
    for (index, file) in files.enumerated() {
      for diagnostic in findings[index] {
        try Console.writeOutput("\(diagnostic)\n")
        if !diagnostic.isWarning { status = max(status, .inputFailed) }
      }
      if patterns, let format = file.format { try Console.writeOutput(table(format)) }
    }
    if status != .success { throw CommandError("", status: status) }
  }

  private mutating func readFiles() -> [File] {
    var files: [File] = []
    for argument in arguments {
      do throws(FileError) {
        for path in try formatFiles(argument) {
          let text = try readWholeFile(path)
          files.append(File(path: path, text: text, format: try? LogFormatReader.read(text, path: path)))
        }
      } catch {
        Console.report(error.message)
        status = .usageOrFile
      }
    }
    return files
  }

  /// The file itself, or the format files in a folder.
  private func formatFiles(_ argument: String) throws(FileError) -> [String] {
    guard isFolder(argument) else { return [argument] }
    let names = try namesInFolder(argument).filter { $0.hasSuffix(".yaml") }.sorted()
    if names.isEmpty { throw FileError(code: 0, operation: .emptyFolder, name: argument) }
    return names.map { argument.hasSuffix("/") ? argument + $0 : "\(argument)/\($0)" }
  }

  /// The files' formats beside the built-in ones, which those of the same name replace. nil if some of them do not go together: that is
  /// then among the findings.
  private func compare(_ files: [File], _ findings: inout [[FormatDiagnostic]]) throws -> FormatComparison? {
    var formats = try FormatCatalog.readEmbedded()
    for (index, file) in files.enumerated() {
      guard let format = file.format, !findings[index].contains(where: { !$0.isWarning }) else { continue }
      if let place = formats.firstIndex(where: { $0.name == format.name }) {
        if files.contains(where: { $0.path == formats[place].path }), formats[place].path != file.path {
          findings[index].append(
            FormatDiagnostic(
              path: file.path, message: "\(formats[place].path) has the name \"\(format.name)\" too", hint: "give one another name"))
          continue
        }
        formats[place] = format
      } else {
        formats.append(format)
      }
    }
    do throws(FormatDiagnostic) {
      return try FormatComparison(formats)
    } catch {
      findings.append([error])
      return nil
    }
  }

  private func table(_ format: LogFormat) -> String {
    var table = TextTable(["line", "pattern of", "evidence", "cost", "pattern"], numbers: [0, 2, 3])
    for report in format.patternReports {
      table.add(["\(report.line)", report.role, "\(report.evidence)", "\(report.cost)", report.source])
    }
    return "\(format.path): \(format.name)\n" + table.text
  }
}
