internal import CFuzzing
internal import Glibc

/// What one executable tries with the bytes that the fuzzer makes. It is made once and lives for all of them.
public protocol FuzzTarget: AnyObject {
  init() throws

  /// Traps if something is wrong; whatever the bytes are, they must do no harm.
  func run(_ bytes: [UInt8])
}

/// The fence around libFuzzer, which calls back with a pointer and a count.
public enum Fuzzer {
  // libFuzzer runs everything on one thread, and only after the target is set.
  nonisolated(unsafe) private static var target: (any FuzzTarget)?

  /// Runs the target as the command line says (`-max_total_time=10 CORPUS SEEDS`); does not come back.
  public static func run(_ type: (some FuzzTarget).Type) -> Never {
    do {
      unsafe target = try type.init()
    } catch {
      fail("the target cannot be made: \(error)")
    }
    var count = CommandLine.argc
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe CommandLine.unsafeArgv
    exit(unsafe LLVMFuzzerRunDriver(&count, &arguments, call))
  }

  /// What libFuzzer calls. A closure in a generic function could not be a C function.
  private static let call: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt = { start, count in
    // The bytes belong to libFuzzer and live for this call.
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    unsafe target?.run(bytes)
    return 0
  }

  /// Says what is wrong and ends the process, so that libFuzzer keeps the input.
  public static func fail(_ message: String) -> Never {
    fatalError(message)
  }

  /// Fails unless `condition` holds.
  public static func expect(_ condition: Bool, _ message: @autoclosure () -> String) {
    if !condition { fail(message()) }
  }
}
