/// The number of a name in `FieldNames`.
@frozen
public struct NameID: Sendable, Hashable {
  public var value: UInt32

  @inlinable
  public init(_ value: UInt32) { self.value = value }
}

/// The names of fields, formats and events, each once: entries carry numbers, writers look the bytes up.
///
/// Names are snake_case, kebab-case or dotted ASCII, so they need no escapes. Names that a format declares are there for good; the keys
/// that a log brings (JSON, pairs) are interned as they come and forgotten by `forgetLearned` when there are too many of them.
public struct FieldNames: ~Copyable {
  private var bytes: [UInt8] = []
  private var ends: [UInt32] = [0]
  private var ids: [String: UInt32] = [:]
  private var declared = 0

  public init() {}

  /// The number of names.
  public var count: Int { ends.count - 1 }

  /// The number of `name`; it is added if it is new. Amortized constant time; allocates.
  public mutating func intern(_ name: String) -> NameID {
    if let id = ids[name] { return NameID(id) }
    bytes.append(contentsOf: name.utf8)
    ends.append(UInt32(bytes.count))
    let id = UInt32(ends.count - 2)
    ids[name] = id
    return NameID(id)
  }

  /// Everything interned so far is declared: it stays for good.
  public mutating func declareAll() {
    declared = count
  }

  /// How many names were learned from logs.
  public var learned: Int { count - declared }

  /// Forgets the names that logs brought. No entry that uses one may be alive.
  public mutating func forgetLearned() {
    for id in declared..<count { ids[String(decoding: bytes[Int(ends[id])..<Int(ends[id + 1])], as: UTF8.self)] = nil }
    ends.removeSubrange((declared + 1)...)
    bytes.removeSubrange(Int(ends[declared])...)
  }

  /// The bytes of a name; constant time.
  @_lifetime(borrow self)
  public func name(_ id: NameID) -> Span<UInt8> {
    bytes.span.extracting(Int(ends[Int(id.value)])..<Int(ends[Int(id.value) + 1]))
  }

  /// The name as a string; for messages, not for the output.
  public func string(_ id: NameID) -> String {
    String(decoding: bytes[Int(ends[Int(id.value)])..<Int(ends[Int(id.value) + 1])], as: UTF8.self)
  }
}
