import LogBytes
import LogFormats
import TestSupport
import Testing

@testable import LogFormats

/// Names of fields: snake_case of the log's keys, names that are taken, reserved ones, values that are absent.
struct FieldNamingTests {
  @Test(arguments: [
    ("HTTPStatus", "http_status"), ("@timestamp", "timestamp"), ("cs(User-Agent)", "cs_user_agent"), ("log.level", "log_level"),
    ("userName", "user_name"),
    ("user_name", "user_name"), ("X-Forwarded-For", "x_forwarded_for"), ("ABC", "abc"), ("aB", "a_b"), ("a1B", "a1_b"), ("A1b", "a1b"),
    ("userIDs", "user_i_ds"),
    ("eventTimeUTC", "event_time_utc"), ("a  b", "a_b"), ("__a__b__", "a_b"), ("9a", "_9a"), ("", "field"), ("---", "field"),
    ("é", "field"), ("aéb", "a_b"),
    ("ÄB", "b"), ("x", "x"), ("JSONData", "json_data"), ("a_B", "a_b"), ("AB_cd", "ab_cd"), ("sc-status", "sc_status"), ("1", "_1"),
    ("A", "a"),
  ])
  func `snake case`(key: String, name: String) {
    #expect(String(decoding: written { ValueWriting.appendSnakeCase(bytes(key).span, to: &$0) }, as: UTF8.self) == name)
  }

  @Test(arguments: [
    // A list never overwrites a field.
    ("{a:word}{:pairs}", #"x (a "1") (a "2")"#, ["a='x'", "a_2='1'", "a_3='2'"]),
    ("{a:word}{:pairs}", #"x (a_2 "1") (a "2") (A "3")"#, ["a='x'", "a_2='1'", "a_3='2'", "a_4='3'"]),
    ("{prop_a:word}{prop:pairs}", #"x (a "1") (damage "2")"#, ["prop_a='x'", "prop_a_2='1'", "prop_damage='2'"]),
    ("{a:word} {b:data}", #"x [i a="1" b="2"]"#, ["a='x'", #"b=["i"]"#, "b_a='1'", "b_b='2'"]),
    // Reserved names get an underscore in front, taken or not.
    (
      "x{:pairs}",
      #"x (time "1") (level "error") (format "2") (event "3") (message "4") (source_file "5") (source_line "6") (source_lines "7")"#,
      [
        "_time='1'", "_level='error'", "_format='2'", "_event='3'", "_message='4'", "_source_file='5'", "_source_line='6'",
        "_source_lines='7'",
      ]
    ),
    ("{level}{:pairs}", #"INFO (level "x") (Level "y")"#, ["level=info", "_level='x'", "_level_2='y'"]),
    ("{level}{prop:pairs}", #"INFO (level "x")"#, ["level=info", "prop_level='x'"]),
    // An endpoint's second name.
    ("{a_port:int} {a:endpoint}", "1 192.0.2.1:2", ["a_port=1", "a='192.0.2.1'", "a_port_2=2"]),
  ])
  func `names that are taken`(pattern: String, line: String, fields: [String]) throws {
    #expect(try EntryProbe([pattern]).fields(line) == fields)
  }

  @Test func `keys of the log may have names of the format's own`() throws {
    var format = LogFormat(name: "probe")
    format.entry = [try Pattern.parse("x{:pairs}")]
    format.rename = ["mapname": "map", "a_b": "level_name"]
    #expect(try EntryProbe(format).fields(#"x (mapName "1") (mapname "2") (a.b "3")"#) == ["map_name='1'", "map='2'", "level_name='3'"])
  }

  @Test(arguments: [
    ("{a:word} {b}", "- x", ["b='x'"]), ("{a:word} {b}", "(empty) -", []), ("{a:word} {b}", "-- (empty", ["a='--'", "b='(empty'"]),
    ("x{:pairs}", #"x (a "-") (b "1")"#, ["b='1'"]), ("{:kv}", "a=- b=(empty) c=1", ["c='1'"]), ("{:csv(a|b:int|c)}", "-,-,1", ["c='1'"]),
    ("{:backslash}", #"\a\-\b\1"#, ["b='1'"]), ("{a:endpoint} {level} {b:int 1..1}", "192.0.2.1 INFO 0", ["level=info", "a='192.0.2.1'"]),
    ("{:cef}", "a=- b=1", ["b='1'"]), ("{:data}", #"[a b="-" c="1"]"#, ["c='1'"]), ("{message}", "-", []),
    // An empty run gives no field, but the message is then the empty string.
    ("[{a!}] {b}", "[] ", []), ("[{a!}] {message}", "[] ", ["message=''"]), ("{a:quoted} {b}", "\"\" x", ["b='x'"]),
  ])
  func `values that are absent`(pattern: String, line: String, fields: [String]) throws {
    #expect(try EntryProbe([pattern], absent: ["-", "(empty)", "0"]).fields(line) == fields)
  }

  @Test(arguments: [
    ("{time:%Y-%m-%d} {b}", "2026-02-30 x", ["time_text='2026-02-30'", "b='x'"]),
    ("{a:%Y-%m-%d} {b}", "2026-02-29 x", ["a_text='2026-02-29'", "b='x'"]),
    ("{a:%Y-%m-%d} {b}", "2024-02-29 x", ["a=2024-02-29T00:00:00Z", "b='x'"]),
    ("{a:%e %b} {b}", " 31 Apr x", ["a_text='31 Apr'", "b='x'"]),
    ("{time:since(s)} {b}", "12.50 x", ["uptime=12.5", "b='x'"]), ("{time:since(ms)} {b}", "1250 x", ["uptime=1.25", "b='x'"]),
    ("{a:since(s)} {b}", "12.5 x", ["a_text='12.5'", "b='x'"]),
    ("{time:%H:%M:%S} {time_of:%H:%M:%S}", "12:00:00 13:00:00", ["time=2026-12-30T12:00:00Z", "time_of=2026-12-30T13:00:00Z"]),
  ])
  func `times that are none`(pattern: String, line: String, fields: [String]) throws {
    #expect(try EntryProbe([pattern]).fields(line) == fields)
  }
}
