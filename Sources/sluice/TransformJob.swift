import LogBytes
import LogCodecs
import LogFormats
import LogOutput
import LogPipeline

/// A transformation that is ready to run: what `TransformCommand` means.
struct TransformJob: ~Copyable {
  private let inputs: [String]
  private let strict: Bool
  private let catalog: CompiledCatalog
  private let options: PipelineOptions
  private let output: OutputChoice
  private var sink: OutputSink
  private var progress: Progress
  private var status = ExitStatus.success
  private var unparsed = 0
  private var needsHeader = true

  init(_ command: borrowing TransformCommand) throws {
    var selection = try FormatSelection(folder: command.formats)
    try selection.keep(command.formatNames)
    let catalog = try selection.compile()
    let inputs = command.files.isEmpty ? ["-"] : command.files
    let sink = try OutputSink(path: command.output, inputs: inputs)
    var options = PipelineOptions()
    options.zone = command.zone
    options.day = command.date.map { Int64(daysFromCivil(year: $0.year, month: $0.month, day: $0.day)) }
    let isSingle = !command.formatNames.isEmpty && selection.formats.count == 1
    self.catalog = catalog
    self.inputs = inputs
    self.options = options
    self.sink = sink
    strict = command.strict
    output = OutputChoice(form: command.to, sourceLines: command.sourceLines, singleFormat: isSingle ? selection.formats[0] : nil)
    progress = Progress(dataOnTerminal: command.output == nil && POSIXFile.standardOutput().isTerminal)
  }

  /// Transforms the inputs one after the other; one that fails does not stop the others. Throws what ends all of them: an output that
  /// cannot be written.
  mutating func run() throws {
    for path in inputs {
      do {
        try transform(path)
      } catch let error as FileError where error.operation == .read {
        report(message(for: error), status: .usageOrFile)
      } catch let error as InputFailure {
        report(error.message, status: .inputFailed)
      }
    }
    try sink.flush()
    progress.clear()
    if strict, unparsed > 0 {
      throw CommandError(
        "\(unparsed) \(unparsed == 1 ? "entry" : "entries") matched no format (--strict)", status: max(status, .inputFailed))
    }
    if status != .success { throw CommandError("", status: status) }
  }

  private mutating func report(_ message: String, status: ExitStatus) {
    progress.clear()
    Console.report(message)
    self.status = max(self.status, status)
  }

  /// A word that is no file may be a command that was mistyped.
  private func message(for error: FileError) -> String {
    if error.isMissing, !error.name.contains("/"), !error.name.contains("."),
      let command = nearest(error.name, among: SluiceCommand.commandNames)
    {
      return "\(error.name): no such file or command; did you mean 'sluice \(command)'?"
    }
    return error.message
  }
}

// MARK: - One input

extension TransformJob {
  private mutating func transform(_ path: String) throws {
    var input = try FileInput(path: path)
    if input.isTerminal { Console.report("reading from the terminal; end with Ctrl-D") }
    var stream = EntryStream(
      catalog: catalog, options: options, writer: output.writer(for: catalog), arrival: input.arrival, name: path == "-" ? "" : path)
    if needsHeader { stream.appendHeader(into: &sink.buffer) }
    needsHeader = false
    defer { unparsed += stream.report.unparsed }
    var judge = TextJudge()
    var decoder = StreamDecoder()
    var window = ByteOutput(capacity: StreamDecoder.windowBytes)
    var bytesRead = 0
    while true {
      if input.isSilent { try sink.flush() }
      switch try input.read() {
      case .bytes:
        bytesRead += input.bytes.count
        if decoder.passesThrough {
          try append(input.bytes.span, to: &stream, judge: &judge, name: input.name)
        } else {
          decoder.append(input.bytes.span)
          try appendDecoded(&decoder, through: &window, to: &stream, judge: &judge, name: input.name)
        }
        progress.update(name: input.name, bytes: bytesRead, entries: stream.report.entries)
      case .paused:
        stream.pause(into: &sink.buffer)
      case .end:
        decoder.finish()
        try appendDecoded(&decoder, through: &window, to: &stream, judge: &judge, name: input.name)
        stream.finish(into: &sink.buffer)
        try sink.writeIfFull()
        guard judge.acceptsEnd else { throw InputFailure.notText(input.name) }
        return
      }
    }
  }

  /// Hands on what the decoder has, a window at a time. What came before a mistake is delivered.
  private mutating func appendDecoded(
    _ decoder: inout StreamDecoder, through window: inout ByteOutput, to stream: inout EntryStream, judge: inout TextJudge, name: String
  ) throws {
    do {
      while try decoder.decode(into: &window) {
        try append(window.span, to: &stream, judge: &judge, name: name)
        window.removeAll()
      }
    } catch let error as CodecError {
      stream.finish(into: &sink.buffer)
      throw InputFailure(message: "\(name): \(error.description); what stands before that is in the output, the rest is not")
    }
  }

  /// Hands text on in pieces that end with the blocks that are judged.
  private mutating func append(
    _ bytes: Span<UInt8>, to stream: inout EntryStream, judge: inout TextJudge, name: String
  ) throws {
    var start = 0
    while start < bytes.count {
      let end = min(start + judge.roomInBlock, bytes.count)
      let piece = bytes.extracting(start..<end)
      guard judge.accepts(piece) else {
        stream.finish(into: &sink.buffer)
        throw InputFailure.notText(name)
      }
      stream.append(piece, into: &sink.buffer)
      try sink.writeIfFull()
      start = end
    }
  }
}

extension InputFailure {
  static func notText(_ name: String) -> InputFailure {
    InputFailure(message: "\(name): not text (over 5 % control bytes in 64 KiB); the rest of it is not transformed: give it a log")
  }
}
