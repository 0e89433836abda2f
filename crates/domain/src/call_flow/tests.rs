//! What people, machines and the abandoned hear, step by step.
//!
//! Each flow is told as the lines that are heard, in order. The cutting of long texts has its own tests
//! beside it; rendering for a carrier is tested at the edge.

use super::*;

fn key(text: &str) -> Key {
    Key::parse(text).expect("a key")
}

fn speech(language: &str) -> Speech {
    Speech { voice: "Polly.X".to_owned(), language: language.to_owned(), rate_percent: 110, pitch_percent: 0 }
}

fn script() -> Script {
    Script {
        spoken: Spoken::Text { text: "The school is closed.".to_owned(), speech: speech("en-US") },
        after: AfterMessage::HangUp,
        opt_out: None,
        identification: None,
        is_recorded: false,
        texts: FixedTexts::for_language("en-US"),
    }
}

fn telemarketing() -> Script {
    let who = Identification { organization_name: "Acme Incorporated".to_owned() };
    Script { opt_out: Some(key("9")), identification: Some(who), ..script() }
}

/// The flow in one line a step, so that a test shows what is heard.
fn heard(flow: &CallFlow) -> Vec<String> {
    fn lines(steps: &[Step], lines_of: &mut Vec<String>) {
        for step in steps {
            match step {
                Step::Say { text, .. } => lines_of.push(text.clone()),
                Step::Play { audio_id } => lines_of.push(format!("play {audio_id}")),
                Step::Gather { steps, timeout_s, .. } => {
                    lines_of.push("listen".to_owned());
                    lines(steps, lines_of);
                    lines_of.push(format!("wait {timeout_s}"));
                }
                Step::Enqueue { queue, .. } => lines_of.push(format!("queue {queue}")),
                Step::Redirect { to } => lines_of.push(format!("redirect {to:?}")),
                Step::Pause { seconds } => lines_of.push(format!("pause {seconds}")),
                Step::Hangup => lines_of.push("hang up".to_owned()),
            }
        }
    }
    let mut all = Vec::new();
    lines(&flow.steps, &mut all);
    all
}

#[test]
fn a_plain_message_is_said_and_the_call_ends() {
    assert_eq!(heard(&CallFlow::for_person(&script())), ["The school is closed.", "hang up"]);
}

#[test]
fn notice_message_and_offer_come_in_this_order_and_the_key_works_throughout() {
    let script = Script { opt_out: Some(key("9")), is_recorded: true, ..script() };
    let expected = [
        "listen",
        "This call may be recorded.",
        "The school is closed.",
        "To stop these calls, press 9.",
        "wait 4",
        "hang up",
    ];
    assert_eq!(heard(&CallFlow::for_person(&script)), expected);
}

#[test]
fn telemarketing_says_who_calls_and_offers_to_stop_first() {
    let script = Script { is_recorded: true, ..telemarketing() };
    let expected = [
        "listen",
        "This is a call from Acme Incorporated.",
        "To stop these calls, press 9.",
        "This call may be recorded.",
        "The school is closed.",
        "wait 4",
        "hang up",
    ];
    assert_eq!(heard(&CallFlow::for_person(&script)), expected);
}

#[test]
fn after_the_message_a_callee_may_wait_for_an_agent() {
    let after = AfterMessage::Agents { queue: "sales".to_owned() };
    let expected = ["The school is closed.", "Please hold while we connect you.", "queue sales"];
    assert_eq!(heard(&CallFlow::for_person(&Script { after, ..script() })), expected);
}

#[test]
fn a_machine_hears_no_offer_and_waits_in_no_queue() {
    let after = AfterMessage::Agents { queue: "sales".to_owned() };
    let flow = CallFlow::for_machine(&Script { after, ..telemarketing() });
    assert_eq!(heard(&flow), ["This is a call from Acme Incorporated.", "The school is closed.", "hang up"]);
}

#[test]
fn the_opt_out_key_ends_the_call_and_any_other_starts_over() {
    let school = Script { opt_out: Some(key("*")), ..script() };
    assert_eq!(heard(&CallFlow::for_key(&school, key("*"))), ["You will not be called again. Goodbye.", "hang up"]);
    assert_eq!(CallFlow::for_key(&school, key("5")), CallFlow::for_person(&school));
    assert_eq!(heard(&CallFlow::for_key(&telemarketing(), key("9"))), ["hang up"], "at once");
}

