import Testing

/// Rust: names are up to 32 characters of any kind; the ids stand beside them.
struct RustHostileNameTests {
  @Test(
    "What players write forges nothing",
    arguments: [
      HostileLine(
        "chat that is a death",
        #"[01/02/2026 12:00:01] 76561190000000009/Eve: Bert[2/76561190000000002] died (Fall)"#,
        #"{"time":"2026-01-02T12:00:01Z","format":"rust-game","event":"chat","message":"76561190000000009/Eve: Bert[2/76561190000000002] died (Fall)","player_id":"76561190000000009","player":"Eve","text":"Bert[2/76561190000000002] died (Fall)"}"#
      ),
      HostileLine(
        "chat that is a death, as written today",
        #"[01/02/2026 12:00:01] [CHAT] Eve[76561190000000009] : Bert[76561190000000002] died (Fall)"#,
        #"{"time":"2026-01-02T12:00:01Z","format":"rust-game","event":"chat","message":"[CHAT] Eve[76561190000000009] : Bert[76561190000000002] died (Fall)","channel":"CHAT","player":"Eve","player_id":"76561190000000009","text":"Bert[76561190000000002] died (Fall)"}"#
      ),
      HostileLine(
        "chat that is a join",
        #"[01/02/2026 12:00:01] 76561190000000009/Eve: 192.0.2.1:1/76561190000000002/Bert joined [windows/76561190000000002]"#,
        #"{"time":"2026-01-02T12:00:01Z","format":"rust-game","event":"chat","message":"76561190000000009/Eve: 192.0.2.1:1/76561190000000002/Bert joined [windows/76561190000000002]","player_id":"76561190000000009","player":"Eve","text":"192.0.2.1:1/76561190000000002/Bert joined [windows/76561190000000002]"}"#
      ),
      HostileLine(
        "chat of another",
        #"[01/02/2026 12:00:01] 76561190000000009/Eve: 76561190000000002/Bert: hello"#,
        #"{"time":"2026-01-02T12:00:01Z","format":"rust-game","event":"chat","message":"76561190000000009/Eve: 76561190000000002/Bert: hello","player_id":"76561190000000009","player":"Eve","text":"76561190000000002/Bert: hello"}"#
      ),
      HostileLine(
        "chat that is a whole line",
        #"[01/02/2026 12:00:01] 76561190000000009/Eve: [01/02/2026 12:00:02] Saving complete"#,
        #"{"time":"2026-01-02T12:00:01Z","format":"rust-game","event":"chat","message":"76561190000000009/Eve: [01/02/2026 12:00:02] Saving complete","player_id":"76561190000000009","player":"Eve","text":"[01/02/2026 12:00:02] Saving complete"}"#
      ),
      HostileLine(
        "chat that is JSON",
        #"[01/02/2026 12:00:01] 76561190000000009/Eve: {"level":"fatal","msg":"down"}"#,
        #"{"time":"2026-01-02T12:00:01Z","format":"rust-game","event":"chat","message":"76561190000000009/Eve: {\"level\":\"fatal\",\"msg\":\"down\"}","player_id":"76561190000000009","player":"Eve","text":"{\"level\":\"fatal\",\"msg\":\"down\"}"}"#
      ),
      HostileLine(
        "a name with slashes and a number",
        #"[01/02/2026 12:00:01] 76561190000000009/a/b/c[1/2]: x: y / z"#,
        #"{"time":"2026-01-02T12:00:01Z","format":"rust-game","event":"chat","message":"76561190000000009/a/b/c[1/2]: x: y / z","player_id":"76561190000000009","player":"a/b/c[1/2]","text":"x: y / z"}"#
      ),
      HostileLine(
        "a name that joins",
        #"[01/02/2026 12:00:01] 203.0.113.9:50000/76561190000000009/Eve joined [windows/1] joined [windows/76561190000000009]"#,
        #"{"time":"2026-01-02T12:00:01Z","format":"rust-game","event":"player.join","message":"203.0.113.9:50000/76561190000000009/Eve joined [windows/1] joined [windows/76561190000000009]","address":"203.0.113.9","address_port":50000,"player_id":"76561190000000009","player":"Eve joined [windows/1]","os":"windows"}"#
      ),
      HostileLine(
        "a name that is chat of another",
        #"[01/02/2026 12:00:01] 203.0.113.9:50000/76561190000000009/76561190000000002/Bert: hi joined [linux/76561190000000009]"#,
        #"{"time":"2026-01-02T12:00:01Z","format":"rust-game","event":"player.join","message":"203.0.113.9:50000/76561190000000009/76561190000000002/Bert: hi joined [linux/76561190000000009]","address":"203.0.113.9","address_port":50000,"player_id":"76561190000000009","player":"76561190000000002/Bert: hi","os":"linux"}"#
      ),
      HostileLine(
        "a name with a reason",
        #"[01/02/2026 12:00:01] 203.0.113.9:50000/76561190000000009/Eve disconnecting: Kicked disconnecting: disconnect"#,
        #"{"time":"2026-01-02T12:00:01Z","format":"rust-game","event":"player.leave","message":"203.0.113.9:50000/76561190000000009/Eve disconnecting: Kicked disconnecting: disconnect","address":"203.0.113.9","address_port":50000,"player_id":"76561190000000009","player":"Eve disconnecting: Kicked","reason":"disconnect"}"#
      ),
      HostileLine(
        "a killer with the number of another",
        #"[01/02/2026 12:00:01] Bert[2/76561190000000002] was killed by [1/76561190000000003][3/76561190000000009]"#,
        #"{"time":"2026-01-02T12:00:01Z","format":"rust-game","event":"player.kill","message":"Bert[2/76561190000000002] was killed by [1/76561190000000003][3/76561190000000009]","victim":"Bert","victim_entity":2,"victim_id":"76561190000000002","killer":"[1/76561190000000003]","killer_entity":3,"killer_id":"76561190000000009"}"#
      ),
      HostileLine(
        "a victim with the number of another",
        #"[01/02/2026 12:00:01] [1/76561190000000003][3/76561190000000009] was killed by Bert[2/76561190000000002]"#,
        #"{"time":"2026-01-02T12:00:01Z","format":"rust-game","event":"player.kill","message":"[1/76561190000000003][3/76561190000000009] was killed by Bert[2/76561190000000002]","victim":"[1/76561190000000003]","victim_entity":3,"victim_id":"76561190000000009","killer":"Bert","killer_entity":2,"killer_id":"76561190000000002"}"#
      ),
      HostileLine(
        "a victim that was killed",
        #"[01/02/2026 12:00:01] Ada was killed by Bert[3/76561190000000009] was killed by Bert[2/76561190000000002]"#,
        #"{"time":"2026-01-02T12:00:01Z","format":"rust-game","event":"player.kill","message":"Ada was killed by Bert[3/76561190000000009] was killed by Bert[2/76561190000000002]","victim":"Ada was killed by Bert","victim_entity":3,"victim_id":"76561190000000009","killer":"Bert","killer_entity":2,"killer_id":"76561190000000002"}"#
      ),
      HostileLine(
        "a killer that is a bear",
        #"[01/02/2026 12:00:01] Bert[2/76561190000000002] was killed by Eve (bear)[3/76561190000000009]"#,
        #"{"time":"2026-01-02T12:00:01Z","format":"rust-game","event":"player.kill","message":"Bert[2/76561190000000002] was killed by Eve (bear)[3/76561190000000009]","victim":"Bert","victim_entity":2,"victim_id":"76561190000000002","killer":"Eve (bear)","killer_entity":3,"killer_id":"76561190000000009"}"#
      ),
      HostileLine(
        "a killer that died",
        #"[01/02/2026 12:00:01] Eve[3/76561190000000009] was killed by Bert died (x)[2/76561190000000002]"#,
        #"{"time":"2026-01-02T12:00:01Z","format":"rust-game","event":"player.kill","message":"Eve[3/76561190000000009] was killed by Bert died (x)[2/76561190000000002]","victim":"Eve","victim_entity":3,"victim_id":"76561190000000009","killer":"Bert died (x)","killer_entity":2,"killer_id":"76561190000000002"}"#
      ),
      HostileLine(
        "a name that fell",
        #"[01/02/2026 12:00:01] Eve died (Fall)[3/76561190000000009] was killed by bear.prefab (bear)"#,
        #"{"time":"2026-01-02T12:00:01Z","format":"rust-game","event":"player.death","message":"Eve died (Fall)[3/76561190000000009] was killed by bear.prefab (bear)","player":"Eve died (Fall)","player_entity":3,"player_id":"76561190000000009","killer":"bear.prefab (bear)"}"#
      ),
      HostileLine(
        "a name that is a save",
        #"[01/02/2026 12:00:01] Saving complete[3/76561190000000009] died (Bleeding)"#,
        #"{"time":"2026-01-02T12:00:01Z","format":"rust-game","event":"player.death","message":"Saving complete[3/76561190000000009] died (Bleeding)","player":"Saving complete","player_entity":3,"player_id":"76561190000000009","reason":"Bleeding"}"#
      ),
      HostileLine(
        "a name within another's line",
        #"[01/02/2026 12:00:01] [EAC] Kicking 76561190000000009/Eve joined [windows/76561190000000009] (Violation)"#,
        #"{"time":"2026-01-02T12:00:01Z","format":"rust-game","message":"[EAC] Kicking 76561190000000009/Eve joined [windows/76561190000000009] (Violation)"}"#
      ),
    ])
  func forgesNothing(line: HostileLine) {
    line.expectItsEntry()
  }

  @Test(
    "Known: deaths begin with the name, so a name that is the begin of another kind of line within 32 characters is read as that",
    arguments: [
      HostileLine(
        "a name that begins like chat of another",
        #"[01/02/2026 12:00:01] 76561190000000003/B: hello[3/76561190000000009] died (Fall)"#,
        #"{"time":"2026-01-02T12:00:01Z","format":"rust-game","event":"chat","message":"76561190000000003/B: hello[3/76561190000000009] died (Fall)","player_id":"76561190000000003","player":"B","text":"hello[3/76561190000000009] died (Fall)"}"#
      ),
      HostileLine(
        "a name that begins like Oxide's lines: the event and the id stay right",
        #"[01/02/2026 12:00:01] [Oxide] 12:00 [Error] x[3/76561190000000009] died (Fall)"#,
        #"{"time":"2026-01-02T12:00:01Z","level":"error","format":"rust-game","event":"player.death","message":"x[3/76561190000000009] died (Fall)","logger":"Oxide","plugin_time":"12:00","player":"x","player_entity":3,"player_id":"76561190000000009","reason":"Fall"}"#
      ),
    ])
  func readAsAnotherKind(line: HostileLine) {
    line.expectItsEntry()
  }
}
