import FirehoseTransformation
import Foundation
import LogBytes
import TestSupport
import Testing

func base64(_ text: String) -> String {
  Data(text.utf8).base64EncodedString()
}

/// One record of an event that a test writes.
struct TestRecord {
  /// The JSON text of the id.
  var id: String
  /// The JSON text of the data.
  var data: String
  var key = "data"

  init(_ id: String, _ payload: String, key: String = "data") {
    self.id = "\"\(id)\""
    data = "\"\(base64(payload))\""
    self.key = key
  }

  init(id: String, data: String, key: String = "data") {
    self.id = id
    self.data = data
    self.key = key
  }

  var json: String { "{\"recordId\":\(id),\"approximateArrivalTimestamp\":1700000000000,\"\(key)\":\(data)}" }
}

func event(_ records: [TestRecord]) -> [UInt8] {
  let text = records.map(\.json).joined(separator: ",")
  return bytes(
    "{\"invocationId\":\"i\",\"deliveryStreamArn\":\"arn:aws:firehose:eu-west-1:111122223333:deliverystream/d\",\"region\":\"eu-west-1\",\"records\":[\(text)]}"
  )
}

/// A record of a response, read by another program's JSON.
struct Answer: Equatable {
  var id: String
  var result: String
  /// The decoded data or Kafka value; nil if there is none.
  var data: String?
  var key: String?

  init(_ id: String, _ result: String, _ data: String? = nil, key: String? = nil) {
    self.id = id
    self.result = result
    self.data = data
    self.key = data == nil ? nil : key ?? "data"
  }
}

/// Reads a response strictly: white space, other keys, or an order of keys that is not ours are problems.
func answers(_ response: [UInt8]) throws -> [Answer] {
  let root = try #require(try JSONSerialization.jsonObject(with: Data(response)) as? [String: Any])
  #expect(Array(root.keys) == ["records"])
  let records = try #require(root["records"] as? [[String: Any]])
  return try records.map { record in
    let key = record.keys.first { $0 == "data" || $0 == "kafkaRecordValue" }
    #expect(record.count == (key == nil ? 2 : 3))
    let data = try key.map { key in
      let encoded = try #require(record[key] as? String)
      return String(decoding: try #require(Data(base64Encoded: encoded)), as: UTF8.self)
    }
    return Answer(try #require(record["recordId"] as? String), try #require(record["result"] as? String), data, key: key)
  }
}

struct Transformed {
  var response: [UInt8]
  var report: TransformationReport
}

/// Transforms an event with the stand-in pipeline.
func transform(
  _ event: [UInt8], limit: Int = 6_000_000, deadline: Int64? = nil, clock: TestClock = TestClock(), wantsDetails: Bool = false
) throws(TransformationError) -> Transformed {
  var transformer = EventTransformer(pipeline: StandInPipeline(clock: clock), limit: limit, now: { clock.now })
  var response = ByteOutput()
  let report = try transformer.transform(event: event.span, deadline: deadline, wantsDetails: wantsDetails, into: &response)
  return Transformed(response: bytes(response), report: report)
}
