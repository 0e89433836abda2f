//! What the carrier saw, held against what we wrote: its ledger is the truth.

use std::collections::{BTreeMap, BTreeSet};

use carillon::store::StoreError;
use carillon_simulator::{CallSeen, CreateSeen};
use jiff::{SignedDuration, Timestamp};

use super::Stage;

impl Stage {
    /// Every request for a call that the carrier saw, oldest first.
    pub fn requests(&self) -> Vec<CreateSeen> {
        self.carrier.ledger().creates()
    }

    /// No attempt was asked for twice, and no number had two calls at once.
    pub fn assert_nobody_called_twice(&self) {
        let requests = self.requests();
        let tokens: BTreeSet<&str> = requests.iter().map(token).collect();
        assert_eq!(tokens.len(), requests.len(), "one request an attempt");
        let mut by_number: BTreeMap<String, Vec<CallSeen>> = BTreeMap::new();
        for call in self.carrier.ledger().calls() {
            by_number.entry(call.to.clone()).or_default().push(call);
        }
        for (number, mut calls) in by_number {
            calls.sort_by_key(|call| call.created_at);
            for pair in calls.windows(2) {
                let over = pair[0].ended_at.is_some_and(|ended| ended <= pair[1].created_at);
                assert!(over, "{number} had two calls at once: {pair:?}");
            }
        }
        let complaints = self.carrier.ledger().complaints();
        assert!(complaints.is_empty(), "the carrier understood every request: {complaints:?}");
    }

    /// Every call has ended: each of the carrier's is bound to one attempt, and nothing is left unfinished.
    pub async fn assert_ledgers_agree(&self) {
        const BOUND: &str = "SELECT call_sid FROM attempts WHERE call_sid IS NOT NULL ORDER BY call_sid";
        const OPEN: &str = "SELECT count(*) FROM attempts WHERE state NOT IN ('ended', 'not_sent')";
        const LINES: &str = "SELECT count(*) FROM live_calls";
        self.assert_nobody_called_twice();
        let ours = self.world.app.store.read(|tx| {
            let bound = tx.query(BOUND, &[], |row| row.get::<String>(0))?;
            let open = tx.query_one(OPEN, &[], |row| row.get::<i64>(0))?;
            Ok((bound, open, tx.query_one(LINES, &[], |row| row.get::<i64>(0))?))
        });
        let (bound, open, lines) = ours.await.map_err(|e: StoreError| e).expect("a read");
        let mut placed: Vec<String> = self.carrier.ledger().calls().into_iter().map(|call| call.sid).collect();
        placed.sort_unstable();
        assert_eq!(bound, placed, "every call is one attempt's");
        assert_eq!((open, lines), (0, 0), "nothing is left unfinished");
    }

    /// The most requests for calls within any second.
    pub fn busiest_second(&self) -> usize {
        let at: Vec<Timestamp> = self.requests().iter().map(|request| request.received_at).collect();
        let within = |from: &Timestamp| {
            at.iter().filter(|at| *at >= from && at.duration_since(*from) < SignedDuration::from_secs(1)).count()
        };
        at.iter().map(within).max().unwrap_or(0)
    }

    /// The most calls that the carrier had under way at any moment; those of `wanted` alone.
    pub fn most_at_once(&self, wanted: impl Fn(&CallSeen) -> bool) -> usize {
        let calls = self.carrier.ledger().calls();
        let calls: Vec<&CallSeen> = calls.iter().filter(|call| wanted(call)).collect();
        let alive = |at: Timestamp| {
            calls.iter().filter(|call| call.created_at <= at && call.ended_at.is_none_or(|end| end > at)).count()
        };
        calls.iter().map(|call| alive(call.created_at)).max().unwrap_or(0)
    }
}

/// The callback token in a request: the last part of the address of its document.
fn token(request: &CreateSeen) -> &str {
    request.param("Url").and_then(|url| url.rsplit('/').next()).expect("a call has an address for its document")
}
