import LogBytes

/// Messages for people, on standard error; data never goes there.
enum Console {
  /// Writes one line, with the program's name in front.
  static func report(_ message: String) {
    writeError("sluice: \(message)\n")
  }

  static func writeError(_ text: String) {
    // Where nobody can be told, there is nothing left to do.
    try? POSIXFile.standardError().write(text.utf8.span)
  }

  static func writeOutput(_ text: String) throws(FileError) {
    try POSIXFile.standardOutput().write(text.utf8.span)
  }
}
