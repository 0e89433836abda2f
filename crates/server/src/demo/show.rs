//! What the demo says on the terminal: where to look, and how the campaign goes.
//!
//! It looks at the same counters as the API, once a second, and changes nothing. A terminal that went away is
//! ignored. What is shown was made in [`super::seed`].
#![allow(clippy::print_stdout, reason = "the terminal is what this is for")]

use std::io::{IsTerminal as _, Write as _};
use std::net::SocketAddr;

use carillon_domain::campaign::CampaignStatus;
use carillon_domain::outcome::Outcome;
use carillon_domain::progress::Counts;
use carillon_domain::recipient::RecipientState;
use jiff::SignedDuration;

use super::seed::{ADMINISTRATOR, MANAGER, PASSWORD, Seeded};
use crate::api::App;
use crate::store::{StoreError, buckets, campaigns};

/// Between two looks at the campaign.
const LOOK_EVERY: SignedDuration = SignedDuration::from_secs(1);
/// Cells of the progress bar.
const BAR_CELLS: usize = 30;

pub(super) fn welcome(address: SocketAddr, contacts: usize) {
    println!("Carillon demo: the simulated carrier, no phone rings.");
    println!("  pages      http://{address}/");
    println!("  API        http://{address}/api/v1   document: http://{address}/api/openapi.json");
    println!("  log in as  {ADMINISTRATOR} or {MANAGER}, password: {PASSWORD}");
    println!("A campaign to {contacts} people starts now; calls run twenty times faster than life.\n");
}

pub(super) fn goodbye(address: SocketAddr) {
    println!("\nThe server goes on at http://{address}; Ctrl-C ends it.");
}

/// Shows the campaign until it is over.
pub(super) async fn watch(app: &App, seeded: &Seeded) -> Result<(), StoreError> {
    let on_terminal = std::io::stdout().is_terminal();
    loop {
        let (id, run) = (seeded.campaign, seeded.run);
        let (campaign, counts) = app
            .store
            .read(move |tx| Ok::<_, StoreError>((campaigns::find_any(tx, id)?, buckets::total(tx, run)?)))
            .await?;
        let over = campaign.as_ref().is_none_or(|campaign| campaign.status != CampaignStatus::Active);
        print!("{}{}{}", if on_terminal { "\r\x1b[K" } else { "" }, line(&counts), if on_terminal { "" } else { "\n" });
        // A terminal that went away is no reason to stop dialing.
        let _ = std::io::stdout().flush();
        if over {
            println!("\n\nThe campaign is over: {}", outcomes(&counts));
            let reason = campaign.and_then(|campaign| campaign.status_reason);
            reason.into_iter().for_each(|reason| println!("{reason}"));
            return Ok(());
        }
        app.clock.sleep_until(app.clock.now() + LOOK_EVERY).await;
    }
}

fn line(counts: &Counts) -> String {
    let total = counts.total().max(1);
    let of = |state| counts.in_state(state);
    let done = of(RecipientState::Completed) + of(RecipientState::Failed) + of(RecipientState::Suppressed);
    let cells = usize::try_from(done * i64::try_from(BAR_CELLS).unwrap_or(0) / total).unwrap_or(0);
    format!(
        "[{}{}] {done}/{total}  called {}  completed {}  failed {}  dialing {}  retrying {}  success {}",
        "#".repeat(cells),
        "-".repeat(BAR_CELLS - cells),
        counts.called,
        of(RecipientState::Completed),
        of(RecipientState::Failed),
        of(RecipientState::Dialing),
        of(RecipientState::Retrying),
        counts.success_rate().map_or_else(|| "-".to_owned(), |rate| format!("{rate:.1} %")),
    )
}

fn outcomes(counts: &Counts) -> String {
    let words = Outcome::ALL.iter().map(|outcome| (outcome, counts.outcomes[*outcome as usize]));
    let seen: Vec<String> = words
        .filter(|(_, n)| *n > 0)
        .map(|(outcome, n)| format!("{n} {}", outcome.as_str().replace('_', " ")))
        .collect();
    format!("{} calls to {} people; {}", counts.attempts, counts.called, seen.join(", "))
}
