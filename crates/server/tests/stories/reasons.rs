//! Why somebody waits or is not called, as the story of a recipient and the explain panel tell it; and what a call heard.

use carillon_domain::calling_hours::{CallingHours, Day};
use carillon_domain::campaign_settings::{CampaignSettings, OptOut};
use carillon_domain::time_zones::TimeZoneName;
use carillon_simulator::{Behavior, Mix};
use jiff::civil::time;
use serde_json::{Value, json};

use crate::support::{Play, hours, minutes, number, numbers, seconds};

/// The next morning in New York, with the guard of a minute.
const MORNING: &str = "2026-03-03T13:01:00Z";

async fn asked(play: &Play<'_>, path: &str) -> Value {
    play.stage.world.admin.get(&format!("/api/v1/campaigns/{}{path}", play.id)).await.expect(200)
}

/// The story of whoever has this number.
async fn told_of(play: &Play<'_>, phone: &str) -> Value {
    let all = play.recipients().await;
    let one = all.iter().find(|recipient| recipient.phone == phone).expect("a recipient");
    asked(play, &format!("/recipients/{}", one.id)).await
}

/// What holds a campaign: kind, people, until when.
async fn blockers(play: &Play<'_>) -> Vec<(String, i64, Value)> {
    let found = asked(play, "/explain").await;
    let one = |blocker: &Value| {
        let kind = blocker["kind"].as_str().expect("a word").to_owned();
        (kind, blocker["recipients"].as_i64().expect("a figure"), blocker["until"].clone())
    };
    found["blockers"].as_array().expect("blockers").iter().map(one).collect()
}

fn held(story: &Value) -> (&Value, &Value, &Value) {
    (&story["due_reason"], &story["held_by"]["kind"], &story["held_by"]["until"])
}

fn every_day(settings: &mut CampaignSettings) {
    settings.recipient_hours.enabled = false;
    settings.calling_hours = Some(CallingHours {
        timezone: TimeZoneName::parse("America/New_York").expect("a zone"),
        days: Day::ALL.to_vec(),
        start: time(8, 0, 0, 0),
        end: time(21, 0, 0, 0),
    });
}

