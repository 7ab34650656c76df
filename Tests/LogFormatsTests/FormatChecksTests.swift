import LogFormats
import TestSupport
import Testing

/// Formats of which nothing is refused, though they are near to what is.
struct FormatChecksTests {
  @Test(
    "An entry pins something down, or the stream is required to",
    arguments: [
      "entry: ['{a}: {b}']", "entry: ['{level} {a}']", "entry: ['{a} {~}| {b}']", "entry: ['{a}{:chars( ) 2..}{b:chars(0-9)}']",
      "entry: ['{a} {b}']\nhints: {require: ['Engine {}']}", "start: ['-- {a}']\nentry: ['{a} {b:rest}']",
      "types: {name: '({self:int})'}\nentry: ['{a:name} {b}']",
    ])
  func pinned(_ keys: String) throws {
    _ = try LogFormatReader.read(bytes("name: probe\n\(keys)\n"), path: "probe.yaml")
  }

  @Test(
    "A group, or a type that can be empty, pins nothing down",
    arguments: ["'{?[a] }{b}'", "'{a} {:pairs}'", "'{a:rest}'", "'{a}{? ({b!})}'", "'a{b}'"])
  func free(_ pattern: String) {
    #expect { try LogFormatReader.read(bytes("name: probe\nentry: [\(pattern)]\n"), path: "probe.yaml") } throws: {
      "\($0)".contains("every line matches this")
    }
  }
}
