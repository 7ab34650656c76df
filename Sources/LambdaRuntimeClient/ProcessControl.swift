import NIOCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The value of an environment variable; nil if it is not set.
public func environmentValue(_ name: String) -> String? {
  // getenv's answer lives until the environment changes; nothing here changes it after the start.
  guard let value = unsafe getenv(name) else { return nil }
  return unsafe String(cString: value)
}

/// Lets SIGTERM and SIGINT end the process at once, with status 0: to be asked to stop is no failure.
///
/// Without a handler the kernel ignores both for the first process of a container. The function keeps nothing between invocations that would
/// have to be saved, so that there is nothing to wait for.
public func endOnTerminationSignals() {
  for number in [SIGTERM, SIGINT] {
    // _exit may be called from a signal handler; exit may not.
    signal(number) { _ in _exit(0) }
  }
  // A parent may have started this process with its signals blocked.
  var signals = sigset_t()
  unsafe sigemptyset(&signals)
  unsafe sigaddset(&signals, SIGTERM)
  unsafe sigaddset(&signals, SIGINT)
  unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  // A reader of the log that has gone away is no reason to end.
  signal(SIGPIPE, SIG_IGN)
}

/// Ends the process: one line on stderr, and the exit status of the error.
public func endProcess(_ error: RuntimeError) -> Never {
  writeToStandardError(Array("sluice-lambda: \(error)\n".utf8))
  exit(error.exitStatus)
}

/// Writes all of `bytes` to stderr, past every buffer: the process may be frozen or killed right afterwards.
func writeToStandardError(_ bytes: [UInt8]) {
  unsafe bytes.withUnsafeBytes { buffer in
    var written = 0
    while written < buffer.count {
      // In bounds: `written` is less than the count.
      let count = unsafe write(STDERR_FILENO, buffer.baseAddress! + written, buffer.count - written)
      if count > 0 { written += count } else if errno != EINTR { return }
    }
  }
}

/// What an error of the network says, in the system's own short words where it has some ("Connection refused").
func reason(of error: any Error) -> String {
  guard let error = error as? IOError else { return "\(error)" }
  // The text of an error number is constant.
  return unsafe String(cString: strerror(error.errnoCode))
}

/// The time as RFC 3339 in UTC with milliseconds, for a log line.
func currentTime() -> String {
  var now = timespec()
  // The address is that of a local variable, for the time of the call.
  unsafe clock_gettime(CLOCK_REALTIME, &now)
  return rfc3339(seconds: now.tv_sec, milliseconds: now.tv_nsec / 1_000_000)
}

/// Seconds since 1970-01-01 UTC, not negative, as RFC 3339.
///
/// The calendar is counted in years that begin on the first of March, so that the day of the leap year is the last one of its year
/// (146,097 days are 400 years, 153 days five months of that year).
func rfc3339(seconds: Int, milliseconds: Int) -> String {
  let days = seconds / 86_400 + 719_468
  let cycle = days / 146_097
  let dayOfCycle = days % 146_097
  let yearOfCycle = (dayOfCycle - dayOfCycle / 1_460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
  let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
  let month = (5 * dayOfYear + 2) / 153
  let day = dayOfYear - (153 * month + 2) / 5 + 1
  let calendarMonth = month < 10 ? month + 3 : month - 9
  let year = cycle * 400 + yearOfCycle + (calendarMonth <= 2 ? 1 : 0)
  func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
  let date = "\(padded(year, 4))-\(padded(calendarMonth, 2))-\(padded(day, 2))"
  let time = "\(padded(seconds / 3600 % 24, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2)).\(padded(milliseconds, 3))"
  return "\(date)T\(time)Z"
}
