import NIOCore
import NIOHTTP1

/// One piece of work that the Runtime API handed out: an event and what the service says about it.
///
/// Source of the header names: AWS Lambda developer guide, "Using the Lambda runtime API". They are matched without regard to case.
public struct Invocation: ~Copyable {
  /// `Lambda-Runtime-Aws-Request-Id`: names the invocation in the path of its answer and in the logs.
  public let requestID: String

  /// `Lambda-Runtime-Deadline-Ms`: milliseconds since 1970-01-01 UTC at which the service ends the function; nil if none was given.
  public let deadline: Int64?

  /// `Lambda-Runtime-Invoked-Function-Arn`, with version or alias.
  public let invokedFunctionARN: String?

  /// `Lambda-Runtime-Trace-Id`: the X-Ray header.
  public let traceID: String?

  private let event: ByteBuffer

  /// The event, byte for byte; valid as long as the invocation is.
  public var body: Span<UInt8> {
    @_lifetime(borrow self)
    get { event.readableBytesUInt8Span }
  }

  /// nil if `headers` name no request that could be answered: the id goes into the path of the answer, so that it must stand there as it is.
  init?(headers: HTTPHeaders, event: ByteBuffer) {
    guard let id = headers.first(name: "Lambda-Runtime-Aws-Request-Id"), Invocation.fitsPath(id) else { return nil }
    requestID = id
    deadline = headers.first(name: "Lambda-Runtime-Deadline-Ms").flatMap { Int64($0) }
    invokedFunctionARN = headers.first(name: "Lambda-Runtime-Invoked-Function-Arn")
    traceID = headers.first(name: "Lambda-Runtime-Trace-Id")
    self.event = event
  }

  private static func fitsPath(_ id: String) -> Bool {
    !id.isEmpty && id.utf8.count <= 256
      && id.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
        default: false
        }
      }
  }
}
