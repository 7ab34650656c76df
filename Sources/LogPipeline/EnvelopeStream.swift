public import LogBytes
import LogFormats

/// A stream that may begin with envelopes: an object of S3 that was made of untouched CloudWatch records is many JSON objects, one behind
/// the other, with line feeds between them or not. They are opened; what stands behind the last of them is text, as is a stream without.
///
/// An envelope is held until it is whole, any other stream not at all: its first bytes tell. What a stream gives is the same however it is
/// cut.
public struct EnvelopeStream: ~Copyable {
  private var entries: EntryStream
  private let arrival: Int64
  /// An envelope that would take more bytes is text.
  private let limit: Int
  /// What is not yet known to be an envelope or text.
  private var pending = ByteOutput(capacity: 1 << 12)
  private var end = ObjectEnd()
  private var envelope = CloudWatchEnvelope()
  /// What comes is text, whatever it is.
  public private(set) var isText = false

  /// - Parameters:
  ///   - arrival: seconds since 1970, for log events that do not say when they were.
  ///   - limit: bytes; CloudWatch Logs compresses an envelope into 1 MiB at most.
  public init(_ entries: consuming EntryStream, arrival: Int64, limit: Int = 16 << 20) {
    self.entries = entries
    self.arrival = arrival
    self.limit = limit
  }

  /// What the stream has given up to now.
  public var report: PipelineReport { entries.report }

  /// Writes what stands before the first entry of a file.
  public mutating func appendHeader(into output: inout ByteOutput) {
    entries.appendHeader(into: &output)
  }

  /// Adds a piece; entries that are complete are written.
  ///
  /// - Throws: for an envelope that is broken; what stands before it was delivered.
  public mutating func append(_ bytes: Span<UInt8>, into output: inout ByteOutput) throws(RecordFailure) {
    if isText { return entries.append(bytes, into: &output) }
    pending.append(bytes)
    try readPending(isLast: false, &output)
  }

  /// Lets `read` append the next piece to what the stream holds, which saves a copy. Requires `isText`.
  public mutating func append<Failure: Error>(
    into output: inout ByteOutput, _ read: (inout ByteOutput) throws(Failure) -> Void
  ) throws(Failure) {
    precondition(isText, "an envelope may follow")
    try entries.append(into: &output, read)
  }

  /// The pipe has paused: an open entry is written, so that it appears at once. An envelope is waited for.
  public mutating func pause(into output: inout ByteOutput) {
    if isText { entries.pause(into: &output) }
  }

  /// The stream ends.
  public mutating func finish(into output: inout ByteOutput) throws(RecordFailure) {
    if !isText { try readPending(isLast: true, &output) }
    entries.finish(into: &output)
  }

  private mutating func readPending(isLast: Bool, _ output: inout ByteOutput) throws(RecordFailure) {
    while !isText, !pending.isEmpty {
      if !isLast, CloudWatchEnvelope.isCutMark(pending.span) { return }
      let start = CloudWatchEnvelope.start(in: pending.span)
      if start == pending.count, !isLast, start < TextJudgement.pieceBytes { return }
      switch CloudWatchEnvelope.Front(pending.span, at: start) {
      case .envelope: break
      case .cut where !isLast: return
      case .cut, .other: return beText(&output)
      }
      guard let end = Self.find(&end, in: pending, from: start) else {
        if isLast, CloudWatchEnvelope.isMeant(pending.span) { throw .envelope("a CloudWatch envelope that ends in the middle") }
        if isLast || pending.count > limit || self.end.isTooDeep { beText(&output) }
        return
      }
      if end > limit { return beText(&output) }
      switch Self.read(&envelope, pending, from: start, arrival: arrival) {
      case .data: entries.append(envelope, into: &output)
      case .control: break
      case .incomplete(let event): throw .envelope("log event \(event) of a CloudWatch envelope has no message")
      case .malformed where CloudWatchEnvelope.isMeant(pending.span.extracting(start..<end)):
        throw .envelope("a CloudWatch envelope that is no JSON")
      case .malformed, .other: return beText(&output)
      }
      pending.removeFirst(end)
      self.end = ObjectEnd()
    }
  }

