import LogBytes

/// Where the data goes: collected, and written when there is enough of it or when nothing follows for a while.
struct OutputSink: ~Copyable {
  private static let writeSize = 262_144

  private let file: POSIXFile
  var buffer = ByteOutput(capacity: writeSize * 2)

  /// - Parameters:
  ///   - path: nil for standard output.
  ///   - inputs: files that must not be overwritten.
  init(path: String?, inputs: [String]) throws(FileError) {
    guard let path else {
      file = .standardOutput()
      return
    }
    var identities: [FileIdentity] = []
    for input in inputs where input != "-" {
      // An input that cannot be opened is reported when its turn comes.
      if let identity = (try? POSIXFile.openForReading(input))?.identity { identities.append(identity) }
    }
    file = try POSIXFile.openForWriting(path, inputs: identities)
  }

  /// Writes if enough has come together.
  mutating func writeIfFull() throws(FileError) {
    if buffer.count >= OutputSink.writeSize { try flush() }
  }

  /// Writes everything.
  mutating func flush() throws(FileError) {
    if buffer.isEmpty { return }
    try file.write(buffer.span)
    buffer.removeAll()
  }
}

/// Why the rest of an input is not transformed; what came before it is delivered, and the other inputs go on.
struct InputFailure: Error {
  let message: String
}
