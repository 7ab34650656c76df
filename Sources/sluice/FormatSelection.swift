import LogBytes
import LogFormats

/// The formats that a command works with: the built-in ones, those of a folder added, and a choice by name.
///
/// What is built in is read only where somebody asks for declarations: without a folder and a choice it stands ready in the executable.
struct FormatSelection {
  /// Those of the folder.
  private var added: [LogFormat] = []
  /// Empty for all.
  private var chosen: [String] = []

  /// - Parameter folder: its `*.yaml` files add to the built-in formats, or replace those of the same name.
  init(folder: String?) throws {
    guard let folder else { return }
    for path in try yamlFiles(in: folder) {
      let format = try LogFormatReader.read(readWholeFile(path), path: path)
      if let index = added.firstIndex(where: { $0.name == format.name }) {
        added[index] = format
      } else {
        added.append(format)
      }
    }
  }

  /// Keeps only the formats of these names, in the catalogue's order; all of them for no names.
  mutating func keep(_ names: [String]) throws(CommandError) {
    for name in names { try checkName(name) }
    chosen = names
  }

  /// The declarations, in the catalogue's order.
  func formats() throws(FormatDiagnostic) -> [LogFormat] {
    var formats = try FormatCatalog.readEmbedded(chosen)
    for format in added where chosen.isEmpty || chosen.contains(format.name) {
      if let index = formats.firstIndex(where: { $0.name == format.name }) {
        formats[index] = format
      } else {
        formats.append(format)
      }
    }
    return formats
  }

  func format(named name: String) throws -> LogFormat {
    var selection = self
    try selection.keep([name])
    return try selection.formats()[0]
  }

  /// The formats, ready to match.
  func compile() throws(FormatDiagnostic) -> CompiledCatalog {
    added.isEmpty && chosen.isEmpty ? try FormatCatalog.compile() : try CompiledCatalog(formats())
  }

  private func checkName(_ name: String) throws(CommandError) {
    let embedded = FormatCatalog.embeddedNames
    let names = embedded + added.map(\.name).filter { !embedded.contains($0) }
    if names.contains(name) { return }
    let meant = nearest(name, among: names).map { "did you mean '\($0)'?" }
    throw CommandError("no format is named '\(name)'; \(meant ?? "'sluice formats' lists them")")
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
