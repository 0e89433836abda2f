//! The documents of the product, and hostile texts that must stay texts.

use carillon_domain::call_flow::{AfterMessage, FixedTexts, Identification, Key, Script, Spoken};
use proptest::prelude::*;
use quick_xml::events::attributes::Attribute;
use quick_xml::{Reader, XmlVersion};

use super::*;
use crate::telephony::PublicUrl;

/// An element as a parser sees it, its text joined.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Node {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Node>,
}

impl Node {
    fn child(&self, name: &str) -> &Self {
        self.children.iter().find(|child| child.name == name).unwrap()
    }

    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn child_names(&self) -> Vec<&str> {
        self.children.iter().map(|child| child.name.as_str()).collect()
    }
}

/// Reads a document back. Every kind of node that we never write is a failure.
fn parse(document: &str) -> Node {
    let mut reader = Reader::from_str(document);
    let mut open = vec![Node::default()];
    loop {
        match reader.read_event().unwrap() {
            Event::Decl(_) => assert!(open.len() == 1 && open[0].children.is_empty()),
            Event::Start(start) => open.push(node(&start)),
            Event::Empty(start) => open.last_mut().unwrap().children.push(node(&start)),
            Event::End(_) => {
                let closed = open.pop().unwrap();
                open.last_mut().unwrap().children.push(closed);
            }
            Event::Text(text) => open.last_mut().unwrap().text.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => open.last_mut().unwrap().text.push_str(resolved(&reference)),
            Event::Eof => break,
            other => panic!("{other:?} in {document}"),
        }
    }
    assert_eq!((open.len(), open[0].children.len()), (1, 1), "{document}");
    open.remove(0).children.remove(0)
}

fn node(start: &BytesStart<'_>) -> Node {
    let attribute = |read: Attribute<'_>| {
        let value = read.normalized_value(XmlVersion::Explicit1_0).unwrap().into_owned();
        (read.key.into_inner().to_owned(), value)
    };
    let attributes = start.attributes().map(|read| attribute(read.unwrap())).collect();
    Node { name: start.name().into_inner().to_owned(), attributes, ..Node::default() }
}

fn resolved(reference: &str) -> &'static str {
    match reference {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "quot" => "\"",
        "apos" => "'",
        other => panic!("&{other}; is not one of the five"),
    }
}

fn speech(voice: &str, rate_percent: u16, pitch_percent: i16) -> Speech {
    Speech { voice: voice.into(), language: "en-US".into(), rate_percent, pitch_percent }
}

fn joanna() -> Speech {
    speech("Polly.Joanna", 100, 0)
}

fn rendered(steps: Vec<Step>) -> Result<String, TwimlError> {
    let public = PublicUrl::parse("https://h.example").unwrap();
    let callbacks = CallbackUrls::try_new(&public, "tok").unwrap();
    let audio = |id: &str| match id {
        "relative" => Some("/media/x".to_owned()),
        "none" => None,
        id => Some(format!("https://h.example/media/{id}?a=1&b=2")),
    };
    render(&CallFlow { steps }, &FlowUrls { callbacks: &callbacks, audio: &audio })
}

fn tree(steps: Vec<Step>) -> Node {
    parse(&rendered(steps).unwrap())
}

fn say(text: &str) -> Step {
    Step::Say { text: text.into(), speech: joanna() }
}

fn script(after: AfterMessage) -> Script {
    Script {
        spoken: Spoken::Text { text: "Hello Tom & Jerry".into(), speech: joanna() },
        after,
        opt_out: Some(Key::parse("#").unwrap()),
        identification: Some(Identification { organization_name: "A < B".into() }),
        is_recorded: true,
        texts: FixedTexts::for_language("en-US"),
    }
}

