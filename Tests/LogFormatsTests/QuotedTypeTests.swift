import TestSupport
import Testing

/// `quoted`, `quoted('')`, `quoted("")`, `json`, `rest`.
struct QuotedTypeTests {
  @Test(arguments: [
    Taking("quoted", #""""#, "x"), Taking("quoted", #""a b""#, #"""#), Taking("quoted", #""a\"b""#), Taking("quoted", #""a\\""#, #"""#),
    Taking("quoted", #""é\é""#), Taking("quoted", "\"a\tb\""), Taking("quoted", nil, #""a"#), Taking("quoted", nil, #""a\""#),
    Taking("quoted", nil, "\"a\nb\""),
    Taking("quoted", nil, "\"a\\\nb\""), Taking("quoted", nil, "'a'"), Taking("quoted", nil, "a"), Taking("quoted", nil, ""),
    Taking("quoted", nil, #"""#),
    Taking("quoted('')", "''", "x"), Taking("quoted('')", "'it''s'", " "), Taking("quoted('')", "''''", "x"),
    Taking("quoted('')", #"'a\'"#, "x"),
    Taking("quoted('')", nil, "'a''"), Taking("quoted('')", nil, "'''"), Taking("quoted('')", nil, "'a\nb'"),
    Taking("quoted('')", nil, #""a""#),
    Taking(#"quoted("")"#, #""say ""x""""#, " "), Taking(#"quoted("")"#, #""""#), Taking(#"quoted("")"#, nil, "'a'"),
  ])
  func `quoted takes`(row: Taking) throws { try row.check() }

  @Test(arguments: [
    Taking("json", "{}", "}"), Taking("json", "[]", "x"), Taking("json", #"{"a":[1,{"b":2}]}"#, " {}"),
    Taking("json", #"{"}":"\"}"}"#, "}"),
    Taking("json", "[\n1,\n2]", "\n"), Taking("json", "{x}", "y"), Taking("json", "[}", "]"), Taking("json", #"["]"]"#, "]"),
    Taking("json", nil, "{"), Taking("json", nil, "[1"), Taking("json", nil, #"["]"#), Taking("json", nil, "1"),
    Taking("json", nil, #""a""#),
    Taking("json", nil, ""), Taking("json", nil, " {}"),
    Taking("json", String(repeating: "[", count: 200) + String(repeating: "]", count: 200)),
  ])
  func `json takes`(row: Taking) throws { try row.check() }

  @Test(arguments: [
    Valuing("quoted", #""a b""#, "x='a b'"), Valuing("quoted", #""\"\\a\/""#, #"x='"\a/'"#), Valuing("quoted", #""\n\t\r""#, "x='\n\t\r'"),
    Valuing("quoted", #""\x41\x4\xzz\u0041""#, "x='Ax4xzzu0041'"), Valuing("quoted", #""""#),
    Valuing("quoted('')", "'it''s'", "x='it's'"), Valuing("quoted('')", "''''", "x='''"), Valuing("quoted('')", "''"),
    Valuing(#"quoted("")"#, #""say ""x"" \n""#, #"x='say "x" \n'"#),
    // A nested value as it stands; a string if it is no JSON.
    Valuing("json", #"{"a": [1, true]}"#, #"x={"a":[1,true]}"#), Valuing("json", "{x}", "x='{x}'"), Valuing("json", "[x}", "x='[x}'"),
    Valuing("json", "[01]", "x='[01]'"),
    Valuing("rest", "a\tb ", "x='a\tb '"),
  ])
  func `a quoted text's value`(row: Valuing) throws { try row.check() }

  @Test func `rest takes line feeds too`() throws {
    #expect(try EntryProbe(["{a:word};{b:rest}"]).fields("x;y\n\nz\n") == ["a='x'", "b='y\n\nz\n'"])
    #expect(try EntryProbe(["{a:word};{b:rest}"]).fields("x;") == ["a='x'"])
    #expect(try EntryProbe(["{a:word};{message:rest}"]).fields("x;") == ["message=''", "a='x'"])
  }
}
