/// A piece of a YAML file with its place, so that whatever is wrong with it can be said where it stands.
indirect enum YAMLNode: Sendable {
  /// A word or text; `isPlain` if it stood without quotes (only then `true` is no text).
  case scalar(String, isPlain: Bool, SourcePosition)
  case sequence([YAMLNode], SourcePosition)
  /// Keys in the order of the file.
  case mapping([YAMLMember], SourcePosition)

  var position: SourcePosition {
    switch self {
    case .scalar(_, _, let position), .sequence(_, let position), .mapping(_, let position): position
    }
  }
}

/// A key with its value.
struct YAMLMember: Sendable {
  var key: String
  var position: SourcePosition
  var value: YAMLNode
}
