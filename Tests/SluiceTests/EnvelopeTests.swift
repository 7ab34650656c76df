import Foundation
import Testing

/// What delivery streams leave in S3, as files.
@Suite(needsBinary) struct EnvelopeTests {
  private static let kpl = "84mawgoBYQoBYhoOCAAaCmZpcnN0IGxpbmUaDwgBGgtzZWNvbmQgbGluZSJYashO+8qV/yQ0R1R4gOI="
  /// Two gzip members: log events `a` and `b` of group `g`, stream `s`; a health check.
  private static let events =
    "H4sIAAAAAAAAA3WOSw+CMBCE/8uee6D4QLmRWDl5KjclpuhKmkBL2qIxhP/u4iN6cW8zO99kBmjRe1Vjce8QUthkRXbcCSmzXAADezPoyObxbL5YJqt1xGOyG1vnzvYdfeqXlMGhakl70r6v"
    + "/MnpLmhrtroJ6Dyke7hA+cyKK5owOQPo81ROSNC0I6iWKnkSfY999lFOwcjeSPwf4b9IdTAwluMD/tHX+uYAAAA="
  private static let control =
    "H4sIAAAAAAAAA0WOUQuCMBSF/8rYs0Q9Bb6FqC+WkEIPIbH0tl3STbaZhPjf29Lovn2cw7nfRDswhnEo3z3QkEb5qTzn2e0YF8UhjWlA1ShB+6RVQzMyW4tMceOCVvFUq6F32UKF1cC6Bc1w"
    + "N7XG3qKSCbYWtKHhtfr24hdI63Gi2Cx1i07Dss6N7fbb/wU/PS9wyciqR1a9kEQC6idKTgSw1gqiHqRxSyiZ/0wS1CCUgQ2dq/kDiawB4OwAAAA="

  private func data(_ base64: String) throws -> Data {
    try #require(Data(base64Encoded: base64))
  }

  @Test func `an object of CloudWatch records is one input`() throws {
    let folder = try SluiceFolder()
    try folder.write("object.gz", try data(Self.events) + data(Self.control) + data(Self.events))
    let result = try folder.run("object.gz")
    #expect(result.status == 0)
    #expect(result.errors == "")
    #expect(
      result.outputLines
        == ["a", "b", "a", "b"].map { #"{"format":null,"message":"\#($0)","log_group":"g","log_stream":"s"}"# })
    let csv = try folder.run("--to", "csv", "object.gz")
    #expect(csv.outputLines.count == 5)
    #expect(csv.outputLines.last?.contains("log_group") == true)
  }

  @Test func `envelopes without compression too, and text behind them`() throws {
    let envelope = #"{"messageType":"DATA_MESSAGE","logGroup":"g","logEvents":[{"message":"one"}]}"#
    let result = try SluiceFolder().run(input: Data((envelope + envelope + "\nplain\n").utf8))
    #expect(result.status == 0)
    #expect(result.output.contains(#""message":"plain"}"#))
    #expect(result.outputLines.count == 3)
  }

  @Test func `a broken envelope is status 1, and the other inputs go on`() throws {
    let folder = try SluiceFolder()
    let envelope = #"{"messageType":"DATA_MESSAGE","logGroup":"g","logEvents":[{"message":"one"}]}"#
    try folder.write("cut.json", envelope + envelope.dropLast(9))
    try folder.write("whole.json", envelope)
    let result = try folder.run("cut.json", "whole.json")
    #expect(result.status == 1)
    #expect(
      result.errors
        == "sluice: cut.json: a CloudWatch envelope that ends in the middle; what stands before that is in the output, the rest is not\n")
    #expect(result.outputLines.count == 2)
  }

  @Test func `an aggregate is one input`() throws {
    let folder = try SluiceFolder()
    try folder.write("dump.bin", try data(Self.kpl))
    let result = try folder.run("--source-lines", "dump.bin")
    #expect(result.status == 0)
    #expect(
      result.outputLines
        == ["first line", "second line"].map {
          #"{"format":null,"message":"\#($0)","source_file":"dump.bin","source_line":1,"source_lines":1}"#
        })
    let strict = try folder.run("--strict", "dump.bin")
    #expect(strict.status == 1)
    #expect(strict.errors == "sluice: 2 entries matched no format (--strict)\n")
  }

  @Test func `an aggregate that is broken is bytes`() throws {
    let result = try SluiceFolder().run(input: try data(Self.kpl).dropLast())
    #expect(result.status == 1)
    #expect(result.output == "")
    #expect(result.errorLines.count == 1)
    #expect(result.errors.hasPrefix("sluice: standard input: not text: "))
    #expect(result.errors.hasSuffix("; nothing of it is transformed\n"))
  }
}
