import LogBytes
import LogJSON
import TestSupport
import Testing

struct JSONPrefixTests {
  private func states(_ lines: [String]) -> [JSONPrefix.State] {
    var prefix = JSONPrefix()
    return lines.enumerated().map { index, line in
      let line = bytes(line)
      return index == 0 ? prefix.begin(line.span) : prefix.append(line.span)
    }
  }

  @Test(arguments: [
    (["{", "}"], [JSONPrefix.State.open, .complete]), (["{}"], [.complete]), (["{} "], [.complete]), (["{} x"], [.broken]),
    (["[", "]"], [.broken, .broken]), ([""], [.broken]), ([" {"], [.broken]), (["{", "", " \t\r", "}"], [.open, .open, .open, .complete]),
    (["{\"a\"", ":", "1", ",", "\"b\":[", "]", "}"], [.open, .open, .open, .open, .open, .open, .complete]),
    (["{\"a\":", "tru"], [.open, .broken]), (["{\"a", "b\":1}"], [.broken, .broken]), (["{\"a\":\"\\u00", "41\"}"], [.broken, .broken]),
    (["{\"a\":1,", "}"], [.open, .broken]), (["{\"a\":[1,", "]}"], [.open, .broken]), (["{\"a\":[", "}"], [.open, .broken]),
    (["{", "1:2}"], [.open, .broken]), (["{\"a\":1", "2}"], [.open, .broken]), (["{\"a\":-", "1}"], [.broken, .broken]),
    (["{\"a\":[[", "1.5e3, null", "], true, false], \"b\": {}", "}"], [.open, .open, .open, .complete]),
  ])
  func `each line says whether the object can go on`(lines: [String], expected: [JSONPrefix.State]) {
    let found = states(lines)
    // What stands behind the first broken line does not matter.
    let end = expected.firstIndex(of: .broken).map { $0 + 1 } ?? expected.count
    #expect(Array(found[..<end]) == Array(expected[..<end]))
  }

  @Test func `brackets may be 128 deep`() {
    let open = "{\"a\":" + String(repeating: "[", count: 127)
    #expect(states([open, String(repeating: "]", count: 127) + "}"]) == [.open, .complete])
    #expect(states([open + "["]) == [.broken])
  }

  @Test func `an object cut at any line feed is complete at its end, as the scanner says`() {
    let object = "{\n\"a\":\n[\n1\n,\n{\n\"b\"\n:\n\"c\\n\"\n}\n,\n[\n]\n]\n,\n\"d\"\n:\n{\n}\n}"
    let lines = object.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(states(lines) == Array(repeating: .open, count: lines.count - 1) + [.complete])
    let whole = bytes(object)
    #expect(JSONScanning.scanValue(whole.span, from: 0) == whole.count)
  }
}
