import LogBytes

/// What a match of a pattern costs at most (formats/README.md, "What a match costs").
package struct PatternCost: Sendable, Hashable {
  package var groups = 0
  /// Runs that are `longest`.
  package var longestRuns = 0
  /// The sum of the greatest widths of the branches of the widest anchor, in bytes.
  package var width = 0

  /// A match reads at most so many bytes for each byte of the text.
  package var factor: Int { (1 + groups + longestRuns) * (1 + width) }

  package init(_ pattern: Pattern) {
    add(pattern.elements, behind: [], inComposite: false)
  }

  private mutating func add(_ elements: [PatternElement], behind: [PatternElement], inComposite: Bool) {
    for (index, element) in elements.enumerated() {
      let rest = Array(elements[(index + 1)...]) + behind
      switch element {
      case .literal, .blanks, .strict: break
      case .group(let inner):
        groups += 1
        add(inner, behind: rest, inComposite: inComposite)
      case .composite(let field): add(field.elements, behind: [], inComposite: true)
      case .run(let run):
        if run.longest { longestRuns += 1 }
        if PatternAnalysis.isClosed(run, followedBy: rest, inComposite: inComposite) || rest.isEmpty && !inComposite { continue }
        let anchor = Anchor(followedBy: rest, inComposite: inComposite)
        width = max(width, anchor.branches.reduce(0) { $0 + Self.width(of: $1) })
      }
    }
  }

  private static func width(of branch: [AnchorElement]) -> Int {
    branch.reduce(0) { sum, element in
      switch element {
      case .literal(let bytes): sum + bytes.count
      case .blanks: sum + Anchor.greatestBlanks
      case .strict(let field): sum + (field.most ?? field.type.greatestWidth ?? 1)
      case .closedRun(_, _, let most): sum + most
      case .firstByte: sum + 1
      case .end: sum
      }
    }
  }
}
