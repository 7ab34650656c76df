import LogBytes

/// Reads an input piece by piece, and tells when it is a pipe that has nothing at the moment.
struct FileInput: ~Copyable {
  /// The size of one read, in bytes.
  static let readSize = 65_536
  /// How long a pipe must be silent until the entry that may still continue is taken as whole, in milliseconds.
  static let pause: Int32 = 200

  enum Outcome {
    case bytes
    /// The pipe is silent; more may come.
    case paused
    case end
  }

  private let file: POSIXFile
  private let waits: Bool
  private var wasPaused = true
  /// What the last read brought.
  private(set) var bytes = ByteOutput(capacity: readSize)

  /// - Parameter path: `-` for standard input.
  init(path: String) throws(FileError) {
    file = path == "-" ? .standardInput() : try POSIXFile.openForReading(path)
    waits = !file.isRegular
  }

  var name: String { file.name }
  /// When its lines arrived: a file's last change, else now; in seconds since 1970.
  var arrival: Int64 { file.modified ?? currentTime() }
  var isTerminal: Bool { file.isTerminal }

  /// Whether the next read would have to wait.
  var isSilent: Bool { waits && !file.isReadable(withinMilliseconds: 0) }

  /// Nothing is ever waited for.
  var isRegular: Bool { !waits }

  /// Appends up to `count` bytes to a buffer of the caller; answers how many, 0 at the end. For regular files.
  func read(upTo count: Int, into buffer: inout ByteOutput) throws(FileError) -> Int {
    try file.read(upTo: count, into: &buffer)
  }

  /// Reads what is there. A pipe that brings bytes faster than they are used is read until the buffer is full, so that a block is judged
  /// and framed as a whole.
  mutating func read() throws(FileError) -> Outcome {
    bytes.removeAll()
    if waits, !wasPaused, !file.isReadable(withinMilliseconds: FileInput.pause) {
      wasPaused = true
      return .paused
    }
    wasPaused = false
    repeat {
      if try file.read(upTo: FileInput.readSize - bytes.count, into: &bytes) == 0 { return bytes.isEmpty ? .end : .bytes }
    } while bytes.count < FileInput.readSize && !isSilent
    return .bytes
  }
}
