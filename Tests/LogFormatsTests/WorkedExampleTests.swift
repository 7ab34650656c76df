import Testing

/// The worked examples of formats/README.md, each as it stands there.
struct WorkedExampleTests {
  static let player = ["player": #""{self:chars(^") longest}<{slot:int}><{id!}>{?<{team!}>}""#]

  @Test(arguments: [
    Matching("[{thread}/{level}]: {m}", "[Worker/3/INFO]: x", ["thread=Worker/3", "level=INFO", "m=x"]),
    Matching("{m} ({logger!})", "a (b) c (d)", ["m=a (b) c", "logger=d"]),
    Matching("{m}{? ({logger!})}", "a (b) c", ["m=a (b) c"]),
    Matching("{m}{? ({logger!})}", "a (b)", ["m=a", "logger=b"]),
    Matching("{a}, {b}", "x, y, z", ["a=x", "b=y, z"]),
    Matching("{a longest}, {b}", "x, y, z", ["a=x, y", "b=z"]),
    Matching("{k} killed {v} by {w:word}", "1 killed 2 killed 3 by MOD", ["k=1", "v=2 killed 3", "w=MOD"]),
    Matching("{k} killed {v} by {w:word}", "a killed b by c by MOD", ["k=a", "v=b by c", "w=MOD"]),
    Matching("{id:hex}{x}", "feed", ["id=feed", "x="]),
    Matching("{n:word}]", "a]b]", ["n=a]b"]),
    Matching("{n!}]", "a]b]", nil),
    Matching("{?{a}: }{b}", "x: y: z", ["a=x", "b=y: z"]),
    Matching("{?{a}: }{b}", "xyz", ["b=xyz"]),
    Matching(#""{n longest}<{i:int}>" hit "{v}""#, #""A<1>" hit "B<2>" hit "C""#, [#"n=A<1>" hit "B"#, "i=2", "v=C"]),
    Matching(#""{n:chars(^") longest}<{i:int}>" hit "{v}""#, #""A<1>" hit "B<2>" hit "C""#, ["n=A", "i=1", #"v=B<2>" hit "C"#]),
    Matching(
      "{killer:player} killed {victim:player}", #""x<1><b><>" killed "y<2><c><T>""#,
      [
        "killer=x", "killer_slot=1", "killer_id=b", "killer_team=", "victim=y", "victim_slot=2", "victim_id=c", "victim_team=T",
      ], types: player),
    // The first lines of the page.
    Matching(
      "[{time:%H:%M:%S}] [{thread}/{level}]: {message}", "[12:00:01] [a/WARN]: b", ["time=12:00:01", "thread=a", "level=WARN", "message=b"]),
    // A group takes the date for the file, finally.
    Matching("{?{file!} }{time:%Y-%m-%d %H:%M:%S}", "2026-01-02 03:04:05", nil),
    Matching("{?{file!} }{time:%Y-%m-%d %H:%M:%S}", "x 2026-01-02 03:04:05", ["file=x", "time=2026-01-02 03:04:05"]),
    Matching("{time:%Y-%m-%d] [%H:%M:%S}", "2026-01-02] [03:04:05", ["time=2026-01-02] [03:04:05"]),
  ])
  func `a worked example`(example: Matching) throws {
    try example.check()
  }

  /// Lines that a player wrote to forge a field, and patterns that he cannot.
  @Test(arguments: [
    // A unit is not stretched by what follows: the engine lets no quote into names.
    Matching(
      "{killer:player} killed {victim:player}", #""A<3><b><CT>" killed "x<1><[U:1:2]><>""#,
      [
        "killer=A", "killer_slot=3", "killer_id=b", "killer_team=CT", "victim=x", "victim_slot=1", "victim_id=[U:1:2]", "victim_team=",
      ], types: WorkedExampleTests.player),
    Matching(
      "{killer:player} killed {victim:player}", #""a<1><b><>" killed "c<2><d><>" killed "e<3><f><>""#, nil,
      types: WorkedExampleTests.player),
    // A tight field behind the name lets the anchor reach the end of the line.
    Matching(
      "{player} joined [{os!}/{:chars(0-9) 5..5}]", "x joined [windows/11111] joined [linux/22222]",
      ["player=x joined [windows/11111]", "os=linux"]),
    Matching("{player} joined [{os:word}/{:chars(0-9) 5..5}]", "x joined [windows/11111] joined [linux/22222]", nil),
    Matching("{player longest} joined the game", "a joined the game joined the game", ["player=a joined the game"]),
    Matching("CHAT: {player}: {text}", "CHAT: a: b: c", ["player=a", "text=b: c"]),
    Matching("{k longest ..16} killed {v}", "abcdefghijklmnopqrstuvwxyz killed b", nil),
  ])
  func `a forged line`(example: Matching) throws {
    try example.check()
  }
}
