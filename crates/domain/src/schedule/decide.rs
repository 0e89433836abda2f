//! What becomes of the occurrences that are due.
//!
//! [`decide`] is asked with what is kept of a schedule ([`Standing`]) and what holds now; its answer is written down,
//! each verdict under its occurrence's local time and together with what it causes, in one transaction. Then nothing
//! is decided twice, on whatever number of nodes and however often one dies: asking again gives no verdict. Making a
//! run of a `Start` is the caller's business; the reason for knowing occurrences by local time is in
//! `docs/adr/0007-an-occurrence-is-known-by-its-local-time.md`.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Occurrence, Overlap, Schedule};

/// After a long outage no more than so many occurrences are decided in one transaction.
pub const VERDICTS_MAX: usize = 100;
/// A start this late is on time, whatever the grace: ticks and clocks are not exact.
const PUNCTUAL_WITHIN: SignedDuration = SignedDuration::from_secs(60);

crate::words! {
    /// Why an occurrence was skipped.
    pub enum SkipReason {
        /// The campaign was paused.
        Paused = "paused",
        /// The run before it was under way.
        PredecessorRuns = "predecessor_runs",
        /// It waited for the run before it until the next occurrence came.
        Superseded = "superseded",
        /// As many runs as were wanted have been started before it could begin.
        RunsUsedUp = "runs_used_up",
    }
}

/// What becomes of one occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Its run begins now.
    Start(Occurrence),
    /// It does not take place.
    Skip(Occurrence, SkipReason),
    /// It begins when the run before it has ended, however long that takes.
    Wait(Occurrence),
    /// Its time passed while nobody was there to start it, and its grace with it.
    Missed(Occurrence),
}

/// What is kept of a schedule from one decision to the next. Only [`Standing::note`] moves it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// When the schedule was set in force or last edited; occurrences before are none of its own.
    pub since: Timestamp,
    /// The newest occurrence with a verdict.
    pub last: Option<Occurrence>,
    /// The occurrence that waits for the run before it.
    pub waiting: Option<Occurrence>,
    /// How many runs it has started.
    pub started: u32,
}

/// What holds when one asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    pub now: Timestamp,
    /// A run of the campaign is under way, be it paused.
    pub predecessor_runs: bool,
    /// A person has paused the campaign.
    pub is_paused: bool,
}

/// When to ask again; besides, whenever a run ends and whenever the campaign is paused, resumed or edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LookAgain {
    /// At this instant; now, when more is due than was decided.
    At(Timestamp),
    /// The last occurrence waits: when the run before it has ended, or the campaign is resumed.
    WhenRunEnds,
    /// No occurrence is left. With the run under way, if any, the campaign is over.
    Never,
}

/// What to write down, oldest first, and when to ask again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// At most one of them is a start, and it is the last.
    pub verdicts: Vec<Verdict>,
    pub look_again: LookAgain,
}

/// Says what becomes of every occurrence that is due, and when to ask again.
#[must_use]
pub fn decide(schedule: &Schedule, standing: &Standing, moment: &Moment) -> Plan {
    let mut due: Vec<Occurrence> = Vec::new();
    let runs_left = schedule.runs_max().is_none_or(|max| standing.started < max);
    if runs_left {
        due.extend(standing.undecided(schedule).take_while(|next| next.at <= moment.now).take(VERDICTS_MAX + 1));
    }
    if due.len() > VERDICTS_MAX {
        due.truncate(VERDICTS_MAX);
        let verdicts = due.into_iter().map(|passed| passed_over(passed, moment)).collect();
        return Plan { verdicts, look_again: LookAgain::At(moment.now) };
    }
    let newest = due.pop();
    let mut verdicts: Vec<Verdict> = due.into_iter().map(|passed| passed_over(passed, moment)).collect();
    verdicts.extend(newest.map(|newest| judge(schedule, newest, moment)));
    settle_waiting(&mut verdicts, standing, moment, runs_left);
    let look_again = look_again(schedule, standing, &verdicts);
    Plan { verdicts, look_again }
}

/// An occurrence behind which another is due already: never are several caught up.
fn passed_over(occurrence: Occurrence, moment: &Moment) -> Verdict {
    if moment.is_paused { Verdict::Skip(occurrence, SkipReason::Paused) } else { Verdict::Missed(occurrence) }
}

/// How late an occurrence may begin.
pub(super) fn grace(schedule: &Schedule) -> SignedDuration {
    SignedDuration::from_secs(i64::from(schedule.grace_s())).max(PUNCTUAL_WITHIN)
}

