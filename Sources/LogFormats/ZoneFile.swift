// The one file that reads the embedded zones: bytes of constant data, each place checked against the size.

internal import CZoneFile

/// The packed time zone database (script/update-zones says how it is laid out).
enum ZoneFile {
  /// A byte of the file. Traps beyond its end: the file is part of the program.
  @inline(__always)
  static func byte(_ place: Int) -> UInt8 {
    precondition(place >= 0 && place < sluice_zone_file_size(), "beyond the zone file")
    // The place was checked, and the data is constant.
    return unsafe sluice_zone_file()[place]
  }

  /// A big-endian number of four bytes.
  static func word(_ place: Int) -> Int {
    (0..<4).reduce(0) { $0 << 8 | Int(byte(place + $1)) }
  }

  /// The same, signed.
  static func signedWord(_ place: Int) -> Int64 {
    Int64(Int32(truncatingIfNeeded: word(place)))
  }

  /// A big-endian signed number of eight bytes.
  static func longWord(_ place: Int) -> Int64 {
    Int64(word(place)) << 32 | Int64(word(place + 4))
  }

  // MARK: Names

  /// The version of the database, such as `2025b`.
  static var version: String {
    String(decoding: (0..<8).map(byte).prefix { $0 != 0 }, as: UTF8.self)
  }

  static var count: Int { word(8) }

  static func name(_ number: Int) -> String {
    let place = word(12 + 8 * number)
    return String(decoding: (1...Int(byte(place))).map { byte(place + $0) }, as: UTF8.self)
  }

  /// Where the TZif file of a zone begins; nil for an unknown name. Logarithmic in the number of names.
  static func place(ofZone name: String) -> Int? {
    let wanted = Array(name.utf8)
    var range = 0..<count
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      let here = Array(self.name(middle).utf8)
      if here == wanted { return word(16 + 8 * middle) + 4 }
      if here.lexicographicallyPrecedes(wanted) { range = middle + 1..<range.upperBound } else { range = range.lowerBound..<middle }
    }
    return nil
  }
}
