//! What a campaign may be set to: every member, its default and its bounds.

use carillon_domain::roles::Role;
use serde_json::{Value, json};

use super::{CAMPAIGNS, audited, create, enter_carrier, hello, path};

/// Values of a member that are taken as they are.
fn good() -> Vec<(&'static str, Value)> {
    let tts = |member: &str, value: Value| {
        let mut message = json!({"kind": "tts", "text": "Hello", "voice": "Polly.Joanna", "language": "en-US",
            "rate_percent": 100, "pitch_percent": 0});
        message[member] = value;
        message
    };
    let retry =
        |max_attempts: u8, delays_s: Value| json!({"max_attempts": max_attempts, "delays_s": delays_s, "on": ["busy"]});
    let limits = |calls: Value, rate: Value| json!({"max_concurrent_calls": calls, "calls_per_second": rate});
    let hours = json!({"timezone": "Europe/Berlin", "days": ["mon", "sun"], "start": "22:00", "end": "06:00"});
    vec![
        ("name", json!("x")),
        ("name", json!("ü".repeat(120))),
        ("description", json!("d".repeat(2_000))),
        ("purpose", json!("emergency")),
        ("message", json!(null)),
        ("message", tts("text", json!("x".repeat(3_000)))),
        ("message", tts("rate_percent", json!(50))),
        ("message", tts("rate_percent", json!(200))),
        ("message", tts("pitch_percent", json!(-50))),
        ("message", tts("pitch_percent", json!(50))),
        ("ring_timeout_s", json!(5)),
        ("ring_timeout_s", json!(60)),
        ("answering_machine", json!("leave_message")),
        ("answering_machine", json!("off")),
        ("opt_out", json!({"enabled": true, "digit": "#"})),
        ("retry", retry(1, json!([]))),
        ("retry", retry(5, json!([900, 86_400, 900, 900]))),
        ("calling_hours", hours),
        ("calling_hours", json!(null)),
        ("recipient_hours", json!({"enabled": true, "start": "09:00", "end": "17:30"})),
        ("recipient_hours", json!({"enabled": false, "start": "08:00", "end": "21:00"})),
        ("limits", limits(json!(1), json!(0.1))),
        ("limits", limits(json!(10_000), json!(1000.0))),
        ("limits", limits(json!(null), json!(null))),
        ("useless_after", json!(null)),
        ("useless_after", json!("2027-01-01T00:00:00Z")),
        ("budget", json!(null)),
    ]
}

/// A value of a member that is refused, and the field that is named.
type Bad = (&'static str, Value, &'static str);

fn bad_messages() -> Vec<Bad> {
    let tts = |member: &str, value: Value| {
        let mut message = json!({"kind": "tts", "text": "Hello"});
        message[member] = value;
        message
    };
    let with_pitch =
        |percent: i16| json!({"kind": "tts", "text": "Hello", "voice": "Polly.Joanna", "pitch_percent": percent});
    vec![
        ("message", json!({"kind": "song"}), "message.kind"),
        ("message", json!({"kind": "tts"}), "message.text"),
        ("message", tts("text", json!("")), "message.text"),
        ("message", tts("text", json!("x".repeat(3_001))), "message.text"),
        ("message", tts("text", json!("{{first_name")), "message.text"),
        ("message", tts("rate_percent", json!(49)), "message.rate_percent"),
        ("message", tts("rate_percent", json!(201)), "message.rate_percent"),
        ("message", tts("rate_percent", json!(70_000)), "message.rate_percent"),
        ("message", tts("pitch_percent", json!(1)), "message.pitch_percent"),
        ("message", with_pitch(-51), "message.pitch_percent"),
        ("message", with_pitch(51), "message.pitch_percent"),
        ("message", tts("voice", json!("alice")), "message.voice"),
        ("message", tts("language", json!("de-DE")), "message.language"),
        ("message", tts("speed", json!(1)), "message.speed"),
        ("message", json!({"kind": "audio"}), "message.audio_id"),
        ("message", json!({"kind": "audio", "audio_id": "a", "text": "x"}), "message.text"),
        ("message", json!({"kind": "audio", "audio_id": "a"}), "message.audio_id"),
    ]
}

