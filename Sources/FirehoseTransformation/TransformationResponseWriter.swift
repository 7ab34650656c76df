import LogBytes

/// Writes a response: no white space, the keys in the order recordId, result, data, the ids as they came.
///
/// Source: AWS documentation, "Required parameters for data transformation". `Dropped` and `ProcessingFailed` carry no data: the service
/// keeps the original of a failed record itself.
struct TransformationResponseWriter {
  private var isFirst = true

  mutating func begin(_ response: inout ByteOutput) {
    response.append("{\"records\":[")
  }

  /// - Parameter id: the JSON text of the id.
  mutating func appendOk(id: Span<UInt8>, data: Span<UInt8>, isKafka: Bool, to response: inout ByteOutput) {
    appendID(id, &response)
    if isKafka {
      response.append(",\"result\":\"Ok\",\"kafkaRecordValue\":\"")
    } else {
      response.append(",\"result\":\"Ok\",\"data\":\"")
    }
    Base64.encode(data, into: &response)
    response.append("\"}")
  }

  mutating func appendDropped(id: Span<UInt8>, to response: inout ByteOutput) {
    appendID(id, &response)
    response.append(",\"result\":\"Dropped\"}")
  }

  mutating func appendFailed(id: Span<UInt8>, to response: inout ByteOutput) {
    appendID(id, &response)
    response.append(",\"result\":\"ProcessingFailed\"}")
  }

  mutating func end(_ response: inout ByteOutput) {
    response.append("]}")
  }

  private mutating func appendID(_ id: Span<UInt8>, _ response: inout ByteOutput) {
    if isFirst {
      response.append("{\"recordId\":")
      isFirst = false
    } else {
      response.append(",{\"recordId\":")
    }
    response.append(id)
  }
}
