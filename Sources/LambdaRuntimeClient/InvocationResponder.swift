import NIOCore

/// What a function does with its invocations: the seam between the service and the program.
///
/// The client calls it for one invocation after the other, always on the same thread.
public protocol InvocationResponder: AnyObject {
  /// Appends the answer to `response`, which is empty, and says what there is to log about it.
  ///
  /// A thrown failure becomes the function error of this invocation (what was appended is forgotten) and the function lives on. The caller
  /// of the function will probably send the same event again: throw only what a second try can cure, or what nothing can.
  func respond(to invocation: borrowing Invocation, into response: inout ResponseBody) throws(InvocationFailure) -> InvocationReport
}

/// The bytes that answer an invocation. The client keeps their room from one invocation to the next.
public struct ResponseBody: ~Copyable {
  private(set) var buffer = ByteBuffer()

  init() {}

  /// The number of bytes appended.
  public var count: Int { buffer.readableBytes }

  /// Copies `bytes` behind what is there.
  public mutating func append(_ bytes: Span<UInt8>) {
    // A view of the same bytes: it does not outlive this call, and every byte of a UInt8 is initialised.
    buffer.writeBytes(unsafe bytes.bytes)
  }

  mutating func append(_ text: String) {
    buffer.writeString(text)
  }

  mutating func removeAll() {
    buffer.clear()
  }
}

/// Why a function, or one invocation of it, failed.
public struct InvocationFailure: Error, Equatable, CustomStringConvertible {
  /// What kind of failure it is, as metrics and callers see it: `Function.` and a word in capitals and small letters.
  public let errorType: String

  /// What happened, and what to do about it, in one or two sentences.
  public let message: String

  /// - Parameter reason: a word such as `EventNotUnderstood`; whatever is no ASCII letter or digit is left out of it, for it goes into a header.
  public init(reason: String, message: String) {
    let word = String(decoding: reason.utf8.filter(InvocationFailure.isWordByte), as: UTF8.self)
    errorType = "Function." + (word.isEmpty ? "Unknown" : word)
    self.message = message
  }

  public var description: String { "\(errorType): \(message)" }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: false
    }
  }
}

/// What the log line of an invocation says beside its sizes and its time.
public struct InvocationReport: Equatable, Sendable {
  /// Names in snake_case and their numbers.
  public var counts: [String: Int]

  /// What else an operator should read.
  public var note: String?

  public init(counts: [String: Int] = [:], note: String? = nil) {
    self.counts = counts
    self.note = note
  }
}
