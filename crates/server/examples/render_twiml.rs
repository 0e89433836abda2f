//! Prints our TwiML for call flows described in JSON, for `scripts/second-opinion/twiml_beside.py`.
//!
//! Reads a list of flows from standard input and writes the list of documents. It renders with the
//! server's own renderer and adds nothing; the description exists only between these two programs.

use std::io::{Write as _, read_to_string, stdin, stdout};

use anyhow::{Context as _, Result, anyhow, bail};
use carillon::telephony::twiml::{FlowUrls, render};
use carillon::telephony::{CallbackUrls, PublicUrl};
use carillon_domain::call_flow::{CallFlow, Callback, Speech, Step};
use serde_json::Value;

fn main() -> Result<()> {
    let public = PublicUrl::parse("https://h.example")?;
    let callbacks = CallbackUrls::try_new(&public, "token").context("the token is one of ours")?;
    let audio = |id: &str| Some(format!("https://h.example/media/{id}?a=1&b=2"));
    let urls = FlowUrls { callbacks: &callbacks, audio: &audio };
    let flows: Vec<Value> = serde_json::from_str(&read_to_string(stdin())?)?;
    let documents: Vec<String> =
        flows.iter().map(|flow| Ok(render(&CallFlow { steps: steps(flow)? }, &urls)?)).collect::<Result<_>>()?;
    writeln!(stdout(), "{}", serde_json::to_string(&documents)?)?;
    Ok(())
}

fn steps(list: &Value) -> Result<Vec<Step>> {
    list.as_array().context("steps are a list")?.iter().map(step).collect()
}

fn step(value: &Value) -> Result<Step> {
    Ok(match text(value, "kind")?.as_str() {
        "say" => Step::Say { text: text(value, "text")?, speech: speech(value)? },
        "play" => Step::Play { audio_id: text(value, "audio_id")? },
        "gather" => Step::Gather {
            digits: number(value, "digits")?,
            timeout_s: number(value, "timeout_s")?,
            steps: steps(&value["steps"])?,
            action: Callback::KeyPressed,
        },
        "enqueue" => Step::Enqueue { queue: text(value, "queue")?, action: Callback::QueueLeft },
        "redirect" => Step::Redirect { to: Callback::KeyPressed },
        "pause" => Step::Pause { seconds: number(value, "seconds")? },
        "hangup" => Step::Hangup,
        other => bail!("no step of that kind: {other}"),
    })
}

fn speech(value: &Value) -> Result<Speech> {
    Ok(Speech {
        voice: text(value, "voice")?,
        language: text(value, "language")?,
        rate_percent: number(value, "rate_percent")?,
        pitch_percent: number(value, "pitch_percent")?,
    })
}

fn text(value: &Value, name: &str) -> Result<String> {
    value[name].as_str().map(str::to_owned).ok_or_else(|| anyhow!("{name} is no text in {value}"))
}

fn number<N: TryFrom<i64>>(value: &Value, name: &str) -> Result<N> {
    let number = value[name].as_i64().ok_or_else(|| anyhow!("{name} is no number in {value}"))?;
    N::try_from(number).map_err(|_| anyhow!("{name} is out of range in {value}"))
}
