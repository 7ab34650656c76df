import TestSupport
import Testing

@testable import LogFormats

/// Finds look at each place of a value at most once a pattern, whatever stands there.
struct FindCostTests {
  /// Pieces that fill a value: the same address everywhere, nearly addresses, different ones.
  static let pieces = ["192.0.2.1 ", "192.0.2. ", "1.2.3.4.5 ", "user=", "user=a ", "a.b:1 "]

  @Test(arguments: pieces)
  func `looks are linear in the value`(piece: String) throws {
    let format = try LogFormatReader.read(
      bytes(
        """
        name: t
        entry: ['T {message}']
        find: {message: ['{addresses:ip all}', 'user={user:word}', '{host:host}:{port:int}', '{n:int} x']}
        """), path: "")
    for count in [100, 10_000] {
      var probe = try SecondStageProbe(format)
      _ = probe.run(bytes(String(repeating: piece, count: count)))
      let words = count * (1 + piece.utf8.count { !($0 >= 0x30 && $0 <= 0x39 || $0 >= 0x61 && $0 <= 0x7a) })
      #expect(probe.looks <= 4 * words, "\(probe.looks) looks at \(words) words")
    }
    var probe = try SecondStageProbe(format)
    _ = probe.run(bytes(String(repeating: Self.pieces.joined(), count: 100)))
    #expect(probe.looks > 100)
  }
}
