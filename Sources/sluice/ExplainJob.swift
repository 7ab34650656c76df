import LogBytes
import LogCodecs
import LogFormats
import LogOutput
import LogPipeline

/// Explanations that are ready to be made. The entries come from the same pipeline that transforms; why each became what it is, a slow
/// second look finds out.
struct ExplainJob {
  private let inputs: [String]
  private let line: [UInt8]?
  private let catalog: CompiledCatalog
  private let explainer: LineExplainer
  private var page: ExplanationPage
  private var status = ExitStatus.success

  init(_ command: borrowing ExplainCommand) throws {
    var selection = try FormatSelection(folder: command.formats)
    try selection.keep(formatNames(command.format))
    inputs = command.files.isEmpty ? ["-"] : command.files
    line = command.line.map { Array($0.utf8) + [ASCII.lineFeed] }
    catalog = try selection.compile()
    explainer = LineExplainer(try selection.formats())
    page = ExplanationPage(explainer: explainer)
  }

  mutating func run() throws {
    if let line {
      var lines = RawLines()
      var stream = makeStream(arrival: currentTime(), name: "")
      var output = ByteOutput()
      lines.append(line.span)
      stream.append(line.span, into: &output)
      stream.finish(into: &output)
      try explain(&output, &lines, name: "")
      return
    }
    for path in inputs {
      do {
        try explain(path)
      } catch let error as FileError where error.operation == .read {
        Console.report(error.message)
        status = max(status, .usageOrFile)
      } catch let error as InputFailure {
        Console.report(error.message)
        status = max(status, .inputFailed)
      }
    }
    if status != .success { throw CommandError("", status: status) }
  }

  private func makeStream(arrival: Int64, name: String) -> EntryStream {
    EntryStream(catalog: catalog, writer: .jsonLines(JSONLinesWriter(sourceLines: true)), arrival: arrival, name: name)
  }

  private mutating func explain(_ path: String) throws {
    var input = try FileInput(path: path)
    if input.isTerminal { Console.report("reading from the terminal; end with Ctrl-D") }
    let name = input.name
    var stream = makeStream(arrival: input.arrival, name: path == "-" ? "" : path)
    var lines = RawLines()
    var output = ByteOutput()
    var decoder = StreamDecoder()
    var window = ByteOutput(capacity: StreamDecoder.windowBytes)
    while true {
      let outcome = try input.read()
      switch outcome {
      case .bytes: decoder.append(input.bytes.span)
      case .paused: stream.pause(into: &output)
      case .end: decoder.finish()
      }
      do {
        while try decoder.decode(into: &window) {
          lines.append(window.span)
          stream.append(window.span, into: &output)
          window.removeAll()
          try explain(&output, &lines, name: name)
        }
      } catch let error as CodecError {
        throw InputFailure(message: "\(name): \(error.description); what stands behind that is not explained")
      }
      if case .end = outcome { stream.finish(into: &output) }
      try explain(&output, &lines, name: name)
      if case .end = outcome { return }
    }
  }

  /// Explains the entries that have come out, and throws them away.
  private mutating func explain(_ output: inout ByteOutput, _ lines: inout RawLines, name: String) throws {
    let written = output.span.indices.map { output.span[$0] }
    output.removeAll()
    for line in written.split(separator: ASCII.lineFeed) {
      guard let entry = WrittenEntry(Array(line)) else { continue }
      let text = lines.take(from: entry.sourceLine, count: entry.sourceLines)
      try Console.writeOutput(page.text(of: entry, lines: text, input: name))
    }
  }
}

/// The lines of an input by their numbers, kept until their entries are explained.
struct RawLines {
  private var lines: [[UInt8]] = []
  private var rest: [UInt8] = []
  /// The number of the first line that is kept, from 1.
  private var first = 1

  mutating func append(_ bytes: Span<UInt8>) {
    for index in bytes.indices {
      if bytes[index] == ASCII.lineFeed {
        lines.append(rest)
        rest.removeAll(keepingCapacity: true)
      } else {
        rest.append(bytes[index])
      }
    }
  }

  /// The lines of an entry, cleaned. Lines long before them are forgotten: an inner stream's entries may come a little later than others.
  mutating func take(from number: Int, count: Int) -> [[UInt8]] {
    var result: [[UInt8]] = []
    for line in number..<number + count {
      let index = line - first
      // The last line of an input may end without LF.
      let text = index < lines.count ? (index >= 0 ? lines[index] : []) : rest
      result.append(LineText.cleaned(text.span))
    }
    let old = number - 10_000 - first
    if old > 1000 {
      lines.removeFirst(min(old, lines.count))
      first += min(old, lines.count)
    }
    return result
  }
}
