import Foundation
import Testing

/// The documented exit statuses, each with its one line.
@Suite(needsBinary) struct ExitStatusTests {
  private let line = "[12:00:01] [Server thread/INFO]: Robin joined the game\n"

  @Test func `a file that is transformed is status 0`() throws {
    let folder = try SluiceFolder()
    try folder.write("server.log", line)
    let result = try folder.run("server.log")
    #expect(result.status == 0)
    #expect(result.errors == "")
    #expect(result.outputLines.count == 1)
  }

  @Test func `an empty input is status 0 and no output`() throws {
    let result = try SluiceFolder().run("-")
    #expect(result.status == 0)
    #expect(result.output == "")
    #expect(result.errors == "")
  }

  @Test func `a missing file is named, and the others go on`() throws {
    let folder = try SluiceFolder()
    try folder.write("b.log", line)
    let result = try folder.run("a.log", "b.log")
    #expect(result.status == 2)
    #expect(result.errors == "sluice: a.log: no such file; check the path\n")
    #expect(result.outputLines.count == 1)
  }

  @Test func `a directory is named`() throws {
    let folder = try SluiceFolder()
    try FileManager.default.createDirectory(at: folder.url.appendingPathComponent("logs"), withIntermediateDirectories: false)
    let result = try folder.run("logs")
    #expect(result.status == 2)
    #expect(result.errors == "sluice: logs: is a directory; name the files in it\n")
  }

  @Test(arguments: [
    (["frmats"], "frmats: no such file or command; did you mean 'sluice formats'?"),
    (["formats", "lst"], "unknown command 'formats lst'; did you mean 'sluice formats list'?"),
    (["--fromat", "x"], "unknown option '--fromat'. Did you mean '--format'? (see 'sluice --help')"),
    (["--to", "xml"], "the value 'xml' is invalid for '--to <to>'. Please provide one of 'jsonl' and 'csv'. (see 'sluice --help')"),
  ])
  func `a mistake in the command is status 2 and one line with what was meant`(arguments: [String], message: String) throws {
    let folder = try SluiceFolder()
    let process = try folder.process(arguments)
    let errors = Pipe()
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 2)
    #expect(text == "sluice: \(message)\n")
  }

  @Test(arguments: ["Asia/Soul", "+9", "+24:00", "+09:60", "09:00", ""])
  func `a zone that is none is refused with what to write`(zone: String) throws {
    let result = try SluiceFolder().run("--zone", zone)
    #expect(result.status == 2)
    #expect(result.errorLines.count == 1)
    #expect(result.errors.contains("'--zone <zone>'"))
  }

  @Test(arguments: ["2026-02-30", "2026-13-01", "2026-1-1", "26-01-01", "today"])
  func `a date that is none is refused`(date: String) throws {
    let result = try SluiceFolder().run("--date", date)
    #expect(result.status == 2)
    #expect(result.errorLines.count == 1)
    #expect(result.errors.contains("'--date <date>'"))
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "this system has no /dev/full"))
  func `a full disk is status 2 and one line`() throws {
    let folder = try SluiceFolder()
    try folder.write("server.log", line)
    let result = try folder.run("server.log", output: "/dev/full")
    #expect(result.status == 2)
    #expect(result.errorLines.count == 1)
    #expect(result.errors.hasPrefix("sluice: standard output: no space left on the device"))
  }

  @Test func `a pipe that is closed is quiet`() throws {
    let folder = try SluiceFolder()
    try folder.write("server.log", String(repeating: line, count: 20_000))
    let process = try folder.process(["server.log"])
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let first = try output.fileHandleForReading.read(upToCount: 1)
    try output.fileHandleForReading.close()
    let text = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(first == Data("{".utf8))
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 0)
    #expect(text.isEmpty)
  }

  @Test func `the output may not be an input`() throws {
    let folder = try SluiceFolder()
    try folder.write("server.log", line)
    let result = try folder.run("--output", "./server.log", "server.log")
    #expect(result.status == 2)
    #expect(result.errors == "sluice: ./server.log: is also an input; choose another file for --output\n")
    #expect(try folder.read("server.log") == line)
  }

  @Test func `an output file is written anew`() throws {
    let folder = try SluiceFolder()
    try folder.write("server.log", line)
    try folder.write("out.jsonl", String(repeating: "old ", count: 10_000))
    let result = try folder.run("server.log", "-o", "out.jsonl")
    #expect(result.status == 0)
    #expect(result.output == "")
    #expect(try folder.read("out.jsonl").split(separator: "\n").count == 1)
  }
}
