import Foundation
import Testing

/// What the program writes of a log of `samples/` is what the engine writes there: `GoldenSampleTests` has all of them.
@Suite(needsBinary) struct GoldenRunTests {
  private static let samples = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("samples")

  @Test(
    arguments: ["minecraft-java/session", "docker-json/container", "mixed/streams"],
    [
      ("jsonl", ["--source-lines"]), ("csv", ["--to", "csv"]), ("csv", ["--to", "csv", "--format"]),
    ])
  func `a run writes the golden file`(name: String, form: (suffix: String, options: [String])) throws {
    let format = String(name.prefix { $0 != "/" })
    // The columns of a table are those of its format; these two hold entries of several.
    let namesFormat = form.options.last == "--format"
    if form.suffix == "csv", namesFormat != (format == "minecraft-java") { return }
    let folder = try SluiceFolder()
    let log = String(name.split(separator: "/")[1]) + ".log"
    try folder.write(log, Data(contentsOf: Self.samples.appendingPathComponent("\(name).log")))
    let process = try folder.process(["--date", "2026-08-21"] + form.options + (namesFormat ? [format] : []) + [log])
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let expected = try Data(contentsOf: Self.samples.appendingPathComponent("\(name).\(form.suffix)"))
    #expect(String(decoding: data, as: UTF8.self) == String(decoding: expected, as: UTF8.self))
  }
}
