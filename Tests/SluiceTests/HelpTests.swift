import Foundation
import Testing

/// The help texts are golden files: `UPDATE_GOLDEN=1` rewrites them, and the change shows in the diff.
@Suite(needsBinary) struct HelpTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Golden/help")

  @Test(arguments: [
    [], ["transform"], ["explain"], ["check"], ["formats"], ["formats", "list"], ["formats", "show"], ["formats", "page"], ["invoke"],
  ])
  func `help is as it was`(command: [String]) throws {
    let folder = try SluiceFolder()
    let output = Pipe()
    let errors = Pipe()
    let process = try folder.process(command + ["--help"])
    process.environment = ["COLUMNS": "100"]
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let messages = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(messages.isEmpty)
    let golden = Self.folder.appendingPathComponent((["help"] + command).joined(separator: "-") + ".txt")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
      try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
      try text.write(to: golden, atomically: true, encoding: .utf8)
    }
    #expect(text == (try String(contentsOf: golden, encoding: .utf8)))
  }

  @Test func `the version is data`() throws {
    let result = try SluiceFolder().run("--version")
    #expect(result.status == 0)
    #expect(result.output == "0.1.0\n")
    #expect(result.errors == "")
  }
}
