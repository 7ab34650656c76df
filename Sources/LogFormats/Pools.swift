import LogBytes
package import LogEntries

// The fence around memory that the matcher reads and writes in its inner loops. Reading an element of a pool or slot costs a comparison
// and a load: no reference is counted and no borrow is passed on. Every access is checked against the count.

/// Elements that never change and never go away: the programs of a catalogue, which a process compiles once and keeps.
@safe
package struct Pool<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  private let base: UnsafePointer<Element>
  package let count: Int

  /// Copies the elements into memory that is never freed.
  init(_ elements: [Element]) {
    count = elements.count
    let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(count, 1))
    for (index, element) in elements.enumerated() { unsafe (memory + index).initialize(to: element) }
    unsafe base = UnsafePointer(memory)
  }

  /// Requires `index` to be below `count`.
  @inline(__always)
  package subscript(index: Int) -> Element {
    unsafeAddress {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "outside of the pool")
      return unsafe base + index
    }
  }
}

/// Where matches leave what they took; owned by the caller and reused.
@safe
package struct SlotBuffer: ~Copyable {
  private let base: UnsafeMutablePointer<FieldSlice>
  package let count: Int

  package init(count: Int) {
    self.count = count
    unsafe base = .allocate(capacity: count)
    unsafe base.initialize(repeating: FieldSlice(0, 0), count: count)
  }

  deinit {
    unsafe base.deallocate()
  }

  /// Requires `index` to be below `count`.
  @inline(__always)
  package subscript(index: Int) -> FieldSlice {
    get {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "no such slot")
      return unsafe base[index]
    }
    nonmutating set {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "no such slot")
      unsafe base[index] = newValue
    }
  }
}
