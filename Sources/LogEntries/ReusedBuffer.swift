/// A growing list of trivial elements that is emptied and filled again for each entry: an array without uniqueness checks.
///
/// The fence around its memory: every access is checked against the count in debug builds, in which tests and fuzz targets run. Appending is amortized constant time; room is kept.
@frozen
@safe
public struct ReusedBuffer<Element: BitwiseCopyable>: ~Copyable {
  @usableFromInline var base: UnsafeMutablePointer<Element>
  @usableFromInline var room: Int
  @usableFromInline var used = 0

  public init(capacity: Int = 16) {
    let room = max(capacity, 1)
    unsafe base = .allocate(capacity: room)
    self.room = room
  }

  deinit {
    unsafe base.deallocate()
  }

  @inlinable
  @inline(__always)
  public var count: Int { used }

  /// The elements that fit without growing.
  public var capacity: Int { room }

  @inlinable
  public var isEmpty: Bool { used == 0 }

  @inlinable
  public var indices: Range<Int> { 0..<count }

  /// Requires `index` to be below `count`.
  @inlinable
  @inline(__always)
  public subscript(index: Int) -> Element {
    get {
      assert(UInt(bitPattern: index) < UInt(bitPattern: count), "outside of the buffer")
      return unsafe base[index]
    }
    set {
      assert(UInt(bitPattern: index) < UInt(bitPattern: count), "outside of the buffer")
      unsafe base[index] = newValue
    }
  }

  @inlinable
  public var span: Span<Element> {
    @_lifetime(borrow self)
    get {
      let view = unsafe Span(_unsafeStart: base, count: count)
      return unsafe _overrideLifetime(view, borrowing: self)
    }
  }

  @inlinable
  @inline(__always)
  public mutating func append(_ element: Element) {
    if used == room { grow(to: used &+ 1) }
    // There is room: checked on the line above.
    unsafe (base + used).initialize(to: element)
    used &+= 1
  }

  /// Appends copies of an element up to a count.
  @inlinable
  public mutating func extend(to newCount: Int, with element: Element) {
    if newCount <= used { return }
    if newCount > room { grow(to: newCount) }
    // There is room: checked on the line above.
    unsafe (base + used).initialize(repeating: element, count: newCount - used)
    used = newCount
  }

  @inlinable
  public mutating func removeAll() {
    used = 0
  }

  /// Forgets the elements from `count` on, which is at most the number of elements.
  public mutating func truncate(to count: Int) {
    precondition(count >= 0 && count <= used, "truncating beyond the end")
    used = count
  }

  @usableFromInline
  @inline(never)
  mutating func grow(to count: Int) {
    let larger = max(count, room * 2)
    let moved = UnsafeMutablePointer<Element>.allocate(capacity: larger)
    unsafe moved.update(from: base, count: used)
    unsafe base.deallocate()
    unsafe base = unsafe moved
    room = larger
  }
}
