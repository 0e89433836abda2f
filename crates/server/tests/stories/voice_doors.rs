//! Who knocks at the carrier's doors: only what the carrier signed for this attempt changes anything.

use std::borrow::Cow;

use carillon::chance::Chance;
use carillon::store::StoreError;
use carillon_domain::outcome::Outcome;
use carillon_domain::recipient::RecipientState;
use carillon_simulator::{Behavior, Config, Params, sign};

use crate::support::{Play, Stage, minutes, number, numbers, seconds};

/// Every door, by the path below `/api/voice`.
const DOORS: [&str; 7] = [
    "campaign/initiate",
    "campaign/heard",
    "campaign/status",
    "campaign/amd",
    "campaign/opt-out",
    "campaign/recording",
    "queue/wait-music",
];

/// What the carrier says of a call that rings.
fn form(sid: &str, account: &str) -> Params {
    [("CallSid", sid), ("AccountSid", account), ("CallStatus", "completed"), ("Digits", "9"), ("AnsweredBy", "human")]
        .map(|(name, value)| (Cow::Borrowed(name), value.to_owned()))
        .to_vec()
}

fn encoded(params: &Params) -> String {
    params.iter().map(|(name, value)| format!("{name}={}", value.replace('+', "%2B"))).collect::<Vec<_>>().join("&")
}

fn account() -> Config {
    Config::default()
}

/// Knocks; `signature` is sent as it is.
async fn knock(stage: &Stage, path: &str, body: String, signature: Option<&str>) -> u16 {
    let client = stage.world.nobody().with("content-type", "application/x-www-form-urlencoded");
    let client = signature.map_or(client.clone(), |signature| client.with("x-twilio-signature", signature));
    client.send(reqwest::Method::POST, path, Some(body)).await.status
}

/// Knocks with the signature that the carrier would give.
async fn knock_signed(stage: &Stage, path: &str, params: &Params) -> u16 {
    let signature = sign(&account().auth_token, &format!("{}{path}", stage.world.base), params);
    knock(stage, path, encoded(params), Some(&signature)).await
}

/// Everything that a callback could change.
async fn rows(stage: &Stage) -> Vec<String> {
    const ROWS: &str = "SELECT state || coalesce(outcome, '') || coalesce(call_sid, '') || facts FROM attempts
        UNION ALL SELECT state || coalesce(reason, '') || attempts FROM recipients
        UNION ALL SELECT phone FROM do_not_call
        UNION ALL SELECT token || body FROM parked_callbacks
        ORDER BY 1";
    let rows = stage.world.app.store.read(|tx| tx.query(ROWS, &[], |row| row.get::<String>(0))).await;
    rows.map_err(|e: StoreError| e).expect("a read")
}

/// A campaign with one call that rings, opt-out on.
async fn ringing(stage: &Stage) -> Play<'_> {
    stage.carrier.set_behavior(&number(0), vec![Behavior::human(25, 10)]);
    let play = stage.campaign(&[number(0)], |settings| settings.opt_out.enabled = true).await;
    play.start().await;
    stage.world.run_for(seconds(5)).await;
    assert_eq!(stage.carrier.live_calls(), 1);
    play
}

async fn token_and_sid(play: &Play<'_>) -> (String, String) {
    let attempt = play.attempts().await.pop().expect("an attempt");
    (attempt.token, attempt.call_sid.expect("a call"))
}

