import LogBytes
import TestSupport
import Testing

@testable import LogPipeline

/// Aggregates of the Kinesis Producer Library.
struct KPLAggregateTests {
  /// One record `data`, key `partition_key`: the bytes of the library's own documentation.
  private static let one = "84mawgoNcGFydGl0aW9uX2tleRoICAAaBGRhdGHQNpnaWiIvoyEIrRvZVaFO"
  private static let two = "84mawgoBYQoBYhoOCAAaCmZpcnN0IGxpbmUaDwgBGgtzZWNvbmQgbGluZSJYashO+8qV/yQ0R1R4gOI="

  private func base64(_ text: String) -> [UInt8] {
    var output = ByteOutput()
    #expect(Base64.decode(bytes(text).span, into: &output))
    return bytes(output)
  }

  /// A protobuf field of bytes.
  private func field(_ number: Int, _ content: [UInt8]) -> [UInt8] {
    variable(number << 3 | 2) + variable(content.count) + content
  }

  private func variable(_ value: Int) -> [UInt8] {
    value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7f) | 0x80] + variable(value >> 7)
  }

  private func record(_ data: [UInt8]) -> [UInt8] {
    field(3, [8, 0] + field(3, data))
  }

  private func aggregate(_ message: [UInt8]) -> [UInt8] {
    let digest = md5(message.span)
    return [0xf3, 0x89, 0x9a, 0xc2] + message + littleEndian(digest.low) + littleEndian(digest.high)
  }

  private func aggregate(of records: [[UInt8]]) -> [UInt8] {
    aggregate(field(1, bytes("key")) + records.flatMap(record))
  }

  private func data(_ bytes: [UInt8]) -> [[UInt8]]? {
    KPLAggregate(bytes.span)?.records.map { Array(bytes[$0]) }
  }

  @Test func `the vectors`() {
    #expect(base64(Self.one).count == 45)
    #expect(data(base64(Self.one)) == [bytes("data")])
    #expect(data(base64(Self.two)) == [bytes("first line"), bytes("second line")])
    let result = piped(base64(Self.two))
    #expect(result.report.outcome == .ok)
    #expect(result.report.envelope == "kpl")
    #expect(result.messages == ["first line", "second line"])
    #expect(result.report.entries == 2)
  }

  @Test func `a changed bit anywhere makes it ordinary bytes`() {
    let whole = base64(Self.two)
    for index in whole.indices {
      for bit in 0..<8 {
        var changed = whole
        changed[index] ^= 1 << UInt8(bit)
        #expect(data(changed) == nil)
      }
    }
    // Ordinary bytes here are no text; where control bytes are few they are.
    var changed = base64(Self.one)
    changed[changed.count - 1] ^= 1
    #expect(piped(changed).failure?.hasPrefix("not text") == true)
    var text = aggregate(of: [[UInt8](repeating: 0x61, count: 500)])
    text[text.count - 1] ^= 1
    #expect(piped(text).report.outcome == .ok)
    #expect(piped(text).report.envelope == nil)
    #expect(piped(text).lines.joined().contains("aaaaaaaaaa"))
  }

  @Test func `a cut at any byte makes it ordinary bytes`() {
    let whole = base64(Self.two)
    for end in 0..<whole.count {
      #expect(data(Array(whole[..<end])) == nil)
      #expect(piped(Array(whole[..<end])).report.envelope == nil)
    }
    #expect(data(whole + [0]) == nil)
  }

  @Test func `messages that are no aggregate, under a right digest`() {
    let good = record(bytes("a line"))
    for broken in [
      [0x1a], [0x1a, 5], [0x1a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1], good + [0x1a], Array(good.dropLast()),
      // A field of number 0, types that are none, a group, numbers that are cut.
      [0x02, 0], [0x1e], [0x1b], [0x08], [0x09, 1, 2, 3], [0x0d, 1, 2, 3], good + [0x0f, 0],
      // A record without data, and one that is broken inside.
      field(3, [8, 0]), field(3, []), field(3, [8]), field(3, [0x1a, 9, 1]), good + field(3, [8, 0]),
      // A length beyond the message, and one that would overflow.
      field(3, [0x1a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]),
    ] as [[UInt8]] {
      #expect(data(aggregate(broken)) == nil, "\(broken)")
    }
  }

  @Test func `what readers of protobuf accept is accepted`() {
    #expect(data(aggregate([])) == [])
    #expect(data(aggregate(of: [[]])) == [[]])
    // Unknown fields of all types, hash keys, tags, lengths written longer than need be, and data before the key's index.
    let tags = field(4, field(1, bytes("k")) + field(2, bytes("v")))
    let odd = field(3, field(3, bytes("x")) + [8, 1, 16, 0x80, 1] + tags + [0x79, 1, 2, 3, 4, 5, 6, 7, 8, 0x7d, 1, 2, 3, 4])
    #expect(data(aggregate([0x78, 5] + field(2, bytes("1")) + odd + field(99, [1, 2, 3]))) == [bytes("x")])
    #expect(data(aggregate([0x1a, 0x83, 0x80, 0x00, 0x1a, 0x81, 0x00, 0x61].enumerated().map { $0 == 1 ? 0x84 : $1 })) == [bytes("a")])
    #expect(data(aggregate(field(3, [8, 0] + field(3, bytes("old")) + field(3, bytes("new"))))) == [bytes("new")])
  }

  @Test func `records may be compressed, be envelopes, or be nothing`() {
    let control = bytes(#"{"messageType":"CONTROL_MESSAGE","logEvents":[]}"#)
    let log = bytes(#"{"messageType":"DATA_MESSAGE","logGroup":"/g","logEvents":[{"timestamp":1,"message":"from the group"}]}"#)
    let result = piped(
      aggregate(of: [storedGzip(bytes("one\ntwo")), [], control, storedGzip(storedGzip(log)), bytes("last"), storedGzip(bytes("again"))]))
    #expect(result.report.outcome == .ok)
    #expect(result.messages == ["one", "two", "from the group", "last", "again"])
    #expect(result.report.codecs == ["gzip"])
    #expect(result.report.envelope == "kpl cloudwatch")
    #expect(result.lines.map { member("log_group", of: $0) } == [nil, nil, "/g", nil, nil])
    #expect(piped(storedGzip(aggregate(of: [storedGzip(bytes("deep"))]))).messages == ["deep"])
    #expect(piped(aggregate(of: [[], control])).report.outcome == .dropped)
  }

  @Test func `records know nothing of each other`() {
    let line = bytes("[11:59:01] [Server thread/INFO]: Robin joined the game")
    let result = piped(aggregate(of: [line, bytes("\tat a.B.c(D.java:1)"), line]))
    #expect(result.lines.count == 3)
    #expect(result.report.formats == ["minecraft-java"])
    #expect(result.lines.filter { $0.contains("\"time\":\"2026-08-21T11:59:01Z\"") }.count == 2)
  }

  @Test func `what is wrong with one record fails all of them, and says which`() {
    let cut = Array(storedGzip(bytes("cut")).dropLast(2))
    #expect(
      piped(aggregate(of: [bytes("good"), cut, bytes("good")])).failure
        == "record 2 of 3 in the aggregate: gzip data end in the middle (byte \(cut.count + 1))")
    #expect(
      piped(aggregate(of: [bytes("good"), [1, 2, 3]])).failure == "record 2 of 2 in the aggregate: not text: 3 of 3 bytes are control bytes"
    )
    #expect(
      piped(aggregate(of: [bytes(#"{"messageType":"DATA_MESSAGE","logEvents":[{}]}"#)])).failure?.hasPrefix("record 1 of 1 in the") == true)
  }

  @Test func `an aggregate inside of an aggregate is bytes`() {
    #expect(piped(aggregate(of: [base64(Self.one)])).failure?.contains("not text") == true)
  }

  @Test func `the limit holds over all records`() {
    var options = PipelineOptions()
    options.maximumDecodedBytes = 1000
    let tenth = storedGzip([UInt8](repeating: 0x61, count: 100))
    #expect(piped(aggregate(of: Array(repeating: tenth, count: 10)), options: options).report.outcome == .ok)
    #expect(
      piped(aggregate(of: Array(repeating: tenth, count: 11)), options: options).failure
        == "record 11 of 11 in the aggregate: gzip data that make the record larger than 1000 bytes when decoded")
  }

  @Test func `thousands of records`() {
    let records = (0..<5000).map { bytes("line \($0)") }
    let result = piped(aggregate(of: records))
    #expect(result.messages == (0..<5000).map { "line \($0)" })
  }
}
