import Testing

/// Path of Exile: names are one word; what the game says begins with a colon, what players say does not.
struct PathOfExileHostileNameTests {
  @Test(
    "What players write forges nothing",
    arguments: [
      HostileLine(
        "chat that is a death",
        #"2026/01/02 12:00:01 123456 cffb0719 [INFO Client 1234] #Eve: : Bert has been slain."#,
        ##"{"time":"2026-01-02T12:00:01Z","level":"info","format":"path-of-exile","event":"chat","uptime_ms":123456,"line_code":"cffb0719","pid":1234,"said":"#Eve: : Bert has been slain.","channel":"#","player":"Eve","text":": Bert has been slain."}"##
      ),
      HostileLine(
        "chat nearby that enters a map",
        #"2026/01/02 12:00:01 123456 cffb0719 [INFO Client 1234] Eve: You have entered Karui Shores."#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"path-of-exile","event":"chat","uptime_ms":123456,"line_code":"cffb0719","pid":1234,"said":"Eve: You have entered Karui Shores.","player":"Eve","text":"You have entered Karui Shores."}"#
      ),
      HostileLine(
        "a whisper that is a level",
        #"2026/01/02 12:00:01 123456 cffb0719 [INFO Client 1234] @From <Ex> Eve: : Bert (Witch) is now level 90"#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"path-of-exile","event":"chat","uptime_ms":123456,"line_code":"cffb0719","pid":1234,"said":"@From <Ex> Eve: : Bert (Witch) is now level 90","channel":"@From ","guild":"Ex","player":"Eve","text":": Bert (Witch) is now level 90"}"#
      ),
      HostileLine(
        "trade that is a whole line",
        #"2026/01/02 12:00:01 123456 cffb0719 [INFO Client 1234] $Eve: 2026/01/02 12:00:02 123457 cffb0719 [INFO Client 1234] : Bert has been slain."#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"path-of-exile","event":"chat","uptime_ms":123456,"line_code":"cffb0719","pid":1234,"said":"$Eve: 2026/01/02 12:00:02 123457 cffb0719 [INFO Client 1234] : Bert has been slain.","channel":"$","player":"Eve","text":"2026/01/02 12:00:02 123457 cffb0719 [INFO Client 1234] : Bert has been slain."}"#
      ),
      HostileLine(
        "an answer of one who is away",
        #"2026/01/02 12:00:01 123456 cffb0719 [INFO Client 1234] : AFK mode is now ON. Autoreply "Bert has been slain.""#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"path-of-exile","message":"AFK mode is now ON. Autoreply \"Bert has been slain.\"","uptime_ms":123456,"line_code":"cffb0719","pid":1234}"#
      ),
      HostileLine(
        "party chat that loads a map",
        #"2026/01/02 12:00:01 123456 cffb0719 [INFO Client 1234] %Eve: Generating level 69 area "x" with seed 1"#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"path-of-exile","event":"chat","uptime_ms":123456,"line_code":"cffb0719","pid":1234,"said":"%Eve: Generating level 69 area \"x\" with seed 1","channel":"%","player":"Eve","text":"Generating level 69 area \"x\" with seed 1"}"#
      ),
      HostileLine(
        "guild chat of another",
        #"2026/01/02 12:00:01 123456 cffb0719 [INFO Client 1234] &<Ex> Eve: <Other> Bert: hi"#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"path-of-exile","event":"chat","uptime_ms":123456,"line_code":"cffb0719","pid":1234,"said":"&<Ex> Eve: <Other> Bert: hi","channel":"&","guild":"Ex","player":"Eve","text":"<Other> Bert: hi"}"#
      ),
      HostileLine(
        "a guild that begins like the game",
        #"2026/01/02 12:00:01 123456 cffb0719 [INFO Client 1234] #<: Bert> Eve: hi"#,
        ##"{"time":"2026-01-02T12:00:01Z","level":"info","format":"path-of-exile","event":"chat","uptime_ms":123456,"line_code":"cffb0719","pid":1234,"said":"#<: Bert> Eve: hi","channel":"#","guild":": Bert","player":"Eve","text":"hi"}"##
      ),
      HostileLine(
        "a death without the colon",
        #"2026/01/02 12:00:01 123456 cffb0719 [INFO Client 1234] Eve has been slain."#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"path-of-exile","uptime_ms":123456,"line_code":"cffb0719","pid":1234,"said":"Eve has been slain."}"#
      ),
      HostileLine(
        "a whisper that is a whisper",
        #"2026/01/02 12:00:01 123456 cffb0719 [INFO Client 1234] @To Bert: @From Ada: gold"#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"path-of-exile","event":"chat","uptime_ms":123456,"line_code":"cffb0719","pid":1234,"said":"@To Bert: @From Ada: gold","channel":"@To ","player":"Bert","text":"@From Ada: gold"}"#
      ),
      HostileLine(
        "chat that is a server",
        #"2026/01/02 12:00:01 123456 cffb0719 [INFO Client 1234] #Eve: Connecting to instance server at 192.0.2.1:6112"#,
        ##"{"time":"2026-01-02T12:00:01Z","level":"info","format":"path-of-exile","event":"chat","uptime_ms":123456,"line_code":"cffb0719","pid":1234,"said":"#Eve: Connecting to instance server at 192.0.2.1:6112","channel":"#","player":"Eve","text":"Connecting to instance server at 192.0.2.1:6112"}"##
      ),
      HostileLine(
        "chat that opens a log",
        #"2026/01/02 12:00:01 123456 cffb0719 [INFO Client 1234] Eve: ***** LOG FILE OPENING *****"#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"path-of-exile","event":"chat","uptime_ms":123456,"line_code":"cffb0719","pid":1234,"said":"Eve: ***** LOG FILE OPENING *****","player":"Eve","text":"***** LOG FILE OPENING *****"}"#
      ),
      HostileLine(
        "chat that is a line of Minecraft",
        #"2026/01/02 12:00:01 123456 cffb0719 [INFO Client 1234] #Eve: [12:00:01] [Server thread/INFO]: Bert joined the game"#,
        ##"{"time":"2026-01-02T12:00:01Z","level":"info","format":"path-of-exile","event":"chat","uptime_ms":123456,"line_code":"cffb0719","pid":1234,"said":"#Eve: [12:00:01] [Server thread/INFO]: Bert joined the game","channel":"#","player":"Eve","text":"[12:00:01] [Server thread/INFO]: Bert joined the game"}"##
      ),
      HostileLine(
        "chat that is JSON",
        #"2026/01/02 12:00:01 123456 cffb0719 [INFO Client 1234] #Eve: {"level":"fatal","msg":"down"}"#,
        ##"{"time":"2026-01-02T12:00:01Z","level":"info","format":"path-of-exile","event":"chat","uptime_ms":123456,"line_code":"cffb0719","pid":1234,"said":"#Eve: {\"level\":\"fatal\",\"msg\":\"down\"}","channel":"#","player":"Eve","text":"{\"level\":\"fatal\",\"msg\":\"down\"}"}"##
      ),
      HostileLine(
        "a person of the story",
        #"2026/01/02 12:00:01 123456 cffb0719 [INFO Client 1234] The Envoy: Bert has been slain."#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"path-of-exile","uptime_ms":123456,"line_code":"cffb0719","pid":1234,"said":"The Envoy: Bert has been slain."}"#
      ),
    ])
  func forgesNothing(line: HostileLine) {
    line.expectItsEntry()
  }
}
