public import Logging
import NIOCore
import NIOHTTP1
import NIOPosix

/// The function's side of the Lambda Runtime API.
///
/// Everything runs on the one thread of an event loop, the responder included, and the thread that calls `run` waits: measured from the start
/// of the process to the first response, an async main with `NIOAsyncChannel` took five to ten times as long.
///
/// Source: AWS Lambda developer guide, "Using the Lambda runtime API" and "Building a custom runtime".
public struct RuntimeClient: Sendable {
  private let address: RuntimeAddress
  private let logger: Logger

  public init(address: RuntimeAddress, logger: Logger) {
    self.address = address
    self.logger = logger
  }

  /// A client of the Runtime API that `AWS_LAMBDA_RUNTIME_API` names.
  public init(environment: (String) -> String? = environmentValue, logger: Logger) throws(RuntimeError) {
    guard let text = environment("AWS_LAMBDA_RUNTIME_API"), !text.isEmpty else { throw .notOnLambda }
    self.init(address: try RuntimeAddress(parsing: text), logger: logger)
  }

  /// Sets the function up and answers invocations for as long as there are any; returns only by throwing.
  ///
  /// If `makeResponder` throws, the service is told before this throws `RuntimeError.initialization`.
  public func run(_ makeResponder: () throws(InvocationFailure) -> sending any InvocationResponder) throws(RuntimeError) -> Never {
    let socketAddress = try address.resolved()
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let loop = group.next()
    let ended = loop.makePromise(of: Void.self)
    let connector: RuntimeConnector
    do throws(InvocationFailure) {
      connector = RuntimeConnector(
        address: address, socketAddress: socketAddress, responder: .success(try makeResponder()), loop: loop, logger: logger, ended: ended)
    } catch {
      connector = RuntimeConnector(
        address: address, socketAddress: socketAddress, responder: .failure(error), loop: loop, logger: logger, ended: ended)
    }
    let box = NIOLoopBoundBox.makeBoxSendingValue(connector, eventLoop: loop)
    loop.execute { box.value.connect() }
    defer { group.shutdownGracefully { _ in } }
    do {
      try ended.futureResult.wait()
      preconditionFailure("the conversation ends only with an error")
    } catch let error as RuntimeError {
      throw error
    } catch {
      throw .unreachable(address.description, reason: reason(of: error))
    }
  }
}

/// Opens the connections of a `RuntimeHandler`. Lives on the event loop.
private final class RuntimeConnector {
  private let address: RuntimeAddress
  private let socketAddress: SocketAddress
  private let loop: any EventLoop
  private let ended: EventLoopPromise<Void>
  private var handler: RuntimeHandler?

  init(
    address: RuntimeAddress, socketAddress: SocketAddress, responder: Result<any InvocationResponder, InvocationFailure>,
    loop: any EventLoop,
    logger: Logger, ended: EventLoopPromise<Void>
  ) {
    self.address = address
    self.socketAddress = socketAddress
    self.loop = loop
    self.ended = ended
    handler = RuntimeHandler(
      host: address.description, responder: responder, logger: logger,
      connect: { [unowned self] delay in connect(after: delay) },
      end: { ended.fail($0) })
  }

  private func connect(after delay: TimeAmount) {
    guard delay > .zero else { return connect() }
    loop.assumeIsolated().scheduleTask(in: delay) { self.connect() }
  }

  func connect() {
    guard let handler else { return }
    let boundHandler = NIOLoopBound(handler, eventLoop: loop)
    ClientBootstrap(group: loop)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      // An event of megabytes comes in a few reads instead of hundreds.
      .channelOption(.recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 4096, initial: 65_536, maximum: 1 << 20))
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHTTPClientHandlers()
          try channel.pipeline.syncOperations.addHandler(boundHandler.value)
        }
      }
      .connect(to: socketAddress)
      .assumeIsolated()
      .whenFailure { error in
        handler.fail(.unreachable(self.address.description, reason: reason(of: error)))
      }
  }
}
