import LogFormats
import TestSupport
import Testing

/// Times: what each letter of a layout takes, and the times with names (formats/README.md, "Times").
struct LayoutTests {
  @Test(arguments: [
    Taking("%Y-%m-%d", "2026-01-02", "3"), Taking("%Y-%m-%d", nil, "226-01-02"), Taking("%Y-%m-%d", nil, "2026-1-02"),
    Taking("%Y-%m-%d", nil, "2026-01-2"),
    Taking("%Y-%m-%d", nil, "2026-13-02"), Taking("%Y-%m-%d", nil, "2026-00-02"), Taking("%Y-%m-%d", nil, "2026-01-32"),
    Taking("%Y-%m-%d", nil, "2026-01-00"),
    // A day that its month lacks is a match, and no time.
    Taking("%Y-%m-%d", "2026-02-30"), Taking("%Y-%m-%d", nil, "2026-01-0"), Taking("%Y-%m-%d", nil, ""),
    Taking("%y%m%d", "260102", "3"), Taking("%y%m%d", nil, "26010"), Taking("%-m/%-d/%Y", "1/2/2026"),
    Taking("%-m/%-d/%Y", "12/31/2026", "0"),
    Taking("%-m/%-d/%Y", "01/02/2026"), Taking("%-m/%-d/%Y", nil, "13/1/2026"), Taking("%-m/%-d/%Y", nil, "0/1/2026"),
    Taking("%-m/%-d/%Y", nil, "1/32/2026"),
    Taking("%b %e", "Jan  2", "x"), Taking("%b %e", "jan 12", "3"), Taking("%b %e", "DECEMBER 31"), Taking("%b %e", "May 1", "x"),
    Taking("%b %e", nil, "Jan   2"),
    Taking("%b %e", nil, "Janu 2"), Taking("%b %e", nil, "Abc 2"), Taking("%b %e", "Jan 3", "2"), Taking("%b %e", nil, "Jan 0"),
    Taking("%d%b%Y", "02Jan2026"),
    Taking("%a %H:%M", "Mon 12:00"), Taking("%a %H:%M", "TUESDAY 12:00"), Taking("%a %H:%M", "Thurs 12:00"),
    Taking("%a %H:%M", nil, "Abc 12:00"),
    Taking("%a %H:%M", nil, "Mo 12:00"), Taking("%Y%j", "2026001", "2"), Taking("%Y%j", "2026366"), Taking("%Y%j", nil, "2026367"),
    Taking("%Y%j", nil, "2026000"),
    Taking("%d/%m", "31/12"), Taking("%m%d %H:%M", "0102 03:04"),
  ])
  func `a date`(row: Taking) throws { try row.check() }

  @Test(arguments: [
    Taking("%H:%M:%S", "00:00:00", "x"), Taking("%H:%M:%S", "23:59:60", "0"), Taking("%H:%M:%S", "24:00:00"),
    Taking("%H:%M:%S", nil, "25:00:00"),
    Taking("%H:%M:%S", nil, "12:60:00"), Taking("%H:%M:%S", nil, "12:00:61"), Taking("%H:%M:%S", nil, "1:00:00"),
    Taking("%H:%M:%S", nil, "12:00:0"),
    Taking("%H:%M:%S", nil, "12:00"), Taking("%H:%M:%S", nil, "12 00 00"), Taking("%H%M%S", "120000", "0"),
    Taking("%-H:%-M:%-S", "1:2:3", "x"),
    Taking("%-H:%-M:%-S", "01:02:03", "4"), Taking("%-H:%-M:%-S", "24:59:60"), Taking("%-H:%-M:%-S", nil, "25:1:1"),
    Taking("%-H:%-M:%-S", "1:2:6", "1"),
    Taking("%k:%M", " 1:00"), Taking("%k:%M", "1:00"), Taking("%k:%M", "23:00", "5"), Taking("%k:%M", nil, "  1:00"),
    Taking("%I:%M %p", "1:00 AM"),
    Taking("%I:%M %p", "12:59 pm", "x"), Taking("%I:%M %p", nil, "0:00 AM"), Taking("%I:%M %p", nil, "13:00 AM"),
    Taking("%I:%M %p", nil, "1:00 XM"),
    Taking("%I:%M %p", nil, "1:00 A"), Taking("%H:%M:%S.%f", "12:00:00.123456789", "0"), Taking("%H:%M:%S.%f", "12:00:00.1", "x"),
    Taking("%H:%M:%S.%f", nil, "12:00:00."),
    Taking("%H:%M:%S.%f", nil, "12:00:00"), Taking("%H:%M:%S:%-f", "12:00:00:7"), Taking("%H:%M:%S:%-f", "12:00:00:123", "4"),
    Taking("%H:%M:%S%.", "12:00:00.5", "."),
    Taking("%H:%M:%S%.", "12:00:00,123"), Taking("%H:%M:%S%.", "12:00:00", "."), Taking("%H:%M:%S%.", "12:00:00", ", x"),
    Taking("%H:%M%%", "12:00%"), Taking("%H:%M%%", nil, "12:00"),
    Taking("%H:%M] [%S", "12:00] [01"), Taking("%H h %M", "12 h 00"), Taking("%s", "1470637875", "x"), Taking("%s", "147063787"),
    Taking("%s", "14706378751", "2"),
    Taking("%s", nil, "14706378"), Taking("%s%.", "1470637875.25"),
  ])
  func `a clock`(row: Taking) throws { try row.check() }

