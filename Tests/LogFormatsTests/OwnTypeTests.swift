import LogFormats
import TestSupport
import Testing

/// A format's own types: other names, enumerations, composite types.
struct OwnTypeTests {
  static let types = [
    "name": "{:chars(A-Za-z0-9_) 1..4}", "steam": "{:chars(0-9) 3..3}", "number": "{:int}", "long": "{:name}",
    "team": "Axis|Allies|None|A", "place": "{:chars(^]) longest}",
    "tag": "[{self:int}]", "unit": "{self} [{n:int}]", "pair": "({x:int},{y:int})", "word_or": "{self:chars(a-z)}{?-{n:int}}",
    "guest": #""{self:chars(^") longest}<{slot:int}><{id:chars(^<>" ) 0..8}>{?<{team:chars(^<>") 0..4}>}""#,
    "greedy": "<{self:chars(^>) longest}:{n:int};{?a}{id:chars(ab) 1..2}>",
    "open": "<{self} {n:int}>", "outer": "{self:tag}={p:pair}",
  ]

  @Test(arguments: [
    // Another name for a type: its options and those of the use add up.
    Matching("{a:name}", "abcd", ["a=abcd"], types: types),
    Matching("{a:name}", "abcde", nil, types: types),
    Matching("{a:name ..6}", "abcde", ["a=abcde"], types: types),
    Matching("{a:long}", "abcde", nil, types: types),
    Matching("{:steam}{b}", "12345", ["b=45"], types: types),
    Matching("{a:number ..2}", "123", nil, types: types),
    Matching("{a:place}]{b}", "x]y]z", ["a=x", "b=y]z"], types: ["place": "{:chars(^])}"]),
    // An enumeration: the longest word that fits.
    Matching("{a:team}{b}", "Alliesx", ["a=Allies", "b=x"], types: types),
    Matching("{a:team}{b}", "Allie", ["a=A", "b=llie"], types: types),
    Matching("{a:team}", "axis", nil, types: types),
  ])
  func `another name and an enumeration`(example: Matching) throws {
    try example.check()
  }

  @Test(arguments: [
    // Inner names take the name of the use in front; `self` is the use, and a use without a name leaves them as they are.
    Matching("{a:pair}", "(1,2)", ["a_x=1", "a_y=2"], types: types),
    Matching("{:pair}", "(1,2)", ["x=1", "y=2"], types: types),
    Matching("{a:tag}{b:tag}", "[1][2]", ["a=1", "b=2"], types: types),
    Matching("{a:outer}", "[1]=(2,3)", ["a=1", "a_p_x=2", "a_p_y=3"], types: types),
    Matching("{:outer}", "[1]=(2,3)", ["self=1", "p_x=2", "p_y=3"], types: types),
    // What follows a unit takes no part in its inner ends.
    Matching("{a:unit} y", "x [1] b [2] y", nil, types: types),
    Matching("{a} [{n:int}] y", "x [1] b [2] y", ["a=x [1] b", "n=2"]),
    // In a unit a run whose followers may all be absent is open.
    Matching("{a:word_or}{b}", "abc-5", ["a=a", "b=bc-5"], types: types),
    Matching("{a:word_or}{b}", "a-5", ["a=a", "a_n=5", "b="], types: types),
    // In an anchor a unit counts up to its first open run or its end.
    Matching("{m} {t:tag} z", "a [1] y [2] z", nil, types: types),
    Matching("{m} {t:tag}", "a [x] [2]", ["m=a [x]", "t=2"], types: types),
    Matching("{m}{t:open}", "a <b c <d 5>", ["m=a ", "t=b c <d", "t_n=5"], types: types),
    // A unit in a group.
    Matching("{?{a:tag} }{b}", "[1] x", ["a=1", "b=x"], types: types),
    Matching("{?{a:tag} }{b}", "[1]x", ["b=[1]x"], types: types),
    Matching("{?{a:pair} }{b}", "(1,x) y", ["b=(1,x) y"], types: types),
    // A longest run ends at the last place where all of the unit may follow; what stands there is tried first, the anchor decides.
    Matching("{a:guest} x", #""n<1><i><t>" x"#, ["a=n", "a_slot=1", "a_id=i", "a_team=t"], types: types),
    Matching("{a:guest} x", #""n<1><b><2><i>" x"#, ["a=n<1><b>", "a_slot=2", "a_id=i"], types: types),
    Matching("{a:guest} x", #""n<1><i><2>" x"#, ["a=n", "a_slot=1", "a_id=i", "a_team=2"], types: types),
    Matching("{a:guest} x", #""n<1><i><2x>" x"#, ["a=n", "a_slot=1", "a_id=i", "a_team=2x"], types: types),
    Matching("{a:guest} x", #""n<1><i><t><c>" x"#, nil, types: types),
    Matching("{a:guest} x", #""n<1><>" x"#, ["a=n", "a_slot=1", "a_id="], types: types),
    Matching("{a:guest} x", #""<1><>" x"#, nil, types: types),
    Matching("{a:guest} x", #""<1><2><>" x"#, ["a=<1>", "a_slot=2", "a_id="], types: types),
    Matching("{a:guest} x", #""n<1" x"#, nil, types: types), Matching("{a:guest}", #""n<1><i>"#, nil, types: types),
    Matching("{?{a:guest} }{b}", #""n<1><i>" x"#, ["a=n", "a_slot=1", "a_id=i", "b=x"], types: types),
    Matching("{?{a:guest} }{b}", #""n<1><i><t><c>" x"#, [#"b="n<1><i><t><c>" x"#], types: types),
    Matching("{a:guest} {b:guest}", #""n<1><i>" "m<2><j>""#, ["a=n", "a_slot=1", "a_id=i", "b=m", "b_slot=2", "b_id=j"], types: types),
    // Where the anchor matches and the unit does not, since a group takes too much, the run ends all the same.
    Matching("{a:greedy}", "<x:1;b:2;b>", ["a=x:1;b", "a_n=2", "a_id=b"], types: types),
    Matching("{a:greedy}", "<x:1;b:2;ab>", ["a=x:1;b", "a_n=2", "a_id=b"], types: types),
    Matching("{a:greedy}", "<x:1;b:2;aa>", ["a=x:1;b", "a_n=2", "a_id=a"], types: types),
    Matching("{a:greedy}", "<x:1;b:2;a>", nil, types: types), Matching("{a:greedy}", "<x:1;b:2;c>", nil, types: types),
  ])
  func `a composite type`(example: Matching) throws {
    try example.check()
  }
}
