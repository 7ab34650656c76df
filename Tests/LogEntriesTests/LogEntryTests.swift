import LogBytes
import LogEntries
import Testing

@Suite struct LogEntryTests {
  @Test func `a removed entry holds nothing of the one before`() {
    var entry = LogEntry()
    var names = FieldNames()
    let slice = FieldSlice(2, 5)
    entry.format = names.intern("generic")
    entry.event = names.intern("chat")
    entry.level = .error
    entry.time = Timestamp(seconds: 1)
    entry.message = EntryField(name: names.intern("message"), slice: slice, kind: .string, source: .scratch)
    entry.fields.append(EntryField(name: names.intern("player"), slice: slice, kind: .number, source: .text))
    entry.times.append(Timestamp(seconds: 2))
    entry.scratch.append("bytes")
    entry.sourceLine = 3
    entry.sourceLines = 2
    let room = entry.fields.capacity

    entry.removeAll()

    #expect(entry.format == nil)
    #expect(entry.event == nil)
    #expect(entry.level == nil)
    #expect(entry.time == nil)
    #expect(entry.message == nil)
    let (fieldCount, fieldRoom, timeCount) = (entry.fields.count, entry.fields.capacity, entry.times.count)
    #expect(fieldCount == 0)
    #expect(fieldRoom == room)
    #expect(timeCount == 0)
    let scratchCount = entry.scratch.count
    #expect(scratchCount == 0)
    #expect(entry.sourceLine == 0)
    #expect(entry.sourceLines == 0)
  }

  @Test func `a field is 16 bytes, a slice 8`() {
    #expect(MemoryLayout<EntryField>.stride == 16)
    #expect(MemoryLayout<FieldSlice>.stride == 8)
  }

  @Test(arguments: [(0, 0), (0, 7), (3, 3), (5, 4_294_967_295), (4_294_967_295, 4_294_967_295)])
  func `a slice keeps its range`(start: Int, end: Int) {
    let slice = FieldSlice(start, end)
    #expect(slice.range == start..<end)
    #expect(slice.count == end - start)
    #expect(slice.isEmpty == (start == end))
  }

  @Test func `levels are ordered by severity and named`() {
    #expect(Level.allCases.map(\.name.description) == ["trace", "debug", "info", "warn", "error", "fatal"])
    #expect(Level.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 5])
  }
}
