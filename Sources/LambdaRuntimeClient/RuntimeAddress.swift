import NIOCore

/// Where the Runtime API listens.
public struct RuntimeAddress: Equatable, Sendable, CustomStringConvertible {
  /// An address in numbers, or a name.
  public let host: String
  public let port: Int

  /// As in `AWS_LAMBDA_RUNTIME_API`: `HOST:PORT`, an IPv6 address in brackets; without a port it is 80.
  public init(parsing text: String) throws(RuntimeError) {
    func refuse(_ reason: String) -> RuntimeError { .addressNotUnderstood(text, reason: reason) }
    var host = Substring(text)
    var digits: Substring?
    if text.hasPrefix("[") {
      guard let bracket = text.firstIndex(of: "]") else { throw refuse("the bracket of the IPv6 address is not closed") }
      host = text[text.index(after: text.startIndex)..<bracket]
      let rest = text[text.index(after: bracket)...]
      guard rest.isEmpty || rest.hasPrefix(":") else { throw refuse("a port must follow the bracket") }
      digits = rest.isEmpty ? nil : rest.dropFirst()
    } else if let colon = text.firstIndex(of: ":") {
      guard text[text.index(after: colon)...].firstIndex(of: ":") == nil else { throw refuse("an IPv6 address needs brackets, [::1]:9001") }
      host = text[..<colon]
      digits = text[text.index(after: colon)...]
    }
    guard !host.isEmpty else { throw refuse("it names no host") }
    guard host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "/") }) else {
      throw refuse("a host has no blanks, slashes or special characters")
    }
    let port = digits.map { Int($0) ?? 0 } ?? 80
    guard (1...65_535).contains(port) else {
      throw refuse("the port is no number from 1 to 65535")
    }
    self.host = String(host)
    self.port = port
  }

  public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

  /// The address to connect to.
  ///
  /// In the function's root there may be nothing that resolves names (no /etc, no libraries of the resolver), so numbers and `localhost` do
  /// without. Any other name is left to the system, as a last resort.
  func resolved() throws(RuntimeError) -> SocketAddress {
    let number = host == "localhost" ? "127.0.0.1" : host
    if let address = try? SocketAddress(ipAddress: number, port: port) { return address }
    do {
      return try SocketAddress.makeAddressResolvingHost(host, port: port)
    } catch {
      throw .nameNotResolved(host)
    }
  }
}
