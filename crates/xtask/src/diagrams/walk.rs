//! Moves of campaigns and recipients: each state meets each event.
//!
//! The names of events are matched without a wildcard, so that a new one does not compile until it is drawn. Attempts
//! have more than a state and are walked in [`super::attempts`]; how it looks is [`super::page`]'s business.

use carillon_domain::campaign::{CampaignAction, CampaignEvent, CampaignStatus, Effect};
use carillon_domain::recipient::{RecipientEvent, RecipientState, Settled};
use carillon_domain::suppression::SuppressionReason;
use jiff::Timestamp;

/// From, to, and the name of what moves.
pub struct Move {
    pub from: &'static str,
    pub to: &'static str,
    pub by: &'static str,
}

/// What people ask of campaigns and what happens to them.
pub fn campaign_moves() -> Vec<Move> {
    let mut moves = Vec::new();
    for status in CampaignStatus::ALL.iter().copied() {
        for action in CampaignAction::ALL.iter().copied() {
            let to = match status.apply(action) {
                Ok(Effect::Becomes(next)) => next.as_str(),
                Ok(Effect::Removed) => GONE,
                Ok(Effect::Already) | Err(_) => continue,
            };
            moves.push(Move { from: status.as_str(), to, by: action.as_str() });
        }
        for event in CampaignEvent::ALL.iter().copied() {
            if let Some(next) = status.undergo(event) {
                moves.push(Move { from: status.as_str(), to: next.as_str(), by: by_itself(event) });
            }
        }
    }
    moves
}

/// Where something goes that is removed.
pub const GONE: &str = "[*]";

const fn by_itself(event: CampaignEvent) -> &'static str {
    match event {
        CampaignEvent::ListDone => "(nobody is left)",
        CampaignEvent::KeptRefused => "(refused too often)",
        CampaignEvent::FirstDone => "(the first are called)",
        CampaignEvent::RunDone => "(run done)",
        CampaignEvent::AccountRefused => "(account refused)",
        CampaignEvent::ListGone => "(list gone)",
    }
}

/// What an action does in a status, as a cell of a table.
pub fn cell(status: CampaignStatus, action: CampaignAction) -> &'static str {
    match status.apply(action) {
        Ok(Effect::Becomes(next)) => next.as_str(),
        Ok(Effect::Removed) => "(gone)",
        Ok(Effect::Already) => "(as it is)",
        Err(_) => "–",
    }
}

const SETTLED: [Settled; 4] = [
    Settled::Completed,
    Settled::Failed,
    Settled::DueAt(Timestamp::UNIX_EPOCH),
    Settled::Suppressed(SuppressionReason::Stopped),
];

/// What happens to recipients, whether they were called before or not.
pub fn recipient_moves() -> Vec<Move> {
    let settled =
        SETTLED.into_iter().flat_map(|settled| [RecipientEvent::Settled(settled), RecipientEvent::Corrected(settled)]);
    let others = [RecipientEvent::Claimed, RecipientEvent::Suppressed(SuppressionReason::Removed)];
    let events: Vec<RecipientEvent> = others.into_iter().chain(settled).collect();
    let mut moves = Vec::new();
    for state in RecipientState::ALL.iter().copied() {
        for event in &events {
            for called in [false, true] {
                let Ok(next) = state.apply(*event, called) else { continue };
                if next != state && (called || may_be_first(*event)) {
                    moves.push(Move { from: state.as_str(), to: next.as_str(), by: name(*event) });
                }
            }
        }
    }
    moves
}

/// Can it happen to somebody of whom no attempt was ever sent?
const fn may_be_first(event: RecipientEvent) -> bool {
    match event {
        RecipientEvent::Claimed | RecipientEvent::Suppressed(_) => true,
        RecipientEvent::Settled(settled) => matches!(settled, Settled::DueAt(_) | Settled::Suppressed(_)),
        RecipientEvent::Corrected(_) => false,
    }
}

const fn name(event: RecipientEvent) -> &'static str {
    match event {
        RecipientEvent::Claimed => "claimed",
        RecipientEvent::Suppressed(_) => "taken out",
        RecipientEvent::Settled(Settled::Completed) => "reached",
        RecipientEvent::Settled(Settled::Failed) => "given up",
        RecipientEvent::Settled(Settled::DueAt(_)) => "to be called again",
        RecipientEvent::Settled(Settled::Suppressed(_)) => "stopped meanwhile",
        RecipientEvent::Corrected(_) => "late news",
    }
}