fn judge(schedule: &Schedule, occurrence: Occurrence, moment: &Moment) -> Verdict {
    let is_late = moment.now.duration_since(occurrence.at) > grace(schedule);
    match (moment.is_paused, is_late, moment.predecessor_runs, schedule.overlap()) {
        (true, ..) => Verdict::Skip(occurrence, SkipReason::Paused),
        (false, true, ..) => Verdict::Missed(occurrence),
        (false, false, false, _) => Verdict::Start(occurrence),
        (false, false, true, Overlap::Skip) => Verdict::Skip(occurrence, SkipReason::PredecessorRuns),
        (false, false, true, Overlap::Wait) => Verdict::Wait(occurrence),
    }
}

/// One occurrence waits at most: a newer one that starts or waits takes its place. Else it starts when it can.
fn settle_waiting(verdicts: &mut Vec<Verdict>, standing: &Standing, moment: &Moment, runs_left: bool) {
    let Some(waiting) = standing.waiting else {
        return;
    };
    match verdicts.last() {
        Some(Verdict::Start(_) | Verdict::Wait(_)) => {
            verdicts.insert(0, Verdict::Skip(waiting, SkipReason::Superseded));
        }
        _ if !runs_left => verdicts.push(Verdict::Skip(waiting, SkipReason::RunsUsedUp)),
        _ if !moment.predecessor_runs && !moment.is_paused => verdicts.push(Verdict::Start(waiting)),
        _ => {}
    }
}

fn look_again(schedule: &Schedule, standing: &Standing, verdicts: &[Verdict]) -> LookAgain {
    let mut standing = standing.clone();
    verdicts.iter().for_each(|verdict| standing.note(verdict));
    if schedule.runs_max().is_some_and(|max| standing.started >= max) {
        return LookAgain::Never;
    }
    match (standing.undecided(schedule).next(), standing.waiting) {
        (Some(next), _) => LookAgain::At(next.at),
        (None, Some(_)) => LookAgain::WhenRunEnds,
        (None, None) => LookAgain::Never,
    }
}

impl Standing {
    /// Of a schedule that is set in force now.
    #[must_use]
    pub const fn since(now: Timestamp) -> Self {
        Self { since: now, last: None, waiting: None, started: 0 }
    }

    /// Notes a verdict that was written down.
    pub fn note(&mut self, verdict: &Verdict) {
        let occurrence = verdict.occurrence();
        if self.waiting.is_some_and(|waiting| waiting.local == occurrence.local) {
            self.waiting = None;
        }
        match verdict {
            Verdict::Start(_) => self.started = self.started.saturating_add(1),
            Verdict::Wait(_) => self.waiting = Some(occurrence),
            Verdict::Skip(..) | Verdict::Missed(_) => {}
        }
        if self.last.is_none_or(|last| last.local < occurrence.local) {
            self.last = Some(occurrence);
        }
    }

    /// The occurrence whose run is the next to begin, if nothing comes between.
    #[must_use]
    pub fn next(&self, schedule: &Schedule) -> Option<Occurrence> {
        let is_used_up = schedule.runs_max().is_some_and(|max| self.started >= max);
        let next = || self.waiting.or_else(|| self.undecided(schedule).next());
        if is_used_up { None } else { next() }
    }

    /// Notes that the schedule was edited: only what comes from now on is its own. By the clocks of another zone, what
    /// took place says nothing about a local time. Decide first: what is due and has no verdict is forgotten.
    pub fn edited(&mut self, old: &Schedule, new: &Schedule, now: Timestamp) {
        self.since = self.since.max(now);
        if old.timezone() != new.timezone() {
            self.last = None;
        }
    }

    /// The occurrences after an instant that have no verdict, as many as runs may still be started. A local time that was
    /// decided does not come again when the rules of the zone move its instant behind now.
    pub fn to_come<'a>(&self, schedule: &'a Schedule, after: Timestamp) -> impl Iterator<Item = Occurrence> + use<'a> {
        let last = self.last;
        let runs_left = schedule.runs_max().map_or(usize::MAX, |max| max.saturating_sub(self.started) as usize);
        let undecided = move |next: &Occurrence| last.is_none_or(|last| last.local < next.local);
        schedule.dates_after(after).filter(undecided).take(runs_left)
    }

    /// The occurrences without a verdict. Both marks must be passed: the instant, and the local time that stays the
    /// same when the rules of the zone change.
    fn undecided<'a>(&self, schedule: &'a Schedule) -> impl Iterator<Item = Occurrence> + use<'a> {
        let last = self.last;
        let after = last.map_or(self.since, |last| last.at.max(self.since));
        schedule.dates_after(after).filter(move |next| last.is_none_or(|last| last.local < next.local))
    }
}

impl Verdict {
    /// What it is about.
    #[must_use]
    pub const fn occurrence(&self) -> Occurrence {
        match self {
            Self::Start(occurrence) | Self::Skip(occurrence, _) | Self::Wait(occurrence) | Self::Missed(occurrence) => {
                *occurrence
            }
        }
    }
}
