//! When people answer: by the hour where they are and by area, from the organization's own calls.

use carillon::store::{Lane, StoreError, answers};
use carillon_domain::retry::{RetryCondition, RetryPolicy};
use carillon_domain::roles::Role;
use carillon_simulator::{Behavior, Mix};
use serde_json::{Value, json};

use crate::support::{Client, Play, Stage, minutes, number};

const BEST_HOURS: &str = "/api/v1/analytics/best-hours";

async fn best_hours(client: &Client, query: &str) -> Value {
    client.get(&format!("{BEST_HOURS}{query}")).await.expect(200)
}

fn counts(view: &Value) -> (i64, i64) {
    (view["attempts"].as_i64().expect("attempts"), view["answered"].as_i64().expect("answers"))
}

fn sum(items: &Value, member: &str) -> i64 {
    items.as_array().expect("items").iter().filter_map(|item| item[member].as_i64()).sum()
}

/// A campaign that called three people, of whom two answered, and whose figures are rolled up.
async fn called(stage: &Stage) -> Play<'_> {
    stage.carrier.set_mix(Mix::all_human(2.0, 10.0));
    stage.carrier.set_behavior(&number(2), vec![Behavior::NoAnswer]);
    let retry = RetryPolicy { max_attempts: 1, delays_s: vec![3_600], on: vec![RetryCondition::NoAnswer] };
    let play = stage.campaign(&[number(0), number(1), number(2)], |settings| settings.retry = retry).await;
    play.start().await;
    stage.world.run_for(minutes(12)).await;
    play
}

on_both_stages! {
    async fn every_call_counts_once_at_its_hour_and_in_its_area(stage: Stage) {
        let admin = &stage.world.admin;
        let before = best_hours(admin, "").await;
        assert_eq!((counts(&before), &before["rate"], &before["cells"]), ((0, 0), &Value::Null, &json!([])));
        let play = called(&stage).await;
        let view = best_hours(admin, "").await;
        assert_eq!((counts(&view), &view["rate"]), ((3, 2), &json!(66.7)), "{view}");
        assert_eq!(sum(&view["cells"], "attempts") + view["zone_unknown"]["attempts"].as_i64().expect("a count"), 3);
        assert_eq!((sum(&view["areas"], "attempts"), sum(&view["areas"], "answered")), (3, 2));
        assert_eq!(view["suggested"], json!([]), "three calls propose nothing");
        for cell in view["cells"].as_array().expect("cells") {
            assert!(cell["low"].as_f64() <= cell["rate"].as_f64() && cell["rate"].as_f64() <= cell["high"].as_f64(), "{cell}");
            assert_eq!(cell["enough"], false);
        }
        let area = view["areas"][0]["area"].as_str().expect("an area");
        assert!(area.starts_with("US-") && view["areas"][0]["name"].is_string(), "{view}");
        let of_area = best_hours(admin, &format!("?area={area}")).await;
        assert_eq!(of_area["attempts"], view["areas"][0]["attempts"]);
        assert_eq!(counts(&best_hours(admin, "?area=DE").await), (0, 0));
        assert_eq!(counts(&best_hours(admin, &format!("?campaign_id={}", play.id)).await), (3, 2));
        assert_eq!(counts(&best_hours(admin, "?from=2020-01-01&to=2020-03-01").await), (0, 0));
        let csv = admin.get(&format!("{BEST_HOURS}?format=csv&style=raw")).await;
        assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
        assert!(csv.text.starts_with("weekday,hour,attempts,answered,rate,low,high\r\n"), "{}", csv.text);
        assert_eq!(csv.text.lines().count(), 1 + view["cells"].as_array().map_or(0, Vec::len));
    }

    async fn managers_see_their_departments_and_agents_nothing(stage: Stage) {
        called(&stage).await;
        let world = &stage.world;
        let sales = world.another_department("Sales").await;
        let own = world.person("own@acme.example", Role::Manager, &[world.department]).await;
        let seller = world.person("seller@acme.example", Role::Manager, &[sales]).await;
        assert_eq!(counts(&best_hours(&own, "").await), (3, 2));
        assert_eq!(counts(&best_hours(&seller, "").await), (0, 0));
        assert!(best_hours(&seller, "").await["areas"].as_array().is_some_and(Vec::is_empty));
        seller.get(&format!("{BEST_HOURS}?department_id={}", world.department)).await.expect_invalid(&["department_id"]);
        assert_eq!(counts(&best_hours(&world.admin, &format!("?department_id={}", world.department)).await), (3, 2));
        assert_eq!(counts(&best_hours(&world.admin, &format!("?department_id={sales}")).await), (0, 0));
        let agent = world.person("agent@acme.example", Role::Agent, &[world.department]).await;
        agent.get(BEST_HOURS).await.expect_problem(403, "forbidden");
        let (other, _) = world.another_organization("Other").await;
        let stranger = world.person_of(other, "s@other.example", Role::Administrator, &[]).await;
        assert_eq!(counts(&best_hours(&stranger, "").await), (0, 0));
        for (query, field) in [
            ("?from=2026-02-30", "from"),
            ("?from=2026-03-02&to=2026-03-01", "from"),
            ("?from=2020-01-01&to=2026-01-01", "from"),
            ("?area=nowhere", "area"),
            ("?format=pdf", "format"),
        ] {
            world.admin.get(&format!("{BEST_HOURS}{query}")).await.expect_invalid(&[field]);
        }
    }

    async fn a_test_call_is_no_call_to_anybody(stage: Stage) {
        stage.carrier.set_mix(Mix::all_human(2.0, 10.0));
        let play = stage.campaign(&[], |_| {}).await;
        let path = format!("/api/v1/campaigns/{}/test-call", play.id);
        stage.world.admin.post(&path, json!({ "phone": number(0) })).await.expect(202);
        stage.world.run_for(minutes(12)).await;
        assert_eq!(counts(&best_hours(&stage.world.admin, "").await), (0, 0));
        let left = stage.world.app.store.write(Lane::Pages, |tx| answers::roll_up(tx, 10)).await;
        assert_eq!(left.map_err(|e: StoreError| e).expect("a write"), 0, "it is not looked at for ever");
    }
}
