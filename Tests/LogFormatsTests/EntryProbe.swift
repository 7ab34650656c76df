import LogBytes
import LogEntries
import TestSupport

@testable import LogFormats

/// Runs lines through one format, first stage only, and shows what entries they become.
final class EntryProbe {
  private let catalog: CompiledCatalog
  private var names: FieldNames
  private var detector: FormatDetector
  private let stream: Int

  init(_ format: LogFormat, arrival: Int64 = 1_798_675_200, zone: Zone = .utc, day: Int64? = nil) throws {
    catalog = try CompiledCatalog([format])
    names = catalog.makeNames()
    detector = FormatDetector(catalog, options: DetectionOptions(arrival: arrival, zone: zone, day: day))
    stream = detector.addStream()
  }

  convenience init(_ patterns: [String], context: PatternContext = PatternContext(), absent: [String] = []) throws {
    var format = LogFormat(name: "probe")
    format.entry = try patterns.map { try Pattern.parse($0, context: context) }
    format.absent = absent.map { bytes($0) }
    format.levels = context.levels
    try self.init(format)
  }

  /// The stream is of a file of this name.
  func setFileName(_ name: String) {
    let name = bytes(name)
    var bitmaps = ChunkBitmaps()
    bitmaps.classify(name.span)
    detector.setFileName(MatchText(bytes: name.span, bitmaps: bitmaps.words))
  }

  /// The fields of a line's entry in order, as `name=value`; nil if no pattern takes it. Strings stand between quotes.
  func fields(_ line: String) -> [String]? { fields(bytes(line)) }

  func fields(_ line: [UInt8]) -> [String]? {
    var bitmaps = ChunkBitmaps()
    bitmaps.classify(line.span)
    let text = MatchText(bytes: line.span, bitmaps: bitmaps.words)
    var assembly = EntryAssembly()
    assembly.begin()
    detector.observe(text, from: 0, end: line.count, stream: stream)
    let found = detector.recognise(
      text, from: 0, end: line.count, stream: stream, open: .none, wrapper: -1, &assembly, &names)
    guard found.isFound else { return nil }
    detector.decode(
      found, text, from: 0, end: line.count, origin: MatchOrigin(source: .text), stream: stream, into: &assembly, names: &names)
    var result: [String] = []
    if let time = assembly.entry.time { result.append("time=" + string(written { $0.append(timestamp: time) })) }
    if let level = assembly.entry.level { result.append("level=\(level)") }
    if let message = assembly.entry.message { result.append("message=" + value(message, line, assembly)) }
    for index in 0..<assembly.entry.fields.count {
      let field = assembly.entry.fields[index]
      result.append(names.string(field.name) + "=" + value(field, line, assembly))
    }
    return result
  }

  private func string(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private func value(_ field: EntryField, _ line: [UInt8], _ assembly: borrowing EntryAssembly) -> String {
    switch field.kind {
    case .yes: return "true"
    case .no: return "false"
    case .time:
      let moment = assembly.entry.times[Int(field.slice.start)]
      return string(written { $0.append(timestamp: moment) })
    case .string, .number, .json, .jsonString:
      let taken = string(
        field.source == .scratch ? Array(bytes(assembly.entry.scratch)[field.slice.range]) : Array(line[field.slice.range]))
      return field.kind == .string ? "'\(taken)'" : taken
    }
  }
}
