import FirehoseTransformation
import Foundation
import LogBytes
import LogFormats
import LogPipeline
import TestSupport
import Testing

/// Records as they come, through the real pipeline with the embedded formats.
struct PipelineVectorTests {
  private static let control =
    "H4sIAAAAAAAAA0WOUQuCMBSF/8rYs0Q9Bb6FqC+WkEIPIbH0tl3STbaZhPjf29Lovn2cw7nfRDswhnEo3z3QkEb5qTzn2e0YF8UhjWlA1ShB+6RVQzMyW4tMceOCVvFUq6F32UKF1cC6Bc1w"
    + "N7XG3qKSCbYWtKHhtfr24hdI63Gi2Cx1i07Dss6N7fbb/wU/PS9wyciqR1a9kEQC6idKTgSw1gqiHqRxSyiZ/0wS1CCUgQ2dq/kDiawB4OwAAAA="
  private static let data =
    "H4sIAAAAAAAAA3WOSw+CMBCE/8uee6D4QLmRWDl5KjclpuhKmkBL2qIxhP/u4iN6cW8zO99kBmjRe1Vjce8QUthkRXbcCSmzXAADezPoyObxbL5YJqt1xGOyG1vnzvYdfeqXlMGhakl70r6v"
    + "/MnpLmhrtroJ6Dyke7hA+cyKK5owOQPo81ROSNC0I6iWKnkSfY999lFOwcjeSPwf4b9IdTAwluMD/tHX+uYAAAA="

  private func transform(_ records: [TestRecord]) throws -> Transformed {
    let catalog = try CompiledCatalog(FormatCatalog.readEmbedded())
    var transformer = FirehoseTransformer(pipeline: RecordPipeline(catalog: catalog))
    var response = ByteOutput()
    let report = try transformer.transform(event: event(records).span, deadline: nil, wantsDetails: true, into: &response)
    return Transformed(response: bytes(response), report: report)
  }

  private func record(_ id: String, _ payload: [UInt8]) -> TestRecord {
    TestRecord(id: "\"\(id)\"", data: "\"\(Data(payload).base64EncodedString())\"")
  }

  @Test func `health checks and empty records are dropped, log events are delivered`() throws {
    let result = try transform([
      TestRecord(id: "\"a\"", data: "\"\(Self.control)\""), TestRecord(id: "\"b\"", data: "\"\(Self.data)\""),
      TestRecord(id: "\"c\"", data: "\"\""),
    ])
    let got = try answers(result.response)
    #expect(got.map(\.result) == ["Dropped", "Ok", "Dropped"])
    let lines = try #require(got[1].data).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 3 && lines[2].isEmpty)
    #expect(lines[0].contains("\"message\":\"a\"") && lines[1].contains("\"message\":\"b\""))
    #expect(result.report.details[1].record.codecs == ["gzip"])
    #expect(result.report.details[1].record.envelope == "cloudwatch")
    #expect((result.report.entries, result.report.unparsed) == (2, 2))
  }

  @Test func `members of gzip are decoded one behind the other, and what is cut fails alone`() throws {
    let whole = storedGzip(bytes("one\n")) + storedGzip(bytes("two\n"))
    var corrupt = whole
    corrupt[corrupt.count - 6] ^= 0x55
    let result = try transform([
      record("a", whole), record("b", whole.dropLast(9)), record("c", corrupt), record("d", bytes("plain")),
      record("e", storedGzip(storedGzip(bytes("deep")))),
    ])
    let got = try answers(result.response)
    #expect(got.map(\.result) == ["Ok", "ProcessingFailed", "ProcessingFailed", "Ok", "Ok"])
    #expect(got[0].data?.split(separator: "\n").count == 2)
    #expect(result.report.failures == ["codec": 2])
    #expect(result.report.details[4].record.codecs == ["gzip", "gzip"])
    #expect(result.report.details[1].failure?.description.contains("gzip") == true)
  }

  @Test func `what is not text fails alone`() throws {
    let result = try transform([record("a", [0xff, 1, 2, 3, 4, 5, 6, 7]), record("b", bytes("text\u{1b}[0m\t\r\n"))])
    #expect(try answers(result.response).map(\.result) == ["ProcessingFailed", "Ok"])
    #expect(result.report.failures == ["not_text": 1])
  }

  @Test func `a record that the response has no room for ends as soon as that is known`() throws {
    let catalog = try CompiledCatalog(FormatCatalog.readEmbedded())
    var transformer = FirehoseTransformer(pipeline: RecordPipeline(catalog: catalog), limit: 1000)
    let lines = bytes((0..<20_000).map { "line \($0)\n" }.joined())
    let message = "{\"message\":\"[11:59:01] [Server thread/INFO]: a\"}"
    let messages = Array(repeating: message, count: 20_000).joined(separator: ",")
    let events = bytes("{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[\(messages)]}")
    let input = event([record("a", events), record("b", lines), record("c", bytes("small"))])
    var response = ByteOutput()
    let report = try transformer.transform(event: input.span, deadline: nil, wantsDetails: true, into: &response)
    #expect(try answers(bytes(response)).map(\.result) == ["ProcessingFailed", "ProcessingFailed", "Ok"])
    #expect(report.failures == ["no_room": 2])
    guard case .noRoom(let bytes, let room) = report.details[0].failure else {
      Issue.record("not refused")
      return
    }
    // It was not written to its end.
    #expect(bytes > room && bytes < 2000)
    #expect(report.details[0].failure?.description == "no room left in the response: \(bytes) bytes or more to deliver, room for \(room)")
  }
}
