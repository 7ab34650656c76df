import LogBytes

/// One line on the terminal that says how far a long run is; nothing where standard error is no terminal.
struct Progress: ~Copyable {
  private let isShown: Bool
  private let clock = ContinuousClock()
  private var next: ContinuousClock.Instant
  private var isVisible = false

  /// - Parameter dataOnTerminal: the output itself scrolls over the terminal; no line then.
  init(dataOnTerminal: Bool) {
    isShown = !dataOnTerminal && POSIXFile.standardError().isTerminal
    next = ContinuousClock.now + .milliseconds(500)
  }

  /// Shows the counts, at most five times a second.
  mutating func update(name: String, bytes: Int, entries: Int) {
    guard isShown, clock.now >= next else { return }
    next = clock.now + .milliseconds(200)
    isVisible = true
    Console.writeError("\r\u{1b}[K\(name): \(bytes / 1_000_000) MB, \(entries) entries")
  }

  /// Takes the line away.
  mutating func clear() {
    guard isVisible else { return }
    isVisible = false
    Console.writeError("\r\u{1b}[K")
  }
}
