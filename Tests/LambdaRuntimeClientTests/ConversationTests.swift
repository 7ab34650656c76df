import NIOCore
import NIOHTTP1
import Testing

@testable import LambdaRuntimeClient

/// The client against a real server on the loopback interface.
@Suite(.timeLimit(.minutes(1)))
struct ConversationTests {
  @Test("An event is answered, and the next one asked for on the same connection")
  func answersAndAsksAgain() async throws {
    let (requests, log, end) = try await converse(Script(.event("abc"), .accepted, .event("xyz", id: "id-2"), .accepted), requests: 5)
    #expect(
      requests.map(\.line) == [
        "GET invocation/next", "POST invocation/id-1/response", "GET invocation/next", "POST invocation/id-2/response",
        "GET invocation/next",
      ])
    #expect(requests.map(\.connection) == [0, 0, 0, 0, 0])
    #expect(requests[1].text == "cba")
    #expect(requests[3].text == "zyx")
    #expect(requests[1].headers["content-length"] == ["3"])
    #expect(requests[1].headers["user-agent"] == ["sluice-lambda"])
    #expect(requests[0].headers["host"].first?.hasPrefix("127.0.0.1:") == true)
    #expect(requests[0].headers["transfer-encoding"].isEmpty)
    #expect(log.all.filter { $0.hasPrefix("INFO invocation requestId=id-1 bytes_in=3 bytes_out=3 milliseconds=") }.count == 1)
    guard case .unreachable = end else { Issue.record("ended with \(end)"); return }
  }

  @Test("Answers in pieces, down to single bytes and with pauses, make the same event", arguments: [1, 2, 7, 64])
  func piecewise(_ count: Int) async throws {
    let event = ServerAnswer.event("a b c d").inPieces(of: count, pause: count == 7 ? .milliseconds(3) : .zero)
    let (requests, _, _) = try await converse(Script(event, .accepted.inPieces(of: count)), requests: 3)
    #expect(requests[1].text == "d c b a")
    #expect(requests[2].line == "GET invocation/next")
  }

  @Test("Six megabytes come and go whole")
  func large() async throws {
    let event = (0..<6_291_456).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    let (requests, log, _) = try await converse(Script(.event(event), .accepted, .event("ab"), .accepted), requests: 5)
    #expect(requests[1].body == event.reversed())
    #expect(requests[3].text == "ba")
    #expect(log.contains("bytes_in=6291456 bytes_out=6291456"))
  }

  @Test("An event beyond the limit is an error of its own, and the function lives on")
  func tooLarge() async throws {
    let event = [UInt8](repeating: 65, count: RuntimeHandler.maximumEventBytes + 1)
    let (requests, _, _) = try await converse(Script(.event(event), .accepted, .event("ab"), .accepted), requests: 5)
    #expect(requests[1].line == "POST invocation/id-1/error")
    #expect(requests[1].headers["Lambda-Runtime-Function-Error-Type"] == ["Function.EventTooLarge"])
    #expect(requests[3].text == "ba")
  }

  @Test("A chunked event is read too")
  func chunked() async throws {
    let event = ServerAnswer.raw(
      "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: c\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
    let (requests, _, _) = try await converse(Script(event, .accepted), requests: 3)
    #expect(requests[1].line == "POST invocation/c/response")
    #expect(requests[1].text == "edcba")
  }

  @Test("A failure of the responder goes to /error with its type, and the function lives on")
  func failure() async throws {
    let (requests, log, _) = try await converse(Script(.event("fail"), .accepted, .event("ab"), .accepted), requests: 5)
    #expect(requests[1].line == "POST invocation/id-1/error")
    #expect(requests[1].headers["lambda-runtime-function-error-type"] == ["Function.EventNotUnderstood"])
    #expect(
      requests[1].text
        == #"{"errorMessage":"The event says \"fail\".\nSend another.","errorType":"Function.EventNotUnderstood","stackTrace":[]}"#)
    #expect(requests[3].text == "ba")
    #expect(log.contains("ERROR invocation failed: The event says \"fail\". Send another. requestId=id-1"))
  }

  @Test("413 and other 4xx are logged, and the function goes on", arguments: [400, 403, 413])
  func refusedAnswer(_ status: Int) async throws {
    let (requests, log, _) = try await converse(
      Script(.event("abc"), .status(status, "no"), .event("de", id: "id-2"), .accepted), requests: 5)
    #expect(
      requests.map(\.line) == [
        "GET invocation/next", "POST invocation/id-1/response", "GET invocation/next", "POST invocation/id-2/response",
        "GET invocation/next",
      ])
    #expect(log.contains(status == 413 ? "ERROR the response of 3 bytes is larger" : "status \(status): no requestId=id-1"))
  }

  @Test("5xx on either call ends the function with status 1", arguments: [true, false])
  func serverError(_ onNext: Bool) async throws {
    let answer = ServerAnswer.status(500, "container error")
    let count = onNext ? 1 : 2
    let (requests, _, end) = try await converse(onNext ? Script(answer) : Script(.event("abc"), answer), requests: count)
    // The client ends by itself; whether the end of the server comes first makes no difference to what it had read before.
    #expect(requests.count == count)
    let call = onNext ? "the call for the next invocation" : "the answer to request id-1"
    if case .refused(call, 500, "container error") = end {} else if case .unreachable = end {} else { Issue.record("ended with \(end)") }
    #expect(end.exitStatus == 1)
  }

  @Test("A server that closes the connection after each answer gets a new one each time, and every answer once")
  func closesAfterEach() async throws {
    let (requests, log, _) = try await converse(
      Script(
        .event("abc").thatCloses(), .accepted.thatCloses(), .event("de", id: "id-2").thatCloses(), .accepted.thatCloses()), requests: 5)
    #expect(
      requests.map(\.line) == [
        "GET invocation/next", "POST invocation/id-1/response", "GET invocation/next", "POST invocation/id-2/response",
        "GET invocation/next",
      ])
    #expect(requests.last?.connection == 4)
    #expect(!log.all.contains { $0.hasPrefix("ERROR") })
  }

  @Test("Connection: close is obeyed")
  func announcesClose() async throws {
    let event = ServerAnswer.event(Array("abc".utf8), headers: "Connection: close\r\n")
    let (requests, _, _) = try await converse(Script(event, .accepted), requests: 3)
    #expect(requests.map(\.connection) == [0, 1, 1])
    #expect(requests[1].text == "cba")
  }

  @Test("An answer that met a closed connection is sent once more, not for ever")
  func closedUnderTheAnswer() async throws {
    let (requests, log, _) = try await converse(
      Script(.event("abc"), .close, .accepted, .event("de", id: "id-2"), .close, .close, .event("fg", id: "id-3"), .accepted), requests: 9)
    #expect(
      requests.map(\.line) == [
        "GET invocation/next", "POST invocation/id-1/response", "POST invocation/id-1/response", "GET invocation/next",
        "POST invocation/id-2/response", "POST invocation/id-2/response", "GET invocation/next", "POST invocation/id-3/response",
        "GET invocation/next",
      ])
    #expect(requests[2].text == "cba")
    #expect(log.all.filter { $0.hasPrefix("ERROR the answer could not be delivered") && $0.contains("id-2") }.count == 1)
  }

  struct AlwaysCloses: ServerBehaviour {
    func answer(_ request: ReceivedRequest, number: Int) -> ServerAnswer { .close }
  }

  struct Garbage: ServerBehaviour {
    func answer(_ request: ReceivedRequest, number: Int) -> ServerAnswer { .raw("\u{0}\u{1} this is no HTTP\r\n\r\n") }
  }

  struct NoRequestID: ServerBehaviour {
    func answer(_ request: ReceivedRequest, number: Int) -> ServerAnswer { .status(200, "{}") }
  }

  struct Forbidden: ServerBehaviour {
    func answer(_ request: ReceivedRequest, number: Int) -> ServerAnswer { .status(403, "no\nway") }
  }

  struct EndsInTheMiddle: ServerBehaviour {
    func answer(_ request: ReceivedRequest, number: Int) -> ServerAnswer {
      .raw("HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: a\r\nContent-Length: 10\r\n\r\nabc", closes: true)
    }
  }

  @Test(
    "A server that never gives an event is asked eight times, ever more slowly, and then given up",
    arguments: [AlwaysCloses(), Garbage(), NoRequestID(), Forbidden(), EndsInTheMiddle()] as [any ServerBehaviour])
  func noStorm(_ behaviour: any ServerBehaviour) async throws {
    let server = try LoopbackServer(behaviour)
    let end = try await runClient(server.address.text, lines: LogLines())
    let requests = server.requests
    try await server.stop()
    #expect(requests.count == RuntimeHandler.maximumTroubles)
    guard case .noProgress(attempts: RuntimeHandler.maximumTroubles, let reason) = end else { Issue.record("ended with \(end)"); return }
    if behaviour is Forbidden { #expect(reason == "status 403: no way") }
    if behaviour is AlwaysCloses { #expect(reason == "the connection was closed without an answer") }
    if behaviour is NoRequestID { #expect(reason.contains("Lambda-Runtime-Aws-Request-Id")) }
    #expect(!reason.isEmpty)
    #expect(end.exitStatus == 1)
  }

  @Test("A function that cannot start tells the service, and then ends")
  func initializationError() async throws {
    let failure = InvocationFailure(reason: "ConfigurationNotUnderstood", message: "sluice.yaml:3:1: unknown key")
    for answer in [ServerAnswer.accepted, .status(500), .close] {
      let server = try LoopbackServer(Script(answer, answer, answer, answer, answer, answer, answer, answer))
      let end = try await runClient(server.address.text, lines: LogLines(), failure: failure)
      let requests = server.requests
      try await server.stop()
      #expect(requests.first?.line == "POST init/error")
      #expect(requests.first?.headers["lambda-runtime-function-error-type"] == ["Function.ConfigurationNotUnderstood"])
      #expect(requests.first?.text.contains(#""errorMessage":"sluice.yaml:3:1: unknown key""#) == true)
      #expect(end == .initialization(failure))
      #expect(end.exitStatus == 1)
    }
  }

  @Test("Nobody there: one clear error, status 1")
  func nobodyThere() async throws {
    let server = try LoopbackServer(Script())
    let address = server.address.text
    try await server.stop()
    let end = try await runClient(address, lines: LogLines())
    guard case .unreachable(address, let reason) = end else { Issue.record("ended with \(end)"); return }
    #expect(reason == "Connection refused")
    #expect(end.exitStatus == 1)
  }
}