#[test]
fn a_key_without_an_offer_never_opts_out() {
    assert_eq!(CallFlow::for_key(&script(), key("9")), CallFlow::for_person(&script()));
}

#[test]
fn an_abandoned_callee_hears_who_called_and_how_to_stop_it() {
    let expected = [
        "listen",
        "This was a telemarketing call from Acme Incorporated.",
        "To stop these calls, press 9.",
        "wait 4",
        "hang up",
    ];
    assert_eq!(heard(&CallFlow::for_abandoned(&telemarketing())), expected);
    assert_eq!(CallFlow::for_abandoned(&script()), CallFlow::hang_up());
}

#[test]
fn a_recording_is_played_and_its_notices_are_spoken() {
    let spoken = Spoken::Audio { audio_id: "a1".to_owned() };
    let texts = FixedTexts::for_language("de-DE");
    let script = Script { spoken, texts, opt_out: Some(key("#")), ..script() };
    let flow = CallFlow::for_person(&script);
    let expected = [
        "listen",
        "play a1",
        "Wenn Sie nicht mehr angerufen werden möchten, drücken Sie die Rautetaste.",
        "wait 4",
        "hang up",
    ];
    assert_eq!(heard(&flow), expected);
    let Step::Gather { steps, .. } = &flow.steps[0] else { panic!("a key is listened for") };
    let Step::Say { speech, .. } = &steps[1] else { panic!("the offer is spoken") };
    assert_eq!((speech.voice.as_str(), speech.language.as_str()), ("Polly.Vicki-Neural", "de-DE"));
}

#[test]
fn a_language_without_texts_falls_back_to_english_in_an_english_voice() {
    let texts = FixedTexts::for_language("it-IT");
    let spoken = Spoken::Text { text: "Ciao.".to_owned(), speech: speech("it-IT") };
    let flow = CallFlow::for_person(&Script { spoken, texts, is_recorded: true, ..script() });
    let languages: Vec<&str> = flow
        .steps
        .iter()
        .filter_map(|step| match step {
            Step::Say { speech, .. } => Some(speech.language.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(languages, ["en-US", "it-IT"]);
}

#[test]
fn a_long_message_is_said_in_pieces() {
    let text = "This is one sentence of many. ".repeat(300);
    let spoken = Spoken::Text { text, speech: speech("en-US") };
    let says = heard(&CallFlow::for_person(&Script { spoken, ..script() }));
    assert!(says.len() > 3, "{}", says.len());
    assert_eq!(says.last().map(String::as_str), Some("hang up"));
}

#[test]
fn every_language_has_all_texts_and_a_voice_that_exists() {
    for language in LANGUAGES {
        let texts = FixedTexts::for_language(language);
        assert_eq!(texts.language, *language);
        assert!(texts.validate().is_empty(), "{language}: {:?}", texts.validate());
        let speech = Speech::of_fixed_texts(language);
        let voice = voice(&speech.voice).expect("a voice of the catalogue");
        assert!(voice.speaks(language), "{language}");
    }
    assert_eq!(FixedTexts::for_language("es-MX").language, "es-US");
}

#[test]
fn own_wording_must_keep_the_key_and_the_name() {
    let mut texts = FixedTexts::for_language("en-US");
    texts.opt_out_offer = "Press something.".to_owned();
    texts.identification = String::new();
    let fields: Vec<String> = texts.validate().into_iter().map(|error| error.field).collect();
    assert_eq!(fields, ["identification", "identification", "opt_out_offer"]);
}

#[test]
fn a_key_is_one_sign_of_the_keypad() {
    for good in ["0", "9", "*", "#"] {
        assert_eq!(serde_json::to_string(&key(good)).expect("json"), format!("\"{good}\""));
    }
    for bad in ["", "10", "a", " ", "٣", "9 "] {
        assert_eq!(Key::parse(bad), Err(KeyError), "{bad}");
    }
}
