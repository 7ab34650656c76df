import LogFormats
import TestSupport

/// Texts of each strict type: such as it takes, whole or in part, and such as it almost takes.
enum StrictSamples {
  /// Types as a pattern writes them, for the generator.
  static let types = [
    "int", "int 1..3", "int 4..4", "number", "hex", "hex 8..8", "hex 2..6", "grouped", "ip", "endpoint", "uuid", "level", "level(E|W|I)",
    "level(ERROR|WARN)", "priority", "enum(a|ab|abc)", "enum(JOIN|LEAVE|\\))", "flag(headshot)", "flag(-)", "clock", "duration", "size",
    "iso",
    "epoch", "epoch(ms)", "epoch(us)", "epoch(ns)", "epoch(hex)", "epoch(any)", "since(s)", "since(ms)", "%H:%M:%S", "%H:%M:%S%.",
    "%Y-%m-%d %H:%M:%S.%f", "%d/%b/%Y:%H:%M:%S %z", "%b %e %H:%M:%S", "%-d.%-m.%y %k:%M", "%I:%M %p", "%Y%j", "%a %H:%M:%S:%-f", "%s",
    "%Y-%m-%d %H:%M:%S %Z",
  ]

  /// Types that have no greatest width and may stand anywhere.
  static let unboundedTypes = ["quoted", "quoted('')", "quoted(\"\")", "json", "pairs", "backslash", "backslash(bare)", "kv", "data"]

  /// Types that must be last.
  static let lastTypes = ["rest", "csv(a|b:int|c)", "cef"]

  static func texts(of type: StrictType) -> [String] {
    switch type {
    case .int: ["0", "42", "-7", "+1", "007", "1234", "12345678901234567890123456789012345678901234567890", "-"]
    case .number: ["1", "1.5", "-1.5e3", ".5", "5.", "1e", "1e+12", "1.2.3", "+", "1e1234"]
    case .hex: ["ab12", "0x511", "0x", "0", "deadbeef", "0Xg", "AbCdEf01", String(repeating: "a", count: 140)]
    case .grouped: ["1,024", "10.822.975", "1 000", "1\u{a0}000", "1234", "1,02", "12,3456", "1,000,00"]
    case .ip: ["192.0.2.1", "2001:db8::1", "::ffff:192.0.2.7", "fe80::1%eth0", "::", "1::2::3", "256.1.1.1", "12:34:56", "1:2:3:4:5:6:7:8"]
    case .endpoint: ["192.0.2.1:80", "192.0.2.1", "[2001:db8::1]:443", "[192.0.2.7]", "2001:db8::1", "192.0.2.1:123456", "[::1"]
    case .uuid: ["123e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a456-42661417400", "123E4567-E89B-12D3-A456-4266141740000"]
    case .level: ["INFO", "warn", "Error", "ERRORS", "info2", "i", "Severe", "informational"]
    case .levelWords(let words): words.map { String(decoding: $0.word, as: UTF8.self) } + ["WARNING", "e"]
    case .enumeration(let words): words.map { String(decoding: $0.word, as: UTF8.self) } + ["abcd", "JOINT"]
    case .flag(let word): [String(decoding: word, as: UTF8.self)]
    case .priority: ["0", "13", "191", "192", "01", "1234"]
    case .clock: ["1:02", "981:27", "1:02:03", "1:02:03.25", "1:2", "1:02:3", "1234567:00"]
    case .duration: ["1h2m3s", "29:55 min", "1:30 hours", "3 ms", "1.5s", "5sx", "12", "1:02", "2 days", "4\u{b5}s", "1s2s3s4s5s6s7s8s9s"]
    case .size: ["12MiB", "1 kB", "3.5G", "7B", "7", "2Ki", "5 MBx", "1iB"]
    case .quoted: ["\"a\"", "\"a \\\" b\"", "\"\"", "\"a", "\"a\\\""]
    case .quotedDoubled(let quote):
      quote == UInt8(ascii: "'") ? ["'a'", "'it''s'", "''", "'a", "'''"] : ["\"a\"", "\"say \"\"x\"\"\"", "\"\"", "\"a"]
    case .json: ["{\"a\":[1,2]}", "[]", "{\"}\":\"\\\"}\"}", "{[", "[{\"a\":\"]\"}]"]
    case .pairs: [" (a \"b\")", " (a)", " (a \"b\") (c)", " (a \"b)", " (", " (a \"b\")  "]
    case .backslash(bare: true): ["k\\v", "k\\v\\l\\w", "k", "k\\v\\l"]
    case .backslash: ["\\k\\v", "\\k\\v\\l\\w", "\\k", "\\"]
    case .keyValue: ["a=b", "a=b c=\"d e\"", "a=b, c=", "a=\"b", "a", "=b"]
    case .data: ["-", "[a b=\"c\"]", "[a][b c=\"\\\"\"]", "[a b=c]", "[a"]
    case .cef: ["a=b c d=e", "x", "a=\\= b=c"]
    case .csv: ["x,1,y", "x,y", "\"a,b\",2", "(a,b),1,c,d", ""]
    case .rest: ["x", "", "x y z"]
    case .iso:
      ["2026-01-02T03:04:05Z", "2026-01-02 03:04:05,123 +0200", "2026-01-02 03:04", "2026-13-02 03:04", "2026-01-02t03:04:05.5+01"]
    case .epoch(.hexadecimal): ["5f5e1000", "5F5E100", "5f5e1000ff"]
    case .epoch(.milliseconds): ["1470637875123", "14706378751", "147063787512345"]
    case .epoch(.microseconds): ["1470637875123456", "14706378751234"]
    case .epoch(.nanoseconds): ["1470637875123456789", "14706378751234567"]
    case .epoch: ["1470637875", "1470637875.25", "14706378", "147063787512"]
    case .since: ["1.5", "12", "123456789012345", ".5"]
    case .layout(let layout): texts(of: layout)
    }
  }

