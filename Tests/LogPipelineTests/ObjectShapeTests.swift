import TestSupport
import Testing

/// Objects with the same keys are refused without another look at them: what counts is which keys stand there, and which have a value.
struct ObjectShapeTests {
  private static let formats = [
    "name: first\nrank: specific\njson: {message: [m], require: [x, m]}\n",
    "name: second\njson: {message: [m], require: [y, m]}\n",
    "name: third\njson: {message: [m], require: [z.inner, m]}\n",
  ]

  @Test func `the values of keys decide as if each object came alone`() throws {
    let objects: [(object: String, format: String)] = [
      (#"{"m":"a","x":1,"w":2}"#, "first"), (#"{"m":"a","x":null,"y":2}"#, "second"), (#"{"m":"a","x":"","y":2}"#, "second"),
      (#"{"m":"a","x":1,"w":""}"#, "first"),
      (#"{"m":"a","x":0,"w":2}"#, "first"), (#"{"m":"a","\u0078":1,"w":2}"#, "first"), (#"{"m":"a","z":{"inner":1}}"#, "third"),
      (#"{"m":"a","y":3}"#, "second"), (#"{"y":3,"m":"a"}"#, "second"), (#"{"m":"a","z":{"inner":2},"y":""}"#, "third"),
    ]
    let probe = try StreamProbe(Self.formats[0], Self.formats[1], Self.formats[2])
    var generator = SeededGenerator(seed: 5)
    let lines = (0..<300).map { _ in objects.randomElement(using: &generator)! }
    let entries = probe.run(lines.map(\.object))
    #expect(entries.count == lines.count)
    for (entry, line) in zip(entries, lines) { #expect(entry.hasPrefix(#"{"format":"\#(line.format)""#), "\(line.object)") }
  }
}
