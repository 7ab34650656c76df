/// Calls `body` with every way to cut `whole` into two parts, the empty ones included: `whole.count + 1` calls.
public func forEachSplit(of whole: [UInt8], _ body: (_ first: [UInt8], _ second: [UInt8]) throws -> Void) rethrows {
  for cut in 0...whole.count {
    try body(Array(whole[..<cut]), Array(whole[cut...]))
  }
}

/// Calls `body` with `whole` cut into parts of each size from 1 to `whole.count`; the last part may be shorter. Nothing for no bytes.
public func forEachPartition(of whole: [UInt8], _ body: (_ parts: [[UInt8]]) throws -> Void) rethrows {
  if whole.isEmpty { return }
  for size in 1...whole.count {
    try body(stride(from: 0, to: whole.count, by: size).map { Array(whole[$0..<min($0 + size, whole.count)]) })
  }
}

/// `whole` cut into parts of random sizes from 0 to `largest`.
public func randomParts(of whole: [UInt8], largest: Int, using generator: inout SeededGenerator) -> [[UInt8]] {
  var parts: [[UInt8]] = []
  var start = 0
  while start < whole.count {
    let end = min(start + Int.random(in: 0...largest, using: &generator), whole.count)
    parts.append(Array(whole[start..<end]))
    start = end
  }
  return parts
}
