import LogBytes
import LogEntries
import TestSupport
import Testing

@Suite struct FieldNamesTests {
  @Test func `a name has one number and three forms`() {
    var names = FieldNames()
    let first = names.intern("player_id")
    let second = names.intern("player")
    #expect(first != second)
    #expect(names.intern("player_id") == first)
    #expect(names.count == 2)
    #expect(text(names.name(first)) == "player_id")
    #expect(text(names.key(first)) == ",\"player_id\":")
    #expect(text(names.quoted(first)) == "\"player_id\"")
    #expect(names.string(second) == "player")
  }

  @Test(arguments: [
    ("", ""), ("a\"b", #"a\"b"#), ("line\nend", #"line\nend"#), (#"back\slash"#, #"back\\slash"#), ("é", "é"), ("🎮", "🎮"),
  ])
  func `a key of a log keeps its name and is escaped`(name: String, escaped: String) {
    var names = FieldNames()
    let before = names.intern("before")
    let id = names.intern(name)
    let after = names.intern("after")
    #expect(names.string(id) == name)
    #expect(text(names.name(id)) == name)
    #expect(text(names.key(id)) == ",\"\(escaped)\":")
    #expect(text(names.quoted(id)) == "\"\(escaped)\"")
    #expect(names.intern(Array(name.utf8).span) == id)
    #expect(names.string(before) == "before")
    #expect(names.string(after) == "after")
  }

  @Test func `different bytes are different names, though both are no UTF-8`() {
    var names = FieldNames()
    let first = names.intern([0xff].span)
    let second = names.intern([0xfe].span)
    #expect(first != second)
    #expect(text(names.key(first)) == ",\"\u{fffd}\":")
  }

  @Test func `thousands of names keep their numbers`() {
    var names = FieldNames()
    let ids = (0..<5000).map { names.intern("name_\($0 * 7919)") }
    #expect(Set(ids).count == 5000)
    for (index, id) in ids.enumerated() {
      #expect(names.intern("name_\(index * 7919)") == id)
      #expect(names.string(id) == "name_\(index * 7919)")
    }
  }

  @Test func `learned names can be forgotten, declared ones stay`() {
    var names = FieldNames()
    let declared = ["time", "level", "we\"ird"].map { names.intern($0) }
    names.declareAll()
    #expect(names.learned == 0)
    for round in 0..<3 {
      for number in 0..<200 { _ = names.intern("round_\(round)_key_\(number)") }
      #expect(names.learned == 200)
      names.forgetLearned()
      #expect(names.learned == 0)
      #expect(names.count == 3)
    }
    #expect(["time", "level", "we\"ird"].map { names.intern($0) } == declared)
    let learned = names.intern("round_0_key_0")
    #expect(text(names.key(learned)) == ",\"round_0_key_0\":")
    #expect(names.string(declared[2]) == "we\"ird")
  }
}
