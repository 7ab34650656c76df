import LogFormats
import TestSupport
import Testing

/// `int`, `number`, `hex`, `grouped`, `priority`.
struct NumberTypeTests {
  static let nines = String(repeating: "9", count: 39)

  @Test(arguments: [
    Taking("int", "0"), Taking("int", "42", "x"), Taking("int", "-7", "."), Taking("int", "+7", "-1"), Taking("int", "007", "e"),
    Taking("int", nil, ""), Taking("int", nil, "-"), Taking("int", nil, "+-1"), Taking("int", nil, "x1"), Taking("int", nil, " 1"),
    Taking("int", nines), Taking("int", nines, "9"), Taking("int", "-" + nines, "9"),
    // The longest prefix must have such a length, its sign included.
    Taking("int 2..3", "12"), Taking("int 2..3", "123", "x"), Taking("int 2..3", "-12"), Taking("int 2..3", nil, "1"),
    Taking("int 2..3", nil, "1234"), Taking("int 2..3", nil, "-123"), Taking("int ..2", "1", "x"), Taking("int 3..", nil, "12x"),
    Taking("int 3..", "1234567"), Taking("int 1..", nines, "9"), Taking("int 39..39", nines, "9"), Taking("int ..38", nil, nines),
  ])
  func `int takes`(row: Taking) throws { try row.check() }

  @Test(arguments: [
    Taking("number", "0"), Taking("number", "1.5", "."), Taking("number", "-1.5e3", "e"), Taking("number", "+.5", ".5"),
    Taking("number", "5.", "x"), Taking("number", "5.", ".5"), Taking("number", "1", "e"), Taking("number", "1", "e+"),
    Taking("number", "1E-12"), Taking("number", "1e123", "4"), Taking("number", "1.e5"), Taking("number", ".5e1", ".5"),
    Taking("number", nil, "."), Taking("number", nil, ".e5"), Taking("number", nil, "-"), Taking("number", nil, "e5"),
    Taking("number", nil, ""),
    Taking("number", String(repeating: "1", count: 30), "1"),
    Taking("number", "0." + String(repeating: "1", count: 30), "1"),
    // At most 64 bytes.
    Taking("number", "-" + String(repeating: "1", count: 30) + "." + String(repeating: "2", count: 30) + "e1", "23"),
    Taking("number", "-" + String(repeating: "1", count: 30) + "." + String(repeating: "2", count: 30), "e+1"),
  ])
  func `number takes`(row: Taking) throws { try row.check() }

  @Test(arguments: [
    Taking("hex", "0"), Taking("hex", "ab12", "g"), Taking("hex", "AbCdEf", "x"), Taking("hex", "0x511", "."), Taking("hex", "0XfF"),
    Taking("hex", "0", "x"), Taking("hex", "0", "xg"), Taking("hex", nil, "x1"),
    Taking("hex", nil, ""), Taking("hex", nil, "-1"),
    Taking("hex", String(repeating: "a", count: 128), "a"), Taking("hex", "0x" + String(repeating: "a", count: 128), "a"),
    Taking("hex 8..8", "deadbeef"), Taking("hex 8..8", nil, "deadbee"), Taking("hex 8..8", nil, "deadbeef0"),
    Taking("hex 4..6", "0xab", "x"), Taking("hex 4..6", "0xabcd"), Taking("hex 4..6", nil, "0xabcde"),
    Taking("hex 32..32", nil, String(repeating: "a", count: 40)),
  ])
  func `hex takes`(row: Taking) throws { try row.check() }

  @Test(arguments: [
    Taking("grouped", "1,024"), Taking("grouped", "10.822.975", "."), Taking("grouped", "1 000 000"), Taking("grouped", "1\u{a0}000", "x"),
    Taking("grouped", "1234"), Taking("grouped", "123", ",45"), Taking("grouped", "12", ",3456"), Taking("grouped", "1,234", ",5"),
    Taking("grouped", "1,234", ",5678"), Taking("grouped", "1234", ",567"), Taking("grouped", "1,234.567 890"),
    Taking("grouped", "7", " 12"),
    Taking("grouped", nil, ",123"), Taking("grouped", nil, "-1"), Taking("grouped", nil, ""),
    Taking("grouped", String(repeating: "1", count: 19), "1"),
    // At most 32 bytes: eight groups.
    Taking("grouped", "1" + String(repeating: ",234", count: 7), ",234"),
    Taking("grouped", "12" + String(repeating: ",234", count: 7), ",234"),
  ])
  func `grouped takes`(row: Taking) throws { try row.check() }

