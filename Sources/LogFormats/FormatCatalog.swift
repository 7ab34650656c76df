internal import CFormatFiles

/// The formats that are part of the executable.
public enum FormatCatalog {
  /// The names of the embedded files, without `.yaml`.
  public static var embeddedNames: [String] {
    // The table is constant data of the executable.
    (0..<sluice_format_file_count()).map { unsafe String(cString: sluice_format_file_at($0).name) }
  }

  /// The path of an embedded file in diagnostics.
  public static func path(ofEmbedded name: String) -> String {
    "formats/\(name).yaml"
  }

  /// The bytes of an embedded file; nil if there is none of this name.
  public static func embeddedFile(_ name: String) -> [UInt8]? {
    guard let index = embeddedNames.firstIndex(of: name) else { return nil }
    let file = unsafe sluice_format_file_at(index)
    return unsafe Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
  }

  /// Reads all embedded formats. They are part of the program, so a mistake in one is a mistake of ours: tests read them all.
  public static func readEmbedded() throws(FormatDiagnostic) -> [LogFormat] {
    var formats: [LogFormat] = []
    for name in embeddedNames {
      formats.append(try LogFormatReader.read(embeddedFile(name) ?? [], path: path(ofEmbedded: name)))
    }
    return formats
  }
}
