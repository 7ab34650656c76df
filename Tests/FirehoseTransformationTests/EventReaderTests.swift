import FirehoseTransformation
import LogBytes
import TestSupport
import Testing

/// Events as fixtures, emulators and other sources write them.
struct EventReaderTests {
  private let data = "\"data\":\"YQ==\""

  @Test func `members may stand in any order at every level`() throws {
    let members = [
      "\"recordId\":\"a\"", "\"approximateArrivalTimestamp\":5", data, "\"kinesisRecordMetadata\":{\"shardId\":\"s\"}", "\"x\":[{}]",
    ]
    for turn in members.indices {
      let record = (members[turn...] + members[..<turn]).joined(separator: ",")
      for body in ["{\"records\":[{\(record)}],\"region\":\"r\"}", "{\"region\":\"r\",\"records\":[{\(record)}]}"] {
        #expect(try answers(try transform(bytes(body)).response) == [Answer("a", "Ok", "<a>")])
      }
    }
  }

  @Test func `white space may stand everywhere`() throws {
    let body = "\n{ \"records\" :\t[ { \"recordId\" : \"a\" ,\r\n \"data\" : \"YQ==\" } , { \"recordId\":\"b\" , \"data\":\"\" } ] }\n "
    #expect(try answers(try transform(bytes(body)).response) == [Answer("a", "Ok", "<a>"), Answer("b", "Ok", "<>")])
    #expect(try answers(try transform([0xef, 0xbb, 0xbf] + bytes(body)).response).count == 2)
  }

  @Test func `unknown members are passed over, however deep`() throws {
    let deep = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
    let body =
      "{\"deliverySteamArn\":\"misspelt\",\"x\":\(deep),\"records\":[{\"y\":{\"recordId\":\"no\",\"data\":\"no\"},\"recordId\":\"a\",\(data),\"z\":null}]}"
    #expect(try answers(try transform(bytes(body)).response) == [Answer("a", "Ok", "<a>")])
  }

  @Test func `names may be written with escapes`() throws {
    let body = "{\"rec\\u006frds\":[{\"record\\u0049d\":\"a\",\"d\\u0061ta\":\"YQ==\"}]}"
    #expect(try answers(try transform(bytes(body)).response) == [Answer("a", "Ok", "<a>")])
  }

  @Test func `of two members of one name the later one counts`() throws {
    let body =
      "{\"records\":[{\"recordId\":\"no\",\"data\":\"no\"}],\"records\":[{\"recordId\":\"x\",\"recordId\":\"a\",\"data\":\"!\",\"data\":\"YQ==\"}]}"
    #expect(try answers(try transform(bytes(body)).response) == [Answer("a", "Ok", "<a>")])
  }

  @Test(arguments: [
    ("\"sourceKinesisStreamArn\":\"s\"", TransformationSource.kinesis), ("\"sourceMSKArn\":\"m\"", .msk), ("\"region\":\"r\"", .directPut),
    ("\"sourceMSKArn\":\"m\",\"sourceKinesisStreamArn\":\"s\"", .msk),
  ])
  func `the source is known by its name`(member: String, source: TransformationSource) throws {
    #expect(try transform(bytes("{\(member),\"records\":[]}")).report.source == source)
    #expect(try transform(bytes("{\"records\":[],\(member)}")).report.source == source)
  }

  @Test(arguments: [
    ("\"approximateArrivalTimestamp\":1495072949453", 1_495_072_949_453 as Int64),
    ("\"approximateArrivalTimestamp\":\"1495072949453\"", 1_495_072_949_453),
    ("\"approximateArrivalTimestamp\":1.495072949453e12", 1_495_072_949_453),
    ("\"approximateArrivalTimestamp\":0", 0),
    ("\"approximateArrivalTimestamp\":\"2012-04-23T18:25:43.511Z\"", 1_335_205_543_511),
    ("\"approximateArrivalTimestamp\":\"2012-04-23T18:25:43Z\"", 1_335_205_543_000),
    ("\"approximateArrivalTimestamp\":\"2012-04-23 18:25:43.5\"", 1_335_205_543_500),
    ("\"approximateArrivalTimestamp\":\"2012-04-23T20:25:43.511+02:00\"", 1_335_205_543_511),
    ("\"approximateArrivalTimestamp\":\"2012-04-23T14:55:43.511999999-0330\"", 1_335_205_543_511),
    (
      "\"kinesisRecordMetadata\":{\"subsequenceNumber\":\"\",\"approximateArrivalTimestamp\":\"2012-04-23T18:25:43.511Z\"}",
      1_335_205_543_511
    ),
    ("\"mskRecordMetadata\":{\"offset\":\"0\",\"partitionId\":\"1\",\"approximateArrivalTimestamp\":1707166080152}", 1_707_166_080_152),
    ("\"kinesisRecordMetadata\":{\"approximateArrivalTimestamp\":7},\"approximateArrivalTimestamp\":8", 8),
    ("\"approximateArrivalTimestamp\":8,\"kinesisRecordMetadata\":{\"approximateArrivalTimestamp\":7}", 8),
  ])
  func `arrival times are read as people write them`(member: String, arrival: Int64) throws {
    let body = "{\"records\":[{\"recordId\":\"a\",\(member),\"data\":\"\(base64("arrival"))\"}]}"
    #expect(try answers(try transform(bytes(body)).response) == [Answer("a", "Ok", "\(arrival)")])
  }

