import LogBytes

/// An example of a format file: lines, and what the entry that they make must have.
public struct FormatSample: Sendable {
  /// The lines, one LF behind each.
  public let text: [UInt8]
  /// Where the sample stands in its file.
  public let position: SourcePosition
  private let path: String
  private let gives: [YAMLMember]

  /// The lines one by one, without their LF.
  package var lines: [[UInt8]] { text.dropLast().split(separator: ASCII.lineFeed, omittingEmptySubsequences: false).map(Array.init) }

  /// The samples in the second document of a format file; none if there is no second document.
  public static func read(_ text: [UInt8], path: String) throws(FormatDiagnostic) -> [FormatSample] {
    do throws(FormatDiagnostic) {
      let documents = try YAMLReader.read(text, limit: 2)
      guard documents.count > 1 else { return [] }
      var fields = try YAMLFields(documents[1], what: "the second document")
      guard let list = fields.take("samples") else {
        throw FormatDiagnostic(position: documents[1].position, message: "the second document has no samples", hint: "write samples:")
      }
      try fields.refuseRest(known: ["samples"])
      var samples: [FormatSample] = []
      for node in try list.list("samples") { samples.append(try FormatSample(node, path: path)) }
      return samples
    } catch {
      var located = error
      located.path = path
      throw located
    }
  }

  private init(_ node: YAMLNode, path: String) throws(FormatDiagnostic) {
    var fields = try YAMLFields(node, what: "a sample")
    position = node.position
    self.path = path
    let lines: [String]
    if let line = fields.take("line") {
      lines = [try line.string("line")]
    } else if let list = fields.take("lines") {
      lines = try list.list("lines").map { node throws(FormatDiagnostic) in
        // A blank line is a line; only quotes tell it from a forgotten one.
        if case .scalar("", isPlain: false, _) = node { "" } else { try node.string("lines") }
      }
    } else {
      throw FormatDiagnostic(position: node.position, message: "the sample has neither line nor lines", hint: "line: '…'")
    }
    text = lines.flatMap { Array($0.utf8) + [ASCII.lineFeed] }
    guard let expected = fields.take("gives") else {
      throw FormatDiagnostic(position: node.position, message: "the sample does not say what it gives", hint: "write gives: {key: value}")
    }
    var members = try YAMLFields(expected, what: "gives")
    gives = members.takeAll()
    try fields.refuseRest(known: ["line", "lines", "gives"])
  }

  /// What is wrong with the entry that the sample made; nothing if it has all that the sample says.
  ///
  /// - Parameter entry: the entry as one line of JSON; nil if there was none.
  public func diagnostics(entry: [UInt8]?) -> [FormatDiagnostic] {
    guard let entry, let members = members(of: entry) else {
      return [
        FormatDiagnostic(path: path, position: position, message: "the sample gives no entry", hint: "compare it with the entry patterns")
      ]
    }
    if case .scalar("null", isPlain: true, _)? = members["format"] {
      return [
        FormatDiagnostic(
          path: path, position: position, message: "the format does not take this sample", hint: "compare it with the entry patterns")
      ]
    }
    return gives.compactMap { member in diagnostic(member, actual: members[member.key]) }
  }

  private func diagnostic(_ member: YAMLMember, actual: YAMLNode?) -> FormatDiagnostic? {
    let expected = member.value
    if case .scalar("null", isPlain: true, _) = expected {
      return actual.map { difference(member, "the sample gives \(member.key) = \($0.text), which was to be absent") }
    }
    guard let actual else { return difference(member, "the sample gives no \(member.key), not \(expected.text)") }
    if expected.isSame(as: actual) { return nil }
    return difference(member, "the sample gives \(member.key) = \(actual.text), not \(expected.text)")
  }

  private func difference(_ member: YAMLMember, _ message: String) -> FormatDiagnostic {
    FormatDiagnostic(path: path, position: member.position, message: message, hint: "mend the pattern, or what the sample is to give")
  }

  /// A line of JSON is YAML too.
  private func members(of entry: [UInt8]) -> [String: YAMLNode]? {
    guard case .mapping(let members, _)? = try? YAMLReader.read(entry, limit: 1).first else { return nil }
    return Dictionary(members.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
  }
}

extension YAMLNode {
  /// Whether a value that a person wrote is the one that came out: numbers by value, texts with or without quotes.
  fileprivate func isSame(as actual: YAMLNode) -> Bool {
    switch (self, actual) {
    case (.scalar(let text, let isPlain, _), .scalar(let actualText, let actualIsPlain, _)):
      if isPlain, let number = Double(text), !text.contains(":") {
        return actualIsPlain && Double(actualText) == number
      }
      if isPlain, text == "true" || text == "false" { return actualIsPlain && actualText == text }
      return !actualIsPlain && actualText == text
    case (.sequence(let items, _), .sequence(let actualItems, _)):
      return items.count == actualItems.count && zip(items, actualItems).allSatisfy { $0.isSame(as: $1) }
    case (.mapping(let members, _), .mapping(let actualMembers, _)):
      return members.count == actualMembers.count
        && members.allSatisfy { member in actualMembers.contains { $0.key == member.key && member.value.isSame(as: $0.value) } }
    default: return false
    }
  }

  /// The value for a message.
  fileprivate var text: String {
    switch self {
    case .scalar(let text, let isPlain, _): isPlain ? text : "\"\(text)\""
    case .sequence(let items, _): "[" + items.map(\.text).joined(separator: ", ") + "]"
    case .mapping(let members, _): "{" + members.map { "\($0.key): \($0.value.text)" }.joined(separator: ", ") + "}"
    }
  }
}
