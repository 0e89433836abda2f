//! Watching a campaign live: the figures at once, every change soon, and an end with the log-in.

use serde_json::json;

use super::{add_everybody, contact, hello, id, path};
use crate::support::{Client, Events, seconds};

/// A token of the administrator: its id and its value.
pub async fn token(admin: &Client) -> (String, String) {
    let made = admin.post("/api/v1/tokens", json!({ "name": "wallboard" })).await.expect(201);
    let text = |member: &str| made[member].as_str().expect(member).to_owned();
    (text("id"), text("token"))
}

on_both! {
    async fn figures_come_at_once_and_again_when_they_change(world: World) {
        contact(&world.admin, "Ann", "+12125552000").await;
        let draft = hello(&world.admin, "Live").await;
        let (_, token) = token(&world.admin).await;
        let mut stream = Events::open(&world, &token, id(&draft)).await;
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
        let mut late = Events::open(&world, &token, id(&draft)).await;
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

    async fn a_quiet_page_hears_how_old_its_figures_are(world: World) {
        let draft = hello(&world.admin, "Quiet").await;
        let (_, token) = token(&world.admin).await;
        let mut one = Events::open(&world, &token, id(&draft)).await;
        let mut list = Events::open_list(&world, &token).await;
        for stream in [&mut one, &mut list] {
            for _ in 0..2 {
                assert_ne!(stream.next().await.expect("an event").0, "heartbeat", "figures come first");
            }
        }
        for beat in 1..=2 {
            world.run_for(seconds(10)).await;
            let now = world.clock_now().to_string();
            for stream in [&mut one, &mut list] {
                let (name, data) = stream.next().await.expect("an event");
                assert_eq!((name.as_str(), data), ("heartbeat", json!({ "as_of": now })), "beat {beat}");
            }
        }
        world.run_for(seconds(9)).await;
        world.admin.patch(&path(&draft), json!({ "version": 1, "name": "Changed" })).await.expect(200);
        let (name, _) = one.next().await.expect("an event");
        assert_ne!(name, "heartbeat", "it is not time yet");
    }

    async fn a_stream_ends_when_its_token_is_revoked(world: World) {
        let draft = hello(&world.admin, "Live").await;
        let (token_id, token) = token(&world.admin).await;
        let mut stream = Events::open(&world, &token, id(&draft)).await;
        stream.next().await.expect("an event");
        world.admin.delete(&format!("/api/v1/tokens/{token_id}")).await.expect(204);
        while stream.next().await.is_some() {}
    }

    async fn a_stream_ends_when_the_server_stops(world: World) {
        let draft = hello(&world.admin, "Live").await;
        let (_, token) = token(&world.admin).await;
        let mut stream = Events::open(&world, &token, id(&draft)).await;
        stream.next().await.expect("an event");
        drop(world);
        while stream.next().await.is_some() {}
    }

    async fn only_a_campaign_that_is_there_can_be_watched(world: World) {
        world.admin.get("/api/v1/events?campaign_id=mine").await.expect_invalid(&["campaign_id"]);
        let nowhere = "/api/v1/events?campaign_id=00000000-0000-7000-8000-000000000000";
        world.admin.get(nowhere).await.expect_problem(404, "not-found");
    }
}