  private mutating func beText(_ output: inout ByteOutput) {
    isText = true
    var text = ByteOutput(capacity: 0)
    swap(&text, &pending)
    // Piece by piece, since memory follows the size of a piece.
    var at = 0
    while at < text.count {
      let end = min(at + TextJudgement.pieceBytes, text.count)
      entries.append(text.span.extracting(at..<end), into: &output)
      at = end
    }
  }

  // Parts of the stream that are lent out at the same time are parameters of their own.

  private static func find(_ end: inout ObjectEnd, in pending: borrowing ByteOutput, from start: Int) -> Int? {
    end.find(in: pending.span, from: start)
  }

  private static func read(
    _ envelope: inout CloudWatchEnvelope, _ pending: borrowing ByteOutput, from start: Int, arrival: Int64
  ) -> CloudWatchEnvelope.Outcome {
    envelope.read(pending.span, from: start, arrival: arrival * 1000).outcome
  }
}

/// Where an object ends, found while it comes: brackets are counted, strings passed over. Each byte is looked at once.
private struct ObjectEnd {
  private var at: Int?
  private var depth = 0
  private var isInString = false

  /// An envelope is not, and what is may go on without end.
  var isTooDeep: Bool { depth > 8 }

  mutating func find(in text: Span<UInt8>, from start: Int) -> Int? {
    var at = self.at ?? start
    while at < text.count {
      if isInString {
        let found = firstIndex(of: ASCII.quote, or: ASCII.backslash, in: text, from: at)
        if found < 0 {
          at = text.count
        } else if text[found] == ASCII.quote {
          isInString = false
          at = found + 1
        } else if found + 1 < text.count {
          at = found + 2
        } else {
          at = found
          break
        }
        continue
      }
      switch text[at] {
      case ASCII.quote: isInString = true
      case ASCII.leftBrace, ASCII.leftBracket:
        depth += 1
        if isTooDeep {
          self.at = at
          return nil
        }
      case ASCII.rightBrace, ASCII.rightBracket:
        depth -= 1
        if depth == 0 { return at + 1 }
      default: break
      }
      at += 1
    }
    self.at = at
    return nil
  }
}

extension CloudWatchEnvelope {
  /// Whether this may be the front of a byte order mark.
  static func isCutMark(_ text: Span<UInt8>) -> Bool {
    text.count < 3 && text[0] == 0xef && (text.count == 1 || text[1] == 0xbb)
  }

  /// What the first bytes of a text say.
  enum Front {
    case envelope
    case other
    /// Too few to tell.
    case cut

    private static let keys: [StaticString] = [
      "messageType", "owner", "logGroup", "logStream", "subscriptionFilters", "logEvents", "policyLevel",
    ]
    private static let longestKey = 19

    /// An envelope begins with a brace and one of its keys.
    init(_ text: Span<UInt8>, at start: Int) {
      guard start < text.count else { self = .cut; return }
      guard text[start] == ASCII.leftBrace else { self = .other; return }
      let quote = CloudWatchEnvelope.skipBlanks(text, start + 1)
      guard quote < text.count else { self = .cut; return }
      guard text[quote] == ASCII.quote else { self = .other; return }
      let end = firstIndex(of: ASCII.quote, in: text, from: quote + 1)
      let length = (end < 0 ? text.count : end) - quote - 1
      guard end >= 0 || length > Self.longestKey else { self = .cut; return }
      let key = text.extracting(quote + 1..<quote + 1 + length)
      self = Self.keys.contains { CloudWatchEnvelope.isEqual(key, $0) } ? .envelope : .other
    }
  }
}
