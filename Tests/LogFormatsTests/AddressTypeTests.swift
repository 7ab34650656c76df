import Testing

/// `ip`, `endpoint`, `uuid`.
struct AddressTypeTests {
  @Test(
    arguments: [
      Taking("ip", "192.0.2.1"), Taking("ip", "192.0.2.1", ":80"), Taking("ip", "0.0.0.0", "."), Taking("ip", "255.255.255.255", "x"),
      Taking("ip", "010.000.002.001"), Taking("ip", nil, "192.0.2.256"), Taking("ip", nil, "192.0.2.1234"), Taking("ip", nil, "192.0.2"),
      Taking("ip", nil, "192.0..1"), Taking("ip", nil, ""), Taking("ip", nil, "x"),
      Taking("ip", "2001:db8::1"), Taking("ip", "::", "]"), Taking("ip", "::1", "/64"), Taking("ip", "1:2:3:4:5:6:7:8", ":9"),
      Taking("ip", "::ffff:192.0.2.7"), Taking("ip", "1:2:3:4:5:6:192.0.2.7"), Taking("ip", "fe80::1%eth0", "%x"),
      Taking("ip", "1::2", "::3"),
      Taking("ip", "1::", "g"), Taking("ip", "1:2:3:4:5:6:7::"), Taking("ip", "::2:3:4:5:6:7:8"),
      // A clock is none.
      Taking("ip", nil, "12:34:56"), Taking("ip", nil, "1:2:3:4:5:6:7"), Taking("ip", nil, "abcd"), Taking("ip", nil, "12345::1"),
      Taking("ip", nil, "1::12345"),
    ])
  func `ip takes`(row: Taking) throws { try row.check() }

  @Test(arguments: [
    Taking("endpoint", "192.0.2.7:27015", " x"), Taking("endpoint", "192.0.2.7"), Taking("endpoint", "192.0.2.7", ":x"),
    Taking("endpoint", "192.0.2.7:1", ":2"), Taking("endpoint", "192.0.2.7", ":123456"), Taking("endpoint", "[192.0.2.7]:80"),
    Taking("endpoint", "[2001:db8::1]:443", "x"), Taking("endpoint", "[2001:db8::1]", ":"), Taking("endpoint", "[fe80::1%eth0]:1"),
    Taking("endpoint", "2001:db8::1", " "), Taking("endpoint", "::1", "]"), Taking("endpoint", nil, "[::1"),
    Taking("endpoint", nil, "[x]:1"),
    Taking("endpoint", nil, "localhost:80"), Taking("endpoint", nil, "192.0.2:80"), Taking("endpoint", nil, ""),
  ])
  func `endpoint takes`(row: Taking) throws { try row.check() }

  @Test(arguments: [
    Taking("uuid", "123e4567-e89b-12d3-a456-426614174000", "-"), Taking("uuid", "123E4567-E89B-12D3-A456-426614174000", "0"),
    Taking("uuid", nil, "123e4567-e89b-12d3-a456-42661417400"), Taking("uuid", nil, "123e4567e89b12d3a456426614174000"),
    Taking("uuid", nil, "123e456-7e89b-12d3-a456-426614174000"), Taking("uuid", nil, "g23e4567-e89b-12d3-a456-426614174000"),
    Taking("uuid", nil),
  ])
  func `uuid takes`(row: Taking) throws { try row.check() }

  @Test(arguments: [
    Valuing("ip", "192.0.2.1", "x='192.0.2.1'"), Valuing("ip", "::ffff:192.0.2.1", "x='::ffff:192.0.2.1'"),
    Valuing("ip", "fe80::1%eth0", "x='fe80::1%eth0'"),
    Valuing("endpoint", "192.0.2.7:27015", "x='192.0.2.7'", "x_port=27015"), Valuing("endpoint", "192.0.2.7", "x='192.0.2.7'"),
    Valuing("endpoint", "[2001:db8::1]:443", "x='2001:db8::1'", "x_port=443"), Valuing("endpoint", "[2001:db8::1]", "x='2001:db8::1'"),
    Valuing("endpoint", "2001:db8::1", "x='2001:db8::1'"), Valuing("endpoint", "192.0.2.7:00080", "x='192.0.2.7'", "x_port=80"),
    Valuing("endpoint", "[192.0.2.7]:1", "x='192.0.2.7'", "x_port=1"),
    Valuing("uuid", "123E4567-E89B-12D3-A456-426614174000", "x='123E4567-E89B-12D3-A456-426614174000'"),
  ])
  func `an address's value`(row: Valuing) throws { try row.check() }
}
