import LogBytes

/// Written entries that stand behind a text of which pieces are missing: they wait, so that entries come out in the order of their lines.
struct DelayedOutput: ~Copyable {
  private struct Place {
    var line: Int
    var start: Int
  }

  /// Entries in the order of their lines; those before `released` have gone out.
  private var bytes = ByteOutput(capacity: 0)
  private var places: [Place] = []
  private var released = 0
  private(set) var isActive = false

  /// What waits, in bytes.
  var count: Int { bytes.count - released }

  mutating func begin() {
    isActive = true
  }

  /// Adds an entry that `write` appends, behind those whose first lines stand before it or with it. Linear in what stands behind it.
  mutating func add(line: Int, _ write: (inout ByteOutput) -> Void) {
    let end = bytes.count
    write(&bytes)
    var index = places.count
    while index > 0, places[index - 1].line > line { index -= 1 }
    guard index < places.count else {
      places.append(Place(line: line, start: end))
      return
    }
    let start = places[index].start
    let added = bytes.count - end
    bytes.moveLast(added, to: start)
    for later in index..<places.count { places[later].start += added }
    places.insert(Place(line: line, start: start), at: index)
  }

  /// Appends the entries whose first lines stand before `line` to the output; with none left behind a missing piece, all of them.
  mutating func release(before line: Int, into output: inout ByteOutput) {
    let kept = places.firstIndex { $0.line >= line } ?? places.count
    let end = kept < places.count ? places[kept].start : bytes.count
    output.append(bytes.span.extracting(released..<end))
    released = end
    places.removeFirst(kept)
    if line == .max { isActive = false }
    // What has gone out is thrown away when it is the greater part: each byte is moved about once.
    if released * 2 >= bytes.count {
      bytes.removeFirst(released)
      for index in places.indices { places[index].start -= released }
      released = 0
    }
  }

  /// Forgets all of it.
  mutating func removeAll() {
    bytes.removeAll()
    places.removeAll(keepingCapacity: true)
    released = 0
    isActive = false
  }
}
