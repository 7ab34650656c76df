import FirehoseTransformation
import LogBytes
import LogPipeline
import Synchronization

/// A clock that a test moves.
final class TestClock: Sendable {
  private let time: Mutex<Int64>

  init(_ start: Int64 = 1_700_000_000_000) {
    time = Mutex(start)
  }

  var now: Int64 { time.withLock { $0 } }

  func move(_ milliseconds: Int64) {
    time.withLock { $0 += milliseconds }
  }
}

/// Does what the record says, so that a test needs no formats: `drop`, `fail`, `big N` (N bytes of `x`), `slow N` (the clock moves N
/// milliseconds), `arrival` (answers the arrival it was given); anything else comes back between `<` and `>`.
struct StandInPipeline: RecordTransforming, ~Copyable {
  let clock: TestClock

  mutating func transform(record: Span<UInt8>, arrival: Int64, room: Int, into output: inout ByteOutput) -> RecordReport {
    var report = RecordReport()
    let text = String(decoding: (0..<record.count).map { record[$0] }, as: UTF8.self)
    let words = text.split(separator: " ")
    switch words.first {
    case "drop": return report
    case "fail":
      report.outcome = .failed(.codec("corrupt gzip data (byte 3)"))
      return report
    case "big":
      for _ in 0..<Int(words[1])! { output.append(UInt8(ascii: "x")) }
    case "slow":
      clock.move(Int64(words[1])!)
      output.append(text)
    case "arrival": output.append("\(arrival)")
    default:
      output.append("<")
      output.append(record)
      output.append(">")
    }
    report.outcome = .ok
    report.entries = 1
    return report
  }
}
