import Foundation
import Testing

/// `sluice check` on folders, and beside other formats: what no sample reaches, what others claim, what patterns cost.
@Suite(needsBinary) struct CheckBesideOthersTests {
  private func format(_ name: String, _ body: String) -> String { "name: \(name)\n\(body)" }

  private let inn = """
    name: inn
    entry:
      - '=inn= {time:%Y-%m-%d %H:%M:%S} {message}'
      - '=inn= {guests:int} guests'
    events:
      message:
        - door: 'the door {state}'
        - fire: 'the fire {state}'
    ---
    samples:
      - line: '=inn= 2026-08-21 10:00:00 the door opens'
        gives: {event: door, state: opens}
      - line: '=inn= 2026-08-21 10:00:00 the fire burns'
        gives: {event: fire, state: burns}
      - line: '=inn= 12 guests'
        gives: {guests: 12}

    """

  @Test func `a folder is all of its format files`() throws {
    let folder = try SluiceFolder()
    try FileManager.default.createDirectory(at: folder.url.appendingPathComponent("formats"), withIntermediateDirectories: true)
    try folder.write("formats/inn.yaml", inn)
    try folder.write("formats/notes.txt", "not a format")
    for argument in ["formats", "formats/", "formats/inn.yaml"] {
      let result = try folder.run("check", argument)
      #expect(result.status == 0)
      #expect(result.output == "")
      #expect(result.errors == "")
    }
    try folder.write("formats/bad.yaml", "name: bad\nentry: ['{a}{b}']\n")
    let result = try folder.run("check", "formats")
    #expect(result.status == 1)
    #expect(result.outputLines.count == 1)
    #expect(result.output.hasPrefix("formats/bad.yaml:2:"))
  }

  @Test func `a folder without formats is status 2`() throws {
    let folder = try SluiceFolder()
    try FileManager.default.createDirectory(at: folder.url.appendingPathComponent("empty"), withIntermediateDirectories: true)
    let result = try folder.run("check", "empty")
    #expect(result.status == 2)
    #expect(result.errors == "sluice: empty: holds no format files (*.yaml); name another folder\n")
  }

  @Test func `what no sample reaches is warned of`() throws {
    let folder = try SluiceFolder()
    try folder.write("inn.yaml", String(inn.split(separator: "\n").dropLast(4).joined(separator: "\n")) + "\n")
    let result = try folder.run("check", "inn.yaml")
    #expect(result.status == 0)
    #expect(result.output == "inn.yaml:4:6: warning: no sample reaches lines 4, 8 (add samples)\n")
    #expect(try folder.run("check", "--alone", "inn.yaml").output == "")
  }

  @Test func `a dialect that an earlier one hides is warned of`() throws {
    let folder = try SluiceFolder()
    try folder.write(
      "inn.yaml",
      inn.replacingOccurrences(
        of: "  - '=inn= {guests:int} guests'\n", with: "  - '=inn= {guests:int} {message}'\n  - '=inn= {guests:int} guests'\n"))
    let result = try folder.run("check", "inn.yaml")
    #expect(result.status == 0)
    #expect(
      result.output
        == "inn.yaml:5:6: warning: no sample reaches line 5: the one at 16:5 fits it, but line 4 takes that (add a sample of its own, or move it up)\n"
    )
  }

  @Test func `a sample that another format claims as strongly is refused`() throws {
    let folder = try SluiceFolder()
    try folder.write("inn.yaml", inn)
    try folder.write("tavern.yaml", inn.replacingOccurrences(of: "name: inn", with: "name: tavern"))
    let result = try folder.run("check", "inn.yaml", "tavern.yaml")
    #expect(result.status == 1)
    // The line of guests is claimed by the weak dialect of both, as strongly.
    #expect(result.outputLines.count == 6)
    #expect(
      result.output.hasPrefix(
        "inn.yaml:11:5: the sample is also claimed by \"tavern\" (evidence 26 = 26) (pin down more, or give one of them another rank)\n"))
    try folder.write("tavern.yaml", inn.replacingOccurrences(of: "name: inn", with: "name: tavern\nrank: specific"))
    let ranked = try folder.run("check", "inn.yaml", "tavern.yaml")
    #expect(ranked.status == 0)
    #expect(ranked.outputLines.count == 3)
    #expect(
      ranked.output.hasPrefix(
        "inn.yaml:11:5: warning: beside all other formats \"tavern\" takes the sample (pin down more, or give this format rank: specific)\n"
      ))
  }

  @Test func `a built-in format may take it too, unless this one replaces it`() throws {
    let folder = try SluiceFolder()
    let text = """
      entry: ['[{time:%H:%M:%S}] [{thread!}/INFO]: {message}']
      ---
      samples:
        - line: '[10:00:00] [Server thread/INFO]: ready'
          gives: {thread: Server thread}

      """
    try folder.write("mine.yaml", format("mine", text))
    let result = try folder.run("check", "mine.yaml")
    #expect(result.status == 0)
    #expect(result.output.contains("mine.yaml:5:5: warning: beside all other formats \"") || result.output == "")
    try folder.write("mine.yaml", format("minecraft-java", text))
    #expect(try folder.run("check", "mine.yaml").output == "")
  }

  @Test func `two files with one name do not go together`() throws {
    let folder = try SluiceFolder()
    try folder.write("a.yaml", inn)
    try folder.write("b.yaml", inn)
    let result = try folder.run("check", "a.yaml", "b.yaml")
    #expect(result.status == 1)
    #expect(result.output == "b.yaml:1:1: a.yaml has the name \"inn\" too (give one another name)\n")
  }

  @Test func `many events that begin with free text are warned of`() throws {
    let folder = try SluiceFolder()
    let events = (1...9).map { "    - event: '{who} did {what} \($0)'\n" }
    let samples = (1...9).map { "  - line: '=inn= 2026-08-21 10:00:00 Ada did x \($0)'\n    gives: {event: event}\n" }
    try folder.write(
      "inn.yaml",
      format(
        "inn",
        "entry: ['=inn= {time:%Y-%m-%d %H:%M:%S} {message}']\nevents:\n  message:\n\(events.joined())---\nsamples:\n\(samples.joined())"))
    let result = try folder.run("check", "inn.yaml")
    #expect(result.status == 0)
    #expect(
      result.output
        == "inn.yaml:5:15: warning: 9 events on \"message\" begin with free text: each costs a pass (give the first field a class)\n")
  }

  @Test func `patterns are listed with their evidence and cost`() throws {
    let folder = try SluiceFolder()
    try folder.write("inn.yaml", inn)
    let result = try folder.run("check", "--patterns", "inn.yaml")
    #expect(result.status == 0)
    #expect(
      result.output == """
        inn.yaml: inn
        line  pattern of  evidence  cost  pattern
           3  entry             26     1  =inn= {time:%Y-%m-%d %H:%M:%S} {message}
           4  entry             14     1  =inn= {guests:int} guests
           7  door               9     1  the door {state}
           8  fire               9     1  the fire {state}

        """)
  }
}
