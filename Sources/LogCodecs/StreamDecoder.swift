public import LogBytes

/// Decodes a file or pipe as it comes: codecs by magic number, up to three inside of each other, in constant memory.
///
/// Append input, then call `decode` until it says that it has no more. What stands before a mistake is delivered before the error.
public struct StreamDecoder: ~Copyable {
  /// Bytes that one call of `decode` writes at most.
  public static let windowBytes = 256 << 10

  /// The decoders from outside in; what comes out of the last is plain.
  private var layers: [WindowDecoder] = []
  /// What came out of the last layer and is not yet known to be plain.
  private var front = ByteOutput(capacity: 1 << 12)
  private var isPlain = false
  private var isComplete = false
  private var failure: CodecError?

  public init() {}

  /// The codecs found up to now, from outside in.
  public var codecs: [Codec] { layers.map(\.codec) }

  /// True once it is known that input is passed on as it is: the caller may then skip the decoder.
  public var passesThrough: Bool { isPlain && layers.isEmpty && front.isEmpty }

  /// Adds input.
  public mutating func append(_ input: Span<UInt8>) {
    if let first = layers.first {
      first.append(input)
    } else {
      front.append(input)
    }
  }

  /// No more input comes.
  public mutating func finish() {
    isComplete = true
  }

  /// Writes what can be written, at most a window. False when there is no more without further input, or at the end.
  public mutating func decode(into output: inout ByteOutput) throws(CodecError) -> Bool {
    let start = output.count
    while output.count == start {
      if isPlain, !front.isEmpty {
        output.append(front.span)
        front.removeAll()
        return true
      }
      if layers.isEmpty {
        if isPlain || front.isEmpty { return false }
        guard try findLayer() else { return false }
        continue
      }
      if let failure {
        if isPlain || front.isEmpty { throw failure }
        isPlain = true
        continue
      }
      guard try pull(&output) else { return false }
    }
    return true
  }

  /// Decides what the front is; false if more input is needed for that.
  private mutating func findLayer() throws(CodecError) -> Bool {
    if front.count < Codec.magicBytes, !isInputOfFrontComplete { return false }
    if let name = Codec.unsupported(front.span) { throw .unsupported(name) }
    guard let codec = Codec.detect(front.span), codec != .zlib || isZlib() else {
      isPlain = true
      return true
    }
    guard layers.count < Codec.greatestDepth else { throw .tooDeep(codec) }
    let layer = WindowDecoder(codec)
    layer.append(front.span)
    front.removeAll()
    layers.append(layer)
    return true
  }

  private var isInputOfFrontComplete: Bool { layers.last?.hasEnded ?? isComplete || failure != nil }

  /// A zlib header may be the start of a text: its first block must decode.
  private func isZlib() -> Bool {
    guard UInt16(front.span[0]) << 8 | UInt16(front.span[1]) != 0, (Int(front.span[0]) * 256 + Int(front.span[1])) % 31 == 0 else {
      return false
    }
    let trial = WindowDecoder(.zlib)
    trial.append(front.span)
    var output = ByteOutput(capacity: 1 << 12)
    do throws(CodecError) {
      _ = try trial.decode(into: &output, room: 1 << 12, isLast: false)
      return true
    } catch {
      return !Codec.looksLikeText(front.span)
    }
  }

  /// Moves one window through the layers. False if input is needed.
  private mutating func pull(_ output: inout ByteOutput) throws(CodecError) -> Bool {
    let index = layers.count - 1
    do throws(CodecError) {
      let progress = isPlain ? try step(index, into: &output) : try stepToFront(index)
      switch progress {
      case .produced: break
      case .needsInput: return false
      case .ended:
        if front.isEmpty || isPlain { return false }
        guard try findLayer() else { isPlain = true; return true }
        return true
      }
    } catch {
      failure = error
      return true
    }
    if !isPlain, !front.isEmpty { _ = try findLayer() }
    return true
  }

  private mutating func stepToFront(_ index: Int) throws(CodecError) -> WindowDecoder.Progress {
    var window = ByteOutput(capacity: 0)
    swap(&window, &front)
    defer { swap(&window, &front) }
    return try step(index, into: &window)
  }

  /// One window of a layer; layers below it are asked for input where it needs some.
  private func step(_ index: Int, into output: inout ByteOutput) throws(CodecError) -> WindowDecoder.Progress {
    let layer = layers[index]
    let isLast = index == 0 ? isComplete : layers[index - 1].hasEnded
    let progress = try layer.decode(into: &output, room: Self.windowBytes, isLast: isLast)
    guard progress == .needsInput, index > 0 else { return progress }
    var window = ByteOutput(capacity: 1 << 12)
    let below = try step(index - 1, into: &window)
    layer.append(window.span)
    return below == .needsInput ? .needsInput : .produced
  }
}
