import FirehoseTransformation
import LogBytes
import TestSupport
import Testing

/// The envelope cases that every build must pass, over a pipeline that does what the record says.
struct EventTransformerTests {
  @Test func `an event without records has an answer without records`() throws {
    #expect(text(try transform(event([])).response.span) == "{\"records\":[]}")
    #expect(text(try transform(bytes(" {\"records\" : [ ] }\n")).response.span) == "{\"records\":[]}")
  }

  @Test func `the response has no white space and its keys in order`() throws {
    let response = try transform(event([TestRecord("a", "one"), TestRecord("b", "drop"), TestRecord("c", "fail")])).response
    #expect(
      text(response.span)
        == "{\"records\":[{\"recordId\":\"a\",\"result\":\"Ok\",\"data\":\"\(base64("<one>"))\"},{\"recordId\":\"b\",\"result\":\"Dropped\"},"
        + "{\"recordId\":\"c\",\"result\":\"ProcessingFailed\"}]}")
  }

  @Test(arguments: [
    "!!!!", "YQ", "YQ=", "YR==", "YQ==YQ==", "YQ==\\n", "Y\\nQ==", "YWJj YWJj", "YWJjZA-_", "\\u0059Q=", "é", "YQ==\\u0000",
  ])
  func `data that are not strict base64 fail alone`(data: String) throws {
    let records = [TestRecord("a", "one"), TestRecord(id: "\"b\"", data: "\"\(data)\""), TestRecord("c", "two")]
    let result = try transform(event(records))
    #expect(try answers(result.response) == [Answer("a", "Ok", "<one>"), Answer("b", "ProcessingFailed"), Answer("c", "Ok", "<two>")])
    #expect(result.report.failures == ["not_base64": 1])
    #expect(result.report.firstFailure == .notBase64)
  }

  @Test(arguments: ["null", "1", "true", "{\"a\":[1]}", "[\"YQ==\"]"])
  func `data that are no string fail alone`(data: String) throws {
    let result = try transform(event([TestRecord(id: "\"a\"", data: data), TestRecord("b", "two")]))
    #expect(try answers(result.response) == [Answer("a", "ProcessingFailed"), Answer("b", "Ok", "<two>")])
    #expect(result.report.failures == ["no_data": 1])
  }

  @Test func `a record without data fails alone`() throws {
    let result = try transform(bytes("{\"records\":[{\"recordId\":\"a\"},\(TestRecord("b", "two").json)]}"))
    #expect(try answers(result.response) == [Answer("a", "ProcessingFailed"), Answer("b", "Ok", "<two>")])
  }

  @Test func `empty data reach the pipeline as nothing`() throws {
    let result = try transform(event([TestRecord(id: "\"a\"", data: "\"\""), TestRecord("b", "big 0")]))
    #expect(try answers(result.response) == [Answer("a", "Ok", "<>"), Answer("b", "Dropped")])
  }

  @Test func `escapes in data are undone`() throws {
    // 0xfb 0xff 0xfe is "+//+" in base64; `<` and `>` come around it.
    let written = ["+//+", "+\\/\\/+", "\\u002b\\u002F/+", "+\\/\\u002f+"]
    for data in written {
      let result = try transform(event([TestRecord(id: "\"a\"", data: "\"\(data)\"")]))
      #expect(text(result.response.span).contains("\"data\":\"PPv//j4=\""), "\(data)")
    }
    let padded = try transform(event([TestRecord(id: "\"a\"", data: "\"YQ\\u003d\\u003d\"")]))
    #expect(try answers(padded.response) == [Answer("a", "Ok", "<a>")])
  }

  @Test func `ids come back as they were written`() throws {
    let ids = ["\"a\\\"b\\\\\"", "\"\\u00e9\\/\\n\"", "\"日本語\"", "\"\"", "\"\\ud83d\\ude00\"", "4711"]
    let result = try transform(event(ids.map { TestRecord(id: $0, data: "\"YQ==\"") }), wantsDetails: true)
    for id in ids { #expect(text(result.response.span).contains("{\"recordId\":\(id),\"result\":\"Ok\""), "\(id)") }
    #expect(result.report.details.map(\.id) == ["a\"b\\", "é/\n", "日本語", "", "😀", "4711"])
  }

  @Test func `ids that stand twice are answered twice, in order`() throws {
    let result = try transform(event([TestRecord("a", "1"), TestRecord("b", "2"), TestRecord("a", "drop"), TestRecord("a", "1")]))
    #expect(
      try answers(result.response) == [
        Answer("a", "Ok", "<1>"), Answer("b", "Ok", "<2>"), Answer("a", "Dropped"), Answer("a", "Ok", "<1>"),
      ])
  }

  @Test func `two thousand records keep their order`() throws {
    let records = (0..<2000).map { TestRecord("r\($0)", $0 % 3 == 0 ? "drop" : "line \($0)") }
    let result = try transform(event(records))
    #expect(
      try answers(result.response) == (0..<2000).map { $0 % 3 == 0 ? Answer("r\($0)", "Dropped") : Answer("r\($0)", "Ok", "<line \($0)>") })
    #expect((result.report.records, result.report.ok, result.report.dropped, result.report.failed) == (2000, 1333, 667, 0))
  }

  @Test func `an event of MSK has its own key on both ways`() throws {
    let body =
      "{\"records\":[\(TestRecord("a", "one", key: "kafkaRecordValue").json)],\"sourceMSKArn\":\"arn:aws:kafka:eu-west-1:111122223333:cluster/c\"}"
    let result = try transform(bytes(body))
    #expect(try answers(result.response) == [Answer("a", "Ok", "<one>", key: "kafkaRecordValue")])
    #expect(result.report.source == .msk)
  }

  @Test func `a transformer knows nothing of the event before`() throws {
    let clock = TestClock()
    var transformer = EventTransformer(pipeline: StandInPipeline(clock: clock), now: { clock.now })
    for payload in ["first", "drop", "second", "fail", "third"] {
      var response = ByteOutput()
      let report = try transformer.transform(event: event([TestRecord("a", payload)]).span, deadline: nil, into: &response)
      let expected =
        payload == "drop" ? Answer("a", "Dropped") : payload == "fail" ? Answer("a", "ProcessingFailed") : Answer("a", "Ok", "<\(payload)>")
      #expect(try answers(bytes(response)) == [expected])
      #expect(report.records == 1)
    }
  }

  @Test func `the report says what became of each record`() throws {
    let body = event([TestRecord("a", "one"), TestRecord("b", "drop"), TestRecord("c", "fail"), TestRecord(id: "\"d\"", data: "\"*\"")])
    let result = try transform(body, wantsDetails: true)
    #expect(result.report.details.map(\.result) == [.ok, .dropped, .processingFailed, .processingFailed])
    #expect(result.report.details.map { $0.failure?.description } == [nil, nil, "corrupt gzip data (byte 3)", "not base64"])
    #expect(result.report.details.map(\.bytesIn) == [3, 4, 4, 0])
    #expect(result.report.details.map(\.bytesOut) == [5, 0, 0, 0])
    #expect(result.report.failures == ["codec": 1, "not_base64": 1])
    #expect((result.report.entries, result.report.bytesIn, result.report.bytesOut) == (1, body.count, result.response.count))
    #expect(try transform(body).report.details.isEmpty)
  }
}
