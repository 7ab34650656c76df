import LogBytes
import LogFormats
import LogPipeline

/// Explanations as text: what a person reads.
struct ExplanationPage {
  private let explainer: LineExplainer
  private let paint = Paint()

  init(explainer: LineExplainer) {
    self.explainer = explainer
  }

  /// The explanation of an entry, with an empty line behind it.
  ///
  /// - Parameters:
  ///   - lines: the entry's lines, cleaned.
  ///   - input: the name of the file; empty for none.
  func text(of entry: WrittenEntry, lines: [[UInt8]], input: String) -> String {
    let line = lines.first ?? []
    let place = input.isEmpty ? "" : "\(input):\(entry.sourceLine)" + (lines.count > 1 ? "-\(entry.sourceLine + lines.count - 1)" : "")
    guard let format = entry.format else {
      return title([paint(place, .dim), paint("no format", .red)]) + indented(visibleText(line)) + nearest(to: line) + "\n"
    }
    var text = ""
    var shown: Set<String> = ["format", "event"]
    let layers = layers(of: lines, format: format)
    for (index, layer) in layers.enumerated() {
      let name = [paint(layer.format.name, .bold), self.place(of: layer.explanation, in: layer.format)]
      text += index == 0 ? title([paint(place, .dim)] + name) : "  inside of it  " + title(name)
      text += marked(layer.text, layer.explanation?.fields ?? [])
      // A wrapper's fields are called outer_… where the entry inside has one of the name.
      let inner = Set(layers[(index + 1)...].flatMap { $0.explanation?.fields ?? [] }.map(\.name))
      text += table(layer.explanation?.fields ?? [], of: layer.text, in: layer.format, entry, inner: inner, &shown)
    }
    if let event = entry.event { text += self.event(event, of: format, entry, &shown) }
    text += others(entry, &shown)
    if let last = layers.last, let wrapping = explainer.wrappers(of: last.text).first(where: { $0.format.name == format }) {
      text += "  no format takes what is in \(wrapping.format.wrap?.field ?? "it")\n" + nearest(to: wrapping.inner)
    }
    return text + lines.dropFirst().map { paint($0.isEmpty ? "  |" : "  | " + visibleText($0), .dim) + "\n" }.joined() + "\n"
  }

  private func title(_ parts: [String]) -> String {
    parts.filter { !$0.isEmpty }.joined(separator: "  ") + "\n"
  }

  private func place(of explanation: PatternExplanation?, in format: LogFormat) -> String {
    paint(format.path + (explanation.map { ":\($0.pattern.position.line)" } ?? ""), .dim)
  }

  private func indented(_ text: String, by width: Int = 2) -> String {
    String(repeating: " ", count: width) + text + "\n"
  }
}

// MARK: - What a format takes

extension ExplanationPage {
  /// A format that took a text.
  private struct Layer {
    var format: LogFormat
    var text: [UInt8]
    /// nil for formats without patterns.
    var explanation: PatternExplanation?
  }

  /// The formats that took an entry, the outermost wrapper first.
  private func layers(of lines: [[UInt8]], format: String) -> [Layer] {
    let line = lines.first ?? []
    // A format with `start` is matched as a whole.
    for text in [line, Array(lines.joined(separator: [ASCII.lineFeed]))] {
      if let found = layers(of: text, format: format, depth: 0) { return found }
    }
    return explainer.format(named: format).map { [Layer(format: $0, text: line)] } ?? []
  }

  private func layers(of text: [UInt8], format: String, depth: Int) -> [Layer]? {
    if let taking = explainer.dialect(of: format, taking: text) {
      return [Layer(format: taking.format, text: text, explanation: taking.explanation)]
    }
    // Wrappers in wrappers go three deep.
    guard depth < 3 else { return nil }
    for wrapping in explainer.wrappers(of: text) {
      if let inner = layers(of: wrapping.inner, format: format, depth: depth + 1) {
        return [Layer(format: wrapping.format, text: text, explanation: wrapping.explanation)] + inner
      }
    }
    return nil
  }

  /// The line with its fields in colour; without colours, a line of marks below it.
  private func marked(_ text: [UInt8], _ fields: [PatternExplanation.Field]) -> String {
    var line = ""
    var marks = ""
    var at = 0
    for (number, field) in fields.filter({ !$0.range.isEmpty }).enumerated() where field.range.lowerBound >= at {
      let before = visibleText(text[at..<field.range.lowerBound])
      let inside = visibleText(text[field.range])
      line += before + paint(inside, Paint.field(number))
      marks += String(repeating: " ", count: before.count) + String(repeating: "~", count: inside.count)
      at = field.range.upperBound
    }
    line += visibleText(text[at...])
    return indented(line) + (paint.isOn || marks.isEmpty ? "" : indented(marks))
  }

