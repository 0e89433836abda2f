//! A campaign pauses itself when the carrier keeps refusing it, rather than burn its list.
//!
//! Five equal configuration errors in a row, or more than 30 % carrier errors among the last 50 ended attempts.
//! Both are read from the ledger, so every node and every restart judges alike.

use std::collections::BTreeMap;
use std::sync::Arc;

use uuid::Uuid;

use super::{Engine, control};
use crate::store::health::{self, Dialing};
use crate::store::ledger::Mark;
use crate::store::{StoreError, Tx};

/// Equal configuration errors in a row.
const EQUAL_ERRORS_MAX: u32 = 5;
/// The window of ended attempts, and the share of carrier errors in it that is too much.
const WINDOW: u32 = 50;
const ERRORS_PERCENT_MAX: usize = 30;

/// Looks at the runs whose carrier has just erred.
pub(super) async fn judge(engine: &Arc<Engine>, marks: &[(Uuid, Mark)]) {
    let mut runs: BTreeMap<Uuid, Mark> = BTreeMap::new();
    for (run, mark) in marks {
        match mark {
            Mark::ConfigurationError(_) => drop(runs.insert(*run, *mark)),
            Mark::CarrierError => drop(runs.entry(*run).or_insert(*mark)),
            Mark::Accepted | Mark::Fine => {}
        }
    }
    for (run, mark) in runs {
        if let Err(error) = judge_run(engine, run, mark).await {
            tracing::error!(%error, %run, "the health of a run could not be judged");
        }
    }
}

async fn judge_run(engine: &Arc<Engine>, run: Uuid, mark: Mark) -> Result<(), StoreError> {
    let judged = engine.store.read(move |tx| {
        let Some(dialing) = health::dialing(tx, run)? else { return Ok(None) };
        let reason = match mark {
            Mark::ConfigurationError(code) => repeated_refusal(tx, run, &dialing, code)?,
            _ => too_many_errors(tx, run, &dialing)?,
        };
        Ok::<_, StoreError>(reason.map(|reason| (dialing.campaign, reason)))
    });
    match judged.await? {
        Some((campaign, reason)) => control::pause_itself(engine, campaign, &reason).await,
        None => Ok(()),
    }
}

fn repeated_refusal(tx: &mut Tx<'_>, run: Uuid, dialing: &Dialing, code: u32) -> Result<Option<String>, StoreError> {
    let newest = health::newest_refusals(tx, run, dialing, EQUAL_ERRORS_MAX)?;
    let equal = newest.len() == EQUAL_ERRORS_MAX as usize && newest.iter().all(|known| *known == Some(i64::from(code)));
    Ok(equal.then(|| {
        format!(
            "The carrier refused {EQUAL_ERRORS_MAX} calls in a row with code {code}: {}. Nobody was called and the list is kept; resume once it is mended.",
            crate::telephony::refusal_in_words(code)
        )
    }))
}

fn too_many_errors(tx: &mut Tx<'_>, run: Uuid, dialing: &Dialing) -> Result<Option<String>, StoreError> {
    let (ended, errors) = health::newest_errors(tx, run, dialing, WINDOW)?;
    let too_many = ended == WINDOW as usize && errors * 100 > ended * ERRORS_PERCENT_MAX;
    Ok(too_many.then(|| {
        format!("{errors} of the last {ended} calls ended in carrier errors, more than {ERRORS_PERCENT_MAX} %. Look at the errors, then resume.")
    }))
}
