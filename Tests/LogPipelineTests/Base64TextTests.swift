import Foundation
import LogBytes
import TestSupport
import Testing

@testable import LogPipeline

/// Base64 inside of the service's base64, on evidence.
struct Base64TextTests {
  private func base64(_ text: [UInt8]) -> [UInt8] { Array(Data(text).base64EncodedData()) }
  private func base64(_ text: String) -> [UInt8] { base64(bytes(text)) }

  @Test(arguments: [
    "[11:59:01] [Server thread/INFO]: Robin joined the game\n",
    "two words and more",
    "{\"level\":\"info\",\"msg\":\"a\"}",
    "[{\"a\":1},{\"b\":2}]",
    "日本語 のログ",
    "a\ttab and a line\n",
    "\u{1b}[31mred text\u{1b}[0m",
    "\"quoted words\" at the front",
  ])
  func `text is decoded`(text: String) {
    let plain = piped(text)
    for input in [base64(text), base64(text) + bytes("\n"), base64(text) + bytes("\r\n"), base64(base64(text)), storedGzip(base64(text))] {
      let result = piped(input)
      #expect(result.output == plain.output)
      #expect(result.report.codecs.contains("base64"))
      #expect(result.report.formats == plain.report.formats)
    }
  }

  @Test func `compressions, aggregates and envelopes are decoded`() {
    let text = bytes("word")
    #expect(piped(base64(storedGzip(text))).messages == ["word"])
    #expect(piped(base64(storedGzip(text))).report.codecs == ["base64", "gzip"])
    #expect(piped(bytes("84mawgoNcGFydGl0aW9uX2tleRoICAAaBGRhdGHQNpnaWiIvoyEIrRvZVaFO")).messages == ["data"])
    // zlib of `word\n` at level 6.
    #expect(piped(base64(bytes(hex: "789c2bcf2f4ae10200063c01c7"))).messages == ["word"])
    let envelope = #"{"messageType":"DATA_MESSAGE","logGroup":"g","logEvents":[{"message":"one"}]}"#
    #expect(piped(base64(envelope)).report.envelope == "cloudwatch")
  }

  @Test(arguments: [
    // Words of the alphabet, of fitting and other lengths.
    "PlayerJoinedGame", "aaaaaaaaaaaaaaaa", "AAAAAAAAAAAAAAAA", "0123456789abcdef0123456789abcdef", "d41d8cd98f00b204e9800998ecf8427e",
    "steamworks/bin/x64/server",
    "HelloWorldHelloWorldHelloWorldHe", "eJwordsthatbeginlikezlib", "eAEzlibtoo12345678ABCDEF", "Robin", "",
  ])
  func `a word that has the alphabet stays`(word: String) {
    #expect(piped(word).messages == (word.isEmpty ? [] : [word]))
    #expect(piped(word).report.codecs.isEmpty)
  }

  @Test func `what is almost base64 stays`() {
    let text = base64("two words and more to come")
    let last = String(decoding: text, as: UTF8.self)
    // Cut, padded wrongly, with blanks, line ends or something else around it, twice.
    for input in [
      String(last.dropLast()), last + "=", " " + last, last + " ", last + "\n\n", last + "\n" + last, last + " end", "start " + last,
      last.prefix(12) + "\n" + last.dropFirst(12), last.replacing("=", with: ""), last + last,
    ] where input != last {
      let result = piped(bytes(String(input)))
      #expect(result.report.codecs.isEmpty, "\(input)")
      #expect(result.report.outcome == .ok)
    }
  }

  @Test func `what stands for one word, for control bytes or for no UTF-8 stays`() {
    for content in [
      bytes("oneLongWordWithoutAnyBlank"), bytes("words and a \u{1} control byte"), bytes("words \u{ff}").dropLast() + [0xff],
      [UInt8](0..<48),
    ] {
      let input = base64(Array(content))
      let result = piped(input)
      #expect(result.messages == [String(decoding: input, as: UTF8.self).replacing("/", with: "/")])
    }
  }

  @Test func `what is compressed inside and broken fails the record`() {
    let cut = base64(Array(storedGzip(bytes("cut off")).dropLast(3)))
    #expect(piped(cut).failure?.hasPrefix("gzip data end in the middle") == true)
    #expect(piped(base64(bytes(hex: "28b52ffd24000100000000000000"))).failure?.hasPrefix("zstd is not supported") == true)
  }

  @Test func `three layers are opened, a fourth stays`() {
    let text = bytes("two words and more")
    let three = base64(base64(base64(text)))
    #expect(piped(three).messages == ["two words and more"])
    #expect(piped(base64(three)).messages == [String(decoding: base64(three), as: UTF8.self)])
    #expect(piped(storedGzip(storedGzip(storedGzip(base64(text))))).messages == [String(decoding: base64(text), as: UTF8.self)])
    #expect(piped(base64(storedGzip(storedGzip(storedGzip(text))))).failure?.hasPrefix("more than 3 compressions") == true)
  }

  @Test func `decoded bytes count`() {
    let text = base64(String(repeating: "words and more\n", count: 100))
    var options = PipelineOptions()
    options.maximumDecodedBytes = 1500
    #expect(piped(text, options: options).report.outcome == .ok)
    options.maximumDecodedBytes = 1499
    #expect(piped(text, options: options).failure == "base64 data that make the record larger than 1499 bytes when decoded")
  }
}
