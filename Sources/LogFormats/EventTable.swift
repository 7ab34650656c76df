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

/// What a match of events reads.
struct EventPools: Sendable {
  let fields: Pool<EventField>
  let groups: Pool<EventGroup>
  let events: Pool<Event>
  let tables: EventTable
  let patterns: Pool<CompiledPattern>
}

/// One pointer to it, as `ProgramView` is one to programs.
@safe
struct EventView: @unchecked Sendable {
  private let pools: UnsafePointer<EventPools>

  init(_ events: EventPools) {
    let memory = UnsafeMutablePointer<EventPools>.allocate(capacity: 1)
    unsafe memory.initialize(to: events)
    unsafe pools = UnsafePointer(memory)
  }

  @inline(__always) var fields: Pool<EventField> { unsafe pools.pointee.fields }
  @inline(__always) var groups: Pool<EventGroup> { unsafe pools.pointee.groups }
  @inline(__always) var events: Pool<Event> { unsafe pools.pointee.events }
  @inline(__always) var tables: EventTable { unsafe pools.pointee.tables }
  @inline(__always) var patterns: Pool<CompiledPattern> { unsafe pools.pointee.patterns }
}
