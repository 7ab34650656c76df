/// Where a match leaves what it took; owned by the caller and reused. Behind the slots there is room for the groups that are open.
///
/// The fence around its memory: places come from programs that our own compiler wrote, and are checked in debug builds, in which tests and
/// fuzz targets run.
@frozen
@safe
public struct SlotBuffer: ~Copyable {
  @usableFromInline let base: UnsafeMutablePointer<FieldSlice>
  public let count: Int

  /// At most so many groups may be open at once.
  @inlinable
  public static var greatestDepth: Int { 16 }

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
