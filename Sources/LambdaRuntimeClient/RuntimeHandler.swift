import Logging
import NIOCore
import NIOHTTP1

/// The Runtime API as a conversation: ask for the next invocation, answer it, ask again.
///
/// One handler lives as long as the function does and goes from connection to connection: what it has to say next (`upcoming`) survives the
/// end of a connection. It opens none itself; it asks its owner to, and so it can be driven in memory.
///
/// Nothing here sets a time limit: between two invocations the environment may be frozen for hours in the middle of a call.
final class RuntimeHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias OutboundOut = HTTPClientRequestPart

  /// The largest event that is taken in, in bytes. The service's own limit is 6,291,556; the rest is slack for other emulators.
  static let maximumEventBytes = 8 << 20

  /// How often in a row a call may fail before the client gives up; with `delay(after:)` that is about a second and a half.
  static let maximumTroubles = 8

  /// How much of an answer that is not an event is kept, for the log, in bytes.
  private static let maximumNoticeBytes = 512

  private enum Call {
    case next
    /// `body` of the handler goes with it.
    case post(Post)
    /// As `post`, and the end of the function once it is through.
    case initializationError(Post, InvocationFailure)
  }

  private struct Post {
    var path: String
    var errorType: String?
    /// The id for the log.
    var requestID: String?
    var attempts = 0
  }

  private let host: String
  private let responder: (any InvocationResponder)?
  private let logger: Logger
  private let connect: (_ after: TimeAmount) -> Void
  private let end: (RuntimeError) -> Void

  private var upcoming: Call
  private var hasEnded = false
  /// The call has been sent and its answer is not complete.
  private var isCalling = false
  private var answer: HTTPResponseHead?
  private var received = ByteBuffer()
  private var receivedTooMuch = false
  private var body = ResponseBody()
  private var troubles = 0
  private var lastError: String?

  /// - Parameters:
  ///   - host: what stands in the Host header.
  ///   - responder: answers the invocations; or the failure that kept it from being there, which is then reported to the service.
  ///   - connect: is called when a new connection is needed, with the time to wait before it.
  ///   - end: is called once, when the function must end.
  init(
    host: String, responder: Result<any InvocationResponder, InvocationFailure>, logger: Logger,
    connect: @escaping (_ after: TimeAmount) -> Void, end: @escaping (RuntimeError) -> Void
  ) {
    self.host = host
    self.logger = logger
    self.connect = connect
    self.end = end
    switch responder {
    case .success(let responder):
      self.responder = responder
      upcoming = .next
    case .failure(let failure):
      self.responder = nil
      failure.write(into: &body)
      upcoming = .initializationError(Post(path: "/2018-06-01/runtime/init/error", errorType: failure.errorType), failure)
    }
  }

  /// The connection could not be made, or the like: the function ends.
  func fail(_ error: RuntimeError) {
    guard !hasEnded else { return }
    hasEnded = true
    // What the function could not start for is the news, whatever became of its report.
    if case .initializationError(_, let failure) = upcoming { end(.initialization(failure)) } else { end(error) }
  }

  // MARK: Calls

  func channelActive(context: ChannelHandlerContext) {
    send(context)
  }

  private func send(_ context: ChannelHandlerContext) {
    isCalling = true
    answer = nil
    received.clear()
    receivedTooMuch = false
    switch upcoming {
    case .next:
      let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/2018-06-01/runtime/invocation/next", headers: headers())
      context.write(wrapOutboundOut(.head(head)), promise: nil)
    case .post(var post):
      post.attempts += 1
      upcoming = .post(post)
      write(post, context)
    case .initializationError(var post, let failure):
      post.attempts += 1
      upcoming = .initializationError(post, failure)
      write(post, context)
    }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }

  private func write(_ post: Post, _ context: ChannelHandlerContext) {
    var headers = headers()
    headers.add(name: "Content-Type", value: "application/json")
    headers.add(name: "Content-Length", value: String(body.count))
    if let errorType = post.errorType { headers.add(name: "Lambda-Runtime-Function-Error-Type", value: errorType) }
    context.write(wrapOutboundOut(.head(HTTPRequestHead(version: .http1_1, method: .POST, uri: post.path, headers: headers))), promise: nil)
    context.write(wrapOutboundOut(.body(.byteBuffer(body.buffer))), promise: nil)
  }

  private func headers() -> HTTPHeaders {
    ["Host": host, "User-Agent": "sluice-lambda"]
  }

  // MARK: Answers

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !hasEnded else { return }
    switch unwrapInboundIn(data) {
    case .head(let head):
      answer = head
      if isEvent, let count = head.headers.first(name: "Content-Length").flatMap({ Int($0) }),
        (0...Self.maximumEventBytes).contains(count)
      {
        received.reserveCapacity(count)
      }
    case .body(let part):
      gather(part)
    case .end:
      guard let head = answer, isCalling else { return }
      isCalling = false
      answer = nil
      take(head, context)
      proceed(context, onSameConnection: head.isKeepAlive)
    }
  }

  /// Whether what comes in is an event to answer, not a notice.
  private var isEvent: Bool {
    if case .next = upcoming { answer?.status == .ok } else { false }
  }

  private func gather(_ part: ByteBuffer) {
    let room = (isEvent ? Self.maximumEventBytes : Self.maximumNoticeBytes) - received.readableBytes
    if part.readableBytes <= room {
      received.writeImmutableBuffer(part)
    } else {
      receivedTooMuch = true
    }
  }

  /// Makes of a complete answer what is to be called next.
  private func take(_ head: HTTPResponseHead, _ context: ChannelHandlerContext) {
    let status = head.status.code
    switch upcoming {
    case .next where head.status == .ok:
      takeEvent(head.headers, context)
    case .next where (500...599).contains(status):
      fail(.refused(call: "the call for the next invocation", status: status, answer: notice))
    case .next:
      trouble("status \(status)\(notice.isEmpty ? "" : ": \(notice)")")
    case .post(let post):
      upcoming = .next
      if (500...599).contains(status) {
        return fail(.refused(call: "the answer to request \(post.requestID ?? "?")", status: status, answer: notice))
      }
      troubles = 0
      logRefusal(of: post, status: status)
    case .initializationError(_, let failure):
      fail(.initialization(failure))
    }
  }

  private func takeEvent(_ headers: HTTPHeaders, _ context: ChannelHandlerContext) {
    guard let invocation = Invocation(headers: headers, event: received) else {
      return trouble("an event without a usable Lambda-Runtime-Aws-Request-Id header, which cannot be answered")
    }
    if receivedTooMuch {
      let limit = Self.maximumEventBytes
      answerWithError(
        invocation,
        InvocationFailure(reason: "EventTooLarge", message: "The event is larger than \(limit) bytes. Lower the stream's buffer size."))
    } else {
      answer(invocation)
    }
  }

  private func answer(_ invocation: borrowing Invocation) {
    guard let responder else { return }
    let start = NIODeadline.now()
    body.removeAll()
    do throws(InvocationFailure) {
      let report = try responder.respond(to: invocation, into: &body)
      let path = "/2018-06-01/runtime/invocation/\(invocation.requestID)/response"
      upcoming = .post(Post(path: path, requestID: invocation.requestID))
      pendingLog = LogLine(
        requestID: invocation.requestID, report: report, bytesIn: received.readableBytes, bytesOut: body.count, time: .now() - start)
    } catch {
      answerWithError(invocation, error)
    }
  }

  private func answerWithError(_ invocation: borrowing Invocation, _ failure: InvocationFailure) {
    failure.write(into: &body)
    let path = "/2018-06-01/runtime/invocation/\(invocation.requestID)/error"
    upcoming = .post(Post(path: path, errorType: failure.errorType, requestID: invocation.requestID))
    logger.error(
      "invocation failed: \(failure.message)",
      metadata: [
        "requestId": "\(invocation.requestID)", "error_type": "\(failure.errorType)",
        "bytes_in": .stringConvertible(received.readableBytes),
      ])
  }

  // MARK: What comes after

  /// Sends `upcoming` on this connection if it may, else ends it: `channelInactive` opens another.
  private func proceed(_ context: ChannelHandlerContext, onSameConnection: Bool) {
    guard !hasEnded, onSameConnection, troubles == 0 || isPosting else {
      context.close(promise: nil)
      return
    }
    send(context)
    logInvocation()
  }

  private var isPosting: Bool {
    if case .post = upcoming { true } else { false }
  }

  func channelInactive(context: ChannelHandlerContext) {
    guard !hasEnded else { return }
    if isCalling {
      isCalling = false
      takeLostCall()
    }
    guard !hasEnded else { return }
    connect(Self.delay(after: troubles))
    logInvocation()
  }

  /// The connection ended with a call under way.
  ///
  /// Servers close connections that were silent for long, so an answer may have met a closed one without being read: it is sent once more.
  /// If it had been read after all, the service refuses the second by its request id.
  private func takeLostCall() {
    let reason =
      lastError ?? (answer == nil ? "the connection was closed without an answer" : "the connection was closed in the middle of an answer")
    lastError = nil
    if case .post(let post) = upcoming, post.attempts >= 2 {
      logger.error("the answer could not be delivered: \(reason)", metadata: ["requestId": "\(post.requestID ?? "?")"])
      upcoming = .next
    }
    trouble(reason)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    lastError = reason(of: error)
    context.close(promise: nil)
  }

  /// Counts what led to nothing, and ends the function when that becomes the rule.
  private func trouble(_ reason: String) {
    troubles += 1
    logger.debug("the Runtime API gave nothing: \(reason)")
    if troubles >= Self.maximumTroubles { fail(.noProgress(attempts: troubles, reason: reason)) }
  }

  /// The first try comes at once, as a closed connection is nothing unusual; the others wait 10 ms, 20 ms, and so on.
  static func delay(after troubles: Int) -> TimeAmount {
    troubles <= 1 ? .zero : .milliseconds(10 << Int64(min(troubles, maximumTroubles) - 2))
  }

  // MARK: The log

  private struct LogLine {
    var requestID: String
    var report: InvocationReport
    var bytesIn: Int
    var bytesOut: Int
    var time: TimeAmount
  }

  /// Written when the answer is on its way: the caller does not wait for the log.
  private var pendingLog: LogLine?

  private func logInvocation() {
    guard let line = pendingLog else { return }
    pendingLog = nil
    guard logger.logLevel <= .info else { return }
    var metadata: Logger.Metadata = [
      "requestId": .string(line.requestID),
      "bytes_in": .stringConvertible(line.bytesIn),
      "bytes_out": .stringConvertible(line.bytesOut),
      "milliseconds": .stringConvertible(Double(line.time.nanoseconds / 10_000) / 100),
    ]
    for (name, count) in line.report.counts { metadata[name] = .stringConvertible(count) }
    if let note = line.report.note { metadata["note"] = .string(note) }
    logger.info("invocation", metadata: metadata)
  }

  private func logRefusal(of post: Post, status: UInt) {
    guard !(200...299).contains(status) else { return }
    let id: Logger.Metadata = ["requestId": "\(post.requestID ?? "?")", "bytes_out": .stringConvertible(body.count)]
    if status == 413 {
      // The service has told the caller already: a second answer by way of `error` would be refused.
      logger.error("the response of \(body.count) bytes is larger than the service takes; its caller got an error instead", metadata: id)
    } else {
      logger.error("the service did not take the answer: status \(status)\(notice.isEmpty ? "" : ": \(notice)")", metadata: id)
    }
  }

  /// What the server wrote about its answer, on one line.
  private var notice: String {
    String(buffer: received).split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