  /// A row for each field: its name, type, value and end.
  ///
  /// - Parameter entry: what the fields became; nil where there is no entry.
  private func table(
    _ fields: [PatternExplanation.Field], of text: [UInt8], in format: LogFormat, _ entry: WrittenEntry?, inner: Set<String> = [],
    _ shown: inout Set<String>
  ) -> String {
    var rows: [Row] = []
    for field in fields where !field.range.isEmpty {
      var value = visibleText(text[field.range])
      let name = inner.contains(field.name) ? "outer_" + field.name : field.name
      if let member = entry?[name], shown.insert(name).inserted {
        // What the log has, and what becomes of it where that is something else than more lines.
        let written = member.text ?? member.json
        if !written.starts(with: Array(text[field.range]) + [ASCII.lineFeed]), visibleText(written) != value {
          value += " → \(visibleText(written))"
        }
      } else if entry != nil, format.absent.contains(Array(text[field.range])) {
        value += " → absent"
      }
      rows.append(Row(field.name.isEmpty ? "…" : field.name, field.type, value, field.end))
    }
    return self.text(of: rows)
  }

  /// The event's pattern and its fields.
  private func event(_ event: String, of format: String, _ entry: WrittenEntry, _ shown: inout Set<String>) -> String {
    guard let (taking, field) = explainer.event(event, of: format, value: { entry[$0]?.text }) else { return indented(paint(event, .bold)) }
    let pattern = taking.explanation.pattern.source
    return "  " + title([paint(event, .bold), place(of: taking.explanation, in: taking.format), paint("\(field): \(pattern)", .dim)])
      + table(taking.explanation.fields, of: entry[field]?.text ?? [], in: taking.format, entry, &shown)
  }

  /// What no pattern of these shows: keys of lists and JSON, parts, finds, what envelopes and wrappers add.
  private func others(_ entry: WrittenEntry, _ shown: inout Set<String>) -> String {
    let isFirst = shown.count == 2
    let rows = entry.members.filter { shown.insert($0.name).inserted }.map { Row($0.name, $0.kind, visibleText($0.text ?? $0.json), "") }
    return (rows.isEmpty || isFirst ? "" : "  and\n") + text(of: rows)
  }
}

// MARK: - What no format takes

extension ExplanationPage {
  /// The formats that came nearest to a line, each with the column where it stopped.
  private func nearest(to line: [UInt8]) -> String {
    let nearest = explainer.nearest(to: line)
    if nearest.isEmpty { return indented("no format begins as this line does") }
    return nearest.map { near in
      switch near.reason {
      case .structure(let wanted):
        "  " + title([paint(near.format.name, .bold), place(of: nil, in: near.format), "wants \(wanted)"])
      case .hint(let explanation, let reason):
        "  " + title([paint(near.format.name, .bold), place(of: explanation, in: near.format), "takes it, but \(reason)"])
      case .pattern(let explanation): text(of: explanation, near.format, line)
      }
    }.joined()
  }

  private func text(of explanation: PatternExplanation, _ format: LogFormat, _ line: [UInt8]) -> String {
    guard let stop = explanation.stop else { return "" }
    let before = visibleText(line[..<stop.at])
    let found = stop.at == line.count ? "the line ends" : "there is \"\(visibleText(line[stop.at...].prefix(12)))\""
    let reason = "stopped at column \(before.count + 1): \(paint(stop.wanted, .red)) is wanted, \(found)"
    var text = "  " + title([paint(format.name, .bold), place(of: explanation, in: format), reason])
    text += indented(explanation.pattern.source, by: 4) + indented(visibleText(line), by: 4)
    text += indented(String(repeating: " ", count: before.count) + paint("^", .red), by: 4)
    var shown: Set<String> = []
    text += table(explanation.fields, of: line, in: format, nil, &shown)
    if let run = stop.run {
      let column = visibleText(line[..<run.start]).count + 1
      text += indented("\(run.name.isEmpty ? "{}" : run.name), from column \(column), has no end: nowhere follows \(run.anchor)")
    }
    return text
  }
}

// MARK: - Rows

extension ExplanationPage {
  private struct Row {
    var cells: [String]

    init(_ name: String, _ type: String, _ value: String, _ end: String) {
      cells = [name, type, value, end]
    }
  }

  /// Values that are longer do not widen their column.
  private static let widestValue = 48

  private func text(of rows: [Row]) -> String {
    let widths = (0..<3).map { column in rows.map { min($0.cells[column].count, column == 2 ? Self.widestValue : .max) }.max() ?? 0 }
    return rows.enumerated().map { number, row in
      let cells = row.cells.indices.map { column in
        // Nothing stands behind the last cell of a row.
        let isLast = column == 3 || column == 2 && row.cells[3].isEmpty
        let blanks = isLast ? 0 : max(widths[column] - row.cells[column].count, 0)
        let text = row.cells[column] + String(repeating: " ", count: blanks)
        return column == 0 ? paint(text, Paint.field(number)) : column == 3 ? paint(text, .dim) : text
      }
      return "  " + title(cells)
    }.joined()
  }
}
