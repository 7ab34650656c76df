import FirehoseTransformation
import Fuzzing
import LogBytes
import LogFormats
import LogJSON
import LogPipeline

/// Any bytes as an event of Firehose: an error, or a response that is JSON with an answer for each record.
final class EventFuzzing: FuzzTarget {
  private var transformer: FirehoseTransformer

  init() throws {
    // Two formats are enough: the pipeline has a target of its own.
    let formats = try FormatCatalog.readEmbedded().filter { ["minecraft-java", "json"].contains($0.name) }
    let catalog = try CompiledCatalog(formats)
    transformer = FirehoseTransformer(pipeline: RecordPipeline(catalog: catalog), now: { 1_787_313_600_000 })
  }

  func run(_ bytes: [UInt8]) {
    var response = ByteOutput(capacity: 64)
    let report: TransformationReport
    do throws(TransformationError) {
      report = try transformer.transform(event: bytes.span, deadline: nil, wantsDetails: true, into: &response)
    } catch {
      Fuzzer.expect(response.isEmpty && !error.description.isEmpty, "an error behind a response")
      return
    }
    Fuzzer.expect(JSONScanning.scanValue(response.span, from: 0) == response.count, "the response is no JSON")
    Fuzzer.expect(report.bytesOut == response.count, "the response is not as large as was counted")
    Fuzzer.expect(
      report.ok + report.dropped + report.failed == report.records && report.details.count == report.records, "a record without answer")
    Fuzzer.expect(records(response.span) == report.records, "the response has another number of records")
  }

  /// How many elements the member `records` has.
  private func records(_ response: Span<UInt8>) -> Int {
    var members = JSONMembers(object: 0)
    guard case .value = members.next(in: response, after: 0) else { return -1 }
    var elements = JSONElements(array: members.value)
    var end = 0
    var count = 0
    while case .value = elements.next(in: response, after: end) {
      end = JSONScanning.scanValue(response, from: elements.value)
      count += 1
    }
    return count
  }
}

Fuzzer.run(EventFuzzing.self)
