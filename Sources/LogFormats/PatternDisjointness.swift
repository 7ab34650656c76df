import LogBytes

/// Whether two patterns can take the same text, as far as that can be said without one.
enum PatternDisjointness {
  /// True if no text matches both patterns. False says nothing.
  ///
  /// Both are walked in step, as long as it is certain that they stand at the same place of a text: over literals, over equal elements whose
  /// end hangs on nothing behind them, and up to the first byte that neither can have taken before. Linear in the elements. What this does
  /// not tell, their automata may.
  static func areDisjoint(_ first: [PatternElement], _ second: [PatternElement]) -> Bool {
    differ(Walked(first), Walked(second)) || !PatternAutomaton(first).meets(PatternAutomaton(second))
  }

  /// A pattern that is compared with many others.
  struct Walked {
    fileprivate let elements: [PatternElement]
    fileprivate let ends: [End]

    init(_ elements: [PatternElement]) {
      self.elements = flattened(elements)
      ends = PatternDisjointness.ends(of: self.elements[...])
    }

    fileprivate func ends(of rest: ArraySlice<PatternElement>, isWhole: Bool) -> [End] {
      isWhole ? ends : PatternDisjointness.ends(of: rest)
    }
  }

  /// What the walk alone can tell.
  static func differ(_ first: Walked, _ second: Walked) -> Bool {
    var left = first.elements[...]
    var right = second.elements[...]
    var isWhole = true
    while let one = left.first, let other = right.first {
      if case .literal(let oneText) = one, case .literal(let otherText) = other {
        let common = min(oneText.count, otherText.count)
        if oneText.prefix(common) != otherText.prefix(common) { return true }
        left = behind(common, oneText, left)
        right = behind(common, otherText, right)
      } else if endsAlike(one, left.dropFirst(), other, right.dropFirst()) {
        left = left.dropFirst()
        right = right.dropFirst()
      } else if let (nextLeft, nextRight) = upToForeignByte(
        first.ends(of: left, isWhole: isWhole), second.ends(of: right, isWhole: isWhole))
      {
        left = nextLeft
        right = nextRight
      } else {
        return false
      }
      isWhole = false
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
  private static func upToForeignByte(_ left: [End], _ right: [End]) -> (ArraySlice<PatternElement>, ArraySlice<PatternElement>)? {
    for leftEnd in left {
      for rightEnd in right {
        let taken = leftEnd.taken.union(rightEnd.taken)
        guard !taken.contains(leftEnd.byte), !taken.contains(rightEnd.byte) else { continue }
        return (leftEnd.rest, rightEnd.rest)
      }
    }
    return nil
  }

  fileprivate struct End {
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
