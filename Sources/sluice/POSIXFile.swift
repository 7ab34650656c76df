// The one file that calls the operating system: open, read, write, poll, stat. What it hands to the kernel are pointers into buffers
// that live as long as the call.

import LogBytes

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An open file, pipe or terminal.
struct POSIXFile: ~Copyable {
  let descriptor: Int32
  /// The path as the user gave it, or the name of a standard stream; for messages.
  let name: String
  private let closesAtEnd: Bool

  private init(descriptor: Int32, name: String, closesAtEnd: Bool) {
    self.descriptor = descriptor
    self.name = name
    self.closesAtEnd = closesAtEnd
  }

  deinit {
    if closesAtEnd { close(descriptor) }
  }

  static func standardInput() -> POSIXFile {
    POSIXFile(descriptor: STDIN_FILENO, name: "standard input", closesAtEnd: false)
  }

  static func standardOutput() -> POSIXFile {
    POSIXFile(descriptor: STDOUT_FILENO, name: "standard output", closesAtEnd: false)
  }

  static func standardError() -> POSIXFile {
    POSIXFile(descriptor: STDERR_FILENO, name: "standard error", closesAtEnd: false)
  }

  /// Opens a file, pipe or device to be read; a directory is an error.
  static func openForReading(_ path: String) throws(FileError) -> POSIXFile {
    let file = try POSIXFile(opening: path, flags: O_RDONLY)
    if file.isDirectory { throw FileError(code: EISDIR, operation: .read, name: path) }
    return file
  }

  /// Opens a file to be written from its beginning, and makes it if it is not there. A file that is one of `inputs` is left untouched.
  static func openForWriting(_ path: String, inputs: [FileIdentity]) throws(FileError) -> POSIXFile {
    let file = try POSIXFile(opening: path, flags: O_WRONLY | O_CREAT)
    if inputs.contains(where: { $0 == file.identity }) { throw FileError(code: 0, operation: .overwriteInput, name: path) }
    // A pipe or a device has nothing to cut off.
    if file.isRegular, ftruncate(file.descriptor, 0) != 0 { throw FileError(code: errno, operation: .write, name: path) }
    return file
  }

  private init(opening path: String, flags: Int32) throws(FileError) {
    var opened: Int32 = -1
    repeat {
      opened = unsafe open(path, flags | O_CLOEXEC, 0o644)
    } while opened < 0 && errno == EINTR
    guard opened >= 0 else {
      throw FileError(code: errno, operation: flags & O_WRONLY == 0 ? .read : .write, name: path)
    }
    self.init(descriptor: opened, name: path, closesAtEnd: true)
  }

  /// Appends up to `count` bytes, as many as are there; answers how many, 0 at the end of the file.
  func read(upTo count: Int, into output: inout ByteOutput) throws(FileError) -> Int {
    var failure: Int32 = 0
    let before = output.count
    unsafe output.appendUnsafe(room: count) { room in
      while true {
        let received = unsafe systemRead(descriptor, room, count)
        if received >= 0 { return received }
        // Whoever shares the pipe may have set it not to wait.
        if errno == EAGAIN {
          wait(for: POLLIN)
        } else if errno != EINTR {
          failure = errno
          return 0
        }
      }
    }
    if failure != 0 { throw FileError(code: failure, operation: .read, name: name) }
    return output.count - before
  }

  /// Writes all of `bytes`.
  func write(_ bytes: Span<UInt8>) throws(FileError) {
    var failure: Int32 = 0
    unsafe bytes.withUnsafeBytes { buffer in
      var start = 0
      while start < buffer.count {
        let written = unsafe systemWrite(descriptor, buffer.baseAddress! + start, buffer.count - start)
        if written >= 0 {
          start += written
        } else if errno == EAGAIN {
          wait(for: POLLOUT)
        } else if errno != EINTR {
          failure = errno
          return
        }
      }
    }
    if failure != 0 { throw FileError(code: failure, operation: .write, name: name) }
  }

