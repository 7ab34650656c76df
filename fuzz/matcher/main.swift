import FormatTestSupport
import Fuzzing
import LogFormats

/// A pattern up to the first line feed, then a text: the compiled matcher must take what the reference takes.
final class MatcherFuzzing: FuzzTarget {
  func run(_ bytes: [UInt8]) {
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")), end <= 160, bytes.count - end <= 600,
      let source = String(validating: bytes[..<end], as: UTF8.self),
      let format = try? LogFormatReader.read(PatternGenerator.format([source]), path: "fuzz.yaml"), format.events.count == 1
    else { return }
    let pattern = format.events[0].events[0].pattern
    guard var probe = try? MatchProbe(pattern) else { return }
    var text = Array(bytes[(end + 1)...])
    // Only patterns that take line feeds are tried on texts that hold some.
    if !pattern.isOfSeveralLines, let end = text.firstIndex(of: UInt8(ascii: "\n")) { text.removeSubrange(end...) }
    var reference = ReferenceMatcher(pattern)
    let expected = reference.match(text)
    let taken = probe.match(text)
    if taken != expected {
      Fuzzer.fail(Difference(pattern: pattern.source, text: text, compiled: taken, reference: expected).description)
    }
  }
}

Fuzzer.run(MatcherFuzzing.self)
