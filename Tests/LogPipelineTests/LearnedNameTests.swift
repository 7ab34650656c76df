import Testing

/// A stream without end may bring new keys all the time: names that nothing uses are forgotten, and entries do not change by that.
struct LearnedNameTests {
  @Test func `entries are the same whether names are forgotten between their lines or not`() throws {
    let probe = try StreamProbe(
      "name: json\nmultiline: any\njson: {require: [n]}",
      "name: pairs\nkv: {require: [pair]}",
      "name: table\nmultiline: none\ndelimited: {declare: '#Columns', slack: 0}",
      """
      name: cri
      multiline: none
      wrap: {field: message, key: stream, part: {field: partial, is: P}}
      entry: ['{time:iso} {stream:enum(stdout|stderr)} {partial:enum(F|P)} {:kv} |{? {message}}']
      """)
    var lines = ["#Columns own alien", "2026-01-02T12:00:01Z stderr P first=1 second=2 | pie"]
    for number in 0..<6000 {
      lines.append(#"{"n":\#(number),"key\#(number)":"x"}"#)
      lines.append("  joined")
      if number % 1000 == 999 {
        lines.append("2026-01-02T12:00:01Z stdout F word\(number)=1 twice=1 twice=2 | {\"n\":1,\"inner\(number)\":2}")
        lines.append("  joined too")
        lines.append("a\(number) b")
        lines.append("pair=1 p\(number)=2")
      }
    }
    lines.append("2026-01-02T12:00:01Z stderr F third=3 | ces")
    let whole = probe.run(lines)
    // One piece a line: what is open then has to keep its names.
    let cut = probe.run(lines.map { Array(($0 + "\n").utf8) })
    #expect(whole.count == 6000 + 2 + 6 * 4)
    #expect(zip(whole, cut).first { $0 != $1 } == nil)
    #expect(whole.count == cut.count)
    // Its first piece stands there.
    #expect(
      cut[1]
        == #"{"time":"2026-01-02T12:00:01Z","format":"cri","message":"pieces","stream":"stderr","partial":"F","first":"1","second":"2"}"#)
    #expect(cut.contains { $0.contains(#""own":"a4999","alien":"b""#) })
  }
}