#[test]
fn a_message_with_an_offer_is_heard_while_listening_for_the_key() {
    let flow = CallFlow::for_person(&script(AfterMessage::HangUp));
    let document = tree(flow.steps);
    assert_eq!((document.name.as_str(), document.child_names()), ("Response", vec!["Gather", "Hangup"]));
    let gather = document.child("Gather");
    assert_eq!(gather.child_names(), ["Say"; 4]);
    assert_eq!(gather.attribute("numDigits"), Some("1"));
    assert_eq!(gather.attribute("finishOnKey"), Some(""), "or the key # could not be pressed");
    let action = "https://h.example/api/voice/campaign/opt-out/tok#rc=2&rp=ct,rt,5xx&rt=4000";
    assert_eq!(gather.attribute("action"), Some(action));
    assert_eq!(gather.children[0].text, "This is a call from A < B.");
    assert_eq!(gather.children[3].text, "Hello Tom & Jerry");
}

#[test]
fn an_agent_is_waited_for_in_a_queue() {
    let flow = CallFlow::for_person(&script(AfterMessage::Agents { queue: "sales & more".into() }));
    let document = tree(flow.steps);
    assert_eq!(document.child_names(), ["Gather", "Say", "Enqueue"]);
    let queue = document.child("Enqueue");
    assert_eq!(queue.text, "sales & more");
    assert!(queue.attribute("waitUrl").unwrap().starts_with("https://h.example/api/voice/queue/wait-music/tok"));
    assert!(queue.attribute("action").unwrap().starts_with("https://h.example/api/voice/queue/left/tok"));
}

#[test]
fn the_plain_steps_are_what_they_say() {
    let document = tree(vec![
        Step::Pause { seconds: 2 },
        Step::Play { audio_id: "a1".into() },
        Step::Redirect { to: Callback::KeyPressed },
    ]);
    assert_eq!(document.child("Pause").attribute("length"), Some("2"));
    assert_eq!(document.child("Play").text, "https://h.example/media/a1?a=1&b=2");
    let redirect = document.child("Redirect");
    assert!(redirect.text.starts_with("https://h.example/api/voice/campaign/opt-out/tok"));
    assert_eq!(parse(&hang_up()).child_names(), ["Hangup"]);
}

