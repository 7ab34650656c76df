import Foundation
import Testing

@Suite(needsBinary) struct StreamingTests {
  /// On a slow pipe an entry appears before the next one comes: the test writes the second line only after it has read the first entry,
  /// so that it would wait for ever if the entry were held back.
  @Test(.timeLimit(.minutes(1)))
  func `each entry appears at once on a slow pipe`() throws {
    let folder = try SluiceFolder()
    let process = try folder.process(["transform", "-"])
    let input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    for name in ["Robin", "Ada", "Bert"] {
      try input.fileHandleForWriting.write(contentsOf: Data("[12:00:01] [Server thread/INFO]: \(name) joined the game\n".utf8))
      var entry = Data()
      while entry.last != 0x0a {
        entry.append(try #require(try output.fileHandleForReading.read(upToCount: 1)))
      }
      #expect(String(decoding: entry, as: UTF8.self).contains("\(name) joined the game"))
    }
    try input.fileHandleForWriting.close()
    #expect(output.fileHandleForReading.readDataToEndOfFile().isEmpty)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }
}
