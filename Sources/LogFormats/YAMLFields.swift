import LogBytes

/// The members of a mapping, taken one by one; what is left at the end was not known.
struct YAMLFields {
  private var members: [YAMLMember]
  let position: SourcePosition
  private let what: String

  /// - Parameter what: what the mapping is, for messages.
  init(_ node: YAMLNode, what: String) throws(FormatDiagnostic) {
    guard case .mapping(let members, let position) = node else {
      throw FormatDiagnostic(position: node.position, message: "\(what) must be a map", hint: "key: value")
    }
    self.members = members
    self.position = position
    self.what = what
  }

  /// Takes a member; nil if it is not there.
  mutating func take(_ key: String) -> YAMLNode? {
    guard let index = members.firstIndex(where: { $0.key == key }) else { return nil }
    return members.remove(at: index).value
  }

  /// Takes all members that are left, with their keys.
  mutating func takeAll() -> [YAMLMember] {
    defer { members = [] }
    return members
  }

  /// Throws if a member was not taken.
  func refuseRest(known: [String]) throws(FormatDiagnostic) {
    guard let member = members.first else { return }
    let hint = nearest(member.key, among: known).map { "did you mean \"\($0)\"?" } ?? "keys are \(known.joined(separator: ", "))"
    throw FormatDiagnostic(position: member.position, message: "no key \"\(member.key)\" in \(what)", hint: hint)
  }
}

extension YAMLNode {
  func string(_ what: String) throws(FormatDiagnostic) -> String {
    guard case .scalar(let text, _, let position) = self, !text.isEmpty else {
      throw FormatDiagnostic(position: position, message: "\(what) must be a text", hint: "such as 'x'")
    }
    _ = position
    return text
  }

  func boolean(_ what: String) throws(FormatDiagnostic) -> Bool {
    switch self {
    case .scalar("true", isPlain: true, _): return true
    case .scalar("false", isPlain: true, _): return false
    default: throw FormatDiagnostic(position: position, message: "\(what) must be true or false", hint: "without quotes")
    }
  }

  func integer(_ what: String, in range: ClosedRange<Int>) throws(FormatDiagnostic) -> Int {
    if case .scalar(let text, _, _) = self, let value = Int(text), range.contains(value) { return value }
    throw FormatDiagnostic(position: position, message: "\(what) must be a number", hint: "from \(range.lowerBound) to \(range.upperBound)")
  }

  func choice<Choice: RawRepresentable & CaseIterable>(_ what: String) throws(FormatDiagnostic) -> Choice where Choice.RawValue == String {
    let text = try string(what)
    if let choice = Choice(rawValue: text) { return choice }
    let words = Choice.allCases.map(\.rawValue)
    let meant = nearest(text, among: words).map { "did you mean \"\($0)\"?" }
    throw FormatDiagnostic(
      position: position, message: "no \(what) \"\(text)\"", hint: meant ?? "there are \(words.joined(separator: ", "))")
  }

  /// A list of nodes; one text alone is a list of one.
  func list(_ what: String) throws(FormatDiagnostic) -> [YAMLNode] {
    switch self {
    case .sequence(let items, _): return items
    case .scalar: return [self]
    case .mapping: throw FormatDiagnostic(position: position, message: "\(what) must be a list", hint: "[a, b]")
    }
  }

  func strings(_ what: String) throws(FormatDiagnostic) -> [String] {
    var strings: [String] = []
    for item in try list(what) { strings.append(try item.string(what)) }
    return strings
  }

  /// Where the first character of a scalar's value stands: behind a quote, if there is one.
  var textPosition: SourcePosition {
    guard case .scalar(_, isPlain: false, var position) = self else { return position }
    position.column += 1
    return position
  }
}
