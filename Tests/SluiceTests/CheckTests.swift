import Foundation
import Testing

/// `sluice check` and `sluice formats`.
@Suite(needsBinary) struct CheckTests {
  private static let good = """
    name: tavern
    entry:
      - '~~ {time:%Y-%m-%d %H:%M:%S} ~~ {guests:int} guests, {message}'
    ---
    samples:
      - line: '~~ 2026-08-21 10:00:00 ~~ 3 guests, doors open'
        gives: {time: 2026-08-21T10:00:00Z, guests: 3, message: doors open, level: null}

    """

  private func check(_ text: String) throws -> SluiceResult {
    let folder = try SluiceFolder()
    try folder.write("tavern.yaml", text)
    return try folder.run("check", "tavern.yaml")
  }

  @Test func `a good format is quiet`() throws {
    let result = try check(Self.good)
    #expect(result.status == 0)
    #expect(result.output == "")
    #expect(result.errors == "")
  }

  @Test(arguments: [
    ("guests: 3,", "guests: 4,", "tavern.yaml:7:41: the sample gives guests = 3, not 4"),
    ("guests: 3,", "guests: '3',", "tavern.yaml:7:41: the sample gives guests = 3, not \"3\""),
    ("guests: 3,", "host: Ada,", "tavern.yaml:7:41: the sample gives no host, not Ada"),
    ("level: null", "message: null", "tavern.yaml:7:"),
    ("3 guests, doors", "three guests, doors", "tavern.yaml:6:5: the format does not take this sample"),
    ("gives:", "given:", "tavern.yaml:6:5: the sample does not say what it gives"),
    ("entry:", "entri:", "tavern.yaml:2:1: "),
    ("{guests:int}", "{guests:integer}", "tavern.yaml:3:"),
  ])
  func `a mistake has its place and is status 1`(right: String, wrong: String, message: String) throws {
    let result = try check(Self.good.replacingOccurrences(of: right, with: wrong))
    #expect(result.status == 1)
    #expect(result.outputLines.count == 1)
    #expect(result.output.hasPrefix(message), "\(result.output)")
    #expect(result.errors == "")
  }

  @Test func `a format without samples is warned of`() throws {
    let result = try check(String(Self.good.prefix(while: { $0 != "-" })) + "- '~~ {time:iso} {message}'\n")
    #expect(result.status == 0)
    #expect(result.output.contains("warning: no samples"))
  }

  @Test func `a missing file is status 2, the others are checked`() throws {
    let folder = try SluiceFolder()
    try folder.write("tavern.yaml", Self.good)
    let result = try folder.run("check", "inn.yaml", "tavern.yaml")
    #expect(result.status == 2)
    #expect(result.errors == "sluice: inn.yaml: no such file; check the path\n")
  }

  @Test func `the list has every format, and show prints its file`() throws {
    let folder = try SluiceFolder()
    let list = try folder.run("formats")
    #expect(list.status == 0)
    #expect(list.outputLines.first?.hasPrefix("name ") == true)
    #expect(list.outputLines.contains { $0.hasPrefix("minecraft-java ") })
    let file = try folder.run("formats", "show", "minecraft-java")
    #expect(file.status == 0)
    #expect(file.output.hasPrefix("name: minecraft-java\n"))
    let missing = try folder.run("formats", "show", "minecraftjava")
    #expect(missing.status == 2)
    #expect(missing.errors == "sluice: no format is named 'minecraftjava'; did you mean 'minecraft-java'?\n")
  }

  @Test func `every built-in format passes its own check`() throws {
    let folder = try SluiceFolder()
    for line in try folder.run("formats").outputLines.dropFirst() {
      let name = try #require(line.split(separator: " ").first.map(String.init))
      try folder.write("\(name).yaml", try folder.run("formats", "show", name).output)
      let result = try folder.run("check", "--alone", "\(name).yaml")
      #expect(result.status == 0)
      #expect(result.output == "")
    }
  }
}
