/// Why the client ended. Its description is the line that the user reads.
public enum RuntimeError: Error, Equatable, CustomStringConvertible {
  /// `AWS_LAMBDA_RUNTIME_API` is not set.
  case notOnLambda
  /// `AWS_LAMBDA_RUNTIME_API` is set to what is no address.
  case addressNotUnderstood(String, reason: String)
  /// The name in `AWS_LAMBDA_RUNTIME_API` has no address here.
  case nameNotResolved(String)
  /// Nothing listens at the address, or nothing can get there.
  case unreachable(String, reason: String)
  /// The Runtime API answered a call with a status that says: end.
  case refused(call: String, status: UInt, answer: String)
  /// Several tries in a row led to nothing.
  case noProgress(attempts: Int, reason: String)
  /// The function could not be set up; the service has been told.
  case initialization(InvocationFailure)

  public var description: String {
    switch self {
    case .notOnLambda:
      """
      AWS_LAMBDA_RUNTIME_API is not set. This program is an AWS Lambda function, the transformation of an Amazon Data Firehose stream: \
      Lambda starts it and sets that variable. To try it on this machine: sluice invoke EVENT.json
      """
    case .addressNotUnderstood(let text, let reason):
      "AWS_LAMBDA_RUNTIME_API is \"\(text)\": \(reason). It must be HOST:PORT, such as 127.0.0.1:9001."
    case .nameNotResolved(let name):
      "the name \"\(name)\" in AWS_LAMBDA_RUNTIME_API has no address here. Give the address as a number, such as 127.0.0.1:9001."
    case .unreachable(let address, let reason):
      "no connection to the Lambda Runtime API at \(address): \(reason). Is the emulator, or the service, still running?"
    case .refused(let call, let status, let answer):
      "the Lambda Runtime API answered \(call) with status \(status)\(answer.isEmpty ? "" : ": \(answer)"). The environment cannot go on."
    case .noProgress(let attempts, let reason):
      "the Lambda Runtime API gave no work in \(attempts) tries; the last one: \(reason)."
    case .initialization(let failure):
      "the function could not start: \(failure.message) [\(failure.errorType)]"
    }
  }

  /// 2 where the program was started in a way in which it cannot work, else 1.
  public var exitStatus: Int32 {
    switch self {
    case .notOnLambda, .addressNotUnderstood: 2
    case .nameNotResolved, .unreachable, .refused, .noProgress, .initialization: 1
    }
  }
}
