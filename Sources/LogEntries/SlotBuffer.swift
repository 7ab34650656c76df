/// Where a match leaves what it took; owned by the caller and reused. Behind the slots there is room for the groups that are open.
///
/// The fence around its memory: places come from programs that our own compiler wrote, and are checked in debug builds, in which tests and
/// fuzz targets run.
@frozen
@safe
public struct SlotBuffer: ~Copyable {
  @usableFromInline let base: UnsafeMutablePointer<FieldSlice>
  public let count: Int

  /// At most so many groups may be open at once; a run that is tried takes the room of two.
  @inlinable
  public static var greatestDepth: Int { 24 }

  /// What a slot holds whose field is absent.
  @inlinable
  @inline(__always)
  public static var absent: FieldSlice { FieldSlice(Int(UInt32.max), Int(UInt32.max)) }

  public init(count: Int) {
    self.count = count
    unsafe base = .allocate(capacity: count + Self.greatestDepth)
    unsafe base.initialize(repeating: FieldSlice(0, 0), count: count + Self.greatestDepth)
  }

  deinit {
    unsafe base.deallocate()
  }

  /// An open group: its instruction as `start`, where it began as `end`. Requires a place from `count` on.
  @inlinable
  @inline(__always)
  public func group(_ place: Int) -> FieldSlice {
    assert(place >= count && place < count + Self.greatestDepth, "no such group")
    return unsafe base[place]
  }

  @inlinable
  @inline(__always)
  public func setGroup(_ place: Int, _ group: FieldSlice) {
    assert(place >= count && place < count + Self.greatestDepth, "too many groups")
    unsafe base[place] = group
  }

  /// Sets a slot, or the one at `count`, which nobody reads.
  @inlinable
  @inline(__always)
  public func set(_ index: Int, _ slice: FieldSlice) {
    assert(UInt(bitPattern: index) <= UInt(bitPattern: count), "no such slot")
    unsafe base[index] = slice
  }

  /// Copies slots from `first` on of another buffer to the beginning, four at a time: up to three more than `count` may be copied.
  ///
  /// Requires as many slots in both.
  @inlinable
  @inline(__always)
  public func copyBlocks(of other: borrowing SlotBuffer, from first: Int, count copied: Int) {
    assert(copied &+ 3 <= count && first &+ copied &+ 3 <= other.count &+ Self.greatestDepth, "no such slots")
    var slot = 0
    while slot < copied {
      // Four slots are two blocks of 16 bytes.
      let source = unsafe UnsafeRawPointer(other.base + (first &+ slot))
      let place = unsafe UnsafeMutableRawPointer(base + slot)
      let blocks = unsafe source.loadUnaligned(as: (SIMD2<UInt64>, SIMD2<UInt64>).self)
      unsafe place.storeBytes(of: blocks.0, as: SIMD2<UInt64>.self)
      unsafe place.storeBytes(of: blocks.1, toByteOffset: 16, as: SIMD2<UInt64>.self)
      slot &+= 4
    }
  }

  /// Requires `index` to be below `count`.
  @inlinable
  @inline(__always)
  public subscript(index: Int) -> FieldSlice {
    get {
      assert(UInt(bitPattern: index) < UInt(bitPattern: count), "no such slot")
      return unsafe base[index]
    }
    nonmutating set {
      assert(UInt(bitPattern: index) < UInt(bitPattern: count), "no such slot")
      unsafe base[index] = newValue
    }
  }
}
