//! A campaign pauses itself when the carrier keeps refusing it, rather than burn its list.
//!
//! Five equal configuration errors in a row, or more than 30 % carrier errors among the last 50 ended attempts.
//! Both are read from the ledger, so every node and every restart judges alike.

use std::collections::BTreeMap;
use std::sync::Arc;

use uuid::Uuid;

use super::{Engine, control};
use crate::store::ledger::Mark;
use crate::store::{StoreError, health};

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
    let reason = match mark {
        Mark::ConfigurationError(code) => repeated_refusal(engine, run, code).await?,
        _ => too_many_errors(engine, run).await?,
    };
    let Some(reason) = reason else { return Ok(()) };
    let campaign = engine.store.read(move |tx| health::campaign_of(tx, run)).await?;
    match campaign {
        Some(campaign) => control::pause_itself(engine, campaign, &reason).await,
        None => Ok(()),
    }
}

async fn repeated_refusal(engine: &Engine, run: Uuid, code: u32) -> Result<Option<String>, StoreError> {
    let newest = engine.store.read(move |tx| health::newest_refusals(tx, run, EQUAL_ERRORS_MAX)).await?;
    let equal = newest.len() == EQUAL_ERRORS_MAX as usize && newest.iter().all(|known| *known == Some(i64::from(code)));
    Ok(equal.then(|| {
        format!(
            "The carrier refused {EQUAL_ERRORS_MAX} calls in a row with code {code}: {}. Nobody was called and the list is kept; resume once it is mended.",
            crate::telephony::refusal_in_words(code)
        )
    }))
}

async fn too_many_errors(engine: &Engine, run: Uuid) -> Result<Option<String>, StoreError> {
    let (ended, errors) = engine.store.read(move |tx| health::newest_errors(tx, run, WINDOW)).await?;
    let too_many = ended == WINDOW as usize && errors * 100 > ended * ERRORS_PERCENT_MAX;
    Ok(too_many.then(|| {
        format!("{errors} of the last {ended} calls ended in carrier errors, more than {ERRORS_PERCENT_MAX} %. Look at the errors, then resume.")
    }))
}
