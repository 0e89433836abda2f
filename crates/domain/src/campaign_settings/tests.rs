//! Every bound of the interface, what launching needs, and how deep an edit reaches.
//!
//! The bounds of retry, hours, limits and message are tested with those; here they must only be asked.

use jiff::civil::time;

use super::*;
use crate::retry::RetryCondition;
use crate::time_zones::TimeZoneName;

fn settings() -> CampaignSettings {
    CampaignSettings { message: Some(hello()), ..CampaignSettings::default() }
}

fn hello() -> Message {
    Message::Tts {
        text: "Hello.".to_owned(),
        voice: "Polly.Joanna-Neural".to_owned(),
        language: "en-US".to_owned(),
        rate_percent: 100,
        pitch_percent: 0,
    }
}

fn number(n: u32) -> PhoneNumber {
    PhoneNumber::from_e164(&format!("+1212555{n:04}")).expect("a number")
}

/// The fields that settings are told to be wrong in.
fn wrong(change: impl FnOnce(&mut CampaignSettings)) -> Vec<String> {
    let mut settings = settings();
    change(&mut settings);
    settings.validate(900).into_iter().map(|error| error.field).collect()
}

const NOTHING: [&str; 0] = [];

#[test]
fn what_is_left_out_takes_its_default_and_is_right() {
    let defaults: CampaignSettings = serde_json::from_str("{}").expect("settings");
    assert_eq!(defaults, CampaignSettings::default());
    assert!(defaults.validate(900).is_empty());
    assert!(!defaults.detects_machines());
}

#[test]
fn settings_are_written_as_the_interface_has_them() {
    let json = r#"{"purpose":"informational","message":null,"after_message":{"kind":"hangup"},
        "caller_ids":["+12025550100"],"ring_timeout_s":30,"answering_machine":"off",
        "opt_out":{"enabled":false,"digit":"9"},"recording":{"enabled":false},
        "retry":{"max_attempts":3,"delays_s":[3600,14400],"on":["no_answer","busy","failed"]},
        "schedule":{"kind":"once","at":"2026-12-01T09:00","timezone":"America/New_York","grace_s":3600},
        "calling_hours":null,"recipient_hours":{"enabled":true,"start":"08:00","end":"21:00"},
        "limits":{"max_concurrent_calls":null,"calls_per_second":null},"useless_after":null}"#;
    let settings: CampaignSettings = serde_json::from_str(json).expect("settings");
    let compact: String = json.split_whitespace().collect();
    assert_eq!(serde_json::to_string(&settings).expect("json"), compact);
    for unknown in [r#"{"pace":1}"#, r#"{"opt_out":{"key":"9"}}"#, r#"{"purpose":"spam"}"#] {
        assert!(serde_json::from_str::<CampaignSettings>(unknown).is_err(), "{unknown}");
    }
}

#[test]
fn it_rings_between_5_and_60_seconds_and_15_at_least_for_telemarketing() {
    for (purpose, shortest) in [(Purpose::Survey, 5), (Purpose::Telemarketing, 15)] {
        for ring_timeout_s in [0, 4, 5, 14, 15, 60, 61, u32::MAX] {
            let expected = if (shortest..=60).contains(&ring_timeout_s) { vec![] } else { vec!["ring_timeout_s"] };
            let found = wrong(|settings| (settings.purpose, settings.ring_timeout_s) = (purpose, ring_timeout_s));
            assert_eq!(found, expected, "{ring_timeout_s} s for {purpose}");
        }
    }
}

#[test]
fn caller_ids_are_at_most_fifty_and_named_once() {
    assert_eq!(wrong(|settings| settings.caller_ids = (2_000..2_050).map(number).collect()), NOTHING);
    assert_eq!(wrong(|settings| settings.caller_ids = (2_000..2_051).map(number).collect()), ["caller_ids"]);
    assert_eq!(wrong(|settings| settings.caller_ids = [2_000, 2_001, 2_000].map(number).to_vec()), ["caller_ids"]);
}

#[test]
fn one_key_opts_out() {
    for digit in "0123456789*#".chars() {
        assert_eq!(wrong(|settings| settings.opt_out.digit = digit.to_string()), NOTHING, "{digit}");
    }
    for digit in ["", "10", "a", " ", "٣", "**"] {
        assert_eq!(wrong(|settings| settings.opt_out.digit = digit.to_owned()), ["opt_out.digit"], "{digit:?}");
    }
}

