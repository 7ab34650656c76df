import LogBytes
import LogJSON

/// The names in an event that mean something here.
enum JSONName {
  case records, sourceKinesisStreamARN, sourceMSKARN
  case recordID, data, kafkaRecordValue, approximateArrivalTimestamp, recordMetadata
  case other

  /// The name of the member that a walk stands at.
  init(_ members: JSONMembers, _ event: Span<UInt8>) {
    if members.keyHasEscapes {
      var plain = ByteOutput(capacity: members.key.count)
      plain.appendJSONUnescaped(event.extracting(members.key))
      self.init(plain.span)
    } else {
      self.init(event.extracting(members.key))
    }
  }

  private init(_ key: Span<UInt8>) {
    let name: JSONName
    let text: StaticString
    switch key.count {
    case 4: (name, text) = (.data, "data")
    case 7: (name, text) = (.records, "records")
    case 8: (name, text) = (.recordID, "recordId")
    case 12: (name, text) = (.sourceMSKARN, "sourceMSKArn")
    case 16: (name, text) = (.kafkaRecordValue, "kafkaRecordValue")
    case 17: (name, text) = (.recordMetadata, "mskRecordMetadata")
    case 21: (name, text) = (.recordMetadata, "kinesisRecordMetadata")
    case 22: (name, text) = (.sourceKinesisStreamARN, "sourceKinesisStreamArn")
    case 27: (name, text) = (.approximateArrivalTimestamp, "approximateArrivalTimestamp")
    default:
      self = .other
      return
    }
    // The text has as many bytes as the key: the case above says so, and a test proves it.
    precondition(text.utf8CodeUnitCount == key.count, "a name under a wrong length")
    for index in key.indices {
      // index < key.count, which is the text's count.
      if unsafe key[index] != text.utf8Start[index] {
        self = .other
        return
      }
    }
    self = name
  }
}
