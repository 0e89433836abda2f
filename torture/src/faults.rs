//! What the carrier does wrong in the loops, and whom it reaches: a little of everything, drawn from the run's seed.
//!
//! Shares are small on purpose: too many carrier errors pause a campaign, which is right and not what is looked at.

use carillon_simulator::{CallbackFaults, Chance, FaultPlan, Mix, RequestFaults, Span};

/// Requests that are accepted without an answer, refused, dropped; callbacks late, twice, reordered, lost, early.
pub fn everything() -> FaultPlan {
    FaultPlan {
        create: RequestFaults {
            latency_ms: (1, 60),
            too_many_requests: Chance::of(0.03),
            server_error: Chance::of(0.01),
            drop_before_accept: Chance::of(0.01),
            accept_then_500: Chance::of(0.04),
            accept_then_hang: Chance::of(0.04),
            drop_after_accept: Chance::of(0.04),
            truncated_json: Chance::of(0.02),
            ..RequestFaults::default()
        },
        read: RequestFaults { server_error: Chance::of(0.05), ..RequestFaults::default() },
        callback: callbacks(),
        ..FaultPlan::default()
    }
}

/// People who pick up or not within the short ring timeout of the loops.
pub fn people() -> Mix {
    Mix { rings_for: Span::new(1.0, 7.0), talks_for: Span::new(3.0, 60.0), ..Mix::default() }
}

/// Callbacks alone.
pub fn callbacks() -> CallbackFaults {
    CallbackFaults {
        late: Chance::of(0.15),
        late_by: Span::new(1.0, 60.0),
        twice: Chance::of(0.15),
        reordered: Chance::of(0.1),
        lost: Chance::of(0.05),
        early: Chance::of(0.1),
    }
}
