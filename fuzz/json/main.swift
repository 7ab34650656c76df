import Fuzzing
import LogBytes
import LogJSON

/// Any bytes as JSON: what scans, walks, explains and writes must agree on whether they are JSON.
final class JSONFuzzing: FuzzTarget {
  func run(_ bytes: [UInt8]) {
    let text = bytes.span
    let start = JSONScanning.skipBlanks(text, from: 0)
    let end = JSONScanning.scanValue(text, from: start)
    Fuzzer.expect(end == -1 || end > start && end <= text.count, "a value that ends at \(end)")
    let isJSON = end >= 0 && JSONScanning.skipBlanks(text, from: end) == text.count
    let error = JSONError.find(in: text)
    Fuzzer.expect(isJSON == (error == nil), "scanned as \(isJSON), explained as \(error?.message ?? "JSON")")
    if let error { Fuzzer.expect(error.offset >= 0 && error.offset <= text.count, "a mistake at \(error.offset) of \(text.count)") }
    let walked = walk(text, start, 0)
    Fuzzer.expect(walked == end, "walked to \(walked), scanned to \(end)")
    guard isJSON else { return }
    var output = ByteOutput(capacity: 64)
    output.appendMinified(text.extracting(start..<end))
    let minified = output.span
    Fuzzer.expect(JSONScanning.scanValue(minified, from: 0) == minified.count, "what was written is no JSON")
    Fuzzer.expect(isUTF8(minified), "what was written is no UTF-8")
    var again = ByteOutput(capacity: 64)
    again.appendMinified(minified)
    Fuzzer.expect(isSame(again.span, minified), "what was written is written otherwise the second time")
  }

  /// Where a value ends by the walks over members and elements; -1 if they find no value.
  private func walk(_ text: Span<UInt8>, _ start: Int, _ depth: Int) -> Int {
    guard start < text.count, let kind = JSONScanning.kind(of: text[start]) else { return -1 }
    guard kind == .object || kind == .array else { return JSONScanning.scanValue(text, from: start) }
    if depth == JSONScanning.greatestDepth { return -1 }
    var end = start
    if kind == .object {
      var members = JSONMembers(object: start)
      while true {
        switch members.next(in: text, after: end) {
        case .value: end = walk(text, members.value, depth + 1)
        case .ended: return members.end
        case .malformed: return -1
        }
      }
    }
    var elements = JSONElements(array: start)
    while true {
      switch elements.next(in: text, after: end) {
      case .value: end = walk(text, elements.value, depth + 1)
      case .ended: return elements.end
      case .malformed: return -1
      }
    }
  }

  private func isUTF8(_ text: Span<UInt8>) -> Bool {
    (try? UTF8Span(validating: text)) != nil
  }

  private func isSame(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
    left.count == right.count && left.indices.allSatisfy { left[$0] == right[$0] }
  }
}

Fuzzer.run(JSONFuzzing.self)
