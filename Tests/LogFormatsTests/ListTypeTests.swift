import LogFormats
import TestSupport
import Testing

/// `pairs`, `backslash`, `kv`, `data`, `cef`: what they take, and the keys that they bring.
struct ListTypeTests {
  @Test(arguments: [
    Taking("pairs", #" (a "b")"#, " x"), Taking("pairs", #" (a "b") (c)"#, "x"), Taking("pairs", #" (a "b c)(") (d "")"#),
    Taking("pairs", " (a)", " ("),
    Taking("pairs", "", "(a)"), Taking("pairs", "", " ()"), Taking("pairs", "", #" (a "b"#), Taking("pairs", "", #" (a  "b")"#),
    Taking("pairs", "", #" (a "b" )"#),
    Taking("pairs", "", " (a b)"), Taking("pairs", " (a-b.c)"), Taking("pairs", "", " (a\nb)"), Taking("pairs", "", " (a \"\n\")"),
    // Blanks at the end of the text belong to it.
    Taking("pairs", #" (a "b")  "#), Taking("pairs", "  "), Taking("pairs", #" (a "b")"#, "  x"),
    Taking("backslash", #"\k\v"#), Taking("backslash", #"\k\v w\l\"#), Taking("backslash", #"\k"#), Taking("backslash", #"\"#),
    Taking("backslash", "", "k"),
    Taking("backslash", #"\k\v"#, "\n\\x"), Taking("backslash", "", ""),
    Taking("backslash(bare)", #"k\v\l\w"#), Taking("backslash(bare)", "k"), Taking("backslash(bare)", #"k\v"#, "\nx"),
    Taking("backslash(bare)", nil, #"\k\v"#),
    Taking("backslash(bare)", nil, ""), Taking("backslash(bare)", nil, "\nk"),
    Taking("kv", #"a=b c="d e", _f=,g=h"#), Taking("kv", "a=b", " c"), Taking("kv", "a=", "\tb=c"), Taking("kv", "a=b=c"),
    Taking("kv", "a.b/c-d@e=1)x", "\""),
    Taking("kv", "a=", "\"b"), Taking("kv", #"a="b\"c""#, "d"), Taking("kv", "", "1=2"), Taking("kv", "", "a"), Taking("kv", "", " a=b"),
    Taking("kv", "", ""),
    Taking("kv", "a=\"\"", " "),
    Taking("data", "-", " x"), Taking("data", #"[a b="c"]"#, " x"), Taking("data", #"[a][b@1 c="\"]" d=""]"#, "[x"),
    Taking("data", "[a]", "-"), Taking("data", nil, "[]"),
    Taking("data", nil, "[a b=c]"), Taking("data", nil, #"[a  b="c"]"#), Taking("data", nil, "[a"), Taking("data", nil, "x"),
    Taking("data", nil, ""),
  ])
  func `a list takes`(row: Taking) throws { try row.check() }

  @Test(arguments: [
    ("a{:pairs}", #"a (x "1") (y)"#, ["x='1'", "y=true"]), ("a{:pairs}", #"a (x "")"#, []), ("a{:pairs}", "a", []),
    ("a{p:pairs}", #"a (x "1") (yZ)"#, ["p_x='1'", "p_y_z=true"]),
    ("{:backslash}", #"\k\v\l\w"#, ["k='v'", "l='w'"]), ("{:backslash}", #"\k\\l\w"#, ["l='w'"]),
    // A key without a value at the end is dropped.
    ("{:backslash}", #"\k\v\l"#, ["k='v'"]), ("{:backslash}", #"\k\v\"#, ["k='v'"]), ("{:backslash(bare)}", #"k\v\l"#, ["k='v'"]),
    ("{:backslash(bare)}", #"k\v\l\w"#, ["k='v'", "l='w'"]), ("{:backslash(bare)}", "k", []),
    ("{:kv}", #"a=b c="d e", f= g="h\"i""#, ["a='b'", "c='d e'", "g='h\"i'"]), ("{:kv}", #"a="x\ty\x41""#, ["a='x\tyA'"]),
    ("{:data}", #"[a@1 b="c" d="e"][f g="h"]"#, ["b='c'", "d='e'", "g='h'"]), ("{:data}", "-", []),
    ("{x:data}", #"[a@1 b="c"][f]"#, [#"x=["a@1","f"]"#, "x_b='c'"]), ("{x:data}", "-", []),
    // Of RFC 5424 only three escapes are escapes.
    ("{:data}", #"[a b="\"\\\]\n"]"#, [#"b='"\]\n'"#]),
    ("{:cef}", "a=b c d=e", ["a='b c'", "d='e'"]), ("{:cef}", #"a=x\=y b=\\ \n c=  z  "#, ["a='x=y'", "b='\\ \n'", "c='z'"]),
    ("{:cef}", "x y a=1", []),
    ("{:cef}", "a= b=c", ["b='c'"]), ("{:cef}", "cs1Label=x y", ["cs1_label='x y'"]),
  ])
  func `the keys of a list`(pattern: String, line: String, fields: [String]) throws {
    #expect(try EntryProbe([pattern]).fields(line) == fields)
  }

  @Test(arguments: [
    // Cells between commas: quotes with doubled quotes inside, brackets balanced.
    ("{:csv(a|b|c)}", "x,y,z", ["a='x'", "b='y'", "c='z'"]), ("{:csv(a|b|c)}", "x,,z", ["a='x'", "c='z'"]),
    ("{:csv(a|b|c)}", "x", ["a='x'"]),
    ("{:csv(a|b)}", #""x,y","say ""z""""#, ["a='x,y'", "b='say \"z\"'"]),
    ("{:csv(a|b)}", "(x,y),[z,{w,v}]", ["a='(x,y)'", "b='[z,{w,v}]'"]),
    ("{:csv(a|b)}", ")x,y", ["a=')x'", "b='y'"]), ("{:csv(a|b)}", #""x"y,z"#, ["a='xy'", "b='z'"]),
    ("{:csv(a|b)}", "\"x\ny\",z", ["a='x\ny'", "b='z'"]),
    // Cells beyond the keys: a list in the field's name.
    ("{:csv(a)}", "x,y,\"z,\"", ["a='x'", #"more=["y","z,"]"#]), ("{m:csv(a)}", "x,y,", ["a='x'", #"m=["y",""]"#]),
    // Keys with types.
    ("{:csv(a:int|b:ip)}", "007,192.0.2.1", ["a=7", "b='192.0.2.1'"]),
    ("{:csv(a:int|b:ip)}", "7x,\"192.0.2\"", ["a_text='7x'", "b_text='192.0.2'"]),
    ("{:csv(a:endpoint)}", "192.0.2.1:80", ["a='192.0.2.1'", "a_port=80"]), (#"{:csv(a:enum(x\|y\)|b)}"#, "y,z", ["a='y'", "b='z'"]),
    // They may be `time`, `level`, `message`.
    ("{:csv(time:iso|level|message)}", "2026-01-02T03:04:05Z,WARN,x", ["time=2026-01-02T03:04:05Z", "level=warn", "message='x'"]),
    ("{:csv(time:iso|level)}", "x,loud", ["time_text='x'", "level_text='loud'"]),
  ])
  func `cells`(pattern: String, line: String, fields: [String]) throws {
    #expect(try EntryProbe([pattern]).fields(line) == fields)
  }

  @Test(arguments: [
    ("c", "x, c: 1", ["m='x'", "c='1'"]), ("c", "x, c: ", ["m='x'"]), ("c", "x, c:", ["m='x'"]), ("c", "x", ["m='x'"]),
    ("c", ", c: 1", ["c='1'"]),
    ("c", #"x, c: "a, b""#, ["m='x'", "c='a, b'"]), ("c", "x, c: a, b", ["m='x, c: a, b'"]), ("c", #"x, c: a"b"#, [#"m='x, c: a"b'"#]),
    ("c|d", "x, c: 1, d: 2", ["m='x'", "c='1'", "d='2'"]), ("d|c", "x, c: 1, d: 2", ["m='x'", "d='2'", "c='1'"]),
    ("c|d", "x, d: 2, e: 3", ["m='x, d: 2, e: 3'"]), ("c|d", "x, c: a, b, d: 2", ["m='x, c: a, b'", "d='2'"]),
    // Where a key stands twice, the leftmost wins.
    ("c|d", "x, c: 1, d: 2, c: 3", ["m='x'", "c='1'", "d='2'"]),
    // A type must hold for the whole value.
    ("c:ip|d", "x, c: 192.0.2.1, d: 2", ["m='x'", "c='192.0.2.1'", "d='2'"]),
    ("c:ip|d", "x, c: 192.0.2.1x, d: 2", ["m='x, c: 192.0.2.1x'", "d='2'"]),
    ("c:endpoint", "x, c: 192.0.2.1:80", ["m='x'", "c='192.0.2.1'", "c_port=80"]), ("c:int", #"x, c: "1""#, [#"m='x, c: "1"'"#]),
    // A forged item in the path: text follows it that is no item. In the referrer: the real one on its left wins.
    (
      "client:ip|request|host", #"open() failed, client: 192.0.2.1, request: "GET /, client: 198.51.100.9, host: x HTTP/1.1", host: "h""#,
      ["m='open() failed'", "client='192.0.2.1'", "request='GET /, client: 198.51.100.9, host: x HTTP/1.1'", "host='h'"]
    ),
    (
      "client:ip|referrer", #"x, client: 192.0.2.1, referrer: "y, client: 198.51.100.9""#,
      ["m='x'", "client='192.0.2.1'", "referrer='y, client: 198.51.100.9'"]
    ),
    ("message|time:%H:%M:%S", "x, message: y, time: 12:00:00", ["time=2026-12-30T12:00:00Z", "message='y'", "m='x'"]),
  ])
  func `a tail from the right`(keys: String, line: String, fields: [String]) throws {
    #expect(try EntryProbe(["{m}{:tail(\(keys))}"]).fields(line) == fields)
    let pattern = try Pattern.parse("{m}{:tail(\(keys))}")
    var reference = ReferenceMatcher(pattern)
    #expect(reference.match(bytes(line)) != nil)
  }
}
