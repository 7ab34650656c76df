/// A growing buffer of bytes: every output of the project is written into one.
///
/// Appending costs one comparison and a copy; the buffer doubles when it is full and never shrinks, so that a stream that reuses it
/// (`removeAll`) allocates nothing after its first entries. `slack` bytes behind its room can be read and written, so that short values are
/// copied in whole blocks.
@frozen
@safe
public struct ByteOutput: ~Copyable {
  @usableFromInline var base: UnsafeMutablePointer<UInt8>
  @usableFromInline var capacity: Int
  @usableFromInline var written: Int

  /// - Parameter capacity: the room at the start, in bytes.
  public init(capacity: Int = 256) {
    let room = max(capacity, 16)
    unsafe base = .allocate(capacity: room + Self.slack)
    self.capacity = room
    written = 0
  }

  deinit {
    unsafe base.deallocate()
  }

  /// What can be read and written behind the room, in bytes.
  @inlinable
  public static var slack: Int { 64 }

  /// The number of bytes written.
  @inlinable
  @inline(__always)
  public var count: Int { written }

  @inlinable
  public var isEmpty: Bool { written == 0 }

  /// What has been written.
  @inlinable
  public var span: Span<UInt8> {
    @_lifetime(borrow self)
    get {
      let view = unsafe Span(_unsafeStart: base, count: count)
      return unsafe _overrideLifetime(view, borrowing: self)
    }
  }

  /// Forgets the bytes and keeps the room.
  @inlinable
  public mutating func removeAll() {
    written = 0
  }

  /// Forgets the bytes from `count` on. Requires `count` to be at most the bytes written.
  @inlinable
  public mutating func truncate(to count: Int) {
    precondition(count >= 0 && count <= self.count, "truncating beyond the end")
    written = count
  }

  /// Forgets the first `count` bytes and moves the rest to the front; linear in what stays.
  public mutating func removeFirst(_ count: Int) {
    precondition(count >= 0 && count <= self.count, "removing beyond the end")
    if count < self.count, count > 0 {
      unsafe base.update(from: base + count, count: self.count - count)
    }
    written -= count
  }

  /// Moves the last `count` bytes to `place`, in front of what stands there; linear in what stands behind it.
  public mutating func moveLast(_ count: Int, to place: Int) {
    precondition(count >= 0 && place >= 0 && place + count <= self.count, "moving what is not there")
    let end = self.count
    reserve(count)
    unsafe (base + place + count).update(from: base + place, count: end - place)
    unsafe (base + place).update(from: base + end, count: count)
  }

  /// Makes room for `extra` more bytes.
  @inlinable
  public mutating func reserve(_ extra: Int) {
    if capacity - count < extra { grow(extra) }
  }

  @inlinable
  public mutating func append(_ byte: UInt8) {
    reserve(1)
    unsafe base[count] = byte
    written += 1
  }

  @inlinable
  public mutating func append(_ bytes: Span<UInt8>) {
    let added = bytes.count
    reserve(added)
    unsafe bytes.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { unsafe (base + count).update(from: start, count: added) }
    }
    written += added
  }

  /// Inlined always: the length of a literal is then known, and it becomes a few stores.
  @inlinable
  @inline(__always)
  public mutating func append(_ text: StaticString) {
    let added = text.utf8CodeUnitCount
    reserve(added)
    unsafe (base + count).update(from: text.utf8Start, count: added)
    written += added
  }

  /// Disfavoured, so that a literal is a `StaticString`, which costs no more than a copy.
  @_disfavoredOverload
  public mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append(unsafe Span(_unsafeElements: $0)) }
  }

  public mutating func append(contentsOf bytes: [UInt8]) {
    append(bytes.span)
  }

  /// Lets `body` write up to `room` bytes behind what is there; it answers how many it wrote.
  ///
  /// This is the door for the C kernels and the codecs. Requires the answer to be between 0 and `room`.
  @inlinable
  public mutating func appendUnsafe<Failure: Error>(
    room: Int, _ body: (UnsafeMutablePointer<UInt8>) throws(Failure) -> Int
  ) throws(Failure) {
    reserve(room)
    let written = try unsafe body(base + count)
    precondition(written >= 0 && written <= room, "wrote beyond the room")
    self.written += written
  }

  @usableFromInline
  @inline(never)
  mutating func grow(_ extra: Int) {
    let room = max(capacity * 2, count + extra)
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: room + Self.slack)
    unsafe moved.update(from: base, count: count)
    unsafe base.deallocate()
    unsafe base = unsafe moved
    capacity = room
  }
}
