import CDeflate
import LogBytes

/// Packs a log into a Firehose transformation event, as a delivery stream with Direct PUT would hand it over.
struct EventBuilder {
  /// The most bytes of log in a record; records end with a line.
  let recordSize: Int
  let compresses: Bool

  func append(_ log: Span<UInt8>, to output: inout ByteOutput) {
    output.append("{\"invocationId\":\"bench\",\"deliveryStreamArn\":\"arn:aws:firehose:eu-north-1:111122223333:deliverystream/bench\",")
    output.append("\"region\":\"eu-north-1\",\"records\":[")
    var start = 0
    var number = 0
    while start < log.count {
      let end = recordEnd(log, from: start)
      if number > 0 { output.append(ASCII.comma) }
      output.append("{\"recordId\":\"")
      output.append(decimal: 49_000_000_000_000 + number)
      output.append("\",\"approximateArrivalTimestamp\":1787306400000,\"data\":\"")
      appendData(log.extracting(start..<end), to: &output)
      output.append("\"}")
      number += 1
      start = end
    }
    output.append("]}")
  }

  private func recordEnd(_ log: Span<UInt8>, from start: Int) -> Int {
    if log.count - start <= recordSize { return log.count }
    let lineEnd = lastIndex(of: ASCII.lineFeed, in: log, before: start + recordSize)
    return lineEnd >= start ? lineEnd + 1 : start + recordSize
  }

  private func appendData(_ log: Span<UInt8>, to output: inout ByteOutput) {
    guard compresses else {
      Base64.encode(log, into: &output)
      return
    }
    var packed = ByteOutput(capacity: log.count)
    compress(log, into: &packed)
    Base64.encode(packed.span, into: &output)
  }

  private func compress(_ log: Span<UInt8>, into output: inout ByteOutput) {
    // The compressor lives for this call; the bound is the room that it may need.
    let compressor = unsafe libdeflate_alloc_compressor(6)
    defer { unsafe libdeflate_free_compressor(compressor) }
    let bound = unsafe libdeflate_gzip_compress_bound(compressor, log.count)
    unsafe output.appendUnsafe(room: bound) { room in
      unsafe log.withUnsafeBytes { bytes in
        unsafe libdeflate_gzip_compress(compressor, bytes.baseAddress, bytes.count, room, bound)
      }
    }
  }
}
