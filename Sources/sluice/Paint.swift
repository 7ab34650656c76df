/// Colours of a terminal, or none.
struct Paint {
  /// SGR parameters of ECMA-48.
  enum Colour: String {
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case blue = "34"
    case magenta = "35"
    case cyan = "36"
  }

  /// Fields take their colours in turn.
  static func field(_ number: Int) -> Colour {
    let colours: [Colour] = [.cyan, .green, .yellow, .magenta, .blue]
    return colours[number % colours.count]
  }

  let isOn: Bool

  /// On where standard output is a terminal that can; `NO_COLOR` turns it off, `CLICOLOR_FORCE` on.
  init() {
    func isSet(_ name: String) -> Bool { environmentValue(name).map { !$0.isEmpty && $0 != "0" } ?? false }
    if isSet("NO_COLOR") {
      isOn = false
    } else {
      isOn = isSet("CLICOLOR_FORCE") || POSIXFile.standardOutput().isTerminal && environmentValue("TERM") != "dumb"
    }
  }

  func callAsFunction(_ text: String, _ colour: Colour) -> String {
    isOn && !text.isEmpty ? "\u{1b}[\(colour.rawValue)m\(text)\u{1b}[0m" : text
  }
}
