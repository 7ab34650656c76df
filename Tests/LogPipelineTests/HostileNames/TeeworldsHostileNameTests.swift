import Testing

/// Teeworlds: names are up to 15 bytes of any kind, quotes too.
struct TeeworldsHostileNameTests {
  @Test(
    "What players write forges nothing",
    arguments: [
      HostileLine(
        "a killer with a victim",
        #"[695802c1][game]: kill killer='0:' victim='1:B' victim='2:Bert' weapon=3 special=0"#,
        #"{"time":"2026-01-02T17:39:13Z","format":"teeworlds","event":"player.kill","message":"kill killer='0:' victim='1:B' victim='2:Bert' weapon=3 special=0","module":"game","killer_slot":0,"killer":"' victim='1:B","victim_slot":2,"victim":"Bert","weapon":"3","special":0}"#
      ),
      HostileLine(
        "a victim with a weapon",
        #"[695802c1][game]: kill killer='0:Eve' victim='1:x' weapon=-1' weapon=3 special=0"#,
        #"{"time":"2026-01-02T17:39:13Z","format":"teeworlds","event":"player.kill","message":"kill killer='0:Eve' victim='1:x' weapon=-1' weapon=3 special=0","module":"game","killer_slot":0,"killer":"Eve","victim_slot":1,"victim":"x' weapon=-1","weapon":"3","special":0}"#
      ),
      HostileLine(
        "a killer with a victim, and death",
        #"[695802c1][game]: kill killer='0:' victim='9:X' victim='2:B' weapon=-1 special=0"#,
        #"{"time":"2026-01-02T17:39:13Z","format":"teeworlds","event":"player.death","message":"kill killer='0:' victim='9:X' victim='2:B' weapon=-1 special=0","module":"game","player_slot":2,"player":"B","special":0}"#
      ),
      HostileLine(
        "a suicide with a victim",
        #"[695802c1][game]: kill killer='0:' victim='9:X' victim='0:' victim='9:X' weapon=-1 special=0"#,
        #"{"time":"2026-01-02T17:39:13Z","format":"teeworlds","event":"player.death","message":"kill killer='0:' victim='9:X' victim='0:' victim='9:X' weapon=-1 special=0","module":"game","player_slot":0,"player":"' victim='9:X","special":0}"#
      ),
      HostileLine(
        "chat that is a leave",
        #"[695802c1][chat]: 0:-2:Eve: *** 'Bert' has left the game"#,
        #"{"time":"2026-01-02T17:39:13Z","format":"teeworlds","event":"chat","message":"0:-2:Eve: *** 'Bert' has left the game","module":"chat","player_slot":0,"chat_team":-2,"player":"Eve","text":"*** 'Bert' has left the game"}"#
      ),
      HostileLine(
        "chat that is a kill",
        #"[695802c1][chat]: 0:-2:Eve: kill killer='1:Bert' victim='2:Ada' weapon=3 special=0"#,
        #"{"time":"2026-01-02T17:39:13Z","format":"teeworlds","event":"chat","message":"0:-2:Eve: kill killer='1:Bert' victim='2:Ada' weapon=3 special=0","module":"chat","player_slot":0,"chat_team":-2,"player":"Eve","text":"kill killer='1:Bert' victim='2:Ada' weapon=3 special=0"}"#
      ),
      HostileLine(
        "chat that is a whole line",
        #"[695802c1][chat]: 0:-2:Eve: [695802c2][server]: player has entered the game. ClientID=1 addr=192.0.2.1:1"#,
        #"{"time":"2026-01-02T17:39:13Z","format":"teeworlds","event":"chat","message":"0:-2:Eve: [695802c2][server]: player has entered the game. ClientID=1 addr=192.0.2.1:1","module":"chat","player_slot":0,"chat_team":-2,"player":"Eve","text":"[695802c2][server]: player has entered the game. ClientID=1 addr=192.0.2.1:1"}"#
      ),
      HostileLine(
        "chat that is a whole line, as written today",
        #"2026-01-02 12:00:01 I chat: 0:-2:Eve: 2026-01-02 12:00:02 I server: player has entered the game. ClientId=1 addr=<{192.0.2.1:1}> sixup=0"#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"teeworlds","event":"chat","message":"0:-2:Eve: 2026-01-02 12:00:02 I server: player has entered the game. ClientId=1 addr=<{192.0.2.1:1}> sixup=0","module":"chat","player_slot":0,"chat_team":-2,"player":"Eve","text":"2026-01-02 12:00:02 I server: player has entered the game. ClientId=1 addr=<{192.0.2.1:1}> sixup=0"}"#
      ),
      HostileLine(
        "a name that is a number and a name",
        #"[695802c1][chat]: 0:-2:1:-2:Bert: hi"#,
        #"{"time":"2026-01-02T17:39:13Z","format":"teeworlds","event":"chat","message":"0:-2:1:-2:Bert: hi","module":"chat","player_slot":0,"chat_team":-2,"player":"1:-2:Bert","text":"hi"}"#
      ),
      HostileLine(
        "a name that is another part",
        #"[695802c1][chat]: 0:-2:Eve][game]: : kill"#,
        #"{"time":"2026-01-02T17:39:13Z","format":"teeworlds","event":"chat","message":"0:-2:Eve][game]: : kill","module":"chat","player_slot":0,"chat_team":-2,"player":"Eve][game]","text":": kill"}"#
      ),
      HostileLine(
        "a name that joins",
        #"[695802c1][chat]: *** 'Eve' entered' entered and joined the game"#,
        #"{"time":"2026-01-02T17:39:13Z","format":"teeworlds","event":"player.join","message":"*** 'Eve' entered' entered and joined the game","module":"chat","player":"Eve' entered"}"#
      ),
      HostileLine(
        "a reason that is a leave",
        #"[695802c1][chat]: *** 'Eve' has left the game (' has left the game (x))"#,
        #"{"time":"2026-01-02T17:39:13Z","format":"teeworlds","event":"player.leave","message":"*** 'Eve' has left the game (' has left the game (x))","module":"chat","player":"Eve","reason":"' has left the game (x)"}"#
      ),
      HostileLine(
        "names with quotes",
        #"[695802c1][chat]: *** 'it's ' name' changed name to '*** 'Bert''"#,
        #"{"time":"2026-01-02T17:39:13Z","format":"teeworlds","event":"player.rename","message":"*** 'it's ' name' changed name to '*** 'Bert''","module":"chat","player":"it's ' name","new_name":"*** 'Bert'"}"#
      ),
      HostileLine(
        "a name with an item",
        #"[695802c1][game]: pickup player='0:' item=9/9' item=1/0"#,
        #"{"time":"2026-01-02T17:39:13Z","format":"teeworlds","event":"item.pickup","message":"pickup player='0:' item=9/9' item=1/0","module":"game","player_slot":0,"player":"' item=9/9","item":"1/0"}"#
      ),
      HostileLine(
        "a name with a team",
        #"[695802c1][game]: team_join player='0:' team=1' team=0"#,
        #"{"time":"2026-01-02T17:39:13Z","format":"teeworlds","event":"player.team.join","message":"team_join player='0:' team=1' team=0","module":"game","player_slot":0,"player":"' team=1"}"#
      ),
      HostileLine(
        "a vote's reason",
        #"[695802c1][server]: '0:Eve' voted kick '1:Bert' reason='*** 'Bert' has left the game' cmd='ban 192.0.2.1' force=0"#,
        #"{"time":"2026-01-02T17:39:13Z","format":"teeworlds","message":"'0:Eve' voted kick '1:Bert' reason='*** 'Bert' has left the game' cmd='ban 192.0.2.1' force=0","module":"server"}"#
      ),
      HostileLine(
        "a reason with a reason",
        #"[695802c1][server]: client dropped. cid=3 addr=<{203.0.113.9:8303}> reason='x' reason=''"#,
        #"{"time":"2026-01-02T17:39:13Z","format":"teeworlds","event":"player.disconnect","message":"client dropped. cid=3 addr=<{203.0.113.9:8303}> reason='x' reason=''","module":"server","player_slot":3,"address":"203.0.113.9","address_port":8303,"reason":"x' reason='"}"#
      ),
      HostileLine(
        "an administrator's words",
        #"[695802c1][server]: ClientID=0 rcon='say *** 'Bert' has left the game'"#,
        #"{"time":"2026-01-02T17:39:13Z","format":"teeworlds","message":"ClientID=0 rcon='say *** 'Bert' has left the game'","module":"server"}"#
      ),
    ])
  func forgesNothing(line: HostileLine) {
    line.expectItsEntry()
  }
}