on_both_stages! {
    /// Edge cases 4 and 5 as a compliance officer reads them.
    async fn a_recipient_tells_what_gave_each_of_its_zones(stage: Stage) {
        let admin = &stage.world.admin;
        for (n, said) in [
            json!({}),
            json!({"postal_code": "90001"}),
            json!({"postal_code": "90001", "timezone": "America/Los_Angeles"}),
            json!({"state": "Narnia"}),
        ].into_iter().enumerate() {
            let mut contact = json!({"phone": number(n)});
            contact.as_object_mut().expect("an object").extend(said.as_object().expect("an object").clone());
            admin.post("/api/v1/contacts", contact).await.expect(201);
        }
        let play = stage.campaign(&[number(4)], |_| {}).await;
        let enroll = format!("/api/v1/campaigns/{}/recipients", play.id);
        admin.post(&enroll, json!({"filter": {"all": true}})).await.expect(200);
        let (new_york, california) = (json!(["America/New_York"]), json!(["America/Los_Angeles"]));
        let by_number = json!({"clue": "number", "timezones": new_york});
        let told = [
            json!([by_number]),
            json!([by_number, {"clue": "postal_code", "timezones": california}]),
            json!([{"clue": "stated", "timezones": california}]),
            json!([by_number, {"clue": "state", "timezones": []}]),
            // Enrolled by a release that recorded none.
            Value::Null,
        ];
        for (n, expected) in told.into_iter().enumerate() {
            assert_eq!(told_of(&play, &number(n)).await["timezones_from"], expected, "{n}");
        }
    }

    async fn who_had_the_calls_of_the_day_is_told_apart_from_who_waits_to_retry(stage: Stage) {
        stage.settings(|settings| settings.attempts_per_number_per_day = Some(1)).await;
        stage.carrier.set_mix(Mix::all_human(2.0, 2.0));
        stage.carrier.set_behavior(&number(2), vec![Behavior::Busy]);
        let (one, two) = (stage.campaign(&numbers(2), |_| {}).await, stage.campaign(&numbers(3), |_| {}).await);
        one.start().await;
        one.watch(minutes(2), minutes(1)).await;
        two.start().await;
        two.watch(minutes(2), minutes(1)).await;
        let again = told_of(&two, &number(2)).await;
        assert_eq!(held(&again), (&json!("retry_delay"), &json!("retry_wait"), &again["due_at"]));
        let retry = ("retry_wait".to_owned(), 1, again["due_at"].clone());
        assert_eq!(blockers(&two).await, [retry, ("daily_cap".to_owned(), 2, json!(MORNING))]);
        let capped = told_of(&two, &number(0)).await;
        assert_eq!(held(&capped), (&json!("daily_cap"), &json!("daily_cap"), &json!(MORNING)));
        two.watch(hours(2), hours(1)).await;
        assert_eq!(blockers(&two).await, [("daily_cap".to_owned(), 3, json!(MORNING))], "the retry met the cap, too");
        two.watch(hours(12), hours(1)).await;
        let night = blockers(&two).await;
        assert_eq!(night, [("recipient_hours".to_owned(), 3, json!(MORNING))], "now it is night for all of them");
        two.watch(minutes(490), minutes(70)).await;
        let kinds: Vec<String> = blockers(&two).await.into_iter().map(|(kind, ..)| kind).collect();
        assert_eq!(kinds, ["retry_wait"], "a new day: two were reached, the third is busy again");
    }

    async fn a_story_says_why_somebody_waits_and_since_when_they_are_not_called(stage: Stage) {
        stage.carrier.set_mix(Mix::all_human(2.0, 2.0));
        stage.carrier.set_behavior(&number(1), vec![Behavior::Busy]);
        let play = stage.campaign(&numbers(3), |_| {}).await;
        stage.do_not_call(&number(2)).await;
        let draft = told_of(&play, &number(0)).await;
        assert_eq!(held(&draft), (&Value::Null, &json!("status"), &Value::Null));
        assert_eq!((&draft["enrolled_at"], &draft["suppressed_at"]), (&json!("2026-03-02T15:00:00Z"), &Value::Null));
        stage.world.run_for(minutes(1)).await;
        play.start().await;
        play.watch(minutes(1), minutes(1)).await;
        let reached = told_of(&play, &number(0)).await;
        assert_eq!((held(&reached), &reached["state"]), ((&Value::Null, &Value::Null, &Value::Null), &json!("completed")));
        let call = &reached["history"][0];
        assert!(call["ringing_at"].is_string() && call["ringing_at"].as_str() < call["answered_at"].as_str(), "{call}");
        let again = told_of(&play, &number(1)).await;
        assert_eq!(held(&again), (&json!("retry_delay"), &json!("retry_wait"), &again["due_at"]));
        let listed = told_of(&play, &number(2)).await;
        assert_eq!((&listed["reason"], held(&listed).0), (&json!("do_not_call"), &Value::Null));
        assert!(listed["suppressed_at"].as_str().is_some_and(|at| at.starts_with("2026-03-02T15:01:0")), "{listed}");
        play.stop().await.expect("it stops");
        let stopped_at = asked(&play, "").await["finished_at"].clone();
        for pass in ["before the rows are swept", "after it"] {
            let stopped = told_of(&play, &number(1)).await;
            assert_eq!((&stopped["reason"], &stopped["suppressed_at"]), (&json!("stopped"), &stopped_at), "{pass}");
            assert_eq!(held(&stopped), (&Value::Null, &Value::Null, &Value::Null), "{pass}");
            stage.world.run_for(minutes(5)).await;
        }
    }

    async fn a_retry_that_the_night_puts_off_says_whose_hours_it_waits_for(stage: Stage) {
        stage.carrier.set_behavior("+1212*", vec![Behavior::Busy]);
        stage.settings(|settings| settings.attempts_per_number_per_day = None).await;
        stage.world.run_for(hours(10) + minutes(30)).await;
        let theirs = stage.campaign(&[number(0)], |_| {}).await;
        let own = stage.campaign(&[number(1)], every_day).await;
        for play in [&theirs, &own] {
            play.start().await;
        }
        stage.world.run_for(minutes(1)).await;
        let waiting = |word: &str| (json!(word), json!(word), json!(MORNING));
        for (play, phone, word) in [(&theirs, number(0), "recipient_hours"), (&own, number(1), "calling_hours")] {
            let story = told_of(play, &phone).await;
            let (reason, kind, until) = waiting(word);
            assert_eq!(held(&story), (&reason, &kind, &until), "{story}");
        }
    }

    async fn the_document_that_a_call_heard_can_be_read_again(stage: Stage) {
        let admin = &stage.world.admin;
        let offered = |settings: &mut CampaignSettings| settings.opt_out = OptOut { enabled: true, digit: "9".to_owned() };
        stage.carrier.set_behavior(&number(0), vec![Behavior::human(2, 5)]);
        stage.carrier.set_behavior(&number(1), vec![Behavior::human(20, 5)]);
        let (play, other) = (stage.campaign(&numbers(2), offered).await, stage.campaign(&[number(5)], offered).await);
        play.start().await;
        stage.world.run_for(seconds(12)).await;
        stage.do_not_call(&number(1)).await;
        stage.world.run_for(minutes(1)).await;
        let attempts = play.attempts().await;
        let to = |phone: &str| attempts.iter().find(|attempt| attempt.phone == phone).expect("a call");
        let (heard, gated) = (to(&number(0)), to(&number(1)));
        let document = asked(&play, &format!("/attempts/{}/twiml", heard.id)).await["twiml"].as_str().expect("a text").to_owned();
        let handset = admin.post(&format!("/api/v1/campaigns/{}/handset", play.id), json!({ "recipient_id": heard.recipient })).await;
        let handset = handset.expect(201)["twiml"].as_str().expect("a text").replace("/handset", "/hidden");
        assert_eq!(document, handset, "by the same functions");
        assert!(document.contains("Hello Ada") && !document.contains(&heard.token), "{document}");
        let silence = asked(&play, &format!("/attempts/{}/twiml", gated.id)).await["twiml"].clone();
        assert!(gated.facts.gate_closed && silence.as_str().is_some_and(|text| !text.contains("Hello")), "{silence}");
        for foreign in [format!("{}/attempts/{}", other.id, heard.id), format!("{}/attempts/{}", play.id, play.run)] {
            admin.get(&format!("/api/v1/campaigns/{foreign}/twiml")).await.expect_problem(404, "not-found");
        }
    }
}
