//! Watching a campaign live: the figures at once, every change soon, and an end with the log-in.

use reqwest::Response;
use serde_json::{Value, json};

use super::{add_everybody, contact, hello, id, path};
use crate::support::{Client, World};

/// A stream of events as somebody reads it.
struct Stream {
    response: Response,
    unread: String,
}

impl Stream {
    async fn open(world: &World, token: &str, campaign: &Value) -> Self {
        let url = format!("{}/api/v1/events?campaign_id={}", world.base, id(campaign));
        let http = reqwest::Client::builder().no_proxy().build().expect("an HTTP client");
        let response = http.get(url).bearer_auth(token).send().await.expect("an answer");
        assert_eq!(response.status().as_u16(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self { response, unread: String::new() }
    }

    /// The next event, by name; `None` when the stream has ended.
    async fn next(&mut self) -> Option<(String, Value)> {
        loop {
            if let Some((event, rest)) = self.unread.split_once("\n\n") {
                let field = |name: &str| {
                    event.lines().find_map(|line| line.strip_prefix(name)).map(|value| value.trim().to_owned())
                };
                let (name, data, id) = (field("event:"), field("data:"), field("id:"));
                self.unread = rest.to_owned();
                let (Some(name), Some(data)) = (name, data) else { continue };
                assert!(id.is_some_and(|id| id.parse::<i64>().is_ok()), "an event has an id");
                return Some((name, serde_json::from_str(&data).expect("an event is JSON")));
            }
            let chunk = self.response.chunk().await.ok()??;
            self.unread.push_str(std::str::from_utf8(&chunk).expect("events are text"));
        }
    }

    /// The data of the next event of this name that has this value in this member.
    async fn until(&mut self, name: &str, member: &str, value: Value) -> Value {
        loop {
            let (found, data) = self.next().await.expect("the stream goes on");
            if found == name && data[member] == value {
                return data;
            }
        }
    }
}

/// A token of the administrator: its id and its value.
async fn token(admin: &Client) -> (String, String) {
    let made = admin.post("/api/v1/tokens", json!({ "name": "wallboard" })).await.expect(201);
    let text = |member: &str| made[member].as_str().expect(member).to_owned();
    (text("id"), text("token"))
}

on_both! {
    async fn figures_come_at_once_and_again_when_they_change(world: World) {
        contact(&world.admin, "Ann", "+12125552000").await;
        let draft = hello(&world.admin, "Live").await;
        let (_, token) = token(&world.admin).await;
        let mut stream = Stream::open(&world, &token, &draft).await;
        let (name, first) = stream.next().await.expect("an event");
        let shown = world.admin.get(&format!("{}/progress", path(&draft))).await.expect(200);
        assert_eq!((name.as_str(), &first), ("progress", &shown));
        let expected = json!({
            "total": 0, "called": 0, "completed": 0, "failed": 0, "remaining": 0, "dialing": 0, "retrying": 0,
            "suppressed": 0, "attempts": 0, "success_rate": null, "calls_per_minute": 0, "estimated_end": null,
            "outcomes": {"answered": 0, "no_answer": 0, "busy": 0, "failed": 0, "voicemail": 0, "abandoned": 0,
                "opted_out": 0, "canceled": 0, "unknown": 0},
            "as_of": "2026-03-02T15:00:00Z"
        });
        assert_eq!(first, expected);
        assert_eq!(stream.next().await.expect("an event").1, json!({"status": "draft", "status_reason": null, "version": 1}));
        let mut late = Stream::open(&world, &token, &draft).await;
        assert_eq!(late.next().await.expect("an event").1, first, "a second one sees at once what the first has seen");
        add_everybody(&world.admin, &draft).await;
        for stream in [&mut stream, &mut late] {
            stream.until("progress", "total", json!(1)).await;
        }
        world.admin.patch(&path(&draft), json!({ "version": 1, "name": "Renamed" })).await.expect(200);
        stream.until("status", "version", json!(2)).await;
        world.admin.delete(&path(&draft)).await.expect(204);
        while stream.next().await.is_some() {}
    }

    async fn a_stream_ends_when_its_token_is_revoked(world: World) {
        let draft = hello(&world.admin, "Live").await;
        let (id, token) = token(&world.admin).await;
        let mut stream = Stream::open(&world, &token, &draft).await;
        stream.next().await.expect("an event");
        world.admin.delete(&format!("/api/v1/tokens/{id}")).await.expect(204);
        while stream.next().await.is_some() {}
    }

    async fn a_stream_ends_when_the_server_stops(world: World) {
        let draft = hello(&world.admin, "Live").await;
        let (_, token) = token(&world.admin).await;
        let mut stream = Stream::open(&world, &token, &draft).await;
        stream.next().await.expect("an event");
        drop(world);
        while stream.next().await.is_some() {}
    }

    async fn only_a_campaign_that_is_there_can_be_watched(world: World) {
        world.admin.get("/api/v1/events").await.expect_invalid(&["campaign_id"]);
        let nowhere = "/api/v1/events?campaign_id=00000000-0000-7000-8000-000000000000";
        world.admin.get(nowhere).await.expect_problem(404, "not-found");
    }
}
