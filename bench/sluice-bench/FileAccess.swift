import LogBytes

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why a file cannot be read or written.
struct FileAccessError: Error {
  let message: String
}

/// Appends the whole of a small file.
func readFile(_ path: String, into output: inout ByteOutput) throws(FileAccessError) {
  let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw FileAccessError(message: "\(path): cannot be opened; check the path") }
  defer { close(descriptor) }
  while true {
    var received = 0
    // The kernel writes at most the room that was reserved.
    unsafe output.appendUnsafe(room: 65_536) { room in
      received = unsafe read(descriptor, room, 65_536)
      return max(received, 0)
    }
    if received == 0 { return }
    if received < 0, errno != EINTR { throw FileAccessError(message: "\(path): cannot be read; is it a file?") }
  }
}

/// Replaces the content of a small file.
func writeFile(_ path: String, _ text: String) throws(FileAccessError) {
  let descriptor = unsafe open(path, O_WRONLY | O_TRUNC | O_CLOEXEC)
  guard descriptor >= 0 else { throw FileAccessError(message: "\(path): cannot be written") }
  defer { close(descriptor) }
  guard write(text, to: descriptor) else { throw FileAccessError(message: "\(path): cannot be written") }
}

/// Writes to standard output; false if it cannot be written.
func writeStandardOutput(_ text: String) -> Bool {
  write(text, to: STDOUT_FILENO)
}

private func write(_ text: String, to descriptor: Int32) -> Bool {
  var text = text
  return text.withUTF8 { bytes in unsafe write(descriptor, bytes.baseAddress, bytes.count) == bytes.count }
}
