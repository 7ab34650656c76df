import Foundation
import Testing

/// `samples/FORMAT/CASE.log` with the `.jsonl` and `.csv` that must come out; `UPDATE_GOLDEN=1` writes them anew, and the change shows
/// in the diff.
@Suite(needsBinary) struct GoldenSampleTests {
  private static let samples = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("samples")

  /// All logs, as `FORMAT/CASE`, but those of the demonstration.
  static var cases: [String] {
    let folders = (try? FileManager.default.contentsOfDirectory(atPath: samples.path)) ?? []
    return folders.filter { $0 != "fleet" }.sorted().flatMap { folder in
      ((try? FileManager.default.contentsOfDirectory(atPath: samples.appendingPathComponent(folder).path)) ?? [])
        .filter { $0.hasSuffix(".log") }.sorted().map { "\(folder)/\($0.dropLast(4))" }
    }
  }

  @Test func `there are samples`() {
    #expect(Self.cases.count >= 10)
  }

  @Test(arguments: cases)
  func `a log gives its JSON Lines`(name: String) throws {
    try compare(name, "jsonl", ["--source-lines"])
  }

  @Test(arguments: cases)
  func `a log gives its CSV`(name: String) throws {
    let format = String(name.prefix { $0 != "/" })
    try compare(name, "csv", format == "mixed" || format == "docker-json" ? ["--to", "csv"] : ["--to", "csv", "--format", format])
  }

  private func compare(_ name: String, _ form: String, _ options: [String]) throws {
    let folder = try SluiceFolder()
    let log = String(name.split(separator: "/")[1]) + ".log"
    try folder.write(log, Data(contentsOf: Self.samples.appendingPathComponent("\(name).log")))
    let output = Pipe()
    let process = try folder.process(["--date", "2026-08-21"] + options + [log])
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let golden = Self.samples.appendingPathComponent("\(name).\(form)")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil { try data.write(to: golden) }
    let expected = (try? Data(contentsOf: golden)) ?? Data()
    #expect(String(decoding: data, as: UTF8.self) == String(decoding: expected, as: UTF8.self))
  }
}