  @Test(arguments: [
    Taking("priority", "0", ">"), Taking("priority", "13"), Taking("priority", "191", ">"), Taking("priority", nil, "192"),
    Taking("priority", nil, "1234"), Taking("priority", nil, "01"), Taking("priority", nil, "00"), Taking("priority", nil, "-1"),
    Taking("priority", nil, ""), Taking("priority", "99", "x"),
  ])
  func `priority takes`(row: Taking) throws { try row.check() }

  @Test(arguments: [
    Valuing("int", "42", "x=42"), Valuing("int", "0042", "x=42"), Valuing("int", "-0042", "x=-42"), Valuing("int", "+7", "x=7"),
    Valuing("int", "0", "x=0"), Valuing("int", "-0", "x=0"), Valuing("int", "000", "x=0"),
    // Beyond ±(2^53 − 1) the text as it was written.
    Valuing("int", "9007199254740991", "x=9007199254740991"), Valuing("int", "9007199254740992", "x='9007199254740992'"),
    Valuing("int", "-9007199254740991", "x=-9007199254740991"), Valuing("int", "-9007199254740992", "x='-9007199254740992'"),
    Valuing("int", "+09007199254740993", "x='+09007199254740993'"), Valuing("int", nines, "x='\(nines)'"),
    Valuing("int", "000000000000000000000000000000000000001", "x=1"),
    Valuing("number", "1.5", "x=1.5"), Valuing("number", "1.50", "x=1.50"), Valuing("number", "-1.5e3", "x=-1.5e3"),
    Valuing("number", "+1.5", "x=1.5"), Valuing("number", ".5", "x=0.5"), Valuing("number", "-.5", "x=-0.5"),
    Valuing("number", "5.", "x=5"),
    Valuing("number", "007.5", "x=7.5"), Valuing("number", "007", "x=7"), Valuing("number", "00", "x=0"),
    Valuing("number", "1E+05", "x=1E+05"),
    Valuing("number", "1e308", "x=1e308"), Valuing("number", "1e309", "x='1e309'"), Valuing("number", "-2e999", "x='-2e999'"),
    Valuing("hex", "0x511", "x='0x511'"), Valuing("hex", "00Ab", "x='00Ab'"), Valuing("hex", "12", "x='12'"),
    Valuing("grouped", "10,822,975", "x=10822975"), Valuing("grouped", "1\u{a0}024", "x=1024"), Valuing("grouped", "0.000", "x=0"),
    Valuing("grouped", "9,007,199,254,740,992", "x='9,007,199,254,740,992'"),
    Valuing("grouped", "9,007,199,254,740,991", "x=9007199254740991"),
    Valuing("priority", "13", "level=info", "x=13"), Valuing("priority", "0", "level=fatal", "x=0"),
    Valuing("priority", "2", "level=fatal", "x=2"), Valuing("priority", "3", "level=error", "x=3"),
    Valuing("priority", "12", "level=warn", "x=12"),
    Valuing("priority", "191", "level=debug", "x=191"), Valuing("priority", "6", "level=info", "x=6"),
  ])
  func `a number's value`(row: Valuing) throws { try row.check() }

  @Test func `a level that the entry has stays, whatever the priority`() throws {
    let probe = try EntryProbe(["{level} <{priority:priority}>"])
    #expect(probe.fields("WARN <3>") == ["level=warn", "priority=3"])
    #expect(try EntryProbe(["<{priority:priority}> {level}"]).fields("<3> WARN") == ["level=error", "priority=3", "level_2='warn'"])
  }
}
