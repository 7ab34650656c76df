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

  @Test(
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "this system has no /dev/full"),
    arguments: ["--version", "--help", "formats", "formats show json", "invoke event.json", "check bad.yaml"])
  func `a full disk is status 2 for every command`(command: String) throws {
    let folder = try SluiceFolder()
    try folder.write("event.json", "{\"records\":[]}")
    try folder.write("bad.yaml", "name: bad\n")
    let result = try folder.shell("exec \"$0\" \(command) > /dev/full")
    #expect(result.status == 2)
    #expect(
      result.errors == "sluice: standard output: no space left on the device; the output is incomplete: free some space and run again\n")
  }

  @Test(arguments: ["--help", "formats", "formats show minecraft-java", "invoke event.json"])
  func `a closed pipe is quiet for every command`(command: String) throws {
    let folder = try SluiceFolder()
    try folder.write("event.json", "{\"records\":[]}")
    // The reader is gone before anything is written.
    let result = try folder.shell("{ sleep 0.2; \"$0\" \(command); echo $? > status; } | :")
    #expect(try folder.read("status") == "0\n")
    #expect(result.errors == (command.hasPrefix("invoke") ? result.errors : ""))
    #expect(!result.errors.contains("standard output"))
  }

  @Test(arguments: [
    ("< .", "standard input: is a directory; name the files in it"),
    ("<&-", "standard input: cannot be read (Bad file descriptor); the rest of it is missing"),
    ("< server.log >&-", "standard output: cannot be written (Bad file descriptor); the output is incomplete"),
  ])
  func `streams that are none are named`(redirection: String, message: String) throws {
    let folder = try SluiceFolder()
    try folder.write("server.log", line)
    let result = try folder.shell("exec \"$0\" \(redirection)")
    #expect(result.status == 2)
    #expect(result.errors == "sluice: \(message)\n")
  }

  @Test func `of several inputs the bad ones are named, the good ones go on`() throws {
    let folder = try SluiceFolder()
    try folder.write("a.log", line)
    try folder.write("b.gz", Data([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 0, 3, 0xff, 0xff]))
    try folder.write("c.bin", Data(count: 1000))
    try folder.write("d.log", line)
    let bad = try folder.run("a.log", "b.gz", "c.bin", "d.log")
    #expect(bad.status == 1)
    #expect(bad.errorLines.map { $0.prefix(14) } == ["sluice: b.gz: ", "sluice: c.bin:"])
    #expect(bad.outputLines.count == 2)
    // A file that is not there is the graver mistake.
    let missing = try folder.run("b.gz", "e.log", "d.log")
    #expect(missing.status == 2)
    #expect(missing.errorLines.count == 2)
    #expect(missing.outputLines.count == 1)
  }

  /// Whoever holds the other end may have told the pipe not to wait.
  @Test(.timeLimit(.minutes(1)), .enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/python3"), "no python3 here"))
  func `a pipe that does not wait is waited for`() throws {
    let folder = try SluiceFolder()
    try folder.write(
      "run.py",
      """
      import fcntl, os, subprocess, sys, time
      flags = lambda end: fcntl.fcntl(end, fcntl.F_SETFL, fcntl.fcntl(end, fcntl.F_GETFL) | os.O_NONBLOCK)
      (input, feed), (drain, output) = os.pipe(), os.pipe()
      flags(input)
      flags(output)
      sluice = subprocess.Popen([sys.argv[1]], stdin=input, stdout=output)
      os.close(input)
      os.close(output)
      time.sleep(0.3)
      lines = b"[12:00:01] [Server thread/INFO]: Robin joined the game\\n" * 3000
      if os.fork() == 0:
          os.write(feed, lines[:100]); time.sleep(0.3); os.write(feed, lines[100:]); os._exit(0)
      os.close(feed)
      time.sleep(1)
      data = b""
      while piece := os.read(drain, 65536): data += piece
      print(data.count(b"\\n"), sluice.wait())
      """)
    let result = try folder.shell("exec python3 run.py \"$0\"")
    #expect(result.output == "3000 0\n")
    #expect(result.errors == "")
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