fn bad_words_and_calls() -> Vec<Bad> {
    vec![
        ("name", json!(""), "name"),
        ("name", json!("   "), "name"),
        ("name", json!("x".repeat(121)), "name"),
        ("name", json!(null), "name"),
        ("description", json!("x".repeat(2_001)), "description"),
        ("purpose", json!("spam"), "purpose"),
        ("purpose", json!(null), "purpose"),
        ("after_message", json!({"kind": "agents", "queue_id": "q", "pacing": "fixed"}), "after_message.kind"),
        ("after_message", json!({"kind": "agents"}), "after_message.queue_id"),
        ("caller_ids", json!(["+12025550100", "+12025550199"]), "caller_ids[1]"),
        ("caller_ids", json!(["12025550100"]), "caller_ids[0]"),
        ("caller_ids", json!(["+12025550100", "+12025550100"]), "caller_ids"),
        ("ring_timeout_s", json!(4), "ring_timeout_s"),
        ("ring_timeout_s", json!(61), "ring_timeout_s"),
        ("ring_timeout_s", json!(-1), "ring_timeout_s"),
        ("ring_timeout_s", json!("30"), "ring_timeout_s"),
        ("answering_machine", json!("ignore"), "answering_machine"),
        ("opt_out", json!({"enabled": true, "digit": "10"}), "opt_out.digit"),
        ("opt_out", json!({"enabled": true, "digit": "a"}), "opt_out.digit"),
        ("recording", json!({"enabled": true}), "recording.enabled"),
    ]
}

fn bad_times_and_limits() -> Vec<Bad> {
    let sheet = json!({
        "kind": "recurring", "at": "2026-12-01T09:00", "timezone": "America/New_York", "every": {"unit": "day", "interval": 1},
        "until": {"kind": "never"}, "contacts": "refresh_list",
    });
    let hours = |member: &str, value: Value| {
        let mut hours = json!({"timezone": "Europe/Berlin", "days": ["mon"], "start": "09:00", "end": "17:00"});
        hours[member] = value;
        hours
    };
    vec![
        ("retry", json!({"max_attempts": 0}), "retry.max_attempts"),
        ("retry", json!({"max_attempts": 6}), "retry.max_attempts"),
        ("retry", json!({"delays_s": [899]}), "retry.delays_s[0]"),
        ("retry", json!({"delays_s": [900, 86_401]}), "retry.delays_s[1]"),
        ("retry", json!({"delays_s": [900, 900, 900, 900, 900]}), "retry.delays_s"),
        ("retry", json!({"delays_s": []}), "retry.delays_s"),
        ("retry", json!({"on": ["voicemail"]}), "retry.on"),
        ("retry", json!({"on": ["busy", "busy"]}), "retry.on"),
        ("retry", json!({"on": ["answered"]}), "retry.on[0]"),
        ("retry", json!({"times": 3}), "retry.times"),
        ("schedule", sheet, "schedule.contacts"),
        ("schedule", json!({"kind": "once", "at": "2026-12-01T09:00"}), "schedule.timezone"),
        ("schedule", json!({"kind": "once", "at": "tomorrow", "timezone": "America/New_York"}), "schedule.at"),
        ("schedule", json!("manual"), "schedule"),
        ("schedule", json!({"kind": "sometimes"}), "schedule.kind"),
        ("schedule", json!({"kind": "manual", "at": "2026-12-01T09:00"}), "schedule.at"),
        ("calling_hours", hours("timezone", json!("Mars/Base")), "calling_hours.timezone"),
        ("calling_hours", hours("days", json!([])), "calling_hours.days"),
        ("calling_hours", hours("days", json!(["monday"])), "calling_hours.days[0]"),
        ("calling_hours", hours("end", json!("09:00")), "calling_hours.end"),
        ("calling_hours", hours("start", json!("9")), "calling_hours.start"),
        ("recipient_hours", json!({"start": "21:00", "end": "08:00"}), "recipient_hours.end"),
        ("recipient_hours", json!({"start": "8"}), "recipient_hours.start"),
        ("limits", json!({"max_concurrent_calls": 0}), "limits.max_concurrent_calls"),
        ("limits", json!({"max_concurrent_calls": 10_001}), "limits.max_concurrent_calls"),
        ("limits", json!({"calls_per_second": 0.09}), "limits.calls_per_second"),
        ("limits", json!({"calls_per_second": 1000.1}), "limits.calls_per_second"),
        ("useless_after", json!("tomorrow"), "useless_after"),
        ("budget", json!({"amount": "10.00", "currency": "USD"}), "budget"),
        ("department_id", json!("00000000-0000-7000-8000-000000000000"), "department_id"),
        ("status", json!("active"), "status"),
        ("color", json!("red"), "color"),
    ]
}

/// Everything that is refused.
fn bad() -> Vec<Bad> {
    [bad_messages(), bad_words_and_calls(), bad_times_and_limits()].concat()
}