on_both_stages! {
    async fn what_the_carrier_did_not_sign_changes_nothing(stage: Stage) {
        let play = ringing(&stage).await;
        let (token, sid) = token_and_sid(&play).await;
        let before = rows(&stage).await;
        let config = account();
        for door in DOORS {
            let path = format!("/api/voice/{door}/{token}");
            let url = format!("{}{path}", stage.world.base);
            let params = form(&sid, &config.account_sid);
            let body = encoded(&params);
            let right = sign(&config.auth_token, &url, &params);
            let mut more = params.clone();
            more.push((Cow::Borrowed("Extra"), "1".to_owned()));
            let other_host = sign(&config.auth_token, &format!("http://elsewhere.example{path}"), &params);
            let other_path = sign(&config.auth_token, &format!("{url}x"), &params);
            let forged = [
                None,
                Some(String::new()),
                Some("wrong".to_owned()),
                Some(right[..right.len() - 4].to_owned()),
                Some(sign("another token", &url, &params)),
                Some(sign("", &url, &params)),
                Some(sign(&config.auth_token, &url, &more)),
                Some(sign(&config.auth_token, &url, &params[1..])),
                Some(other_host),
                Some(other_path),
            ];
            for signature in &forged {
                let status = knock(&stage, &path, body.clone(), signature.as_deref()).await;
                assert_eq!(status, 403, "{door} {signature:?}");
            }
            let changed = body.replace("completed", "busy");
            assert_eq!(knock(&stage, &path, changed, Some(&right)).await, 403, "{door}: another body");
            assert_eq!(knock(&stage, &format!("{path}?a=1"), body, Some(&right)).await, 403, "{door}: another target");
            let get = stage.world.nobody().with("x-twilio-signature", &right).get(&path).await.status;
            assert!(matches!(get, 403 | 405), "{door}: GET answered {get}");
        }
        assert_eq!(rows(&stage).await, before);
        play.watch(minutes(2), seconds(30)).await;
        assert_eq!(play.outcomes().await, [Outcome::Answered], "and the call goes on as if nothing had been");
    }

    async fn a_right_signature_in_the_name_of_another_account_or_call_is_refused(stage: Stage) {
        let play = ringing(&stage).await;
        let (token, sid) = token_and_sid(&play).await;
        let config = account();
        let before = rows(&stage).await;
        for door in DOORS {
            let path = format!("/api/voice/{door}/{token}");
            let other_account = form(&sid, "AC99999999999999999999999999999999");
            assert_eq!(knock_signed(&stage, &path, &other_account).await, 403, "{door}");
            let nobodys: Params = form(&sid, "").into_iter().filter(|(name, _)| name != "AccountSid").collect();
            assert_eq!(knock_signed(&stage, &path, &nobodys).await, 403, "{door}: no account");
            let other_call = form("CA99999999999999999999999999999999", &config.account_sid);
            assert_eq!(knock_signed(&stage, &path, &other_call).await, 403, "{door}: another call");
        }
        assert_eq!(rows(&stage).await, before);
    }

    async fn the_call_of_one_attempt_is_not_taken_for_another_attempts(stage: Stage) {
        // The second attempt's request got no answer, so its call is not known yet.
        let mut faults = carillon_simulator::FaultPlan::default();
        faults.create.server_error = carillon_simulator::Chance::next(1);
        stage.carrier.set_behavior("+1212*", vec![Behavior::NoAnswer]);
        stage.carrier.set_faults(faults);
        let play = stage.campaign(&numbers(2), |_| {}).await;
        play.start().await;
        stage.world.run_for(seconds(3)).await;
        let attempts = play.attempts().await;
        let unbound = attempts.iter().find(|attempt| attempt.call_sid.is_none()).expect("an uncertain attempt");
        let bound = attempts.iter().find_map(|attempt| attempt.call_sid.clone()).expect("a call");
        let before = rows(&stage).await;
        for door in DOORS {
            let path = format!("/api/voice/{door}/{}", unbound.token);
            let status = knock_signed(&stage, &path, &form(&bound, &account().account_sid)).await;
            assert_eq!(status, 403, "{door}");
        }
        assert_eq!(rows(&stage).await, before);
    }

    async fn a_callback_that_is_sent_again_and_again_changes_nothing_more(stage: Stage) {
        let play = ringing(&stage).await;
        play.watch(minutes(3), minutes(1)).await;
        assert_eq!(play.outcomes().await, [Outcome::Answered]);
        let (before, counts) = (rows(&stage).await, play.counts().await);
        // What the carrier really sent, signature and all.
        let sent = stage.carrier.ledger().webhooks();
        assert!(sent.len() >= 4, "initiated, ringing, answered, completed");
        for _ in 0..3 {
            for webhook in &sent {
                let url = webhook.url.split('#').next().expect("a URL");
                let path = url.strip_prefix(&stage.world.base).expect("our own address");
                let signature = sign(&account().auth_token, url, &webhook.params);
                let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&webhook.params).finish();
                let status = knock(&stage, path, body, Some(&signature)).await;
                assert!(matches!(status, 200 | 204), "{path}: {status}");
            }
            stage.world.run_for(minutes(40)).await;
        }
        assert_eq!(rows(&stage).await, before);
        assert_eq!(play.counts().await, counts);
        assert_eq!(counts.in_state(RecipientState::Completed), 1);
    }

    async fn what_a_stranger_sends_at_the_same_moment_does_not_hold_back_the_carriers_own(stage: Stage) {
        let play = ringing(&stage).await;
        let (token, sid) = token_and_sid(&play).await;
        let path = format!("/api/voice/campaign/status/{token}");
        let params = form(&sid, &account().account_sid);
        let mut own = Vec::new();
        let mut strange = Vec::new();
        for _ in 0..20 {
            own.push(knock_signed(&stage, &path, &params));
            // A letter that PostgreSQL takes in no text.
            strange.push(knock(&stage, "/api/voice/campaign/status/%00", "AccountSid=%00".to_owned(), Some("x")));
        }
        let (own, strange) = futures_util::join!(futures_util::future::join_all(own), futures_util::future::join_all(strange));
        assert!(own.iter().all(|status| matches!(status, 200 | 204)), "{own:?}");
        assert!(strange.iter().all(|status| *status == 403), "{strange:?}");
    }

    async fn a_call_that_is_not_in_the_ledger_is_kept_for_later_and_answered(stage: Stage) {
        let config = account();
        let params = form("CA12345678901234567890123456789012", &config.account_sid);
        for token in ["AAAAAAAAAAAAAAAAAAAAAA", "guess"] {
            let path = format!("/api/voice/campaign/status/{token}");
            assert_eq!(knock_signed(&stage, &path, &params).await, 204);
            assert_eq!(knock(&stage, &path, encoded(&params), Some("AAAA")).await, 403, "guessing is refused");
        }
        let path = "/api/voice/campaign/initiate/AAAAAAAAAAAAAAAAAAAAAA";
        assert_eq!(knock_signed(&stage, path, &params).await, 200, "a person may be on the line: silence, not an error");
        let parked = rows(&stage).await;
        assert_eq!(parked.len(), 3, "each body once: {parked:?}");
    }

    async fn parameters_nobody_knows_are_ignored_and_missing_ones_change_nothing(stage: Stage) {
        let play = ringing(&stage).await;
        let (token, sid) = token_and_sid(&play).await;
        let config = account();
        let path = format!("/api/voice/campaign/status/{token}");
        let only = |pairs: &[(&'static str, &str)]| -> Params {
            pairs.iter().map(|(name, value)| (Cow::Borrowed(*name), (*value).to_owned())).collect()
        };
        let before = rows(&stage).await;
        let harmless = [
            only(&[("AccountSid", &config.account_sid)]),
            only(&[("AccountSid", &config.account_sid), ("CallSid", &sid)]),
            only(&[("AccountSid", &config.account_sid), ("CallSid", &sid), ("CallStatus", "")]),
            only(&[("AccountSid", &config.account_sid), ("CallSid", &sid), ("CallStatus", "levitating")]),
            only(&[("AccountSid", &config.account_sid), ("CallSid", ""), ("Timestamp", "yesterday")]),
        ];
        for params in &harmless {
            assert_eq!(knock_signed(&stage, &path, params).await, 204, "{params:?}");
        }
        assert_eq!(rows(&stage).await, before);
        let mut many = only(&[("AccountSid", &config.account_sid), ("CallSid", &sid), ("CallStatus", "in-progress")]);
        for extra in ["New", "Newer"] {
            many.push((Cow::Borrowed(extra), "x".repeat(2_000)));
        }
        assert_eq!(knock_signed(&stage, &path, &many).await, 204);
        assert_ne!(rows(&stage).await, before, "what is known among them is heard");
    }

    async fn a_thousand_bodies_of_junk_never_break_a_door(stage: Stage) {
        let play = ringing(&stage).await;
        let (token, sid) = token_and_sid(&play).await;
        let before = rows(&stage).await;
        let (seed, config) = (20_260_302, account());
        let chance = Chance::seeded(seed);
        for round in 0..1_000_usize {
            let [door, kind, length] = chance.bytes::<3>();
            let path = format!("/api/voice/{}/{token}", DOORS[usize::from(door) % DOORS.len()]);
            let junk: Vec<u8> = (0..=length / 8).flat_map(|_| chance.bytes::<8>()).collect();
            let text = String::from_utf8_lossy(&junk).into_owned();
            let status = match kind % 3 {
                0 => knock(&stage, &path, text, Some("AAAA")).await,
                1 => {
                    let body = format!("AccountSid={}&CallSid={sid}&%{text}&=&&&a=%zz", config.account_sid);
                    knock(&stage, &path, body, None).await
                }
                // Signed by a carrier that has gone mad: nothing in it is a state, a verdict or a key.
                _ => {
                    let mut params = vec![
                        (Cow::Borrowed("AccountSid"), config.account_sid.clone()),
                        (Cow::Borrowed("CallSid"), sid.clone()),
                    ];
                    for name in ["CallStatus", "Timestamp", "CallDuration", "SequenceNumber", "RecordingUrl"] {
                        params.push((Cow::Borrowed(name), text.clone()));
                    }
                    let url = format!("{}{path}", stage.world.base);
                    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&params).finish();
                    let signature = sign(&config.auth_token, &url, &params);
                    let status = knock(&stage, &path, body, Some(&signature)).await;
                    assert!(matches!(status, 200 | 204), "seed {seed}, {round} {path}: {status}");
                    continue;
                }
            };
            assert!((400..500).contains(&status), "seed {seed}, {round} {path}: {status}");
        }
        let attempts = play.attempts().await;
        assert!(attempts[0].outcome.is_none(), "{attempts:?}");
        assert_eq!(rows(&stage).await.len(), before.len());
        stage.world.nobody().get("/healthz").await;
        let big = "x".repeat(100_000);
        let path = format!("/api/voice/campaign/status/{token}");
        assert_eq!(knock(&stage, &path, big, Some("AAAA")).await, 413);
        play.watch(minutes(3), minutes(1)).await;
        assert_eq!(play.outcomes().await, [Outcome::Answered]);
    }
}
