import LogBytes
import LogEntries
import LogOutput
import TestSupport
import Testing

@Suite struct CSVWriterTests {
  private static let noon = Timestamp(seconds: 1_798_718_401, nanoseconds: 250_000_000, fractionDigits: 3)

  private func writer(
    _ dialect: CSVDialect = CSVDialect(), fields: CSVWriter.FieldColumns = .together, sourceLines: Bool = false
  ) -> WriterBox {
    WriterBox(.csv(CSVWriter(dialect: dialect, fields: fields, sourceLines: sourceLines)))
  }

  @Test func `several formats share five columns and one of JSON`() {
    var sample = SampleEntry()
    sample.entry.time = Self.noon
    sample.entry.level = .warn
    sample.setFormat("minecraft-java")
    sample.setEvent("chat")
    sample.setMessage("<Robin> hi, \"all\"")
    sample.add("player", "Robin")
    sample.add("text", "hi, \"all\"")
    sample.add("count", "3", kind: .number)
    let csv = writer()
    #expect(sample.header(of: csv) == "time,level,format,event,message,fields\n")
    #expect(
      sample.written(by: csv)
        == "2026-12-31T12:00:01.250Z,warn,minecraft-java,chat,\"<Robin> hi, \"\"all\"\"\","
        + #""{""player"":""Robin"",""text"":""hi, \""all\"""",""count"":3}""# + "\n")
  }

  @Test func `what is absent is an empty cell`() {
    let csv = writer()
    #expect(SampleEntry().written(by: csv) == ",,,,,\n")
  }

  @Test func `one format has its own columns in their order`() {
    var sample = SampleEntry()
    let columns = ["client", "status", "bytes"].map { sample.intern($0) }
    sample.add("bytes", "512", kind: .number)
    sample.add("client", "192.0.2.7")
    let csv = writer(fields: .each(columns, others: false))
    #expect(sample.header(of: csv) == "time,level,format,event,message,client,status,bytes\n")
    #expect(sample.written(by: csv) == ",,,,,192.0.2.7,,512\n")
    #expect(sample.written(by: csv) == ",,,,,192.0.2.7,,512\n", "no value stays from the row before")
  }

