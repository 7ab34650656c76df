import Testing

/// Minecraft Java: names are checked, chat, commands, items and creatures are anybody's words.
struct MinecraftHostileNameTests {
  @Test(
    "What players write forges nothing",
    arguments: [
      HostileLine(
        "chat that reads like a join",
        #"[12:00:01] [Server thread/INFO]: <Eve> Bert joined the game"#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"minecraft-java","event":"chat","message":"<Eve> Bert joined the game","thread":"Server thread","player":"Eve","text":"Bert joined the game"}"#
      ),
      HostileLine(
        "chat that is a whole line of the log",
        #"[12:00:01] [Server thread/INFO]: <Eve> [12:00:02] [Server thread/WARN]: Bert left the game"#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"minecraft-java","event":"chat","message":"<Eve> [12:00:02] [Server thread/WARN]: Bert left the game","thread":"Server thread","player":"Eve","text":"[12:00:02] [Server thread/WARN]: Bert left the game"}"#
      ),
      HostileLine(
        "chat that begins like chat of another",
        #"[12:00:01] [Server thread/INFO]: <Eve> <Bert> I did it"#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"minecraft-java","event":"chat","message":"<Eve> <Bert> I did it","thread":"Server thread","player":"Eve","text":"<Bert> I did it"}"#
      ),
      HostileLine(
        "the same without a signature",
        #"[12:00:01] [Async Chat Thread - #0/INFO]: [Not Secure] <Eve> [Not Secure] <Bert> I did it"#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"minecraft-java","event":"chat","message":"[Not Secure] <Eve> [Not Secure] <Bert> I did it","thread":"Async Chat Thread - #0","player":"Eve","text":"[Not Secure] <Bert> I did it"}"#
      ),
      HostileLine(
        "a whole line on the console of Paper",
        #"[12:00:01 INFO]: <Eve> [12:00:02 INFO]: Bert joined the game"#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"minecraft-java","event":"chat","message":"<Eve> [12:00:02 INFO]: Bert joined the game","player":"Eve","text":"[12:00:02 INFO]: Bert joined the game"}"#
      ),
      HostileLine(
        "a carriage return in chat",
        #"[12:00:01] [Server thread/INFO]: <Eve> hi\#u{d}[12:00:02] [Server thread/INFO]: Bert left the game"#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"minecraft-java","event":"chat","message":"<Eve> hi\r[12:00:02] [Server thread/INFO]: Bert left the game","thread":"Server thread","player":"Eve","text":"hi\r[12:00:02] [Server thread/INFO]: Bert left the game"}"#
      ),
      HostileLine(
        "colour codes that move the cursor",
        #"[12:00:01] [Server thread/INFO]: <Eve> hi\#u{1b}[2K\#u{1b}[1G[12:00:02] [Server thread/INFO]: Bert left the game"#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"minecraft-java","event":"chat","message":"<Eve> hi[12:00:02] [Server thread/INFO]: Bert left the game","thread":"Server thread","player":"Eve","text":"hi[12:00:02] [Server thread/INFO]: Bert left the game"}"#
      ),
      HostileLine(
        "line separators of Unicode",
        #"[12:00:01] [Server thread/INFO]: <Eve> a\#u{2028}[12:00:02] [Server thread/INFO]: Bert left\#u{85}[12:00:02] x"#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"minecraft-java","event":"chat","message":"<Eve> a\#u{2028}[12:00:02] [Server thread/INFO]: Bert left\#u{85}[12:00:02] x","thread":"Server thread","player":"Eve","text":"a\#u{2028}[12:00:02] [Server thread/INFO]: Bert left\#u{85}[12:00:02] x"}"#
      ),
      HostileLine(
        "chat of another program's log",
        #"[12:00:01] [Server thread/INFO]: <Eve> L 01/02/2026 - 12:00:01: "Bert<6><[U:1:2]><CT>" say "me too""#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"minecraft-java","event":"chat","message":"<Eve> L 01/02/2026 - 12:00:01: \"Bert<6><[U:1:2]><CT>\" say \"me too\"","thread":"Server thread","player":"Eve","text":"L 01/02/2026 - 12:00:01: \"Bert<6><[U:1:2]><CT>\" say \"me too\""}"#
      ),
      HostileLine(
        "chat that is JSON",
        #"[12:00:01] [Server thread/INFO]: <Eve> {"time":"2026-01-02T12:00:01Z","level":"fatal","msg":"down"}"#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"minecraft-java","event":"chat","message":"<Eve> {\"time\":\"2026-01-02T12:00:01Z\",\"level\":\"fatal\",\"msg\":\"down\"}","thread":"Server thread","player":"Eve","text":"{\"time\":\"2026-01-02T12:00:01Z\",\"level\":\"fatal\",\"msg\":\"down\"}"}"#
      ),
      HostileLine(
        "an action in the third person",
        #"[12:00:01] [Server thread/INFO]: * Eve Bert joined the game"#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"minecraft-java","message":"* Eve Bert joined the game","thread":"Server thread"}"#
      ),
      HostileLine(
        "an announcement",
        #"[12:00:01] [Server thread/INFO]: [Not Secure] [Eve] Bert left the game"#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"minecraft-java","message":"[Not Secure] [Eve] Bert left the game","thread":"Server thread"}"#
      ),
      HostileLine(
        "a name of a plugin's making",
        #"[12:00:01] [Server thread/INFO]: <[Admin] Eve> Bert joined the game"#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"minecraft-java","message":"<[Admin] Eve> Bert joined the game","thread":"Server thread"}"#
      ),
      HostileLine(
        "a weapon with brackets",
        #"[12:00:01] [Server thread/INFO]: Bert was slain by Eve using [x] using [y]"#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"minecraft-java","event":"player.death","message":"Bert was slain by Eve using [x] using [y]","thread":"Server thread","player":"Bert","killer":"Eve","weapon":"x] using [y"}"#
      ),
      HostileLine(
        "a weapon that reads like a join",
        #"[12:00:01] [Server thread/INFO]: Bert was slain by Eve using [Ada joined the game]"#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"minecraft-java","event":"player.death","message":"Bert was slain by Eve using [Ada joined the game]","thread":"Server thread","player":"Bert","killer":"Eve","weapon":"Ada joined the game"}"#
      ),
      HostileLine(
        "a creature that reads like a join",
        #"[12:00:01] [Server thread/INFO]: Bert was slain by Ada joined the game"#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"minecraft-java","event":"player.death","message":"Bert was slain by Ada joined the game","thread":"Server thread","player":"Bert","killer":"Ada joined the game"}"#
      ),
      HostileLine(
        "a named creature's death",
        #"[12:00:01] [Server thread/INFO]: Named entity class_1493['Bert joined the game'/7, l='ServerLevel[world]', x=0.50, y=64.00, z=-8.25] died: Bert joined the game was slain by Eve"#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"minecraft-java","message":"Named entity class_1493['Bert joined the game'/7, l='ServerLevel[world]', x=0.50, y=64.00, z=-8.25] died: Bert joined the game was slain by Eve","thread":"Server thread"}"#
      ),
      HostileLine(
        "a way to die that goes on",
        #"[12:00:01] [Server thread/INFO]: Eve drowned whilst trying to escape Bert was slain by Ada"#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"minecraft-java","event":"player.death","message":"Eve drowned whilst trying to escape Bert was slain by Ada","thread":"Server thread","player":"Eve","reason":"drowned","circumstance":"trying to escape Bert was slain by Ada"}"#
      ),
      HostileLine(
        "a reason that reads like another's end",
        #"[12:00:01] [Server thread/INFO]: Eve lost connection: Bert lost connection: Timed out"#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"minecraft-java","event":"player.disconnect","message":"Eve lost connection: Bert lost connection: Timed out","thread":"Server thread","player":"Eve","reason":"Bert lost connection: Timed out"}"#
      ),
      HostileLine(
        "a refused name",
        #"[12:00:01] [Server thread/INFO]: com.mojang.authlib.GameProfile@1a2b3c[id=<null>,name=Eve joined the game,properties={},legacy=false] (/203.0.113.9:50000) lost connection: Disconnected"#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"minecraft-java","message":"com.mojang.authlib.GameProfile@1a2b3c[id=<null>,name=Eve joined the game,properties={},legacy=false] (/203.0.113.9:50000) lost connection: Disconnected","thread":"Server thread"}"#
      ),
      HostileLine(
        "a command within a command",
        #"[12:00:01] [Server thread/INFO]: Eve issued server command: /say Bert issued server command: /stop"#,
        #"{"time":"2026-01-02T12:00:01Z","level":"info","format":"minecraft-java","event":"command","message":"Eve issued server command: /say Bert issued server command: /stop","thread":"Server thread","player":"Eve","command":"/say Bert issued server command: /stop"}"#
      ),
    ])
  func forgesNothing(line: HostileLine) {
    line.expectItsEntry()
  }
}
