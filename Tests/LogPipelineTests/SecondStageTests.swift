import Testing

/// Events, parts and finds of complete entries (formats/README.md, "The second stage").
struct SecondStageTests {
  /// The entry of one line, without time and format.
  private func entry(_ declarations: String, _ lines: String...) throws -> String {
    let probe = try StreamProbe("name: x\nentry: ['[{n:int}] {message}', '<{n:int}> {other}']\n\(declarations)\n")
    let entries = probe.run(lines)
    #expect(entries.count == 1)
    return entries.first?.replacing(#""format":"x","#, with: "") ?? ""
  }

  @Test func `the first event that matches is the event, one an entry`() throws {
    let events = "events: {message: [{a: '{p:word} joined'}, {b: '{p:word} joined{? {w}}'}, {c: '{q}'}], other: [{d: 'joined {p}'}]}"
    #expect(try entry(events, "[1] Ada joined") == #"{"event":"a","message":"Ada joined","n":1,"p":"Ada"}"#)
    #expect(try entry(events, "[1] Ada joined x") == #"{"event":"b","message":"Ada joined x","n":1,"p":"Ada","w":"x"}"#)
    #expect(try entry(events, "[1] Ada left") == #"{"event":"c","message":"Ada left","n":1,"q":"Ada left"}"#)
    #expect(try entry(events, "<1> joined Ada") == #"{"event":"d","n":1,"other":"joined Ada","p":"Ada"}"#)
    #expect(try entry(events, "<1> left Ada") == #"{"n":1,"other":"left Ada"}"#)
  }

  @Test func `an event sees the first line without blanks at its end`() throws {
    let events = "events: {message: [{a: '{p} joined'}, {b: '{p} left{:rest}'}]}"
    #expect(try entry(events, "[1] Ada joined \t ") == #"{"event":"a","message":"Ada joined \t ","n":1,"p":"Ada"}"#)
    #expect(try entry(events, "[1] Ada joined", "  more") == #"{"event":"a","message":"Ada joined\n  more","n":1,"p":"Ada"}"#)
    // A pattern that ends in rest sees the whole value.
    #expect(try entry(events, "[1] Ada left ", "  more") == #"{"event":"b","message":"Ada left \n  more","n":1,"p":"Ada"}"#)
  }

  @Test func `an event on a field that is a number or absent is none`() throws {
    #expect(try entry("events: {n: [{a: '1'}], nothing: [{b: '{x}'}]}", "[1] x") == #"{"message":"x","n":1}"#)
  }

  @Test func `parts cut fields, those of the event and of parts above them too`() throws {
    let parts = "events: {message: [{a: 'said {what}'}]}\nparts: {what: ['{head!}/{tail}', '{all}'], tail: ['{x:int}-{y:int}'], n: ['{z}']}"
    #expect(
      try entry(parts, "[1] said a/1-2")
        == #"{"event":"a","message":"said a/1-2","n":1,"what":"a/1-2","head":"a","tail":"1-2","x":1,"y":2}"#)
    #expect(try entry(parts, "[1] said b") == #"{"event":"a","message":"said b","n":1,"what":"b","all":"b"}"#)
    #expect(try entry(parts, "[1] b") == #"{"message":"b","n":1}"#)
  }

  @Test func `a name that the entry has is written as x_2`() throws {
    #expect(
      try entry("events: {message: [{a: '{n:int} {b}'}]}\nparts: {b: ['{n:int} {b}']}", "[1] 2 3 x")
        == #"{"event":"a","message":"2 3 x","n":1,"n_2":2,"b":"3 x","n_3":3,"b_2":"x"}"#)
  }

  @Test func `finds look at every place between word boundaries`() throws {
    let find = "find: {message: ['from {client:ip}', 'user={user:word}', '{client:ip}']}"
    #expect(
      try entry(find, "[1] x192.0.2.1 from 192.0.2.2 192.0.2.3")
        == #"{"message":"x192.0.2.1 from 192.0.2.2 192.0.2.3","n":1,"client":"192.0.2.2"}"#)
    #expect(try entry(find, "[1] (192.0.2.1)") == #"{"message":"(192.0.2.1)","n":1,"client":"192.0.2.1"}"#)
    #expect(try entry(find, "[1] 192.0.2.1x") == #"{"message":"192.0.2.1x","n":1}"#)
    #expect(try entry(find, "[1] auser=b user=c") == #"{"message":"auser=b user=c","n":1,"user":"c"}"#)
    // In the whole value, from its first line to its last.
    #expect(try entry(find, "[1] x", "  user=a") == #"{"message":"x\n  user=a","n":1,"user":"a"}"#)
  }

  @Test func `a find adds only what the entry lacks`() throws {
    let find = "find: {message: ['{n:int}', '{n:int}/{m:int}']}"
    #expect(try entry(find, "[1] 5 6/7") == #"{"message":"5 6/7","n":1,"m":7}"#)
    #expect(
      try entry("find: {message: ['user={user:word}', 'user={user:word} id={id:int}']}", "[1] user=a id=1")
        == #"{"message":"user=a id=1","n":1,"user":"a","id":1}"#)
  }

  @Test func `all the different values, at most sixteen`() throws {
    let find = "find: {message: ['{addresses:ip all}']}"
    #expect(
      try entry(find, "[1] 192.0.2.1 192.0.2.2, 192.0.2.1 (::1)")
        == #"{"message":"192.0.2.1 192.0.2.2, 192.0.2.1 (::1)","n":1,"addresses":["192.0.2.1","192.0.2.2","::1"]}"#)
    #expect(try entry(find, "[1] none") == #"{"message":"none","n":1}"#)
    let many = (1...20).map { "192.0.2.\($0)" }
    let list = many.prefix(16).map { "\"\($0)\"" }.joined(separator: ",")
    #expect(try entry(find, "[1] " + many.joined(separator: " ")).contains(#""addresses":[\#(list)]}"#))
    #expect(try entry("find: {message: ['user={users! all},']}", #"[1] user=a", user=b, user=c,"#).contains(#""users":["a\"","b","c"]"#))
  }

  @Test func `what stands nearer in the list goes first, dialect before event before part before find`() throws {
    let all =
      "events: {message: [{a: '{x:word} {rest_of}'}]}\nparts: {rest_of: ['{x:word} {y:word}']}\nfind: {message: ['{x:int} {z:int}']}"
    #expect(try entry(all, "[1] a 2 3") == #"{"event":"a","message":"a 2 3","n":1,"x":"a","rest_of":"2 3","x_2":"2","y":"3","z":3}"#)
  }
}