  /// Two times as the layout writes them, and one that is almost one.
  private static func texts(of layout: TimeLayout) -> [String] {
    let choices: [(Int) -> Int] = [{ _ in 0 }, { $0 - 1 }, { $0 / 2 }]
    var texts: [String] = choices.map { choose in
      layout.parts.map { part in
        let choice = pieces(of: part)
        return choice[choose(choice.count)]
      }.joined()
    }
    texts.append(String(texts[0].dropLast()))
    return texts
  }

  private static func pieces(of part: TimePart) -> [String] {
    switch part {
    case .literal(let byte): [String(UnicodeScalar(byte))]
    case .year: ["2026", "1999"]
    case .shortYear: ["26", "70"]
    case .month: ["01", "13", "12"]
    case .looseMonth: ["1", "13", "12"]
    case .day: ["02", "32", "31"]
    case .looseDay: ["2", "02", "31"]
    case .hour: ["00", "25", "23"]
    case .looseHour: ["0", "05", "24"]
    case .minute: ["00", "60", "59"]
    case .second: ["00", "61", "60"]
    case .looseMinute, .looseSecond: ["0", "7", "59"]
    case .paddedDay, .paddedHour: [" 2", "2", "12"]
    case .monthName: ["Jan", "Janua", "december"]
    case .dayName: ["Mon", "tuesday", "Fri"]
    case .hourOfHalf: ["1", "01", "12"]
    case .half: ["AM", "pm"]
    case .dayOfYear: ["001", "367", "366"]
    case .fraction: ["1", "123", "1234567890"]
    case .looseMilliseconds: ["7", "123", "1234"]
    case .optionalFraction: ["", ".5", ",123"]
    case .offset: ["Z", "+0200", "-05:30", "+01", "UTC"]
    case .zoneName: ["CET", "CESTXY", "EST"]
    case .epochSeconds: ["1470637875", "12345678"]
    }
  }
}
