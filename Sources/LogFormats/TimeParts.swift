/// What a time in a log states: the parts that stand there, not yet a moment.
package struct TimeParts: Sendable, BitwiseCopyable {
  /// Which parts were there.
  package struct Presence: OptionSet, Sendable, BitwiseCopyable {
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

  /// A part of two digits, by its place in `digits`: bits from the lowest.
  package enum Place: UInt8, Sendable {
    case second = 0
    case minute = 8
    case hour = 16
    case day = 24
    case month = 32
    case yearOfCentury = 40
    case century = 48
  }

  /// The parts of two digits, a byte each, so that several are written and compared at once. Absent ones are zero.
  package var digits: UInt64 = 0
  /// Seconds since 1970, or since a base.
  package var epoch: Int64 = 0
  /// Up to five capitals, the first in the lowest byte.
  package var zone: UInt64 = 0
  package var nanoseconds: UInt32 = 0
  /// Seconds east of UTC.
  package var offset: Int32 = 0
  package var presence: Presence = []
  package var dayOfYear: UInt16 = 0
  package var fractionDigits: UInt8 = 0
  /// `PM` was there.
  package var isAfternoon = false

  package init() {}

  @inline(__always)
  package subscript(place: Place) -> UInt8 {
    get { UInt8(truncatingIfNeeded: digits &>> UInt64(place.rawValue)) }
    set { digits = digits & ~(0xff &<< UInt64(place.rawValue)) | UInt64(newValue) &<< UInt64(place.rawValue) }
  }

  package var year: Int32 { Int32(self[.century]) * 100 + Int32(self[.yearOfCentury]) }

  /// Year, month and day as one number; month and day are its lower half.
  @inline(__always)
  package var date: UInt32 { UInt32(truncatingIfNeeded: digits &>> 24) }

  /// Of the clock as it was written, 0 to 90,000: hour 24 and second 60 count on.
  @inline(__always)
  package var secondOfDay: Int64 {
    Int64(self[.hour]) &* 3600 &+ Int64(self[.minute]) &* 60 &+ Int64(self[.second])
  }
}