  @Test(arguments: [
    "\"x\":0", "\"approximateArrivalTimestamp\":null", "\"approximateArrivalTimestamp\":\"\"",
    "\"approximateArrivalTimestamp\":\"yesterday\"",
    "\"approximateArrivalTimestamp\":-5", "\"approximateArrivalTimestamp\":1e300", "\"approximateArrivalTimestamp\":18446744073709551615",
    "\"approximateArrivalTimestamp\":\"2012-13-23T18:25:43Z\"", "\"approximateArrivalTimestamp\":\"2012-04-23T18:25:43+1\"",
    "\"approximateArrivalTimestamp\":\"1912-04-23T18:25:43Z\"", "\"approximateArrivalTimestamp\":{\"a\":1}",
    "\"kinesisRecordMetadata\":null", "\"kinesisRecordMetadata\":[]", "\"kinesisRecordMetadata\":{}",
  ])
  func `without an arrival time that makes sense it is now`(member: String) throws {
    let clock = TestClock(1_234_567_890_123)
    let body = "{\"records\":[{\"recordId\":\"a\",\(member),\"data\":\"\(base64("arrival"))\"}]}"
    #expect(try answers(try transform(bytes(body), clock: clock).response) == [Answer("a", "Ok", "1234567890123")])
  }

  @Test(arguments: [
    ("", "nothing but blanks at line 1, column 1 (byte 1)"),
    ("{\"records\":[\n  {\"recordId\":\"a\" \"data\":\"\"}]}", "expected ',' or '}' at line 2, column 19 (byte 32)"),
    ("{\"records\":[],}", "expected a key in quotes at line 1, column 15 (byte 15)"),
    ("{\"records\":[]} x", "something stands behind the JSON value at line 1, column 16 (byte 16)"),
    ("{\"records\":[{\"recordId\":\"a\n\"}]}", "a control byte in a string"),
    ("{\"records\":[{\"recordId\":\"a\\q\"}]}", "no escape of JSON at line 1, column 27 (byte 27)"),
    ("{\"records\":[{\"recordId\":\"a\",\"data\":\"YQ", "the text ends inside of a string at line 1, column 36 (byte 36)"),
    ("{\"records\":[{\"recordId\":01}]}", "no number of JSON at line 1, column 25 (byte 25)"),
    ("{\"x\":nul}", "expected true, false or null at line 1, column 6 (byte 6)"),
  ])
  func `what is no JSON says where`(body: String, message: String) {
    let error = #expect(throws: TransformationError.self) { try transform(bytes(body)) }
    #expect(error?.code == .malformedEvent)
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }

  @Test func `nesting beyond the limit is an error that says so`() {
    let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
    for body in ["{\"x\":\(deep),\"records\":[]}", deep, "{\"records\":[{\"recordId\":\"a\",\"x\":\(deep)}]}"] {
      let error = #expect(throws: TransformationError.self) { try transform(bytes(body)) }
      #expect(error?.description.contains("nested more than 128 deep") == true, "\(error?.description ?? "")")
    }
  }

  @Test(arguments: ["{\"data\":\"YQ==\"}", "{\"recordId\":null,\"data\":\"YQ==\"}", "{\"recordId\":{},\"data\":\"YQ==\"}"])
  func `a record without an id is no record of Firehose`(record: String) {
    let error = #expect(throws: TransformationError.self) {
      try transform(bytes("{\"records\":[{\"recordId\":\"a\",\"data\":\"\"},\n\(record)]}"))
    }
    #expect(error?.code == .foreignEvent)
    #expect(error?.description.contains("records[1] at line 2, column 1") == true, "\(error?.description ?? "")")
  }

  @Test func `an event that ends anywhere is an error, never a wrong answer`() throws {
    let whole = event([TestRecord(id: "\"a\\u00e9\\/\"", data: "\"YQ\\u003d=\""), TestRecord("b", "drop", key: "kafkaRecordValue")])
    for count in 0..<whole.count {
      #expect(throws: TransformationError.self) { try transform(Array(whole[..<count])) }
    }
    #expect(try answers(try transform(whole).response).count == 2)
  }

  @Test func `an event with any byte changed is an error or an answer to all of its records`() throws {
    let whole = event([TestRecord("a", "one"), TestRecord(id: "\"b\\n\"", data: "\"\\/\\/==\""), TestRecord("c", "drop")])
    var generator = SeededGenerator(seed: 7)
    var answered = 0
    for place in whole.indices {
      for _ in 0..<4 {
        var changed = whole
        changed[place] = UInt8.random(in: 0...255, using: &generator)
        guard let result = try? transform(changed) else { continue }
        answered += 1
        #expect(result.response.starts(with: bytes("{\"records\":[")) && result.response.suffix(2) == bytes("]}")[...])
        #expect(result.report.records <= 3 && result.report.bytesOut == result.response.count)
      }
    }
    #expect(answered > 100)
  }
}
