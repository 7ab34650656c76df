/// What the command line answers to its caller.
enum ExitStatus: Int32, Comparable {
  /// Every byte is in the output, or was dropped by a rule.
  case success = 0
  /// An input failed, or with `--strict` an entry matched no format; a check found something.
  case inputFailed = 1
  /// The command was not understood, or a file could not be read or written.
  case usageOrFile = 2

  static func < (left: ExitStatus, right: ExitStatus) -> Bool { left.rawValue < right.rawValue }
}

/// An error that ends a command: its one line, and its status.
struct CommandError: Error {
  let message: String
  let status: ExitStatus

  init(_ message: String, status: ExitStatus = .usageOrFile) {
    self.message = message
    self.status = status
  }
}
