package import LogBytes

/// What can be said of a pattern without a text: with which bytes it begins, which runs are closed, what it pins down.
package enum PatternAnalysis {
  /// The bytes with which these elements can begin, and whether they can be empty (then what follows counts as well).
  package static func firstBytes(of elements: some Sequence<PatternElement>) -> (bytes: ByteSet, canBeEmpty: Bool) {
    var bytes = ByteSet()
    for element in elements {
      let canBeEmpty: Bool
      switch element {
      case .literal(let literal):
        bytes.insert(literal[0])
        canBeEmpty = false
      case .blanks:
        bytes.formUnion(ByteSet([ASCII.blank, ASCII.tab]))
        canBeEmpty = true
      case .group(let inner):
        bytes.formUnion(firstBytes(of: inner).bytes)
        canBeEmpty = true
      case .run(let run):
        bytes.formUnion(run.bytes)
        canBeEmpty = run.least == 0
      case .strict(let field):
        bytes.formUnion(field.type.firstBytes)
        canBeEmpty = field.type.canBeEmpty
      case .composite(let field):
        let inner = firstBytes(of: field.elements)
        bytes.formUnion(inner.bytes)
        canBeEmpty = inner.canBeEmpty
      }
      if !canBeEmpty { return (bytes, false) }
    }
    return (bytes, true)
  }

  /// A run is closed if no byte with which anything behind it can begin is in its class.
  ///
  /// - Parameters:
  ///   - rest: what stands behind the run: up to the end of the composite type in which it stands, else to the end of the pattern.
  ///   - inComposite: the run stands in a composite type; if all of its followers may be absent it is open there.
  package static func isClosed(_ run: RunField, followedBy rest: some Sequence<PatternElement>, inComposite: Bool) -> Bool {
    let (bytes, reachesEnd) = firstBytes(of: rest)
    if reachesEnd, inComposite || run.isText { return false }
    return bytes.isDisjoint(with: run.bytes)
  }

  /// The bytes that the elements pin down.
  package static func evidence(of elements: some Sequence<PatternElement>) -> Int {
    var sum = 0
    for element in elements {
      switch element {
      case .literal(let literal): sum += literal.count
      case .blanks, .group: break
      case .run(let run): sum += run.least / 4
      case .strict(let field): sum += field.type.evidence
      case .composite(let field): sum += evidence(of: field.elements)
      }
    }
    return sum
  }

  /// How many runs of the pattern itself are open.
  package static func openRuns(in elements: [PatternElement]) -> Int {
    elements.indices.reduce(0) { count, index in
      guard case .run(let run) = elements[index] else { return count }
      return count + (isClosed(run, followedBy: elements[(index + 1)...], inComposite: false) ? 0 : 1)
    }
  }
}

/// What must stand behind an open run: one of some branches.
package struct Anchor: Sendable, Hashable {
  /// Each is a way to go on, groups taken before groups passed over.
  package var branches: [[AnchorElement]]
}

package enum AnchorElement: Sendable, Hashable {
  case literal([UInt8])
  /// At most 64.
  case blanks
  case strict(StrictField)
  case closedRun(bytes: ByteSet, least: Int, most: Int)
  /// A byte of the set stands here; the branch ends.
  case firstByte(ByteSet)
  /// The text ends here.
  case end
}

extension Anchor {
  /// A closed run in an anchor is at most so long if it has no limit, and blanks so many.
  package static let greatestRun = 255
  package static let greatestBlanks = 64
  /// An element that would make a branch wider is left out.
  package static let greatestWidth = 512
  package static let greatestBranches = 16

  /// The anchor of an open run.
  ///
  /// - Parameters:
  ///   - rest: as for `isClosed`.
  ///   - inComposite: the end of the composite type demands nothing.
  package init(followedBy rest: some Sequence<PatternElement>, inComposite: Bool) {
    branches = Self.branches(Array(rest)[...], width: 0, isUnit: inComposite)
  }

  private static func branches(_ elements: ArraySlice<PatternElement>, width: Int, isUnit: Bool) -> [[AnchorElement]] {
    guard let element = elements.first else { return isUnit ? [[]] : [[.end]] }
    let rest = elements.dropFirst()
    func joined(_ head: AnchorElement, wide: Int) -> [[AnchorElement]] {
      if width + wide > greatestWidth { return [[]] }
      return branches(rest, width: width + wide, isUnit: isUnit).map { [head] + $0 }
    }
    switch element {
    case .literal(let literal): return joined(.literal(literal), wide: literal.count)
    case .blanks: return joined(.blanks, wide: greatestBlanks)
    case .group(let inner):
      return branches(ArraySlice(inner + rest), width: width, isUnit: isUnit) + branches(rest, width: width, isUnit: isUnit)
    case .run(let run):
      guard PatternAnalysis.isClosed(run, followedBy: rest, inComposite: isUnit) else {
        if width + 1 > greatestWidth || run.least == 0 { return [[]] }
        return [[.firstByte(run.bytes)]]
      }
      let most = run.most ?? greatestRun
      return joined(.closedRun(bytes: run.bytes, least: run.least, most: most), wide: most)
    case .strict(let field):
      guard let widest = field.type.greatestWidth else {
        if width + 1 > greatestWidth || field.type.canBeEmpty { return [[]] }
        return [[.firstByte(field.type.firstBytes)]]
      }
      return joined(.strict(field), wide: field.most ?? widest)
    case .composite(let field):
      return branches(field.elements[...], width: width, isUnit: true)
    }
  }
}

extension [AnchorElement] {
  /// The bytes that can stand second, behind a literal of one byte or in a longer one; all where that is not so plain.
  var secondBytes: ByteSet {
    guard case .literal(let literal)? = first else { return .all }
    if literal.count > 1 { return ByteSet([literal[1]]) }
    guard count > 1 else { return .all }
    switch self[1] {
    case .literal(let next): return ByteSet([next[0]])
    case .strict(let field): return field.type.canBeEmpty ? .all : field.type.firstBytes
    case .closedRun(let bytes, let least, _): return least > 0 ? bytes : .all
    case .firstByte(let bytes): return bytes
    case .blanks, .end: return .all
    }
  }
}
