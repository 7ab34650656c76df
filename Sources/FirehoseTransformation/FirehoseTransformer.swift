public import LogBytes
public import LogPipeline

/// The whole transformation: an event in, a response out. Reused for all invocations of a function's life.
///
///     event ─▶ TransformationEvent ─▶ each record: RecordTransformer ─▶ ResponseBudget ─▶ TransformationResponseWriter ─▶ response
///
/// Each record gets one verdict, in the order of the event, and what is wrong with one harms no other.
public struct FirehoseTransformer: ~Copyable {
  private var transformer: EventTransformer<RecordPipeline>

  /// - Parameters:
  ///   - limit: the bytes a response may take; more than 6,291,456 count as that.
  ///   - now: milliseconds since 1970.
  public init(
    pipeline: consuming RecordPipeline, limit: Int = 6_000_000, now: @escaping @Sendable () -> Int64 = WallClock.milliseconds
  ) {
    transformer = EventTransformer(pipeline: pipeline, limit: limit, now: now)
  }

  /// Transforms an event; the response is appended.
  ///
  /// - Parameters:
  ///   - deadline: when the service will end the function, in milliseconds since 1970; records that could not be begun in time before it
  ///     are `ProcessingFailed`. Nil for none.
  ///   - wantsDetails: whether the report says something about each record.
  /// - Throws: if the event is none of Firehose's; nothing is appended then.
  public mutating func transform(
    event: Span<UInt8>, deadline: Int64?, wantsDetails: Bool = false, into response: inout ByteOutput
  ) throws(TransformationError) -> TransformationReport {
    try transformer.transform(event: event, deadline: deadline, wantsDetails: wantsDetails, into: &response)
  }
}

/// `FirehoseTransformer` over any pipeline.
package struct EventTransformer<Pipeline: RecordTransforming & ~Copyable>: ~Copyable {
  private var event = TransformationEvent()
  private var transformer: RecordTransformer<Pipeline>
  private let limit: Int
  private let now: @Sendable () -> Int64

  package init(pipeline: consuming Pipeline, limit: Int = 6_000_000, now: @escaping @Sendable () -> Int64 = WallClock.milliseconds) {
    transformer = RecordTransformer(pipeline)
    self.limit = limit
    self.now = now
  }

  package mutating func transform(
    event bytes: Span<UInt8>, deadline: Int64?, wantsDetails: Bool = false, into response: inout ByteOutput
  ) throws(TransformationError) -> TransformationReport {
    let deadline = InvocationDeadline(deadline, now: now())
    try event.read(bytes)
    guard var budget = ResponseBudget(records: event.records.count, idBytes: event.idBytes, limit: limit) else {
      throw TransformationError(
        .tooManyRecords,
        "the ids of \(event.records.count) records do not fit into a response of \(ResponseBudget.hardLimit) bytes: lower the buffer size of "
          + "the stream's transformation")
    }
    var report = TransformationReport()
    report.source = event.source
    report.bytesIn = bytes.count
    let start = response.count
    var writer = TransformationResponseWriter()
    writer.begin(&response)
    for record in event.records {
      let isLate = deadline.isNear(now)
      answer(record, bytes, isLate: isLate, &budget, &writer, &response, &report, wantsDetails)
    }
    writer.end(&response)
    report.bytesOut = response.count - start
    // The budget counts what the writer writes.
    assert(report.bytesOut == budget.used, "the response is not as large as was counted")
    return report
  }

  /// Gives one record its verdict.
  private mutating func answer(
    _ record: TransformationRecord, _ bytes: Span<UInt8>, isLate: Bool, _ budget: inout ResponseBudget,
    _ writer: inout TransformationResponseWriter, _ response: inout ByteOutput, _ report: inout TransformationReport, _ wantsDetails: Bool
  ) {
    let id = bytes.extracting(record.id)
    var found = RecordReport()
    let room = budget.room(id: id.count, isKafka: record.isKafka)
    var failure = isLate ? TransformationFailure.noTime : transformer.transform(record, of: bytes, now: now, room: room, report: &found)
    let count = isLate ? 0 : transformer.output.count
    var result = count > 0 ? TransformationResult.ok : .dropped
    if failure == nil, result == .ok, !budget.takeOk(id: id.count, data: count, isKafka: record.isKafka) {
      failure = .noRoom(bytes: count, room: room)
    }
    if failure != nil { result = .processingFailed }
    switch result {
    case .ok: writer.appendOk(id: id, data: transformer.output.span, isKafka: record.isKafka, to: &response)
    case .dropped:
      budget.takeDropped(id: id.count)
      writer.appendDropped(id: id, to: &response)
    case .processingFailed:
      budget.takeFailed(id: id.count)
      writer.appendFailed(id: id, to: &response)
    }
    report.count(result, failure, found)
    if wantsDetails {
      report.details.append(
        TransformationDetail(
          id: id.count > 0 && id[0] == ASCII.quote ? plain(id.extracting(1..<id.count - 1)) : plain(id), result: result, failure: failure,
          record: found, bytesIn: isLate ? 0 : transformer.payloadBytes, bytesOut: result == .ok ? count : 0))
    }
  }
}

extension TransformationReport {
  mutating func count(_ result: TransformationResult, _ failure: TransformationFailure?, _ found: RecordReport) {
    records += 1
    switch result {
    case .ok:
      ok += 1
      entries += found.entries
      unparsed += found.unparsed
      events += found.events
    case .dropped: dropped += 1
    case .processingFailed: failed += 1
    }
    guard let failure else { return }
    failures[failure.name, default: 0] += 1
    switch failure {
    case .noRoom, .noTime: break
    default: if firstFailure == nil { firstFailure = failure }
    }
  }
}
