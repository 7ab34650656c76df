#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#elseif canImport(Glibc)
  import Glibc
#endif

/// The wall clock, which the deadlines of the service refer to.
public enum WallClock {
  /// Milliseconds since 1970.
  public static func milliseconds() -> Int64 {
    var time = timespec()
    // clock_gettime writes the one structure it is given.
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}

/// When to stop beginning records, so that the response goes out before the service ends the function.
struct InvocationDeadline {
  private let lastBegin: Int64?

  /// - Parameters:
  ///   - deadline: milliseconds since 1970; nil for none.
  ///   - now: the start of the invocation.
  init(_ deadline: Int64?, now: Int64) {
    lastBegin = deadline.map { $0 - Self.margin(left: max($0 - now, 0)) }
  }

  /// The time that stays for the record being transformed, for writing the response and for sending it, in milliseconds.
  ///
  /// Half a second covers a record of the greatest size and a response of 6 MB on the smallest function; where there is more time, 5 % of
  /// it, as slow functions are given long times; two seconds are always enough. A function that has less than a second gets half of it.
  static func margin(left: Int64) -> Int64 {
    min(max(500, left / 20), 2000, left / 2)
  }

  /// Whether it is too late to begin a record.
  func isNear(_ now: () -> Int64) -> Bool {
    guard let lastBegin else { return false }
    return now() >= lastBegin
  }
}
