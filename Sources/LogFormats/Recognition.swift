import LogBytes

/// A format that takes a line.
@frozen
@usableFromInline
package struct Recognition: Sendable {
  @usableFromInline package var format: Int
  /// The dialect, or the start pattern; -1 for JSON, `kv` and `delimited`.
  @usableFromInline package var pattern: Int

  @inlinable
  @inline(__always)
  package init(format: Int, pattern: Int) {
    self.format = format
    self.pattern = pattern
  }

  @inlinable
  @inline(__always)
  package static var none: Recognition { Recognition(format: -1, pattern: -1) }

  @inlinable
  @inline(__always)
  package var isFound: Bool { format >= 0 }
}

/// The entry that is open while a line is looked at.
@frozen
@usableFromInline
package struct OpenEntry: Sendable {
  /// The entry's format.
  @usableFromInline package var format: Int
  /// A line that begins no entry may join it, as far as `multiline` lets it.
  @usableFromInline package var isOpen: Bool

  @inlinable
  @inline(__always)
  package init(format: Int, isOpen: Bool) {
    self.format = format
    self.isOpen = isOpen
  }

  @inlinable
  @inline(__always)
  package static var none: OpenEntry { OpenEntry(format: -1, isOpen: false) }
}

/// What detection is told from outside.
package struct DetectionOptions: Sendable {
  /// When the lines arrived, in seconds since 1970.
  package var arrival: Int64
  /// The zone of times that state none.
  package var zone: Zone
  /// The day, in days since 1970, if it was stated.
  package var day: Int64?

  package init(arrival: Int64, zone: Zone = .utc, day: Int64? = nil) {
    self.arrival = arrival
    self.zone = zone
    self.day = day
  }
}
