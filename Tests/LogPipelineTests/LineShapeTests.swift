import LogBytes
import LogFormats
import LogOutput
import TestSupport
import Testing

@testable import LogPipeline

/// Lines of pairs and objects are read by the shapes of the lines before them: what they give must be what they give on the long way, which
/// lines go whose entries tell where they stood, and which a line goes that is alone.
struct LineShapeTests {
  private func output(_ catalog: CompiledCatalog, _ parts: [[UInt8]], sourceLines: Bool) -> [String] {
    withoutPositions(StreamProbe(catalog: catalog).run(parts, lineNumbers: sourceLines))
  }

  private func withoutPositions(_ entries: [String]) -> [String] {
    entries.map { entry in
      guard let start = entry.firstRange(of: ",\"source_line\":") else { return entry }
      return entry[..<start.lowerBound] + "}"
    }
  }

  /// Compares the ways for lines in one stream, also if it comes in pieces.
  private func check(
    _ catalog: CompiledCatalog, _ lines: [String], _ generator: inout SeededGenerator, at location: SourceLocation = #_sourceLocation
  ) {
    // Bytes behind a line let it go the short way.
    let text = bytes(lines.map { $0 + (Int.random(in: 0..<9, using: &generator) == 0 ? "\r\n" : "\n") }.joined())
    let expected = output(catalog, [text], sourceLines: true)
    for parts in [[text], randomParts(of: text, largest: 900, using: &generator), randomParts(of: text, largest: 60, using: &generator)] {
      let actual = output(catalog, parts, sourceLines: false)
      #expect(actual.count == expected.count, sourceLocation: location)
      if let (entry, wanted) = zip(actual, expected).first(where: { $0 != $1 }) {
        #expect(entry == wanted, "in pieces: \(parts.count)", sourceLocation: location)
      }
    }
  }

  private func custom(_ declarations: String...) throws -> CompiledCatalog {
    try CompiledCatalog(declarations.map { try LogFormatReader.read(Array($0.utf8), path: "x.yaml") })
  }

  // MARK: Formats that take turns

