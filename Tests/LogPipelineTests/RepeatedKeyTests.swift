import Testing

/// Keys of the log that stand more than once in an entry.
struct RepeatedKeyTests {
  @Test func `numbers go on past those that the log wrote itself, and begin anew with the next entry`() throws {
    try StreamProbe("name: pairs\nmultiline: none\nkv: {require: [a]}\n").expect(
      ["a=1 k=1 k_3=x k=2 k=3 k_4=y k=4 b=1", "a=2 k=5 k=6 k_2=z k=7"],
      give: [
        #"{"format":"pairs","a":"1","k":"1","k_3":"x","k_2":"2","k_4":"3","k_4_2":"y","k_5":"4","b":"1"}"#,
        #"{"format":"pairs","a":"2","k":"5","k_2":"6","k_2_2":"z","k_3":"7"}"#,
      ])
  }

  @Test func `a key may stand thousands of times`() throws {
    let count = 3000
    let entries = try StreamProbe("name: pairs\nmultiline: none\nkv: {require: [a]}\n").run(
      ["a=1 " + Array(repeating: "k=v", count: count).joined(separator: " ")])
    #expect(entries.count == 1)
    #expect(entries[0].hasPrefix(#"{"format":"pairs","a":"1","k":"v","k_2":"v","#))
    #expect(entries[0].hasSuffix(#""k_\#(count)":"v"}"#))
  }
}
