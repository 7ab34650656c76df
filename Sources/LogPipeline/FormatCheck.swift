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

  /// The last entry that the sample makes with these formats, as a line of JSON.
  fileprivate static func lastEntry(of sample: FormatSample, _ catalog: CompiledCatalog) -> [UInt8]? {
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

/// Checks format files beside each other and beside the formats that are there already: which of them get the samples.
public struct FormatComparison {
  private let catalog: CompiledCatalog
  private let review: FormatReview

  /// - Parameter formats: all that are to be loaded, those that are checked among them. Throws the first thing that is wrong with them.
  public init(_ formats: [LogFormat]) throws(FormatDiagnostic) {
    catalog = try CompiledCatalog(formats)
    review = FormatReview(formats)
  }

  /// What is doubtful about a format whose file has no mistakes: dialects and events that no sample reaches, samples that others take.
  /// Errors are samples that another format claims as strongly; all else are warnings.
  public func findings(of text: [UInt8], path: String) -> [FormatDiagnostic] {
    do throws(FormatDiagnostic) {
      let format = try LogFormatReader.read(text, path: path)
      let alone = try CompiledCatalog([format])
      let samples = try FormatSample.read(text, path: path)
      var findings = review.freeEvents(of: format)
      findings += review.unreached(
        of: format,
        samples: samples.map { sample in
          let entry = FormatCheck.lastEntry(of: sample, alone).flatMap(WrittenEntry.init)
          return (sample, { entry?[$0]?.text })
        })
      for sample in samples { findings += self.findings(of: sample, format) }
      return findings.sorted { ($0.position.line, $0.position.column) < ($1.position.line, $1.position.column) }
    } catch {
      return [error]
    }
  }

  private func findings(of sample: FormatSample, _ format: LogFormat) -> [FormatDiagnostic] {
    // The line that begins the entry is what detection looks at. What a wrapper holds is another format's.
    guard let line = sample.lines.first, format.wrap == nil else { return [] }
    let rivals = review.rivals(of: format, on: line)
    if !rivals.isEmpty {
      return rivals.map { rival in
        FormatDiagnostic(
          path: format.path, position: sample.position,
          message: "the sample is also claimed by \"\(rival.name)\" (evidence \(rival.evidence) = \(rival.evidence))",
          hint: "pin down more, or give one of them another rank")
      }
    }
    guard let name = FormatCheck.lastEntry(of: sample, catalog).flatMap(WrittenEntry.init)?.format, name != format.name else { return [] }
    return [
      FormatDiagnostic(
        path: format.path, position: sample.position, message: "beside all other formats \"\(name)\" takes the sample",
        hint: "pin down more, or give this format rank: specific", isWarning: true)
    ]
  }
}
