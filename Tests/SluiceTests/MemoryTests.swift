import Foundation
import Testing

/// Constant memory, whatever comes in: each run has a limit of its own on the memory that it may write to, and ends at once beyond it.
@Suite(needsBinary, .enabled(if: FileManager.default.fileExists(atPath: "/dev/zero"), "this system has no /dev/zero"))
struct MemoryTests {
  /// Runs `sluice` on a file or device as its standard input, under a limit in kilobytes.
  private func run(_ input: String, in folder: SluiceFolder, kilobytes: Int = 32_000) throws -> SluiceResult {
    try folder.shell("ulimit -d \(kilobytes); exec \"$0\" < \(input)")
  }

  @Test func `endless zeros are refused at once, in one line`() throws {
    let result = try run("/dev/zero", in: SluiceFolder())
    #expect(result.status == 1)
    #expect(
      result.errors
        == "sluice: standard input: not text (over 5 % control bytes in 64 KiB); the rest of it is not transformed: give it a log\n")
    #expect(result.output.utf8.count < 1000)
  }

  #if os(Linux)
    @Test func `the limit of these tests holds`() throws {
      let result = try run("/dev/zero", in: SluiceFolder(), kilobytes: 500)
      #expect(!result.ended || result.status > 2)
    }
  #endif

  @Test func `a bomb is refused at once`() throws {
    let folder = try SluiceFolder()
    // 200 MB of zeros in LZ4, by hand: blocks of one literal, a match that goes on for 65,286 bytes, and five literals.
    var bomb = Data([0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82])
    let block = Data([0x1f, 0x00, 0x01, 0x00] + [UInt8](repeating: 0xff, count: 255) + [0xf5, 0x50, 0, 0, 0, 0, 0])
    for _ in 0..<3000 { bomb += Data([UInt8(block.count & 255), UInt8(block.count >> 8), 0, 0]) + block }
    try folder.write("bomb.lz4", bomb + Data(count: 4))
    let result = try run("bomb.lz4", in: folder)
    #expect(result.status == 1)
    #expect(result.errors.hasPrefix("sluice: standard input: not text"))
    #expect(result.output.utf8.count < 1000)
  }

  @Test(arguments: ["a", "[11:59:01] [Server thread/INFO]: Robin joined the game\n"])
  func `the input is not kept`(piece: String) throws {
    let folder = try SluiceFolder()
    try folder.write("long.log", Data(String(repeating: piece, count: 20_480_000 / piece.utf8.count).utf8))
    // As much as the input takes, and the run needs memory of its own.
    let result = try run("long.log", in: folder, kilobytes: 20_000)
    #expect(result.status == 0)
    #expect(result.errors == "")
    #expect(result.output.utf8.count > 20_480_000)
  }

  @Test(arguments: [
    "\n", "[", "{\"messageType\":\"", "{", "\t", "\u{1b}[", "a b=", "\"", "\\", "é", "[11:59:01] [Server thread/INFO]: ", "{\"a\":1}",
    "[11:59:01] [Server thread/INFO]: a\n\tb\n\n",
  ])
  func `a line or a row of lines without end`(piece: String) throws {
    let folder = try SluiceFolder()
    let input = String(repeating: piece, count: 2_000_000 / piece.utf8.count)
    try folder.write("long.log", input)
    let result = try run("long.log", in: folder)
    #expect(result.status == 0)
    #expect(result.errors == "")
    // Nothing is lost: all but what is blank or a colour code is in the output.
    if !["\n", "\t", "\u{1b}["].contains(piece) { #expect(result.output.utf8.count > input.utf8.count) }
  }
}
