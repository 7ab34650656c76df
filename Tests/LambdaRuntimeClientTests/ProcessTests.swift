import Testing

@testable import LambdaRuntimeClient

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the process does as a whole, in processes of their own.
@Suite(.timeLimit(.minutes(1)))
struct ProcessTests {
  @Test("SIGTERM and SIGINT end the process with status 0")
  func signals() async {
    await #expect(processExitsWith: .exitCode(0)) {
      endOnTerminationSignals()
      raise(SIGTERM)
      exit(7)
    }
    await #expect(processExitsWith: .exitCode(0)) {
      endOnTerminationSignals()
      raise(SIGINT)
      exit(7)
    }
  }

  @Test("A reader of stderr that has gone away does not end the process")
  func closedStandardError() async {
    await #expect(processExitsWith: .exitCode(7)) {
      // The test's parent may have blocked it, and then nothing could end this process.
      var signals = sigset_t()
      unsafe sigemptyset(&signals)
      unsafe sigaddset(&signals, SIGPIPE)
      unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
      endOnTerminationSignals()
      raise(SIGPIPE)
      exit(7)
    }
  }

  @Test("An error ends the process with its status and one line on stderr")
  func endsWithError() async throws {
    let misused = try #require(
      await #expect(processExitsWith: .exitCode(2), observing: [\.standardErrorContent]) { endProcess(.notOnLambda) })
    #expect(String(decoding: misused.standardErrorContent, as: UTF8.self).hasSuffix("sluice-lambda: \(RuntimeError.notOnLambda)\n"))
    let failed = try #require(
      await #expect(processExitsWith: .exitCode(1), observing: [\.standardErrorContent]) {
        endProcess(.noProgress(attempts: 8, reason: "why"))
      })
    #expect(String(decoding: failed.standardErrorContent, as: UTF8.self).contains("8 tries"))
  }
}
