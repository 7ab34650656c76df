import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import LambdaRuntimeClient

/// The conversation in memory, without a connection.
struct HandlerTests {
  /// Drives one handler over as many channels as it asks for.
  final class Driver {
    let responder = ReversingResponder()
    let log = LogLines()
    private(set) var connects: [TimeAmount] = []
    private(set) var ends: [RuntimeError] = []
    private var channel = EmbeddedChannel()
    private var handler: RuntimeHandler?

    init(failure: InvocationFailure? = nil, environment: [String: String] = [:]) throws {
      handler = RuntimeHandler(
        host: "127.0.0.1:9001", responder: failure.map { .failure($0) } ?? .success(responder), logger: log.makeLogger(environment),
        connect: { [unowned self] in connects.append($0) },
        end: { [unowned self] in ends.append($0) })
      try connect()
    }

    func connect() throws {
      guard let handler else { return }
      channel = EmbeddedChannel(handler: handler)
      try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 9001)).wait()
    }

    /// What the handler sent since the last call: one request, or nil.
    func request() throws -> (head: HTTPRequestHead, body: String)? {
      guard case .head(let head)? = try channel.readOutbound(as: HTTPClientRequestPart.self) else { return nil }
      var body = ""
      while let part = try channel.readOutbound(as: HTTPClientRequestPart.self) {
        if case .body(.byteBuffer(let buffer)) = part { body += String(buffer: buffer) }
        if case .end = part { return (head, body) }
      }
      Issue.record("a request without its end")
      return nil
    }

    func answer(_ status: HTTPResponseStatus, _ headers: HTTPHeaders = [:], _ parts: String...) throws {
      try channel.writeInbound(HTTPClientResponsePart.head(HTTPResponseHead(version: .http1_1, status: status, headers: headers)))
      for part in parts { try channel.writeInbound(HTTPClientResponsePart.body(ByteBuffer(string: part))) }
      try channel.writeInbound(HTTPClientResponsePart.end(nil))
    }

    func lose() {
      channel.pipeline.fireChannelInactive()
    }
  }

  @Test("Header names are matched in any case; deadline, ARN and trace are handed over", arguments: [true, false])
  func headers(_ lowercased: Bool) throws {
    let driver = try Driver()
    let names = [
      "Lambda-Runtime-Aws-Request-Id", "Lambda-Runtime-Deadline-Ms", "Lambda-Runtime-Invoked-Function-Arn", "Lambda-Runtime-Trace-Id",
    ]
    let values = [
      "8476a536-e9f4-11e8-9739-2dfe598c3fcd", "1542409706888", "arn:aws:lambda:eu-west-1:111122223333:function:f", "Root=1-5bef4de7",
    ]
    #expect(try driver.request()?.head.uri == "/2018-06-01/runtime/invocation/next")
    try driver.answer(.ok, HTTPHeaders(zip(names.map { lowercased ? $0.lowercased() : $0 }, values).map { ($0, $1) }), "ab", "c")
    #expect(driver.responder.seen == [.init(requestID: values[0], deadline: 1_542_409_706_888, arn: values[2], trace: values[3], count: 3)])
    let request = try #require(try driver.request())
    #expect(request.head.uri == "/2018-06-01/runtime/invocation/\(values[0])/response")
    #expect(request.head.headers["Content-Length"] == ["3"])
    #expect(request.body == "cba")
  }

  @Test("A missing or odd deadline is no deadline", arguments: [nil, "", "soon", "1e3"])
  func noDeadline(_ value: String?) throws {
    let driver = try Driver()
    var headers: HTTPHeaders = ["Lambda-Runtime-Aws-Request-Id": "a"]
    if let value { headers.add(name: "Lambda-Runtime-Deadline-Ms", value: value) }
    try driver.answer(.ok, headers, "x")
    #expect(driver.responder.seen == [.init(requestID: "a", deadline: nil, arn: nil, trace: nil, count: 1)])
  }

  @Test(
    "An id that does not fit into a path is not answered",
    arguments: ["", "a b", "../next", "a/b", "é", String(repeating: "a", count: 257)])
  func oddIdentifier(_ id: String) throws {
    let driver = try Driver()
    _ = try driver.request()
    try driver.answer(.ok, ["Lambda-Runtime-Aws-Request-Id": id], "x")
    #expect(driver.responder.seen.isEmpty)
    #expect(try driver.request() == nil)
    #expect(driver.connects.count == 1)
  }

  @Test("An empty event is handed over as such")
  func emptyEvent() throws {
    let driver = try Driver()
    _ = try driver.request()
    try driver.answer(.ok, ["Lambda-Runtime-Aws-Request-Id": "a"])
    #expect(driver.responder.seen.map(\.count) == [0])
    let request = try #require(try driver.request())
    #expect(request.body.isEmpty)
    #expect(request.head.headers["Content-Length"] == ["0"])
  }

  @Test("The time between tries doubles, from none, and the count starts anew with an answer that was taken")
  func delays() throws {
    #expect((0...8).map { RuntimeHandler.delay(after: $0).nanoseconds / 1_000_000 } == [0, 0, 10, 20, 40, 80, 160, 320, 640])
    let driver = try Driver()
    for _ in 0..<3 {
      driver.lose()
      try driver.connect()
    }
    #expect(driver.connects == [.zero, .milliseconds(10), .milliseconds(20)])
    _ = try driver.request()
    try driver.answer(.ok, ["Lambda-Runtime-Aws-Request-Id": "a"], "x")
    try driver.answer(.accepted)
    driver.lose()
    #expect(driver.connects.last == .zero)
    #expect(driver.ends.isEmpty)
  }

  @Test("The eighth loss in a row is the end, once")
  func givesUp() throws {
    let driver = try Driver()
    for count in 1...RuntimeHandler.maximumTroubles {
      driver.lose()
      if count < RuntimeHandler.maximumTroubles { try driver.connect() }
    }
    driver.lose()
    #expect(driver.ends == [.noProgress(attempts: RuntimeHandler.maximumTroubles, reason: "the connection was closed without an answer")])
    #expect(driver.connects.count == RuntimeHandler.maximumTroubles - 1)
  }

  @Test("Of a notice, only its start is kept")
  func longNotice() throws {
    let driver = try Driver()
    _ = try driver.request()
    try driver.answer(.internalServerError, [:], "first", String(repeating: "x", count: 600))
    #expect(driver.ends == [.refused(call: "the call for the next invocation", status: 500, answer: "first")])
  }

  @Test("An answer that nobody asked for is passed over")
  func unasked() throws {
    let driver = try Driver()
    _ = try driver.request()
    try driver.answer(.ok, ["Lambda-Runtime-Aws-Request-Id": "a", "Connection": "close"], "x")
    try driver.answer(.ok, ["Lambda-Runtime-Aws-Request-Id": "b"], "y")
    #expect(driver.responder.seen.map(\.requestID) == ["a"])
  }

  @Test("Below the level, no line is written; credentials never are")
  func quiet() throws {
    let driver = try Driver(environment: ["AWS_LAMBDA_LOG_LEVEL": "WARN", "AWS_SECRET_ACCESS_KEY": "xyzzy"])
    try driver.answer(.ok, ["Lambda-Runtime-Aws-Request-Id": "a"], "x")
    #expect(driver.log.all.isEmpty)
    try driver.answer(.badRequest, [:], "no")
    #expect(driver.log.all == ["ERROR the service did not take the answer: status 400: no requestId=a bytes_out=1\n"])
  }
}
