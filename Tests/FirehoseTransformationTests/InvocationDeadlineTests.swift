import FirehoseTransformation
import TestSupport
import Testing

@testable import struct FirehoseTransformation.InvocationDeadline

struct InvocationDeadlineTests {
  @Test(
    arguments: [
      (left: 0, margin: 0), (left: 300, margin: 150), (left: 1000, margin: 500), (left: 3000, margin: 500), (left: 10_000, margin: 500),
      (left: 20_000, margin: 1000), (left: 60_000, margin: 2000), (left: 300_000, margin: 2000),
    ] as [(left: Int64, margin: Int64)])
  func `the margin follows the time that is left`(left: Int64, margin: Int64) {
    #expect(InvocationDeadline.margin(left: left) == margin)
  }

  @Test func `records that cannot begin in time fail, and the response is whole`() throws {
    let clock = TestClock()
    // 10 s left: 500 ms of margin. The third record ends behind that.
    let records = [
      TestRecord("a", "slow 4000"), TestRecord("b", "slow 4000"), TestRecord("c", "slow 1600"), TestRecord("d", "drop"),
      TestRecord("e", "x"),
    ]
    let result = try transform(event(records), deadline: clock.now + 10_000, clock: clock, wantsDetails: true)
    #expect(try answers(result.response).map(\.result) == ["Ok", "Ok", "Ok", "ProcessingFailed", "ProcessingFailed"])
    #expect(result.report.failures == ["no_time": 2])
    #expect(result.report.details.map(\.failure) == [nil, nil, nil, .noTime, .noTime])
  }

  @Test func `a record may begin until the margin, not at it`() throws {
    for (first, second) in [(9499, "Ok"), (9500, "ProcessingFailed")] {
      let clock = TestClock()
      let result = try transform(
        event([TestRecord("a", "slow \(first)"), TestRecord("b", "x")]), deadline: clock.now + 10_000, clock: clock)
      #expect(try answers(result.response).map(\.result) == ["Ok", second])
    }
  }

  @Test func `a deadline that is over fails everything, and none fails nothing`() throws {
    let clock = TestClock()
    let records = [TestRecord("a", "slow 999999"), TestRecord("b", "x")]
    #expect(
      try answers(try transform(event(records), deadline: clock.now - 1, clock: clock).response).allSatisfy {
        $0.result == "ProcessingFailed"
      })
    #expect(try answers(try transform(event(records), deadline: nil, clock: clock).response).allSatisfy { $0.result == "Ok" })
  }
}
