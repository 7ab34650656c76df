import Foundation
import Testing

/// A folder of its own for each test, in which the built `sluice` runs.
final class SluiceFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("sluice-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  func write(_ name: String, _ text: String) throws {
    try write(name, Data(text.utf8))
  }

  func write(_ name: String, _ data: Data) throws {
    try data.write(to: url.appendingPathComponent(name))
  }

  func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: url.appendingPathComponent(name)), as: UTF8.self)
  }

  /// Runs `sluice` with these arguments and this standard input, and waits for its end.
  func run(_ arguments: String..., input: Data = Data(), output: String? = nil) throws -> SluiceResult {
    try write(".input", input)
    let process = try process(arguments)
    process.standardInput = try FileHandle(forReadingFrom: url.appendingPathComponent(".input"))
    let outputURL = output.map { URL(fileURLWithPath: $0) } ?? url.appendingPathComponent(".output")
    if output == nil { try write(".output", "") }
    try write(".errors", "")
    process.standardOutput = try FileHandle(forWritingTo: outputURL)
    process.standardError = try FileHandle(forWritingTo: url.appendingPathComponent(".errors"))
    try process.run()
    process.waitUntilExit()
    return SluiceResult(
      status: process.terminationStatus, ended: process.terminationReason == .exit, output: output == nil ? try read(".output") : "",
      errors: try read(".errors"))
  }

  /// Runs a line of the shell, in which `$0` is `sluice`.
  func shell(_ line: String) throws -> SluiceResult {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line, SluiceBinary.url?.path ?? ""]
    process.currentDirectoryURL = url
    for name in [".output", ".errors"] { try write(name, "") }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: url.appendingPathComponent(".output"))
    process.standardError = try FileHandle(forWritingTo: url.appendingPathComponent(".errors"))
    try process.run()
    process.waitUntilExit()
    return SluiceResult(
      status: process.terminationStatus, ended: process.terminationReason == .exit, output: try read(".output"), errors: try read(".errors")
    )
  }

  /// A process that is ready to run in the folder.
  func process(_ arguments: [String]) throws -> Process {
    let process = Process()
    process.executableURL = SluiceBinary.url
    process.arguments = arguments
    process.currentDirectoryURL = url
    return process
  }
}

/// What a run left.
struct SluiceResult {
  let status: Int32
  /// False if a signal ended it.
  let ended: Bool
  let output: String
  let errors: String

  var outputLines: [Substring] { output.split(separator: "\n") }
  var errorLines: [Substring] { errors.split(separator: "\n") }
}

/// The executable that the build left beside the tests.
enum SluiceBinary {
  static let url: URL? = {
    let bundles = CommandLine.arguments.filter { $0.contains(".xctest") } + [Bundle.main.executablePath ?? ""]
    for bundle in bundles {
      var folder = URL(fileURLWithPath: bundle)
      while folder.path != "/" {
        let candidate = folder.appendingPathComponent("sluice")
        let values = try? candidate.resourceValues(forKeys: [.isRegularFileKey])
        if values?.isRegularFile == true { return candidate }
        folder.deleteLastPathComponent()
      }
    }
    return nil
  }()

  static var isBuilt: Bool { url != nil }
}

/// Tests of the command line need the executable; without it they are skipped, and the run says so.
let needsBinary: any SuiteTrait & TestTrait = .enabled(
  if: SluiceBinary.isBuilt, "the executable 'sluice' is not beside the tests: build it")
