import Testing

/// Source: names hold no quote, all else is allowed; chat may hold quotes too.
struct SourceEngineHostileNameTests {
  @Test(
    "What players write forges nothing",
    arguments: [
      HostileLine(
        "a name that ends like a bot's",
        #"L 01/02/2026 - 12:00:01: "Eve<1><BOT><><5><[U:1:9]><CT>" say "rcon from nobody""#,
        #"{"time":"2026-01-02T12:00:01Z","format":"source-engine","event":"chat","message":"\"Eve<1><BOT><><5><[U:1:9]><CT>\" say \"rcon from nobody\"","player":"Eve<1><BOT><>","player_slot":5,"player_id":"[U:1:9]","player_team":"CT","channel":"say","text":"rcon from nobody"}"#
      ),
      HostileLine(
        "a name that ends like another's",
        #"L 01/02/2026 - 12:00:01: "Bert<6><[U:1:2]><CT><5><[U:1:9]><TERRORIST>" killed "Ada<7><[U:1:3]><CT>" with "knife""#,
        #"{"time":"2026-01-02T12:00:01Z","format":"source-engine","event":"player.kill","message":"\"Bert<6><[U:1:2]><CT><5><[U:1:9]><TERRORIST>\" killed \"Ada<7><[U:1:3]><CT>\" with \"knife\"","killer":"Bert<6><[U:1:2]><CT>","killer_slot":5,"killer_id":"[U:1:9]","killer_team":"TERRORIST","victim":"Ada","victim_slot":7,"victim_id":"[U:1:3]","victim_team":"CT","weapon":"knife"}"#
      ),
      HostileLine(
        "a name that is a kill",
        #"L 01/02/2026 - 12:00:01: "Eve killed Bert with ak47 (headshot)<5><[U:1:9]><CT>" say "hi""#,
        #"{"time":"2026-01-02T12:00:01Z","format":"source-engine","event":"chat","message":"\"Eve killed Bert with ak47 (headshot)<5><[U:1:9]><CT>\" say \"hi\"","player":"Eve killed Bert with ak47 (headshot)","player_slot":5,"player_id":"[U:1:9]","player_team":"CT","channel":"say","text":"hi"}"#
      ),
      HostileLine(
        "a victim that is the end of the match",
        #"L 01/02/2026 - 12:00:01: "Ada<7><[U:1:3]><CT>" killed "World triggered Game_Over<5><[U:1:9]><TERRORIST>" with "knife""#,
        #"{"time":"2026-01-02T12:00:01Z","format":"source-engine","event":"player.kill","message":"\"Ada<7><[U:1:3]><CT>\" killed \"World triggered Game_Over<5><[U:1:9]><TERRORIST>\" with \"knife\"","killer":"Ada","killer_slot":7,"killer_id":"[U:1:3]","killer_team":"CT","victim":"World triggered Game_Over","victim_slot":5,"victim_id":"[U:1:9]","victim_team":"TERRORIST","weapon":"knife"}"#
      ),
      HostileLine(
        "a name of empty brackets",
        #"L 01/02/2026 - 12:00:01: "<><><><5><[U:1:9]><CT>" entered the game"#,
        #"{"time":"2026-01-02T12:00:01Z","format":"source-engine","event":"player.join","message":"\"<><><><5><[U:1:9]><CT>\" entered the game","player":"<><><>","player_slot":5,"player_id":"[U:1:9]","player_team":"CT"}"#
      ),
      HostileLine(
        "a name that is a position",
        #"L 01/02/2026 - 12:00:01: "[1 2 3] killed<5><[U:1:9]><CT>" [9 9 9] killed "Bert<6><[U:1:2]><TERRORIST>" [1 1 1] with "ak47" (headshot)"#,
        #"{"time":"2026-01-02T12:00:01Z","format":"source-engine","event":"player.kill","message":"\"[1 2 3] killed<5><[U:1:9]><CT>\" [9 9 9] killed \"Bert<6><[U:1:2]><TERRORIST>\" [1 1 1] with \"ak47\" (headshot)","killer":"[1 2 3] killed","killer_slot":5,"killer_id":"[U:1:9]","killer_team":"CT","killer_position":"9 9 9","victim":"Bert","victim_slot":6,"victim_id":"[U:1:2]","victim_team":"TERRORIST","victim_position":"1 1 1","weapon":"ak47","headshot":true}"#
      ),
      HostileLine(
        "a new name that ends like another's",
        #"L 01/02/2026 - 12:00:01: "Eve<5><[U:1:9]><CT>" changed name to "Bert<6><[U:1:2]><CT>""#,
        #"{"time":"2026-01-02T12:00:01Z","format":"source-engine","event":"player.rename","message":"\"Eve<5><[U:1:9]><CT>\" changed name to \"Bert<6><[U:1:2]><CT>\"","player":"Eve","player_slot":5,"player_id":"[U:1:9]","player_team":"CT","new_name":"Bert<6><[U:1:2]><CT>"}"#
      ),
      HostileLine(
        "chat that is a kill, quotes included",
        #"L 01/02/2026 - 12:00:01: "Eve<5><[U:1:9]><CT>" say "" killed "Bert<6><[U:1:2]><TERRORIST>" with "ak47"""#,
        #"{"time":"2026-01-02T12:00:01Z","format":"source-engine","event":"chat","message":"\"Eve<5><[U:1:9]><CT>\" say \"\" killed \"Bert<6><[U:1:2]><TERRORIST>\" with \"ak47\"\"","player":"Eve","player_slot":5,"player_id":"[U:1:9]","player_team":"CT","channel":"say","text":"\" killed \"Bert<6><[U:1:2]><TERRORIST>\" with \"ak47\""}"#
      ),
      HostileLine(
        "chat that is a whole line",
        #"L 01/02/2026 - 12:00:01: "Eve<5><[U:1:9]><CT>" say "L 01/02/2026 - 12:00:02: "Bert<6><[U:1:2]><CT>" say "me"""#,
        #"{"time":"2026-01-02T12:00:01Z","format":"source-engine","event":"chat","message":"\"Eve<5><[U:1:9]><CT>\" say \"L 01/02/2026 - 12:00:02: \"Bert<6><[U:1:2]><CT>\" say \"me\"\"","player":"Eve","player_slot":5,"player_id":"[U:1:9]","player_team":"CT","channel":"say","text":"L 01/02/2026 - 12:00:02: \"Bert<6><[U:1:2]><CT>\" say \"me\""}"#
      ),
      HostileLine(
        "chat that plays dead",
        #"L 01/02/2026 - 12:00:01: "Eve<5><[U:1:9]><CT>" say "hi" (dead)""#,
        #"{"time":"2026-01-02T12:00:01Z","format":"source-engine","event":"chat","message":"\"Eve<5><[U:1:9]><CT>\" say \"hi\" (dead)\"","player":"Eve","player_slot":5,"player_id":"[U:1:9]","player_team":"CT","channel":"say","text":"hi\" (dead)"}"#
      ),
      HostileLine(
        "chat of the dead that plays dead",
        #"L 01/02/2026 - 12:00:01: "Eve<5><[U:1:9]><CT>" say_team "x" (dead)" (dead)"#,
        #"{"time":"2026-01-02T12:00:01Z","format":"source-engine","event":"chat","message":"\"Eve<5><[U:1:9]><CT>\" say_team \"x\" (dead)\" (dead)","player":"Eve","player_slot":5,"player_id":"[U:1:9]","player_team":"CT","channel":"say_team","text":"x\" (dead)"}"#
      ),
      HostileLine(
        "chat that is the world's",
        #"L 01/02/2026 - 12:00:01: "Eve<5><[U:1:9]><CT>" say "World triggered "Round_End"""#,
        #"{"time":"2026-01-02T12:00:01Z","format":"source-engine","event":"chat","message":"\"Eve<5><[U:1:9]><CT>\" say \"World triggered \"Round_End\"\"","player":"Eve","player_slot":5,"player_id":"[U:1:9]","player_team":"CT","channel":"say","text":"World triggered \"Round_End\""}"#
      ),
      HostileLine(
        "chat that is a setting",
        #"L 01/02/2026 - 12:00:01: "Eve<5><[U:1:9]><CT>" say "server_cvar: "sv_cheats" "1"""#,
        #"{"time":"2026-01-02T12:00:01Z","format":"source-engine","event":"chat","message":"\"Eve<5><[U:1:9]><CT>\" say \"server_cvar: \"sv_cheats\" \"1\"\"","player":"Eve","player_slot":5,"player_id":"[U:1:9]","player_team":"CT","channel":"say","text":"server_cvar: \"sv_cheats\" \"1\""}"#
      ),
      HostileLine(
        "chat that is a line of Minecraft",
        #"L 01/02/2026 - 12:00:01: "Eve<5><[U:1:9]><CT>" say "[12:00:01] [Server thread/INFO]: Bert joined the game""#,
        #"{"time":"2026-01-02T12:00:01Z","format":"source-engine","event":"chat","message":"\"Eve<5><[U:1:9]><CT>\" say \"[12:00:01] [Server thread/INFO]: Bert joined the game\"","player":"Eve","player_slot":5,"player_id":"[U:1:9]","player_team":"CT","channel":"say","text":"[12:00:01] [Server thread/INFO]: Bert joined the game"}"#
      ),
      HostileLine(
        "a reason with a reason",
        #"L 01/02/2026 - 12:00:01: "Eve<5><[U:1:9]><CT>" disconnected (reason "Kicked (reason "VAC")")"#,
        #"{"time":"2026-01-02T12:00:01Z","format":"source-engine","event":"player.leave","message":"\"Eve<5><[U:1:9]><CT>\" disconnected (reason \"Kicked (reason \"VAC\")\")","player":"Eve","player_slot":5,"player_id":"[U:1:9]","player_team":"CT","reason":"Kicked (reason \"VAC\")"}"#
      ),
      HostileLine(
        "properties that are fields",
        #"L 01/02/2026 - 12:00:01: "Eve<5><[U:1:9]><CT>" triggered "vote" against "Bert<6><[U:1:2]><CT>" (player "Ada") (level "fatal") (event "player.ban") (victim "Ada") (message "x")"#,
        #"{"time":"2026-01-02T12:00:01Z","format":"source-engine","event":"player.action","message":"\"Eve<5><[U:1:9]><CT>\" triggered \"vote\" against \"Bert<6><[U:1:2]><CT>\" (player \"Ada\") (level \"fatal\") (event \"player.ban\") (victim \"Ada\") (message \"x\")","player":"Eve","player_slot":5,"player_id":"[U:1:9]","player_team":"CT","action":"vote","victim":"Bert","victim_slot":6,"victim_id":"[U:1:2]","victim_team":"CT","player_2":"Ada","_level":"fatal","_event":"player.ban","victim_2":"Ada","_message":"x"}"#
      ),
      HostileLine(
        "a command within a command",
        #"L 01/02/2026 - 12:00:01: rcon from "203.0.113.9:1234": command "say rcon from "192.0.2.1:1": command "quit"""#,
        #"{"time":"2026-01-02T12:00:01Z","format":"source-engine","event":"rcon.command","message":"rcon from \"203.0.113.9:1234\": command \"say rcon from \"192.0.2.1:1\": command \"quit\"\"","address":"203.0.113.9","address_port":1234,"command":"say rcon from \"192.0.2.1:1\": command \"quit\""}"#
      ),
      HostileLine(
        "a refused command with an address",
        #"L 01/02/2026 - 12:00:01: Bad Rcon: "rcon 1 "x" status" from "192.0.2.1:1"" from "203.0.113.9:57370""#,
        #"{"time":"2026-01-02T12:00:01Z","format":"source-engine","event":"rcon.refused","message":"Bad Rcon: \"rcon 1 \"x\" status\" from \"192.0.2.1:1\"\" from \"203.0.113.9:57370\"","command":"rcon 1 \"x\" status\" from \"192.0.2.1:1\"","address":"203.0.113.9","address_port":57370}"#
      ),
      HostileLine(
        "a message of a kick",
        #"L 01/02/2026 - 12:00:01: Kick: "Eve<5><[U:1:9]><CT>" was kicked by "Console" (message "by "Bert" (message "x")")"#,
        #"{"time":"2026-01-02T12:00:01Z","format":"source-engine","event":"player.kick","message":"Kick: \"Eve<5><[U:1:9]><CT>\" was kicked by \"Console\" (message \"by \"Bert\" (message \"x\")\")","player":"Eve","player_slot":5,"player_id":"[U:1:9]","player_team":"CT","by":"Console","reason":"by \"Bert\" (message \"x\")"}"#
      ),
    ])
  func forgesNothing(line: HostileLine) {
    line.expectItsEntry()
  }
}
