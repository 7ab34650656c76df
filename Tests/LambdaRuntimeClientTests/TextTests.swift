import Logging
import NIOCore
import Testing

@testable import LambdaRuntimeClient

/// Everything that a person or another program reads: errors, addresses, log lines.
struct TextTests {
  @Test(
    "Each error says what happened and what to do, in one line, and has its exit status",
    arguments: [
      (RuntimeError.notOnLambda, Int32(2), ["AWS_LAMBDA_RUNTIME_API is not set", "Amazon Data Firehose", "sluice invoke EVENT.json"]),
      (.addressNotUnderstood("x:y", reason: "why"), 2, ["\"x:y\"", "why", "HOST:PORT"]),
      (.nameNotResolved("api.example.org"), 1, ["\"api.example.org\"", "as a number"]),
      (.unreachable("127.0.0.1:9001", reason: "refused"), 1, ["127.0.0.1:9001", "refused", "still running"]),
      (.refused(call: "the call", status: 500, answer: "why"), 1, ["the call", "500", "why"]),
      (.refused(call: "the call", status: 503, answer: ""), 1, ["status 503. "]),
      (.noProgress(attempts: 8, reason: "why"), 1, ["8 tries", "why"]),
      (.initialization(InvocationFailure(reason: "A", message: "why")), 1, ["could not start", "why", "Function.A"]),
    ])
  func errors(_ error: RuntimeError, _ status: Int32, _ parts: [String]) {
    for part in parts { #expect(error.description.contains(part)) }
    #expect(!error.description.contains("\n"))
    #expect(error.exitStatus == status)
  }

  @Test(
    "Addresses of the Runtime API",
    arguments: [
      ("127.0.0.1:9001", "127.0.0.1", 9001), ("localhost:80", "localhost", 80), ("127.0.0.1", "127.0.0.1", 80), ("[::1]:9001", "::1", 9001),
      ("[2001:db8::1]", "2001:db8::1", 80),
    ])
  func address(_ text: String, _ host: String, _ port: Int) throws {
    let address = try RuntimeAddress(parsing: text)
    #expect(address.host == host)
    #expect(address.port == port)
    #expect(try RuntimeAddress(parsing: address.description) == address)
  }

  @Test(
    "What is no address is refused with its reason",
    arguments: [
      (":9001", "it names no host"), ("", "it names no host"), ("127.0.0.1:", "the port"), ("127.0.0.1:0", "the port"),
      ("127.0.0.1:65536", "the port"),
      ("127.0.0.1:http", "the port"), ("::1:9001", "brackets"), ("[::1:9001", "not closed"), ("[::1]9001", "must follow the bracket"),
      ("http://127.0.0.1:9001", "brackets"), ("a b:1", "no blanks"), ("a/b:1", "slashes"),
    ])
  func noAddress(_ text: String, _ part: String) {
    let error = #expect(throws: RuntimeError.self) { try RuntimeAddress(parsing: text) }
    #expect(error?.description.contains(part) == true, "\(String(describing: error))")
    #expect(error?.exitStatus == 2)
  }

  @Test("Numbers and localhost resolve without the system's resolver")
  func resolving() throws {
    for (text, expected) in [("127.0.0.1:9001", "127.0.0.1"), ("localhost:9001", "127.0.0.1"), ("[::1]:9001", "::1")] {
      let address = try RuntimeAddress(parsing: text).resolved()
      #expect(address.ipAddress == expected)
      #expect(address.port == 9001)
    }
    #expect(throws: RuntimeError.nameNotResolved("a..b")) { try RuntimeAddress(parsing: "a..b:1").resolved() }
  }

  @Test("Without AWS_LAMBDA_RUNTIME_API, or with an empty one, there is no client", arguments: [nil, ""])
  func notOnLambda(_ value: String?) {
    #expect(throws: RuntimeError.notOnLambda) { try RuntimeClient(environment: { _ in value }, logger: LogLines().makeLogger()) }
  }

  @Test(
    "An error type is one word behind its category",
    arguments: [
      ("EventTooLarge", "Function.EventTooLarge"), ("a b\r\nc: d", "Function.abcd"), ("", "Function.Unknown"), ("é!", "Function.Unknown"),
    ])
  func errorType(_ reason: String, _ expected: String) {
    #expect(InvocationFailure(reason: reason, message: "").errorType == expected)
  }

  @Test(
    "JSON strings",
    arguments: [
      ("plain", #""plain""#), ("a\"b\\c", #""a\"b\\c""#), ("\n\r\t", #""\n\r\t""#), ("\u{0}\u{1f}\u{7f}", "\"\\u0000\\u001f\u{7f}\""),
      ("é✓", "\"é✓\""),
    ])
  func json(_ text: String, _ expected: String) {
    #expect(jsonString(text) == expected)
  }

  @Test(
    "Times",
    arguments: [
      (0, "1970-01-01T00:00:00.007Z"), (951_827_696, "2000-02-29T12:34:56.007Z"), (1_709_251_199, "2024-02-29T23:59:59.007Z"),
      (1_709_251_200, "2024-03-01T00:00:00.007Z"), (4_102_444_799, "2099-12-31T23:59:59.007Z"), (1_767_225_600, "2026-01-01T00:00:00.007Z"),
    ])
  func time(_ seconds: Int, _ expected: String) {
    #expect(rfc3339(seconds: seconds, milliseconds: 7) == expected)
  }

  @Test("Log lines as text: one line each, whatever stands in them")
  func textLog() {
    let lines = LogLines()
    let logger = lines.makeLogger()
    logger.info("hello\nINFO forged", metadata: ["b": .stringConvertible(2), "a": "x\ny", "requestId": "id"])
    logger.debug("not shown")
    #expect(lines.all == ["INFO hello INFO forged requestId=id a=x y b=2\n"])
  }

  @Test("Log lines as JSON: the keys that Lambda reads, numbers as numbers")
  func jsonLog() throws {
    let lines = LogLines()
    var logger = lines.makeLogger(["AWS_LAMBDA_LOG_FORMAT": "JSON", "AWS_LAMBDA_LOG_LEVEL": "DEBUG"])
    logger[metadataKey: "stream"] = "one"
    logger.warning("a \"b\"\n", metadata: ["count": .stringConvertible(2), "ms": .stringConvertible(1.5), "requestId": "id"])
    logger.trace("not shown")
    let line = try #require(lines.all.first)
    #expect(lines.all.count == 1)
    let start = "{\"timestamp\":\""
    #expect(line.hasPrefix(start))
    #expect(
      line.dropFirst(start.count + 24)
        == "\",\"level\":\"WARN\",\"message\":\"a \\\"b\\\"\\n\",\"requestId\":\"id\",\"count\":2,\"ms\":1.5,\"stream\":\"one\"}\n")
  }

  @Test(
    "Lambda's words for levels",
    arguments: [
      ("TRACE", Logger.Level.trace), ("debug", .debug), ("INFO", .info), ("WARN", .warning), ("ERROR", .error), ("FATAL", .critical),
      ("odd", .info),
    ])
  func levels(_ word: String, _ level: Logger.Level) {
    #expect(RuntimeLogHandler(environment: { $0 == "AWS_LAMBDA_LOG_LEVEL" ? word : nil }).logLevel == level)
  }
}