#[test]
fn the_faults_of_every_part_are_named_at_once_with_their_place() {
    let found = wrong(|settings| {
        settings.message = Some(Message::Audio { audio_id: String::new() });
        settings.retry.max_attempts = 9;
        settings.recipient_hours.end = settings.recipient_hours.start;
        settings.calling_hours = Some(CallingHours {
            timezone: TimeZoneName::parse("Europe/Berlin").expect("a zone"),
            days: vec![],
            start: time(9, 0, 0, 0),
            end: time(17, 0, 0, 0),
        });
        settings.limits.max_concurrent_calls = Some(0);
    });
    let parts =
        ["message.", "retry.max_attempts", "recipient_hours.end", "calling_hours.days", "limits.max_concurrent_calls"];
    for part in parts {
        assert!(found.iter().any(|field| field.starts_with(part)), "{part} in {found:?}");
    }
    assert_eq!(found.len(), parts.len());
}

#[test]
fn voicemail_is_tried_again_only_when_machines_are_told_apart() {
    for (machine, detects) in
        [(AnsweringMachine::Off, false), (AnsweringMachine::HangUp, true), (AnsweringMachine::LeaveMessage, true)]
    {
        let found = wrong(|settings| {
            settings.answering_machine = machine;
            settings.retry.on = vec![RetryCondition::Voicemail];
            assert_eq!(settings.detects_machines(), detects);
        });
        assert_eq!(found.is_empty(), detects, "{machine}");
    }
}

#[test]
fn what_is_not_there_yet_is_never_silently_accepted() {
    let mut settings = settings();
    assert!(settings.not_available_yet().is_empty());
    settings.recording.enabled = true;
    settings.after_message = AfterMessage::Agents { queue_id: "q".to_owned(), pacing: AgentPacing::Fixed };
    let fields: Vec<String> = settings.not_available_yet().into_iter().map(|error| error.field).collect();
    assert_eq!(fields, ["after_message.kind", "recording.enabled"]);
}

#[test]
fn a_call_is_surely_over_after_ring_time_limit_and_margin() {
    assert_eq!(settings().call_hold(), SignedDuration::from_secs(30 + 3_600 + 60));
    let endless = CampaignSettings { ring_timeout_s: u32::MAX, ..settings() };
    assert!(endless.call_hold() > SignedDuration::from_secs(i64::from(u32::MAX)), "without a panic");
}

#[test]
fn every_cause_that_keeps_a_campaign_from_its_launch_is_named() {
    let (draft, ready) = (CampaignSettings::default(), settings());
    let nothing =
        LaunchState { settings: &draft, recipients: 0, carrier_is_set_up: false, has_default_caller_id: false };
    let fields = |state: &LaunchState<'_>| -> Vec<String> {
        missing_to_launch(state).into_iter().map(|error| error.field).collect()
    };
    assert_eq!(fields(&nothing), ["recipients", "message", "carrier", "caller_ids"]);
    let all = LaunchState { settings: &ready, recipients: 1, carrier_is_set_up: true, has_default_caller_id: true };
    assert_eq!(fields(&all), NOTHING);
    let own = CampaignSettings { caller_ids: vec![number(2_000)], ..settings() };
    assert_eq!(fields(&LaunchState { settings: &own, has_default_caller_id: false, ..all }), NOTHING, "it has its own");
}

#[test]
fn an_edit_reaches_as_deep_as_what_it_changes() {
    let settings = settings();
    let limits = CampaignLimits { max_concurrent_calls: Some(3), calls_per_second: None };
    assert_eq!(settings.edit_depth(&settings), EditDepth::Words);
    assert_eq!(settings.edit_depth(&CampaignSettings { limits, ..settings.clone() }), EditDepth::Limits);
    let other = CampaignSettings { ring_timeout_s: 20, ..settings.clone() };
    assert_eq!(settings.edit_depth(&other), EditDepth::Settings);
    assert_eq!(settings.edit_depth(&CampaignSettings { limits, ..other }), EditDepth::Settings);
}
