import Foundation
import Testing

/// Whether bytes are text is judged on each 64 KiB.
@Suite(needsBinary) struct NotTextTests {
  private let line = "[12:00:01] [Server thread/INFO]: Robin joined the game\n"

  @Test func `an input of zeros is refused at once`() throws {
    let result = try SluiceFolder().run(input: Data(count: 10_000_000))
    #expect(result.status == 1)
    #expect(result.errorLines.count == 1)
    #expect(result.errors.hasPrefix("sluice: standard input: not text"))
    #expect(result.output == "")
  }

  @Test func `what came before stays, the other inputs go on`() throws {
    let folder = try SluiceFolder()
    var data = Data(String(repeating: line, count: 3000).utf8)
    data.append(Data(count: 200_000))
    try folder.write("mixed.log", data)
    try folder.write("good.log", line)
    let result = try folder.run("mixed.log", "good.log")
    #expect(result.status == 1)
    #expect(result.errorLines.count == 1)
    #expect(result.errors.hasPrefix("sluice: mixed.log: not text"))
    // 131,072 bytes are two blocks of text.
    #expect(result.outputLines.count >= 131_072 / line.utf8.count)
    #expect(result.outputLines.count <= 3010)
  }

  @Test func `a few control bytes are text`() throws {
    let folder = try SluiceFolder()
    try folder.write("odd.log", String(repeating: line + "\u{1}\n", count: 1000))
    let result = try folder.run("odd.log")
    #expect(result.status == 0)
    #expect(result.errors == "")
  }

  @Test func `a short input with many control bytes is refused too`() throws {
    let folder = try SluiceFolder()
    try folder.write("short.bin", Data([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0]))
    let result = try folder.run("short.bin")
    #expect(result.status == 1)
    #expect(result.errors.hasPrefix("sluice: short.bin: not text"))
  }
}