  /// Entries line by line, with `@` where random digits stand.
  private static let turns: [[String]] = [
    [#"{"time":"2026-01-02T12:00:01.@Z","level":"info","msg":"a=@ b=c"}"#], [#"{"time":"2026-01-02T12:00:01Z","level":"","msg":"@"}"#],
    [#"{"time":"2026-01-02T12:00:01Z","level":"info","msg":"[02/Jan/2026:12:00:00 +0000] ","b":@}"#],
    [#"{"level":"warn","ts":"2026-01-02T12:00:01.000Z","caller":"a/b.go:@","msg":"x","extra":@}"#],
    [#"{"message":"m@","severity":"info","time":"2026-01-02T12:00:01Z","source":"main"}"#],
    [#"{"message":"m@","severity":"info","time":"2026-01-02T12:00:01Z","source":null}"#],
    [#"{"eventVersion":"1.08","eventTime":"2026-01-02T12:00:01Z","eventName":"Get@"}"#],
    [#"{"log":"plain @\n","stream":"stdout","time":"2026-01-02T12:00:01.@Z"}"#],
    [#"{"log":"[12:00:00] [Server thread/INFO]: hi @\n","stream":"stdout","time":"2026-01-02T12:00:01.@Z"}"#],
    [#"{"@t":"2026-01-02T12:00:01.@Z","@m":"x@","@l":"Warning"}"#], ["{", #"  "level": "info", "msg": "over lines @""#, "}"],
    ["time=2026-01-02T12:00:01.@Z level=info msg=\"hello @\" a=@"], ["time=2026-01-02T12:00:01.@Z level=@ msg= a=@"],
    ["level=info msg=\"2026-01-02 12:00:00.@ 1 INFO a.b [-] c\""],
    ["ts=1767355201 lvl=warn component=x [02/Jan/2026:12:00:00 +0000] \"a=@"],
    [
      "[12:00:00] [Server thread/ERROR]: failed @", "java.lang.Error: level=info msg=@", "\tat com.example.A.b(A.java:@)",
      "level=info msg=joins@",
    ],
    ["[12:00:00] [Server thread/INFO]: Ada joined @"], [#"192.0.2.@ - - [02/Jan/2026:12:00:00 +0000] "GET /a?b=@ HTTP/1.1" 200 @ "-" "A""#],
    ["<134>Jan  2 12:00:00 host app[@]: level=info msg=x@"], ["nobody's @"], ["[12:00:00] [a/INFO]: §acoloured @"], [""],
  ]

  private func filled(_ line: String, _ generator: inout SeededGenerator) -> String {
    line.map { $0 == "@" ? String(Int.random(in: 0...2000, using: &generator)) : String($0) }.joined()
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func `entries of formats that take turns`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let kinds = Self.turns.shuffled(using: &generator).prefix(Int.random(in: 2...12, using: &generator))
    var lines: [String] = []
    for _ in 0..<500 { lines += kinds.randomElement(using: &generator)!.map { filled($0, &generator) } }
    check(allFormats, lines, &generator)
  }

  @Test func `formats of objects of which one takes what the other takes`() throws {
    let catalog = try custom(
      "name: first\nrank: specific\njson: {message: [m], require: [x.y, m]}\n", "name: second\njson: {message: [m], require: [m]}\n",
      "name: third\njson: {message: [m], require: [x, m]}\n", "name: words\nentry: ['{a:word} {b:word} [{t:%H:%M:%S}] {message}']\n")
    var generator = SeededGenerator(seed: 3)
    let objects = [
      #"{"m":"a@"}"#, #"{"m":"a","x":@}"#, #"{"m":"a","x":""}"#, #"{"m":"a","x":{"y":@}}"#, #"{"m":"a","x":{"z":@}}"#,
      #"{"m":"a","x.y":@}"#, #"{"m":"a","x.y":"","x":@}"#, "a b [12:00:00] c@",
    ]
    for _ in 0..<4 {
      let lines = (0..<600).map { _ in filled(objects.randomElement(using: &generator)!, &generator) }
      check(catalog, lines, &generator)
    }
  }

  // MARK: Pairs

  private static let pairKeys = [
    "a", "b1", "msg", "message", "user", "event", "format", "text", "time", "ts", "level", "lvl", "httpStatus", "http_status", "k.e-y/x@1",
    "exactly8", "exactly_9", "longerThan8", "longer.than.sixteen.bytes", "longer.than.sixteen.letters", "request_ip", "state", "log_group",
  ]
  private static let pairValues = [
    "x", "info", "WARN", "30", "blue", "", "\"\"", "\"two words\"", "1767355201", "1767355201.250", "2026-01-02T12:00:01Z",
    "2026-01-02T12:00:01.125Z", "\"2026-01-02 12:00:02,5+01:00\"", "\"02/Jan/2026 12:00:01\"", "2026-02-30T12:00:01Z", "a\\b", "\"a\\\\b\"",
    "\"a \\\"b\\\" \\n\\t\\r\"", "\"\\x41\\z\"", "\u{e9}t\u{e9}", "\"\u{e9}\\n\"", "-", "\"-\"", "\u{7f}", "\u{1}", "\"\u{1}\"", "a=b",
    "0123456789abcdef", "0123456789abcdef0123456789abcdef", "0123456789abcdef,", "\"0123456789abcdef 0123456789abcdef 0123456789abcdef\"",
    "x\"y", "\"open", "\"a\"b", "a,b", "{\"a\":1}",
  ]

  private static let words = [" two words", "  one", " a  b", " a, b", " \"a\"", "\tx", " \u{e9}", " {x}"]

  /// A line of pairs in one of the orders.
  private func pairs(_ orders: [[String]], _ generator: inout SeededGenerator) -> String {
    let keys = orders.randomElement(using: &generator)!
    var line = ""
    for (index, key) in keys.enumerated() {
      let isOdd = Int.random(in: 0..<12, using: &generator) == 0
      if index > 0 { line += isOdd ? [", ", "  ", "\t", ","].randomElement(using: &generator)! : " " }
      // Most values are plain, and of any length, so that what is special stands at any place of a word of bits.
      let isPlain = Int.random(in: 0..<4, using: &generator) > 0
      let count = Int.random(in: 1..<70, using: &generator)
      line += key + "=" + (isPlain ? String(repeating: "v", count: count) : Self.pairValues.randomElement(using: &generator)!)
    }
    switch Int.random(in: 0..<8, using: &generator) {
    case 0: line += " ranked"
    case 1: line += Self.words.randomElement(using: &generator)!
    case 2: line = "words " + line
    default: break
    }
    return line
  }

  private func pairOrders(_ generator: inout SeededGenerator, count: Int) -> [[String]] {
    (0..<count).map { _ in
      ["ts", "level"] + Self.pairKeys.shuffled(using: &generator).prefix(Int.random(in: 1...9, using: &generator))
    }
  }

  private static let pairFormat = """
    name: pairs
    multiline: none
    kv: {require: ['time|ts', 'level|msg'], time: [ts, time], level: [level, lvl], message: [msg, message], layouts: ['%d/%b/%Y %H:%M:%S']}
    """

  @Test(arguments: 0..<6 as Range<UInt64>)
  func `lines of pairs are what they are on the long way`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let formats = [
      try custom(Self.pairFormat), allFormats,
      try custom(Self.pairFormat + "\nabsent: ['-', blue, 0123456789abcdef]\nrename: {user: client}\nlevels: {blue: warn}"),
      try custom(Self.pairFormat.replacing("none", with: "any")),
      try custom(Self.pairFormat + "\nfind: {user: ['{n:int}']}"),
    ]
    for catalog in formats {
      let orders = pairOrders(&generator, count: Int.random(in: 1...6, using: &generator))
      check(catalog, (0..<120).map { _ in pairs(orders, &generator) }, &generator)
    }
  }

  /// What observers match comes between reading a line and writing it.
  @Test func `a line that another format observes`() throws {
    var generator = SeededGenerator(seed: 13)
    let observer =
      """
      name: observer
      clock: {set: ['{} at=1 {base:%H:%M:%S}{}', '{}"msg":"{base:%H:%M:%S}"{}']}
      entry: ['[{time:%H:%M:%S}] {message}']
      """
    for (format, line) in [
      (Self.pairFormat, "ts=1767355201 level=info msg=x at=1 12:00:0@"),
      (Self.objectFormat, #"{"level":"info","ts":"2026-01-02T12:00:01Z","msg":"12:00:0@","n":@}"#),
    ] {
      let lines = (0..<30).map { line.replacing("@", with: String($0 % 10)) }
      check(try custom(format, observer), lines + ["[12:00:07] x"] + lines, &generator)
    }
  }

  @Test func `each line of pairs is what it is alone`() throws {
    var generator = SeededGenerator(seed: 11)
    let probe = StreamProbe(catalog: try custom(Self.pairFormat))
    let orders = pairOrders(&generator, count: 4)
    let lines = (0..<300).map { _ in pairs(orders, &generator) }
    #expect(probe.run(lines) == lines.flatMap { probe.run([$0]) })
  }

  @Test func `damaged lines of pairs`() throws {
    var generator = SeededGenerator(seed: 12)
    let orders = pairOrders(&generator, count: 2)
    var lines: [String] = []
    for _ in 0..<400 {
      var line = Array(pairs(orders, &generator).unicodeScalars)
      if Bool.random(using: &generator) {
        line[Int.random(in: line.indices, using: &generator)] = ["=", "\"", "\\", " ", ",", "\u{0}"].randomElement(using: &generator)!
      }
      lines.append(String(String.UnicodeScalarView(line)))
    }
    check(try custom(Self.pairFormat), lines, &generator)
  }

  // MARK: Objects

  private static let objectKeys = [
    "a", "msg", "message", "level", "ts", "time", "format", "x\\u0061y", "exactly", "exactly_10", "longer than sixteen bytes", "log",
    "client_ip",
    "longer than sixteen letters", "A", "request_ip", "caller", "n", "",
  ]
  private static let objectValues = [
    "1", "0", "-1", "-0", "01", "1.5", "1e5", "1E+5", "9007199254740991", "9007199254740992", "-9007199254740993", "123456789012345678901",
    "0.1234567890123456", "true", "false", "null", "nul", "\"\"", "\"x\"", "\"info\"", "\"WARN\"", "30", "\"a\\nb\\t\\\"c\\\"\\\\\"",
    "\"\\b\\f\\r\"", "\"\\/\"", "\"\\u0041\"", "\"\\ud83d\\ude00\"", "\"\\x\"", "\"\u{e9}\"", "\"\u{e9}\\n\"", "\"\u{1}\"", "\"\t\"",
    "\"open",
    "{}", "[]", "{\"a\":1}", "{\"a\":{\"b\":[1,2,{\"c\":null}]},\"d\":\"e\"}", "{ \"a\" : 1 }", "[1, 2]", "[[[[]]]]", "[1,]", "{\"a\"}",
    "{\"a\":\"\\n\"}", "{\"a\":\"\u{e9}\"}", "[true,false,null,-1.5e3]", "\"-\"", "1767355201", "1767355201.250",
    "\"2026-01-02T12:00:01Z\"",
    "\"2026-01-02T12:00:01.125+02:00\"", "\"192.0.2.1\"", "{\"level\":\"warn\"}", "{\"level\":30,\"time\":1767355202}",
    "{ \"level\" : \"debug\", \"time\": \"2026-01-02T12:00:03Z\" }",
    "{\"level\":\"\\u0041\",\"time\":\"\\n\"}", "{\"$date\":\"2026-01-02T12:00:04Z\"}", "{\"$date\":{\"$numberLong\":\"1\"}}",
    "[\"a]\",\"}\"]",
    "\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"",
  ]

  private func object(_ orders: [[String]], _ generator: inout SeededGenerator) -> String {
    let keys = orders.randomElement(using: &generator)!
    let (comma, colon) = [(",", ":"), (",", ":"), (", ", ": ")].randomElement(using: &generator)!
    var members: [String] = []
    for key in keys {
      let value: String
      switch (key, Int.random(in: 0..<5, using: &generator)) {
      case ("log", 2...), ("t", 2...): value = Self.objectValues.filter { $0.hasPrefix("{") }.randomElement(using: &generator)!
      case ("level", 1...): value = ["\"info\"", "\"error\"", "\"debug\""].randomElement(using: &generator)!
      case ("ts", 1...):
        value = "\"2026-01-02T12:00:0\(Int.random(in: 0...1, using: &generator)).\(Int.random(in: 0...999, using: &generator))Z\""
      case (_, 1...): value = "\"" + String(repeating: "v", count: Int.random(in: 1..<70, using: &generator)) + "\""
      default: value = Self.objectValues.randomElement(using: &generator)!
      }
      members.append("\"\(key)\"" + colon + value)
    }
    return "{" + members.joined(separator: comma) + "}" + (Int.random(in: 0..<20, using: &generator) == 0 ? " " : "")
  }

  private func objectOrders(_ generator: inout SeededGenerator, count: Int) -> [[String]] {
    (0..<count).map { _ in ["level", "ts"] + Self.objectKeys.shuffled(using: &generator).prefix(Int.random(in: 1...8, using: &generator)) }
  }

  private static let objectFormat =
    "name: objects\nmultiline: none\njson: {require: [level, ts], time: [ts, time], level: [level], message: [msg, message]}"

  @Test(arguments: 0..<6 as Range<UInt64>)
  func `objects are what they are on the long way`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let formats = [
      try custom(Self.objectFormat), allFormats,
      try custom(Self.objectFormat + "\nabsent: ['-', info]\nrename: {a: client}\nlevels: {x: warn}"),
      try custom(Self.objectFormat.replacing("[level]", with: "[log.level, level]")),
      try custom(Self.objectFormat.replacing("[ts, time]", with: "[t.$date, log.time, ts, time]")),
      try custom(
        Self.objectFormat.replacing("[ts, time]", with: "[time, ts, t.$date, log.time]").replacing("[msg,", with: "[log.level, msg,")),
      try custom(Self.objectFormat.replacing("require: [level, ts]", with: "require: [level, ts, 'log.level|a']")),
      try custom(Self.objectFormat.replacing("none", with: "any")),
      try custom(Self.objectFormat + "\nevents: {message: [{greeting: 'v{}'}]}"),
      try custom(Self.objectFormat, "name: other\nrank: specific\njson: {require: [level, ts, caller]}"),
    ]
    for catalog in formats {
      let orders = objectOrders(&generator, count: Int.random(in: 1...5, using: &generator))
      check(catalog, (0..<120).map { _ in object(orders, &generator) }, &generator)
    }
  }

  @Test func `each object is what it is alone`() throws {
    var generator = SeededGenerator(seed: 21)
    let probe = StreamProbe(catalog: try custom(Self.objectFormat))
    let orders = objectOrders(&generator, count: 4)
    // A line that is no object may wait for the lines behind it.
    let lines = (0..<400).map { _ in object(orders, &generator) }.filter { probe.run([$0]).first?.hasPrefix(#"{"format":null"#) == false }
    #expect(lines.count > 100)
    #expect(probe.run(lines) == lines.flatMap { probe.run([$0]) })
  }

  @Test func `damaged objects`() throws {
    var generator = SeededGenerator(seed: 22)
    let orders = objectOrders(&generator, count: 2)
    var lines: [String] = []
    for _ in 0..<400 {
      var line = Array(object(orders, &generator).unicodeScalars)
      if Bool.random(using: &generator) {
        line[Int.random(in: line.indices, using: &generator)] = ["{", "}", "\"", "\\", " ", ",", ":", "\u{1}"].randomElement(
          using: &generator)!
      }
      lines.append(String(String.UnicodeScalarView(line)))
    }
    check(try custom(Self.objectFormat), lines, &generator)
  }

  // MARK: Bounds

  @Test func `very many keys, more shapes than are kept, and names that are forgotten`() throws {
    var generator = SeededGenerator(seed: 31)
    let catalog = try custom(Self.pairFormat, Self.objectFormat)
    let wide = (0..<70).map { "k\($0)=\($0)" }.joined(separator: " ")
    var lines = [String](repeating: "ts=1767355201 level=info \(wide)", count: 3)
    // As many as bits, and one less and more.
    for count in 55...62 {
      lines += [String](repeating: "ts=1767355201 level=info " + (0..<count).map { "k\($0)=\($0)" }.joined(separator: " "), count: 3)
    }
    for number in 0..<6000 {
      lines.append("ts=1767355201 level=info msg=x key\(number)=\(number) other\(number % 7)=y")
      if number % 3 == 0 { lines.append("ts=1767355201 level=info msg=x other\(number % 30)=y") }
    }
    check(catalog, lines, &generator)
    check(
      catalog, (0..<6000).map { #"{"level":"info","ts":"2026-01-02T12:00:01Z","msg":"x","key\#($0)":"\#($0)","z\#($0 % 9)":\#($0)}"# },
      &generator)
  }

  @Test(arguments: [
    #"ts=1767355201.250 level=info msg="a \"b\"" user=x n= ranked"#,
    #"{"level":"info","ts":"2026-01-02T12:00:01Z","msg":"a \"b\"","n":1.5,"meta":{"a":[1,"b"]},"none":null,"yes":true}"#,
    #"{"level": "info", "ts": "2026-01-02T12:00:01Z", "msg": "x"}"#,
    #"{"level":"info","ts":"2026-01-02T12:00:01Z","msg":"\u0041\/","é":"\u00e9","meta": { "a" : "\/" }}"#,
    "{\"level\":\"info\",\"ts\":\"2026-01-02T12:00:01Z\"}\r", "ts=1767355201.250 level=info msg=\"\\x41\"\r",
  ])
  func `the third line of a shape is read by it`(line: String) throws {
    let catalog = try custom(Self.pairFormat, Self.objectFormat)
    var framer = EntryFramer(
      catalog: catalog, options: PipelineOptions(), writer: .jsonLines(JSONLinesWriter()), arrival: 1_798_675_200)
    let lines = bytes([String](repeating: line + "\n", count: 4).joined())
    // What stands behind the limit can be read.
    let text = lines + [UInt8](repeating: ASCII.blank, count: 64)
    var bitmaps = ChunkBitmaps()
    bitmaps.classify(text.span)
    var output = ByteOutput()
    framer.consume(
      MatchText(bytes: text.span, bitmaps: bitmaps.words), limit: lines.count, isLast: true, hasEscapes: false, into: &output)
    #expect(framer.openIsWritten && framer.openPlan.found.pattern == -1)
  }

  /// An event of an envelope ends where no line feed stands, and another text behind it.
  @Test(arguments: [
    #"ts=1767355201.250 level=info msg="a b" user=xyz n=1 ranked"#,
    #"{"level":"info","ts":"2026-01-02T12:00:01Z","msg":"x","a}":{"b":[1]},"n":1.5}"#,
  ])
  func `a line ends where its text ends`(line: String) throws {
    let catalog = try custom(Self.pairFormat, Self.objectFormat)
    let text = bytes([String](repeating: line + "\n", count: 5).joined())
    var bitmaps = ChunkBitmaps()
    bitmaps.classify(text.span)
    for cut in 0...line.utf8.count {
      let results = [true, false].map { sourceLines in
        var framer = EntryFramer(
          catalog: catalog, options: PipelineOptions(), writer: .jsonLines(JSONLinesWriter(sourceLines: sourceLines)),
          arrival: 1_798_675_200)
        var output = ByteOutput()
        let whole = MatchText(bytes: text.span, bitmaps: bitmaps.words)
        framer.consume(whole, limit: 3 * (line.utf8.count + 1) + cut, isLast: true, hasEscapes: false, into: &output)
        framer.finish(whole, into: &output)
        return withoutPositions(String(decoding: bytes(output), as: UTF8.self).split(separator: "\n").map(String.init))
      }
      #expect(results[0] == results[1], "cut at \(cut)")
    }
  }
}
