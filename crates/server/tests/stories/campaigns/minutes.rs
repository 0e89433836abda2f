//! Calls a minute: every minute of a stretch, with the calls that were started in it.

use carillon_simulator::{Behavior, Mix};
use serde_json::{Value, json};

use super::{CAMPAIGNS, hello, path};
use crate::support::{minutes, number, numbers, says, seconds};

fn figures(items: &[Value]) -> Vec<[i64; 3]> {
    let figure = |item: &Value, name: &str| item[name].as_i64().expect("a figure");
    items.iter().map(|item| ["started", "answered", "ended"].map(|name| figure(item, name))).collect()
}

on_both_stages! {
    async fn each_minute_is_there_with_the_calls_that_were_started_in_it(stage: Stage) {
        let admin = &stage.world.admin;
        stage.settings(|settings| settings.calls_per_second = 0.1).await;
        stage.carrier.set_mix(Mix::all_human(2.0, 30.0));
        stage.carrier.set_behavior(&number(1), vec![Behavior::Busy]);
        let play = stage.campaign(&numbers(10), |settings| settings.message = Some(says(&"word ".repeat(200)))).await;
        let line = format!("{CAMPAIGNS}/{}/minutes", play.id);
        let none = admin.get(&line).await.expect(200)["items"].as_array().expect("items").clone();
        assert_eq!((none.len(), &none[59]["at"]), (60, &json!("2026-03-02T15:00:00Z")));
        assert!(figures(&none).iter().all(|figures| *figures == [0, 0, 0]));

        play.start().await;
        // A call each ten seconds: six in the first minute, of which the second is busy, and four in the next one.
        stage.world.run_for(seconds(58)).await;
        let now = admin.get(&format!("{line}?minutes=1")).await.expect(200)["items"].as_array().expect("items").clone();
        assert_eq!(figures(&now), [[6, 5, 3]], "two have ended, one is busy, three still talk");
        stage.world.run_for(minutes(2)).await;
        let items = admin.get(&format!("{line}?minutes=4")).await.expect(200)["items"].as_array().expect("items").clone();
        let at: Vec<&Value> = items.iter().map(|item| &item["at"]).collect();
        assert_eq!(json!(at), json!([
            "2026-03-02T14:59:00Z", "2026-03-02T15:00:00Z", "2026-03-02T15:01:00Z", "2026-03-02T15:02:00Z",
        ]));
        assert_eq!(figures(&items), [[0, 0, 0], [6, 5, 6], [4, 4, 4], [0, 0, 0]]);
        assert_eq!(play.counts().await.attempts, 10);
    }

    async fn the_stretch_has_bounds_and_a_campaign(stage: Stage) {
        let admin = &stage.world.admin;
        let draft = hello(admin, "Line").await;
        for (wanted, count) in [("1", 1), ("180", 180)] {
            let page = admin.get(&format!("{}/minutes?minutes={wanted}", path(&draft))).await.expect(200);
            assert_eq!(page["items"].as_array().map(Vec::len), Some(count));
        }
        for wrong in ["0", "181", "-1", "x"] {
            admin.get(&format!("{}/minutes?minutes={wrong}", path(&draft))).await.expect_invalid(&["minutes"]);
        }
        let nowhere = format!("{CAMPAIGNS}/00000000-0000-7000-8000-000000000000/minutes");
        admin.get(&nowhere).await.expect_problem(404, "not-found");
    }
}
