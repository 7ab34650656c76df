import Foundation
import Testing

/// Compressed inputs, each the same two lines.
@Suite(needsBinary) struct CompressionTests {
  private static let gzip =
    "H4sIAAAAAAACA4s2NLIyMLAyMIxViA5OLSpLLVIoyShKTUzR9/Rz84+1UgjKT8rMU8jKz8xLTQFKpSqkJ+amckVDtRnh0uaYkqiQk5pWgtACAMYSVhNqAAAA"
  private static let zlib = "eJyLNjSyMjCwMjCMVYgOTi0qSy1SKMkoSk1M0ff0c/OPtVIIyk/KzFPIys/MS00BSqUqpCfmpnJFQ7UZ4dLmmJKokJOaVoLQAgDrrSGI"
  private static let lz4 =
    "BCJNGGRAp1QAAAD0KFsxMjowMDowMV0gW1NlcnZlciB0aHJlYWQvSU5GT106IFJvYmluIGpvaW5lZCB0aGUgZ2FtZQo3AB8yNwAF8ANBZGEgbGVmdCB0aGUgZ2FtZQoAAAAA4TdD+g=="

  private func data(_ base64: String) throws -> Data {
    try #require(Data(base64Encoded: base64))
  }

  @Test(arguments: [("gzip", gzip), ("zlib", zlib), ("lz4", lz4)])
  func `a compression is found by its magic number`(name: String, base64: String) throws {
    let result = try SluiceFolder().run(input: try data(base64))
    #expect(result.status == 0)
    #expect(result.errors == "")
    #expect(result.outputLines.count == 2)
    #expect(result.output.contains("\"message\":\"Ada left the game\""))
  }

  @Test func `several members are one input`() throws {
    let result = try SluiceFolder().run(input: try data(Self.gzip) + data(Self.gzip))
    #expect(result.status == 0)
    #expect(result.outputLines.count == 4)
  }

  @Test func `what stands before a mistake is delivered, and the other inputs go on`() throws {
    let folder = try SluiceFolder()
    try folder.write("cut.gz", try data(Self.gzip).dropLast(8))
    try folder.write("whole.gz", try data(Self.gzip))
    let result = try folder.run("cut.gz", "whole.gz")
    #expect(result.status == 1)
    #expect(result.errorLines.count == 1)
    #expect(result.errors.hasPrefix("sluice: cut.gz: gzip data end in the middle"))
    #expect(result.outputLines.count == 4)
  }

  @Test func `something behind the compressed data is reported`() throws {
    let result = try SluiceFolder().run(input: try data(Self.gzip) + Data("more\n".utf8))
    #expect(result.status == 1)
    #expect(result.errorLines.count == 1)
    #expect(result.outputLines.count == 2)
  }
}
