import Fuzzing
import LogBytes
import LogFormats

/// Any bytes as a format file: it is refused with a place inside of it, or compiles and then takes any line.
final class FormatFuzzing: FuzzTarget {
  func run(_ bytes: [UInt8]) {
    // YAML breaks lines at carriage returns and at U+0085, U+2028 and U+2029 too, whose last bytes these are.
    let lines = bytes.count { [0x0a, 0x0d, 0x85, 0xa8, 0xa9].contains($0) } + 1
    do throws(FormatDiagnostic) {
      _ = try FormatSample.read(bytes, path: "fuzz.yaml")
      let format = try LogFormatReader.read(bytes, path: "fuzz.yaml")
      let catalog = try CompiledCatalog([format])
      Fuzzer.expect(catalog.formatNames == [format.name], "a catalogue of other formats")
    } catch {
      Fuzzer.expect(!error.message.isEmpty && error.path == "fuzz.yaml", "a diagnostic without words: \(error)")
      let isInside = (1...lines + 1).contains(error.position.line) && error.position.column >= 1
      Fuzzer.expect(isInside, "\(error) in a file of \(lines) lines")
    }
  }
}

Fuzzer.run(FormatFuzzing.self)
