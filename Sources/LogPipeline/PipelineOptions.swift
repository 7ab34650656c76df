public import LogFormats

/// What a run is told: clocks and limits. One type for streams and records.
public struct PipelineOptions: Sendable {
  /// The zone of times that state none.
  public var zone = Zone.utc
  /// The day of the first entry, in days since 1970, for logs that state no date.
  public var day: Int64?
  /// Bytes of one entry; what would make it longer becomes unrecognised entries.
  public var maximumEntryBytes = 1 << 20
  /// Decoded bytes of one record, over all codecs.
  public var maximumDecodedBytes = 64 << 20

  public init() {}
}

/// What a stream or record gave.
public struct PipelineReport: Sendable {
  /// Entries written, those that no format took included.
  public var entries = 0
  /// Entries that no format took.
  public var unparsed = 0
  /// Entries with an event.
  public var events = 0
  /// Numbers of the formats that took entries, in order of their first.
  public var formats: [Int] = []

  public init() {}

  /// The format that was added last.
  private var lastFormat = -1

  @inline(__always)
  mutating func add(format: Int) {
    if format != lastFormat { addOther(format) }
  }

  private mutating func addOther(_ format: Int) {
    lastFormat = format
    if !formats.contains(format) { formats.append(format) }
  }
}
