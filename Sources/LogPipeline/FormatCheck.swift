import LogBytes
public import LogFormats
import LogOutput

/// Checks a format file as a whole: it is read, compiled and tried on its own samples.
public enum FormatCheck {
  /// 2026-12-31T00:00:00Z: when the lines of samples arrive.
  private static let arrival: Int64 = 1_798_675_200

  /// What is wrong with the file; empty if nothing is. A mistake in the format ends the check, mistakes in samples do not.
  public static func diagnostics(of text: [UInt8], path: String) -> [FormatDiagnostic] {
    do throws(FormatDiagnostic) {
      let format = try LogFormatReader.read(text, path: path)
      let catalog = try CompiledCatalog([format])
      let samples = try FormatSample.read(text, path: path)
      if samples.isEmpty {
        return [
          FormatDiagnostic(
            path: path, message: "no samples", hint: "add a second document (---) with at least three, one with odd values", isWarning: true
          )
        ]
      }
      return samples.flatMap { $0.diagnostics(entry: lastEntry(of: $0, catalog)) }
    } catch {
      return [error]
    }
  }

  /// The last entry that the sample makes where only its format is known, as a line of JSON.
  private static func lastEntry(of sample: FormatSample, _ catalog: CompiledCatalog) -> [UInt8]? {
    var stream = EntryStream(catalog: catalog, writer: .jsonLines(JSONLinesWriter()), arrival: arrival)
    var output = ByteOutput()
    stream.append(sample.text.span, into: &output)
    stream.finish(into: &output)
    guard output.count > 1 else { return nil }
    let span = output.span
    let start = lastIndex(of: ASCII.lineFeed, in: span, before: span.count - 1) + 1
    return (start..<span.count - 1).map { span[$0] }
  }
}
