//! The limits of the organization, at every instant, by the carrier's own clock.
//!
//! Requests count when they were received and calls from their creation to their end, whatever the database says
//! of them. Limits of single campaigns are told in the server's stories.

use jiff::{SignedDuration, Timestamp};

use crate::evidence::Evidence;
use crate::verdict::Verdict;

/// INV-11.
pub fn calls_at_once(evidence: &Evidence) -> Verdict {
    let most = evidence.limits.calls_at_once;
    let mut verdict = Verdict::new("INV-11", "calls at once stay within the limit at every instant");
    let mut edges: Vec<(Timestamp, i64)> = Vec::new();
    for call in &evidence.calls {
        edges.push((call.created_at, 1));
        edges.push((call.ended_at.unwrap_or(Timestamp::MAX), -1));
    }
    // Of one instant the ends come first.
    edges.sort_unstable();
    let mut live = 0_i64;
    for (at, step) in edges {
        live += step;
        if step > 0 {
            verdict.expect(live <= i64::from(most), || format!("{live} calls of at most {most} at {at}"));
        }
    }
    verdict
}

/// INV-12.
pub fn calls_a_second(evidence: &Evidence) -> Verdict {
    let rate = evidence.limits.calls_per_second;
    let mut verdict =
        Verdict::new("INV-12", "in every sliding second the carrier gets at most the rate and one request");
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rate is a small positive number")]
    let most = rate.floor() as usize + 1;
    let mut at: Vec<Timestamp> = evidence.creates.iter().map(|create| create.received_at).collect();
    at.sort_unstable();
    for window in at.windows(most + 1) {
        let span = window[most].duration_since(window[0]);
        verdict.expect(span >= SignedDuration::from_secs(1), || {
            format!("{} requests in {} ms from {}, at a rate of {rate}", most + 1, span.as_millis(), window[0])
        });
    }
    verdict
}
