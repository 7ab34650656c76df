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

  /// All formats of the executable, ready to match. The image that `script/embed-formats` wrote into it is used as it lies there; an
  /// executable without one reads and compiles the files.
  public static func compile() throws(FormatDiagnostic) -> CompiledCatalog {
    if let catalog = compiled() { return catalog }
    return try CompiledCatalog(readEmbedded())
  }

  /// The formats of the image in the executable; nil if there is none, or not one of this build.
  public static func compiled() -> CompiledCatalog? {
    // Constant data of the executable, aligned to 64 bytes, which only another program writes, before it runs.
    let size = unsafe Int(sluice_compiled_formats_size().pointee)
    guard size > 0, let pools = unsafe CatalogPools(image: UnsafeRawBufferPointer(start: sluice_compiled_formats(), count: size)) else {
      return nil
    }
    return CompiledCatalog(pools)
  }

  /// The bytes of an embedded file; nil if there is none of this name.
  public static func embeddedFile(_ name: String) -> [UInt8]? {
    guard let index = embeddedNames.firstIndex(of: name) else { return nil }
    let file = unsafe sluice_format_file_at(index)
    return unsafe Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
  }

  /// Reads embedded formats, all of them unless some are named. They are part of the program, so a mistake in one is a mistake of ours:
  /// tests read them all.
  public static func readEmbedded(_ chosen: [String] = []) throws(FormatDiagnostic) -> [LogFormat] {
    var formats: [LogFormat] = []
    for name in embeddedNames where chosen.isEmpty || chosen.contains(name) {
      formats.append(try LogFormatReader.read(embeddedFile(name) ?? [], path: path(ofEmbedded: name)))
    }
    return formats
  }
}
