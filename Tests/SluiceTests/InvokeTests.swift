import Foundation
import Testing

/// `sluice invoke`: an event in, the response and a table out.
@Suite(needsBinary) struct InvokeTests {
  private func event(_ data: [String]) throws -> Data {
    let records = data.enumerated().map { number, data in
      ["recordId": "id-\(number)", "approximateArrivalTimestamp": 1_787_306_400_000, "data": data] as [String: Any]
    }
    return try JSONSerialization.data(withJSONObject: [
      "invocationId": "one", "deliveryStreamArn": "arn:aws:firehose:eu-north-1:111122223333:deliverystream/test", "region": "eu-north-1",
      "records": records,
    ])
  }

  private func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

  @Test func `each record gets its verdict, and the table says why`() throws {
    let folder = try SluiceFolder()
    let gzip = "H4sIAAAAAAACA4s2NLIyMLAyMIxViA5OLSpLLVIoyShKTUzR9/Rz84+1UgjKT8rMU8jKz8xLTQFKpSqkJ+amckVDtRnh0uaYkqiQk5pWgtACAMYSVhNqAAAA"
    try folder.write(
      "event.json", try event([base64("[12:00:01] [Server thread/INFO]: Robin joined the game\n"), gzip, "not base64!", base64("")]))
    let result = try folder.run("invoke", "event.json")
    #expect(result.status == 1)
    let response = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let records = try #require(response["records"] as? [[String: Any]])
    #expect(records.map { $0["recordId"] as? String } == ["id-0", "id-1", "id-2", "id-3"])
    #expect(records.map { $0["result"] as? String } == ["Ok", "Ok", "ProcessingFailed", "Dropped"])
    let text = try #require(records[1]["data"] as? String)
    let data = try #require(Data(base64Encoded: text))
    #expect(String(decoding: data, as: UTF8.self).split(separator: "\n").count == 2)
    let table = result.errorLines.map { $0.split(separator: " ", omittingEmptySubsequences: true).map(String.init) }
    #expect(table[0] == ["record", "wrapped", "bytes", "formats", "entries", "events", "result"])
    #expect(table[1] == ["id-0", "-", "55", "minecraft-java", "1", "1", "Ok"])
    #expect(table[2] == ["id-1", "gzip", "90", "minecraft-java", "2", "2", "Ok"])
    #expect(result.errorLines[3].hasSuffix("ProcessingFailed: not base64"))
    #expect(table[4].last == "Dropped")
    #expect(
      result.errorLines[5].hasPrefix("4 records from Direct PUT: 2 Ok, 1 Dropped, 1 ProcessingFailed; 3 entries (0 unparsed), 3 events;"))
  }

  @Test func `an event without failures is status 0, from standard input too`() throws {
    let result = try SluiceFolder().run("invoke", "-", input: try event([base64("plain words\n")]))
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("{\"records\":[{\"recordId\":\"id-0\",\"result\":\"Ok\",\"data\":\""))
  }

  @Test(arguments: ["{]", "{\"records\":7}", "", "[]"])
  func `what is no event is status 1 and one line`(text: String) throws {
    let result = try SluiceFolder().run("invoke", "-", input: Data(text.utf8))
    #expect(result.status == 1)
    #expect(result.output == "")
    #expect(result.errorLines.count == 1)
    #expect(result.errors.hasPrefix("sluice: standard input: "))
  }

  @Test func `a missing file is status 2`() throws {
    let result = try SluiceFolder().run("invoke", "event.json")
    #expect(result.status == 2)
    #expect(result.errors == "sluice: event.json: no such file; check the path\n")
  }
}
