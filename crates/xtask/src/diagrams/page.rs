//! The page itself: text, tables and diagrams in the language of mermaid.
//!
//! One arrow joins two states, with everything that leads along it. Their order is the domain's, so that the page
//! changes only when its tables do. Which moves there are is [`super::walk`]'s business.

use carillon_domain::attempt::AttemptState;
use carillon_domain::campaign::{CampaignAction, CampaignStatus};
use carillon_domain::outcome::Outcome;
use carillon_domain::recipient::RecipientState;

use super::attempts;
use super::walk::{self, GONE, Move};

/// So many labels of an arrow stand in one line.
const LABELS_PER_LINE: usize = 2;

/// What a diagram is drawn of.
struct Subject {
    /// Every state, in order.
    states: Vec<&'static str>,
    first: Option<&'static str>,
    finals: Vec<&'static str>,
}

fn campaigns() -> Subject {
    let states = CampaignStatus::ALL.iter().map(|status| status.as_str()).collect();
    Subject { states, first: Some("draft"), finals: vec!["completed"] }
}

fn recipients() -> Subject {
    let finals = RecipientState::ALL.iter().filter(|state| state.is_final()).map(|state| state.as_str());
    let states = RecipientState::ALL.iter().map(|state| state.as_str());
    Subject { states: states.collect(), first: Some("pending"), finals: finals.collect() }
}

fn attempts() -> Subject {
    let finals = AttemptState::ALL.iter().filter(|state| state.is_final()).map(|state| state.as_str());
    let states = AttemptState::ALL.iter().map(|state| state.as_str());
    Subject { states: states.collect(), first: Some("reserved"), finals: finals.collect() }
}

fn outcomes() -> Subject {
    Subject { states: Outcome::ALL.iter().map(|outcome| outcome.as_str()).collect(), first: None, finals: vec![] }
}

/// Draws the whole page.
pub fn draw() -> String {
    let found = attempts::walk();
    let campaign = diagram(&campaigns(), &walk::campaign_moves());
    let recipient = diagram(&recipients(), &walk::recipient_moves());
    let attempt = diagram(&attempts(), &found.moves);
    let corrections = diagram(&outcomes(), &found.corrections);
    let table = table();
    let unfinished = list(AttemptState::ALL.iter().filter(|state| !state.is_final()).map(|state| state.as_str()));
    format!(
        "# States

Drawn by `make docs` from the tables in `crates/domain` (`campaign`, `recipient`, `attempt`): each state met each
event. What is not drawn is refused or changes nothing. What a state means, who ends it and what reaps it is in its
doc comment there.

## Campaign

In parentheses: what happens without anybody asking.

{campaign}
What each action does in each status. `–` is refused with a 409 that names the status and the actions possible.

{table}
## Recipient

A contact in one run. *Late news* is evidence about a call that had ended already.

{recipient}
## Attempt

One call, from its reservation to its end. Facts come late, twice and in any order, so an attempt may skip states but
never goes back. Unfinished states, each with a reaper: {unfinished}.

{attempt}
An end is final: a carrier that contradicts its own end is not believed. What comes late about the same call may still
correct what the end means:

{corrections}"
    )
}

fn diagram(subject: &Subject, moves: &[Move]) -> String {
    let mut lines = vec!["```mermaid".to_owned(), "stateDiagram-v2".to_owned()];
    lines.extend(subject.first.map(|state| format!("    [*] --> {state}")));
    for (from, to, labels) in arrows(&subject.states, moves) {
        let labels: Vec<String> = labels.chunks(LABELS_PER_LINE).map(|line| line.join(", ")).collect();
        lines.push(format!("    {from} --> {to}: {}", labels.join(",<br/>")));
    }
    lines.extend(subject.finals.iter().map(|state| format!("    {state} --> {GONE}")));
    lines.push("```\n".to_owned());
    lines.join("\n")
}

/// One arrow for each pair of states, with what leads along it.
fn arrows(states: &[&str], moves: &[Move]) -> Vec<(&'static str, &'static str, Vec<&'static str>)> {
    let mut arrows: Vec<(&str, &str, Vec<&str>)> = Vec::new();
    for Move { from, to, by } in moves {
        match arrows.iter_mut().find(|(known_from, known_to, _)| known_from == from && known_to == to) {
            Some((_, _, labels)) => labels.push(by),
            None => arrows.push((from, to, vec![by])),
        }
    }
    for (_, _, labels) in &mut arrows {
        labels.sort_unstable();
        labels.dedup();
    }
    // What is no state is the end, and comes last.
    let place = |state: &str| states.iter().position(|known| *known == state).unwrap_or(states.len());
    arrows.sort_by_key(|(from, to, _)| (place(from), place(to)));
    arrows
}

fn table() -> String {
    let head = CampaignAction::ALL.iter().map(|action| action.as_str());
    let mut lines = vec![row("status", head), row("---", CampaignAction::ALL.iter().map(|_| "---"))];
    for status in CampaignStatus::ALL.iter().copied() {
        lines.push(row(status.as_str(), CampaignAction::ALL.iter().map(|action| walk::cell(status, *action))));
    }
    lines.join("\n") + "\n"
}

fn row<'a>(first: &'a str, cells: impl Iterator<Item = &'a str>) -> String {
    let cells: Vec<&str> = std::iter::once(first).chain(cells).collect();
    format!("| {} |", cells.join(" | "))
}

fn list<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.map(|word| format!("`{word}`")).collect();
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_the_same_each_time_and_has_every_state() {
        let page = draw();
        assert_eq!(page, draw());
        let subjects = [campaigns(), recipients(), attempts(), outcomes()];
        // Nothing heard from a carrier makes a call abandoned: that is the agent desk's to say.
        for state in subjects.iter().flat_map(|subject| &subject.states).filter(|state| **state != "abandoned") {
            assert!(page.contains(&format!(" {state} -->")) || page.contains(&format!("--> {state}")), "{state}");
        }
    }

    #[test]
    fn moves_between_the_same_states_share_an_arrow() {
        let moves = [("b", "c", "z"), ("a", "b", "y"), ("a", "b", "x"), ("a", "b", "y"), ("a", GONE, "w")];
        let moves = moves.map(|(from, to, by)| Move { from, to, by });
        let expected = [("a", "b", vec!["x", "y"]), ("a", GONE, vec!["w"]), ("b", "c", vec!["z"])];
        assert_eq!(arrows(&["a", "b", "c"], &moves), expected);
    }
}
