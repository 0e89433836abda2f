//! The virtual handset: what a recipient hears, without a call.

use carillon::store::{StoreError, do_not_call};
use carillon_domain::campaign_settings::{AnsweringMachine, CampaignSettings, Purpose};
use carillon_domain::roles::Role;
use carillon_simulator::Behavior;
use serde_json::{Value, json};

use crate::support::{Client, Play, World, minutes, number, numbers};

fn door(play: &Play<'_>) -> String {
    format!("/api/v1/campaigns/{}/handset", play.id)
}

fn offered(settings: &mut CampaignSettings) {
    settings.opt_out.enabled = true;
}

async fn picked_up(client: &Client, play: &Play<'_>, whom: Value) -> Value {
    client.post(&door(play), whom).await.expect(201)
}

async fn pressed(client: &Client, play: &Play<'_>, handset: &Value, digit: &str) -> Value {
    let session = handset["session"].as_str().expect("a session");
    client.post(&format!("{}/{session}/keys", door(play)), json!({ "digit": digit })).await.expect(200)
}

/// Everything spoken, in its order.
fn words(steps: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for step in steps.as_array().expect("steps") {
        if step["kind"] == "say" {
            found.push(step["text"].as_str().expect("words").to_owned());
        }
        if step["kind"] == "gather" {
            found.extend(words(&step["steps"]));
        }
    }
    found
}

fn kinds(steps: &Value) -> Vec<&str> {
    steps.as_array().expect("steps").iter().filter_map(|step| step["kind"].as_str()).collect()
}

async fn listed(world: &World, phone: &'static str) -> Option<do_not_call::Entry> {
    let organization = world.organization;
    let found = world.app.store.read(move |tx| do_not_call::find(tx, organization, phone)).await;
    found.map_err(|e: StoreError| e).expect("a read")
}

const ZERO: &str = "+12125552000";
const OWN: &str = "+12025550143";