on_both! {
    async fn a_campaign_needs_a_name_and_has_the_defaults_of_the_interface(world: World) {
        let draft = create(&world.admin, json!({ "name": " Q4 survey " })).await;
        let shown = world.admin.get(&path(&draft)).await.expect(200);
        assert_eq!(shown, draft);
        let expected = json!({
            "id": draft["id"], "version": 1, "name": "Q4 survey", "description": "", "department_id": world.department,
            "status": "draft", "status_reason": null, "ended_by": null, "purpose": "informational", "message": null,
            "after_message": {"kind": "hangup"}, "caller_ids": [], "ring_timeout_s": 30, "answering_machine": "off",
            "opt_out": {"enabled": false, "digit": "9"}, "recording": {"enabled": false},
            "retry": {"max_attempts": 3, "delays_s": [3600], "on": ["no_answer", "busy", "failed"]},
            "schedule": {"kind": "manual"}, "calling_hours": null,
            "recipient_hours": {"enabled": true, "start": "08:00", "end": "21:00"},
            "limits": {"max_concurrent_calls": null, "calls_per_second": null}, "useless_after": null, "budget": null, "list_source": null,
            "created_at": "2026-03-02T15:00:00Z", "started_at": null, "finished_at": null
        });
        assert_eq!(draft, expected);
        world.admin.post(CAMPAIGNS, json!({})).await.expect_invalid(&["name"]);
    }

    async fn a_message_left_half_said_takes_the_default_voice(world: World) {
        let draft = hello(&world.admin, "Hello").await;
        let message = json!({"kind": "tts", "text": "Hello {{first_name|there}}", "voice": "Polly.Joanna-Neural",
            "language": "en-US", "rate_percent": 100, "pitch_percent": 0});
        assert_eq!(draft["message"], message);
    }

    async fn the_defaults_are_those_of_the_organization(world: World) {
        let mut settings = world.admin.get("/api/v1/settings").await.expect(200);
        settings["default_max_attempts"] = json!(2);
        settings["default_retry_delay_s"] = json!(7_200);
        settings["ring_timeout_s"] = json!(20);
        settings["recipient_hours"] = json!({"enabled": true, "start": "10:00", "end": "18:00"});
        world.admin.put("/api/v1/settings", settings).await.expect(200);
        let draft = create(&world.admin, json!({ "name": "Q4", "retry": {"on": ["busy"]} })).await;
        assert_eq!(draft["retry"], json!({"max_attempts": 2, "delays_s": [7200], "on": ["busy"]}));
        assert_eq!(draft["ring_timeout_s"], 20);
        assert_eq!(draft["recipient_hours"], json!({"enabled": true, "start": "10:00", "end": "18:00"}));
    }

    async fn every_bound_is_kept_when_creating_and_when_editing(world: World) {
        enter_carrier(&world, &["+12025550100".to_owned()]).await;
        let mut draft = create(&world.admin, json!({ "name": "Q4" })).await;
        for (member, value) in good() {
            let mut new = json!({ "name": "Q4" });
            new[member] = value.clone();
            assert_eq!(create(&world.admin, new).await[member], value, "{member}");
            let mut edit = json!({ "version": draft["version"] });
            edit[member] = value.clone();
            draft = world.admin.patch(&path(&draft), edit).await.expect(200);
            assert_eq!(draft[member], value, "{member}");
        }
        let kept = draft.clone();
        for (member, value, field) in bad() {
            let mut new = json!({ "name": "Q4" });
            new[member] = value.clone();
            world.admin.post(CAMPAIGNS, new).await.expect_invalid(&[field]);
            let mut edit = json!({ "version": draft["version"] });
            edit[member] = value;
            world.admin.patch(&path(&draft), edit).await.expect_invalid(&[field]);
        }
        assert_eq!(world.admin.get(&path(&draft)).await.expect(200), kept, "nothing refused was kept");
    }

    async fn caller_ids_are_at_most_fifty_of_the_carriers_numbers(world: World) {
        let own: Vec<String> = (0..51).map(|n| format!("+120255501{n:02}")).collect();
        enter_carrier(&world, &own).await;
        create(&world.admin, json!({ "name": "Q4", "caller_ids": own[..50] })).await;
        world.admin.post(CAMPAIGNS, json!({ "name": "Q4", "caller_ids": own })).await.expect_invalid(&["caller_ids"]);
    }

    async fn telemarketing_rings_for_fifteen_seconds_at_least(world: World) {
        let with = |ring_timeout_s: u32| json!({ "name": "Offer", "purpose": "telemarketing", "ring_timeout_s": ring_timeout_s });
        world.admin.post(CAMPAIGNS, with(14)).await.expect_invalid(&["ring_timeout_s"]);
        world.admin.post(CAMPAIGNS, with(15)).await.expect(201);
    }

    async fn every_mistake_is_named_at_once(world: World) {
        let wrong = json!({ "name": "", "ring_timeout_s": 1, "retry": {"max_attempts": 9}, "budget": {"amount": "1"} });
        let answer = world.admin.post(CAMPAIGNS, wrong).await;
        answer.expect_invalid(&["budget", "name", "ring_timeout_s", "retry.max_attempts"]);
    }

    async fn an_edit_replaces_the_members_given_each_whole(world: World) {
        let retry = json!({"max_attempts": 5, "delays_s": [900], "on": ["busy"]});
        let draft = create(&world.admin, json!({ "name": "Q4", "description": "Ours", "retry": retry })).await;
        let edit = json!({ "version": 1, "retry": {"max_attempts": 2} });
        let edited = world.admin.patch(&path(&draft), edit).await.expect(200);
        assert_eq!(edited["retry"], json!({"max_attempts": 2, "delays_s": [3600], "on": ["no_answer", "busy", "failed"]}));
        assert_eq!((&edited["description"], &edited["version"]), (&json!("Ours"), &json!(2)));
    }

    async fn an_edit_that_changes_nothing_keeps_the_version(world: World) {
        let draft = hello(&world.admin, "Q4").await;
        let edit = json!({ "version": 1, "name": "Q4", "message": draft["message"], "schedule": {"kind": "manual"} });
        assert_eq!(world.admin.patch(&path(&draft), edit).await.expect(200), draft);
    }

    async fn of_two_who_edit_at_once_the_second_is_shown_the_newer_campaign(world: World) {
        let draft = hello(&world.admin, "Q4").await;
        let path = path(&draft);
        let (a, b) = tokio::join!(
            world.admin.patch(&path, json!({ "version": 1, "name": "By Ann" })),
            world.admin.patch(&path, json!({ "version": 1, "name": "By Bob" })),
        );
        let (won, lost) = if a.status == 200 { (a, b) } else { (b, a) };
        let won = won.expect(200);
        let problem = lost.expect_problem(409, "version-conflict");
        assert_eq!(problem["current"], won);
        assert_eq!(world.admin.get(&path).await.expect(200), won);
        world.admin.patch(&path, json!({ "name": "No version" })).await.expect_invalid(&["version"]);
    }

    async fn only_an_administrator_widens_the_recipients_hours_and_it_is_audited(world: World) {
        let manager = world.person("max@acme.example", Role::Manager, &[world.department]).await;
        let off = json!({"enabled": false, "start": "08:00", "end": "21:00"});
        let wide = json!({"enabled": true, "start": "07:59", "end": "21:00"});
        for hours in [&off, &wide] {
            let new = json!({ "name": "Early", "recipient_hours": hours });
            manager.post(CAMPAIGNS, new).await.expect_invalid(&["recipient_hours"]);
        }
        let draft = create(&manager, json!({ "name": "Early" })).await;
        let edit = json!({ "version": 1, "recipient_hours": off });
        manager.patch(&path(&draft), edit.clone()).await.expect_invalid(&["recipient_hours"]);
        assert_eq!(audited(&world, "campaign.recipient_hours_relaxed").await, 0);
        world.admin.patch(&path(&draft), edit).await.expect(200);
        assert_eq!(audited(&world, "campaign.recipient_hours_relaxed").await, 1);
        let renamed = manager.patch(&path(&draft), json!({ "version": 2, "name": "Late" })).await.expect(200);
        assert_eq!(renamed["recipient_hours"], off, "what an administrator allowed stays");
    }

    async fn a_department_is_the_creators_only_one_or_must_be_named(world: World) {
        let sales = world.another_department("Sales").await;
        let ann = world.person("ann@acme.example", Role::Manager, &[sales]).await;
        assert_eq!(create(&ann, json!({ "name": "Q4" })).await["department_id"], json!(sales));
        let both = world.person("bob@acme.example", Role::Manager, &[sales, world.department]).await;
        both.post(CAMPAIGNS, json!({ "name": "Q4" })).await.expect_invalid(&["department_id"]);
        create(&both, json!({ "name": "Q4", "department_id": world.department })).await;
        let foreign = json!({ "name": "Q4", "department_id": world.department });
        ann.post(CAMPAIGNS, foreign).await.expect_invalid(&["department_id"]);
    }
}
