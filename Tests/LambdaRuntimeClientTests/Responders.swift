import LambdaRuntimeClient
import Logging
import NIOPosix
import Synchronization

/// Answers with the event itself, backwards; fails on an event that begins with "fail".
final class ReversingResponder: InvocationResponder {
  struct Seen: Equatable, Sendable {
    var requestID: String
    var deadline: Int64?
    var arn: String?
    var trace: String?
    var count: Int
  }

  private(set) var seen: [Seen] = []

  func respond(to invocation: borrowing Invocation, into response: inout ResponseBody) throws(InvocationFailure) -> InvocationReport {
    var bytes: [UInt8] = []
    for index in invocation.body.indices { bytes.append(invocation.body[index]) }
    seen.append(
      Seen(
        requestID: invocation.requestID, deadline: invocation.deadline, arn: invocation.invokedFunctionARN, trace: invocation.traceID,
        count: bytes.count))
    bytes.reverse()
    response.append(bytes.span)
    if bytes.suffix(4).elementsEqual("liaf".utf8) {
      throw InvocationFailure(reason: "EventNotUnderstood", message: "The event says \"fail\".\nSend another.")
    }
    return InvocationReport(counts: ["records": 1])
  }
}

/// Takes log lines in.
final class LogLines: Sendable {
  private let lines = Mutex<[String]>([])

  var all: [String] { lines.withLock { $0 } }

  func contains(_ part: String) -> Bool { all.contains { $0.contains(part) } }

  func makeLogger(_ environment: [String: String] = [:]) -> Logger {
    let handler = RuntimeLogHandler(environment: { environment[$0] }) { line in
      self.lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
    }
    return Logger(label: "test") { _ in handler }
  }
}

/// Runs a client on a thread of its own until it ends, and answers why it did.
func runClient(
  _ address: String, lines: LogLines, failure: InvocationFailure? = nil
) async throws -> RuntimeError {
  let logger = lines.makeLogger(["AWS_LAMBDA_LOG_LEVEL": "DEBUG"])
  return try await NIOThreadPool.singleton.runIfActive {
    do throws(RuntimeError) {
      let client = try RuntimeClient(environment: { $0 == "AWS_LAMBDA_RUNTIME_API" ? address : nil }, logger: logger)
      try client.run { () throws(InvocationFailure) in
        if let failure { throw failure }
        return ReversingResponder()
      }
    } catch {
      return error
    }
  }
}

/// Runs a client against a server of this behaviour until `count` requests are there (or the client has ended), then ends both.
func converse(
  _ behaviour: some ServerBehaviour, requests count: Int, failure: InvocationFailure? = nil
) async throws -> (requests: [ReceivedRequest], log: LogLines, end: RuntimeError) {
  let server = try LoopbackServer(behaviour)
  let lines = LogLines()
  let address = server.address.text
  async let end = runClient(address, lines: lines, failure: failure)
  let requests = try await server.requests(count: count)
  try await server.stop()
  return (requests, lines, try await end)
}