#[test]
fn speed_and_pitch_are_said_only_to_a_voice_that_has_them() {
    let prosody = |voice: &str, rate: u16, pitch: i16| {
        let document = tree(vec![Step::Say { text: "x".into(), speech: speech(voice, rate, pitch) }]);
        let say = document.child("Say");
        assert!(say.children.len() <= 1);
        say.children.first().map(|child| {
            assert_eq!((child.name.as_str(), child.text.as_str()), ("prosody", "x"));
            let of = |name| child.attribute(name).map(str::to_owned);
            (of("rate"), of("pitch"))
        })
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(prosody("Polly.Joanna", 100, 0), None);
    assert_eq!(prosody("Polly.Joanna", 90, -10), Some((some("90%"), some("-10%"))));
    assert_eq!(prosody("Polly.Joanna", 100, 10), Some((None, some("+10%"))));
    assert_eq!(prosody("Polly.Joanna-Neural", 120, 10), Some((some("120%"), None)));
    assert_eq!(prosody("Polly.Joanna-Neural", 100, 10), None);
    assert_eq!(prosody("Polly.Joanna-Generative", 90, 10), None);
    assert_eq!(prosody("woman", 90, 10), None);
    assert_eq!(prosody("Nobody", 90, 10), None);
}

#[test]
fn a_voice_or_language_the_carrier_does_not_have_is_not_named() {
    let unknown = tree(vec![Step::Say { text: "x".into(), speech: speech("Nobody", 100, 0) }]);
    assert_eq!(unknown.child("Say").attributes, []);
    let german = Speech { language: "de-DE".into(), ..joanna() };
    let document = tree(vec![Step::Say { text: "x".into(), speech: german }]);
    assert_eq!(document.child("Say").attributes, [("voice".to_owned(), "Polly.Joanna".to_owned())]);
}

#[test]
fn what_cannot_be_rendered_is_said() {
    let play = |id: &str| rendered(vec![Step::Play { audio_id: id.into() }]);
    assert_eq!(play("none"), Err(TwimlError::AudioMissing("none".into())));
    assert_eq!(play("relative"), Err(TwimlError::RelativeUrl));
    assert!(matches!(rendered(vec![say(&"x".repeat(1 << 20))]), Err(TwimlError::TooLong(_))));
    let inside = |step: Step| {
        let steps = vec![step];
        rendered(vec![Step::Gather { digits: 1, timeout_s: 3, steps, action: Callback::KeyPressed }])
    };
    assert_eq!(inside(Step::Hangup), Err(TwimlError::NotWhileListening));
    let gather = Step::Gather { digits: 1, timeout_s: 3, steps: vec![], action: Callback::KeyPressed };
    assert_eq!(inside(gather), Err(TwimlError::NotWhileListening));
}

#[test]
fn a_text_with_nothing_to_say_is_left_out() {
    let document = tree(vec![say(""), say(" \n"), say("\u{0}\u{1b}\u{ffff}"), Step::Hangup]);
    assert_eq!(document.child_names(), ["Hangup"]);
}

#[test]
fn hostile_texts_stay_texts() {
    for text in [
        "</Say><Dial>+19005550100</Dial><Say>",
        "]]>",
        "<![CDATA[x]]>",
        "&#0; &#x1F600; &amp; &lt;",
        "<!DOCTYPE x [<!ENTITY a \"b\">]>&a;",
        "<!-- x --><?pi x?>",
        "<break time=\"10s\"/><prosody rate=\"1%\">slow</prosody>",
        "\" onload='x' a=\"",
        "{{first_name}}",
        "é 漢字 🎉 \u{2028}\u{202e}",
    ] {
        let document = tree(vec![say(text), Step::Hangup]);
        assert_eq!(document.child_names(), ["Say", "Hangup"], "{text}");
        assert_eq!(document.child("Say").children, [], "{text}");
        assert_eq!(document.child("Say").text, text);
    }
}

#[test]
fn control_characters_are_removed_and_the_rest_stays() {
    let document = tree(vec![say("a\u{0}b\u{8}c\r\n\td\u{7f}\u{9f}\u{fffe}e")]);
    assert_eq!(document.child("Say").text, "abc \n\tde");
}

/// Texts that look for a way out.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        any::<String>(),
        "[<>&'\"/\\[\\]!?;#x0-9a-z\\-]{0,20}",
        Just("]]>".to_owned()),
        Just("</Say><Hangup/>".to_owned()),
        Just("&#x0;".to_owned()),
        Just("<!ENTITY a 'b'>".to_owned()),
        any::<[char; 3]>().prop_map(|characters| characters.iter().collect()),
    ];
    proptest::collection::vec(pieces, 0..6).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_changes_the_shape_of_a_document(text in hostile(), queue in hostile(), voice in hostile(), rate in 50_u16..=200) {
        let spoken = Step::Say { text: text.clone(), speech: speech("Polly.Joanna", rate, 0) };
        let strange = Step::Say { text: format!("x{text}"), speech: speech(&voice, rate, 0) };
        let inner = Step::Gather { digits: 1, timeout_s: 3, steps: vec![spoken, strange], action: Callback::KeyPressed };
        let waits = Step::Enqueue { queue: format!("q{queue}"), action: Callback::QueueLeft };
        let document = tree(vec![inner, waits, Step::Hangup]);
        prop_assert_eq!(document.child_names(), ["Gather", "Enqueue", "Hangup"]);
        let said = &document.child("Gather").children;
        let silent = legal(&text).trim().is_empty();
        prop_assert_eq!(said.len(), if silent { 1 } else { 2 });
        if !silent {
            let of = if rate == 100 { &said[0] } else { said[0].child("prosody") };
            prop_assert_eq!(&of.text, &legal(&text));
        }
        prop_assert_eq!(&said[said.len() - 1].text, &legal(&format!("x{text}")));
        prop_assert_eq!(said[said.len() - 1].children.len(), 0);
        let name: String = format!("q{queue}").chars().take(64).collect();
        prop_assert_eq!(&document.child("Enqueue").text, &legal(&name));
    }
}
