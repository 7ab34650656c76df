import LogPipeline
import Testing

/// Lines that are longer than an entry may be.
struct LongLineTests {
  @Test(arguments: ["\n", "\r\n"])
  func `the pieces of a long line have its number, and the lines behind it theirs`(lineEnd: String) throws {
    var probe = try StreamProbe("name: probe\nentry: ['[{time:%H:%M:%S}] {message}']\n")
    probe.options.maximumEntryBytes = 10
    let text = ["abcdefghijKLMNOPQRSTuv", "x", "", "[12:00:00] y", "abcdefghij", "z"].joined(separator: lineEnd)
    func numbers(_ pieces: [[UInt8]]) -> [String] {
      probe.run(pieces, lineNumbers: true).map { entry in
        entry.split(separator: ",").filter { $0.contains("source_line") || $0.contains("message") }.joined(separator: ",").filter {
          !"\"{}_".contains($0)
        }
      }
    }
    let whole = numbers([Array(text.utf8)])
    #expect(
      whole == [
        "message:abcdefghij,sourceline:1,sourcelines:1", "message:KLMNOPQRST,sourceline:1,sourcelines:1",
        "message:uv,sourceline:1,sourcelines:1",
        "message:x,sourceline:2,sourcelines:1", "message:[12:00:00],sourceline:4,sourcelines:1", "message: y,sourceline:4,sourcelines:1",
        "message:abcdefghij,sourceline:5,sourcelines:1", "message:z,sourceline:6,sourcelines:1",
      ])
    #expect(numbers(Array(text.utf8).map { [$0] }) == whole)
  }
}
