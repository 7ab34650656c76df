import Foundation
import Testing

/// `docs/catalogue.md` is generated: what `sluice formats page` prints. `UPDATE_GOLDEN=1` writes it anew.
@Suite(needsBinary) struct CataloguePageTests {
  private static let page = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("docs/catalogue.md")

  @Test func `the page of the catalogue is up to date`() throws {
    let result = try SluiceFolder().run("formats", "page")
    #expect(result.status == 0)
    #expect(result.errors == "")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
      try result.output.write(to: Self.page, atomically: true, encoding: .utf8)
    }
    let text = (try? String(contentsOf: Self.page, encoding: .utf8)) ?? ""
    let isSame = text == result.output
    #expect(isSame, "docs/catalogue.md is old: run script/test --filter CataloguePageTests with UPDATE_GOLDEN=1")
  }

  @Test func `formats of a folder are on the page, with an example, fields and events`() throws {
    let folder = try SluiceFolder()
    try folder.write(
      "harbour.yaml",
      """
      name: harbour
      title: Harbour, a game | a server
      from: harbour.log
      entry: ['{time:%Y-%m-%d %H:%M:%S} {level} [{module!}] {message}{? in {took:duration}}']
      events: {message: [player.join: '{player:word} joined from {address:endpoint}', player.join: '{player:word} joined']}
      ---
      samples:
        - lines: ['2026-08-21 10:00:00 INFO [net] Ada joined', '  so she did']
          gives: {module: net}
      """)
    let result = try folder.run("formats", "page", "--formats", ".")
    #expect(result.status == 0)
    #expect(result.output.contains("| [harbour](#harbour) | Harbour, a game \\| a server | 1 |\n"))
    #expect(
      result.output.contains(
        """

        ## harbour

        Harbour, a game | a server. From: harbour.log. [Its file](../formats/harbour.yaml).

            2026-08-21 10:00:00 INFO [net] Ada joined
              so she did

        Fields: `module` string, `took` number.

        | event | fields |
        |---|---|
        | `player.join` | `player` string, `address` string, `address_port` number |

        """))
  }
}
