import LogBytes

/// What types and times hold, as far as an automaton tells: never less than what `StrictScanning` and `TimeScanning` take.
extension PatternAutomaton {
  private static let digits = ByteSet(ASCII.zero...ASCII.nine)
  private static let letters = ByteSet(Array(ASCII.capitalA...ASCII.capitalZ) + Array(ASCII.smallA...ASCII.smallZ))

  mutating func add(_ type: StrictType) {
    switch type {
    case .enumeration(let words): add(words.map(\.word))
    case .levelWords(let words): add(words.map(\.word))
    case .flag(let text): add(text)
    case .layout(let layout):
      for part in layout.parts { add(part) }
    case .iso:
      for set in PositionSets.beginningOfISO { add(set) }
      add(PositionSets.endOfISO, least: 0, most: nil)
    case .uuid:
      for (number, width) in [8, 4, 4, 4, 12].enumerated() {
        if number > 0 { add([ASCII.minus]) }
        add(StrictType.hexDigits, least: width, most: width)
      }
    case .priority: add(Self.digits, least: 1, most: 3)
    case .clock:
      add(Self.digits, least: 1, most: 6)
      add([ASCII.colon])
      add(Self.digits, least: 2, most: 2)
      add(Self.digits.union(ByteSet(":.")), least: 0, most: nil)
    case .quoted:
      add([ASCII.quote])
      addRepeated { automaton in
        automaton.addChoice([
          { $0.add(ByteSet.all.subtracting(ByteSet(#"\""#))) },
          {
            $0.add([ASCII.backslash])
            $0.add(.all)
          },
        ])
      }
      add([ASCII.quote])
    case .quotedDoubled(let quote):
      add([quote])
      addRepeated { automaton in
        automaton.addChoice([{ $0.add(ByteSet.all.subtracting(ByteSet([quote]))) }, { $0.add([quote, quote]) }])
      }
      add([quote])
    case .data:
      addChoice([
        { $0.add([ASCII.minus]) },
        {
          $0.add([ASCII.leftBracket])
          $0.add(.all, least: 0, most: nil)
          $0.add([ASCII.rightBracket])
        },
      ])
    case .epoch(.hexadecimal): add(StrictType.hexDigits, least: 8, most: 8)
    case .epoch:
      add(Self.digits, least: 9, most: nil)
      addFraction(ByteSet("."))
    case .since:
      add(Self.digits, least: 1, most: nil)
      addFraction(ByteSet("."))
    case .hex:
      add(type.firstBytes)
      add(StrictType.hexDigits.union(ByteSet("xX")), least: 0, most: nil)
    case .grouped:
      add(Self.digits)
      add(Self.digits.union(ByteSet([ASCII.dot, ASCII.comma, ASCII.blank, 0xc2, 0xa0])), least: 0, most: nil)
    case .ip where tellsAddresses: addAddress()
    case .endpoint where tellsAddresses:
      addChoice([
        {
          $0.add([ASCII.leftBracket])
          $0.addAddress()
          $0.add([ASCII.rightBracket])
        },
        { $0.addAddress() },
      ])
      addOptional {
        $0.add([ASCII.colon])
        $0.add(Self.digits, least: 1, most: 5)
      }
    case .ip:
      add(type.firstBytes)
      add(PositionSets.addressBytes, least: 1, most: nil)
      addZone()
    case .endpoint:
      // An address in brackets, with a zone before the closing one, and a port.
      add(type.firstBytes)
      add(PositionSets.addressBytes, least: 1, most: nil)
      addZone()
      add(ByteSet("]:0123456789"), least: 0, most: nil)
    case .size, .duration:
      add(Self.digits)
      add(
        Self.digits.union(Self.letters).union(ByteSet([ASCII.dot, ASCII.colon, ASCII.blank, 0xc2, 0xb5, 0xce, 0xbc])), least: 0, most: nil)
    default:
      let (bytes, least) = PositionSets.content(of: type)
      let build: (inout PatternAutomaton) -> Void = {
        $0.add(type.firstBytes)
        $0.add(bytes, least: max(0, least - 1), most: nil)
      }
      if type.canBeEmpty { addOptional(build) } else { build(&self) }
    }
  }

  // MARK: Addresses

  /// An address by its groups: at least what `scanIPAddress` takes.
  private mutating func addAddress() {
    addChoice([{ $0.addIPv4Address() }, { $0.addGap() }, { $0.addGroups(behind: 0) }])
  }

  private mutating func addIPv4Address() {
    for number in 0..<4 {
      if number > 0 { add([ASCII.dot]) }
      add(Self.digits, least: 1, most: 3)
    }
  }

  /// `::` and what may follow it.
  private mutating func addGap() {
    add([ASCII.colon])
    addGapBehindColon()
  }

  private mutating func addGapBehindColon() {
    add([ASCII.colon])
    add(PositionSets.addressBytes, least: 0, most: nil)
    addZone()
  }

  /// The groups of an IPv6 address up to its gap or to its end, behind so many.
  private mutating func addGroups(behind count: Int) {
    add(StrictType.hexDigits, least: 1, most: 4)
    if count == 7 { return addZone() }
    add([ASCII.colon])
    var choices: [(inout PatternAutomaton) -> Void] = [{ $0.addGapBehindColon() }, { $0.addGroups(behind: count + 1) }]
    if count + 1 == 6 {
      choices.append {
        $0.addIPv4Address()
        $0.addZone()
      }
    }
    addChoice(choices)
  }

  /// Of an IPv6 address, or nothing.
  private mutating func addZone() {
    addOptional {
      $0.add([ASCII.percent])
      $0.add(Self.letters.union(Self.digits), least: 1, most: nil)
    }
  }

  private mutating func add(_ words: [[UInt8]]) {
    addChoice(words.map { word in { $0.add(word) } })
  }

  /// A sign and digits, or nothing.
  private mutating func addFraction(_ signs: ByteSet) {
    addOptional {
      $0.add(signs)
      $0.add(Self.digits, least: 1, most: nil)
    }
  }

  private mutating func add(_ part: TimePart) {
    switch part {
    case .literal(let byte): add([byte])
    case .year: add(Self.digits, least: 4, most: 4)
    case .shortYear, .month, .day, .hour, .minute, .second: add(Self.digits, least: 2, most: 2)
    case .looseMonth, .looseDay, .looseHour, .looseMinute, .looseSecond, .hourOfHalf: add(Self.digits, least: 1, most: 2)
    case .paddedDay, .paddedHour:
      add(ByteSet(" "), least: 0, most: 1)
      add(Self.digits, least: 1, most: 2)
    case .dayOfYear: add(Self.digits, least: 3, most: 3)
    case .monthName(let names):
      let bytes = names.reduce(into: Self.letters) { set, name in name.name.forEach { set.insertBothCases($0) } }
      add(bytes, least: min(3, names.map(\.name.count).min() ?? 3), most: nil)
    case .dayName: add(Self.letters, least: 3, most: nil)
    case .half:
      add(ByteSet("aApP"))
      add(ByteSet("mM"))
    case .fraction, .looseMilliseconds: add(Self.digits, least: 1, most: nil)
    case .optionalFraction: addFraction(ByteSet(".,"))
    case .offset: add(Self.digits.union(ByteSet("+-:ZUTCGM")), least: 1, most: nil)
    case .zoneName: add(ByteSet(ASCII.capitalA...ASCII.capitalZ), least: 2, most: 5)
    case .epochSeconds: add(Self.digits, least: 9, most: 11)
    }
  }
}
