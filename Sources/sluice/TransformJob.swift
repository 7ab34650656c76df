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
    let names = formatNames(command.format)
    try selection.keep(names)
    let catalog = try selection.compile()
    let inputs = command.files.isEmpty ? ["-"] : command.files
    let sink = try OutputSink(path: command.output, inputs: inputs)
    var options = PipelineOptions()
    options.zone = command.zone
    options.day = command.date.map { Int64(daysFromCivil(year: $0.year, month: $0.month, day: $0.day)) }
    let single = names.isEmpty || catalog.formatNames.count > 1 ? nil : try selection.formats()[0]
    self.catalog = catalog
    self.inputs = inputs
    self.options = options
    self.sink = sink
    strict = command.strict
    output = OutputChoice(form: command.to, sourceLines: command.sourceLines, singleFormat: single)
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
  /// What works on one input: decoder, judge, stream.
  private struct InputState: ~Copyable {
    let name: String
    var decoder = StreamDecoder()
    var window = ByteOutput(capacity: StreamDecoder.windowBytes)
    var judge = TextJudge()
    var stream: EnvelopeStream
    /// An input that is one record and can only be read as a whole; nil for any other. Undecided before the first bytes.
    var isRecord: Bool?
    var record = ByteOutput(capacity: 0)

    init(name: String, stream: consuming EnvelopeStream) {
      self.name = name
      self.stream = stream
    }
  }

  private mutating func transform(_ path: String) throws {
    var input = try FileInput(path: path)
    if input.isTerminal { Console.report("reading from the terminal; end with Ctrl-D") }
    // A date that was stated is when the lines arrived, too.
    let arrival = options.day.map { $0 * 86_400 } ?? input.arrival
    let entries = EntryStream(
      catalog: catalog, options: options, writer: output.writer(for: catalog), arrival: arrival, name: path == "-" ? "" : path)
    var work = InputState(name: input.name, stream: EnvelopeStream(entries, arrival: arrival))
    if needsHeader { work.stream.appendHeader(into: &sink.buffer) }
    needsHeader = false
    defer { unparsed += work.stream.report.unparsed }
    var bytesRead = 0
    while true {
      if input.isRegular, work.stream.isText, work.isRecord == false, work.decoder.passesThrough {
        let count = try readText(input, &work)
        bytesRead += count
        progress.update(name: input.name, bytes: bytesRead, entries: work.stream.report.entries)
        if count > 0 { continue }
        return try finish(&work, arrival: input.arrival)
      }
      if input.isSilent { try sink.flush() }
      switch try input.read() {
      case .bytes:
        bytesRead += input.bytes.count
        if work.decoder.passesThrough, work.isRecord == false {
          try append(input.bytes.span, to: &work)
        } else {
          work.decoder.append(input.bytes.span)
          try appendDecoded(to: &work)
        }
        progress.update(name: input.name, bytes: bytesRead, entries: work.stream.report.entries)
      case .paused:
        work.stream.pause(into: &sink.buffer)
      case .end:
        work.decoder.finish()
        try appendDecoded(to: &work)
        try finish(&work, arrival: input.arrival)
        return
      }
    }
  }

  /// Reads the next piece of a file straight to where it is looked at; answers its bytes, 0 at the end.
  private mutating func readText(_ input: borrowing FileInput, _ work: inout InputState) throws -> Int {
    var judge = work.judge
    var count = 0
    var isText = true
    try work.stream.append(into: &sink.buffer) { text throws(FileError) in
      let before = text.count
      count = try input.read(upTo: min(judge.roomInBlock, FileInput.readSize), into: &text)
      isText = judge.accepts(text.span.extracting(before..<text.count))
      if !isText { text.truncate(to: before) }
    }
    work.judge = judge
    guard isText else {
      try deliver(&work)
      throw InputFailure.notText(work.name)
    }
    try sink.writeIfFull()
    return count
  }

  /// Hands on what the decoder has, a window at a time. What came before a mistake is delivered.
  private mutating func appendDecoded(to work: inout InputState) throws {
    var window = ByteOutput(capacity: 0)
    swap(&window, &work.window)
    defer { swap(&window, &work.window) }
    window.removeAll()
    do {
      while try work.decoder.decode(into: &window) {
        try append(window.span, to: &work)
        window.removeAll()
      }
    } catch let error as CodecError {
      try deliver(&work)
      throw InputFailure.rest(of: work.name, error.description)
    }
  }

  /// Hands text on in pieces that end with the blocks that are judged.
  private mutating func append(_ bytes: Span<UInt8>, to work: inout InputState) throws {
    let isRecord = work.isRecord ?? RecordPipeline.mustBeWhole(bytes)
    work.isRecord = isRecord
    if isRecord { return try collect(bytes, to: &work) }
    var start = 0
    while start < bytes.count {
      let end = min(start + work.judge.roomInBlock, bytes.count)
      let piece = bytes.extracting(start..<end)
      guard work.judge.accepts(piece) else {
        try deliver(&work)
        throw InputFailure.notText(work.name)
      }
      do throws(RecordFailure) {
        try work.stream.append(piece, into: &sink.buffer)
      } catch {
        throw InputFailure.rest(of: work.name, error.description)
      }
      try sink.writeIfFull()
      start = end
    }
  }

  private mutating func finish(_ work: inout InputState, arrival: Int64) throws {
    if work.isRecord == true { return try transformRecord(&work, arrival: arrival) }
    try finishStream(&work)
    guard work.judge.acceptsEnd else { throw InputFailure.notText(work.name) }
  }

  /// What came before a mistake is complete; an envelope that the mistake cut is part of it.
  private mutating func deliver(_ work: inout InputState) throws(FileError) {
    try? work.stream.finish(into: &sink.buffer)
    try sink.writeIfFull()
  }

  /// The input is complete.
  private mutating func finishStream(_ work: inout InputState) throws {
    do throws(RecordFailure) {
      try work.stream.finish(into: &sink.buffer)
    } catch {
      throw InputFailure.rest(of: work.name, error.description)
    }
    try sink.writeIfFull()
  }

  private func collect(_ bytes: Span<UInt8>, to work: inout InputState) throws {
    let limit = options.maximumDecodedBytes
    guard work.record.count + bytes.count <= limit else {
      throw InputFailure(message: "\(work.name): one record of more than \(limit) bytes; nothing of it is transformed")
    }
    work.record.append(bytes)
  }

  /// An input that is a record as a delivery stream has them.
  private mutating func transformRecord(_ work: inout InputState, arrival: Int64) throws {
    let source = work.name == "standard input" ? "" : work.name
    var pipeline = RecordPipeline(catalog: catalog, options: options, writer: output.writer(for: catalog), name: source)
    let report = pipeline.transform(record: work.record.span, arrival: arrival * 1000, into: &sink.buffer)
    unparsed += report.unparsed
    if case .failed(let failure) = report.outcome {
      throw InputFailure(message: "\(work.name): \(failure.description); nothing of it is transformed")
    }
    try sink.writeIfFull()
  }
}

extension InputFailure {
  /// The input is broken behind what was delivered.
  static func rest(of name: String, _ reason: String) -> InputFailure {
    InputFailure(message: "\(name): \(reason); what stands before that is in the output, the rest is not")
  }

  static func notText(_ name: String) -> InputFailure {
    InputFailure(message: "\(name): not text (over 5 % control bytes in 64 KiB); the rest of it is not transformed: give it a log")
  }
}
