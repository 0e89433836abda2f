//! Following a campaign to its end: a bar on a terminal, a line for each change elsewhere.
//!
//! A stream that breaks off is opened again as long as the server answers.
#![allow(clippy::print_stdout, reason = "the terminal is what this is for")]

use std::io::IsTerminal as _;
use std::time::Duration;

use anyhow::bail;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::Value;

use super::{path_of, text};
use crate::cli::remote::{Lines, Remote};

/// Before a stream that broke off is opened again.
const REOPEN_AFTER: Duration = Duration::from_secs(1);
const TEMPLATE: &str = "{bar:40} {pos}/{len} {msg}";

/// The figures in a line.
pub fn figures(progress: &Value) -> String {
    let count = |member: &str| progress[member].as_i64().unwrap_or_default();
    let mut words = format!(
        "{} of {} called: {} completed, {} failed, {} retrying, {} dialing, {} remaining, {} suppressed",
        count("called"),
        count("total"),
        count("completed"),
        count("failed"),
        count("retrying"),
        count("dialing"),
        count("remaining"),
        count("suppressed"),
    );
    if let Some(rate) = progress["success_rate"].as_f64() {
        words += &format!("; success rate {rate:.1} %");
    }
    if count("calls_per_minute") > 0 {
        words += &format!("; {} calls a minute", count("calls_per_minute"));
    }
    if let Some(end) = progress["estimated_end"].as_str() {
        words += &format!("; ends about {end}");
    }
    words
}

/// Shows a campaign until it is over.
pub async fn follow(remote: &Remote, campaign: &Value) -> anyhow::Result<()> {
    let screen = Screen::new();
    let path = format!("/api/v1/events?campaign_id={}", text(campaign, "id"));
    loop {
        let mut lines = remote.lines(&path).await?;
        if watch(&mut lines, &screen).await {
            break;
        }
        tokio::time::sleep(REOPEN_AFTER).await;
    }
    let ended = remote.get(&path_of(campaign)).await?;
    let progress = remote.get(&format!("{}/progress", path_of(campaign))).await?;
    screen.close();
    println!("{} is {}; {}", text(&ended, "name"), text(&ended, "status"), figures(&progress));
    if ended["status"] == "failed" {
        bail!("{} failed: {}", text(&ended, "name"), text(&ended, "status_reason"));
    }
    Ok(())
}

/// Shows events until the campaign or the stream ends. True: the campaign.
async fn watch(lines: &mut Lines, screen: &Screen) -> bool {
    let mut event = String::new();
    while let Some(line) = lines.next().await {
        if let Some(name) = line.strip_prefix("event:") {
            event = name.trim().to_owned();
        }
        let Some(data) = line.strip_prefix("data:") else { continue };
        let Ok(data) = serde_json::from_str::<Value>(data.trim()) else { continue };
        match event.as_str() {
            "progress" => screen.show(&data),
            "status" if matches!(text(&data, "status"), "completed" | "failed") => return true,
            _ => {}
        }
    }
    false
}

/// Where figures are shown.
enum Screen {
    Terminal(ProgressBar),
    Lines,
}

impl Screen {
    fn new() -> Self {
        if !std::io::stdout().is_terminal() {
            return Self::Lines;
        }
        let style = ProgressStyle::with_template(TEMPLATE).expect("the template is a constant");
        Self::Terminal(ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stdout()).with_style(style))
    }

    fn show(&self, progress: &Value) {
        let count = |member: &str| progress[member].as_u64().unwrap_or_default();
        match self {
            Self::Lines => println!("{}", figures(progress)),
            Self::Terminal(bar) => {
                bar.set_length(count("total"));
                bar.set_position(count("completed") + count("failed") + count("suppressed"));
                bar.set_message(format!("{} dialing, {} calls a minute", count("dialing"), count("calls_per_minute")));
            }
        }
    }

    fn close(&self) {
        if let Self::Terminal(bar) = self {
            bar.finish_and_clear();
        }
    }
}
