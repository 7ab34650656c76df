import LogBytes

/// Whether two patterns can take the same text, as far as that can be said without one.
enum PatternDisjointness {
  /// True if no text matches both patterns. False says nothing.
  ///
  /// Both are walked in step, as long as it is certain that they stand at the same place of a text: over literals, over equal elements whose
  /// end hangs on nothing behind them, and up to the first byte that neither can have taken before. Linear in the elements. What this does
  /// not tell, their automata may.
  static func areDisjoint(_ first: [PatternElement], _ second: [PatternElement]) -> Bool {
    differ(first, second) || !PatternAutomaton(first).meets(PatternAutomaton(second))
  }

  /// What the walk alone can tell.
  static func differ(_ first: [PatternElement], _ second: [PatternElement]) -> Bool {
    var left = flattened(first)[...]
    var right = flattened(second)[...]
    while let one = left.first, let other = right.first {
      if case .literal(let oneText) = one, case .literal(let otherText) = other {
        let common = min(oneText.count, otherText.count)
        if oneText.prefix(common) != otherText.prefix(common) { return true }
        left = behind(common, oneText, left)
        right = behind(common, otherText, right)
      } else if endsAlike(one, left.dropFirst(), other, right.dropFirst()) {
        left = left.dropFirst()
        right = right.dropFirst()
      } else if let (nextLeft, nextRight) = upToForeignByte(left, right) {
        left = nextLeft
        right = nextRight
      } else {
        return false
      }
    }
    return false
  }

  private static func flattened(_ elements: [PatternElement]) -> [PatternElement] {
    elements.flatMap { element in
      if case .composite(let field) = element { flattened(field.elements) } else { [element] }
    }
  }

  private static func behind(_ count: Int, _ text: [UInt8], _ rest: ArraySlice<PatternElement>) -> ArraySlice<PatternElement> {
    count == text.count ? rest.dropFirst() : [.literal(Array(text.dropFirst(count)))] + rest.dropFirst()
  }

  /// Equal but for names, and each ends by itself.
  private static func endsAlike(
    _ one: PatternElement, _ behindOne: ArraySlice<PatternElement>, _ other: PatternElement, _ behindOther: ArraySlice<PatternElement>
  ) -> Bool {
    switch (one, other) {
    case (.strict(let one), .strict(let other)): return one.type == other.type && one.least == other.least && one.most == other.most
    case (.run(let one), .run(let other)):
      return one.bytes == other.bytes && one.least == other.least && one.most == other.most
        && PatternAnalysis.isClosed(one, followedBy: behindOne, inComposite: true)
        && PatternAnalysis.isClosed(other, followedBy: behindOther, inComposite: true)
    default: return false
    }
  }

  /// What begins with the first byte that none of the elements before it can hold, which is then the same byte of a text in both.
  private static func upToForeignByte(
    _ left: ArraySlice<PatternElement>, _ right: ArraySlice<PatternElement>
  ) -> (ArraySlice<PatternElement>, ArraySlice<PatternElement>)? {
    for leftEnd in ends(of: left) {
      for rightEnd in ends(of: right) {
        let taken = leftEnd.taken.union(rightEnd.taken)
        guard !taken.contains(leftEnd.byte), !taken.contains(rightEnd.byte) else { continue }
        return (leftEnd.rest, rightEnd.rest)
      }
    }
    return nil
  }

  private struct End {
    /// What the elements before it can hold.
    var taken: ByteSet
    var byte: UInt8
    var rest: ArraySlice<PatternElement>
  }

  /// Each byte of a literal before which all elements hold known bytes.
  private static func ends(of elements: ArraySlice<PatternElement>) -> [End] {
    var found: [End] = []
    var taken = ByteSet()
    for index in elements.indices {
      switch elements[index] {
      case .literal(let text):
        for (place, byte) in text.enumerated() {
          found.append(
            End(taken: taken, byte: byte, rest: [.literal(Array(text.dropFirst(place)))] + elements[(index + 1)...]))
          taken.insert(byte)
        }
      case .run(let run): taken.formUnion(run.bytes)
      case .strict(let field):
        if case .layout(let layout) = field.type {
          // What stands behind a literal of a time is not told: an empty group ends the walk there.
          for set in PositionSets.certainSets(of: layout) {
            if set.count == 1 { found.append(End(taken: taken, byte: set.members[0], rest: [.literal(set.members), .group([])])) }
            taken.formUnion(set)
          }
          guard PositionSets.isCertain(layout) else { return found }
          continue
        }
        guard let bytes = PositionSets.bytes(of: field.type) else { return found }
        taken.formUnion(bytes)
      case .blanks: taken.formUnion(ByteSet([ASCII.blank, ASCII.tab]))
      case .group, .composite: return found
      }
    }
    return found
  }
}