  @Test(arguments: [
    Taking("%H:%M %z", "12:00 Z", "1"), Taking("%H:%M %z", "12:00 UTC"), Taking("%H:%M %z", "12:00 GMT", "+1"),
    Taking("%H:%M %z", "12:00 +02:00"),
    Taking("%H:%M %z", "12:00 -0530", "1"), Taking("%H:%M %z", "12:00 +02", ":"), Taking("%H:%M %z", "12:00 +02", "60"),
    Taking("%H:%M %z", "12:00 +02", "6"),
    Taking("%H:%M %z", nil, "12:00 +2"), Taking("%H:%M %z", nil, "12:00 +24:00"), Taking("%H:%M %z", nil, "12:00 z"),
    Taking("%H:%M %z", nil, "12:00 CET"),
    Taking("%H:%M %Z", "12:00 CET"), Taking("%H:%M %Z", "12:00 CEST", "s"), Taking("%H:%M %Z", "12:00 ABCDE", "F"),
    Taking("%H:%M %Z", nil, "12:00 A"),
    Taking("%H:%M %Z", nil, "12:00 cet"), Taking("%H:%M %Z", nil, "12:00 +01"),
  ])
  func `a zone`(row: Taking) throws { try row.check() }

  @Test(arguments: [
    Taking("iso", "2026-01-02T03:04:05Z", "1"), Taking("iso", "2026-01-02 03:04:05", " x"), Taking("iso", "2026-01-02t03:04"),
    Taking("iso", "2026-01-02T03:04:05.123456789", "1"),
    Taking("iso", "2026-01-02T03:04:05,5+02:00"), Taking("iso", "2026-01-02T03:04:05 +0200"), Taking("iso", "2026-01-02T03:04:05 UTC"),
    Taking("iso", "2026-01-02T03:04:05z"),
    Taking("iso", "2026-01-02T03:04:05+02", "x"), Taking("iso", "2026-01-02T03:04:05", "+021"), Taking("iso", "2026-01-02T03:04:05", " +2"),
    Taking("iso", "2026-01-02T03:04", ":"),
    Taking("iso", "2026-01-02T03:04", ":61"), Taking("iso", "2026-01-02T03:04:60"), Taking("iso", "2026-01-02T24:00:00"),
    Taking("iso", "2026-01-02T03:04:05", "."),
    Taking("iso", "2026-01-02T03:04:05", " CET"), Taking("iso", "2026-01-02T03:04.5"), Taking("iso", nil, "2026-01-02"),
    Taking("iso", nil, "2026-01-02x03:04:05"),
    Taking("iso", nil, "2026-1-2T03:04:05"), Taking("iso", nil, "2026-01-02T3:04:05"), Taking("iso", nil, "2026-13-02T03:04:05"),
    Taking("iso", nil, "20260102T030405"),
    Taking("iso", nil, ""), Taking("iso", "2026-02-30T03:04:05"),
    Taking("epoch", "147063787"), Taking("epoch", "1470637875", "x"), Taking("epoch", "14706378751", "2"), Taking("epoch", nil, "14706378"),
    Taking("epoch", "1470637875.25", "."),
    Taking("epoch", "1470637875", "."), Taking("epoch", "1470637875.123456789", "0"), Taking("epoch(ms)", "147063787512"),
    Taking("epoch(ms)", "14706378751234", "5"),
    Taking("epoch(ms)", nil, "14706378751"), Taking("epoch(ms)", "1470637875123", ".5"), Taking("epoch(us)", "147063787512345"),
    Taking("epoch(us)", "14706378751234567", "8"),
    Taking("epoch(us)", nil, "14706378751234"), Taking("epoch(ns)", "147063787512345678"), Taking("epoch(ns)", "14706378751234567890", "1"),
    Taking("epoch(ns)", nil, "14706378751234567"),
    Taking("epoch(hex)", "5f5e1000", "0"), Taking("epoch(hex)", "5F5E1000", "g"), Taking("epoch(hex)", nil, "5f5e100"),
    Taking("epoch(hex)", nil, "5f5e100g"),
    Taking("epoch(any)", "1470637875.5"), Taking("epoch(any)", "147063787512", ".5"), Taking("epoch(any)", "14706378751234567890", "1"),
    Taking("epoch(any)", nil, "14706378"),
    Taking("since(s)", "1"), Taking("since(s)", "123456789012.123456789", "0"), Taking("since(s)", "123456789012", "3"),
    Taking("since(s)", "1", "."), Taking("since(s)", nil, ".5"),
    Taking("since(s)", nil, "-1"), Taking("since(ms)", "12.5", "x"),
  ])
  func `a time with a name`(row: Taking) throws { try row.check() }

