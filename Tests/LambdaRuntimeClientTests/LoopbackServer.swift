import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A request as the server saw it.
struct ReceivedRequest: Sendable {
  var method: String
  var path: String
  var headers: HTTPHeaders
  var body: [UInt8]
  /// Counts the connections from 0.
  var connection: Int

  var line: String { "\(method) \(path.replacing("/2018-06-01/runtime/", with: ""))" }
  var text: String { String(decoding: body, as: UTF8.self) }
}

/// What the server does about one request: writes bytes, piece by piece, and perhaps closes the connection.
struct ServerAnswer: Sendable {
  var pieces: [[UInt8]] = []
  var pause = TimeAmount.zero
  var closes = false

  static let nothing = ServerAnswer()
  static let close = ServerAnswer(closes: true)

  static func raw(_ text: String, closes: Bool = false) -> ServerAnswer {
    ServerAnswer(pieces: [Array(text.utf8)], closes: closes)
  }

  static func status(_ status: Int, _ body: String = "{\"status\":\"OK\"}", closes: Bool = false) -> ServerAnswer {
    raw("HTTP/1.1 \(status) Status\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)", closes: closes)
  }

  static let accepted = status(202)

  static func event(_ body: [UInt8], id: String = "id-1", headers: String = "Lambda-Runtime-Deadline-Ms: 1700000000000\r\n") -> ServerAnswer
  {
    let head = "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: \(id)\r\n\(headers)Content-Length: \(body.count)\r\n\r\n"
    return ServerAnswer(pieces: [Array(head.utf8) + body])
  }

  static func event(_ body: String, id: String = "id-1") -> ServerAnswer { event(Array(body.utf8), id: id) }

  func inPieces(of count: Int, pause: TimeAmount = .zero) -> ServerAnswer {
    let all = pieces.flatMap { $0 }
    var answer = self
    answer.pieces = stride(from: 0, to: all.count, by: count).map { Array(all[$0..<min($0 + count, all.count)]) }
    answer.pause = pause
    return answer
  }

  func thatCloses() -> ServerAnswer {
    var answer = self
    answer.closes = true
    return answer
  }
}

/// How a test's server behaves. Requests are counted from 0.
protocol ServerBehaviour: Sendable {
  func answer(_ request: ReceivedRequest, number: Int) -> ServerAnswer
}

/// The answers in their order; after the last one the server stays silent until the test is done.
struct Script: ServerBehaviour {
  var answers: [ServerAnswer]

  init(_ answers: ServerAnswer...) { self.answers = answers }

  func answer(_ request: ReceivedRequest, number: Int) -> ServerAnswer {
    number < answers.count ? answers[number] : .nothing
  }
}

/// A real server on a port of the loopback interface that the kernel picks.
final class LoopbackServer: Sendable {
  private let channel: any Channel
  private let group: MultiThreadedEventLoopGroup
  private let log: RequestLog

  init(_ behaviour: some ServerBehaviour) throws {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let log = RequestLog()
    self.group = group
    self.log = log
    channel = try ServerBootstrap(group: group)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { child in
        log.connections.withLock { $0.append(child) }
        return child.eventLoop.makeCompletedFuture {
          try child.pipeline.syncOperations.addHandler(ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)))
          let number = log.connections.withLock { $0.count - 1 }
          try child.pipeline.syncOperations.addHandler(ServerHandler(behaviour: behaviour, log: log, connection: number))
        }
      }
      .bind(host: "127.0.0.1", port: 0).wait()
  }

  var address: RuntimeAddressText { RuntimeAddressText(text: "127.0.0.1:\(channel.localAddress?.port ?? 0)") }

  var requests: [ReceivedRequest] { log.requests.withLock { $0 } }

  /// Waits until `count` requests are there, or the server is gone.
  func requests(count: Int) async throws -> [ReceivedRequest] {
    while requests.count < count { try await Task.sleep(for: .milliseconds(2)) }
    return requests
  }

  /// Ends the server and its connections; the client then finds nobody and ends too.
  func stop() async throws {
    try await channel.close()
    for connection in log.connections.withLock({ $0 }) { connection.close(promise: nil) }
    try await group.shutdownGracefully()
  }
}

struct RuntimeAddressText { var text: String }

private final class RequestLog: Sendable {
  let requests = Mutex<[ReceivedRequest]>([])
  let connections = Mutex<[any Channel]>([])
}

private final class ServerHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = ByteBuffer

  private let behaviour: any ServerBehaviour
  private let log: RequestLog
  private let connection: Int
  private var request: ReceivedRequest?

  init(behaviour: any ServerBehaviour, log: RequestLog, connection: Int) {
    self.behaviour = behaviour
    self.log = log
    self.connection = connection
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      request = ReceivedRequest(method: head.method.rawValue, path: head.uri, headers: head.headers, body: [], connection: connection)
    case .body(let part):
      request?.body += Array(part.readableBytesView)
    case .end:
      guard let received = request else { return }
      request = nil
      let number = log.requests.withLock { requests in
        requests.append(received)
        return requests.count - 1
      }
      write(behaviour.answer(received, number: number)[...], context)
    }
  }

  private func write(_ answer: ServerAnswer.Remainder, _ context: ChannelHandlerContext) {
    guard let piece = answer.pieces.first else {
      if answer.closes { context.close(promise: nil) }
      return
    }
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: piece)), promise: nil)
    let rest = ServerAnswer.Remainder(pieces: answer.pieces.dropFirst(), pause: answer.pause, closes: answer.closes)
    if rest.pieces.isEmpty, rest.closes {
      context.close(promise: nil)
    } else {
      context.eventLoop.assumeIsolated().scheduleTask(in: answer.pause) { self.write(rest, context) }
    }
  }
}

extension ServerAnswer {
  struct Remainder {
    var pieces: ArraySlice<[UInt8]>
    var pause: TimeAmount
    var closes: Bool
  }

  subscript(_: UnboundedRange) -> Remainder { Remainder(pieces: pieces[...], pause: pause, closes: closes) }
}
