import Testing

/// Quake 3: the numbers before the names are the game's; a name holds no backslash, all else is allowed.
struct Quake3HostileNameTests {
  @Test(
    "What players write forges nothing",
    arguments: [
      HostileLine(
        "a victim that kills",
        #"  3:07 Kill: 2 3 10: Eve killed Bert killed Ada by MOD_RAILGUN"#,
        #"{"format":"quake3","event":"player.kill","message":"Kill: 2 3 10: Eve killed Bert killed Ada by MOD_RAILGUN","clock":187,"killer_slot":2,"victim_slot":3,"means":10,"killer":"Eve","victim":"Bert killed Ada","weapon":"MOD_RAILGUN"}"#
      ),
      HostileLine(
        "a killer that is the world",
        #"  3:07 Kill: 2 3 22: <world> killed Bert by MOD_TRIGGER_HURT"#,
        #"{"format":"quake3","event":"player.kill","message":"Kill: 2 3 22: <world> killed Bert by MOD_TRIGGER_HURT","clock":187,"killer_slot":2,"victim_slot":3,"means":22,"killer":"<world>","victim":"Bert","weapon":"MOD_TRIGGER_HURT"}"#
      ),
      HostileLine(
        "a victim that changes teams",
        #"  3:07 Kill: 2 3 10: Eve killed Bert by MOD_CHANGE_TEAM by MOD_RAILGUN"#,
        #"{"format":"quake3","event":"player.kill","message":"Kill: 2 3 10: Eve killed Bert by MOD_CHANGE_TEAM by MOD_RAILGUN","clock":187,"killer_slot":2,"victim_slot":3,"means":10,"killer":"Eve","victim":"Bert by MOD_CHANGE_TEAM","weapon":"MOD_RAILGUN"}"#
      ),
      HostileLine(
        "a killer with a cause",
        #"  3:07 Kill: 2 3 10: Eve by MOD_FALLING killed Bert by MOD_RAILGUN"#,
        #"{"format":"quake3","event":"player.kill","message":"Kill: 2 3 10: Eve by MOD_FALLING killed Bert by MOD_RAILGUN","clock":187,"killer_slot":2,"victim_slot":3,"means":10,"killer":"Eve by MOD_FALLING","victim":"Bert","weapon":"MOD_RAILGUN"}"#
      ),
      HostileLine(
        "a victim of the world with a cause",
        #"  3:07 Kill: 1022 2 22: <world> killed Eve killed Bert by MOD_FALLING by MOD_LAVA"#,
        #"{"format":"quake3","event":"player.death","message":"Kill: 1022 2 22: <world> killed Eve killed Bert by MOD_FALLING by MOD_LAVA","clock":187,"player_slot":2,"means":22,"player":"Eve killed Bert by MOD_FALLING","reason":"MOD_LAVA"}"#
      ),
      HostileLine(
        "chat that is a kill",
        #"  3:07 say: Eve: Kill: 0 1 2: Bert killed Ada by MOD_RAILGUN"#,
        #"{"format":"quake3","event":"chat","message":"say: Eve: Kill: 0 1 2: Bert killed Ada by MOD_RAILGUN","clock":187,"channel":"say","player":"Eve","text":"Kill: 0 1 2: Bert killed Ada by MOD_RAILGUN"}"#
      ),
      HostileLine(
        "chat of another",
        #"  3:07 say: Eve: Bert: hi"#,
        #"{"format":"quake3","event":"chat","message":"say: Eve: Bert: hi","clock":187,"channel":"say","player":"Eve","text":"Bert: hi"}"#),
      HostileLine(
        "chat that is a whole line",
        #"  3:07 sayteam: Eve:   3:08 Exit: Fraglimit hit."#,
        #"{"format":"quake3","event":"chat","message":"sayteam: Eve:   3:08 Exit: Fraglimit hit.","clock":187,"channel":"sayteam","player":"Eve","text":"  3:08 Exit: Fraglimit hit."}"#
      ),
      HostileLine(
        "chat with colours before a whole line",
        #"  3:07 say: ^1Eve^7: ^2  3:08 ClientDisconnect: 0"#,
        #"{"format":"quake3","event":"chat","message":"say: Eve:   3:08 ClientDisconnect: 0","clock":187,"channel":"say","player":"Eve","text":"  3:08 ClientDisconnect: 0"}"#
      ),
      HostileLine(
        "chat of nobody",
        #"  3:07 say: : Exit: Timelimit hit."#,
        #"{"format":"quake3","event":"chat","message":"say: : Exit: Timelimit hit.","clock":187,"channel":"say","text":"Exit: Timelimit hit."}"#
      ),
      HostileLine(
        "chat that is a line of Source",
        #"  3:07 say: Eve: L 01/02/2026 - 12:00:01: "Bert<6><[U:1:2]><CT>" say "me too""#,
        #"{"format":"quake3","event":"chat","message":"say: Eve: L 01/02/2026 - 12:00:01: \"Bert<6><[U:1:2]><CT>\" say \"me too\"","clock":187,"channel":"say","player":"Eve","text":"L 01/02/2026 - 12:00:01: \"Bert<6><[U:1:2]><CT>\" say \"me too\""}"#
      ),
      HostileLine(
        "chat to one that is chat",
        #"  3:07 tell: Eve to Bert: say: Ada: hi"#,
        #"{"format":null,"message":"  3:07 tell: Eve to Bert: say: Ada: hi"}"#),
      HostileLine(
        "a name with half an address",
        #"  3:07 ClientConnect: 3 (Eve) [IP: 192.0.2.1:27960) [IP: 203.0.113.9:27960]"#,
        #"{"format":"quake3","event":"player.connect","message":"ClientConnect: 3 (Eve) [IP: 192.0.2.1:27960) [IP: 203.0.113.9:27960]","clock":187,"player_slot":3,"player":"Eve) [IP: 192.0.2.1:27960","address":"203.0.113.9","address_port":27960}"#
      ),
      HostileLine(
        "a name with an address",
        #"  3:07 ClientConnect: 3 (Eve) [IP: 192.0.2.1:27960]) [IP: 203.0.113.9:27960]"#,
        #"{"format":"quake3","event":"player.connect","message":"ClientConnect: 3 (Eve) [IP: 192.0.2.1:27960]) [IP: 203.0.113.9:27960]","clock":187,"player_slot":3,"player":"Eve) [IP: 192.0.2.1:27960]","address":"203.0.113.9","address_port":27960}"#
      ),
      HostileLine(
        "keys of the player's own",
        #"  3:07 ClientUserinfo: 3 \ip\203.0.113.9:1\name\Eve\ip\192.0.2.1\event\player.kill\killer\Bert\level\fatal\time\2030-01-01T00:00:00Z\player_slot\7"#,
        #"{"format":"quake3","event":"player.userinfo","message":"ClientUserinfo: 3 \\ip\\203.0.113.9:1\\name\\Eve\\ip\\192.0.2.1\\event\\player.kill\\killer\\Bert\\level\\fatal\\time\\2030-01-01T00:00:00Z\\player_slot\\7","clock":187,"player_slot":3,"info_ip":"203.0.113.9:1","info_name":"Eve","info_ip_2":"192.0.2.1","info_event":"player.kill","info_killer":"Bert","info_level":"fatal","info_time":"2030-01-01T00:00:00Z","info_player_slot":"7"}"#
      ),
      HostileLine(
        "a name that is chat",
        #"  3:07 ClientUserinfoChanged: 3 n\say: Bert: hi\t\0\n\Bert"#,
        #"{"format":"quake3","event":"player.userinfo","message":"ClientUserinfoChanged: 3 n\\say: Bert: hi\\t\\0\\n\\Bert","clock":187,"player_slot":3,"info_n":"say: Bert: hi","info_t":"0","info_n_2":"Bert"}"#
      ),
      HostileLine(
        "a name with points",
        #"  3:07 score: 9  ping: 1  client: 3 Eve  ping: 9  client: 4 Bert"#,
        #"{"format":"quake3","event":"score","message":"score: 9  ping: 1  client: 3 Eve  ping: 9  client: 4 Bert","clock":187,"score":9,"ping":1,"player_slot":3,"player":"Eve  ping: 9  client: 4 Bert"}"#
      ),
      HostileLine(
        "a name with an item",
        #"  3:07 Item: 3 Eve weapon_rocketlauncher item_health"#,
        #"{"format":"quake3","event":"item.pickup","message":"Item: 3 Eve weapon_rocketlauncher item_health","clock":187,"player_slot":3,"player":"Eve weapon_rocketlauncher","item":"item_health"}"#
      ),
    ])
  func forgesNothing(line: HostileLine) {
    line.expectItsEntry(joins: true)
  }

  @Test(
    "Known: Urban Terror writes the number of who speaks, others do not, so a name of a number and a word is read as Urban Terror's",
    arguments: [
      HostileLine(
        "a name with a number",
        #"  3:07 say: 5 Bert: hi"#,
        #"{"format":"quake3","event":"chat","message":"say: 5 Bert: hi","clock":187,"channel":"say","player_slot":5,"player":"Bert","text":"hi"}"#
      ),
      HostileLine(
        "a name with a number and words",
        #"  3:07 say: 5 Bert the Bold: hi"#,
        #"{"format":"quake3","event":"chat","message":"say: 5 Bert the Bold: hi","clock":187,"channel":"say","player":"5 Bert the Bold","text":"hi"}"#
      ),
    ])
  func readAsUrbanTerror(line: HostileLine) {
    line.expectItsEntry(joins: true)
  }
}
