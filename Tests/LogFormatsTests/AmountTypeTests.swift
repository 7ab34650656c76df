import Testing

/// `clock`, `duration`, `size`.
struct AmountTypeTests {
  @Test(arguments: [
    Taking("clock", "1:02"), Taking("clock", "981:27", " x"), Taking("clock", "1:02:03", ":04"), Taking("clock", "1:02.5"),
    Taking("clock", "1:02:03.123", "4"),
    Taking("clock", "123456:00"), Taking("clock", "1:02", ":3"), Taking("clock", "1:02", "."), Taking("clock", "1:02", "3"),
    Taking("clock", "99:99"),
    Taking("clock", nil, "1:2"), Taking("clock", nil, "1234567:00"), Taking("clock", nil, ":02"), Taking("clock", nil, "1"),
    Taking("clock", nil, ""),
  ])
  func `clock takes`(row: Taking) throws { try row.check() }

  @Test(arguments: [
    Taking("duration", "1h2m3s"), Taking("duration", "5s", "."), Taking("duration", "5 s"), Taking("duration", "1.5ms", "2"),
    Taking("duration", "3 min", " x"),
    Taking("duration", "2 days"), Taking("duration", "4\u{b5}s"), Taking("duration", "4us"), Taking("duration", "1d2h"),
    Taking("duration", "7secs", "S"),
    Taking("duration", "1h", "2"), Taking("duration", "1h", " 2m"), Taking("duration", "1s2s3s4s5s6s7s8s", "9s"),
    // No small letter behind the unit.
    Taking("duration", nil, "5sx"), Taking("duration", nil, "5minutes"), Taking("duration", "1h", "5mx"), Taking("duration", nil, "5"),
    Taking("duration", nil, "5x"), Taking("duration", nil, "s"), Taking("duration", nil, "1234567890s"), Taking("duration", nil, "1.s"),
    Taking("duration", nil, "5  s"), Taking("duration", nil, ""),
    // Clocks.
    Taking("duration", "29:55 min"), Taking("duration", "1:30 hours", " x"), Taking("duration", "1:02:03", "."),
    Taking("duration", "1:02", " m"),
    Taking("duration", "1:02.25 min"), Taking("duration", nil, "1:2"), Taking("duration", "1:02", ":3"), Taking("duration", "123456:00"),
    // At most 64 bytes.
    Taking("duration", String(repeating: "123456789.123456789s", count: 3), "123456789.123456789s"),
  ])
  func `duration takes`(row: Taking) throws { try row.check() }

  @Test(arguments: [
    Taking("size", "12MiB"), Taking("size", "1 kB", " x"), Taking("size", "3.5G", "1"), Taking("size", "7B"), Taking("size", "7 k"),
    Taking("size", "1TB", "-"),
    Taking("size", "1PiB"), Taking("size", "123456789012345.123456789 KiB"),
    Taking("size", nil, "7"), Taking("size", nil, "7iB"), Taking("size", nil, "2Ki"), Taking("size", nil, "5MBx"),
    Taking("size", nil, "5Mx"),
    Taking("size", nil, "5b"), Taking("size", nil, "5  B"), Taking("size", nil, "1.B"), Taking("size", nil, "1234567890123456B"),
    Taking("size", nil, "x"),
    Taking("size", nil, ""),
  ])
  func `size takes`(row: Taking) throws { try row.check() }

  @Test(arguments: [
    Valuing("clock", "981:27", "x=58887"), Valuing("clock", "1:02:03", "x=3723"), Valuing("clock", "0:00.5", "x=0.5"),
    Valuing("clock", "0:01.250", "x=1.25"),
    Valuing("clock", "0:99", "x=99"),
    Valuing("duration", "1h2m3s", "x=3723"), Valuing("duration", "29:55 min", "x=1795"), Valuing("duration", "1:30 hours", "x=5400"),
    Valuing("duration", "1:30:15 hours", "x=5415"), Valuing("duration", "3 ms", "x=0.003"), Valuing("duration", "1.5s", "x=1.5"),
    Valuing("duration", "4\u{b5}s", "x=0.000004"), Valuing("duration", "15 ns", "x=0.000000015"), Valuing("duration", "2 days", "x=172800"),
    Valuing("duration", "0.25h", "x=900"), Valuing("duration", "999999999d", "x=86399999913600"), Valuing("duration", "1:02.25", "x=62.25"),
    Valuing("duration", "0s", "x=0"), Valuing("duration", "1m30s", "x=90"),
    Valuing("duration", "1s500ms", "x=1.5"),
    Valuing("size", "12MiB", "x=12582912"), Valuing("size", "1 kB", "x=1000"), Valuing("size", "1k", "x=1024"),
    Valuing("size", "1KB", "x=1000"),
    Valuing("size", "1.5KiB", "x=1536"), Valuing("size", "3.5G", "x=3758096384"), Valuing("size", "7B", "x=7"),
    Valuing("size", "0.5B", "x=0.5"),
    Valuing("size", "2TB", "x=2000000000000"), Valuing("size", "1PiB", "x=1125899906842624"), Valuing("size", "9PB", "x=9000000000000000"),
    Valuing("size", "10PB", "x='10PB'"),
  ])
  func `an amount's value`(row: Valuing) throws { try row.check() }
}
