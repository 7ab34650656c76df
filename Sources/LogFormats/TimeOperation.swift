import LogBytes

extension TimeScanning {
  /// One step of a compiled layout.
  ///
  /// Most layouts consist of pairs of digits and single bytes at known places. Up to eight such bytes make a block, which is checked and
  /// read by arithmetic on one word, all bytes at once: `%H:%M:%S` is a single block.
  struct Operation: Sendable, BitwiseCopyable {
    enum Code: UInt8, Sendable {
      case block, looseMonth, looseDay, looseHour, looseMinute, looseSecond, paddedDay, paddedHour, monthName, dayName, hourOfHalf, half,
        dayOfYear, fraction, looseMilliseconds, optionalFraction, offset, zoneName, epochSeconds
      /// `%y`, whose century hangs on its value.
      case shortYear
    }

    // In an order without gaps (`ImageCoder`).
    var presence: TimeParts.Presence = []
    /// Month names of the format's own: a range of the words' pool.
    var nameCount: UInt16 = 0
    var firstName: UInt32 = 0
    /// Block: the literal bytes, and `0` for each digit.
    var expected: UInt64 = 0
    /// Block: 0xff for each of its bytes.
    var used: UInt64 = 0
    /// Block: what lifts the top bit of a byte that is wrong: a digit above 9, a literal that differs.
    var check: UInt64 = 0
    /// Block: 0xff for the first byte of each pair, where its value appears.
    var pairs: UInt64 = 0
    /// Block: what lifts the top bit of a value that is too great.
    var greatest: UInt64 = 0
    /// Block: the top bit of each pair that must not be zero.
    var positive: UInt64 = 0
    /// Block: for each pair, where its value appears and its place in `TimeParts.digits`: two bytes a pair.
    var moves: UInt64 = 0
    var code: Code
    /// Block: its bytes and its pairs.
    var width: UInt8 = 0
    var pairCount: UInt8 = 0

    init(_ code: Code) {
      self.code = code
    }
  }

  /// The steps of a layout.
  ///
  /// - Parameter firstName: where the layout's own month names stand in the words' pool.
  static func operations(of layout: TimeLayout, firstName: Int) -> [Operation] {
    var steps: [Operation] = []
    for part in layout.parts {
      let units = blockUnits(of: part)
      for unit in units {
        if steps.last?.code != .block || Int(steps[steps.count - 1].width) + unit.width > 8 { steps.append(Operation(.block)) }
        steps[steps.count - 1].append(unit)
      }
      if units.isEmpty { steps.append(operation(of: part, firstName: firstName)) }
    }
    return steps
  }

  /// What a block consists of: a byte, or a pair of digits.
  fileprivate enum BlockUnit {
    case literal(UInt8)
    case pair(TimeParts.Place, ClosedRange<UInt8>, TimeParts.Presence)

    var width: Int {
      switch self {
      case .literal: 1
      case .pair: 2
      }
    }
  }

  /// A part as units of blocks; none if its width varies or it is no number.
  private static func blockUnits(of part: TimePart) -> [BlockUnit] {
    switch part {
    case .literal(let byte): [.literal(byte)]
    case .year: [.pair(.century, 0...99, .year), .pair(.yearOfCentury, 0...99, .year)]
    case .month: [.pair(.month, 1...12, .month)]
    case .day: [.pair(.day, 1...31, .day)]
    case .hour: [.pair(.hour, 0...24, .hour)]
    case .minute: [.pair(.minute, 0...59, [])]
    case .second: [.pair(.second, 0...60, [])]
    default: []
    }
  }

  private static func operation(of part: TimePart, firstName: Int) -> Operation {
    switch part {
    case .monthName(let own):
      var operation = Operation(.monthName)
      operation.nameCount = UInt16(own.count)
      operation.firstName = UInt32(firstName)
      return operation
    case .shortYear: return Operation(.shortYear)
    case .looseMonth: return Operation(.looseMonth)
    case .looseDay: return Operation(.looseDay)
    case .looseHour: return Operation(.looseHour)
    case .looseMinute: return Operation(.looseMinute)
    case .looseSecond: return Operation(.looseSecond)
    case .paddedDay: return Operation(.paddedDay)
    case .paddedHour: return Operation(.paddedHour)
    case .dayName: return Operation(.dayName)
    case .hourOfHalf: return Operation(.hourOfHalf)
    case .half: return Operation(.half)
    case .dayOfYear: return Operation(.dayOfYear)
    case .fraction: return Operation(.fraction)
    case .looseMilliseconds: return Operation(.looseMilliseconds)
    case .optionalFraction: return Operation(.optionalFraction)
    case .offset: return Operation(.offset)
    case .zoneName: return Operation(.zoneName)
    case .epochSeconds: return Operation(.epochSeconds)
    case .literal, .year, .month, .day, .hour, .minute, .second: preconditionFailure("part of a block")
    }
  }
}

extension TimeScanning.Operation {
  fileprivate mutating func append(_ unit: TimeScanning.BlockUnit) {
    let shift = UInt64(width) * 8
    switch unit {
    case .literal(let byte):
      expected |= UInt64(byte) << shift
      used |= 0xff << shift
      // The difference is 0 or lifts the top bit.
      check |= 0x7f << shift
    case .pair(let place, let range, let presence):
      expected |= 0x3030 << shift
      used |= 0xffff << shift
      // 0x76 and a digit stay below 0x80.
      check |= 0x7676 << shift
      pairs |= 0xff << shift
      greatest |= UInt64(0x7f - range.upperBound) << shift
      if range.lowerBound > 0 { positive |= 0x80 << shift }
      moves |= (shift | UInt64(place.rawValue) << 8) << UInt64(16 * pairCount)
      pairCount += 1
      self.presence.formUnion(presence)
    }
    width += UInt8(unit.width)
  }

  /// Checks and reads a block at `start`; false if it does not stand there.
  @inline(__always)
  func readBlock(_ text: Span<UInt8>, _ start: Int, into parts: inout TimeParts) -> Bool {
    guard start &+ Int(width) <= text.count else { return false }
    let tops: UInt64 = 0x8080_8080_8080_8080
    // Now literals are 0 and digits 0 to 9, or a top bit is set or gets set.
    let difference = (loadWord(text, at: start) ^ expected) & used
    // The value of each pair appears in its first byte; no byte exceeds 99, so nothing is carried.
    let values = (difference &* 10 &+ difference &>> 8) & pairs
    guard ((difference &+ check) | difference) & tops == 0, (values &+ greatest) & tops == 0,
      // 0x7f lifts the top bit of all values but 0.
      (values &+ (positive &- positive &>> 7)) & positive == positive
    else { return false }
    var moves = moves
    for _ in 0..<pairCount {
      parts.digits |= (values &>> (moves & 0x3f) & 0xff) &<< (moves &>> 8 & 0x3f)
      moves &>>= 16
    }
    parts.presence.formUnion(presence)
    return true
  }
}
