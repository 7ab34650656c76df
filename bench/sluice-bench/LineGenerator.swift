import LogBytes
import TestSupport

/// Makes the logs that are measured: the same bytes for the same name, seed and count on every machine.
///
/// The lines are invented, but as long, as varied and as often exceptional as those of real servers: see `bench/README.md` for what that
/// leaves out.
struct LineGenerator {
  enum Family: String, CaseIterable {
    case apache, minecraft, source, json, syslog
    /// The five above, line by line, as a stream of several servers.
    case mix
  }

  private var random: SeededGenerator
  /// Seconds since 2026-08-21T10:00:00Z, in thousandths: entries come at random intervals, in order.
  private var clock = 0
  private let names: [String]
  private let addresses: [String]

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    let syllables = ["zor", "mika", "len", "tarn", "oki", "vex", "bram", "sila", "quin", "dare", "fjor", "nym"]
    var names: [String] = []
    for _ in 0..<2000 {
      var name = random.pick(syllables) + random.pick(syllables)
      if random.chance(3) { name += "\(random.below(100))" }
      names.append(name)
    }
    self.names = names
    var addresses: [String] = []
    for _ in 0..<2000 {
      let network = random.pick(["192.0.2", "198.51.100", "203.0.113"])
      addresses.append(
        random.chance(20) ? "2001:db8::\(hexadecimal(UInt64(random.below(65_536)), digits: 4))" : "\(network).\(random.below(256))")
    }
    self.addresses = addresses
  }

  /// Appends `count` entries of `family`; an entry may have several lines.
  mutating func append(_ count: Int, of family: Family, to output: inout ByteOutput) {
    let families = Family.allCases.filter { $0 != .mix }
    for _ in 0..<count {
      let chosen = family == .mix ? random.pick(families) : family
      let entry =
        switch chosen {
        case .apache: apache()
        case .minecraft: minecraft()
        case .source: source()
        case .json: json()
        case .syslog: syslog()
        case .mix: preconditionFailure("a mix of mixes")
        }
      output.append(entry)
      output.append(ASCII.lineFeed)
    }
  }
}

// MARK: - The families

extension LineGenerator {
  private mutating func apache() -> String {
    let time = tick()
    let method = random.pick(["GET", "GET", "GET", "POST", "HEAD"])
    let path = random.pick([
      "/", "/health", "/api/v2/session", "/api/v2/leaderboard?season=\(random.below(40))&page=\(random.below(300))",
      "/patch/4.\(random.below(9))/pak_\(random.below(64)).bin", "/player/\(identifier())/inventory",
    ])
    let status = random.pick([200, 200, 200, 200, 200, 204, 304, 404, 429, 500])
    let size = status == 204 || status == 304 ? "-" : "\(random.below(200_000))"
    let agent = random.pick([
      "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
      "GameClient/4.2.\(random.below(30)) (build \(random.below(100_000)))",
      "curl/8.9.1", "-", "Monitor \\\"north\\\" 2",
    ])
    let referrer = random.pick(["-", "-", "https://www.example.org/news?id=\(random.below(9000))"])
    return "\(random.pick(addresses)) - - [\(pad(time.day))/Aug/2026:\(time.clock) +0000] \"\(method) \(path) HTTP/1.1\" \(status) \(size)"
      + " \"\(referrer)\" \"\(agent)\""
  }

  private mutating func minecraft() -> String {
    let clock = tick().clock
    let name = random.pick(names)
    switch random.below(20) {
    case 0..<6: return "[\(clock)] [Async Chat Thread - #\(random.below(40))/INFO]: <\(name)> \(chat())"
    case 6..<9: return "[\(clock)] [Server thread/INFO]: \(name) joined the game"
    case 9..<11: return "[\(clock)] [Server thread/INFO]: \(name) left the game"
    case 11..<13:
      return "[\(clock)] [Server thread/INFO]: \(name)[/\(random.pick(addresses)):\(1024 + random.below(60_000))] logged in with entity id "
        + "\(random.below(1_000_000)) at (\(decimal(3000)), \(decimal(80)), -\(decimal(3000)))"
    case 13: return "[\(clock)] [User Authenticator #\(random.below(99))/INFO]: UUID of player \(name) is \(identifier())"
    case 14..<16: return "[\(clock)] [Server thread/INFO]: \(name) issued server command: /tell \(random.pick(names)) \(chat())"
    case 16: return "[\(clock)] [Server thread/INFO]: \(name) was slain by \(random.pick(names))"
    case 17:
      return "[\(clock)] [Server thread/WARN]: Can't keep up! Is the server overloaded? Running \(2000 + random.below(9000))ms or "
        + "\(40 + random.below(180)) ticks behind"
    case 18 where random.chance(10):
      return "[\(clock)] [Server thread/ERROR]: Could not pass event PlayerMoveEvent to Trails v1.\(random.below(9))\n"
        + "java.lang.IllegalStateException: no trail for \(name)\n\tat org.example.trails.Trails.move(Trails.java:\(random.below(900)))\n"
        + "\tat org.example.server.Loop.tick(Loop.java:\(random.below(900)))"
    default:
      return "[\(clock)] [Server thread/INFO]: Saved \(random.below(900)) chunks of world_\(random.below(5)) in \(random.below(4000))ms"
    }
  }