on_both_stages! {
    async fn the_handset_says_what_the_carrier_says_in_a_call(stage: Stage) {
        let admin = &stage.world.admin;
        stage.settings(|settings| settings.attempts_per_number_per_day = None).await;
        for purpose in [Purpose::Informational, Purpose::Telemarketing] {
            stage.carrier.set_behavior(ZERO, vec![Behavior::human(2, 60)]);
            let play = stage.campaign(&numbers(1), |settings| {
                offered(settings);
                settings.purpose = purpose;
            }).await;
            let recipient = play.recipient().await.id;
            let handset = picked_up(admin, &play, json!({ "recipient_id": recipient })).await;
            assert_eq!((&handset["to"], &handset["over"], &handset["note"]), (&json!(ZERO), &json!(false), &Value::Null));
            assert_eq!(handset["from"], json!("+12025550100"));
            assert_eq!(kinds(&handset["steps"]), ["gather", "hangup"]);
            assert_eq!((&handset["steps"][0]["digits"], &handset["steps"][0]["timeout_s"]), (&json!(["9"]), &json!(4)));
            assert_eq!(stage.carrier.ledger().calls_to(ZERO).len(), usize::from(purpose != Purpose::Informational), "no call is placed");
            play.start().await;
            play.watch(minutes(2), minutes(1)).await;
            let heard = stage.carrier.ledger().calls_to(ZERO).pop().expect("a call").heard;
            assert_eq!(words(&handset["steps"]), heard, "{purpose}");
            assert!(heard.iter().any(|words| words.contains("Hello Ada")), "{heard:?}");
        }
    }

    async fn the_key_that_opts_out_puts_the_number_on_the_list(stage: Stage) {
        let (world, admin) = (&stage.world, &stage.world.admin);
        let play = stage.campaign(&numbers(2), offered).await;
        let recipient = play.recipients().await[0].id;
        let handset = picked_up(admin, &play, json!({ "recipient_id": recipient })).await;
        let again = pressed(admin, &play, &handset, "5").await;
        assert_eq!((&again["steps"], &again["opt_out"]), (&handset["steps"], &Value::Null), "another key begins it again");
        assert!(listed(world, ZERO).await.is_none());
        let over = pressed(admin, &play, &handset, "9").await;
        assert_eq!((&over["over"], &over["opt_out"]), (&json!(true), &json!("recorded")));
        assert_eq!(kinds(&over["steps"]), ["say", "hangup"], "one sentence confirms it");
        let entry = listed(world, ZERO).await.expect("an entry");
        let me = admin.get("/api/v1/session").await.expect(200);
        assert_eq!(entry.source, "handset");
        assert!(entry.reason.contains("virtual handset") && entry.reason.contains(&play.id.to_string()), "{}", entry.reason);
        let door = world.admin.get("/api/v1/do-not-call").await.expect(200)["items"][0].clone();
        assert_eq!((&door["phone"], &door["source"]), (&json!(ZERO), &json!("handset")), "{me}");
        let silent = picked_up(admin, &play, json!({ "recipient_id": recipient })).await;
        assert_eq!((kinds(&silent["steps"]), &silent["over"]), (vec!["hangup"], &json!(true)));
        assert!(silent["note"].as_str().is_some_and(|note| note.contains("do-not-call")), "{silent}");
        assert_eq!((stage.requests().len(), play.counts().await.attempts), (0, 0));
        play.start().await;
        play.watch(minutes(2), minutes(1)).await;
        assert_eq!(stage.carrier.ledger().calls_to(ZERO).len(), 0, "and nobody calls it");
    }

    async fn samples_have_nobodys_number_and_ones_own_is_taken_at_its_word(stage: Stage) {
        let (world, admin) = (&stage.world, &stage.world.admin);
        let play = stage.campaign(&numbers(1), offered).await;
        let sample = picked_up(admin, &play, json!({})).await;
        assert!(words(&sample["steps"])[0].starts_with("Hello Ada"), "{sample}");
        let over = pressed(admin, &play, &sample, "9").await;
        assert_eq!((&over["opt_out"], listed(world, OWN).await.is_none()), (&json!("not recorded: nobody's number was tried"), true));
        assert_eq!(kinds(&over["steps"]), ["say", "hangup"], "it is confirmed all the same");
        let own = picked_up(admin, &play, json!({ "phone": "(202) 555-0143" })).await;
        assert_eq!((&own["to"], &pressed(admin, &play, &own, "9").await["opt_out"]), (&json!(OWN), &json!("recorded")));
        assert!(listed(world, OWN).await.is_some());
        admin.post(&door(&play), json!({ "phone": "12" })).await.expect_invalid(&["phone"]);
        let session = own["session"].as_str().expect("a session");
        for wrong in ["", "99", "A"] {
            let answer = admin.post(&format!("{}/{session}/keys", door(&play)), json!({ "digit": wrong })).await;
            answer.expect_invalid(&["digit"]);
        }
    }

    async fn a_call_that_listens_for_no_key_is_over_with_its_message(stage: Stage) {
        let admin = &stage.world.admin;
        let play = stage.campaign(&numbers(1), |settings| settings.answering_machine = AnsweringMachine::HangUp).await;
        let handset = picked_up(admin, &play, json!({})).await;
        assert_eq!((kinds(&handset["steps"]), &handset["over"]), (vec!["say", "hangup"], &json!(true)));
        assert!(handset["twiml"].as_str().is_some_and(|twiml| twiml.contains("<Redirect")), "the very document");
        let after = pressed(admin, &play, &handset, "9").await;
        assert_eq!((kinds(&after["steps"]), &after["opt_out"]), (vec!["hangup"], &Value::Null));
        let silent = admin.post("/api/v1/campaigns", json!({ "name": "Silent" })).await.expect(201);
        let path = format!("/api/v1/campaigns/{}/handset", silent["id"].as_str().expect("an id"));
        admin.post(&path, json!({})).await.expect_invalid(&["message"]);
    }

    async fn a_session_is_its_own_persons_campaigns_and_moments(stage: Stage) {
        let (world, admin) = (&stage.world, &stage.world.admin);
        let (play, other) = (stage.campaign(&numbers(1), offered).await, stage.campaign(&[number(1)], offered).await);
        let manager = world.person("max@acme.example", Role::Manager, &[world.department]).await;
        let handset = picked_up(admin, &play, json!({})).await;
        let session = handset["session"].as_str().expect("a session").to_owned();
        let keys = |play: &Play<'_>, session: &str| format!("{}/{session}/keys", door(play));
        let nine = || json!({ "digit": "9" });
        manager.post(&keys(&play, &session), nine()).await.expect_problem(404, "not-found");
        admin.post(&keys(&other, &session), nine()).await.expect_problem(404, "not-found");
        admin.post(&keys(&play, "v1.a.b.c"), nine()).await.expect_problem(404, "not-found");
        world.run_for(minutes(14)).await;
        pressed(admin, &play, &handset, "9").await;
        world.run_for(minutes(1)).await;
        admin.post(&keys(&play, &session), nine()).await.expect_problem(404, "not-found");
        let foreign = other.recipient().await.id;
        let answer = admin.post(&door(&play), json!({ "recipient_id": foreign })).await;
        answer.expect_problem(404, "not-found");
        let elsewhere = world.another_department("Elsewhere").await;
        let eve = world.person("eve@acme.example", Role::Manager, &[elsewhere]).await;
        eve.post(&door(&play), json!({})).await.expect_problem(404, "not-found");
    }
}

on_both! {
    async fn on_a_real_carrier_nobody_else_is_put_on_the_list(world: World) {
        let admin = &world.admin;
        let contact = json!({ "name": "Ann", "first_name": "Ann", "phone": ZERO });
        admin.post("/api/v1/contacts", contact).await.expect(201);
        let message = json!({"kind": "tts", "text": "Hello {{first_name|there}}"});
        let new = json!({ "name": "Q4", "message": message, "opt_out": {"enabled": true, "digit": "#"} });
        let campaign = admin.post("/api/v1/campaigns", new).await.expect(201);
        let path = format!("/api/v1/campaigns/{}", campaign["id"].as_str().expect("an id"));
        admin.post(&format!("{path}/recipients"), json!({"filter": {"all": true}})).await.expect(200);
        let recipient = admin.get(&format!("{path}/recipients")).await.expect(200)["items"][0]["id"].clone();
        let handset = admin.post(&format!("{path}/handset"), json!({ "recipient_id": recipient })).await.expect(201);
        assert!(words(&handset["steps"])[0].starts_with("Hello Ann"), "{handset}");
        assert_eq!((&handset["from"], &handset["steps"][0]["digits"]), (&json!(""), &json!(["#"])));
        let session = handset["session"].as_str().expect("a session");
        let over = admin.post(&format!("{path}/handset/{session}/keys"), json!({ "digit": "#" })).await.expect(200);
        assert!(over["opt_out"].as_str().is_some_and(|told| told.starts_with("not recorded: ")), "{over}");
        assert!(listed(&world, ZERO).await.is_none());
    }
}
