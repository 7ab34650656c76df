import LogBytes

/// Scans a type that is in no program: keys of `csv` and `tail`, columns. Slower than the matcher's operands.
enum TypeScanning {
  static func scan(_ type: StrictType, _ text: Span<UInt8>, from start: Int) -> Int {
    var parts = TimeParts()
    switch type {
    case .int: return StrictScanning.scanInteger(text, start, least: 0, most: Int(UInt16.max))
    case .number: return StrictScanning.scanNumber(text, start)
    case .hex: return StrictScanning.scanHexadecimal(text, start, least: 0, most: Int(UInt16.max))
    case .grouped: return StrictScanning.scanGrouped(text, start)
    case .ip: return scanIPAddress(text, from: start)
    case .endpoint: return StrictScanning.scanEndpoint(text, start)
    case .uuid: return StrictScanning.scanUUID(text, start)
    case .priority: return StrictScanning.scanPriority(text, start)
    case .clock: return StrictScanning.scanClock(text, start)
    case .duration: return StrictScanning.scanDuration(text, start)
    case .size: return StrictScanning.scanSize(text, start)
    case .quoted: return StrictScanning.scanQuoted(text, start)
    case .quotedDoubled(let quote): return StrictScanning.scanQuotedDoubled(quote, text, start)
    case .json: return StrictScanning.scanBalanced(text, start)
    case .pairs: return StrictScanning.scanPairs(text, start)
    case .backslash(let bare): return StrictScanning.scanBackslash(bare: bare, text, start)
    case .keyValue: return StrictScanning.scanKeyValues(text, start)
    case .data: return StrictScanning.scanStructuredData(text, start)
    case .cef, .csv, .rest: return text.count
    case .level(let words): return longest(words.map(\.word), text, start, folds: true)
    case .levelWords(let words): return longest(words.map(\.word), text, start, folds: false)
    case .enumeration(let words): return longest(words.map(\.word), text, start, folds: false)
    case .flag(let word): return longest([word], text, start, folds: false)
    case .layout, .iso, .epoch, .since: return TimeScanning.scan(type, text, from: start, into: &parts)
    }
  }

  private static func longest(_ words: [[UInt8]], _ text: Span<UInt8>, _ start: Int, folds: Bool) -> Int {
    var best = -1
    for word in words where start + word.count <= text.count && start + word.count > best {
      let end = start + word.count
      let isEqual = word.indices.allSatisfy { (folds ? ASCII.lowercased(text[start + $0]) : text[start + $0]) == word[$0] }
      if isEqual, !folds || end == text.count || !ASCII.isLetterOrDigit(text[end]) { best = end }
    }
    return best
  }
}

extension TimeScanning {
  /// A time type that is in no program.
  static func scan(_ type: StrictType, _ text: Span<UInt8>, from start: Int, into parts: inout TimeParts) -> Int {
    switch type {
    case .iso: return scanISO(text, from: start, into: &parts)
    case .epoch(let scale): return scanEpoch(scale, text, from: start, into: &parts)
    case .since(let scale): return scanRelative(scale, text, from: start, into: &parts)
    case .layout(let layout):
      var names: [MonthName] = []
      let steps = operations(of: layout, names: &names)
      return scan(steps.span, names: names.span, text, from: start, into: &parts)
    default: return -1
    }
  }
}
