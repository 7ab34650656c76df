import LogFormats
import TestSupport
import Testing

/// What is refused of a pattern (formats/README.md, "What is refused"): each check with a pattern on which it fires and one on which it
/// does not.
struct RefusalTests {
  struct Refusal: Sendable, CustomTestStringConvertible {
    var pattern: String
    /// Inside of the pattern, from 1.
    var column: Int
    var message: String
    var hint: String
    /// Nearly the same, and nothing is wrong with it.
    var accepted: String
    var key: String

    init(_ pattern: String, _ column: Int, _ message: String, _ hint: String, accepted: String, under key: String = "entry") {
      self.pattern = pattern
      self.column = column
      self.message = message
      self.hint = hint
      self.accepted = accepted
      self.key = key
    }

    var testDescription: String { pattern }
  }

  /// A format with the pattern under a key, on line 13 behind a quote.
  private func format(_ pattern: String, _ key: String) -> [UInt8] {
    let quoted = "'\(pattern.replacing("'", with: "''"))'"
    let value =
      switch key {
      case "events": "{message: [{chat: \(quoted)}]}"
      case "find", "parts": "{message: [\(quoted)]}"
      default: "[\(quoted)]"
      }
    let entry = key == "entry" ? "" : "entry: ['[{time:%H:%M:%S}] {message}']\n"
    return bytes(
      """
      name: probe
      types:
        player: '"{self:chars(^") longest}<{slot:int}>"'
        name: '{:chars(a-z) 1..4}'
        ends_open: '<{self}'
        ends_in_group: '<{self!}>{? {n:int}}'
        itself: '<{a:itself}>'
        open_inside: '<{self}{?>{n:int}}'
        one: '{:other}'
        other: '{:one}'
        inner: '<{a}{b}>'
      \(entry.isEmpty ? "# no entry yet\n" : entry)\(key): \(value)
      """)
  }

  private func diagnostic(_ pattern: String, _ key: String) -> FormatDiagnostic? {
    do {
      _ = try CompiledCatalog([try LogFormatReader.read(format(pattern, key), path: "probe.yaml")])
      return nil
    } catch {
      return error
    }
  }

  private func check(_ row: Refusal) {
    let found = diagnostic(row.pattern, row.key)
    #expect(found?.message == "column \(row.column): \(row.message)")
    #expect(found?.hint == row.hint)
    #expect(found?.path == "probe.yaml")
    let quote = ["entry": 10, "events": 28, "find": 19, "parts": 20][row.key] ?? 0
    #expect(found?.position == SourcePosition(line: 13, column: quote + row.column - 1))
    let accepted = diagnostic(row.accepted, row.key)
    #expect(accepted == nil, "\(accepted?.description ?? "")")
  }