  private mutating func source() -> String {
    let time = tick()
    let head = "L 08/\(pad(time.day))/2026 - \(time.clock): "
    let player = sourcePlayer()
    switch random.below(10) {
    case 0..<4:
      return head + "\(player) killed \(sourcePlayer()) with \"\(random.pick(["ak47", "awp", "deagle", "m4a1"]))\""
        + (random.chance(3) ? " (headshot)" : "")
    case 4..<6: return head + "\(player) say \"\(chat())\""
    case 6: return head + "\(player) triggered \"\(random.pick(["Planted_The_Bomb", "Defused_The_Bomb", "Got_The_Bomb"]))\""
    case 7: return head + "\(player) purchased \"\(random.pick(["vest", "flashbang", "ak47"]))\""
    case 8: return head + "World triggered \"\(random.pick(["Round_Start", "Round_End"]))\""
    default: return head + "\(player) connected, address \"198.51.100.\(random.below(256)):\(1024 + random.below(60_000))\""
    }
  }

  private mutating func json() -> String {
    let time = tick()
    let level = random.pick(["info", "info", "info", "warn", "error", "debug"])
    var line =
      "{\"time\":\"2026-08-\(pad(time.day))T\(time.clock).\(pad3(time.milliseconds))Z\",\"level\":\"\(level)\",\"msg\":\"match \(random.below(90_000)) "
    line += random.pick(["found", "started", "has ended", "gave up after \\\"timeout\\\""])
    line += "\",\"match_id\":\"\(identifier())\",\"players\":\(random.below(100)),\"latency_ms\":\(decimal(400)),\"region\":\""
    line += random.pick(["eu-north", "us-east", "ap-south"]) + "\""
    if random.chance(4) { line += ",\"tags\":[\"ranked\",\"\(random.pick(names))\"]" }
    return line + ",\"ok\":\(random.chance(9) ? "false" : "true")}"
  }

  private mutating func syslog() -> String {
    let time = tick()
    let host = "game-\(pad(random.below(12)))"
    let front = "Aug \(time.day) \(time.clock) \(host) "
    switch random.below(4) {
    case 0:
      return front
        + "sshd[\(random.below(30_000))]: Failed password for invalid user \(random.pick(names)) from \(random.pick(addresses)) port \(random.below(65_536)) ssh2"
    case 1: return front + "systemd[1]: Started Session \(random.below(9000)) of user \(random.pick(names))."
    case 2:
      return front + "kernel: [\(random.below(900_000)).\(pad3(random.below(1000)))] eth0: link up, \(random.pick([1000, 10_000])) Mbps"
    default:
      return front
        + "matchmaker[\(random.below(30_000))]: queue \(random.below(40)) has \(random.below(400)) players waiting \(decimal(90)) s"
    }
  }
}

// MARK: - The parts of lines

extension LineGenerator {
  private struct Moment {
    var day: Int
    /// `HH:MM:SS`.
    var clock: String
    var milliseconds: Int
  }

  /// The time of the next entry.
  private mutating func tick() -> Moment {
    clock += random.below(120)
    let seconds = 36_000 + clock / 1000
    let time = seconds % 86_400
    return Moment(
      day: 21 + seconds / 86_400 % 10, clock: "\(pad(time / 3600)):\(pad(time / 60 % 60)):\(pad(time % 60))", milliseconds: clock % 1000)
  }

  private mutating func sourcePlayer() -> String {
    "\"\(random.pick(names))<\(random.below(64))><[U:1:\(100_000 + random.below(900_000_000))]><\(random.pick(["CT", "TERRORIST"]))>\""
  }

  private mutating func chat() -> String {
    let words = [
      "north", "gate", "need", "iron", "who", "has", "food", "wait", "gg", "again", "rush", "left", "trade", "lag", "überfall", "où",
    ]
    return (0...random.below(9)).map { _ in random.pick(words) }.joined(separator: " ")
  }

  private mutating func identifier() -> String {
    let high = hexadecimal(random.next(), digits: 16)
    let low = hexadecimal(random.next(), digits: 16)
    let digits = Array(high + low)
    let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }
    return parts.joined(separator: "-")
  }

  private mutating func decimal(_ bound: Int) -> String {
    "\(random.below(bound)).\(1 + random.below(9))"
  }
}

private func hexadecimal(_ number: UInt64, digits: Int) -> String {
  let text = String(number, radix: 16)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}

private func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

private func pad3(_ number: Int) -> String { number < 100 ? "0" + pad(number) : "\(number)" }

extension SeededGenerator {
  /// A number from 0 to `bound` - 1, by the high half of a product: not the standard library's way, which may change.
  fileprivate mutating func below(_ bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// True once in `times`.
  fileprivate mutating func chance(_ times: Int) -> Bool { below(times) == 0 }

  fileprivate mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}
