import FirehoseTransformation
import TestSupport
import Testing

/// A function on the wrong trigger says which one it looks like.
struct ForeignEventTests {
  @Test(arguments: [
    ("{\"awslogs\":{\"data\":\"H4sIAAAAAAAA\"}}", "CloudWatch Logs subscription"),
    ("{\"Records\":[{\"kinesis\":{\"partitionKey\":\"p\",\"data\":\"YQ==\"},\"eventSource\":\"aws:kinesis\"}]}", "Records[].kinesis"),
    ("{\"Records\":[{\"eventSource\":\"aws:s3\",\"s3\":{\"bucket\":{\"name\":\"b\"}}}]}", "Records[].s3"),
    ("{\"Records\":[{\"messageId\":\"m\",\"receiptHandle\":\"h\",\"body\":\"b\",\"eventSource\":\"aws:sqs\"}]}", "SQS"),
    ("{\"Records\":[{\"EventSource\":\"aws:sns\",\"Sns\":{\"Message\":\"m\"}}]}", "SNS"),
    ("{\"Records\":[{\"eventSource\":\"aws:dynamodb\",\"dynamodb\":{}}]}", "DynamoDB"),
    ("{\"Records\":[{\"eventSource\":\"aws:codecommit\"}]}", "an event of aws:codecommit"),
    ("{\"eventSource\":\"aws:kafka\",\"records\":{\"topic-0\":[{\"value\":\"YQ==\"}]}}", "aws:kafka"),
    ("{\"requestId\":\"r\",\"timestamp\":1,\"records\":[{\"data\":\"YQ==\"}]}", "HTTP endpoint destination"),
    ("{\"version\":\"2.0\",\"requestContext\":{\"http\":{}},\"body\":\"\"}", "function URL"),
    ("{\"detail-type\":\"Scheduled Event\",\"source\":\"aws.events\",\"detail\":{}}", "EventBridge"),
    ("{}", "it has no \"records\""), ("[]", "it has no \"records\""), ("null", "it has no \"records\""),
    ("\"records\"", "it has no \"records\""),
    ("{\"Records\":[]}", "it has no \"records\""), ("{\"Records\":7}", "it has no \"records\""),
    ("{\"records\":{}}", "its \"records\" are no array"), ("{\"records\":null}", "its \"records\" are no array"),
    ("{\"records\":[1,2]}", "its records are not of the right shape"), ("{\"records\":[[]]}", "its records are not of the right shape"),
  ])
  func `the error names the trigger and what to do`(body: String, name: String) {
    for text in [body, " \(body)\n"] {
      let error = #expect(throws: TransformationError.self) { try transform(bytes(text)) }
      #expect(error?.code == .foreignEvent)
      #expect(error?.description.contains(name) == true, "\(error?.description ?? "")")
      #expect(error?.description.contains("transformation settings") == true)
    }
  }
}
