import LogBytes

/// Sets of events by cells; nearly all cells hold one of a few sets, so each set stands once.
package struct EventTable: Sendable {
  /// By cell: the number of its set.
  private var numbers = Pool<UInt32>()
  private var sets = Pool<ByteSet>()

  init() {}

  init(_ cells: [ByteSet]) {
    var known: [ByteSet: UInt32] = [:]
    var sets: [ByteSet] = []
    numbers = Pool(
      cells.map { cell in
        if let number = known[cell] { return number }
        let number = UInt32(sets.count)
        known[cell] = number
        sets.append(cell)
        return number
      })
    self.sets = Pool(sets)
  }

  mutating func code(_ coder: inout ImageCoder) {
    coder.code(&numbers)
    coder.code(&sets)
  }

  @inline(__always)
  subscript(cell: Int) -> ByteSet { sets[Int(numbers[cell])] }
}