  @Test(arguments: [
    // Syntax.
    Refusal("a } b", 3, "write }} for a brace", "inside a group, {'}'}", accepted: "a }} b"),
    Refusal("ab {? b", 4, "an unclosed {?", "a group ends with }", accepted: "ab {? b}"),
    Refusal("a{~ }", 2, "write {~} for blanks", "it has no options", accepted: "ab{~}"),
    Refusal("a {'b", 3, "{' without '}", "a quoted text ends with '}", accepted: "a {'b'}"),
    Refusal(#"ab{'\q'}"#, 5, #"no escape "\q""#, #"there are \t \n \r \\ \' and \xHH"#, accepted: #"ab{'\t\x80'}"#),
    Refusal(#"ab{'\x8'}"#, 5, #"\x needs two hex digits"#, #"such as \x1b"#, accepted: #"ab{'\x80'}"#),
    Refusal("a {B} c", 3, "not a field: {B} c", "write {{ for a brace", accepted: "a {{B}} c"),
    Refusal("a {b;c}", 3, "not a field: {b;c}", "write {{ for a brace", accepted: "a {b};{c}"),
    Refusal(
      "a {b:chars(a-z()) 1..9}", 3, #"the type ends at the first ")": {b:chars(a-z()) 1..9}"#,
      #"write \) for one inside of the parentheses"#, accepted: #"a {b:chars(a-z(\)) 1..9}"#),
    Refusal("ab {:%H:%M", 4, "a layout without }", "a layout ends at the first }", accepted: "ab {:%H:%M}"),
    Refusal("ab {x:}", 7, "a type is missing", "text, word, int, ip, …", accepted: "ab {x}"),
    Refusal("ab {x:enum(a}", 4, "( without )", "a parameter ends with )", accepted: "ab {x:enum(a)}"),
    Refusal("ab {x longst}", 7, #"no option "longst""#, #"did you mean "longest"?"#, accepted: "ab {x longest}: {y}"),
    Refusal("ab {x 1-5}", 7, #"no option "1-5""#, "there are longest, all and limits such as 1..16", accepted: "ab {x 1..5}"),
    Refusal("ab {x 5..1}", 7, "no length is in 5..1", "the smaller one first", accepted: "ab {x 5..5}"),
  ])
  func `syntax`(row: Refusal) { check(row) }

  @Test(arguments: [
    // Types.
    Refusal("ab {x:integer}", 4, #"no type "integer""#, #"did you mean "int"?"#, accepted: "ab {x:int}"),
    Refusal("ab {x:qwertz}", 4, #"no type "qwertz""#, "a format's own types stand under types:", accepted: "ab {x:name}"),
    Refusal("ab {x:epoch(h)}", 4, #"no type "epoch(h)""#, #""epoch" takes other parameters"#, accepted: "ab {x:epoch(hex)}"),
    Refusal("ab {x:since}", 4, #"no type "since""#, #""since" takes other parameters"#, accepted: "ab {x:since(s)}"),
    Refusal("ab {x:chars}", 4, "chars needs its set", "chars(A-Za-z0-9_)", accepted: "ab {x:chars(a)}"),
    Refusal("ab {x:chars(z-a)}", 4, "a range of chars runs backwards", "the smaller one first: a-z", accepted: "ab {x:chars(a-z)}"),
    Refusal("ab {x:chars(é)}", 4, "a set names ASCII only", "other bytes are in text, word and negated sets", accepted: "ab {x:chars(^e)}"),
    Refusal(
      "ab {x:enum(a|)}", 4, #"an empty word in "enum""#, "remove it; a group {? …} is what may be absent", accepted: "ab {x:enum(a|b)}"),
    Refusal("ab {x:flag(a|b)}", 4, #""flag" takes one text"#, #"write \| for a bar, or enum(a|b)"#, accepted: #"ab {x:flag(a\|b)}"#),
    Refusal("ab {x:level(E|XX)}", 4, #"no level for "XX""#, "add it to levels:", accepted: "ab {x:level(E|W)}"),
    Refusal("ab {x:ip 1..3}", 4, #""ip" takes no limits"#, "int and hex do", accepted: "ab {x:int 1..3}"),
    Refusal(
      "ab {x:number longest}", 4, #""longest" changes nothing: "number" has an end of its own"#, "remove it", accepted: "ab {x:number}"),
    Refusal("ab {x:player ..16}", 4, #""player" takes no options"#, "limit the fields in the type", accepted: "ab {x:player}"),
    Refusal("ab {x:csv(a:int 1..3)}", 4, "the type of a key takes no options", "a cell has its end already", accepted: "ab {x:csv(a:int)}"),
    Refusal("ab {x:csv(a|B)}", 4, #""B" is no name of a field"#, "small letters, digits and _", accepted: "ab {x:csv(a|b)}"),
    Refusal("ab {x:one}", 4, #""one" uses itself"#, "name a type that is none of the format's own", accepted: "ab {x:name}"),
    Refusal(
      "ab {x:ends_open}", 4, #""ends_open" must end in text or in a type with an end of its own"#,
      "what follows a unit takes no part in its end", accepted: "ab {x:ends_in_group}"),
    // Layouts.
    Refusal(
      "ab {x:%H:%q}", 4, #"no time letter "%q""#, "letters are % -H -M -S -d -f -m . H I M S Y Z a d e f j k m p s y z b",
      accepted: "ab {x:%H:%M}"),
    Refusal("ab {x:%I:%M}", 4, "%I needs %p", "%H is the hour of 24", accepted: "ab {x:%I:%M %p}"),
    Refusal("ab {x:%H:%M %p}", 4, "%p needs %I", "%H is the hour of 24", accepted: "ab {x:%I:%M %p}"),
    Refusal("ab {x:%d %H}", 4, "%d needs %m", "a day without a month is no date", accepted: "ab {x:%d %b %H}"),
    Refusal("ab {x:%b %Y}", 4, "%m needs %d", "a month without a day is no date", accepted: "ab {x:%b %e %Y}"),
    Refusal("ab {x:%j}", 4, "%j needs %Y", "a day of the year needs its year", accepted: "ab {x:%y%j}"),
    Refusal("ab {x:%Y}", 4, "%Y needs %m and %d", "a year alone is no date", accepted: "ab {x:%Y-%m-%d}"),
    Refusal("ab {x:%M:%S}", 4, "%M needs %H", "a time that passed is a clock: {x:clock}", accepted: "ab {x:%k:%M:%S}"),
    Refusal("ab {x:%a}", 4, "no time is in this layout", "%H:%M:%S, or a date", accepted: "ab {:%a}"),
    // A part that takes the first byte of what stands behind it has no end.
    Refusal("ab {x:%-H%M}", 4, "%-H takes what %M begins with", "put text between them", accepted: "ab {x:%H%M}"),
    Refusal("ab {x:%s%f}", 4, "%s takes what %f begins with", "put text between them", accepted: "ab {x:%s%.}"),
    Refusal("ab {x:%b%a %d}", 4, "%b takes what %a begins with", "put text between them", accepted: "ab {x:%b%d %a}"),
    Refusal("ab {x:%H:%M%.,%Z}", 4, "%. takes what \",\" begins with", "put text between them", accepted: "ab {x:%H:%M%. %Z}"),
    Refusal("ab {x:%H:%M %Z%z}", 4, "%Z takes what %z begins with", "put text between them", accepted: "ab {x:%H:%M %Z %z}"),
    Refusal("ab {x:%-H%.%M}", 4, "%-H takes what %M begins with", "put text between them", accepted: "ab {x:%-H:%M%.}"),
  ])
  func `types and layouts`(row: Refusal) { check(row) }

  @Test(arguments: [
    // Ends.
    Refusal("ab {x}{y}", 4, #"nothing separates "x" from "y""#, #"put text between them, or give "x" a type"#, accepted: "ab {x:int}{y}"),
    Refusal(
      "ab {x:word}{}", 4, #"nothing separates "x" from """#, #"put text between them, or give "x" a type"#, accepted: "ab {x:word} {}"),
    Refusal("ab {x}{y:rest}", 4, #""x" has no end: "rest" can begin anywhere"#, "put text between them", accepted: "ab {x};{y:rest}"),
    Refusal(
      "ab {x}{:pairs}", 4, #""x" has no end: "pairs" can begin anywhere"#, "put text between them", accepted: "ab {x:chars(^ )} {:pairs}"),
    Refusal("ab {x}{:kv}", 4, #""x" has no end: "kv" can begin anywhere"#, "put text between them", accepted: "ab {x} {:kv}"),
    Refusal(
      "ab {x:word}{:csv(a)}", 4, #""x" has no end: "csv" can begin anywhere"#, "put text between them", accepted: "ab {x:word},{:csv(a)}"),
    Refusal(
      "ab {x!}", 4, #""x!" needs text behind it"#, "a tight run may not hold the next byte of the pattern, so there must be one",
      accepted: "ab {x!} "),
    Refusal(
      "ab {x!}{y:int}", 4, #""x!" needs text behind it"#, "a tight run may not hold the next byte of the pattern, so there must be one",
      accepted: "ab {x!} {y:int}"),
    Refusal(
      "ab {x!}{?{y:int}} ", 4, #""x!" needs text behind it"#, "a tight run may not hold the next byte of the pattern, so there must be one",
      accepted: "ab {x!}{?-{y:int}} "),
    Refusal(
      "ab {n:int}5", 4, #""int" takes "5" too: nothing is left for it"#, "put text between them",
      accepted: "ab {n:int} 5"),
    Refusal(
      "ab {n:hex}5", 4, #""hex" takes "5" too: nothing is left for it"#, "put text between them",
      accepted: "ab {n:hex}x"),
    Refusal(
      "ab {n:int}{m:int}", 4, #""int" takes "m" too: nothing is left for it"#, "put text between them", accepted: "ab {n:int} {m:int}"),
    Refusal(
      "ab {n:number}{:%H:%M}", 4, #""number" takes "layout" too: nothing is left for it"#, "put text between them",
      accepted: "ab {n:number}{:%b %d}"),
    Refusal("ab {level}x", 4, #""level" takes "x" too: nothing is left for it"#, "put text between them", accepted: "ab {level}-"),
    Refusal("ab {x:ip}5", 4, #""ip" takes "5" too: nothing is left for it"#, "put text between them", accepted: "ab {x:ip}:5"),
    Refusal("ab {x:size}s", 4, #""size" takes "s" too: nothing is left for it"#, "put text between them", accepted: "ab {x:size}/s"),
    Refusal(
      "ab {x}{?, }{y}", 4, #"nothing separates "x" from "y""#, #"put text between them, or give "x" a type"#,
      accepted: "ab {x}{?, }-{y}"),
    Refusal(
      "ab {x}{~}{y}", 4, #"nothing separates "x" from "y""#, #"put text between them, or give "x" a type"#, accepted: "ab {x} {~}{y}"),
    Refusal(
      "ab {x}{a!}.{b!}.{c!}. ", 4, #"the end of "x" hangs on "{c}""#, "limit it (..64)", accepted: "ab {x}{a! ..64}.{b! ..64}.{c! ..64}. "),
    Refusal(
      "ab {x}{a!}.{b!}.{c!}. ", 4, #"the end of "x" hangs on "{c}""#, "limit it (..64)", accepted: "ab {x}{a!}. - {b!}.{c!}. "),
    Refusal(
      "ab {x longest}{? (y)}", 4, #"the text ends the same way with and without the group behind "x": it is never taken"#,
      "write dialects instead", accepted: "ab {x}{? (y)}"),
    Refusal(
      "ab {x longest}{? by {y:word}}.", 4, #"the text ends the same way with and without the group behind "x": it is never taken"#,
      "write dialects instead", accepted: "ab {x:chars(^ ) longest}{? by {y:word}}."),
    Refusal(
      "ab {x}{?, {y}}, {z}", 4, #"the text ends the same way with and without the group behind "x": it is never taken"#,
      "write dialects instead", accepted: "ab {x}{?; {y}}, {z}"),
    Refusal("ab {x:word longest}", 4, #""longest" changes nothing: "x" ends by itself"#, "remove it", accepted: "ab {x:word}"),
    Refusal(
      "ab {:tail(x)} b", 4, #""tail" must be last"#, "it is read from the end of the line", accepted: "ab {y} b{:tail(x)}"),
    Refusal(
      "ab {x:open_inside}", 4, #""open_inside" must end in text or in a type with an end of its own"#,
      "what follows a unit takes no part in its end", accepted: "ab {x:ends_in_group}"),
    Refusal("ab {x! longest}]", 4, #""longest" changes nothing: "x" ends by itself"#, "remove it", accepted: "ab {x longest}]"),
    Refusal("ab {x:rest} b", 4, #""rest" must be last"#, "it takes all that stands there", accepted: "ab {x:rest}"),
    Refusal("ab {:csv(a)}b", 4, #""csv" must be last"#, "it takes all that stands there", accepted: "ab {:csv(a)}"),
    Refusal("ab {?{:cef}b}", 6, #""cef" must be last"#, "it takes all that stands there", accepted: "ab {:cef}"),
    // Groups.
    Refusal("ab {?{x}}", 4, "this group can be empty", "give it a text that must stand there", accepted: "ab {?-{x}}"),
    Refusal("ab {?}", 4, "this group can be empty", "give it a text that must stand there", accepted: "ab {?-}"),
    Refusal("ab {?{~}{:pairs}}", 4, "this group can be empty", "give it a text that must stand there", accepted: "ab {?{~}{:json}}"),
    Refusal("ab{?c{?{?d}}}", 6, "this group can be empty", "give it a text that must stand there", accepted: "ab{?c{?{?d}e}}"),
    Refusal(
      String(repeating: "{?a}", count: 17) + "bc", 1, "more than 16 groups", "write dialects instead",
      accepted: String(repeating: "{?a}", count: 16) + "bc"),
    Refusal(
      "ab {x}{?1}{?2}{?3}{?4}{?5}: {y}", 4, #"32 ways to go on behind "x""#, "write dialects instead",
      accepted: "ab {x}{?1}{?2}{?3}{?4}: {y}"),
  ])
  func `ends and groups`(row: Refusal) { check(row) }

  @Test(arguments: [
    // Names.
    Refusal("ab {x}, {x}", 9, #""x" stands twice"#, "keep one of them", accepted: "ab {x}, {y}"),
    Refusal("ab {x:int} {?{x:ip}}", 14, #""x" stands twice"#, "keep one of them", accepted: "ab {x:int} {?{:ip}}"),
    Refusal("ab {x:int}, {:csv(y|x)}", 13, #""x" stands twice"#, "keep one of them", accepted: "ab {x:int}, {:csv(y|z)}"),
    Refusal("ab {x} b{:tail(y|x:ip)}", 1, #""x" stands twice"#, "keep one of them", accepted: "ab {x} b{:tail(y|z:ip)}"),
    Refusal("ab {format} b", 4, #""format" is reserved"#, "choose another name", accepted: "ab {formats} b"),
    Refusal("ab {event:int} b", 4, #""event" is reserved"#, "choose another name", accepted: "ab {events:int} b"),
    Refusal("ab {source_line:int}", 4, #""source_line" is reserved"#, "choose another name", accepted: "ab {line:int}"),
    Refusal("ab {:csv(source_file)}", 4, #""source_file" is reserved"#, "choose another name", accepted: "ab {:csv(file)}"),
    // Fields of every entry hold what their columns hold.
    Refusal("ab {time} b", 4, #""time" must be a time"#, "give it a layout, iso or epoch, or another name", accepted: "ab {time:iso} b"),
    Refusal("ab {time:int}", 4, #""time" must be a time"#, "give it a layout, iso or epoch, or another name", accepted: "ab {time:epoch}"),
    Refusal(
      "ab {:csv(time|b)}", 4, #""time" must be a time"#, "give it a layout, iso or epoch, or another name",
      accepted: "ab {:csv(time:iso|b)}"),
    Refusal("ab {level:int}", 4, #""level" must be a word"#, "choose another name", accepted: "ab {level:word} b"),
    Refusal("ab {message:json}", 4, #""message" must be a text"#, "choose another name", accepted: "ab {message:rest}"),
    // Places.
    Refusal("{x! all} ab", 1, #""all" is for find only"#, "remove it", accepted: "{x!} ab"),
    Refusal(
      "{x:ip all} {y:ip}", 1, #""all" stands on the only field of a find"#, "write a find for each field", accepted: "{x:ip all} {:ip}",
      under: "find"),
    Refusal(
      "ab{?{x:ip all}}", 5, #""all" stands on the only field of a find"#, "write a find for each field", accepted: "ab{x:ip all}",
      under: "find"),
    Refusal("{x:ip all} ab", 1, #""all" is for find only"#, "remove it", accepted: "{x:ip} ab"),
    Refusal("ab {x} b", 4, #""x" is open: a find needs an end for it"#, "a class, or text behind it", accepted: "ab {x!} b", under: "find"),
    Refusal("ab {x:json}", 4, #""json" has no place in a find"#, "it has no greatest width", accepted: "ab {x:ip all}", under: "find"),
    Refusal("ab {x}{:tail(y)}", 1, #""tail" is for dialects only"#, "put it in the entry's pattern", accepted: "ab {x}", under: "events"),
    Refusal("ab {x}{:tail(y)}", 1, #""tail" is for dialects only"#, "put it in the entry's pattern", accepted: "ab {x}", under: "parts"),
  ])
  func `names and places`(row: Refusal) { check(row) }

  @Test func `a fault inside of a type has its place there`() throws {
    let inner = try #require(diagnostic("ab {x:inner}", "entry"))
    #expect(inner.message == #"column 2: nothing separates "x_a" from "x_b""#)
    #expect(inner.position == SourcePosition(line: 11, column: 12))
    let itself = try #require(diagnostic("ab {x:itself}", "entry"))
    #expect(itself.message == #"column 2: "itself" uses itself"#)
    #expect(itself.position == SourcePosition(line: 7, column: 13))
    let twice = try #require(diagnostic("ab {x_slot:int} {x:player}", "entry"))
    #expect(twice.message == #"column 27: "x_slot" stands twice"#)
    #expect(twice.position == SourcePosition(line: 3, column: 38))
  }
}
