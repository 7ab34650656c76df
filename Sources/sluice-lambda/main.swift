import LambdaRuntimeClient

// The function's whole life: it is set up once, then answers invocations until the service ends it.

endOnTerminationSignals()
let logger = RuntimeLogHandler.makeLogger()
do throws(RuntimeError) {
  let client = try RuntimeClient(logger: logger)
  try client.run { () throws(InvocationFailure) in try TransformationResponder() }
} catch {
  endProcess(error)
}
