import Testing

/// Formats of rows of cells.
struct DelimitedTests {
  static let w3c = """
    name: w3c
    multiline: none
    absent: ['-']
    delimited: {declare: '#Fields:', comment: ['#Software', '#Date'], slack: 1, time: ['date time', 'x-time'], columns: ['sc-status:int', 'c-ip:ip']}
    """

  @Test func `a declaring line names the columns of the rows behind it`() throws {
    try StreamProbe(Self.w3c).expect(
      [
        "2026-01-02 12:00:00 192.0.2.1 200",
        "#Software: Example 1",
        "#Fields: date time c-ip cs(User-Agent) sc-status",
        "2026-01-02 12:00:01 192.0.2.1 Agent/1 0200",
        "2026-01-02   12:00:02 here - 404 ",
        "#Date: 2026-01-03",
        "#Fields: x-time event message",
        "2026-01-02T12:00:03Z login hi",
        "2026-01-02T12:00:04Z login",
        "2026-01-02T12:00:05Z login hi more",
        "2026-01-02T12:00:06Z login hi more still",
      ],
      give: [
        ##"{"format":null,"message":"2026-01-02 12:00:00 192.0.2.1 200"}"##,
        ##"{"format":"w3c","message":"#Software: Example 1"}"##,
        ##"{"format":"w3c","message":"#Fields: date time c-ip cs(User-Agent) sc-status"}"##,
        ##"{"time":"2026-01-02T12:00:01Z","format":"w3c","c_ip":"192.0.2.1","cs_user_agent":"Agent/1","sc_status":200}"##,
        ##"{"time":"2026-01-02T12:00:02Z","format":"w3c","c_ip_text":"here","sc_status":404}"##,
        ##"{"format":"w3c","message":"#Date: 2026-01-03"}"##,
        ##"{"format":"w3c","message":"#Fields: x-time event message"}"##,
        ##"{"time":"2026-01-02T12:00:03Z","format":"w3c","message":"hi","_event":"login"}"##,
        ##"{"time":"2026-01-02T12:00:04Z","format":"w3c","_event":"login"}"##,
        ##"{"time":"2026-01-02T12:00:05Z","format":"w3c","message":"hi","_event":"login","more":["more"]}"##,
        ##"{"format":null,"message":"2026-01-02T12:00:06Z login hi more still"}"##,
      ])
  }

  @Test func `prose with as many words as a row is no row`() throws {
    try StreamProbe(Self.w3c).expect(
      [
        "#Fields: date time c-ip sc-status",
        "it has four words",
        "L 01/02/2026 192.0.2.1 200",
        "2026-01-02 noon 192.0.2.1 200",
        "2026-01-02 12:00:01|INFO 192.0.2.1 200",
        "- 12:00:01 192.0.2.1 200",
        "2026-01-02 12:00:01 [INFO] Ready",
        "- - 192.0.2.1 200",
        "2026-01-02 12:00:01 192.0.2.1 200",
      ],
      give: [
        ##"{"format":"w3c","message":"#Fields: date time c-ip sc-status"}"##,
        ##"{"format":null,"message":"it has four words"}"##,
        ##"{"format":null,"message":"L 01/02/2026 192.0.2.1 200"}"##,
        ##"{"format":null,"message":"2026-01-02 noon 192.0.2.1 200"}"##,
        ##"{"format":null,"message":"2026-01-02 12:00:01|INFO 192.0.2.1 200"}"##,
        ##"{"format":null,"message":"- 12:00:01 192.0.2.1 200"}"##,
        ##"{"format":null,"message":"2026-01-02 12:00:01 [INFO] Ready"}"##,
        ##"{"format":"w3c","c_ip":"192.0.2.1","sc_status":200}"##,
        ##"{"time":"2026-01-02T12:00:01Z","format":"w3c","c_ip":"192.0.2.1","sc_status":200}"##,
      ])
  }

