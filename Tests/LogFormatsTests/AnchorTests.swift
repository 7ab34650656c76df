import TestSupport
import Testing

/// Which runs are closed, and what the anchor of an open one reads (formats/README.md, "The anchor").
struct AnchorTests {
  @Test(arguments: [
    // No byte with which anything behind it can begin is in its class.
    Matching("{a!}]{b}", "x]y]z", ["a=x", "b=y]z"]),
    Matching("{a:word} {b}", "x y z", ["a=x", "b=y z"]),
    Matching("{a:chars(a-z)}{b:int}", "abc12", ["a=abc", "b=12"]),
    Matching("{a:chars(a-z)}{?-{b}}", "abc-d", ["a=abc", "b=d"]),
    Matching("{a:chars(a-z)}{~}{b:int}", "abc  1", ["a=abc", "b=1"]),
    // At the very end every run but a text is closed.
    Matching("{a:word}", "x]y", ["a=x]y"]),
    Matching("{a:word}", "x y", nil),
    Matching("{a}", "x y", ["a=x y"]),
    Matching("{a:chars(a-z)}{?-}", "abc", ["a=abc"]),
    // A closed run ends at the first byte outside of its class, wherever that leads.
    Matching("{a:host}:{b}", "x y:z", nil),
    Matching("{a:word ..3} x", "abcd x", nil),
    Matching("{a:word ..3} x", "abc x", ["a=abc"]),
    Matching("{a:word 3..} x", "ab x", nil),
    Matching("{a! ..2}]", "abc]", nil),
    Matching("{a! 2..}]", "a]", nil),
    Matching("{a!}]", "]", ["a="]),
    Matching("{a:word}]", "]", nil),
    // Tight: the first byte of the next literal, and of each group before it.
    Matching("{a!}{?(b)} c", "x(b) c", ["a=x"]),
    Matching("{a!}{?(b)} c", "x(y) c", nil),
    Matching("{a!}{~}c", "x c", ["a=x"]),
    Matching("{a!}{~}c", "x y c", nil),
    Matching("{a!}{? {b}}]", "x y]", ["a=x", "b=y"]),
  ])
  func `a closed run`(example: Matching) throws {
    try example.check()
  }

