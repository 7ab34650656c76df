import LogBytes
import LogFormats

/// The formats that a command works with: the built-in ones, those of a folder added, and a choice by name.
struct FormatSelection {
  private(set) var formats: [LogFormat]

  /// - Parameter folder: its `*.yaml` files add to the built-in formats, or replace those of the same name.
  init(folder: String?) throws {
    formats = try FormatCatalog.readEmbedded()
    guard let folder else { return }
    for path in try yamlFiles(in: folder) {
      let format = try LogFormatReader.read(readWholeFile(path), path: path)
      if let index = formats.firstIndex(where: { $0.name == format.name }) {
        formats[index] = format
      } else {
        formats.append(format)
      }
    }
  }

  /// Keeps only the formats of these names, in the catalogue's order; all of them for no names.
  mutating func keep(_ names: [String]) throws(CommandError) {
    if names.isEmpty { return }
    for name in names { _ = try format(named: name) }
    formats.removeAll { !names.contains($0.name) }
  }

  func format(named name: String) throws(CommandError) -> LogFormat {
    if let format = formats.first(where: { $0.name == name }) { return format }
    let meant = nearest(name, among: formats.map(\.name)).map { "did you mean '\($0)'?" }
    throw CommandError("no format is named '\(name)'; \(meant ?? "'sluice formats' lists them")")
  }

  /// The formats, ready to match.
  func compile() throws -> CompiledCatalog {
    try CompiledCatalog(formats)
  }

  private func yamlFiles(in folder: String) throws -> [String] {
    let names = try namesInFolder(folder).filter { $0.hasSuffix(".yaml") }.sorted()
    guard !names.isEmpty else { throw CommandError("\(folder): holds no format files (*.yaml); name another folder for --formats") }
    return names.map { folder.hasSuffix("/") ? folder + $0 : "\(folder)/\($0)" }
  }
}

/// The bytes of a small file.
func readWholeFile(_ path: String) throws(FileError) -> [UInt8] {
  let file = path == "-" ? POSIXFile.standardInput() : try POSIXFile.openForReading(path)
  var output = ByteOutput(capacity: 65_536)
  while try file.read(upTo: 65_536, into: &output) > 0 {}
  let span = output.span
  return span.indices.map { span[$0] }
}
