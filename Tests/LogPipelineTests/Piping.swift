import LogBytes
import LogFormats
import LogOutput
import TestSupport
import Testing

@testable import LogPipeline

/// All formats, compiled once.
let allFormats: CompiledCatalog = {
  // The embedded formats are right: their own tests say so.
  try! CompiledCatalog(FormatCatalog.readEmbedded())
}()

/// What a record gave.
struct Piped {
  var report: RecordReport
  var output: [UInt8]

  var lines: [String] { String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init) }

  /// The values of `"message"`, as JSON wrote them.
  var messages: [String] { lines.map { member("message", of: $0) ?? "?" } }

  var failure: String? {
    if case .failed(let failure) = report.outcome { failure.description } else { nil }
  }
}

/// The text of a member without quotes, escapes as they are; nil if there is none.
func member(_ name: String, of line: String) -> String? {
  guard let start = line.range(of: "\"\(name)\":\"")?.upperBound else { return nil }
  var value = ""
  var isEscaped = false
  for character in line[start...] {
    if !isEscaped, character == "\"" { return value }
    isEscaped = !isEscaped && character == "\\"
    value.append(character)
  }
  return nil
}

extension String {
  fileprivate func range(of other: String) -> Range<Index>? { ranges(of: other).first }
}

/// 2026-08-21T12:00:00Z, in milliseconds.
let noon: Int64 = 1_787_313_600_000

func piped(_ record: [UInt8], arrival: Int64 = noon, options: PipelineOptions = PipelineOptions()) -> Piped {
  var pipeline = RecordPipeline(catalog: allFormats, options: options)
  // What was there before stays.
  var output = ByteOutput()
  output.append("before")
  let report = pipeline.transform(record: record.span, arrival: arrival, into: &output)
  let all = bytes(output)
  #expect(all.starts(with: bytes("before")))
  let given = Array(all.dropFirst(6))
  switch report.outcome {
  case .ok: #expect(given.last == ASCII.lineFeed && (given.count < 2 || given[given.count - 2] != ASCII.lineFeed))
  case .dropped, .failed: #expect(given.isEmpty)
  }
  return Piped(report: report, output: given)
}

func piped(_ record: String) -> Piped { piped(bytes(record)) }

/// What a stream gave: its output, and what it threw.
struct Streamed: Equatable {
  var output: [UInt8] = []
  var failure: String?
  var entries = 0
}

func streamed(_ parts: [[UInt8]], limit: Int = 64 << 20) -> Streamed {
  var result = Streamed()
  var output = ByteOutput()
  let entries = EntryStream(catalog: allFormats, writer: .jsonLines(JSONLinesWriter()), arrival: noon / 1000)
  var stream = EnvelopeStream(entries, arrival: noon / 1000, limit: limit)
  do throws(RecordFailure) {
    for part in parts { try stream.append(part.span, into: &output) }
    try stream.finish(into: &output)
  } catch {
    result.failure = error.description
  }
  result.output = bytes(output)
  result.entries = stream.report.entries
  return result
}

func isMeant(_ text: [UInt8]) -> Bool { CloudWatchEnvelope.isMeant(text.span) }
