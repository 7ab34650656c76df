import Testing

/// Formats of `key=value` pairs.
struct KeyValueTests {
  static let format = """
    name: pairs
    multiline: none
    kv: {require: ['time|ts', 'level|msg'], time: [ts, time], level: [level, lvl], message: [msg, message], layouts: ['%d/%b/%Y %H:%M:%S']}
    """

  @Test(
    "A line of pairs is an entry with a field each",
    arguments: [
      (
        #"time=2026-01-02T12:00:01Z level=info msg="an example" took=3ms"#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"pairs","message":"an example","took":"3ms"}"#
      ),
      (#"ts=1767355201.250,level=WARN"#, #"{"time":"2026-01-02T12:00:01.250Z","level":"warn","format":"pairs"}"#),
      (
        #"time="02/Jan/2026 12:00:01" level=i msg="""#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"pairs","message":""}"#
      ),
      // The first key that gives a value fills the field; the others stay.
      (
        #"time=2026-01-02T12:00:01Z ts=soon level=blue lvl=30 msg=a message=b"#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"pairs","message":"a","ts":"soon","_level":"blue","_message":"b"}"#
      ),
      // Names are snake_case, what stands twice is numbered, empty values are absent.
      (
        #"ts=1767355201 level=e httpStatus=200 a.b-c=1 a.b-c=2 x= y="" A=@"#,
        #"{"time":"2026-01-02T12:00:01Z","level":"error","format":"pairs","http_status":"200","a_b_c":"1","a_b_c_2":"2","a":"@"}"#
      ),
      (
        #"ts=1767355201 msg="a \"b\"\n\\" c="d\te""#,
        #"{"time":"2026-01-02T12:00:01Z","format":"pairs","message":"a \"b\"\n\\","c":"d\te"}"#
      ),
      // Words that are no pairs: the message, or text beside one.
      (
        "[main]  ts=1767355201, level=info  hello, world a=b",
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"pairs","message":"[main] hello, world","a":"b"}"#
      ),
      (
        "started ts=1767355201 msg=x (really) =y k:v=w",
        #"{"time":"2026-01-02T12:00:01Z","format":"pairs","message":"x","text":"started (really) =y k:v=w"}"#
      ),
      // A pair stands behind a blank, tab or comma; a quote that nothing closes ends a value.
      (
        "ts=1767355201\tmsg=a;b=c,d=e f=\"g",
        #"{"time":"2026-01-02T12:00:01Z","format":"pairs","message":"a;b=c","d":"e","text":"\"g"}"#
      ),
      (#"ts=1767355201 msg="a"b=c d=e"#, #"{"time":"2026-01-02T12:00:01Z","format":"pairs","message":"a","d":"e","text":"b=c"}"#),
    ])
  func lines(_ line: String, _ entry: String) throws {
    try StreamProbe(Self.format).expect([line], give: [entry])
  }

  @Test(
    "What lacks two pairs or a required key is none",
    arguments: [
      "hello", "time=1767355201", "time=1767355201 a=b", "time= level=info", "level=info msg=x", "x.time=1767355201 level=info a=b",
    ])
  func others(_ line: String) throws {
    #expect(try StreamProbe(Self.format).run([line]).first?.hasPrefix(#"{"format":null"#) == true)
  }

  @Test func `absent and rename hold for keys of the log, levels for its words`() throws {
    let format = """
      name: pairs
      absent: ['-']
      rename: {src_ip: client}
      levels: {good: info}
      kv: {level: [state]}
      """
    try StreamProbe(format).expect(
      ["state=Good srcIP=192.0.2.1 user=- msg=\"-\" event=login"],
      give: [#"{"level":"info","format":"pairs","client":"192.0.2.1","_event":"login"}"#])
  }

  @Test func `pairs do not cut an open entry, unless that is common or general`() throws {
    let plain = "name: plain\nentry: ['{time:%Y-%m-%d %H:%M:%S} {message}']"
    let lines = ["2026-01-02 12:00:01 state", "ts=1767355201 level=info", "2026-01-02 12:00:02 end"]
    let joined = try StreamProbe(Self.format, plain).run(lines)
    #expect(joined.count == 2)
    #expect(joined.first == #"{"time":"2026-01-02T12:00:01Z","format":"plain","message":"state\nts=1767355201 level=info"}"#)
    for (rank, multiline) in [("common", "any"), ("general", "any"), ("normal", "none")] {
      let cut = try StreamProbe(Self.format, plain + "\nrank: \(rank)\nmultiline: \(multiline)").run(lines)
      #expect(cut.count == 3, "\(rank)")
    }
    // Nor does its own open entry.
    #expect(try StreamProbe(Self.format.replacing("multiline: none", with: "multiline: any")).run([lines[1], "x", lines[1]]).count == 2)
  }

  @Test func `a kv format wraps too`() throws {
    let inner =
      "name: inner\nmultiline: none\nentry: ['{level} {thread:word} {message}']\nevents: {message: [server.start: 'up {what:word}']}"
    let format = "name: pairs\nmultiline: none\nwrap: {field: message, key: app}\nkv: {require: [app], time: [ts], message: [log]}"
    try StreamProbe(format, inner).expect(
      [#"ts=1767355201 app=a log="WARN t1 up \"x\"""#, #"ts=1767355202 app=a log="words" thread=t2"#],
      give: [
        #"{"time":"2026-01-02T12:00:01Z","level":"warn","format":"inner","event":"server.start","message":"up \"x\"","thread":"t1","what":"\"x\"","app":"a"}"#,
        #"{"time":"2026-01-02T12:00:02Z","format":"pairs","message":"words","app":"a","thread":"t2"}"#,
      ])
  }
}
