/// What a time in a log states: the parts that stand there, not yet a moment.
package struct TimeParts: Sendable {
  /// Which parts were there.
  package struct Presence: OptionSet, Sendable {
    package let rawValue: UInt16
    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let year = Presence(rawValue: 1)
    package static let month = Presence(rawValue: 2)
    package static let day = Presence(rawValue: 4)
    package static let hour = Presence(rawValue: 8)
    package static let half = Presence(rawValue: 16)
    /// `offset` says how far the clock was from UTC.
    package static let offset = Presence(rawValue: 32)
    /// `zone` holds a zone's name.
    package static let zone = Presence(rawValue: 64)
    /// `epoch` holds the moment.
    package static let epoch = Presence(rawValue: 128)
    /// `epoch` holds seconds since a base.
    package static let relative = Presence(rawValue: 256)
    package static let dayOfYear = Presence(rawValue: 512)
  }

  package var presence: Presence = []
  package var year: Int32 = 0
  package var month: UInt8 = 0
  package var day: UInt8 = 0
  package var hour: UInt8 = 0
  package var minute: UInt8 = 0
  package var second: UInt8 = 0
  /// `PM` was there.
  package var isAfternoon = false
  package var dayOfYear: UInt16 = 0
  package var fractionDigits: UInt8 = 0
  package var nanoseconds: UInt32 = 0
  /// Seconds east of UTC.
  package var offset: Int32 = 0
  /// Up to five capitals, the first in the lowest byte.
  package var zone: UInt64 = 0
  /// Seconds since 1970, or since a base.
  package var epoch: Int64 = 0

  package init() {}
}
