import ArgumentParser
import LogFormats

/// `sluice formats`: what was typed.
struct FormatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "formats",
    abstract: "Lists the formats, shows one, or describes all on a page.",
    subcommands: [List.self, Show.self, Page.self, Compile.self],
    defaultSubcommand: List.self)

  struct Folder: ParsableArguments {
    @Option(
      help: ArgumentHelp(
        "A folder of format files (*.yaml) that add to the built-in ones, or replace those of the same name.", valueName: "folder"))
    var formats: String?
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists the formats by name.")

    @OptionGroup var folder: Folder

    func run() throws {
      var table = TextTable(["name", "title", "rank", "events"], numbers: [3])
      for format in try FormatSelection(folder: folder.formats).formats().sorted(by: { $0.name < $1.name }) {
        table.add([format.name, format.title, format.rank.rawValue, "\(format.eventNames.count)"])
      }
      try Console.writeOutput(table.text)
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Prints the file of a format.")

    @OptionGroup var folder: Folder

    @Argument(help: "The name of the format.")
    var name: String

    func run() throws {
      let format = try FormatSelection(folder: folder.formats).format(named: name)
      let text = try format.fileText()
      try POSIXFile.standardOutput().write(text.span)
    }
  }

  struct Page: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "page", abstract: "Prints all formats as a page of Markdown: an example, fields and events of each.")

    @OptionGroup var folder: Folder

    func run() throws {
      let formats = try FormatSelection(folder: folder.formats).formats()
      var lines: [String: [String]] = [:]
      for format in formats {
        guard let sample = try FormatSample.read(try format.fileText(), path: format.path).first else { continue }
        let text = String(decoding: sample.text.dropLast(), as: UTF8.self)
        lines[format.name] = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      }
      try Console.writeOutput(CataloguePage(formats, exampleLines: lines).text)
    }
  }
}

extension FormatsCommand {
  /// For `script/embed-formats`.
  struct Compile: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "compile", abstract: "Writes the image of the built-in formats that executables hold.", shouldDisplay: false)

    @Flag(help: "Write the image that this executable uses; fail if it has none.")
    var used = false

    func run() throws {
      let catalog = used ? FormatCatalog.compiled() : try CompiledCatalog(FormatCatalog.readEmbedded())
      guard let catalog else { throw CommandError("this executable reads the format files when it starts: run script/embed-formats") }
      try POSIXFile.standardOutput().write(catalog.image().span)
    }
  }
}

extension LogFormat {
  /// The file that it was read from, the second document included.
  fileprivate func fileText() throws -> [UInt8] {
    let isEmbedded = path == FormatCatalog.path(ofEmbedded: name)
    return isEmbedded ? FormatCatalog.embeddedFile(name) ?? [] : try readWholeFile(path)
  }

  /// The events that its entries can have, each once.
  fileprivate var eventNames: Set<String> {
    Set(events.flatMap { $0.events.map(\.event) })
  }
}
