public import LogBytes

/// Decodes a file or pipe as it comes: codecs by magic number, up to three inside of each other, in constant memory.
///
/// Append input, then call `decode` until it says that it has no more. What stands before a mistake is delivered before the error. What
/// comes out is the same however the input was cut.
public struct StreamDecoder: ~Copyable {
  /// Bytes that one call of `decode` takes out of a compression at most.
  public static let windowBytes = 256 << 10

  /// The decoders from outside in.
  private var layers: [WindowDecoder] = []
  /// What came out of the last layer, or of no layer, and is not yet known to be plain.
  private var front = ByteOutput(capacity: 1 << 12)
  /// What comes out of the last layer is plain.
  private var isPlain = false
  private var isComplete = false
  /// Thrown once all that stands before it is delivered.
  private var failure: CodecError?
  private let greatestDepth: Int

  /// - Parameter depth: the layers that are already around the stream.
  public init(depth: Int = 0) {
    greatestDepth = Codec.greatestDepth - depth
  }

  /// Bytes decoded up to now, over all layers.
  public var decodedBytes: Int { layers.reduce(0) { $0 + $1.decodedBytes } }

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

  /// Writes what can be written, a window of it. False when there is no more without further input, or at the end.
  public mutating func decode(into output: inout ByteOutput) throws(CodecError) -> Bool {
    let start = output.count
    while output.count == start {
      if isPlain, !front.isEmpty {
        output.append(front.span)
        front.removeAll()
        return true
      }
      if let failure { throw failure }
      do throws(CodecError) {
        let progress = isPlain ? try pull(into: &output) : try look()
        if progress == .needsInput || progress == .ended { return false }
      } catch {
        fail(error)
      }
    }
    return true
  }

  /// Lets the last layer fill the front, and decides what that is.
  private mutating func look() throws(CodecError) -> WindowDecoder.Progress {
    let isWhole = layers.last?.hasEnded ?? isComplete
    if isWhole || front.count >= Codec.evidenceBytes || front.count >= Codec.magicBytes && Codec.detect(front.span) != .zlib {
      return try decide(isComplete: isWhole)
    }
    var window = ByteOutput(capacity: 0)
    swap(&window, &front)
    defer { swap(&window, &front) }
    // At the end of the last layer there is more to do: to decide.
    return try pull(into: &window) == .needsInput ? .needsInput : .produced
  }

  private mutating func decide(isComplete: Bool) throws(CodecError) -> WindowDecoder.Progress {
    guard let codec = try Codec.find(in: front.span, isComplete: isComplete) else {
      isPlain = true
      return front.isEmpty ? .ended : .produced
    }
    guard layers.count < greatestDepth else { throw .tooDeep(codec) }
    let layer = WindowDecoder(codec)
    layer.append(front.span)
    front.removeAll()
    layers.append(layer)
    return .produced
  }

  /// A layer is broken, and says so at every further call. What came out before is delivered first, or decoded if it is compressed.
  private mutating func fail(_ error: CodecError) {
    failure = error
    if !isPlain, !front.isEmpty {
      do throws(CodecError) {
        if try decide(isComplete: false) == .produced { failure = nil }
      } catch {
        failure = error
        front.removeAll()
      }
    }
    if failure != nil { isPlain = true }
  }

  /// One window out of the last layer.
  private func pull(into output: inout ByteOutput) throws(CodecError) -> WindowDecoder.Progress {
    layers.isEmpty ? .needsInput : try step(layers.count - 1, into: &output)
  }

  /// One window of a layer; the layer around it is asked for input where it needs some.
  private func step(_ index: Int, into output: inout ByteOutput) throws(CodecError) -> WindowDecoder.Progress {
    let layer = layers[index]
    let isLast = index == 0 ? isComplete : layers[index - 1].hasEnded
    let progress = try layer.decode(into: &output, room: Self.windowBytes, isLast: isLast)
    guard progress == .needsInput, index > 0 else { return progress }
    var window = ByteOutput(capacity: 1 << 12)
    do throws(CodecError) {
      let progress = try step(index - 1, into: &window)
      layer.append(window.span)
      return progress == .needsInput && window.isEmpty ? .needsInput : .produced
    } catch {
      // What stands before the mistake goes through this layer first; then the layer around it says it again.
      if window.isEmpty { throw error }
      layer.append(window.span)
      return .produced
    }
  }
}
