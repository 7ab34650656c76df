/// A moment: seconds since 1970-01-01T00:00:00Z without leap seconds, and the fraction as the log had it.
@frozen
public struct Timestamp: Sendable, Hashable {
  /// Seconds since the epoch, negative before it.
  public var seconds: Int64
  /// The fraction in nanoseconds, 0 to 999,999,999.
  public var nanoseconds: UInt32
  /// How many digits of the fraction the log had, 0 to 9: the output shows as many.
  public var fractionDigits: UInt8

  @inlinable
  public init(seconds: Int64, nanoseconds: UInt32 = 0, fractionDigits: UInt8 = 0) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
    self.fractionDigits = fractionDigits
  }
}
