import FirehoseTransformation
import LambdaRuntimeClient
import LogBytes
import LogFormats
import LogOutput
import LogPipeline

/// Joins the transformation of Firehose's events to the Runtime API.
final class TransformationResponder: InvocationResponder {
  private var transformer: FirehoseTransformer
  private var output = ByteOutput(capacity: 1 << 16)

  /// All formats of the catalogue, JSON Lines, nothing dropped.
  init() throws(InvocationFailure) {
    let catalog: CompiledCatalog
    do throws(FormatDiagnostic) {
      catalog = try FormatCatalog.compile()
    } catch {
      throw InvocationFailure(reason: "FormatNotUnderstood", message: error.description)
    }
    transformer = FirehoseTransformer(pipeline: RecordPipeline(catalog: catalog, writer: .jsonLines(JSONLinesWriter())))
  }

  func respond(to invocation: borrowing Invocation, into response: inout ResponseBody) throws(InvocationFailure) -> InvocationReport {
    output.removeAll()
    do throws(TransformationError) {
      let report = try transformer.transform(event: invocation.body, deadline: invocation.deadline, into: &output)
      Self.append(output, to: &response)
      return InvocationReport(report)
    } catch {
      throw InvocationFailure(reason: error.code.rawValue, message: error.description)
    }
  }

  /// The output is lent to a parameter: a span of a class's property does not live long enough.
  private static func append(_ output: borrowing ByteOutput, to response: inout ResponseBody) {
    response.append(output.span)
  }
}

extension InvocationReport {
  /// What an operator watches: records by their result, failures by their reason, entries.
  init(_ report: TransformationReport) {
    self.init(
      counts: [
        "records": report.records, "ok": report.ok, "dropped": report.dropped, "failed": report.failed, "entries": report.entries,
        "unparsed": report.unparsed, "events": report.events,
      ],
      note: report.firstFailure.map { "first failure: \($0.description)" })
    for (reason, count) in report.failures { counts["failed_\(reason)"] = count }
  }
}
