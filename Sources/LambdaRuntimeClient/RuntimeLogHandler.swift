public import Logging

/// Writes log lines to stderr in the two forms that Lambda knows: text, and one JSON object a line.
///
/// Source of the JSON keys: AWS Lambda developer guide, "Using JSON structured logs"; the service filters by `level`.
public struct RuntimeLogHandler: LogHandler {
  public var logLevel: Logger.Level
  public var metadata: Logger.Metadata = [:]
  public var metadataProvider: Logger.MetadataProvider?
  private let asJSON: Bool
  private let write: @Sendable ([UInt8]) -> Void

  /// - Parameters:
  ///   - environment: where `AWS_LAMBDA_LOG_FORMAT` (`JSON`, else text) and `AWS_LAMBDA_LOG_LEVEL` (`TRACE` to `FATAL`, else `INFO`) stand.
  ///   - write: takes whole lines with their end; stderr if nil.
  public init(environment: (String) -> String? = environmentValue, write: (@Sendable ([UInt8]) -> Void)? = nil) {
    asJSON = environment("AWS_LAMBDA_LOG_FORMAT")?.uppercased() == "JSON"
    logLevel = environment("AWS_LAMBDA_LOG_LEVEL").flatMap(Self.level) ?? .info
    self.write = write ?? { writeToStandardError($0) }
  }

  /// A logger with this handler.
  public static func makeLogger(environment: (String) -> String? = environmentValue) -> Logger {
    let handler = RuntimeLogHandler(environment: environment)
    return Logger(label: "sluice-lambda") { _ in handler }
  }

  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  public func log(event: LogEvent) {
    var fields = metadata
    if let added = event.metadata { fields.merge(added) { _, new in new } }
    let requestID = fields.removeValue(forKey: "requestId")
    let sorted = fields.sorted { $0.key < $1.key }
    var line: String
    if asJSON {
      line =
        "{\"timestamp\":\"\(currentTime())\",\"level\":\"\(Self.word(event.level))\",\"message\":\(jsonString(event.message.description))"
      if let requestID { line += ",\"requestId\":\(Self.jsonValue(requestID))" }
      for (key, value) in sorted { line += ",\(jsonString(key)):\(Self.jsonValue(value))" }
      line += "}\n"
    } else {
      // CloudWatch Logs stamps each line with its own time.
      line = "\(Self.word(event.level)) \(Self.onOneLine(event.message.description))"
      if let requestID { line += " requestId=\(Self.onOneLine("\(requestID)"))" }
      for (key, value) in sorted { line += " \(key)=\(Self.onOneLine("\(value)"))" }
      line += "\n"
    }
    write(Array(line.utf8))
  }

  private static func level(_ word: String) -> Logger.Level? {
    switch word.uppercased() {
    case "TRACE": .trace
    case "DEBUG": .debug
    case "INFO": .info
    case "WARN": .warning
    case "ERROR": .error
    case "FATAL": .critical
    default: nil
    }
  }

  /// Lambda's word for a level.
  private static func word(_ level: Logger.Level) -> String {
    switch level {
    case .trace: "TRACE"
    case .debug: "DEBUG"
    case .info, .notice: "INFO"
    case .warning: "WARN"
    case .error: "ERROR"
    case .critical: "FATAL"
    }
  }

  private static func jsonValue(_ value: Logger.MetadataValue) -> String {
    if case .stringConvertible(let number) = value, number is Int || number is Double { return "\(number)" }
    return jsonString("\(value)")
  }

  /// A log line is one line, whatever the service or an event put into its message.
  private static func onOneLine(_ text: String) -> String {
    text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7f }
      ? String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? " " : $0 })) : text
  }
}
