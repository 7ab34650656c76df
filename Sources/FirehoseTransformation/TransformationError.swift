/// Why an event could not be transformed at all: the function answers with an error.
///
/// The service will try such an event again and then give up on all of its records, so this is for events of which nothing can be trusted.
public struct TransformationError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Code: String, Sendable, Hashable {
    /// The event is no JSON.
    case malformedEvent = "MalformedEvent"
    /// The event is no transformation event of Firehose.
    case foreignEvent = "ForeignEvent"
    /// Not even a response in which every record has failed fits into the greatest response there may be.
    case tooManyRecords = "TooManyRecords"
  }

  public var code: Code
  /// What is wrong, where, and what to do.
  public var description: String

  init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
