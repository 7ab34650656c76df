/// The severity of an entry, the same six words for every log.
@frozen
public enum Level: UInt8, Sendable, Hashable, CaseIterable {
  case trace, debug, info, warn, error, fatal

  /// The word in the output.
  public var name: StaticString {
    switch self {
    case .trace: "trace"
    case .debug: "debug"
    case .info: "info"
    case .warn: "warn"
    case .error: "error"
    case .fatal: "fatal"
    }
  }
}
