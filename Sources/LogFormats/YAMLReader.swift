internal import CYAML

/// Reads YAML through libyaml, which finds the structure; what stands here keeps places and refuses what no format file needs.
///
/// This file is the fence around libyaml: its parser and events are C structures that live for one call of `read`.
enum YAMLReader {
  /// Deeper nesting is refused.
  static let greatestDepth = 32

  /// The documents of a text, at most `limit` of them. Linear.
  static func read(_ text: [UInt8], limit: Int = .max) throws(FormatDiagnostic) -> [YAMLNode] {
    var parser = unsafe yaml_parser_t()
    guard unsafe yaml_parser_initialize(&parser) != 0 else { throw FormatDiagnostic(message: "no memory to read YAML", hint: "try again") }
    defer { unsafe yaml_parser_delete(&parser) }
    var result: Result<[YAMLNode], FormatDiagnostic> = .success([])
    // The text outlives the parser's use of it: everything happens inside of the closure.
    unsafe text.withUnsafeBufferPointer { bytes in
      // A byte order mark would be the first character of the first key.
      let text = unsafe UnsafeBufferPointer(rebasing: bytes.dropFirst(bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0))
      unsafe yaml_parser_set_input_string(&parser, text.baseAddress, text.count)
      unsafe yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
      do throws(FormatDiagnostic) {
        result = .success(try unsafe documents(&parser, limit))
      } catch {
        result = .failure(error)
      }
    }
    return try result.get()
  }

  private static func documents(_ parser: inout yaml_parser_t, _ limit: Int) throws(FormatDiagnostic) -> [YAMLNode] {
    var documents: [YAMLNode] = []
    while documents.count < limit {
      let event = try unsafe next(&parser)
      switch event.kind {
      case .streamEnd: return documents
      case .documentStart, .documentEnd, .streamStart: continue
      default: documents.append(try unsafe node(event, &parser, 0))
      }
    }
    return documents
  }

  private struct Event {
    enum Kind { case streamStart, streamEnd, documentStart, documentEnd, scalar, sequenceStart, sequenceEnd, mappingStart, mappingEnd }
    var kind: Kind
    var text = ""
    var isPlain = false
    var position: SourcePosition
  }

  /// The next event, copied out of libyaml's memory.
  private static func next(_ parser: inout yaml_parser_t) throws(FormatDiagnostic) -> Event {
    var event = unsafe yaml_event_t()
    guard unsafe yaml_parser_parse(&parser, &event) != 0 else {
      let problem = unsafe parser.problem.map { unsafe String(cString: $0) } ?? "not YAML"
      throw unsafe FormatDiagnostic(
        position: SourcePosition(line: Int(parser.problem_mark.line) + 1, column: Int(parser.problem_mark.column) + 1), message: problem,
        hint: "this is no YAML")
    }
    defer { unsafe yaml_event_delete(&event) }
    let position = unsafe SourcePosition(line: Int(event.start_mark.line) + 1, column: Int(event.start_mark.column) + 1)
    switch unsafe event.type {
    case YAML_STREAM_START_EVENT: return Event(kind: .streamStart, position: position)
    case YAML_STREAM_END_EVENT, YAML_NO_EVENT: return Event(kind: .streamEnd, position: position)
    case YAML_DOCUMENT_START_EVENT: return Event(kind: .documentStart, position: position)
    case YAML_DOCUMENT_END_EVENT: return Event(kind: .documentEnd, position: position)
    case YAML_SEQUENCE_START_EVENT: return Event(kind: .sequenceStart, position: position)
    case YAML_SEQUENCE_END_EVENT: return Event(kind: .sequenceEnd, position: position)
    case YAML_MAPPING_START_EVENT: return Event(kind: .mappingStart, position: position)
    case YAML_MAPPING_END_EVENT: return Event(kind: .mappingEnd, position: position)
    case YAML_SCALAR_EVENT:
      let scalar = unsafe event.data.scalar
      let text = unsafe String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      return unsafe Event(kind: .scalar, text: text, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE, position: position)
    default:
      throw FormatDiagnostic(position: position, message: "anchors and aliases are not used here", hint: "write the value out")
    }
  }

  private static func node(_ event: Event, _ parser: inout yaml_parser_t, _ depth: Int) throws(FormatDiagnostic) -> YAMLNode {
    guard depth < greatestDepth else {
      throw FormatDiagnostic(position: event.position, message: "nested too deep", hint: "at most \(greatestDepth) levels")
    }
    switch event.kind {
    case .scalar: return .scalar(event.text, isPlain: event.isPlain, event.position)
    case .sequenceStart:
      var items: [YAMLNode] = []
      while true {
        let inner = try unsafe next(&parser)
        if inner.kind == .sequenceEnd { return .sequence(items, event.position) }
        items.append(try unsafe node(inner, &parser, depth + 1))
      }
    case .mappingStart:
      var members: [YAMLMember] = []
      while true {
        let key = try unsafe next(&parser)
        if key.kind == .mappingEnd { return .mapping(members, event.position) }
        guard key.kind == .scalar else {
          throw FormatDiagnostic(position: key.position, message: "a key must be a word", hint: "put it between quotes")
        }
        if members.contains(where: { $0.key == key.text }) {
          throw FormatDiagnostic(position: key.position, message: "\"\(key.text)\" stands twice", hint: "keep one of them")
        }
        let value = try unsafe node(try unsafe next(&parser), &parser, depth + 1)
        members.append(YAMLMember(key: key.text, position: key.position, value: value))
      }
    default: throw FormatDiagnostic(position: event.position, message: "something is missing here", hint: "this is no YAML")
    }
  }
}