  @Test func `months of a format's own`() throws {
    let context = PatternContext(months: [
      MonthName(name: bytes("janv."), month: 1), MonthName(name: bytes("févr."), month: 2), MonthName(name: bytes("mai"), month: 5),
    ])
    for row in [
      Taking("%d %b", "02 janv.", "x"), Taking("%d %b", "02 JANV."), Taking("%d %b", "02 févr."), Taking("%d %b", "02 mai"),
      Taking("%d %b", "02 May", "x"),
      Taking("%d %b", "02 jan", "v"), Taking("%d %b", nil, "02 juil."),
    ] { try row.check(context: context) }
    let probe = try EntryProbe(["{time:%d %b %Y %H:%M}"], context: context)
    #expect(probe.fields("02 févr. 2026 03:04") == ["time=2026-02-02T03:04:00Z"])
    #expect(probe.fields("02 MAI 2026 03:04") == ["time=2026-05-02T03:04:00Z"])
  }

  @Test(arguments: [
    ("%Y-%m-%d %H:%M:%S", "2026-01-02 03:04:05", "2026-01-02T03:04:05Z"), ("%y%m%d %H:%M", "700102 03:04", "1970-01-02T03:04:00Z"),
    ("%y%m%d %H:%M", "690102 03:04", "2069-01-02T03:04:00Z"), ("%-m/%-d/%Y %I:%M:%S %p", "1/2/2026 12:00:00 AM", "2026-01-02T00:00:00Z"),
    ("%-m/%-d/%Y %I:%M:%S %p", "1/2/2026 12:00:00 PM", "2026-01-02T12:00:00Z"),
    ("%-m/%-d/%Y %I:%M:%S %p", "1/2/2026 1:00:00 pm", "2026-01-02T13:00:00Z"),
    ("%b %e %Y %k:%M", "Feb  9 2026  7:05", "2026-02-09T07:05:00Z"), ("%Y%j %H:%M", "2024366 00:00", "2024-12-31T00:00:00Z"),
    ("%Y%j %H:%M", "2026060 12:00", "2026-03-01T12:00:00Z"),
    // The fraction keeps its digits.
    ("%Y-%m-%d %H:%M:%S.%f", "2026-01-02 03:04:05.1", "2026-01-02T03:04:05.1Z"),
    ("%Y-%m-%d %H:%M:%S.%f", "2026-01-02 03:04:05.120", "2026-01-02T03:04:05.120Z"),
    ("%Y-%m-%d %H:%M:%S.%f", "2026-01-02 03:04:05.123456789", "2026-01-02T03:04:05.123456789Z"),
    ("%Y-%m-%d %H:%M:%S:%-f", "2026-01-02 03:04:05:7", "2026-01-02T03:04:05.007Z"),
    ("%Y-%m-%d %H:%M:%S%.", "2026-01-02 03:04:05", "2026-01-02T03:04:05Z"),
    ("%Y-%m-%d %H:%M:%S%.", "2026-01-02 03:04:05,25", "2026-01-02T03:04:05.25Z"),
    // Zones.
    ("%d/%b/%Y:%H:%M:%S %z", "02/Jan/2026:00:30:00 +0200", "2026-01-01T22:30:00Z"),
    ("%Y-%m-%d %H:%M %z", "2026-12-31 23:30 -05:30", "2027-01-01T05:00:00Z"),
    ("%Y-%m-%d %H:%M %z", "2026-12-31 23:30 -01", "2027-01-01T00:30:00Z"),
    ("%Y-%m-%d %H:%M %z", "2026-12-31 23:30 GMT", "2026-12-31T23:30:00Z"),
    ("%Y-%m-%d %H:%M %Z", "2026-12-31 23:30 EST", "2027-01-01T04:30:00Z"),
    ("%Y-%m-%d %H:%M %Z", "2026-07-01 00:30 CEST", "2026-06-30T22:30:00Z"),
    ("%Y-%m-%d %H:%M %Z", "2026-07-01 00:30 QQQ", "2026-07-01T00:30:00Z"),
    ("%Y-%m-%d %H:%M %Z", "2026-07-01 00:30 IST", "2026-06-30T19:00:00Z"),
    // Hour 24 is the next day, second 60 the next minute.
    ("%Y-%m-%d %H:%M:%S", "2026-12-31 24:00:00", "2027-01-01T00:00:00Z"),
    ("%Y-%m-%d %H:%M:%S", "2026-12-31 23:59:60", "2027-01-01T00:00:00Z"),
    ("%Y-%m-%d %H:%M:%S", "2026-06-30 12:34:60", "2026-06-30T12:35:00Z"), ("iso", "2026-02-28T24:00:00Z", "2026-03-01T00:00:00Z"),
    ("iso", "2026-01-02T03:04:05+02:00", "2026-01-02T01:04:05Z"), ("iso", "2026-01-02 03:04", "2026-01-02T03:04:00Z"),
    ("iso", "2026-01-02 03:04:05,123", "2026-01-02T03:04:05.123Z"),
    ("iso", "0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"), ("iso", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
    ("epoch", "1470637875", "2016-08-08T06:31:15Z"), ("epoch", "1470637875.250", "2016-08-08T06:31:15.250Z"),
    ("epoch(ms)", "1470637875123", "2016-08-08T06:31:15.123Z"),
    ("epoch(us)", "1470637875123456", "2016-08-08T06:31:15.123456Z"),
    ("epoch(ns)", "1470637875123456789", "2016-08-08T06:31:15.123456789Z"),
    ("epoch(hex)", "57a82a33", "2016-08-08T06:44:03Z"), ("epoch(any)", "1470637875123", "2016-08-08T06:31:15.123Z"),
    ("epoch(any)", "1470637875.5", "2016-08-08T06:31:15.5Z"),
    ("epoch(any)", "1470637875123456", "2016-08-08T06:31:15.123456Z"), ("%s%.", "1470637875.25", "2016-08-08T06:31:15.25Z"),
    ("%d/%b/%Y", "02/Jan/2026", "2026-01-02T00:00:00Z"),
  ])
  func `a time's moment`(type: String, text: String, moment: String) throws {
    #expect(try EntryProbe(["{time:\(type)}"]).fields(text) == ["time=\(moment)"])
    #expect(try EntryProbe(["{x:\(type)}"]).fields(text) == ["x=\(moment)"])
  }

  @Test(arguments: [
    ("iso", "0000-01-01T00:00:00+01:00"), ("iso", "9999-12-31T23:59:59-01:00"), ("%Y-%m-%d", "2026-02-29"), ("%Y%j", "2026366"),
    ("iso", "2026-04-31T00:00:00Z"),
    ("%d %b %Y", "31 jun 2026"),
  ])
  func `a time that is none stays as it was written`(type: String, text: String) throws {
    #expect(try EntryProbe(["{time:\(type)}"]).fields(text) == ["time_text='\(text)'"])
  }
}