  @Test(arguments: [
    // A literal, and what stands behind it.
    Matching("{a}: {b:int}", "x: y: 1", ["a=x: y", "b=1"]),
    Matching("{a}: {b:int} z", "x: 1 y: 2 z", ["a=x: 1 y", "b=2"]),
    // The whole word of an enumeration or level, its neighbours too.
    Matching("{a} {b:enum(on|off)}!", "x of off!", ["a=x of", "b=off"]),
    Matching("{a} {b:side}", "x red blue", ["a=x red", "b=blue"], types: ["side": "red|blue"]),
    Matching("{a} {b:level}: {c}", "x info2: info: y", ["a=x info2:", "b=info", "c=y"]),
    // A layout.
    Matching("{a} {b:%H:%M:%S}", "x 12:00 12:00:01", ["a=x 12:00", "b=12:00:01"]),
    // The end of the text.
    Matching("{a}]", "x]y]", ["a=x]y"]),
    Matching("{a} ({b!})", "x (y) (z)", ["a=x (y)", "b=z"]),
    // A closed run with what follows it.
    Matching("{a} [{b:int}/{c!}]{d:int}", "x [1/y] [2/z]3", ["a=x [1/y]", "b=2", "c=z", "d=3"]),
    // A group both ways.
    Matching("{a}{?: {b:int}}; {c}", "x: y; z", ["a=x: y", "c=z"]),
    Matching("{a}{?: {b:int}}; {c}", "x: 1; z", ["a=x", "b=1", "c=z"]),
    Matching("{a}{?{? (b)} (c)} d", "x (b) (c) d", ["a=x"]),
    Matching("{a}{?{? (b)} (c)} d", "x (b) d", ["a=x (b)"]),
    // An open run: nothing more is asked, but one byte of its class if it has a lower limit.
    Matching("{a}, {b}; {c}", "x, y, z; w", ["a=x", "b=y, z", "c=w"]),
    Matching("{a}-{b:chars(a-z )} x", "m-1-b x", ["a=m-1", "b=b"]),
    Matching("{a}-{b:chars(a-z ) 0..} x", "m-1-b x", nil),
    // A type without a greatest width: a byte with which it can begin, and no more.
    Matching("{a} {b:json}", "x y {1}", ["a=x y", "b={1}"]),
    Matching("{a} {b:json}", "x {1} {2}", nil),
    Matching("{a} {b:quoted}", #"x y "z""#, ["a=x y", #"b="z""#]),
    Matching("{a} {b:pairs}", "x y", nil),
    Matching("{a};{b:rest}", "x;y;z", ["a=x", "b=y;z"]),
  ])
  func `an open run ends where its anchor matches`(example: Matching) throws {
    try example.check()
  }

  @Test(arguments: [
    // Blanks: at most 64 of them are looked over.
    Matching("{a}{~}x", "m" + String(repeating: " ", count: 64) + "x", ["a=m"]),
    Matching("{a}{~}x", "m" + String(repeating: " ", count: 65) + "x", ["a=m "]),
    Matching("{a}{~}x", "m\t \tx", ["a=m"]),
    // A closed run without a limit: at most 255 bytes; with one, as many as that.
    Matching("{a} ({b!})", "x (" + String(repeating: "y", count: 255) + ")", ["a=x", "b=" + String(repeating: "y", count: 255)]),
    Matching("{a} ({b!})", "x (" + String(repeating: "y", count: 256) + ")", nil),
    Matching("{a} ({b! ..300})", "x (" + String(repeating: "y", count: 256) + ")", ["a=x", "b=" + String(repeating: "y", count: 256)]),
    Matching("{a} ({b! ..3})", "x (yyyy) (zzz)", ["a=x (yyyy)", "b=zzz"]),
    // An element that would make a branch wider than 512 bytes is left out, with all behind it.
    Matching(#"{a}"{b! ..250}" "{c! ..250}" end"#, #"m"b" "c" no m"b" "c" end"#, [#"a=m"b" "c" no m"#, "b=b", "c=c"]),
    Matching(#"{a}"{b! ..255}" "{c! ..255}" end"#, #"m"b" "c" no m"b" "c" end"#, nil),
    Matching(#"{a}"{b!}" "{c! ..248}" end"#, #"m"b" "c" no m"b" "c" end"#, [#"a=m"b" "c" no m"#, "b=b", "c=c"]),
    Matching(#"{a}"{b!}" "{c! ..249}" end"#, #"m"b" "c" no m"b" "c" end"#, nil),
    Matching(#"{a}"{b! ..250}"{~}"{c! ..190}" end"#, #"m"b" "c" no m"b" "c" end"#, [#"a=m"b" "c" no m"#, "b=b", "c=c"]),
    Matching(#"{a}"{b! ..250}"{~}"{c! ..191}" end"#, #"m"b" "c" no m"b" "c" end"#, nil),
  ])
  func `an anchor has limits`(example: Matching) throws {
    try example.check()
  }

  @Test(arguments: [
    // `longest`: the last place.
    Matching("{a longest}: {b}", "x: y: z", ["a=x: y", "b=z"]),
    Matching("{a longest} b", "x b y b", ["a=x b y"]),
    Matching("{a:chars(^;) longest}: {b}", "x: y; : z", ["a=x", "b=y; : z"]),
    Matching("{a longest ..1}: {b}", "x: y: z", ["a=x", "b=y: z"]),
    Matching("{a longest 2..}: {b}", "x: y: z", ["a=x: y", "b=z"]),
    Matching("{a longest 8..}: {b}", "x: y: z", nil),
    Matching("{a longest}{?: {b:int}}; {c}", "x: 1; y; z", ["a=x: 1; y", "c=z"]),
    // Limits of an open run.
    Matching("{a 2..}: {b}", "x: y: z", ["a=x: y", "b=z"]),
    Matching("{a ..1}: {b}", "x: y", ["a=x", "b=y"]),
    Matching("{a ..1}: {b}", "xx: y", nil),
    Matching("{a 0..0}: {b}", ": y", ["a=", "b=y"]),
    Matching("{a ..2}", "xyz", nil),
    Matching("{a 2..2}", "xy", ["a=xy"]),
    Matching("{a 4..}", "xyz", nil),
  ])
  func `limits and longest`(example: Matching) throws {
    try example.check()
  }
}
