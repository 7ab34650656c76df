import LogBytes
import TestSupport
import Testing

@testable import FirehoseTransformation

struct ResponseBudgetTests {
  @Test func `random responses are as large as was counted and never too large`() throws {
    var generator = SeededGenerator(seed: 1)
    var sums = (ok: 0, refused: 0)
    for _ in 0..<400 {
      let count = Int.random(in: 0...12, using: &generator)
      let records = (0..<count).map { _ in
        let id = String(repeating: ["i", "\\n", "é"].randomElement(using: &generator)!, count: Int.random(in: 0...40, using: &generator))
        let payload = ["drop", "fail", "one", "big \(Int.random(in: 0...300, using: &generator))"].randomElement(using: &generator)!
        return TestRecord(id, payload, key: Bool.random(using: &generator) ? "data" : "kafkaRecordValue")
      }
      let least = 14 - (count > 0 ? 1 : 0) + records.reduce(0) { $0 + 42 + $1.id.utf8.count }
      let limit = least + Int.random(in: 0...600, using: &generator)
      let result = try transform(event(records), limit: limit)
      #expect(result.response.count <= limit)
      // In a debug build the transformer itself compares what it wrote with what it counted.
      #expect(result.report.bytesOut == result.response.count)
      let got = try answers(result.response)
      #expect(got.count == count)
      // A refused record would not have fitted beside failures for all that follow it.
      var used = 13
      for (index, record) in records.enumerated() {
        let payload = try #require(got.indices.contains(index) ? got[index] : nil)
        let rest = records[(index + 1)...].reduce(0) { $0 + 42 + $1.id.utf8.count }
        let size = payload.result == "Dropped" ? 33 : payload.result == "Ok" ? 38 + (record.key == "data" ? 0 : 12) : 42
        let encoded = payload.data.map { ($0.utf8.count + 2) / 3 * 4 } ?? 0
        used += size + record.id.utf8.count + encoded
        #expect(used + rest <= limit)
        if payload.result == "Ok" { sums.ok += 1 }
      }
      if count > 0 { #expect(used == result.response.count) }
      sums.refused += result.report.failures["no_room", default: 0]
    }
    #expect(sums.ok > 300 && sums.refused > 100)
  }

  @Test func `a record is refused only for lack of room, by a byte`() throws {
    let records = [TestRecord("a", "big 30"), TestRecord("b", "drop")]
    // {"records":[ 12, the first record 38 + 3 + 40 - 1 for the comma behind it, which is counted, the reserve 42 + 3, ]} 2.
    let exact = 13 + 38 + 3 + 40 + 42 + 3
    #expect(try answers(try transform(event(records), limit: exact).response).first?.result == "Ok")
    let refused = try transform(event(records), limit: exact - 1, wantsDetails: true)
    #expect(try answers(refused.response).map(\.result) == ["ProcessingFailed", "Dropped"])
    #expect(refused.report.details[0].failure == .noRoom(bytes: 30, room: 27))
    #expect(refused.report.failures == ["no_room": 1])
    #expect(refused.report.entries == 0)
  }

  @Test func `what fits beside a refused record is still delivered`() throws {
    let records = [TestRecord("a", "big 9000"), TestRecord("b", "big 3"), TestRecord("c", "big 9000"), TestRecord("d", "big 3")]
    let result = try transform(event(records), limit: 1000)
    #expect(try answers(result.response).map(\.result) == ["ProcessingFailed", "Ok", "ProcessingFailed", "Ok"])
  }

  @Test func `outputs of more than the usual limit are refused from there on`() throws {
    let records = (0..<100).map { TestRecord("r\($0)", "big 100000") }
    let result = try transform(event(records))
    #expect(result.response.count <= 6_000_000)
    #expect(result.response.count > 5_800_000)
    #expect(result.report.ok == 44)
    #expect(result.report.failures == ["no_room": 56])
    #expect(try answers(result.response).map(\.id) == records.indices.map { "r\($0)" })
  }

  @Test func `the largest request of tiny records keeps the rule`() throws {
    // 62 characters of id as the service writes them: 46,000 records are about 6,260,000 bytes.
    let records = (0..<46_000).map { number in
      let digits = "\(number)"
      return TestRecord(String(repeating: "4", count: 56 - digits.count) + digits + "000000", "x")
    }
    let body = event(records)
    #expect((6_000_000...6_600_000).contains(body.count))
    let result = try transform(body)
    #expect(result.response.count <= 6_000_000)
    #expect(result.report.records == 46_000)
    #expect(try answers(result.response).map { "\"\($0.id)\"" } == records.map(\.id))
  }

  @Test func `ids that fill the response get the hard limit, and beyond it there is no answer`() throws {
    let id = String(repeating: "i", count: 1_000_000)
    let six = (0..<6).map { _ in TestRecord(id, "one") }
    let result = try transform(event(six))
    #expect(try answers(result.response).map(\.result) == Array(repeating: "ProcessingFailed", count: 6))
    #expect((6_000_001...6_291_456).contains(result.response.count))
    let error = #expect(throws: TransformationError.self) { try transform(event(six + [TestRecord(id, "one")])) }
    #expect(error?.code == .tooManyRecords)
  }

  @Test func `a limit beyond the hard one counts as that`() throws {
    let result = try transform(event((0..<100).map { TestRecord("r\($0)", "big 100000") }), limit: 20_000_000)
    #expect(result.response.count <= 6_291_456)
    #expect(result.report.ok == 47)
  }
}