  @Test(
    "The declaring line's own separator holds for the rows: tab, else comma, else blank",
    arguments: [
      (["#Fields:\ta b\tc", "1 2\t3"], #""a_b":"1 2","c":"3""#),
      (["#Fields: a b, c ,d", "1 2, 3 ,4"], #""a_b":"1 2","c":" 3 ","d":"4""#),
      (["#Fields: a b c", "1 2 3"], #""a":"1","b":"2","c":"3""#),
      // A row that holds a tab is cut at tabs if the line had blanks only.
      (["#Fields: a b c", "1 2\t\t3"], #""a":"1 2","c":"3""#),
      (["#Fields: a, b, c", "1,\t2,3"], #""a":"1","b":"\t2","c":"3""#),
      // Quotes shield separators; doubled ones stand for themselves, unclosed ones are bytes like others.
      (["#Fields: a b c", #""1 2" "3 ""4"" 5" """#], #""a":"1 2","b":"3 \"4\" 5""#),
      (["#Fields: a,b,c", #"1 "x, y" 2,"","z"#], #""a":"1 \"x, y\" 2","c":"\"z""#),
      (["#Fields: a,b,c", #"",-,3"#], #""a":"\"","c":"3""#),
      (["#Fields: a b a", "1 2 3"], #""a":"1","b":"2","a_2":"3""#),
      (["#Fields: a time b", "1 12:00 3"], #""a":"1","_time":"12:00","b":"3""#),
    ])
  func separators(_ lines: [String], _ fields: String) throws {
    let entries = try StreamProbe(Self.w3c).run(lines)
    #expect(entries.last == #"{"format":"w3c",\#(fields)}"#)
  }

  @Test func `columns without a declaring line hold for every stream, with the roles that their author names`() throws {
    let format = """
      name: sheet
      multiline: none
      rename: {user_name: user}
      delimited: {separator: ';', quote: "'", columns: ['time:%d.%m.%Y %H:%M', 'level:level', message, userName, 'size:size'], slack: 0}
      """
    try StreamProbe(format).expect(
      ["02.01.2026 12:00;WARN;'a; ''b''';ada;2kB", "soon;?;;;", "a;b;c;d", "02.01.2026 12:00;;x;;1;"],
      give: [
        #"{"time":"2026-01-02T12:00:00Z","level":"warn","format":"sheet","message":"a; 'b'","user":"ada","size":2000}"#,
        #"{"format":"sheet","time_text":"soon","level_text":"?"}"#, #"{"format":null,"message":"a;b;c;d"}"#,
        #"{"format":null,"message":"02.01.2026 12:00;;x;;1;"}"#,
      ])
  }

  @Test func `each stream has its own table, one inside of a wrapper too`() throws {
    let wrapper = "name: box\nmultiline: none\nwrap: {field: message, key: from}\nentry: ['{from:word} | {message}']"
    try StreamProbe(Self.w3c, wrapper).expect(
      ["a | #Fields: x y", "b | #Fields: u v w", "a | 1 2", "b | 1 2 3", "c | 1 2"],
      give: [
        ##"{"format":"w3c","message":"#Fields: x y","from":"a"}"##, ##"{"format":"w3c","message":"#Fields: u v w","from":"b"}"##,
        ##"{"format":"w3c","x":"1","y":"2","from":"a"}"##, ##"{"format":"w3c","u":"1","v":"2","w":"3","from":"b"}"##,
        ##"{"format":"box","message":"1 2","from":"c"}"##,
      ])
    // And what a stream said is forgotten with it.
    #expect(try StreamProbe(Self.w3c).run(["1 2"]) == [#"{"format":null,"message":"1 2"}"#])
  }

  @Test(
    "A declaration that says too little is refused",
    arguments: [
      ("{separator: ','}", "does not say what its columns are"), ("{columns: [a]}", "does not say what separates"),
      ("{separator: ',', columns: [a], time: [b]}", "no column \"b\""), ("{declare: '#', time: ['a b c']}", "not one column or two"),
    ])
  func refused(_ declaration: String, _ message: String) {
    #expect { try StreamProbe("name: x\ndelimited: \(declaration)") } throws: { "\($0)".contains(message) }
  }
}
