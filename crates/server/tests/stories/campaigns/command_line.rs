//! Campaigns from the command line: as files that may be applied again and again, and by hand.

use std::process::Output;

use serde_json::json;
use tokio::process::Command;

use super::lifecycle::ready;
use super::{CAMPAIGNS, contact, hello, id as id_of, path};
use crate::support::World;

/// Somebody's terminal.
struct Terminal {
    url: String,
    token: String,
    folder: tempfile::TempDir,
}

impl Terminal {
    async fn of(world: &World) -> Self {
        let made = world.admin.post("/api/v1/tokens", json!({ "name": "terminal" })).await.expect(201);
        let token = made["token"].as_str().expect("a token").to_owned();
        Self { url: world.base.clone(), token, folder: tempfile::tempdir().expect("a folder") }
    }

    async fn run(&self, words: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_carillon"));
        command.arg("campaign").args(words).current_dir(self.folder.path()).env_clear();
        command.env("CARILLON_URL", &self.url).env("CARILLON_TOKEN", &self.token);
        command.output().await.expect("the program runs")
    }

    /// What a command that succeeds prints.
    async fn prints(&self, words: &[&str]) -> String {
        let output = self.run(words).await;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{words:?}: {said}");
        String::from_utf8(output.stdout).expect("text")
    }

    /// What a command that fails says.
    async fn refuses(&self, words: &[&str]) -> String {
        let output = self.run(words).await;
        assert_eq!(output.status.code(), Some(1), "{words:?}: {}", String::from_utf8_lossy(&output.stdout));
        String::from_utf8(output.stderr).expect("text")
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.folder.path().join(name), text).expect("a file");
    }
}

const FILE: &str = r#"
name = "Q4 survey"
ring_timeout_s = 20

[message]
kind = "tts"
text = "Hello {{first_name|there}}"

[retry]
max_attempts = 2
"#;

on_both! {
    async fn a_file_makes_a_campaign_once_and_changes_it_when_it_changes(world: World) {
        let terminal = Terminal::of(&world).await;
        terminal.write("q4.toml", FILE);
        assert!(terminal.prints(&["apply", "q4.toml"]).await.starts_with("created Q4 survey ("));
        assert!(terminal.prints(&["apply", "q4.toml"]).await.starts_with("unchanged Q4 survey ("));
        terminal.write("q4.toml", &FILE.replace("20", "25"));
        assert!(terminal.prints(&["apply", "q4.toml"]).await.starts_with("updated Q4 survey ("));
        let listed = world.admin.get(CAMPAIGNS).await.expect(200);
        let found = listed["items"].as_array().expect("items");
        assert_eq!((found.len(), &found[0]["ring_timeout_s"], &found[0]["version"]), (1, &json!(25), &json!(2)));
        assert_eq!(found[0]["retry"]["max_attempts"], 2);
        for format in ["toml", "json"] {
            let exported = terminal.prints(&["export", "Q4 survey", "--format", format]).await;
            let name = format!("exported.{format}");
            terminal.write(&name, &exported);
            assert!(terminal.prints(&["apply", &name]).await.starts_with("unchanged Q4 survey ("), "{exported}");
        }
    }

    async fn what_a_file_gets_wrong_is_named(world: World) {
        let terminal = Terminal::of(&world).await;
        terminal.write("wrong.toml", "name = \"Q4\"\nring_timeout_s = 1\ncolor = \"red\"\n");
        assert!(terminal.refuses(&["apply", "wrong.toml"]).await.contains("color: is not known here"));
        terminal.write("nameless.json", "{}");
        assert!(terminal.refuses(&["apply", "nameless.json"]).await.contains("a campaign needs a name"));
        terminal.write("broken.toml", "name = ");
        assert!(terminal.refuses(&["apply", "broken.toml"]).await.contains("broken.toml"));
        terminal.write("elsewhere.toml", "name = \"Q4\"\ndepartment = \"Sales\"\n");
        assert!(terminal.refuses(&["apply", "elsewhere.toml"]).await.contains("there is no department \"Sales\""));
    }

    async fn a_file_may_name_its_department(world: World) {
        let sales = world.another_department("Sales").await;
        let terminal = Terminal::of(&world).await;
        terminal.write("q4.toml", "name = \"Q4\"\ndepartment = \"Sales\"\n");
        terminal.prints(&["apply", "q4.toml"]).await;
        let listed = world.admin.get(CAMPAIGNS).await.expect(200);
        assert_eq!(listed["items"][0]["department_id"], json!(sales));
        assert!(terminal.prints(&["export", "Q4"]).await.contains("department = \"Sales\""));
    }

    async fn a_campaign_is_named_by_its_id_or_its_name(world: World) {
        let terminal = Terminal::of(&world).await;
        let first = hello(&world.admin, "Twice").await;
        let id = id_of(&first).to_owned();
        assert!(terminal.prints(&["status", "Twice"]).await.starts_with("Twice is draft\n0 of 0 called"));
        hello(&world.admin, "Twice").await;
        assert!(terminal.refuses(&["status", "Twice"]).await.contains("several campaigns have this name"));
        assert!(terminal.prints(&["status", &id]).await.contains("start it to begin dialing"));
        assert!(terminal.refuses(&["status", "Nothing"]).await.contains("there is no campaign named \"Nothing\""));
        let whole: serde_json::Value = serde_json::from_str(&terminal.prints(&["status", &id, "--json"]).await).expect("JSON");
        assert_eq!((&whole["campaign"]["id"], &whole["progress"]["total"]), (&json!(id), &json!(0)));
    }

    async fn what_cannot_be_done_is_said_with_the_reason(world: World) {
        let terminal = Terminal::of(&world).await;
        hello(&world.admin, "Q4").await;
        let said = terminal.refuses(&["start", "Q4"]).await;
        assert!(said.contains("recipients: add at least one recipient") && said.contains("carrier:"), "{said}");
        let said = terminal.refuses(&["pause", "Q4"]).await;
        assert!(said.contains("a campaign that is draft cannot pause"), "{said}");
        let stranger = Terminal { token: "car_wrong".to_owned(), ..Terminal::of(&world).await };
        assert!(stranger.refuses(&["status", "Q4"]).await.contains("Log in first"));
        let lost = Terminal { url: "http://127.0.0.1:9".to_owned(), ..Terminal::of(&world).await };
        assert!(lost.refuses(&["status", "Q4"]).await.contains("http://127.0.0.1:9 cannot be reached"));
    }
}

on_both_stages! {
    async fn a_campaign_is_started_paused_followed_and_stopped(stage: Stage) {
        let world = &stage.world;
        contact(&world.admin, "Ann", "+12125552000").await;
        let terminal = Terminal::of(world).await;
        let draft = ready(&world.admin, "Q4").await;
        assert_eq!(terminal.prints(&["start", "Q4"]).await, "Q4 is active\n");
        assert!(terminal.prints(&["status", "Q4"]).await.contains("Outside the campaign's own hours"));
        assert_eq!(terminal.prints(&["pause", "Q4"]).await, "Q4 is paused\n");
        assert_eq!(terminal.prints(&["resume", "Q4"]).await, "Q4 is active\n");
        let words = ["status", "Q4", "--follow"];
        let (followed, stopped) = tokio::join!(terminal.prints(&words), terminal.prints(&["stop", "Q4"]));
        assert_eq!(stopped, "Q4 is completed\n");
        let last = followed.lines().last().expect("a line");
        assert!(last.starts_with("Q4 is completed; 0 of 1 called: 0 completed"), "{followed}");
        assert!(world.admin.get(&path(&draft)).await.expect(200)["finished_at"].is_string());
    }
}
