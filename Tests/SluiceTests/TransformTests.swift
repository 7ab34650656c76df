import Foundation
import Testing

/// What options change in the output.
@Suite(needsBinary) struct TransformTests {
  private let log = """
    [12:00:01] [Server thread/INFO]: Robin joined the game
    [12:00:02] [Server thread/ERROR]: Could not pass event
    java.lang.IllegalStateException: no trail
    \tat org.example.Trails.move(Trails.java:12)
    192.0.2.7 - - [21/Aug/2026:10:00:00 +0000] "GET /a HTTP/1.1" 200 512 "-" "curl/8.9.1"

    """

  private func run(_ arguments: String...) throws -> SluiceResult {
    let folder = try SluiceFolder()
    try folder.write("server.log", log)
    let output = Pipe()
    let process = try folder.process(arguments + ["server.log"])
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return SluiceResult(status: process.terminationStatus, ended: true, output: text, errors: "")
  }

  private func objects(_ result: SluiceResult) throws -> [[String: Any]] {
    try result.outputLines.map { try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]) }
  }

  @Test func `several formats in one file are found, a stack trace stays with its entry`() throws {
    let entries = try objects(try run("--date", "2026-08-21"))
    #expect(entries.map { $0["format"] as? String } == ["minecraft-java", "minecraft-java", "http-access"])
    #expect(entries.map { $0["time"] as? String } == ["2026-08-21T12:00:01Z", "2026-08-21T12:00:02Z", "2026-08-21T10:00:00Z"])
    #expect(entries[0]["event"] as? String == "player.join")
    #expect((entries[1]["message"] as? String)?.hasSuffix("Trails.java:12)") == true)
    #expect(entries[2]["status"] as? Int == 200)
  }

  @Test func `a date that is stated is when the lines arrived: it gives years, whatever the file's own date is`() throws {
    let folder = try SluiceFolder()
    try folder.write("host.log", "Feb 28 10:00:00 host app[1]: x\nMar  2 10:00:00 host app[1]: y\n")
    let first = try objects(folder.run("--date", "2020-03-01", "host.log"))
    #expect(first.map { $0["time"] as? String } == ["2020-02-28T10:00:00Z", "2020-03-02T10:00:00Z"])
    let second = try objects(folder.run("--date", "2019-02-28", "host.log"))
    #expect(second.map { $0["time"] as? String } == ["2019-02-28T10:00:00Z", "2019-03-02T10:00:00Z"])
  }

  @Test func `a zone moves times that name none`() throws {
    let entries = try objects(try run("--date", "2026-08-21", "--zone", "+09:00"))
    #expect(entries.map { $0["time"] as? String } == ["2026-08-21T03:00:01Z", "2026-08-21T03:00:02Z", "2026-08-21T10:00:00Z"])
  }

  @Test(arguments: [
    ("Asia/Seoul", "2026-08-21T03:00:01Z"), ("America/New_York", "2026-08-21T16:00:01Z"), ("UTC", "2026-08-21T12:00:01Z"),
  ])
  func `a named zone has its rules`(zone: String, time: String) throws {
    let entries = try objects(try run("--date", "2026-08-21", "--zone", zone))
    #expect(entries.first?["time"] as? String == time)
  }

  @Test func `a format may have a zone of its own, which goes before the user's`() throws {
    let folder = try SluiceFolder()
    try folder.write("inn.yaml", "name: inn\nclock: {zone: Europe/Berlin}\nentry: ['at {time:%Y-%m-%d %H:%M:%S} {message}']\n")
    try folder.write("inn.log", "at 2026-08-21 12:00:00 open\nat 2026-12-21 12:00:00 open\n")
    let result = try folder.run("--formats", ".", "--format", "inn", "--zone", "Asia/Seoul", "inn.log")
    #expect(try objects(result).map { $0["time"] as? String } == ["2026-08-21T10:00:00Z", "2026-12-21T11:00:00Z"])
    try folder.write("inn.yaml", "name: inn\nclock: {zone: Europe/Berlim}\nentry: ['at {time:%Y-%m-%d %H:%M:%S} {message}']\n")
    let check = try folder.run("check", "inn.yaml")
    #expect(check.status == 1)
    #expect(check.output.hasPrefix("inn.yaml:2:15: no zone \"Europe/Berlim\" (did you mean Europe/Berlin? "))
  }

  @Test func `source lines say where an entry stood`() throws {
    let entries = try objects(try run("--source-lines"))
    #expect(entries.map { $0["source_file"] as? String } == ["server.log", "server.log", "server.log"])
    #expect(entries.map { $0["source_line"] as? Int } == [1, 2, 5])
    #expect(entries.map { $0["source_lines"] as? Int } == [1, 3, 1])
  }

  @Test func `CSV of several formats has one column of JSON`() throws {
    let result = try run("--to", "csv", "--date", "2026-08-21")
    #expect(result.output.hasPrefix("time,level,format,event,message,fields\n2026-08-21T12:00:01Z,info,minecraft-java,player.join,"))
  }

  @Test func `CSV of one format has its columns`() throws {
    let result = try run("--to", "csv", "--format", "http-access")
    let header = try #require(result.outputLines.first)
    #expect(header.hasPrefix("time,level,format,event,message,client,"))
    #expect(!header.contains("fields"))
    #expect(result.outputLines.last?.contains(",192.0.2.7,") == true)
  }

  @Test func `strict fails on an entry that no format took, and writes it all the same`() throws {
    let folder = try SluiceFolder()
    try folder.write("odd.log", log)
    let lenient = try folder.run("--format", "http-access", "odd.log")
    #expect(lenient.status == 0)
    let strict = try folder.run("--strict", "--format", "http-access", "odd.log")
    #expect(strict.status == 1)
    #expect(strict.output == lenient.output)
    #expect(strict.errors == "sluice: 4 entries matched no format (--strict)\n")
  }

  @Test func `a format that is not there is named with the nearest`() throws {
    let result = try SluiceFolder().run("--format", "minecraft-jav")
    #expect(result.status == 2)
    #expect(result.errors == "sluice: no format is named 'minecraft-jav'; did you mean 'minecraft-java'?\n")
  }

  @Test func `a folder of formats adds to the built-in ones`() throws {
    let folder = try SluiceFolder()
    let formats = folder.url.appendingPathComponent("mine")
    try FileManager.default.createDirectory(at: formats, withIntermediateDirectories: false)
    try folder.write("mine/tavern.yaml", "name: tavern\nentry:\n  - '~~ {time:%Y-%m-%d %H:%M:%S} ~~ {message}'\n")
    let result = try folder.run("--formats", "mine", "-", input: Data("~~ 2026-08-21 10:00:00 ~~ the doors open\n".utf8))
    #expect(result.status == 0)
    #expect(result.output == "{\"time\":\"2026-08-21T10:00:00Z\",\"format\":\"tavern\",\"message\":\"the doors open\"}\n")
  }

  @Test func `a format file that is wrong is said with its place`() throws {
    let folder = try SluiceFolder()
    let formats = folder.url.appendingPathComponent("mine")
    try FileManager.default.createDirectory(at: formats, withIntermediateDirectories: false)
    try folder.write("mine/tavern.yaml", "name: tavern\nentri:\n  - '{message}'\n")
    let result = try folder.run("--formats", "mine", "-")
    #expect(result.status == 2)
    #expect(result.errorLines.count == 1)
    #expect(result.errors.hasPrefix("sluice: mine/tavern.yaml:2:1: "))
  }
}
