//! A test call: the real message to one's own number, by the way of every call, and in no list.

use carillon_domain::campaign::CampaignStatus;
use carillon_domain::roles::Role;
use carillon_simulator::{Chance, FaultPlan, Mix};
use serde_json::{Value, json};

use crate::support::{Answer, Client, Stage, minutes, number, numbers, seconds};

const CAMPAIGNS: &str = "/api/v1/campaigns";
/// One's own.
const OWN: &str = "+12125559999";

async fn call(client: &Client, path: &str, phone: &str) -> Answer {
    client.post(&format!("{path}/test-call"), json!({ "phone": phone })).await
}

/// The story of a test call, as its page follows it.
async fn followed(client: &Client, placed: &Value) -> Value {
    let id = |member: &str| placed[member].as_str().expect("an id").to_owned();
    client.get(&format!("{CAMPAIGNS}/{}/recipients/{}", id("campaign_id"), id("recipient_id"))).await.expect(200)
}

async fn campaign_of(client: &Client, placed: &Value) -> Value {
    client.get(&format!("{CAMPAIGNS}/{}", placed["campaign_id"].as_str().expect("an id"))).await.expect(200)
}

/// A draft for two strangers, and its path.
async fn draft(stage: &Stage) -> String {
    stage.carrier.set_mix(Mix::all_human(2.0, 30.0));
    let play = stage.campaign(&numbers(2), |settings| settings.opt_out.enabled = true).await;
    format!("{CAMPAIGNS}/{}", play.id)
}

on_both_stages! {
    async fn a_test_call_says_the_real_message_and_stands_in_no_list(stage: Stage) {
        let (admin, path) = (&stage.world.admin, draft(&stage).await);
        admin.post("/api/v1/contacts", json!({ "name": "Grace Hopper", "first_name": "Grace", "phone": OWN })).await.expect(201);
        let placed = call(admin, &path, OWN).await.expect(202);
        stage.world.run_for(minutes(1)).await;
        let calls = stage.carrier.ledger().calls();
        assert_eq!(calls.iter().map(|call| call.to.as_str()).collect::<Vec<_>>(), [OWN], "nobody else is called");
        assert!(calls[0].heard.iter().any(|words| words.starts_with("Hello Grace, this is a message")), "{calls:?}");
        let told = followed(admin, &placed).await;
        assert_eq!((&told["state"], &told["outcome"], &told["history"][0]["number"]), (&json!("completed"), &json!("answered"), &json!(1)));
        assert_eq!(campaign_of(admin, &placed).await["status"], "completed");

        let own = admin.get(&path).await.expect(200);
        let listed = admin.get(&format!("{CAMPAIGNS}?with=progress")).await.expect(200);
        assert_eq!(listed["items"].as_array().map(Vec::len), Some(1), "{listed}");
        assert_eq!((&listed["items"][0]["id"], &listed["items"][0]["progress"]["called"]), (&own["id"], &json!(0)));
        let counts = admin.get(&format!("{CAMPAIGNS}/counts")).await.expect(200);
        assert_eq!((&counts["draft"], &counts["completed"]), (&json!(1), &json!(0)));
        let log = admin.get(&format!("{path}/log")).await.expect(200);
        let line = log["items"][0]["message"].as_str().expect("words");
        assert!(line.starts_with("Test call to ") && !line.contains(OWN), "{line}");
        stage.assert_ledgers_agree().await;
    }

    async fn somebody_who_is_in_no_contact_book_hears_sample_values(stage: Stage) {
        let path = draft(&stage).await;
        call(&stage.world.admin, &path, OWN).await.expect(202);
        stage.world.run_for(seconds(30)).await;
        let calls = stage.carrier.ledger().calls_to(OWN);
        assert!(calls[0].heard.iter().any(|words| words.starts_with("Hello Ada,")), "{calls:?}");
    }

    async fn a_test_call_keeps_the_rules_of_every_call(stage: Stage) {
        let (admin, path) = (&stage.world.admin, draft(&stage).await);
        stage.do_not_call(OWN).await;
        for refused in [OWN, "+13105552000", "+4930901820"] {
            call(admin, &path, refused).await.expect_invalid(&["phone"]);
        }
        for wrong in ["12", "", "2025550143"] {
            call(admin, &path, wrong).await.expect_invalid(&["phone"]);
        }
        let silent = admin.post(CAMPAIGNS, json!({ "name": "Silent" })).await.expect(201);
        let silent = format!("{CAMPAIGNS}/{}", silent["id"].as_str().expect("an id"));
        call(admin, &silent, &number(9)).await.expect_invalid(&["message"]);
        call(admin, &format!("{CAMPAIGNS}/00000000-0000-7000-8000-000000000000"), OWN).await.expect_problem(404, "not-found");
        let elsewhere = stage.world.another_department("Elsewhere").await;
        let other = stage.world.person("eve@acme.example", Role::Manager, &[elsewhere]).await;
        call(&other, &path, &number(9)).await.expect_problem(404, "not-found");
        stage.world.run_for(minutes(5)).await;
        assert_eq!(stage.requests().len(), 0);
    }

    async fn the_sixth_test_call_of_an_hour_waits_and_another_person_does_not(stage: Stage) {
        let (admin, path) = (&stage.world.admin, draft(&stage).await);
        let manager = stage.world.person("max@acme.example", Role::Manager, &[stage.world.department]).await;
        for index in 10..15 {
            call(admin, &path, &number(index)).await.expect(202);
            stage.world.run_for(minutes(2)).await;
        }
        let refused = call(admin, &path, &number(15)).await;
        refused.expect_problem(429, "too-many-requests");
        assert_eq!(refused.header("retry-after"), "3000", "the first was ten minutes ago");
        call(&manager, &path, &number(15)).await.expect(202);
        stage.world.run_for(minutes(51)).await;
        call(admin, &path, &number(16)).await.expect(202);
        stage.world.run_for(minutes(2)).await;
        assert_eq!(stage.requests().len(), 7);
        stage.assert_ledgers_agree().await;
    }

    async fn a_test_call_waits_for_the_carrier_but_not_for_ever(stage: Stage) {
        let (admin, path) = (&stage.world.admin, draft(&stage).await);
        stage.settings(|settings| settings.max_concurrent_campaigns = 1).await;
        let asleep = stage.campaign(&["+13105552000".to_owned()], |_| {}).await;
        asleep.start().await;
        let mut faults = FaultPlan::default();
        faults.create.too_many_requests = Chance::always();
        stage.carrier.set_faults(faults);
        let placed = call(admin, &path, OWN).await.expect(202);
        stage.world.run_for(minutes(14)).await;
        assert_eq!(campaign_of(admin, &placed).await["status"], "active", "a test call is no campaign too many");
        stage.world.run_for(minutes(2)).await;
        let ended = campaign_of(admin, &placed).await;
        assert_eq!((&ended["status"], &ended["ended_by"]), (&json!("completed"), &json!("stopped")));
        assert_eq!(followed(admin, &placed).await["reason"], "stopped");
        stage.carrier.set_faults(FaultPlan::default());
        stage.world.run_for(minutes(30)).await;
        assert!(stage.carrier.ledger().calls().is_empty(), "nor later");
        assert_eq!(asleep.row().await.status, CampaignStatus::Active);
    }
}
