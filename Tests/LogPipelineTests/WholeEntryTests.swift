import Testing

/// Formats with `start`: entries of several lines that are matched when they are complete.
struct WholeEntryTests {
  static let slow = #"""
    name: slow
    start: ['# Time: {}', '# User: {}']
    entry: ['{message:rest}']
    lines:
      - '# Time: {time:iso}'
      - '# User: {user!}[{login!}]'
      - '# Took: {took:number}'
    """#

  static let plain = """
    name: plain
    multiline: none
    entry: ['{time:%Y-%m-%d %H:%M:%S} {level}: {message}']
    """

  @Test func `start is ordered: a later one directly behind an earlier one continues the entry`() throws {
    try StreamProbe(Self.slow).expect(
      ["# Time: 2026-01-02T12:00:01Z", "# User: ada[root]", "# Took: 2.50", "select 1;", "# User: eve[eve]", "# Took: 3", "", "select 2;"],
      give: [
        ##"{"time":"2026-01-02T12:00:01Z","format":"slow","message":"# Time: 2026-01-02T12:00:01Z\n# User: ada[root]\n# Took: 2.50\nselect 1;","user":"ada","login":"root","took":2.50}"##,
        ##"{"format":"slow","message":"# User: eve[eve]\n# Took: 3\n\nselect 2;","user":"eve","login":"eve","took":3}"##,
      ])
  }

  @Test func `the same start twice begins two entries, and an earlier one behind a later one too`() throws {
    try StreamProbe(Self.slow).expect(
      ["# User: a[a]", "# User: b[b]", "# Time: 2026-01-02T12:00:01Z", "# Time: 2026-01-02T12:00:02Z", "# User: c[c]"],
      give: [
        ##"{"format":"slow","message":"# User: a[a]","user":"a","login":"a"}"##,
        ##"{"format":"slow","message":"# User: b[b]","user":"b","login":"b"}"##,
        ##"{"time":"2026-01-02T12:00:01Z","format":"slow","message":"# Time: 2026-01-02T12:00:01Z"}"##,
        ##"{"time":"2026-01-02T12:00:02Z","format":"slow","message":"# Time: 2026-01-02T12:00:02Z\n# User: c[c]","user":"c","login":"c"}"##,
      ])
  }

  @Test func `a line between two starts ends the order`() throws {
    try StreamProbe(Self.slow).expect(
      ["# Time: 2026-01-02T12:00:01Z", "select 1;", "# User: b[b]"],
      give: [
        ##"{"time":"2026-01-02T12:00:01Z","format":"slow","message":"# Time: 2026-01-02T12:00:01Z\nselect 1;"}"##,
        ##"{"format":"slow","message":"# User: b[b]","user":"b","login":"b"}"##,
      ])
  }

  @Test func `if no entry pattern takes the whole, all of it is the message`() throws {
    let report = """
      name: report
      start: ['---- {}']
      entry: ['---- {title}{''\\n''}Time: {time:%Y-%m-%d %H:%M:%S}{''\\n''}{message:rest}']
      """
    try StreamProbe(report).expect(
      ["---- One", "Time: 2026-01-02 12:00:01", "fell", "deep", "---- Two", "Time: late"],
      give: [
        #"{"time":"2026-01-02T12:00:01Z","format":"report","message":"fell\ndeep","title":"One"}"#,
        #"{"format":"report","message":"---- Two\nTime: late"}"#,
      ])
  }

  @Test(
    "Only rest, csv, json and a quoted line feed take a line feed",
    arguments: [
      ("'> {a} | {b:rest}'", ["> x | y", "z"], #"{"format":"block","a":"x","b":"y\nz"}"#),
      ("'> {a} | {b}'", ["> x | y", "z"], #"{"format":"block","message":"> x | y\nz"}"#),
      ("'> {a!} | {b:rest}'", ["> x", "y | z"], #"{"format":"block","message":"> x\ny | z"}"#),
      ("'> {a longest} | {b:rest}'", ["> x", "y | z"], #"{"format":"block","message":"> x\ny | z"}"#),
      ("'> {a:word} {b:rest}'", ["> x", "y z"], #"{"format":"block","message":"> x\ny z"}"#),
      ("'> {a:csv(n|t|m)}'", ["> 1,\"two", "lines\",3"], #"{"format":"block","n":"1","t":"two\nlines","m":"3"}"#),
      ("'> {a:json} {b}'", ["> {\"k\":", "1} end"], #"{"format":"block","a":{"k":1},"b":"end"}"#),
      ("'> {a:quoted} {b}'", ["> \"x", "y\" z"], #"{"format":"block","message":"> \"x\ny\" z"}"#),
      ("'> {a}{''\\n''}{b}'", ["> x", "y"], #"{"format":"block","a":"x","b":"y"}"#),
      ("'> {a!}{''\\n''}{b}'", ["> x\"", "y"], #"{"format":"block","a":"x\"","b":"y"}"#),
      ("'> {a!}{''\\n''}{b}'", ["> x", "y", "z"], #"{"format":"block","message":"> x\ny\nz"}"#),
    ])
  func lineFeeds(_ pattern: String, _ lines: [String], _ entry: String) throws {
    try StreamProbe("name: block\nstart: ['> {}']\nentry: [\(pattern)]").expect(lines, give: [entry])
  }

  @Test func `names that the entry has already are numbered, lines behind the entry`() throws {
    let format = """
      name: block
      start: ['> {}']
      entry: ['> {a}{''\\n''}{message:rest}']
      lines: ['a={a}', 'b={b}']
      events: {message: [block.b: 'b={b}']}
      """
    try StreamProbe(format).expect(
      ["> x", "b=1", "a=2", "b=3"],
      give: [#"{"format":"block","event":"block.b","message":"b=1\na=2\nb=3","a":"x","b":"1","a_2":"2","b_2":"3","b_3":"1"}"#])
  }

  @Test func `an entry that another format's line ends is matched then`() throws {
    try StreamProbe(Self.slow, Self.plain).expect(
      ["# User: a[a]", "select 1;", "2026-01-02 12:00:01 WARN: full", "select 2;"],
      give: [
        ##"{"format":"slow","message":"# User: a[a]\nselect 1;","user":"a","login":"a"}"##,
        #"{"time":"2026-01-02T12:00:01Z","level":"warn","format":"plain","message":"full"}"#,
        #"{"format":null,"message":"select 2;"}"#,
      ])
  }

  @Test func `lines with a carriage return or colours are matched without them`() throws {
    try StreamProbe(Self.slow).expect(
      text: "# User: a[a]\r\n\u{1b}[1m# Took: 1\u{1b}[0m\r\nselect 1;\n",
      give: [##"{"format":"slow","message":"# User: a[a]\n# Took: 1\nselect 1;","user":"a","login":"a","took":1}"##])
  }

  @Test func `continue goes before start, end ends the entry, and multiline none keeps unknown lines out`() throws {
    let format = """
      name: block
      start: ['> {}', '>> {}']
      continue: ['> more {}']
      end: ['{}.']
      multiline: none
      entry: ['{message:rest}']
      """
    try StreamProbe(format).expect(
      ["> x", "> more y", ">> z", "> u.", "> more v", "words", "> w"],
      give: [
        #"{"format":"block","message":"> x\n> more y"}"#,
        #"{"format":"block","message":">> z"}"#,
        #"{"format":"block","message":"> u."}"#,
        #"{"format":"block","message":"> more v"}"#,
        #"{"format":null,"message":"words"}"#,
        #"{"format":"block","message":"> w"}"#,
      ])
  }

  @Test func `inside of a wrapper an entry is matched whole, and the wrapper's fields come behind its own`() throws {
    let wrapper = """
      name: box
      multiline: none
      wrap: {field: message, key: source}
      entry: ['{time:iso} {level} {source:word} | {message}']
      """
    try StreamProbe(Self.slow, wrapper).expect(
      [
        "2026-01-02T12:00:05Z INFO db | # Time: 2026-01-02T12:00:01Z",
        "2026-01-02T12:00:06Z INFO db | # User: ada[root]",
        "2026-01-02T12:00:07Z INFO db | select 1;",
        "2026-01-02T12:00:08Z INFO web | # User: eve[eve]",
        "2026-01-02T12:00:09Z WARN db | select 2;",
      ],
      give: [
        ##"{"time":"2026-01-02T12:00:01Z","level":"info","format":"slow","message":"# Time: 2026-01-02T12:00:01Z\n# User: ada[root]\nselect 1;","user":"ada","login":"root","outer_time":"2026-01-02T12:00:05Z","source":"db"}"##,
        ##"{"time":"2026-01-02T12:00:08Z","level":"info","format":"slow","message":"# User: eve[eve]","user":"eve","login":"eve","source":"web"}"##,
        #"{"time":"2026-01-02T12:00:09Z","level":"warn","format":"box","message":"select 2;","source":"db"}"#,
      ])
  }

  @Test(
    "Keys that would do nothing are refused",
    arguments: [
      ("name: x\nentry: ['{time:iso} {message}']\nlines: ['a={a}']", "test.yaml:3:10: \"lines\" does nothing without \"start\""),
      ("name: x\njson: {}\nstart: ['a={a}']", "test.yaml:3:10: \"start\" stands with \"entry\" only"),
      ("name: x\nstart: ['> {a}']\nwrap: a\nentry: ['> {a}']", "test.yaml:2:10: a format with \"start\" wraps nothing"),
    ])
  func refused(_ format: String, _ message: String) {
    #expect { try StreamProbe(format) } throws: { "\($0)".hasPrefix(message) }
  }
}