  /// Whether reading would not wait: there are bytes, or the end. Waits up to `milliseconds` for that.
  func isReadable(withinMilliseconds milliseconds: Int32) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let answer = unsafe poll(&request, 1, milliseconds)
    // An error of poll is no reason to wait: reading will tell.
    return answer != 0
  }

  private func wait(for event: Int32) {
    var request = pollfd(fd: descriptor, events: Int16(event), revents: 0)
    unsafe _ = poll(&request, 1, -1)
  }

  var isTerminal: Bool { isatty(descriptor) == 1 }

  var isRegular: Bool { status.map { $0.st_mode & S_IFMT == S_IFREG } ?? false }

  var isDirectory: Bool { status.map { $0.st_mode & S_IFMT == S_IFDIR } ?? false }

  /// Which file it is, whatever its path.
  var identity: FileIdentity? { status.map { FileIdentity(device: UInt64($0.st_dev), number: UInt64($0.st_ino)) } }

  /// When the file was last changed, in seconds since 1970; nil for what is no file.
  var modified: Int64? {
    #if canImport(Darwin)
      status.flatMap { isRegular ? Int64($0.st_mtimespec.tv_sec) : nil }
    #else
      status.flatMap { isRegular ? Int64($0.st_mtim.tv_sec) : nil }
    #endif
  }

  private var status: stat? {
    var result = stat()
    return unsafe fstat(descriptor, &result) == 0 ? result : nil
  }
}

/// Which file it is, by device and number.
struct FileIdentity: Hashable {
  var device: UInt64
  var number: UInt64
}

/// What went wrong with a file: which, doing what, and the system's reason.
struct FileError: Error {
  enum Operation {
    case read, write, overwriteInput, emptyFolder
  }

  /// The system's error number.
  let code: Int32
  let operation: Operation
  let name: String

  /// Whether the reader of our output went away, as `head` does: nothing is wrong.
  var isClosedPipe: Bool { operation == .write && code == EPIPE }

  var isMissing: Bool { code == ENOENT }

  /// The error and what to do, in one line.
  var message: String {
    switch (operation, code) {
    case (.emptyFolder, _): "\(name): holds no format files (*.yaml); name another folder"
    case (.overwriteInput, _): "\(name): is also an input; choose another file for --output"
    case (.read, ENOENT): "\(name): no such file; check the path"
    case (.read, EISDIR): "\(name): is a directory; name the files in it"
    case (_, EACCES):
      "\(name): permission denied; change the file's mode, or run as a user who may \(operation == .read ? "read" : "write") it"
    case (.write, ENOENT): "\(name): no such directory; make it first"
    case (.write, EISDIR): "\(name): is a directory; name a file in it"
    case (.write, ENOSPC): "\(name): no space left on the device; the output is incomplete: free some space and run again"
    case (.write, _): "\(name): cannot be written (\(reason)); the output is incomplete"
    case (.read, _): "\(name): cannot be read (\(reason)); the rest of it is missing"
    }
  }

  private var reason: String {
    // The text belongs to the C library and stays until the next call of strerror; there is one thread.
    unsafe String(cString: strerror(code))
  }
}

/// Whether a path names a folder.
func isFolder(_ path: String) -> Bool {
  var status = stat()
  // stat writes the one structure it is given.
  return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

/// The names of the files in a folder, in no order.
func namesInFolder(_ path: String) throws(FileError) -> [String] {
  guard let folder = unsafe opendir(path) else { throw FileError(code: errno, operation: .read, name: path) }
  defer { unsafe closedir(folder) }
  var names: [String] = []
  // The entry stays valid until the next call of readdir on this folder.
  while let entry = unsafe readdir(folder) {
    let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      unsafe String(cString: UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self))
    }
    if name != ".", name != ".." { names.append(name) }
  }
  return names
}

/// A variable of the environment.
func environmentValue(_ name: String) -> String? {
  // The text belongs to the environment, which nobody changes here; it is copied at once.
  unsafe getenv(name).map { unsafe String(cString: $0) }
}

/// Now, in seconds since 1970.
func currentTime() -> Int64 {
  Int64(time(nil))
}

/// Writes to a closed pipe then fail with an error instead of ending the process.
func ignoreBrokenPipes() {
  _ = signal(SIGPIPE, SIG_IGN)
}

/// Ends the process.
func exitProcess(_ status: ExitStatus) -> Never {
  exit(status.rawValue)
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
  unsafe read(descriptor, buffer, count)
}

private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer, _ count: Int) -> Int {
  unsafe write(descriptor, buffer, count)
}
