internal import CZlib
import LogBytes

/// What a window of compressed data came to.
struct WindowStep {
  enum State {
    /// More may come, with more input or without.
    case open
    /// The member or frame is complete; what stands behind `consumed` belongs to another.
    case ended
    case corrupt
  }

  var state: State
  /// The bytes of input that were used up.
  var consumed: Int
}

/// One gzip or zlib member after the other, in windows: the fence around zlib.
@safe
final class InflateWindow {
  /// zlib's state points back at this structure, so that it must not move.
  private let stream: UnsafeMutablePointer<z_stream>

  /// - Parameter codec: gzip or zlib.
  init(_ codec: Codec) {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // 32 KB of window, the greatest; 16 more for gzip's header and trailer (zlib.h, inflateInit2).
    let bits: Int32 = codec == .gzip ? 15 + 16 : 15
    let status = unsafe inflateInit2_(stream, bits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "no memory for zlib")
  }

  deinit {
    unsafe _ = inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Begins the next member.
  func reset() {
    unsafe _ = inflateReset(stream)
  }

  /// Writes up to `room` bytes. What stands before a mistake is written too.
  func decode(_ input: Span<UInt8>, into output: inout ByteOutput, room: Int) -> WindowStep {
    var status: Int32 = Z_OK
    var consumed = 0
    // zlib counts in 32 bits: more input than that is taken in several calls.
    let available = min(input.count, Int(Int32.max))
    // zlib reads from the input's memory and writes into the room of the output, both of which live through this call.
    unsafe input.withUnsafeBufferPointer { source in
      unsafe output.appendUnsafe(room: room) { target in
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
        unsafe stream.pointee.avail_in = UInt32(available)
        unsafe stream.pointee.next_out = target
        unsafe stream.pointee.avail_out = UInt32(room)
        status = unsafe inflate(stream, Z_NO_FLUSH)
        consumed = unsafe available - Int(stream.pointee.avail_in)
        return unsafe room - Int(stream.pointee.avail_out)
      }
    }
    switch status {
    case Z_STREAM_END: return WindowStep(state: .ended, consumed: consumed)
    case Z_OK, Z_BUF_ERROR: return WindowStep(state: .open, consumed: consumed)
    default: return WindowStep(state: .corrupt, consumed: consumed)
    }
  }
}