  @Test func `fields without a column go to the last one`() throws {
    var sample = SampleEntry()
    let columns = ["client", "note"].map { sample.intern($0) }
    sample.add("status", "200", kind: .number)
    sample.add("note", #"a\"b\u00e9"#, kind: .jsonString)
    sample.add("client", "first")
    sample.add("client", "second")
    let csv = writer(fields: .each(columns, others: true))
    #expect(sample.header(of: csv) == "time,level,format,event,message,client,note,fields\n")
    let rows = try CSVReader().rows(of: sample.written(by: csv))
    #expect(rows == [["", "", "", "", "", "first", "a\"bé", #"{"status":200,"client":"second"}"#]])
  }

  @Test func `the place in the input has three columns`() {
    var sample = SampleEntry()
    sample.sourceFile = Array("a,b.log".utf8)
    sample.entry.sourceLine = 12
    sample.entry.sourceLines = 3
    let csv = writer(sourceLines: true)
    #expect(sample.header(of: csv) == "time,level,format,event,message,fields,source_file,source_line,source_lines\n")
    #expect(sample.written(by: csv) == ",,,,,,\"a,b.log\",12,3\n")
  }

  @Test(arguments: [
    ("plain", "plain"), ("", ""), ("a b", "a b"), ("a,b", "\"a,b\""), ("\"", "\"\"\"\""), ("a\nb", "\"a\nb\""), ("a\rb", "\"a\rb\""),
    ("a;b|c\td", "a;b|c\td"), ("=1+1", "=1+1"), (" padded ", " padded "), ("é한🎮", "é한🎮"),
  ])
  func `a cell is quoted when it has to be`(value: String, cell: String) {
    var sample = SampleEntry()
    sample.setMessage(value)
    let csv = writer()
    #expect(sample.written(by: csv) == ",,,,\(cell),\n")
  }

  @Test(arguments: [
    (ValueKind.string, "a\\n", "a\\n"), (.number, "-0.5e3", "-0.5e3"), (.yes, "?", "true"), (.no, "?", "false"),
    (.json, #"{"a":[1,2]}"#, #""{""a"":[1,2]}""#), (.json, "[1]", "[1]"), (.jsonString, "plain", "plain"),
    (.jsonString, #"a\nb"#, "\"a\nb\""), (.jsonString, #"\"\\\/\b\f\r\t"#, "\"\"\"\\/\u{8}\u{c}\r\t\""),
    (.jsonString, #"\u00e9\ud83c\udfae\ud83c"#, "é🎮\u{fffd}"), (.jsonString, #"\udfae!"#, "\u{fffd}!"),
    (.jsonString, #"\ud83cx"#, "\u{fffd}x"),
  ])
  func `every kind has its cell`(kind: ValueKind, value: String, cell: String) {
    var sample = SampleEntry()
    let column = sample.intern("value")
    sample.add("value", value, kind: kind)
    let csv = writer(fields: .each([column], others: false))
    #expect(sample.written(by: csv) == ",,,,,\(cell)\n")
  }

  @Test func `a moment is a cell`() {
    var sample = SampleEntry()
    let column = sample.intern("started")
    sample.add("started", Self.noon)
    let csv = writer(fields: .each([column], others: false))
    #expect(sample.written(by: csv) == ",,,,,2026-12-31T12:00:01.250Z\n")
  }

  @Test func `bytes that are not UTF-8 become U+FFFD`() {
    var sample = SampleEntry()
    sample.setMessage([0x61, 0xff, 0x2c, 0xc3])
    let csv = writer()
    #expect(sample.written(by: csv) == ",,,,\"a\u{fffd},\u{fffd}\",\n")
  }

  @Test func `styles of quoting`() {
    var sample = SampleEntry()
    let columns = ["text", "number", "yes", "absent"].map { sample.intern($0) }
    sample.entry.time = Self.noon
    sample.add("text", "")
    sample.add("number", "1", kind: .number)
    sample.add("yes", "", kind: .yes)
    let fields = CSVWriter.FieldColumns.each(columns, others: false)
    let csv = writer(fields: fields)
    #expect(sample.written(by: csv) == "2026-12-31T12:00:01.250Z,,,,,,1,true,\n")
    #expect(
      sample.written(by: writer(CSVDialect(quoteStyle: .nonNumeric), fields: fields)) == "\"2026-12-31T12:00:01.250Z\",,,,,\"\",1,true,\n")
    #expect(
      sample.written(by: writer(CSVDialect(quoteStyle: .always), fields: fields))
        == "\"2026-12-31T12:00:01.250Z\",\"\",\"\",\"\",\"\",\"\",\"1\",\"true\",\"\"\n")
  }

  @Test func `delimiter, terminator and header can be chosen`() {
    var sample = SampleEntry()
    sample.setMessage("a,b;c")
    let csv = writer(CSVDialect(delimiter: UInt8(ascii: ";"), terminator: .carriageReturnLineFeed, header: false))
    #expect(sample.header(of: csv) == "")
    #expect(sample.written(by: csv) == ";;;;\"a,b;c\";\r\n")
  }

  @Test func `only a byte that means nothing else can delimit`() {
    let allowed = (0...255).map { UInt8($0) }.filter(CSVDialect.isDelimiter)
    #expect(String(decoding: allowed, as: UTF8.self) == "\t !#$%&'()*,/;<=>?@[\\]^_`{|}~")
  }

  @Test(arguments: 0..<64, [CSVDialect.QuoteStyle.necessary, .nonNumeric, .always])
  func `a strict reader gets back what was written`(seed: Int, style: CSVDialect.QuoteStyle) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    var sample = SampleEntry()
    let names = (0..<6).map { sample.intern("field_\($0)") }
    let alphabet = ["a", "\"", ",", "\n", "\r", "\t", "\\", "é", "🎮", " ", "\u{0}"]
    var expected = ["", "", "", "", ""]
    for number in 0..<6 {
      let length = Int.random(in: 0..<40, using: &generator)
      let value = (0..<length).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }.joined()
      sample.add("field_\(number)", value, source: number % 2 == 0 ? .text : .scratch)
      expected.append(value)
    }
    let csv = writer(CSVDialect(quoteStyle: style), fields: .each(names, others: false))
    let rows = try CSVReader().rows(of: sample.header(of: csv) + sample.written(by: csv) + sample.written(by: csv))
    #expect(rows.count == 3)
    #expect(rows[1].map { Array($0.utf8) } == expected.map { Array($0.utf8) })
    #expect(rows[2].map { Array($0.utf8) } == expected.map { Array($0.utf8) })
  }
}
