import LogBytes
import LogJSON

/// An event that is none of Firehose's transformation: what it looks like, and what to do about it.
///
/// People wire a function to the wrong trigger; the error they then read should name it. Only events that failed come here, so that this
/// may be slow.
struct ForeignEvent {
  let explanation: String

  /// - Parameter event: a valid JSON value with blanks around it.
  init(_ event: Span<UInt8>) {
    let advice =
      "This function transforms the records of a delivery stream: remove that trigger, and name the function in the stream's transformation "
      + "settings (ProcessingConfiguration, a processor of type Lambda)."
    if let trigger = Self.trigger(event) {
      explanation = "the event is no transformation event of Amazon Data Firehose: it looks like \(trigger). \(advice)"
    } else {
      explanation = "the event is no transformation event of Amazon Data Firehose: \(Self.lack(event)). \(advice)"
    }
  }

  private static func lack(_ event: Span<UInt8>) -> String {
    guard let records = member("records", of: event) else { return "it has no \"records\"" }
    return event[records.lowerBound] == ASCII.leftBracket ? "its records are not of the right shape" : "its \"records\" are no array"
  }

  private static func trigger(_ event: Span<UInt8>) -> String? {
    if member("awslogs", of: event) != nil {
      return
        "a CloudWatch Logs subscription that calls the function itself (\"awslogs\"): let the subscription filter send to the delivery "
        + "stream instead"
    }
    if let list = member("Records", of: event) { return trigger(ofRecords: event.extracting(list)) }
    if let records = member("records", of: event) {
      if ["aws:kafka", "SelfManagedKafka"].contains(string("eventSource", of: event)) || member("bootstrapServers", of: event) != nil {
        return "an event source mapping of MSK or Kafka (\"eventSource\": \"aws:kafka\"): let the delivery stream read the cluster instead"
      }
      if member("requestId", of: event) != nil, event[records.lowerBound] == ASCII.leftBracket {
        return "a request to an HTTP endpoint destination (\"requestId\", and records without \"recordId\")"
      }
    }
    if member("requestContext", of: event) != nil || member("httpMethod", of: event) != nil {
      return "an HTTP request from API Gateway, a load balancer or a function URL (\"requestContext\")"
    }
    if member("detail-type", of: event) != nil {
      return "an EventBridge event (\"detail-type\"): let the rule send to the delivery stream instead"
    }
    return nil
  }

  private static func trigger(ofRecords list: Span<UInt8>) -> String? {
    var elements = JSONElements(array: 0)
    guard case .value = elements.next(in: list, after: -1) else { return nil }
    let first = list.extracting(droppingFirst: elements.value)
    let source = string("eventSource", of: first) ?? string("EventSource", of: first) ?? ""
    if member("kinesis", of: first) != nil || source == "aws:kinesis" {
      return
        "an event source mapping of a Kinesis data stream (\"Records[].kinesis\"): let the delivery stream read the data stream instead"
    }
    if member("s3", of: first) != nil || source == "aws:s3" {
      return "a notification of S3 (\"Records[].s3\"): the function reads no objects"
    }
    if source == "aws:sqs" || member("receiptHandle", of: first) != nil {
      return "an event source mapping of SQS (\"Records[].eventSource\": \"aws:sqs\")"
    }
    if source == "aws:sns" || member("Sns", of: first) != nil {
      return "a subscription of SNS (\"Records[].Sns\"): let the topic send to the delivery stream instead"
    }
    if source == "aws:dynamodb" || member("dynamodb", of: first) != nil {
      return "an event source mapping of a DynamoDB stream (\"Records[].dynamodb\")"
    }
    return source.isEmpty ? nil : "an event of \(source)"
  }

  /// The value of a member of the object that `text` begins with: the last one of that name.
  private static func member(_ name: String, of text: Span<UInt8>) -> Range<Int>? {
    var members = JSONMembers(object: JSONScanning.skipBlanks(text, from: 0))
    var end = -1
    var found: Range<Int>?
    while case .value = members.next(in: text, after: end) {
      end = JSONScanning.scanValue(text, from: members.value)
      if end >= 0, plain(text.extracting(members.key)) == name { found = members.value..<end }
    }
    return found
  }

  private static func string(_ name: String, of text: Span<UInt8>) -> String? {
    guard let value = member(name, of: text), text[value.lowerBound] == ASCII.quote else { return nil }
    return plain(text.extracting(value.lowerBound + 1..<value.upperBound - 1))
  }
}

/// The inside of a JSON string without its escapes; what is not UTF-8 shows as U+FFFD.
func plain(_ inside: Span<UInt8>) -> String {
  var plain = ByteOutput(capacity: inside.count)
  plain.appendJSONUnescaped(inside)
  var bytes: [UInt8] = []
  bytes.reserveCapacity(plain.count)
  for index in plain.span.indices { bytes.append(plain.span[index]) }
  return String(decoding: bytes, as: UTF8.self)
}
